package review_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review"
)

func safeWords(s review.SafeCounts) string {
	var out []string
	for _, c := range s.Counts {
		out = append(out, c.Words())
	}
	return strings.ReplaceAll(strings.Join(out, " ")+" = "+s.Total.Words(), "not shown", "*")
}

func TestSuppress(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		counts []int
		want   string
	}{
		{nil, " = 0"},
		{[]int{5, 12, 0}, "5 12 0 = 17"},
		{[]int{3, 12, 40}, "* * 40 = 55"},     // 12 too, or the total gives the 3 away
		{[]int{3, 4, 40}, "* * 40 = 47"},      // 7 is 3 and 4 or 4 and 3
		{[]int{1, 1, 9, 40}, "* * * 40 = 51"}, // 2 for two hidden counts is 1 and 1
		{[]int{4, 4, 9, 40}, "* * * 40 = 57"}, // 8 for two hidden counts is 4 and 4
		{[]int{1, 2, 40}, "* * 40 = 43"},      // 1 and 2 or 2 and 1
		{[]int{3, 0, 0}, "* 0 0 = *"},         // the total is the count
		{[]int{1, 1, 0}, "* * 0 = *"},         // nothing else is there to hide
		{[]int{4, 4}, "* * = *"},              // 8 would be 4 and 4
		{[]int{2, 3}, "* * = 5"},              // 1 and 4, 2 and 3, and the reverse
		{[]int{4}, "* = *"},                   // one count is the total
	} {
		if got := safeWords(review.Suppress(tc.counts)); got != tc.want {
			t.Errorf("%v: %s, want %s", tc.counts, got, tc.want)
		}
	}
}

// fits are the values that each hidden count can have for a reader of the published table who knows that every hidden
// count is of at least 1 person: all ways to share out what is missing, counts being small when only is true.
func fits(hidden, missing int, only bool) []map[int]bool {
	values := make([]map[int]bool, hidden)
	for i := range values {
		values[i] = map[int]bool{}
	}
	most := missing
	if only {
		most = review.Small - 1
	}
	var share func(at, left int, so []int)
	share = func(at, left int, so []int) {
		if at == hidden {
			if left == 0 {
				for i, v := range so {
					values[i][v] = true
				}
			}
			return
		}
		for v := 1; v <= min(most, left); v++ {
			share(at+1, left-v, append(so, v))
		}
	}
	share(0, missing, nil)
	return values
}

// No hidden count can be computed from what is published: it can be two different numbers at least, also for a reader
// who takes all hidden counts for small ones where they are. Nothing small is shown, and nothing else is changed.
func TestNothingHiddenCanBeComputed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		counts := rapid.SliceOfN(rapid.OneOf(rapid.IntRange(0, 6), rapid.IntRange(0, 30)), 0, 6).Draw(r, "counts")
		s := review.Suppress(counts)
		total, hidden, missing, small := 0, 0, 0, true
		for i, n := range counts {
			total += n
			switch c := s.Counts[i]; {
			case c.Hidden:
				hidden++
				missing += n
				small = small && n < review.Small
			case n > 0 && n < review.Small, c.N != n:
				r.Fatalf("%d is shown as %d", n, c.N)
			}
		}
		if !s.Total.Hidden && (s.Total.N != total || total > 0 && total < review.Small) {
			r.Fatalf("the total %d is shown as %d", total, s.Total.N)
		}
		if hidden == 0 || s.Total.Hidden {
			if s.Total.Hidden && hidden == 0 {
				r.Fatal("the total alone is hidden, and can be added up")
			}
			return
		}
		for _, only := range []bool{false, small} {
			for i, values := range fits(hidden, missing, only) {
				if len(values) < 2 {
					r.Fatalf("%s: hidden count %d of %v can only be %v", safeWords(s), i+1, counts, values)
				}
			}
		}
	})
}

// A count that is hidden stays hidden when the table is published again in another order.
func TestSuppressDependsOnTheCountsAlone(t *testing.T) {
	t.Parallel()
	a, b := review.Suppress([]int{3, 12, 40}), review.Suppress([]int{40, 3, 12})
	if fmt.Sprint(a.Counts[0], a.Counts[1], a.Counts[2]) != fmt.Sprint(b.Counts[1], b.Counts[2], b.Counts[0]) {
		t.Errorf("%s and %s", safeWords(a), safeWords(b))
	}
}
