package intake

import "strings"

type kind uint8

const (
	paragraph kind = iota
	heading
	item // the first paragraph of a list item
	table
)

// A block is one paragraph-like thing. Lists are flat: an item carries its depth, and what follows inside the
// same item carries that depth too. This is how Word and its clipboard think of lists, and nesting can be
// written from it in one pass.
type block struct {
	kind    kind
	level   int // of a heading, 1 to 6
	depth   int // of an item in its list, 1 outermost; of other blocks, the depth of the item they are in
	quote   int // how many quotations it stands in
	ordered bool
	number  int    // of an ordered item
	label   string // of an item as it was shown, for lists in table cells
	fresh   bool   // an item that begins a list of its own
	bold    bool   // a paragraph wholly in bold, for documents without heading styles
	runs    []run
	rows    [][]cell    // of a table; the first row is the header
	raw     [][]rawCell // of a table as it was before each cell became one line, for books that are tables
	begins  bool        // a heading that begins a part of a book, whatever its level
}

// A cell is one line, since GFM has no more.
type cell struct{ runs []run }

type style uint8

const (
	bold style = 1 << iota
	italic
	strike

	// What readers say of a place until settled has written it on the line.
	raised
	lowered
	reference // it leads to a note
	apart     // it joins no number beside it
	lifted    // it is drawn higher, by some points, as a reference mark may be
)

// A run is a stretch of text in one style. "\n" in it is a line break within the paragraph.
type run struct {
	text  string
	style style
	href  string
	note  int // a footnote mark instead of text, 1 for the first
}

// A note is a footnote or endnote; its place in the list is its number.
type note struct{ blocks []block }

// plain is the text of runs without marks, on one line.
func plain(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// blank says whether runs show nothing.
func blank(runs []run) bool {
	for _, r := range runs {
		if r.note > 0 || strings.ContainsFunc(r.text, isShown) {
			return false
		}
	}
	return true
}

// isShown says whether a reader sees anything of a character.
func isShown(r rune) bool {
	r, keep := cleanRune(r)
	return keep && r != ' ' && r != '\n' && r != '\t'
}

// without takes styles off all runs.
func without(runs []run, s style) []run {
	out := make([]run, len(runs))
	for i, r := range runs {
		r.style &^= s
		out[i] = r
	}
	return out
}
