// Package diffview is about how a reader is shown the difference of two texts: which changes there are, under which
// number each stands, and what between them stayed as it was.
package diffview

import (
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Mode says how the words of a change are laid out.
type Mode string

// The modes. Anything else is read as Inline.
const (
	Inline Mode = "inline"
	Side   Mode = "side"
)

// Labelled is a text with the name by which the reader knows it, such as "Version 0.3, 12 January 2027".
type Labelled struct {
	Name string
	Text clause.Text
	// At is the address of a clause where the text can be read, by its index. It may be nil, and gives "" for none.
	At func(clause int) string
}

func (l Labelled) at(clause int) string {
	if l.At == nil {
		return ""
	}
	return l.At(clause)
}

// View is what a page shows of two texts. Items hold every clause of both texts that has words, in the order of the
// text after; a removed clause stands where it stood among those that stayed.
type View struct {
	Before, After string // the names
	SideBySide    bool
	Heading       string // "7 changes: 1 narrower, 2 wider, 3 clarified, 1 moved", or "No change"
	Found         []textdiff.Classified
	Changes       []*Change
	Level         *Level // nil: not told
	Items         []Item
	// Unlike is true when the two texts share so little that the changes tell less than both texts read in full.
	Unlike    bool
	WasInFull []Line // only when Unlike
	IsInFull  []Line
}

// Level is the level of change that the words alone propose.
type Level struct {
	Words string   // "3: A weighty change"
	Steps []string // why
}

// Item is a change or the run of clauses between two changes: exactly one of the two is set.
type Item struct {
	Change *Change
	Gap    *Gap
}

// Change is one clause that differs.
type Change struct {
	ID       string // "c3", unique in the page
	Of       int    // how many changes there are
	Number   int    // from 1
	Title    string // "Paragraph 3.4, was 4.2"
	Label    string // "3.4", short, for lists of links
	Mark     Mark
	More     []Mark
	Inline   []Run
	Before   []Run // Equal and Delete
	After    []Run // Equal and Insert
	Moved    bool
	Row      bool // of a table
	Heading  bool // of a section
	Class    *textdiff.Classified
	Why      string // what it is and does, in words
	Note     string // what the words do not show; may be empty
	Href     string // of the clause in the text after or, when it is gone, before; may be empty
	In       string // the name of that text
	Previous string // id of the change before; may be empty
	Next     string
}

// Mark is a word and the state that draws it.
type Mark struct{ State, Word string }

// Run is a stretch of words.
type Run struct {
	Text           string
	Added, Removed bool
}

// Gap is a run of clauses that stayed.
type Gap struct {
	Title string // "4 paragraphs, 2.1 to 2.4: not changed"
	Lines []Line
}

// Line is a clause shown whole.
type Line struct {
	Number  string // may be empty
	Href    string // of the clause; may be empty
	Words   string
	Heading bool
}

// Rows compares two texts and arranges the result. The same texts give the same view on every run.
func Rows(before, after Labelled, mode Mode) View {
	d := textdiff.Compare(before.Text, after.Text)
	found := textdiff.Classify(before.Text, after.Text, d)
	a := arranger{before: before, after: after}
	class := byChange(found, len(d.Changes))
	for i := range d.Changes {
		a.add(&d.Changes[i], class[i])
	}
	a.closeGap()
	a.link()
	v := View{Before: before.Name, After: after.Name, SideBySide: mode == Side, Found: found, Changes: a.changes, Items: a.items}
	v.Heading = heading(a.changes)
	if unlike(d) {
		v.Unlike, v.WasInFull, v.IsInFull = true, lines(before), lines(after)
	}
	return v
}

// arranger collects the items.
type arranger struct {
	before, after Labelled
	items         []Item
	changes       []*Change
	gap           []int // clauses of the text after
}

// byChange gives each change what it is, nil for those that are equal.
func byChange(found []textdiff.Classified, changes int) []*textdiff.Classified {
	out := make([]*textdiff.Classified, changes)
	for i := range found {
		for _, k := range found[i].Changes {
			out[k] = &found[i]
		}
	}
	return out
}

func (a *arranger) add(ch *textdiff.Change, class *textdiff.Classified) {
	in, i := a.clauseOf(ch)
	c := &in.Text.Clauses[i]
	if ch.Kind == textdiff.Same && !ch.Markup {
		if c.Words != "" {
			a.gap = append(a.gap, i)
		}
		return
	}
	a.closeGap()
	n := len(a.changes) + 1
	out := &Change{ID: "c" + strconv.Itoa(n), Number: n, Label: c.Label, Title: a.title(ch, c),
		Moved: ch.Kind == textdiff.Moved || ch.Kind == textdiff.MovedEdited,
		Row:   c.Kind == clause.Row, Heading: c.Kind == clause.Heading, Class: class, Why: reasons(class), Note: note(ch, c), Href: in.at(i), In: in.Name}
	out.Mark, out.More = marksOf(class)
	out.Inline, out.Before, out.After = runs(ch.Words)
	a.changes = append(a.changes, out)
	a.items = append(a.items, Item{Change: out})
}

// clauseOf is the clause as it is now, or as it was when it is gone: in which text, and its index there.
func (a *arranger) clauseOf(ch *textdiff.Change) (Labelled, int) {
	if ch.After >= 0 {
		return a.after, ch.After
	}
	return a.before, ch.Before
}

func (a *arranger) title(ch *textdiff.Change, c *clause.Clause) string {
	title := named(c.Label)
	switch ch.Kind {
	case textdiff.Added:
		return title + ", new"
	case textdiff.Removed:
		return title + ", removed"
	case textdiff.Parted:
		return title + ", part of what was " + a.before.Text.Clauses[ch.Before].Label
	case textdiff.Joined:
		return title + ", with what was " + a.before.Text.Clauses[ch.Before].Label
	}
	if was := a.before.Text.Clauses[ch.Before].Label; was != c.Label {
		return title + ", was " + was
	}
	return title
}

// named writes a label as the beginning of a heading: "Paragraph 3.1(a)", "Section 2".
func named(label string) string {
	if startsWithDigit(label) {
		return "Paragraph " + label
	}
	return strings.ToUpper(label[:1]) + label[1:]
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func (a *arranger) closeGap() {
	if len(a.gap) == 0 {
		return
	}
	all := a.after.Text.Clauses
	g := &Gap{Title: gapTitle(all[a.gap[0]].Label, all[a.gap[len(a.gap)-1]].Label, len(a.gap)), Lines: make([]Line, 0, len(a.gap))}
	for _, i := range a.gap {
		g.Lines = append(g.Lines, line(a.after, i))
	}
	a.items = append(a.items, Item{Gap: g})
	a.gap = a.gap[:0]
}

func gapTitle(first, last string, count int) string {
	if count == 1 {
		return named(first) + ": not changed"
	}
	title := strconv.Itoa(count) + " parts"
	if startsWithDigit(first) && startsWithDigit(last) {
		title = strconv.Itoa(count) + " paragraphs"
	}
	return title + ", " + first + " to " + last + ": not changed"
}

// link tells each change its neighbours.
func (a *arranger) link() {
	for i, c := range a.changes {
		c.Of = len(a.changes)
		if i > 0 {
			c.Previous = a.changes[i-1].ID
		}
		if i+1 < len(a.changes) {
			c.Next = a.changes[i+1].ID
		}
	}
}

func line(of Labelled, i int) Line {
	c := &of.Text.Clauses[i]
	out := Line{Number: c.Number, Words: c.Words, Heading: c.Kind == clause.Heading}
	if c.Number != "" {
		out.Href = of.at(i)
	}
	return out
}

func lines(of Labelled) []Line {
	var out []Line
	for i := range of.Text.Clauses {
		if of.Text.Clauses[i].Words != "" {
			out = append(out, line(of, i))
		}
	}
	return out
}
