package harmony

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Word is a mark in a word.
func (m Mark) Word() string {
	switch m {
	case Same:
		return "Same"
	case Narrower:
		return "Narrower"
	case Wider:
		return "Wider"
	case Other:
		return "Differs: read both"
	case None:
		return "Nothing like it found"
	case Opposite:
		return "Opposite"
	case Check:
		return "Check"
	}
	return "No policy"
}

// Words are the base in words, to follow "compared with".
func (b Base) Words() string {
	switch b {
	case Draft:
		return "the draft"
	case National:
		return "the national text"
	}
	return "the most common"
}

// Line are the exact words in one line.
func (e Entry) Line() string { return strings.ReplaceAll(e.Words(), "\n", "; ") }

// Doubt is why an entry may have been misread; "" when it is sure.
func (e Entry) Doubt() string {
	for _, i := range e.Criteria {
		if d := e.Reading.Criteria[i].Doubt; d != "" {
			return d
		}
	}
	return ""
}

// Cite is how the first clause of an entry is cited: "section 2.1"; "" for an entry that says nothing.
func (e Entry) Cite() string {
	if e.Empty() {
		return ""
	}
	return e.Reading.Text.Clauses[e.Reading.Criteria[e.Criteria[0]].Clause].Label
}

// Sum says what came out: "15 places, 14 criteria: 13 differ".
func (m *Matrix) Sum() string {
	differ := fmt.Sprintf("%d differ", m.Differing())
	switch m.Differing() {
	case 0:
		differ = "none differs"
	case 1:
		differ = "1 differs"
	}
	return fmt.Sprintf("%s, %s: %s", counted(len(m.Columns), "place", "places"), counted(len(m.Rows), "criterion", "criteria"), differ)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// Grid is the whole matrix as a table of words: a heading for each column, then a line for each row, in which each place
// has its mark, its value and its exact words. Lines of their own kind follow: how much of each place is proved, and what of
// each text stands in no row or was lost from its file; texts about another treatment have columns for these alone. evidence
// is what else is known of a row, and may be nil.
func (m *Matrix) Grid(evidence func(*Row) string) (head []string, rows [][]string) {
	head = []string{"Criterion", "Kind", "Same in", "Check this row", "Draft", "National text", "Evidence"}
	column := map[string]int{}
	for base, at := range map[Base]int{Draft: 4, National: 5} {
		if t := m.references[base]; t != nil {
			column[t.Place] = at
		}
	}
	for _, c := range m.Columns {
		column[c.Place] = len(head)
		head = append(head, c.Name)
	}
	for _, s := range m.Strangers {
		column[s.Place] = len(head)
		head = append(head, s.Name+" (another treatment?)")
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		check, noted := "", ""
		if r.Unsure() {
			check = "yes"
		}
		if evidence != nil {
			noted = evidence(r)
		}
		line := []string{r.Name, string(r.Subject()), fmt.Sprintf("%d of %d", r.Same, r.Same+r.Differs), check, r.Draft.Line(), r.National.Line(), noted}
		for k := range r.Cells {
			line = append(line, m.inWords(r, k))
		}
		rows = append(rows, append(line, make([]string, len(m.Strangers))...))
	}
	return head, append(rows, m.leftLines(len(head), column)...)
}

// inWords is a cell in full: "Narrower (5×2 y): Five a year for two years. [2.1]".
func (m *Matrix) inWords(r *Row, column int) string {
	c := &r.Cells[column]
	if c.Mark == NoPolicy {
		return m.Columns[column].Without
	}
	out := c.Mark.Word()
	if c.Short != "" {
		out += " (" + c.Short + ")"
	}
	switch {
	case !c.Empty():
		out += ": " + c.Line() + " [" + c.Cite() + "]"
	case c.Mark == Check:
		out += ": " + c.Why
	}
	if d := c.Doubt(); d != "" {
		out += " Check: " + d
	}
	return out
}

// longestWord is how many letters the longest word of a mark has.
var longestWord = len(None.Word())

// WriteText writes a matrix to be read in a terminal: each row with what each place says.
func (m *Matrix) WriteText(out io.Writer) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "%s, compared with %s\n", m.Sum(), m.Base.Words())
	for _, s := range m.Strangers {
		fmt.Fprintf(w, "%s seems to be about another treatment, and is in no row\n", s.Name)
	}
	for _, g := range m.Twins() {
		fmt.Fprintf(w, "%s have the same text, to the letter\n", strings.Join(g, ", "))
	}
	for _, name := range m.Silent() {
		fmt.Fprintf(w, "%s: no criteria could be read in this text\n", name)
	}
	m.proofs(w)
	left := m.LeftOut()
	for _, l := range left {
		if line := l.Line(); line != "" {
			fmt.Fprintf(w, "%s: see the end\n", line)
		}
		for _, lost := range l.Lost {
			fmt.Fprintf(w, "Not carried over from %s: %s\n", l.Name, lost)
		}
	}
	width := 0
	for _, c := range m.Columns {
		width = max(width, utf8.RuneCountInString(c.Name))
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		fmt.Fprintf(w, "\n%s (same in %d of %d", r.Name, r.Same, r.Same+r.Differs)
		if r.Unsure() {
			fmt.Fprint(w, "; check this row")
		}
		fmt.Fprintln(w, ")")
		if base := m.BaseOf(r); !base.Empty() {
			fmt.Fprintf(w, "  %-*s %-*s %s\n", longestWord, "", width, "["+string(m.Base)+"]", base.Line())
		}
		for k := range r.Cells {
			c := &r.Cells[k]
			fmt.Fprintf(w, "  %-*s %-*s %s\n", longestWord, c.Mark.Word(), width, m.Columns[k].Name, c.Line())
		}
	}
	writeLeft(w, left)
	return w.Flush()
}

