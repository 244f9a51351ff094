package review

import (
	"strings"
	"testing"

	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/textdiff"
)

func year(people int) Baseline {
	return Baseline{From: record.Day(2026, 1, 1), To: record.Day(2026, 12, 1), Months: 12, People: people}
}

func consequence(c harmony.Counts) harmony.Consequence {
	return harmony.Consequence{Counts: c, Effect: c.Whole(), Position: textdiff.NoEffect}
}

func TestImpact(t *testing.T) {
	t.Parallel()
	share := func(low, high int) Share { return Share{Given: true, Low: low, High: high} }
	both := &Estimate{Lose: share(0, 28), Gain: share(94, 165), Price: 2000}
	for _, tc := range []struct {
		name                      string
		c                         harmony.Consequence
		b                         Baseline
		x                         *Estimate
		treated, lose, gain, cost string
	}{
		{"nothing is known", consequence(harmony.Counts{Narrower: 1}), Baseline{}, nil, "not known", "not known", "nobody", "not known"},
		{"no share", consequence(harmony.Counts{Narrower: 1}), year(212), nil, "212 a year", "up to 212 treated a year", "nobody", "not known"},
		{"no share, gains", consequence(harmony.Counts{Wider: 1}), year(1212), nil, "1,212 a year", "nobody", "not known", "not known"},
		{"shares and a price", consequence(harmony.Counts{Narrower: 1, Wider: 4}), year(212), both, "212 a year", "up to 6 a year", "19 to 35 a year", "£26,000 to £70,000 a year more"},
		{"nothing changes", consequence(harmony.Counts{Same: 3}), year(212), both, "212 a year", "nobody", "nobody", "no more and no less"},
		{"small", consequence(harmony.Counts{Narrower: 1}), year(20), &Estimate{Lose: share(100, 150), Price: 10}, "20 a year", "fewer than 5 a year", "nobody", "not shown"},
		{"a small low end of who loses", consequence(harmony.Counts{Narrower: 1}), year(30), &Estimate{Lose: share(100, 1000), Price: 1000}, "30 a year", "up to 30 a year", "nobody", "up to £30,000 a year less"},
		{"a small low end of who gains", consequence(harmony.Counts{Wider: 1}), year(30), &Estimate{Gain: share(100, 1000), Price: 1000}, "30 a year", "nobody", "up to 30 a year", "up to £30,000 a year more"},
		{"small low ends of both", consequence(harmony.Counts{Mixed: 1}), year(40), &Estimate{Lose: share(100, 500), Gain: share(50, 250), Price: 100}, "40 a year", "up to 20 a year", "up to 10 a year", "between £2,000 a year less and £1,000 more"},
		{"fewer than five treated", consequence(harmony.Counts{Narrower: 1}), year(4), nil, "fewer than 5 a year", "fewer than 5 a year", "nobody", "not known"},
		{"it ends", harmony.Consequence{Ends: true, Position: textdiff.Narrower, Effect: textdiff.Narrower}, year(40), both, "40 a year", "about 40 a year", "nobody", "£80,000 a year less"},
		{"a quarter", consequence(harmony.Counts{}), Baseline{Months: 3, People: 25, From: 1, To: 2}, nil, "about 100 a year, by 3 months", "nobody", "nobody", "not known"},
		{"a month with two people", consequence(harmony.Counts{Narrower: 1}), Baseline{Months: 1, People: 2, From: 1, To: 1}, both, "fewer than 5 in 1 month", "not shown", "nobody", "not shown"},
		{"a month with two people, no share", consequence(harmony.Counts{Narrower: 1}), Baseline{Months: 1, People: 2, From: 1, To: 1}, nil, "fewer than 5 in 1 month", "not shown", "nobody", "not known"},
		{"cannot be told", harmony.Consequence{Doubt: "no policy", Effect: textdiff.Unclear}, year(50), nil, "50 a year", "up to 50 treated a year", "not known", "not known"},
		{"both ways", consequence(harmony.Counts{Mixed: 1}), year(100), &Estimate{Lose: share(100, 100), Gain: share(50, 200), Price: 100}, "100 a year", "about 10 a year", "5 to 20 a year", "between £500 a year less and £1,000 more"},
	} {
		i := impact(tc.c, tc.b, tc.x)
		got := strings.Join([]string{i.TreatedWords(), i.LoseWords(), i.GainWords(), i.CostWords()}, " | ")
		if want := strings.Join([]string{tc.treated, tc.lose, tc.gain, tc.cost}, " | "); got != want {
			t.Errorf("%s: %s, want %s", tc.name, got, want)
		}
	}
}

// Nothing that is shown says which small number stands at the low end of a range.
func TestASmallLowEndIsToldByNothing(t *testing.T) {
	t.Parallel()
	words := func(lose, gain int) string {
		i := Impact{Baseline: year(60), Estimate: &Estimate{Price: 700}, Lose: &harmony.People{Low: lose, High: 40}, Gain: &harmony.People{Low: gain, High: 9}}
		c := pounds(*i.Gain, *i.Lose, i.Estimate.Price)
		i.Cost = &c
		return i.LoseWords() + " | " + i.GainWords() + " | " + i.CostWords()
	}
	for lose := range Small {
		for gain := range Small {
			if got, want := words(lose, gain), words(0, 0); got != want {
				t.Errorf("from %d lose and from %d gain: %s, but from nobody: %s", lose, gain, got, want)
			}
		}
	}
}

// The document hides small counts, adds up only what it shows, so that the sum gives none away, and no estimate stands beside a hidden count: by a published
// share somebody could work back to it.
func TestTheDocumentHidesSmallCounts(t *testing.T) {
	t.Parallel()
	e := &Effects{Policy: &Policy{Content: Content{Title: "Knees"}}}
	x := &Estimate{Lose: Share{Given: true, Low: 1000, High: 1000}, Source: "audit", Price: 7000, PriceSource: "tariff"}
	for i, n := range []int{3, 31, 47, 200} {
		c := consequence(harmony.Counts{Narrower: 1})
		c.Name = string(rune('A' + i))
		e.Places = append(e.Places, PlaceEffect{Consequence: c, Impact: impact(c, year(n), x), Record: &LevelRecord{}})
	}
	var people string
	for _, s := range e.Document(record.Day(2027, 1, 15)) {
		if s.Key == "people" {
			people = s.Markdown
		}
	}
	for _, want := range []string{"| A | not shown | not shown | not shown | not shown |", "| B | 31 | about 31 a year |",
		"| C | 47 | about 47 a year | nobody | £329,000 a year less |", "| All together | at least 278 |", "Shares: audit", "£7,000: tariff"} {
		if !strings.Contains(people, want) {
			t.Errorf("no %q in\n%s", want, people)
		}
	}
	if strings.Contains(people, "281") || strings.Contains(people, " 3 ") {
		t.Errorf("a hidden count is shown in\n%s", people)
	}
}
