package textdiff

import (
	"strings"
	"testing"

	"concordat/review/clause"
)

// Each row of the table of known-equal wordings folds to the one that is kept: a row that no wording can meet is dead.
func TestKnownEqualWordsAreMet(t *testing.T) {
	t.Parallel()
	_, list, _ := strings.Cut(vocabularyText, "[equal]\n")
	list, _, _ = strings.Cut(list, "\n[")
	rows := 0
	for line := range strings.Lines(list) {
		kept, others, ok := strings.Cut(strings.TrimSpace(line), " = ")
		if !ok {
			continue
		}
		for other := range strings.SplitSeq(others, " | ") {
			rows++
			if sameSigns(fold("Seen "+kept+" here"), fold("Seen "+other+" here")) == differ {
				t.Errorf("%q does not fold to %q", other, kept)
			}
		}
	}
	if rows < 10 {
		t.Errorf("only %d rows were found", rows)
	}
}

// A frame is read whole or not at all: what it says of the side and of its list.
func TestReadIntroduction(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		words string
		whole bool
		side  string
		list  binding
	}{
		{"Surgery is funded if all of the following criteria are met", true, "requires", allOfList},
		{"Surgery will not be routinely commissioned where any of these apply", true, "bars", oneOfList},
		{"Patients must meet at least 2 of the following", true, "requires", "at least 2"},
		{"One of the following criteria must be met", true, "requires", oneOfList},
		{"Surgery is only funded when", true, "requires", unsaid},
		{"Surgery is not only funded when", false, "", unsaid},
		{"Surgery is not funded unless", false, "", unsaid},
		{"Surgery is funded if all or any of the following apply", false, "requires", unread},
		{"Advice on weight is offered if", false, "", unsaid},
		{"Nobody is funded if", false, "", unsaid},
	} {
		got := readIntroduction(fold(tc.words), nil)
		if got.whole != tc.whole || tc.whole && (string(got.side) != tc.side || got.list != tc.list || len(got.rest) > 0) {
			t.Errorf("%q: %+v, want %v %s %s", tc.words, got, tc.whole, tc.side, tc.list)
		}
	}
}

// How the items of a list are joined is read from their ends, and from what stands alone between two lists.
func TestJoints(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text string
		want binding
	}{
		{"If:\n\n- pain; or\n- numbness\n", oneOfList},
		{"If:\n\n- pain and\n- numbness\n", allOfList},
		{"If:\n\n- pain\n- numbness\n", unsaid},
		{"If:\n\n- pain; or\n- numbness; and\n- weakness\n", unread},
		{"If:\n\n- pain and/or\n- numbness\n", unread},
		{"If:\n\n- pain\n\nOR\n\n- numbness\n", oneOfList},
	} {
		x := clause.Parse(tc.text)
		for i, c := range x.Clauses {
			if c.Kind == "item" && joints(x, i) != tc.want {
				t.Errorf("%q: %q of %q, want %q", tc.text, joints(x, i), c.Words, tc.want)
			}
		}
	}
}
