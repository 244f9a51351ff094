package main

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/clause"
	"concordat/server/internal/bench/world"
)

func TestFigures(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		list []float64
		want float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{9, 1, 5}, 5}, {[]float64{4, 1, 2, 9}, 3}} {
		if got := median(tc.list); got != tc.want {
			t.Errorf("median(%v) = %v, want %v", tc.list, got, tc.want)
		}
	}
	list := make([]time.Duration, 100)
	for i := range list {
		list[i] = time.Duration(100 - i)
	}
	for _, tc := range []struct {
		part float64
		want time.Duration
	}{{0, 1}, {0.5, 51}, {0.95, 96}, {1, 100}} {
		if got := percentile(list, tc.part); got != tc.want {
			t.Errorf("percentile %v = %v, want %v", tc.part, got, tc.want)
		}
	}
	for x, want := range map[float64]string{7: "7", 999.6: "1,000", 12345.4: "12,345", 1234567: "1,234,567"} {
		if got := thousands(x); got != want {
			t.Errorf("thousands(%v) = %s, want %s", x, got, want)
		}
	}
}

func TestTableTellsWhatIsNotMet(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	writeTable(&out, []row{{What: "one", Target: "≥ 2", Figure: "1", Peer: "3", Ratio: "0.33", Met: not, Note: "small"}, {What: "two", Figure: "5"}})
	for _, want := range []string{"one   ≥ 2     1       3     0.33   NOT MET", "two   -       5       -     -      -", "one: small"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &out)
		}
	}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	if all, err := choose(nil); err != nil || len(all) != len(figures) {
		t.Errorf("choose() = %v, %v", all, err)
	}
	if _, err := choose([]string{"pages", "speed"}); err == nil || !strings.Contains(err.Error(), "footprint") {
		t.Errorf("an unknown figure: %v", err)
	}
}

// Every kind of page is asked for, at an address that names what the world has.
func TestVisits(t *testing.T) {
	t.Parallel()
	c := &review.Commissioner{Slug: "aldermoss"}
	w := &world.World{Programme: "PG", Commissioners: []*review.Commissioner{c}, Meetings: []string{"MT"}, Policies: []world.Policy{
		{ID: "PX", Slug: "hips", Versions: []review.Number{{Minor: 1}, {Minor: 2}, {Major: 1}}, Locals: []string{"LC"}, Published: true}}}
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[string]bool{}
	for range 1000 {
		k := chooseKind(r)
		seen[k.name] = true
		if path := k.path(r, w); !strings.HasPrefix(path, "/") || strings.Contains(path, "%!") || strings.Contains(path, "//") {
			t.Errorf("%s: %s", k.name, path)
		}
	}
	if len(seen) != len(kinds) {
		t.Errorf("%d of %d kinds were asked for", len(seen), len(kinds))
	}
}

// What is compared is what the target says: two texts of 50 KB with 13 changes.
func TestPair(t *testing.T) {
	t.Parallel()
	before, after := world.Pair(50<<10, edits)
	if len(before) < 50<<10 || len(before) > 52<<10 {
		t.Errorf("the text has %d bytes", len(before))
	}
	html, err := compare(clause.Parse(before), clause.Parse(after), edits)
	if shown := strings.Count(string(html), "<article"); err != nil || shown != edits {
		t.Errorf("%d changes are shown: %v", shown, err)
	}
}
