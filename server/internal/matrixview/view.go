// Package matrixview is about how a reader is shown a matrix: which rows in which order, what stands in a cell of the
// width of seven letters, and the exact words behind it.
package matrixview

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"concordat/review/harmony"
)

// Order says in which order rows are shown. Anything else is read as ByDifference.
type Order string

// The orders. ByDraft puts what the draft does not speak of last; BySubject makes groups.
const (
	ByDifference Order = "differ"
	ByDraft      Order = "draft"
	BySubject    Order = "subject"
)

// Ask is what a reader asks to see, and what the page knows beside the matrix. Functions may be nil.
type Ask struct {
	DraftName, NationalName string
	Place                   string // the one shown on narrow screens
	Order                   Order
	Only                    bool   // rows that differ
	Query                   string // words of a name or a wording
	Unsure                  bool   // rows that a person should look at
	Open                    string // key of the row whose exact words are open
	Self                    string // address of this page with no row open

	Text     func(place, anchor string) string // address of a place's text, at the clause with an anchor if it is not ""
	Read     func(place string) string         // address that shows how it was read
	Correct  func(key string) string           // address where a row is corrected
	Draft    func(key string) string           // address where a row is drafted
	At       func(place string) string         // address of this page for another place
	Evidence func(*harmony.Row) string         // what the evidence says on a row
	Origin   func(e *harmony.Entry) string     // where the draft's words came from
	Number   func(clause int) (cite string)    // how a clause of the draft is cited
}

func (a Ask) textAt(place, anchor string) string {
	if a.Text == nil {
		return ""
	}
	return a.Text(place, anchor)
}

// View is what a page shows of a matrix.
type View struct {
	Sum        string // "15 places, 14 criteria: 13 differ"
	BaseName   string // "the draft"
	NoDraft    string // said of a row on which the draft is silent: that nothing like it was found, or "–" when there is no draft
	NoNational string
	Draft      string // heading of the draft's column, "" when there is no draft
	National   string
	Against    string // heading of the last row: "Differ from the draft"
	Columns    []Column
	Groups     []Group
	Rows       int // shown
	Unsure     int // rows that a person should look at, of all
	Chosen     Column
	Place      string // what the chosen place amounts to: "differs from the draft in 6 of 14. Not proved: 6"
	Previous   *Column
	Next       *Column
	Only       bool
	Strangers  []Column   // texts that stand apart
	Twins      [][]string // places whose texts are equal to the letter
	Silent     []string   // places whose texts are in no row
	Rest       []Rest
	RestSum    int
	Lost       []Rest // texts of whose files something could not be carried over
}

// Column is one place.
type Column struct {
	Place, Name string
	Text        string // address of its text
	Href        string // of this page for it
	Chosen      bool
	Differs     string // a number, "–" for a place without a policy
	NotProved   string // on how many criteria nothing is proved, "–" for a place that is not compared
}

// Group are the rows of one subject; the only group of other orders has no title.
type Group struct {
	Title string
	Rows  []*Row
}

// Rest is what of a text takes part in no comparison.
type Rest struct {
	Name       string
	Href       string   // where statements are made criteria, "" where they cannot be
	Count      int      // statements that stand in no row
	Statements []string // the first of them, each with where it stands
	Lost       []string // what could not be carried over from its file
}

// Of makes the view of a matrix.
func Of(m *harmony.Matrix, a Ask) View {
	v := View{Sum: m.Sum(), BaseName: m.Base.Words(), Only: a.Only, Unsure: m.Unsures(), Twins: m.Twins(), Silent: m.Silent()}
	v.NoDraft, v.NoNational = silent(m, draftOf), silent(m, nationalOf)
	v.Against = "Differ from " + v.BaseName
	common := false
	switch {
	case v.NoDraft == noRule:
		v.Draft = cmp.Or(a.DraftName, "Draft")
	case m.Base == harmony.Common: // the column has room for what cells are judged against
		v.Draft, v.NoDraft, common = "Most common", noRule, true
	}
	v.National = cmp.Or(a.NationalName, "National and evidence")
	v.columns(m, a)
	v.rest(m, a)
	s := shower{m: m, a: a, chosen: v.Chosen.Place, common: common}
	v.Groups = s.groups()
	for _, g := range v.Groups {
		v.Rows += len(g.Rows)
	}
	for _, x := range m.Strangers {
		v.Strangers = append(v.Strangers, Column{Place: x.Place, Name: x.Name, Text: a.textAt(x.Place, ""), Href: at(a.Read, x.Place)})
	}
	return v
}

