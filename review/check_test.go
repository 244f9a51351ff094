package review

import (
	"slices"
	"strings"
	"testing"
	"time"

	"concordat/review/record"
)

var noon = time.Date(2027, 1, 15, 12, 0, 0, 0, time.UTC)

// sound is a policy that every check passes.
func sound(t testing.TB, kindID string) *Policy {
	t.Helper()
	kind, err := KindByID(kindID)
	if err != nil {
		t.Fatal(err)
	}
	p := &Policy{KindID: kindID}
	p.Title, p.Effective, p.Review = "Tonsillectomy", record.Day(2027, 4, 1), record.Day(2030, 4, 1)
	for _, x := range kind.Sections {
		text := "Words about it."
		if x.Standard != "" {
			text = x.Standard
		}
		p.Sections = append(p.Sections, Section{Key: x.Key, Title: x.Title, Markdown: text})
	}
	p.write(PositionKey, "Tonsillectomy is funded for patients who meet the criteria. It applies from 1 April 2027 and will be reviewed by April 2030.")
	if kind.Position {
		p.write(CriteriaKey, "All of these:\n\n- 7 or more episodes in 12 months\n- episodes recorded by a GP")
		p.Interventions = []Intervention{{Name: "Tonsillectomy", Position: Restricted, Criteria: CriteriaKey, Codes: Codes{OPCS4: []string{"F34", "F34.1"}}}}
	}
	if kind.Expires {
		p.Expires, p.Review = record.Day(2028, 4, 1), 0
		p.write(PositionKey, "Tonsillectomy is funded from 1 April 2027 until 01/04/2028.")
	}
	return p
}

func (p *Policy) write(key, markdown string) {
	for i := range p.Sections {
		if p.Sections[i].Key == key {
			p.Sections[i].Markdown = markdown
		}
	}
}

