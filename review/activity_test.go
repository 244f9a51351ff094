package review_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// area is a service with one commissioner, Aldermoss.
func area(t testing.TB) *review.Service {
	t.Helper()
	s := reviewtest.Service(reviewtest.InMemory())
	if _, err := s.AddCommissioner(t.Context(), reviewtest.Admin, review.Commissioner{Name: "NHS Aldermoss", Short: "Aldermoss", Start: record.Day(2020, 4, 1)}); err != nil {
		t.Fatal(err)
	}
	return s
}

const activityHeading = "commissioner,code,month,count,age band,sex,deprivation\n"

func TestActivityLines(t *testing.T) {
	t.Parallel()
	s := area(t)
	for _, tc := range []struct {
		name, lines string
		want        []review.LineFault
	}{
		{"right", "Aldermoss,F34.1,2026-04,12,16-24\naldermoss,f34.1,April 2026,\"1,200\",25-34\nNHS Aldermoss,F34,01/05/2026,0,\n", nil},
		{"unknown commissioner", "Aldermos,F34.1,2026-04,12,\n", []review.LineFault{{2, "There is no commissioner “Aldermos”"}}},
		{"no code", "Aldermoss,,2026-04,12,\n", []review.LineFault{{2, "There is no code. Codes look like F34.1"}}},
		{"bad code", "Aldermoss,F34.11,2026-04,12,\nAldermoss,tonsils,2026-04,12,\n",
			[]review.LineFault{{2, "“F34.11” looks like a diagnosis code (ICD-10). " + onlyProcedures}, {3, "“TONSILS” is not a procedure code. Codes look like F34.1"}}},
		{"no dot", "Aldermoss,F341,2026-04,12,\n", []review.LineFault{{2, "“F341” has no dot. As a procedure code (OPCS-4) it is F34.1"}}},
		{"a range", "Aldermoss,C71-C75,2026-04,12,\n", []review.LineFault{{2, "“C71-C75” is a range. Give a line for each code"}}},
		{"a diagnosis code", "Aldermoss,J35.0X,2026-04,12,\n", []review.LineFault{{2, "“J35.0X” looks like a diagnosis code (ICD-10). " + onlyProcedures}}},
		{"SNOMED CT", "Aldermoss,173422009,2026-04,12,\n", []review.LineFault{{2, "“173422009” looks like a SNOMED CT code. " + onlyProcedures}}},
		{"deprivation", "Aldermoss,F34.1,2026-04,12,,,1\nAldermoss,F34.1,2026-04,12,,,Q2\nAldermoss,F34.1,2026-04,12,,,5 - least\nAldermoss,F34.1,2026-04,12,,,unknown\nAldermoss,F34.1,2026-04,12,,,7\n",
			[]review.LineFault{{6, "“7” is not a deprivation quintile. They go from 1, the most deprived, to 5. Name the column “deprivation decile” when it has tenths"}}},
		{"no month", "Aldermoss,F34.1,2026-13,12,\n", []review.LineFault{{2, "“2026-13” is not a month. Months look like 2026-04"}}},
		{"a month to come", "Aldermoss,F34.1,2027-02,12,\n", []review.LineFault{{2, "February 2027 has not been yet"}}},
		{"negative", "Aldermoss,F34.1,2026-04,-1,\n", []review.LineFault{{2, "The count is less than 0"}}},
		{"hidden", "Aldermoss,F34.1,2026-04,<5,\n", []review.LineFault{{2, "“<5” is not a whole number. Hidden counts cannot be added up: ask for the full ones"}}},
		{"too short", "Aldermoss,F34.1\n", []review.LineFault{{2, "“” is not a month. Months look like 2026-04"}}},
		{"twice", "Aldermoss,F34.1,2026-04,1,\nAldermoss,F34.1,2026-05,1,\nAldermoss,F34.1,2026-04,1,\n", []review.LineFault{{4, "Line 2 says the same month and code already"}}},
		{"a line break within quotes", "\"Alder\nmoss\",F34.1,2026-04,1,\nAldermoss,F34.1,2026-04,x,\n",
			[]review.LineFault{{2, "There is no commissioner “Alder moss”"}, {4, "“x” is not a whole number. Hidden counts cannot be added up: ask for the full ones"}}},
	} {
		got, err := s.CheckActivity(t.Context(), reviewtest.Lead, activityHeading+tc.lines)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		if diff := cmp.Diff(tc.want, got.Faults); diff != "" || got.Wrong != len(tc.want) {
			t.Errorf("%s: %d wrong (-want +got):\n%s", tc.name, got.Wrong, diff)
		}
	}
}

