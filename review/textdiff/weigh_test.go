package textdiff_test

import (
	"testing"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// TestWeighWholeNumbers: what is counted comes in whole numbers, what is measured does not.
func TestWeighWholeNumbers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          textdiff.Effect
	}{
		{"more than 10 episodes in a year", "at least 11 episodes in a year", textdiff.NoEffect},
		{"more than 10 episodes in a year", "at least 10 episodes in a year", textdiff.Wider},
		{"fewer than 3 cycles", "up to 2 cycles", textdiff.NoEffect},
		{"more than two injections", "three or more injections", textdiff.NoEffect},
		{"more than 10 episodes in a year are excluded", "11 or more episodes in a year are excluded", textdiff.NoEffect},
		{"up to 10 episodes in a year", "11 or more episodes in a year are excluded", textdiff.NoEffect},
		{"7 episodes in 1 year / 5 a year for 2 years / 3 a year for 3 years", "7 episodes in 1 year, 5 a year for 2 years or 3 a year for 3 years", textdiff.NoEffect},
		{"under 40 years of age", "no older than 39 years", textdiff.NoEffect},
		{"a score of more than 10 points", "a score of at least 11 points", textdiff.NoEffect},
		{"aged over 18", "aged 18 or over", textdiff.Wider},
		{"a BMI of more than 34", "a BMI of at least 35", textdiff.Narrower},
	} {
		before, after := holding(tc.before), holding(tc.after)
		if got, why := textdiff.Weigh(before, after); got != tc.want {
			t.Errorf("%q to %q: %s, want %s: %s", tc.before, tc.after, got, tc.want, why)
		}
	}
}

func holding(words string) textdiff.Holding {
	r := clause.Parse("## Criteria\n\n- " + words + "\n").Criteria()
	h := textdiff.Holding{Reading: &r}
	for i := range r.Criteria {
		h.Criteria = append(h.Criteria, i)
	}
	return h
}
