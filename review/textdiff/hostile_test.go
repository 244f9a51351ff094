package textdiff

import (
	"strings"
	"testing"

	"concordat/review/clause"
)

// TestOddTextsAreClassified: texts that nobody expects give a true answer, not a guess. The work on the hostile ones is
// bounded by the length of what is judged, so none of these takes longer than a comparison of policies.
func TestOddTextsAreClassified(t *testing.T) {
	t.Parallel()
	policy := "## Criteria\n\n- The patient is 18 or over.\n- Pain has lasted for 3 months.\n"
	for _, tc := range []struct {
		name, before, after string
		level               int
		substantive         bool
	}{
		{"equal bytes", policy, policy, 0, false},
		{"both empty", "", "", 0, false},
		{"only white space", "\n\n", " \n", 0, false},
		{"from an empty text", "", policy, 3, true},
		{"to an empty text", policy, "", 3, true},
		{"another language", "## Kriterien\n\nDie Patientin ist 18 Jahre alt.\n", "## Kriterien\n\nDer Patient ist mindestens 21 Jahre alt und raucht nicht.\n", 3, true},
		{"a megabyte of one word", strings.Repeat("a", 1<<20), strings.Repeat("a", 1<<20-1) + "b", 2, true},
		{"a megabyte of words", strings.Repeat("word ", 1<<18), strings.Repeat("word ", 1<<18) + "not", 2, true},
		{"nested quotes", strings.Repeat("> ", 10_000) + "Aged 18 or over.", strings.Repeat("> ", 10_000) + "Aged 21 or over.", 2, true},
	} {
		before, after := clause.Parse(tc.before), clause.Parse(tc.after)
		d := Compare(before, after)
		if x, y, err := d.Sources(before, after); err != nil || x != tc.before || y != tc.after {
			t.Errorf("%s: the sources do not rebuild: %v", tc.name, err)
		}
		found := Classify(before, after, d)
		if level, steps := Level(found); level != tc.level || Substantive(found) != tc.substantive {
			t.Errorf("%s: level %d (%q), substantive %v; want %d, %v", tc.name, level, steps, Substantive(found), tc.level, tc.substantive)
		}
	}
}
