package review

import (
	"fmt"
	"strings"
	"testing"
)

// A text is read once, whoever has it; what is remembered stays within its bound.
func TestReadings(t *testing.T) {
	t.Parallel()
	var r Readings
	first, again := r.of("- BMI below 40"), r.of("- BMI below 40")
	if len(first.Criteria) != 1 || &first.Criteria[0] != &again.Criteria[0] {
		t.Error("a text was read twice")
	}
	var none *Readings
	if got := none.of("- BMI below 40"); len(got.Criteria) != 1 {
		t.Errorf("without a memory: %d criteria", len(got.Criteria))
	}
	word := strings.Repeat("x", 1<<20)
	for i := range 40 {
		r.of(fmt.Sprint(word, i))
	}
	kept := 0
	for _, m := range []map[string]struct{}{keys(r.now), keys(r.before)} {
		for text := range m {
			kept += len(text)
		}
	}
	if kept > 2*mostRead+2<<20 {
		t.Errorf("%d bytes of text are remembered, want %d at most", kept, 2*mostRead)
	}
}

func keys[V any](m map[string]V) map[string]struct{} {
	out := map[string]struct{}{}
	for k := range m {
		out[k] = struct{}{}
	}
	return out
}
