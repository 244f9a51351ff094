package harmony

import (
	"fmt"
	"io"
	"strings"
)

// LeftOut is what of one text takes part in no comparison.
type LeftOut struct {
	Place, Name string
	Stranger    bool     // the text seems to be about another treatment
	Lost        []string // what could not be carried over from its file
	Beside      []Beside // its statements that stand in no row
}

// LeftOut are the texts of which something was left out: the draft and the national text, the places in the order of the
// columns, then the strangers.
func (m *Matrix) LeftOut() []LeftOut {
	var out []LeftOut
	add := func(t *Text, stranger bool, beside []Beside) {
		if len(t.Lost)+len(beside) > 0 {
			out = append(out, LeftOut{Place: t.Place, Name: t.Name, Stranger: stranger, Lost: t.Lost, Beside: beside})
		}
	}
	if t := m.references[Draft]; t != nil {
		add(t, false, m.beside(t, func(r *Row) Entry { return r.Draft }))
	}
	if t := m.references[National]; t != nil {
		add(t, false, m.beside(t, func(r *Row) Entry { return r.National }))
	}
	for i := range m.Columns {
		add(&m.Columns[i].Text, false, m.Beside(m.Columns[i].Place))
	}
	for i := range m.Strangers {
		add(&m.Strangers[i], true, m.Beside(m.Strangers[i].Place))
	}
	return out
}

// Line says how much of a text stands in no row: "alder: 2 statements stand in no row"; "" when all stands in one.
func (l *LeftOut) Line() string {
	if len(l.Beside) == 0 {
		return ""
	}
	stand := "stand"
	if len(l.Beside) == 1 {
		stand = "stands"
	}
	return fmt.Sprintf("%s: %s %s in no row", l.Name, counted(len(l.Beside), "statement", "statements"), stand)
}

// Marked are the criteria of a column by how they stand to the base: what is proved, and what must be read.
func (m *Matrix) Marked(column int) Counts {
	var n Counts
	for i := range m.Rows {
		r := &m.Rows[i]
		switch c := &r.Cells[column]; {
		case c.Mark == Same:
			n.Same++
		case c.Mark == Narrower:
			n.Narrower++
		case c.Mark == Wider:
			n.Wider++
		case c.Mark == Opposite:
			n.Opposite++
		case c.Mark == NoPolicy, c.Mark == None && m.BaseOf(r).Empty(): // there is nothing to compare
		default:
			n.Unclear++
		}
	}
	return n
}

// proofs say of each place how much of its marks is proved.
func (m *Matrix) proofs(w io.Writer) {
	for i := range m.Columns {
		if words := m.Marked(i).Proof(); words != "" {
			fmt.Fprintf(w, "%s: %s\n", m.Columns[i].Name, words)
		}
	}
}

// leftLines are the rows of a table that hold what stands in no other: how much of each column is proved, and what was
// left out of each text, one statement a row. column is where a text stands in the table, width how many columns there are.
func (m *Matrix) leftLines(width int, column map[string]int) (rows [][]string) {
	row := func(name, kind string) []string {
		line := make([]string, width)
		line[0], line[1] = name, kind
		rows = append(rows, line)
		return line
	}
	if len(m.Columns) > 0 {
		proved := row("How much is proved", "Proof")
		for i := range m.Columns {
			proved[column[m.Columns[i].Place]] = m.Marked(i).Proof()
		}
	}
	left := m.LeftOut()
	if len(left) == 0 {
		return rows
	}
	sum := row("In no row", "Left out")
	for _, l := range left {
		sum[column[l.Place]] = counted(len(l.Beside), "statement", "statements")
	}
	for _, l := range left {
		for _, b := range l.Beside {
			row("In no row", "Left out")[column[l.Place]] = b.Words + " [" + b.Cite + "]"
		}
		for _, lost := range l.Lost {
			row("Not carried over from the file", "Left out")[column[l.Place]] = lost
		}
	}
	return rows
}

// writeLeft lists what was left out, to be read in a terminal.
func writeLeft(w io.Writer, left []LeftOut) {
	said := false
	for _, l := range left {
		for _, b := range l.Beside {
			if !said {
				fmt.Fprint(w, "\nIn no row, and compared with nothing:\n")
				said = true
			}
			fmt.Fprintf(w, "  %s, %s: %s\n", l.Name, b.Cite, strings.Join(strings.Fields(b.Words), " "))
		}
	}
}
