package clause

import (
	"fmt"
	"strings"
	"testing"
)

func TestCriteriaGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/criteria/*.txtar", "criteria", func(part func(string) string) string {
		return criteria(Parse(part("text.md")).Criteria())
	})
}

// criteria prints a reading: the groups, the criteria with what was understood, and what was left.
func criteria(r Reading) string {
	var b strings.Builder
	for i, g := range r.Groups {
		fmt.Fprintf(&b, "group %d in %d: %s %d\n", i, g.Parent, g.Binding, g.N)
	}
	for i, c := range r.Criteria {
		fmt.Fprintf(&b, "%s %s %s g%d: %s\n", c.Role, c.Side, c.Modality, c.Group, r.Words(i))
		if c.Negated || c.Vague != "" || c.Doubt != "" {
			fmt.Fprintf(&b, "  negated %v, vague %q, doubt %q\n", c.Negated, c.Vague, c.Doubt)
		}
		for _, q := range c.Quantities {
			fmt.Fprintf(&b, "  %s = %s\n", r.Text.Clauses[c.Clause].Words[q.From:q.To], q)
		}
	}
	for _, s := range r.Unread() {
		fmt.Fprintf(&b, "rest: %s\n", s.In(r.Text))
	}
	return b.String()
}

// FuzzCriteria holds for any text: nothing panics, and every criterion and quantity is a stretch of its clause.
func FuzzCriteria(f *testing.F) {
	for _, s := range []string{"", "at least 5 or", "## Criteria\n\n- 6/12 or", "| a | b |\n|---|---|\n| 1 | 2 or more |", strings.Repeat("or ", 100), "grade\n", "between 5 and", "1/2/3 in each of the"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, markdown string) {
		r := Parse(markdown).Criteria()
		for i, c := range r.Criteria {
			words := r.Text.Clauses[c.Clause].Words
			if c.From < 0 || c.To > len(words) || c.From >= c.To || c.Group >= len(r.Groups) {
				t.Fatalf("criterion %d: bytes %d to %d of %d", i, c.From, c.To, len(words))
			}
			for _, q := range c.Quantities {
				if q.From < c.From || q.To > c.To || q.From > q.To {
					t.Fatalf("criterion %d: quantity %v at %d to %d of %d to %d", i, q, q.From, q.To, c.From, c.To)
				}
			}
		}
	})
}

// TestSides has the sentences whose side, or whose weakness, was once read wrongly.
func TestSides(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		side Side
		weak bool
	}{
		{"Seven documented episodes of tonsillitis in the year before referral, at any age", Requires, false},
		{"All ages", Waives, false},
		{"After that the patient is observed for at least 12 months", Requires, false},
		{"It grows slowly, and one in ten people over 65 has it", Requires, true},
		{"Referral may be made without prior approval", Waives, false},
		{"Quinsy is not an indication for surgery", Bars, false},
		{"Patients are not eligible until 6 weeks after they stopped", Requires, false},
		{"Imaging does not have to be arranged where the picture is plain", Waives, false},
		{"Prior approval is mandatory", Requires, false},
		{"Sleep apnoea: see policy 44", Exempts, false},
		{"Funded for patients who are treated under the policy", Requires, false},
		{"Suspected cancer is referred at once", Exempts, false},
		{"Strangulation and obstruction are emergencies", Exempts, true},
		{"Other causes of bleeding were excluded", Requires, false},
		{"Patients who smoke were excluded", Bars, false},
		{"A BMI over 40 is excluded", Bars, false},
		{"Anyone aged under 18 is excluded", Bars, false},
		{"Once cancer is excluded, the patient may be treated", Requires, false},
		{"There was no improvement after the required course of physiotherapy", Requires, false},
		{"The splint must not have given the relief that is needed", Requires, false},
		{"Patients who have never required admission may be treated", Requires, false},
		{"Symptoms have not improved with treatment offered in primary care", Requires, false},
		{"The patient must not have responded to treatments provided by the GP", Requires, false},
		{"No imaging is needed", Waives, false},
		{"The operation will not normally be offered", Bars, false},
		{"Children cannot be treated", Bars, false},
		{"No patient who smokes is treated", Bars, false},
	} {
		r := Parse(tc.text + ".\n").Criteria()
		if len(r.Criteria) == 0 || r.Criteria[0].Side != tc.side || r.Criteria[0].Weak != tc.weak {
			t.Errorf("%q: %+v, want %s, weak %v", tc.text, r.Criteria, tc.side, tc.weak)
		}
	}
	r := Parse("The procedure is funded if all the criteria are met. Prior approval is mandatory.\n\n1. severe pain\n2. a swelling that grows\n").Criteria()
	if len(r.Criteria) != 3 || r.Criteria[0].Role != Approval || r.Groups[r.Criteria[1].Group].Binding != AllOf {
		t.Errorf("a statement between an introduction and its list: %+v", r)
	}
	r = Parse("A patient who has a BMI under 30, whose weight is stable, and for whom exercise has failed can be treated.\n").Criteria()
	if len(r.Criteria) != 3 {
		t.Errorf("a row of relative clauses: %d criteria, want 3", len(r.Criteria))
	}
	for _, text := range []string{"Tonsillitis that keeps the child from school, with 7 episodes in a year", "A BMI of 35 or more, which has been stable for a year"} {
		if r = Parse("## Criteria\n\n- " + text + "\n").Criteria(); len(r.Criteria) != 2 || r.Groups[r.Criteria[1].Group].Binding != AllOf {
			t.Errorf("two rules in one sentence: %q: %+v", text, r.Criteria)
		}
	}
	r = Parse("At least two of (a) to (c) are met:\n\n- glare\n- falls\n- poor sight\n").Criteria()
	if len(r.Criteria) != 3 || r.Groups[r.Criteria[0].Group].Binding != AtLeastOf {
		t.Errorf("a list that its labels bind: %+v", r)
	}
	r = Parse("| Funded elsewhere | Not funded |\n|---|---|\n| Suspected cancer | Halitosis |\n").Criteria()
	if len(r.Criteria) != 2 || r.Criteria[0].Side != Exempts || r.Criteria[1].Side != Bars || r.Words(1) != "Halitosis" {
		t.Errorf("a table with a side to each column: %+v", r.Criteria)
	}
	r = Parse("## Exclusions\n\nThis policy does not apply where cancer is suspected. The patient is referred urgently.\n").Criteria()
	if len(r.Criteria) != 1 || r.Criteria[0].Side != Exempts {
		t.Errorf("an exemption and where the exempt go: %+v, want one", r.Criteria)
	}
	r = Parse("## Exclusions\n\nThis policy does not apply where cancer is suspected. Children are referred urgently.\n").Criteria()
	if len(r.Criteria) != 2 || r.Criteria[1].Side != Exempts {
		t.Errorf("two exemptions: %+v", r.Criteria)
	}
}

// TestNoCriterion has what stands among criteria and decides nothing.
func TestDoubt(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text  string
		doubt bool
	}{
		{"an HbA1c of less than 69 mmol/mol", true},
		{"a difference of more than 2.5 dioptres", true},
		{"a BMI of 35 or more", false},
		{"at least two of the following", false},
	} {
		for _, c := range Parse("## Criteria\n\n- " + tc.text + "\n").Criteria().Criteria {
			if (c.Doubt != "") != tc.doubt {
				t.Errorf("%q: doubt %q", tc.text, c.Doubt)
			}
		}
	}
}

func TestNoCriterion(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"Does your patient need it and not meet this chapter?",
		"This chapter is looked at again when national guidance changes.",
		"W15, W59, W79",
		"Patients outside the criteria: see the policy on individual requests.",
	} {
		if r := Parse("## Criteria\n\n" + text + "\n").Criteria(); len(r.Criteria) > 0 {
			t.Errorf("%q: read as %q", text, r.Words(0))
		}
	}
	for _, text := range []string{"At least 10 working days lost in a year", "The patient has an ICD in place", "an older version of the implant"} {
		if r := Parse("## Criteria\n\n- " + text + "\n").Criteria(); len(r.Criteria) != 1 {
			t.Errorf("%q: taken for words about the document", text)
		}
	}
	if r := Parse("## Criteria\n\nIs the BMI 35 or over?\n").Criteria(); len(r.Criteria) != 1 {
		t.Errorf("a question with a number asks for it: %+v", r.Criteria)
	}
}

// TestBackground has what once made a row and says nothing on who is treated.
func TestBackground(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want int // criteria that are not weak
	}{
		{"# Cataract surgery\n\nA cataract clouds the lens of the eye.\n", 0},
		{"# Cataract surgery criteria\n\n- glare\n", 1},
		{"## Criteria\n\n- BMI below 40\n\n## Patients who do not meet the criteria\n\nThey are offered advice and are seen again.\n", 1},
		{"## Criteria\n\n- BMI below 40\n\n## What if my patient does not fit?\n\nTalk to the team. Requests must be in writing.\n", 1},
		{"## Criteria\n\n- Tonsillitis that is disabling, in one of these patterns:\n  - 7 episodes in a year\n  - 5 episodes a year for 2 years\n", 3},
		{"## Criteria\n\nFirst eye: visual acuity of 6/12 or worse OR any of the following:\n\n- glare\n- falls\n", 3},
		{"## Criteria\n\n- BMI below 40\n\n## How to apply\n\nThe practice must fill in the form.\n", 1},
		{"| Criterion | Evidence to send |\n|---|---|\n| Positive nerve conduction study | report |\n", 1},
		{"## Criteria\n\n- Symptoms for at least 6 months have not responded to:\n  - a splint\n  - an injection\n", 2},
		{"| Criterion | Evidence to send |\n|---|---|\n| BMI below 40 | GP record |\n", 1},
		{"## Criteria\n\n- BMI below 40\n\n(Picture: Map of the clinics)\n", 1},
		{"## Criteria\n\n- BMI below 40\n\nThe form is decided within 10 working days. This chapter is looked at again in 2029.\n", 1},
	} {
		got := 0
		for _, c := range Parse(tc.text).Criteria().Criteria {
			if !c.Weak {
				got++
			}
		}
		if got != tc.want {
			t.Errorf("%q: %d criteria, want %d", tc.text, got, tc.want)
		}
	}
}

// TestBindings has introductions whose binding was once read wrongly.
func TestBindings(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		intro string
		want  Binding
	}{
		{"Referral criteria (one of):", AnyOf},
		{"Referral criteria (all of):", AllOf},
		{"Any one of:", AnyOf},
		{"Referral criteria:", LooseGroup},
	} {
		r := Parse(tc.intro + "\n\n- BMI below 40\n- pain at night\n").Criteria()
		if len(r.Criteria) != 2 || r.Groups[r.Criteria[0].Group].Binding != tc.want {
			t.Errorf("%q: %d criteria in %+v, want %s", tc.intro, len(r.Criteria), r.Groups, tc.want)
		}
	}
	r := Parse("Quinsy alone is not an indication for surgery.\n").Criteria()
	if c := r.Criteria[0]; c.Side != Bars || c.Negated || c.Wants() {
		t.Errorf("a negation that makes a bar is counted twice: %+v", c)
	}
}