func TestActivityThatIsNoTable(t *testing.T) {
	t.Parallel()
	s := area(t)
	for name, text := range map[string]string{
		"diagnosis codes": "commissioner,icd-10,month,count\nAldermoss,J35.0,2026-04,12\n",
		"nothing":         "", "heading only": activityHeading, "no heading": "Aldermoss,F34.1,2026-04,12\n", "open quote": activityHeading + "\"Aldermoss,F34.1\n",
		"too many lines": activityHeading + strings.Repeat("Aldermoss,F34.1,2026-04,1,\n", review.MaxActivityLines+1),
	} {
		var f record.Faults
		if _, err := s.CheckActivity(t.Context(), reviewtest.Lead, text); !errors.As(err, &f) || f[0].Field != "file" {
			t.Errorf("%s: %v, want a fault of the file", name, err)
		}
	}
}

func TestNothingIsKeptWhileALineIsWrong(t *testing.T) {
	t.Parallel()
	s := area(t)
	if _, err := s.KeepActivity(t.Context(), reviewtest.Lead, activityHeading+"Aldermoss,F34.1,2026-04,1,\nAldermoss,F34.1,2026-05,-1,\n"); !errors.Is(err, record.ErrRule) {
		t.Fatalf("a wrong line: %v", err)
	}
	if list, err := s.Activities.Coded(t.Context(), "A", "Z"); err != nil || len(list) != 0 {
		t.Errorf("%d kept, %v", len(list), err)
	}
}

// onlyProcedures is why a code is refused that is no procedure code.
const onlyProcedures = "Activity is counted by procedure codes (OPCS-4), such as F34.1. Diagnosis codes (ICD-10) and SNOMED CT codes are refused, for a diagnosis does not say that somebody was treated"