// The shape of a matrix as JSON.
type (
	jsonMatrix struct {
		Base      Base        `json:"base"`
		Places    []jsonPlace `json:"places"`
		Rows      []jsonRow   `json:"rows"`
		Strangers []string    `json:"strangers"`
		LeftOut   []jsonLeft  `json:"leftOut"` // what of the texts takes part in no comparison
	}
	jsonPlace struct {
		Place     string `json:"place"`
		Name      string `json:"name"`
		Without   string `json:"without,omitempty"`
		Differs   int    `json:"differs"`
		Compared  int    `json:"compared"`  // criteria on which it is compared with the base
		NotProved int    `json:"notProved"` // those of them on which nothing is proved
	}
	jsonLeft struct {
		Place          string       `json:"place"`
		Name           string       `json:"name"`
		Stranger       bool         `json:"stranger"`
		NotCarriedOver []string     `json:"notCarriedOver"`
		InNoRow        []jsonBeside `json:"inNoRow"`
	}
	jsonBeside struct {
		Cite  string `json:"cite"`
		Words string `json:"words"`
	}
	jsonRow struct {
		Key      string     `json:"key"`
		Name     string     `json:"name"`
		Kind     Subject    `json:"kind"`
		Sure     float64    `json:"sure"`
		Same     int        `json:"same"`
		Differs  int        `json:"differs"`
		Draft    string     `json:"draft"`
		National string     `json:"national"`
		Common   string     `json:"common"`
		Cells    []jsonCell `json:"cells"`
	}
	jsonCell struct {
		Place  string   `json:"place"`
		Mark   Mark     `json:"mark"`
		Value  string   `json:"value"`
		Words  []string `json:"words"`
		Cite   string   `json:"cite"`
		Effect string   `json:"effect"` // on patients of the place, if the base took the place of its text
		Why    string   `json:"why"`
		Doubt  string   `json:"doubt,omitempty"`
	}
)

// WriteJSON writes a matrix for other programs.
func (m *Matrix) WriteJSON(out io.Writer) error {
	x := jsonMatrix{Base: m.Base, Places: []jsonPlace{}, Rows: []jsonRow{}, Strangers: []string{}, LeftOut: []jsonLeft{}}
	for i, c := range m.Columns {
		marked := m.Marked(i)
		x.Places = append(x.Places, jsonPlace{c.Place, c.Name, c.Without, c.Differs, marked.All(), marked.Unclear})
	}
	for _, l := range m.LeftOut() {
		left := jsonLeft{Place: l.Place, Name: l.Name, Stranger: l.Stranger, NotCarriedOver: append([]string{}, l.Lost...), InNoRow: []jsonBeside{}}
		for _, b := range l.Beside {
			left.InNoRow = append(left.InNoRow, jsonBeside{b.Cite, b.Words})
		}
		x.LeftOut = append(x.LeftOut, left)
	}
	for _, s := range m.Strangers {
		x.Strangers = append(x.Strangers, s.Name)
	}
	for i := range m.Rows {
		r := &m.Rows[i]
		row := jsonRow{Key: r.Key, Name: r.Name, Kind: r.Subject(), Sure: r.Sure, Same: r.Same, Differs: r.Differs, Draft: r.Draft.Line(), National: r.National.Line(), Common: r.Common.Line(), Cells: []jsonCell{}}
		for k := range r.Cells {
			c := &r.Cells[k]
			cell := jsonCell{Place: m.Columns[k].Place, Mark: c.Mark, Value: c.Short, Words: []string{}, Cite: c.Cite(), Effect: string(c.Effect), Why: c.Why, Doubt: c.Doubt()}
			for _, n := range c.Criteria {
				cell.Words = append(cell.Words, c.Reading.Words(n))
			}
			row.Cells = append(row.Cells, cell)
		}
		x.Rows = append(x.Rows, row)
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(x)
}