func rulesOf(list []Finding) string {
	var out []string
	for _, f := range list {
		out = append(out, f.Rule+" "+string(f.Grade))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func TestSoundPoliciesPass(t *testing.T) {
	t.Parallel()
	for _, k := range Kinds {
		if got := Check(sound(t, k.ID), noon); len(got) > 0 {
			t.Errorf("Check(%s) = %+v, want nothing", k.ID, got)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, kind string
		spoil      func(*Policy)
		want       string
	}{
		{"empty section", "clinical", func(p *Policy) { p.write(EvidenceKey, " \n") }, "K-01 block"},
		{"optional section", "clinical", func(p *Policy) { p.write(TransitionKey, "") }, ""},
		{"no interventions", "clinical", func(p *Policy) { p.Interventions = nil }, "K-02 block"},
		{"no position", "clinical", func(p *Policy) { p.Interventions[0].Position = "" }, "K-02 block"},
		{"no criteria", "clinical", func(p *Policy) { p.write(CriteriaKey, "") }, "K-03 block"},
		{"no criteria needed", "clinical", func(p *Policy) { p.write(CriteriaKey, ""); p.Interventions[0].Position = Routine }, ""},
		{"prior approval without codes", "clinical", func(p *Policy) {
			p.Interventions[0].Position, p.Interventions[0].Codes = PriorApproval, Codes{}
		}, "K-04 warn"},
		{"no way round", "clinical", func(p *Policy) { p.write(ExceptionsKey, "Nobody else.") }, "K-05 block"},
		{"no exceptions at all", "generic", func(p *Policy) { p.write(ExceptionsKey, "") }, "K-05 block"},
		{"review on the day", "clinical", func(p *Policy) { p.Review = p.Effective; p.write(PositionKey, "Funded.") }, "K-07 block"},
		{"three years exactly", "clinical", func(p *Policy) { p.Review = record.Day(2030, 4, 1) }, ""},
		{"three years and a day", "clinical", func(p *Policy) { p.Review = record.Day(2030, 4, 2) }, "K-08 warn"},
		{"no review", "clinical", func(p *Policy) { p.Review = 0; p.write(PositionKey, "Funded.") }, "K-09 warn"},
		{"bad codes", "clinical", func(p *Policy) {
			p.Interventions[0].Codes = Codes{OPCS4: []string{"F34", "tonsil", "C75-C71", "C71-D75", "C71–C75"}, ICD10: []string{"J35.0", "M72.0", "C50X", "J3"}}
		}, "K-10 block, K-10 block, K-10 block, K-10 block"},
		{"departs in silence", "clinical", func(p *Policy) { p.Guidance = []Guidance{{Ref: "NICE NG77", Departs: true}} }, "K-11 block"},
		{"departs and says so", "clinical", func(p *Policy) {
			p.Guidance = []Guidance{{Ref: "NICE NG77", Departs: true}}
			p.write(GuidanceKey, "We depart from ng 77 because …")
		}, ""},
		{"never mentioned", "clinical", func(p *Policy) { p.Guidance = []Guidance{{Ref: "NICE NG77"}} }, "K-12 warn"},
		{"other guidance mentioned", "clinical", func(p *Policy) {
			p.Guidance = []Guidance{{Ref: "NICE NG7"}}
			p.write(GuidanceKey, "See NG77.")
		}, "K-12 warn"},
		{"appraisal refused", "clinical", func(p *Policy) {
			p.Guidance, p.Interventions[0].Position = []Guidance{{Ref: "NICE TA10", Title: "x"}}, NotRoutine
			p.write(GuidanceKey, "TA10")
		}, "K-13 block"},
		{"appraisal beside something refused", "clinical", func(p *Policy) {
			p.Guidance, p.Interventions = []Guidance{{Ref: "TA 10"}}, append(p.Interventions, Intervention{Name: "Laser", Position: NotRoutine})
			p.write(GuidanceKey, "TA10")
		}, "K-18 warn"},
		{"statement without end", "statement", func(p *Policy) { p.Expires = 0; p.write(PositionKey, "Funded.") }, "K-14 block"},
		{"statement ends too early", "statement", func(p *Policy) { p.Expires = p.Effective; p.write(PositionKey, "Funded.") }, "K-14 block"},
		{"vague words", "clinical", func(p *Policy) {
			p.write(CriteriaKey, "- severe pain and frequent falls\n- severe (grade III) piles\n- severe pain")
		}, "K-15 warn, K-15 warn, K-15 warn"},
		{"vague words elsewhere", "clinical", func(p *Policy) { p.write(ReasonsKey, "It is appropriate.") }, ""},
		{"large heading", "clinical", func(p *Policy) { p.write(ReasonsKey, "# Big\n\n## Large\n\n### Right\n\nWords.") }, "K-16 warn, K-16 warn"},
		{"typed numbers", "clinical", func(p *Policy) { p.write(ReasonsKey, "1.1 First reason.\n\n1.2 Second reason.") }, "K-17 warn, K-17 warn"},
		{"unknown kind", "clinical", func(p *Policy) { p.KindID = "song" }, "K-00 block"},
	} {
		p := sound(t, tc.kind)
		tc.spoil(p)
		if got := rulesOf(Check(p, noon)); got != tc.want {
			t.Errorf("%s: Check gave %q, want %q\n%+v", tc.name, got, tc.want, Check(p, noon))
		}
	}
}

func TestDatesInTheText(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ text, want string }{
		{"It takes effect on 1 April 2027.", ""},
		{"It is effective from 01/04/2027.", ""},
		{"It applies from April 2027.", ""},
		{"It applies from 1st April 2027 and will be reviewed from April 2030.", ""},
		{"For patients referred on or after **1 May 2027**.", "The text says 1 May 2027, but the effective date is 1 April 2027"},
		{"It applies from 04.05.2027.", "The text says 04.05.2027, but the effective date is 1 April 2027"},
		{"It applies from March 2027.", "The text says March 2027, but the effective date is 1 April 2027"},
		{"It applies from 31 April 2027.", "“31 April 2027” is not a date"},
		{"Reviewed by 1 May 2030.", "The text says 1 May 2030, but the review date is 1 April 2030"},
		{"Patients referred before 1 May 2027 keep the old text.", ""},
		{"NICE published it on 3 June 2019. On 4 May 2020 nothing happened.", ""},
		{"It applies until 1 May 2028.", ""}, // only a statement has an end
	} {
		p := sound(t, "clinical")
		p.write(PositionKey, tc.text)
		got := ""
		for _, f := range Check(p, noon) {
			got += f.Message
		}
		if got != tc.want {
			t.Errorf("%q: %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestKeptWarningsComeBackWhenTheirWordsChange(t *testing.T) {
	t.Parallel()
	p := sound(t, "clinical")
	p.write(CriteriaKey, "- severe pain")
	f := Check(p, noon)[0]
	if _, err := p.accept(f.Rule, f.About, " ", "ann", noon); err == nil {
		t.Error("a warning was kept without a reason")
	}
	if _, err := p.accept(f.Rule, "another passage", "why", "ann", noon); err == nil {
		t.Error("a warning that is not there was kept")
	}
	if _, err := p.accept(f.Rule, f.About, "defined below", "ann", noon); err != nil {
		t.Fatal(err)
	}
	if got := Check(p, noon)[0].Kept; got != "defined below" {
		t.Errorf("Kept = %q", got)
	}
	p.write(CriteriaKey, "- severe pain at night")
	if got := Check(p, noon)[0].Kept; got != "" {
		t.Errorf("after a change of the passage Kept = %q, want nothing", got)
	}
	p.write(EvidenceKey, "")
	if _, err := p.accept("K-01", EvidenceKey, "why", "ann", noon); err == nil {
		t.Error("a block was kept")
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("It applies from 1 April 2027", "- severe pain", "C71-C75", "NICE TA1")
	f.Add("99/99/9999 from 31 February 2027", "# x\n1.1 y", "Z99.9-", "((")
	f.Fuzz(func(t *testing.T, position, criteria, code, ref string) {
		p := sound(t, "clinical")
		p.write(PositionKey, position)
		p.write(CriteriaKey, criteria)
		p.Interventions[0].Codes = Codes{OPCS4: []string{code}, ICD10: []string{code}}
		p.Guidance = []Guidance{{Ref: ref, Departs: true}, {Ref: ref}}
		first := Check(p, noon)
		for i, x := range Check(p, noon) {
			if x != first[i] {
				t.Fatalf("not the same twice: %+v, %+v", x, first[i])
			}
		}
	})
}