// Groups are kept as they are counted: sex in one way, tenths of areas as fifths; two tenths of one fifth are no mistake.
func TestGroupsOfActivity(t *testing.T) {
	t.Parallel()
	s := area(t)
	text := "commissioner,code,month,count,sex,imd decile\nAldermoss,F34.1,2026-04,1,F,1\nAldermoss,F34.1,2026-04,2,F,2\nAldermoss,F34.1,2026-04,4,2,10\nAldermoss,F34.1,2026-04,8,male,\nAldermoss,F34.1,2026-04,16,not known,3\n"
	if _, err := s.KeepActivity(t.Context(), reviewtest.Lead, text); err != nil {
		t.Fatal(err)
	}
	list, err := s.Activities.Coded(t.Context(), "F34.1", "F34.2")
	if err != nil || len(list) != 1 {
		t.Fatalf("%d kept, %v", len(list), err)
	}
	got := map[string]int{}
	for _, c := range list[0].Counts {
		got[c.Sex+c.Deprivation] += c.People
	}
	if diff := cmp.Diff(map[string]int{"Female1": 3, "Female5": 4, "Male": 8, "2": 16}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is in a file says for which policies each code is counted; a diagnosis code of a policy is not one of them.
func TestCodesOfActivity(t *testing.T) {
	t.Parallel()
	s := area(t)
	for reference, codes := range map[string]review.Codes{"CP-1": {OPCS4: []string{"F34"}, ICD10: []string{"J35.0"}}, "CP-2": {OPCS4: []string{"F30-F36", "not a code"}}, "CP-3": {OPCS4: []string{"W40.1"}}} {
		p, err := s.Create(t.Context(), reviewtest.Lead, review.NewPolicy{Reference: reference, Title: reference, Kind: "clinical", Programme: "g", Commissioners: []string{"aldermoss"}, Lead: "lead"})
		if err != nil {
			t.Fatal(err)
		}
		c := p.Content
		c.Interventions = []review.Intervention{{Name: "Treatment", Position: review.Restricted, Codes: codes}}
		if _, err := s.SaveDetails(t.Context(), record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, c); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.CheckActivity(t.Context(), reviewtest.Lead, activityHeading+"Aldermoss,F34.1,2026-04,1,\nAldermoss,J35.0,2026-04,1,\nAldermoss,F30,2026-04,1,\nAldermoss,Z99,2026-04,1,\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []review.CodeUse{{Code: "F30", Policies: []string{"CP-2"}}, {Code: "F34.1", Policies: []string{"CP-1", "CP-2"}}, {Code: "J35.0", Diagnosis: []string{"CP-1"}}, {Code: "Z99"}}
	if diff := cmp.Diff(want, got.Codes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A file with every code that there may be, and policies with long lists of codes, take no time to speak of: the lists are
// read once, and not for each code.
func TestManyCodesOfActivity(t *testing.T) {
	t.Parallel()
	s := area(t)
	var list []string
	for n := range 100 {
		list = append(list, fmt.Sprintf("Z%02d-Z%02d.9", n, n))
	}
	for n := range 30 {
		reference := fmt.Sprintf("CP-%02d", n)
		p, err := s.Create(t.Context(), reviewtest.Lead, review.NewPolicy{Reference: reference, Title: reference, Kind: "clinical", Programme: "g", Commissioners: []string{"aldermoss"}, Lead: "lead"})
		if err != nil {
			t.Fatal(err)
		}
		c := p.Content
		c.Interventions = []review.Intervention{{Name: "Treatment", Position: review.Restricted, Codes: review.Codes{OPCS4: list}}}
		if _, err := s.SaveDetails(t.Context(), record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, c); err != nil {
			t.Fatal(err)
		}
	}
	var text strings.Builder
	text.WriteString(activityHeading)
	for n := range 20_000 {
		fmt.Fprintf(&text, "Aldermoss,%c%02d.%d,2026-04,1,\n", 'A'+n/1000, n/10%100, n%10)
	}
	got, err := s.CheckActivity(t.Context(), reviewtest.Lead, text.String())
	if err != nil || len(got.Codes) != 20_000 {
		t.Fatalf("%d codes, %v", len(got.Codes), err)
	}
}

// A new file takes the place of the months that it covers, and of no others; three years are kept.
func TestANewFileReplacesItsMonths(t *testing.T) {
	t.Parallel()
	s := area(t)
	keep := func(lines string) map[string]int {
		t.Helper()
		if _, err := s.KeepActivity(t.Context(), reviewtest.Lead, activityHeading+lines); err != nil {
			t.Fatal(err)
		}
		list, err := s.Activities.Coded(t.Context(), "F34.1", "F34.2")
		if err != nil || len(list) != 1 {
			t.Fatalf("%d kept, %v", len(list), err)
		}
		out := map[string]int{}
		for _, c := range list[0].Counts {
			out[c.Month.String()[:7]] += c.People
		}
		return out
	}
	keep("Aldermoss,F34.1,2023-11,9,\nAldermoss,F34.1,2026-04,1,\nAldermoss,F34.1,2026-05,2,0-15\nAldermoss,F34.1,2026-05,3,16-24\nAldermoss,F34.1,2026-07,4,\n")
	got := keep("Aldermoss,F34.1,2026-05,7,\nAldermoss,F34.1,2026-06,8,\n")
	if diff := cmp.Diff(map[string]int{"2023-11": 9, "2026-04": 1, "2026-05": 7, "2026-06": 8, "2026-07": 4}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := keep("Aldermoss,F34.1,2026-12,1,\n"); got["2023-11"] != 0 || got["2026-04"] != 1 {
		t.Errorf("after a later month: %v, want none older than three years", got)
	}
}

func TestBaselineYear(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		b      review.Baseline
		year   int
		period string
	}{
		{review.Baseline{}, 0, ""},
		{review.Baseline{From: record.Day(2026, 1, 1), To: record.Day(2026, 12, 1), Months: 12, People: 212}, 212, "January 2026 to December 2026"},
		{review.Baseline{From: record.Day(2026, 4, 1), To: record.Day(2026, 6, 1), Months: 3, People: 50}, 200, "April 2026 to June 2026"},
		{review.Baseline{From: record.Day(2026, 4, 1), To: record.Day(2026, 4, 1), Months: 1, People: 7}, 84, "April 2026"},
	} {
		if tc.b.Year() != tc.year || tc.b.Period() != tc.period {
			t.Errorf("%+v: %d in %q, want %d in %q", tc.b, tc.b.Year(), tc.b.Period(), tc.year, tc.period)
		}
	}
}

// All lines that are right are added up, whatever their order: no count is lost and none is counted twice.
func TestActivityAddsUp(t *testing.T) {
	t.Parallel()
	s := area(t)
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(r, "lines")
		sum, text := 0, activityHeading
		for i := range n {
			people := rapid.IntRange(0, 50).Draw(r, "people")
			sum += people
			text += fmt.Sprintf("Aldermoss,F34.%d,2026-%02d,%d,\n", i%10, 1+i/10, people)
		}
		got, err := s.CheckActivity(t.Context(), reviewtest.Lead, text)
		if err != nil || got.Wrong != 0 || got.Lines != n || got.Places[0].People != sum {
			r.Fatalf("%+v, %v, want %d people in %d lines", got, err, sum, n)
		}
	})
}

func FuzzActivity(f *testing.F) {
	s := area(f)
	f.Add(activityHeading + "Aldermoss,F34.1,2026-04,12,16-24\n")
	f.Add("commissioner;code;month;count\r\nAldermoss;\"F34\";2026-04;1\r\n")
	f.Add("\uFEFFplace\topcs\tperiod\tpeople\nAldermoss\tF34\tApr-26\t1\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := s.CheckActivity(t.Context(), reviewtest.Lead, text)
		if err != nil && !errors.Is(err, record.ErrRule) {
			t.Fatal(err)
		}
		if err == nil && (got.Wrong > got.Lines || len(got.Faults) > got.Wrong || got.Lines == 0) {
			t.Errorf("%d of %d lines are wrong, %d told", got.Wrong, got.Lines, len(got.Faults))
		}
	})
}
