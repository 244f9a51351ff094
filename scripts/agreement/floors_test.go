package main

import "testing"

// What is claimed must be right nearly always; how much is claimed comes second, so "same" and the directions bound
// precision. The labelled texts say most things in words of their own, of which nothing is proved.
//
// Else a floor is what the half "kept" reaches, in whole per cent, rounded down. Who makes the program better raises it;
// who has to lower it says why in the commit. A precision of 0 bounds nothing: of such a kind little is said.
var floors = []struct {
	set, of, kind     string
	precision, recall int
}{
	{"matrices", "rows", "together", 75, 70},
	{"matrices", "marks", "same", 99, 0},
	{"matrices", "marks", "narrower", 97, 0},
	{"matrices", "marks", "wider", 97, 0},
	{"matrices", "marks", "opposite", 97, 0},
	{"matrices", "marks", "none", 55, 85},
	{"changes", "classes", "quantity", 68, 99},
	{"changes", "classes", "removed", 99, 31},
	{"changes", "classes", "added", 88, 28},
	{"changes", "classes", "binding", 32, 86},
	{"changes", "classes", "modality", 73, 99},
	{"changes", "classes", "negation", 42, 99},
	{"changes", "classes", "position", 89, 64},
	{"changes", "classes", "typographic", 90, 64},
	{"changes", "effects", "same", 99, 13},
	{"changes", "effects", "narrower", 97, 0},
	{"changes", "effects", "wider", 97, 0},
	{"changes", "effects", "unclear", 0, 99},
}

func TestAgreementKeepsItsFloors(t *testing.T) {
	t.Parallel()
	sets := map[string]tallies{}
	var err error
	if sets["matrices"], err = matrices("../../review/harmony/labelled/kept", "", false); err != nil {
		t.Fatal(err)
	}
	if sets["changes"], err = changes("../../review/textdiff/labelled/kept", "", false); err != nil {
		t.Fatal(err)
	}
	for _, f := range floors {
		n, ok := sets[f.set][f.of]
		if !ok || n.labelled[f.kind] == 0 {
			t.Errorf("%s, %s: nothing is labelled %s", f.set, f.of, f.kind)
			continue
		}
		if got := percent(n.right[f.kind], n.said[f.kind]); got < f.precision {
			t.Errorf("%s, %s: of what is called %s %d in 100 are, want %d", f.set, f.of, f.kind, got, f.precision)
		}
		if got := percent(n.right[f.kind], n.labelled[f.kind]); got < f.recall {
			t.Errorf("%s, %s: of what is %s %d in 100 are called so, want %d", f.set, f.of, f.kind, got, f.recall)
		}
	}
}

// percent is rounded down; 100 of nothing, which is not wrong.
func percent(part, whole int) int {
	if whole == 0 {
		return 100
	}
	return part * 100 / whole
}
