package review

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/record"
)

// treatedOf is a year of activity: people by age band.
func treatedOf(ages map[string]int) Baseline {
	a := &Activity{Counts: []ActivityCount{{Month: record.Day(2026, 1, 1), Age: "16-24", Sex: "Female"}}}
	for age, n := range ages {
		a.Counts = append(a.Counts, ActivityCount{Month: record.Day(2026, 12, 1), People: n, Age: age, Sex: "Female"})
	}
	return baseline([]*Activity{a})
}

// groupWords are all tables in short.
func groupWords(list []Grouped) string {
	var out []string
	for _, g := range list {
		line := g.By + ":"
		for _, x := range g.Rows() {
			line += fmt.Sprintf(" %s=%s;", x.Name, x.Words())
		}
		if g.TooFew {
			line = g.By + ": too few"
		}
		out = append(out, line)
	}
	return strings.Join(out, " ")
}

func TestGrouped(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		b    Baseline
		want string
	}{
		{"nobody is counted", Baseline{}, ""},
		{"bands in order, what was not said last", treatedOf(map[string]int{"85+": 9, "": 7, "16-24": 1200, "under 16": 8, "unknown band": 6}),
			"Age band: under 16=8; 16-24=1,200; 85+=9; unknown band=6; Not given=7; All together=1,230; Sex: Female=1,230; All together=1,230;"},
		{"a small group hides another", treatedOf(map[string]int{"16-24": 3, "25-44": 12, "45-64": 40}),
			"Age band: 16-24=not shown; 25-44=not shown; 45-64=40; All together=55; Sex: Female=55; All together=55;"},
		{"too few", treatedOf(map[string]int{"16-24": 3}), "Age band: too few Sex: too few"},
		{"nothing but small groups", treatedOf(map[string]int{"16-24": 4, "25-44": 4, "45-64": 0}), "Age band: too few Sex: Female=8; All together=8;"},
	} {
		if got := groupWords(tc.b.Grouped()); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

// Months before the latest twelve do not count, nor does a characteristic that nobody gave.
func TestGroupedInTheLatestMonths(t *testing.T) {
	t.Parallel()
	b := baseline([]*Activity{{Counts: []ActivityCount{{Month: record.Day(2025, 12, 1), People: 100, Sex: "Male"}, {Month: record.Day(2026, 12, 1), People: 30, Sex: "Female"},
		{Month: record.Day(2026, 11, 1), People: 20, Deprivation: "1"}}}})
	want := "Sex: Female=30; Not given=20; All together=50; Deprivation quintile: 1, most deprived=20; Not given=30; All together=50;"
	if got := groupWords(b.Grouped()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestGroupedTogether(t *testing.T) {
	t.Parallel()
	e := &Effects{}
	for _, ages := range []map[string]int{{"16-24": 50, "25-44": 12}, {"16-24": 3, "25-44": 12, "45-64": 40}, {"16-24": 8}} {
		e.Places = append(e.Places, PlaceEffect{Impact: Impact{Baseline: treatedOf(ages)}})
	}
	want := "Age band: 16-24=at least 58; 25-44=at least 12; 45-64=40; All together=125; Sex: Female=125; All together=125;"
	if got := groupWords(e.Grouped()); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	e.Places = append(e.Places, PlaceEffect{Impact: Impact{Baseline: treatedOf(map[string]int{"85+": 2})}}, PlaceEffect{})
	want = "Age band: 16-24=at least 58; 25-44=at least 12; 45-64=at least 40; 85+=not shown; All together=at least 125; Sex: Female=at least 125; All together=at least 125;"
	if got := groupWords(e.Grouped()); got != want {
		t.Errorf("with a place of two people: %s, want %s", got, want)
	}
}

// The table of all places is the same whatever stands behind the counts that the places' own tables hide, and no count
// of one to four people is shown anywhere.
func TestTogetherTellsNoMoreThanThePlaces(t *testing.T) {
	t.Parallel()
	bands := []string{"0-15", "16-24", "25-44", "45-64"}
	rapid.Check(t, func(r *rapid.T) {
		e := &Effects{}
		sums, totals := map[string]int{}, 0
		for range rapid.IntRange(1, 4).Draw(r, "places") {
			ages := map[string]int{}
			for _, band := range bands {
				ages[band] = rapid.OneOf(rapid.IntRange(0, 6), rapid.IntRange(0, 60)).Draw(r, band)
			}
			p := PlaceEffect{Impact: Impact{Baseline: treatedOf(ages)}}
			for _, g := range p.Impact.Grouped()[:1] {
				for _, x := range g.Groups {
					if !x.Hidden {
						sums[x.Name] += x.N
					}
				}
				totals += g.Total.N
			}
			e.Places = append(e.Places, p)
		}
		for _, g := range e.Grouped()[:1] {
			for _, x := range g.Groups {
				if x.N != sums[x.Name] || x.N > 0 && x.N < Small {
					r.Fatalf("%s: %d, want the %d that are shown", x.Name, x.N, sums[x.Name])
				}
			}
			if g.Total.N != totals {
				r.Fatalf("total %d, want the %d that are shown", g.Total.N, totals)
			}
		}
	})
}
