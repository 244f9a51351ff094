package textdiff

import (
	"testing"

	"concordat/review/clause"
)

// weighTexts is what it does that the criteria of one text take the place of those of another.
func weighTexts(before, after string) (Effect, string) {
	return Weigh(holdingOf(before), holdingOf(after))
}

// holdingOf are all criteria of a text.
func holdingOf(markdown string) Holding {
	r := clause.Parse(markdown).Criteria()
	h := Holding{Reading: &r}
	for i := range r.Criteria {
		h.Criteria = append(h.Criteria, i)
	}
	return h
}

// A bar turns patients away where all of its numbers hold that "and" joins, or one of those that "or" joins: what it
// leaves free is the reverse.
func TestBarsOfSeveralNumbers(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		before, after string
		want          Effect
	}{
		{"Patients with a BMI over 35 and aged over 60 are excluded.", "Patients with a BMI over 35 are excluded.", Narrower},
		{"Patients with a BMI over 35 are excluded.", "Patients with a BMI over 35 and aged over 60 are excluded.", Wider},
		{"Patients with a BMI over 35 or aged over 60 are excluded.", "Patients with a BMI over 35 are excluded.", Wider},
		{"Patients with a BMI over 35 are excluded.", "Patients with a BMI over 35 or aged over 60 are excluded.", Narrower},
		{"Patients with a BMI over 35 and aged over 60 are excluded.", "Patients with a BMI over 35 or aged over 60 are excluded.", Narrower},
		{"Patients with a BMI over 35 and aged over 60 are excluded.", "Patients with a BMI over 40 and aged over 60 are excluded.", Wider},
		{"Patients aged 18 to 40 are excluded.", "Patients aged 18 to 30 are excluded.", Wider},
		{"Patients with all of the following are excluded:\n\n- a BMI over 35\n- an age over 60\n", "Patients with any of the following are excluded:\n\n- a BMI over 35\n- an age over 60\n", Narrower},
		{"Patients with any of the following are excluded:\n\n- a BMI over 35\n- an age over 60\n", "Patients with all of the following are excluded:\n\n- a BMI over 35\n- an age over 60\n", Wider},
		{"Patients with all of the following are excluded:\n\n- a BMI over 35\n- an age over 60\n", "Patients with all of the following are excluded:\n\n- a BMI over 35\n- an age over 50\n", Narrower},
	} {
		if got, why := weighTexts(tc.before, tc.after); got != tc.want {
			t.Errorf("%q became %q: %s, %s; want %s", tc.before, tc.after, got, why, tc.want)
		}
	}
}

// Times in other units mean the same where people take them for the same; in one unit each number is its own.
func TestTimesInUnits(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		x, y string
		same bool
	}{
		{"26 weeks", "6 months", true},
		{"52 weeks", "12 months", true},
		{"52 weeks", "1 year", true},
		{"12 months", "1 year", true},
		{"12 weeks", "3 months", true},
		{"13 weeks", "3 months", true},
		{"6 weeks", "1.5 months", true},
		{"4 weeks", "1 month", true},
		{"12 months", "13 months", false},
		{"12 weeks", "13 weeks", false},
		{"14 weeks", "3 months", false},
		{"24 weeks", "26 weeks", false},
		{"25 days", "27 days", false},
		{"18 months", "19 months", false},
		{"11 months", "1 year", false},
	} {
		const text = "The patient must have had physiotherapy for at least "
		for _, p := range [][2]string{{tc.x, tc.y}, {tc.y, tc.x}} {
			if got, why := weighTexts(text+p[0]+".", text+p[1]+"."); (got == NoEffect) != tc.same {
				t.Errorf("%s became %s: %s, %s; same %v wanted", p[0], p[1], got, why, tc.same)
			}
		}
	}
}

// Other words around numbers: the numbers are the same only where they are equal, or times in other units.
func TestSameFigures(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		x, y string
		same bool
	}{
		{"60 points", "60 points", true},
		{"60 points", "61 points", false},
		{"12 months", "one year", true},
		{"26 weeks", "6 months", true},
		{"52 weeks", "53 weeks", false},
		{"60 months", "60", false},
	} {
		if got := sameFigures(heard(tc.x), heard(tc.y)); got != tc.same {
			t.Errorf("%s and %s: same %v, want %v", tc.x, tc.y, got, tc.same)
		}
	}
}
