package decision_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/textdiff"
)

const adoptedText = `## Criteria

All of these must be met:

- Symptoms for 6 months
- One of these was tried:
  - a splint
  - an injection

The surgeon records it.
`

func TestWhatANewVersionTouches(t *testing.T) {
	t.Parallel()
	from := anchored(adoptedText)
	change := func(act decision.Act, label string) decision.Change {
		for _, c := range from.Clauses {
			if c.Label == label {
				return decision.Change{Act: act, Anchor: c.Anchor, Text: "Other words"}
			}
		}
		t.Fatalf("no clause %s", label)
		return decision.Change{}
	}
	taken := change(decision.Replace, "1.1(a)")
	taken.Text = "Symptoms for **4** months"
	for _, tc := range []struct {
		name     string
		change   decision.Change
		old, new string
		label    string // where it stands in the new version
		touched  string // "what: was -> now"
	}{
		{"nothing", change(decision.Replace, "1.1(a)"), "", "", "1.1(a)", ""},
		{"another clause", change(decision.Replace, "1.1(a)"), "surgeon", "surgeon or nurse", "1.1(a)", ""},
		{"its own words", change(decision.Replace, "1.1(a)"), "6 months", "4 months", "1.1(a)", "1.1(a): Symptoms for 6 months -> Symptoms for 4 months"},
		{"taken over", taken, "6 months", "4 months", "1.1(a)", "1.1(a): Symptoms for 6 months -> Symptoms for 4 months, taken over"},
		{"emphasis only", change(decision.Replace, "1.1(a)"), "6 months", "**6** months", "1.1(a)", ""},
		{"its introduction", change(decision.Replace, "1.1(a)"), "All of these", "Any of these", "1.1(a)", "1.1: All of these must be met: -> Any of these must be met:"},
		{"what is left out with it", change(decision.LeaveOut, "1.1(b)"), "a splint", "a night splint", "1.1(b)",
			"1.1(b): One of these was tried:\na splint\nan injection -> One of these was tried:\na night splint\nan injection"},
		{"what hangs from it and stays", change(decision.Replace, "1.1(b)"), "a splint", "a night splint", "1.1(b)", ""},
		{"gone", change(decision.Add, "1.2"), "The surgeon records it.\n", "", "1.2", "1.2: The surgeon records it. -> "},
		{"moved down by another", change(decision.Add, "1.2"), "The surgeon", "Ask first.\n\nThe surgeon", "1.3", ""},
	} {
		n := 0
		to := clause.Parse(strings.Replace(adoptedText, tc.old, tc.new, 1)).Inherit(from, func() string {
			n++
			return "new" + strconv.Itoa(n)
		})
		got := decision.Overlay{tc.change}.Carry(from, to)
		if got.Overlay[0].Label != tc.label {
			t.Errorf("%s: stands at %s, want %s", tc.name, got.Overlay[0].Label, tc.label)
		}
		touched := ""
		for _, x := range got.Touched {
			touched += x.Label + ": " + x.Was + " -> " + x.Now
			if x.Taken {
				touched += ", taken over"
			}
			if words := x.Words(); textdiff.Before(words) != x.Was || textdiff.After(words) != x.Now {
				t.Errorf("%s: shown as %v", tc.name, words)
			}
		}
		if diff := cmp.Diff(tc.touched, touched); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
}

const partedText = `## Criteria

Patients must have had symptoms for 6 months or more. The referral says which treatments were tried and for how long.

A surgeon sees the patient first and notes it.

A physiotherapist agrees in writing with the referral.
`

// A change of a clause that was parted or joined is never carried over without a person.
func TestWhatWasPartedOrJoined(t *testing.T) {
	t.Parallel()
	from := anchored(partedText)
	n := 0
	next := func() string {
		n++
		return "new" + strconv.Itoa(n)
	}
	edit := func(text clause.Text, old, now string) clause.Text {
		if !strings.Contains(text.Markdown, old) {
			t.Fatalf("%q is not in\n%s", old, text.Markdown)
		}
		return clause.Parse(strings.Replace(text.Markdown, old, now, 1)).Inherit(text, next)
	}
	parted := edit(from, "more. The", "more.\n\nThe")
	joined := edit(from, "notes it.\n\nA physio", "notes it. A physio")
	for _, tc := range []struct {
		name, at string
		to       clause.Text
		told     string
		place    string // where the form begins
	}{
		{"parted", "1.1", parted, "parts paragraph 1.1 into 1.1 and 1.2", "1.2"},
		{"below what was parted", "1.2", parted, "", "1.3"},
		{"joined, the first", "1.2", joined, "joins paragraph 1.2 with 1.3 into 1.2", "1.2"},
		{"joined, the second", "1.3", joined, "joins paragraph 1.3 with 1.2 into 1.2", "1.2"},
		{"parted, and one part taken away", "1.1", edit(parted, "Patients must have had symptoms for 6 months or more.\n\n", ""), "changes paragraph 1.1", "1.1"},
		{"parted, and joined again", "1.1", edit(parted, "more.\n\nThe", "more. The"), "", "1.1"},
		{"parted, and joined with the next", "1.1", edit(parted, "long.\n\nA surgeon", "long. A surgeon"), "joins paragraph 1.1 with 1.2 and parts them into 1.1 and 1.2", "1.2"},
		{"taken away", "1.3", edit(from, "A physiotherapist agrees in writing with the referral.\n", ""), "no longer has paragraph 1.3", "1.3"},
	} {
		for _, act := range decision.Acts {
			i := slices.IndexFunc(from.Clauses, func(c clause.Clause) bool { return c.Label == tc.at })
			o := decision.Overlay{{Act: act, Anchor: from.Clauses[i].Anchor, Text: "Other words"}}
			got := o.Carry(from, tc.to)
			told := ""
			for _, x := range got.Touched {
				told += x.Told()
				if words := x.Words(); textdiff.Before(words) != x.Was || textdiff.After(words) != x.Now {
					t.Errorf("%s: shown as %v", tc.name, words)
				}
			}
			if told != tc.told || got.Overlay[0].Label != tc.place {
				t.Errorf("%s, %s: told %q at %s, want %q at %s", tc.name, act, told, got.Overlay[0].Label, tc.told, tc.place)
			}
			if want := strings.Contains(tc.told, " into "); got.Turned() != want {
				t.Errorf("%s, %s: turned %v", tc.name, act, got.Turned())
			}
		}
	}
}
