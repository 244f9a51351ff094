package harmony

import (
	"cmp"
	"slices"

	"concordat/review/clause"
)

// Beside is a statement of a text that stands in no row.
type Beside struct {
	Words  string
	Folded string // what corrections know it by
	Cite   string // where it stands: "section 2.1"
	Under  string // the heading above it, "" for none
	span   clause.Span
}

// Beside are the statements of a place's text that stand in no row, in the order of the text, so that nobody has to
// guess what was left out: what the program took for background, and what a person said is no criterion. Of a text that
// stands apart these are all.
func (m *Matrix) Beside(place string) []Beside {
	t, column := m.Text(place)
	switch {
	case t == nil:
		return nil
	case column < 0:
		return m.beside(t, func(*Row) Entry { return Entry{} })
	}
	return m.beside(t, func(r *Row) Entry { return r.Cells[column].Entry })
}

// beside are the statements of a text that stand in no row; entry is what it says on one.
func (m *Matrix) beside(t *Text, entry func(*Row) Entry) []Beside {
	r := &t.Reading
	shown := map[int]bool{}
	for i := range m.Rows {
		for _, c := range entry(&m.Rows[i]).Criteria {
			shown[c] = true
		}
	}
	var out []Beside
	add := func(s clause.Span, words string) {
		out = append(out, Beside{Words: words, Folded: Fold(words), Cite: r.Text.Clauses[s.Clause].Label, Under: under(r.Text, s.Clause), span: s})
	}
	for _, s := range r.Unread() {
		add(s, s.In(r.Text))
	}
	for i, c := range r.Criteria {
		if !shown[i] {
			add(clause.Span{Clause: c.Clause, From: c.From, To: c.To}, r.Words(i))
		}
	}
	slices.SortStableFunc(out, func(x, y Beside) int {
		return cmp.Or(cmp.Compare(x.span.Clause, y.span.Clause), cmp.Compare(x.span.From, y.span.From))
	})
	return out
}

// under is the heading under which a clause stands.
func under(t clause.Text, i int) string {
	for i = t.Clauses[i].Parent; i >= 0; i = t.Clauses[i].Parent {
		if t.Clauses[i].Kind == clause.Heading {
			return t.Clauses[i].Words
		}
	}
	return ""
}

// Text is the text of a place with its column, -1 for one that stands apart; nil when there is none.
func (m *Matrix) Text(place string) (t *Text, column int) {
	for i := range m.Columns {
		if m.Columns[i].Place == place {
			return &m.Columns[i].Text, i
		}
	}
	for i := range m.Strangers {
		if m.Strangers[i].Place == place {
			return &m.Strangers[i], -1
		}
	}
	return nil, -1
}