// noRule is said where a text that has rules has none on a row: it may stand elsewhere, or be unread.
var noRule = harmony.None.Word()

func draftOf(r *harmony.Row) *harmony.Entry    { return &r.Draft }
func nationalOf(r *harmony.Row) *harmony.Entry { return &r.National }

// silent is what is said of rows on which a text says nothing: that nothing like it was found or, when it says nothing at all, that
// there is no such text.
func silent(m *harmony.Matrix, of func(*harmony.Row) *harmony.Entry) string {
	for i := range m.Rows {
		if !of(&m.Rows[i]).Empty() {
			return noRule
		}
	}
	return "–"
}

// columns lists the places and chooses one for narrow screens: the one asked for, else the first that differs.
func (v *View) columns(m *harmony.Matrix, a Ask) {
	chosen := slices.IndexFunc(m.Columns, func(c harmony.Column) bool { return c.Place == a.Place })
	if chosen < 0 {
		chosen = max(0, slices.IndexFunc(m.Columns, func(c harmony.Column) bool { return c.Differs > 0 }))
	}
	for i, c := range m.Columns {
		x := Column{Place: c.Place, Name: c.Name, Text: a.textAt(c.Place, ""), Href: at(a.At, c.Place), Chosen: i == chosen, Differs: fmt.Sprint(c.Differs), NotProved: "–"}
		if n := m.Marked(i); n.All() > 0 {
			x.NotProved = fmt.Sprint(n.Unclear)
		}
		if c.Without != "" {
			x.Differs = "–"
		}
		v.Columns = append(v.Columns, x)
	}
	if len(v.Columns) == 0 {
		return
	}
	v.Chosen = v.Columns[chosen]
	v.Place = fmt.Sprintf("differs from %s in %s of %d. Not proved: %s", v.BaseName, v.Chosen.Differs, len(m.Rows), v.Chosen.NotProved)
	if without := m.Columns[chosen].Without; without != "" {
		v.Place = "– " + without
	}
	if chosen > 0 {
		v.Previous = &v.Columns[chosen-1]
	}
	if chosen+1 < len(v.Columns) {
		v.Next = &v.Columns[chosen+1]
	}
}

// mostRest bounds what is listed of one text.
const mostRest = 100

// rest lists what of each text stands in no row or was lost from its file, so that nothing is left out untold.
func (v *View) rest(m *harmony.Matrix, a Ask) {
	for _, l := range m.LeftOut() {
		r := Rest{Name: l.Name, Count: len(l.Beside), Lost: l.Lost}
		if t, _ := m.Text(l.Place); t != nil {
			r.Href = at(a.Read, l.Place)
		}
		for _, x := range l.Beside[:min(r.Count, mostRest)] {
			r.Statements = append(r.Statements, clip(x.Words, 240)+" ["+x.Cite+"]")
		}
		if v.RestSum += r.Count; r.Count > 0 {
			v.Rest = append(v.Rest, r)
		}
		if len(r.Lost) > 0 {
			v.Lost = append(v.Lost, r)
		}
	}
}

func at(address func(string) string, of string) string {
	if address == nil {
		return ""
	}
	return address(of)
}

// clip shortens words to a number of characters, at a space.
func clip(words string, most int) string {
	words = strings.Join(strings.Fields(words), " ")
	r := []rune(words)
	if len(r) <= most {
		return words
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + " …"
}
