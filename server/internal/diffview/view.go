// Package diffview is about how a reader is shown the difference of two texts: which changes there are, under which
// number each stands, and what between them stayed as it was.
package diffview

import (
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
	Heading       string                // "7 changes: 1 narrower, 2 wider, 3 clarified, 1 moved", or "No change"
	Found         []textdiff.Classified // only of Rows
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
	Row      bool                 // of a table
	Heading  bool                 // of a section
	Class    *textdiff.Classified // only of Rows
	Why      string               // what it is and does, in words; only of Rows
	Note     string               // what the words do not show; may be empty
	Href     string               // of the clause in the text after or, when it is gone, before; may be empty
	In       string               // the name of that text
	Previous string               // id of the change before; may be empty
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

// Rows compares two texts and arranges the result, and says of each change what it is and does for patients. The same
// texts give the same view on every run.
func Rows(before, after Labelled, mode Mode) View {
	d := textdiff.Compare(before.Text, after.Text)
	found := textdiff.Classify(before.Text, after.Text, d)
	class := byChange(found, len(d.Changes))
	v := arrange(before, after, mode, d, func(i int) told { return classTold(class[i]) })
	v.Found = found
	return v
}

// Words compares two texts as Rows does, and says of each change only what became of its words: what it does for
// patients is left to the reader.
func Words(before, after Labelled, mode Mode) View {
	d := textdiff.Compare(before.Text, after.Text)
	return arrange(before, after, mode, d, func(i int) told { return kindTold(&d.Changes[i]) })
}

// arrange makes the view; tell says what stands at change i.
func arrange(before, after Labelled, mode Mode, d textdiff.Diff, tell func(i int) told) View {
	a := arranger{before: before, after: after, diff: d, tell: tell}
	for i := range d.Changes {
		a.add(i)
	}
	a.closeGap()
	a.link()
	v := View{Before: before.Name, After: after.Name, SideBySide: mode == Side, Changes: a.changes, Items: a.items}
	v.Heading = heading(a.changes)
	if unlike(d) {
		v.Unlike, v.WasInFull, v.IsInFull = true, lines(before), lines(after)
	}
	return v
}
