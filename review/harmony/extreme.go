package harmony

import (
	"slices"

	"concordat/review/textdiff"
)

// Narrowest is the entry under which the fewest patients qualify: it is narrower than, or the same as, that of every
// place that says something. ok is false when that cannot be told, or when all say the same.
func (m *Matrix) Narrowest(r *Row) (e Entry, places []string, ok bool) {
	return m.extreme(r, textdiff.Narrower)
}

// Widest is the entry under which the most patients qualify.
func (m *Matrix) Widest(r *Row) (e Entry, places []string, ok bool) {
	return m.extreme(r, textdiff.Wider)
}

func (m *Matrix) extreme(r *Row, effect textdiff.Effect) (e Entry, places []string, ok bool) {
	for i := range r.Cells {
		if !r.Cells[i].Empty() && r.beyondAll(i, effect) {
			if len(places) == 0 {
				e = r.Cells[i].Entry
			}
			places = append(places, m.Columns[i].Place)
		}
	}
	differs := slices.ContainsFunc(r.Cells, func(c Cell) bool {
		x, _ := textdiff.Prove(c.passages, e.passages)
		return !c.Empty() && x == effect
	})
	return e, places, len(places) > 0 && differs
}

// beyondAll tells whether the entry of a place is the narrowest, or the widest, of all that say something.
func (r *Row) beyondAll(i int, effect textdiff.Effect) bool {
	return !slices.ContainsFunc(r.Cells, func(c Cell) bool {
		if c.Empty() {
			return false
		}
		x, _ := textdiff.Prove(c.passages, r.Cells[i].passages)
		return x != textdiff.NoEffect && x != effect
	})
}
