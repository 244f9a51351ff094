package textdiff_test

import (
	"testing"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Where clinicians decide today, nothing can be wider, and whatever is asked for is narrower.
func TestRestrict(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want textdiff.Effect
	}{
		{"Patients must have a BMI below 40.", textdiff.Narrower},
		{"## Exclusions\n\n- Smokers\n", textdiff.Narrower},
		{"Any of:\n\n- 7 episodes in a year\n- 1 quinsy\n", textdiff.Narrower},
		{"Knee replacement is not routinely commissioned.", textdiff.Narrower},
		{"Knee replacement is routinely commissioned.", textdiff.NoEffect},
		{"Prior approval is required.", textdiff.Narrower},
		{"Prior approval is not required.", textdiff.NoEffect},
	} {
		r := clause.Parse(tc.text).Criteria()
		if len(r.Criteria) == 0 {
			t.Errorf("%q has no criterion", tc.text)
			continue
		}
		if got, why := textdiff.Restrict(textdiff.Holding{Reading: &r, Criteria: []int{0}}); got != tc.want {
			t.Errorf("%q: %s, %s; want %s", tc.text, got, why, tc.want)
		}
	}
	if got, _ := textdiff.Restrict(textdiff.Holding{}); got != textdiff.NoEffect {
		t.Errorf("nothing: %s", got)
	}
}

// Two changes together do what each does: the order and the grouping do not matter, nothing given or taken is lost.
func TestAnd(t *testing.T) {
	t.Parallel()
	effects := []textdiff.Effect{textdiff.NoEffect, textdiff.Narrower, textdiff.Wider, textdiff.Mixed, textdiff.Unclear, textdiff.Opposite}
	for _, a := range effects {
		for _, b := range effects {
			if a.And(b) != b.And(a) {
				t.Errorf("%s and %s: %s, the other way %s", a, b, a.And(b), b.And(a))
			}
			for _, c := range effects {
				if a.And(b).And(c) != a.And(b.And(c)) {
					t.Errorf("%s, %s, %s: %s or %s", a, b, c, a.And(b).And(c), a.And(b.And(c)))
				}
			}
		}
	}
	for _, tc := range []struct{ a, b, want textdiff.Effect }{
		{textdiff.Narrower, textdiff.Wider, textdiff.Mixed}, {textdiff.Narrower, textdiff.Unclear, textdiff.Narrower},
		{textdiff.NoEffect, textdiff.Unclear, textdiff.Unclear}, {textdiff.NoEffect, textdiff.Opposite, textdiff.Mixed},
	} {
		if got := tc.a.And(tc.b); got != tc.want {
			t.Errorf("%s and %s: %s, want %s", tc.a, tc.b, got, tc.want)
		}
	}
}
