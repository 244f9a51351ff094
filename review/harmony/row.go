package harmony

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// Wording is one way in which places put a row's criterion.
type Wording struct {
	Words  string   // as the first of the places has it
	Folded string   // what corrections know it by
	Places []string // of the columns that have it; none when only the draft or the national text does
}

// Wordings are the different wordings of a row over all texts, the draft's and the national text's first, then in the
// order of the columns.
func (m *Matrix) Wordings(r *Row) []Wording {
	var out []Wording
	add := func(e *Entry, place string) {
		for _, c := range e.Criteria {
			words := e.Reading.Words(c)
			folded := Fold(words)
			i := slices.IndexFunc(out, func(w Wording) bool { return w.Folded == folded })
			if i < 0 {
				i = len(out)
				out = append(out, Wording{Words: words, Folded: folded})
			}
			if place != "" && !slices.Contains(out[i].Places, place) {
				out[i].Places = append(out[i].Places, place)
			}
		}
	}
	add(&r.Draft, "")
	add(&r.National, "")
	for i := range r.Cells {
		add(&r.Cells[i].Entry, m.Columns[i].Place)
	}
	return out
}

// Has tells whether some text has a folded wording on this row.
func (r *Row) Has(folded string) bool {
	if r.Draft.has(folded) || r.National.has(folded) {
		return true
	}
	return slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.has(folded) })
}

func (e Entry) has(folded string) bool {
	return slices.ContainsFunc(e.Criteria, func(c int) bool { return Fold(e.Reading.Words(c)) == folded })
}

// RowOf finds the row that has a folded wording.
func (m *Matrix) RowOf(folded string) (*Row, bool) {
	i := slices.IndexFunc(m.Rows, func(r Row) bool { return r.Has(folded) })
	if i < 0 {
		return nil, false
	}
	return &m.Rows[i], true
}

// BaseOf is what the cells of a row are judged against.
func (m *Matrix) BaseOf(r *Row) Entry {
	switch m.Base {
	case Draft:
		return r.Draft
	case National:
		return r.National
	}
	return r.Common
}

// doubtful is how sure a row must be that it is not marked. In the labelled topics used for work it marks a sixth of the
// rows, of which nine in ten hold what does not belong together; from here on the mark would be right and wrong alike.
const doubtful = 0.38

// Unsure tells whether a person should look at a row: the program is not sure that its wordings belong together.
func (r *Row) Unsure() bool { return r.Sure < doubtful }

// Unsures are how many rows a person should look at.
func (m *Matrix) Unsures() int {
	n := 0
	for i := range m.Rows {
		if m.Rows[i].Unsure() {
			n++
		}
	}
	return n
}

// Differing are how many rows differ in at least one place.
func (m *Matrix) Differing() int {
	n := 0
	for i := range m.Rows {
		if m.Rows[i].Differs > 0 {
			n++
		}
	}
	return n
}

// Twins are the names of places whose texts are equal byte for byte, in groups.
func (m *Matrix) Twins() (out [][]string) {
	at := map[string]int{}
	var groups [][]string
	for _, c := range m.Columns {
		text := c.Reading.Text.Markdown
		if text == "" {
			continue
		}
		if _, ok := at[text]; !ok {
			at[text] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[text]] = append(groups[at[text]], c.Name)
	}
	for _, g := range groups {
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	return out
}

// Silent are the names of places whose texts are in no row: no criteria could be read in them.
func (m *Matrix) Silent() (out []string) {
	for i, c := range m.Columns {
		if c.Without == "" && !slices.ContainsFunc(m.Rows, func(r Row) bool { return !r.Cells[i].Empty() }) {
			out = append(out, c.Name)
		}
	}
	return out
}

// Finds tells whether a name or a wording of the row has all words of a query, in any case.
func (m *Matrix) Finds(r *Row, query string) bool {
	text := Fold(r.Name)
	for _, w := range m.Wordings(r) {
		text += " " + w.Folded
	}
	for word := range strings.FieldsSeq(Fold(query)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// Subject says what sort of thing a row decides.
type Subject string

// The subjects, in the order in which policies put them.
const (
	Funding    Subject = "Whether it is funded"
	Qualifying Subject = "Who can have it"
	Excluded   Subject = "Who cannot have it"
	Exempt     Subject = "To whom the policy does not apply"
	Approving  Subject = "Approval before treatment"
)

// Subjects are all subjects.
var Subjects = []Subject{Funding, Qualifying, Excluded, Exempt, Approving}

// Subject is what most texts have of a row: its entries vote, of equal numbers the first subject wins.
func (r *Row) Subject() Subject {
	votes := map[Subject]int{}
	for _, e := range r.entries() {
		if !e.Empty() {
			votes[subjectOf(&e.Reading.Criteria[e.Criteria[0]])]++
		}
	}
	best := Qualifying
	for _, s := range Subjects {
		if votes[s] > votes[best] {
			best = s
		}
	}
	return best
}

func (r *Row) entries() []Entry {
	out := []Entry{r.Draft, r.National}
	for _, c := range r.Cells {
		out = append(out, c.Entry)
	}
	return out
}

func subjectOf(c *clause.Criterion) Subject {
	switch {
	case c.Role == clause.Position:
		return Funding
	case c.Role == clause.Approval:
		return Approving
	case c.Side == clause.Bars:
		return Excluded
	case c.Side == clause.Exempts:
		return Exempt
	}
	return Qualifying
}
