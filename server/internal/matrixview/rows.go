package matrixview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/harmony"
)

// Row is one criterion over all places.
type Row struct {
	ID, Key  string
	Name     string
	Line     string // "3.2. Same in 2 of 14"
	Same     bool   // in all places
	Unsure   bool
	Open     bool   // its exact words are shown at once
	Close    string // address that closes them
	Draft    Reference
	National Reference
	Cells    []Cell
	Said     []Said
	Correct  string // address
	DraftAt  string // address
}

// Reference is what the draft, or the national text, says on a row.
type Reference struct {
	Words string // shortened
	Full  string
	More  string // where it came from, or what the evidence says
}

// Cell is what one place says on a row.
type Cell struct {
	State   string // of the stylesheet
	ID      string // of its place among the exact words
	Label   string // two lines of seven letters; "" where Full fits
	Full    string // in words
	Chosen  bool
	Span    int  // rows that a column without a policy covers from here; 0 for one
	Upright bool // with room for words that stand upright
	Hidden  bool // covered by the cell above
}

// shower shows the rows of one matrix.
type shower struct {
	m      *harmony.Matrix
	a      Ask
	chosen string
	common bool // what most say stands in the draft's column, since there is no draft
}

// groups are the rows in the order asked for.
func (s shower) groups() []Group {
	var rows []*harmony.Row
	for i := range s.m.Rows {
		if r := &s.m.Rows[i]; (!s.a.Unsure || r.Unsure()) && (s.a.Query == "" || s.m.Finds(r, s.a.Query)) {
			rows = append(rows, r)
		}
	}
	switch s.a.Order {
	case ByDraft:
		slices.SortStableFunc(rows, func(x, y *harmony.Row) int { return cmp.Compare(placeInDraft(x), placeInDraft(y)) })
	case BySubject:
		return s.bySubject(rows)
	}
	if len(rows) == 0 {
		return nil
	}
	return []Group{s.group("", rows)}
}

func placeInDraft(r *harmony.Row) int {
	if r.Draft.Empty() {
		return 1 << 30
	}
	return r.Draft.Criteria[0]
}

func (s shower) bySubject(rows []*harmony.Row) (out []Group) {
	by := map[harmony.Subject][]*harmony.Row{}
	for _, r := range rows {
		by[r.Subject()] = append(by[r.Subject()], r)
	}
	for _, subject := range harmony.Subjects {
		if len(by[subject]) > 0 {
			out = append(out, s.group(string(subject), by[subject]))
		}
	}
	return out
}

func (s shower) group(title string, rows []*harmony.Row) Group {
	g := Group{Title: title}
	for _, r := range rows {
		g.Rows = append(g.Rows, s.row(r))
	}
	g.span()
	return g
}

// roomy is how many rows are as high as "No policy: the national text is used" set upright.
const roomy = 6

// span lets the cell of a place without a policy cover all rows of a group. A first row that can be hidden covers
// nothing, or its column would be lost with it.
func (g *Group) span() {
	if len(g.Rows) == 0 || g.Rows[0].Same {
		return
	}
	for i := range g.Rows[0].Cells {
		if g.Rows[0].Cells[i].State != noPolicy {
			continue
		}
		g.Rows[0].Cells[i].Span, g.Rows[0].Cells[i].Upright = len(g.Rows), len(g.Rows) >= roomy
		for _, r := range g.Rows[1:] {
			r.Cells[i].Hidden = true
		}
	}
}

func (s shower) row(r *harmony.Row) *Row {
	out := &Row{ID: r.Key, Key: r.Key, Name: r.Name, Same: r.Differs == 0, Unsure: r.Unsure(), Open: s.a.Open == r.Key, Correct: at(s.a.Correct, r.Key), DraftAt: at(s.a.Draft, r.Key)}
	if out.Close = "#" + r.Key; out.Open {
		out.Close = s.a.Self + out.Close
	}
	out.Line = fmt.Sprintf("Same in %d of %d", r.Same, r.Same+r.Differs)
	if r.Differs == 0 {
		out.Line = fmt.Sprintf("Same in all %d", r.Same)
	}
	if s.a.Number != nil && !r.Draft.Empty() {
		if n := s.a.Number(r.Draft.Reading.Criteria[r.Draft.Criteria[0]].Clause); n != "" {
			out.Line = n + ". " + out.Line
		}
	}
	out.Draft, out.National = reference(r.Draft), reference(r.National)
	if s.common {
		out.Draft = reference(r.Common)
	}
	if s.a.Origin != nil {
		out.Draft.More = s.a.Origin(&r.Draft)
	}
	if s.a.Evidence != nil {
		out.National.More = s.a.Evidence(r)
	}
	for i := range r.Cells {
		out.Cells = append(out.Cells, s.cell(r, i))
	}
	out.Said = s.said(r)
	return out
}

func reference(e harmony.Entry) Reference {
	return Reference{Words: clip(e.Line(), 64), Full: e.Line()}
}

const noPolicy = "nopolicy"

// state is the name of a mark in the stylesheet.
func state(m harmony.Mark) string {
	switch m {
	case harmony.Check:
		return "unsure"
	case harmony.NoPolicy:
		return noPolicy
	}
	return string(m)
}

func (s shower) cell(r *harmony.Row, i int) Cell {
	c, column := &r.Cells[i], &s.m.Columns[i]
	out := Cell{State: state(c.Mark), ID: "w-" + r.Key + "-" + column.Place, Chosen: column.Place == s.chosen, Full: c.Mark.Word()}
	switch c.Mark {
	case harmony.NoPolicy:
		out.Full = column.Without
	case harmony.Same:
	case harmony.None:
		out.Label = "Not found"
	case harmony.Check:
		if c.Empty() { // nothing was read in the text
			out.Label, out.Full = "?", out.Full+": "+c.Why
			break
		}
		fallthrough
	default:
		out.Label, out.Full = label(c), out.Full+": "+clip(c.Line(), 160)
	}
	if doubt := c.Doubt(); doubt != "" {
		out.Label, out.Full = strings.TrimSpace(out.Label+" ?"), out.Full+". Check: "+doubt
	}
	return out
}

// label is what fits a cell: the value, else in a word what the criterion does.
func label(c *harmony.Cell) string {
	if c.Short != "" {
		return c.Short
	}
	first := &c.Reading.Criteria[c.Criteria[0]]
	switch {
	case c.Mark == harmony.Opposite && first.Side == clause.Requires:
		return "Asked"
	case first.Side == clause.Bars:
		return "Barred"
	case first.Side == clause.Exempts:
		return "Exempt"
	case c.Mark == harmony.Narrower && first.Role == clause.Approval:
		return "Needed"
	case c.Mark == harmony.Narrower:
		return "Asked"
	case c.Mark == harmony.Wider:
		return "Enough"
	}
	return "Differs"
}
