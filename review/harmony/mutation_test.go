package harmony_test

import (
	"slices"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/textdiff/mutation"
)

// Of a text against itself with one deciding word changed, the cell in which that stands is never the same, and has no
// direction but by a number.
func TestNoMutatedCellIsTheSame(t *testing.T) {
	t.Parallel()
	cells := 0
	for _, topic := range []string{"tonsillectomy", "varicose-veins", "cataract"} {
		for place, markdown := range labelled(t, "labelled/work/"+topic) {
			base := text("base", markdown)
			n := 0
			mutation.Of(markdown, func(m mutation.Mutation) {
				if n++; n%3 == 0 { // a third of them, so that it does not take long
					cells += mutatedCells(t, place, &base, m, m.Kind == "unit")
				}
			})
			mutation.Numbers(markdown, func(raised, _ mutation.Mutation, _ [2]int) { cells += mutatedCells(t, place, &base, raised, true) })
		}
	}
	if cells < 500 {
		t.Errorf("only %d cells were looked at: the test shows nothing", cells)
	}
}

// mutatedCells looks at the cells whose clause has other words than that of the base at the same place.
func mutatedCells(t *testing.T, place string, base *harmony.Text, m mutation.Mutation, mayMove bool) (looked int) {
	t.Helper()
	own := text(place, m.Text)
	matrix := harmony.Build(harmony.Topic{National: base, Locals: []harmony.Text{own}, Base: harmony.National})
	if len(matrix.Columns) == 0 {
		return 0
	}
	for i := range matrix.Rows {
		c := &matrix.Rows[i].Cells[0]
		if c.Empty() || !changed(c.Reading.Text, base.Reading.Text, c.Reading.Criteria[c.Criteria[0]].Clause) {
			continue
		}
		looked++
		switch {
		case c.Mark == harmony.Same:
			t.Errorf("%s: a changed %s is called the same in the row %q: %q", place, m.Kind, matrix.Rows[i].Name, c.Line())
		case (c.Mark == harmony.Narrower || c.Mark == harmony.Wider) && !mayMove:
			t.Errorf("%s: a direction is said of a changed %s in the row %q: %q", place, m.Kind, matrix.Rows[i].Name, c.Line())
		}
	}
	return looked
}

// changed tells whether no clause of a text has the words of a clause of another.
func changed(own, base clause.Text, i int) bool {
	words := strings.ToLower(own.Clauses[i].Words)
	return !slices.ContainsFunc(base.Clauses, func(c clause.Clause) bool { return strings.ToLower(c.Words) == words })
}
