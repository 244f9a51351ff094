// Package clause is about a policy's text as people cite it: headings, paragraphs, list items and table rows,
// each with a number that is computed from where it stands and an anchor that stays with it from save to save.
package clause

// Text is a Markdown text and its clauses in the order in which they stand.
//
// The ranges of the clauses never overlap and grow; what lies between them is white space only. So the
// clauses and the gaps between them together are the Markdown, byte for byte.
type Text struct {
	Markdown string
	Clauses  []Clause
	// Lineage is what became of clauses up to this text. It is empty until Inherit or WithLineage gave one.
	Lineage Lineage
}

// Kind says what a clause is.
type Kind string

// The kinds of clause. A table's header is a Row too. Other is what a reader does not see or cannot cite:
// a rule across the page, raw HTML, the definition of a link.
const (
	Heading    Kind = "heading"
	Paragraph  Kind = "paragraph"
	Item       Kind = "item"
	Row        Kind = "row"
	Quote      Kind = "quote"
	Code       Kind = "code"
	Definition Kind = "definition"
	Note       Kind = "note"
	Other      Kind = "other"
)

// Clause is one block of a text: the smallest part that has an address of its own.
type Clause struct {
	Kind Kind
	// Level is the level of a heading, or the depth of a list item (1 is outermost); 0 otherwise.
	Level int
	// Parent is the index of the clause that this one hangs from, -1 when there is none: an item hangs from the
	// paragraph that introduces its list or from the outer item, a row from its header row, the rest from the
	// heading above.
	Parent int
	// Start and End are the clause's bytes in Text.Markdown, with its indent and marker and without its line end.
	Start, End int
	// Offset is where the clause's own text begins, after indent and marker: the start of its first line as the
	// Markdown parser tells it, by which a renderer knows the block again.
	Offset int
	// Words are the words as a reader sees them: no markup, white space collapsed, always valid UTF-8 (bytes
	// that were not are shown as U+FFFD). The cells of a row are joined by " | ".
	Words string
	// Anchor is the clause's name for links. It is empty until Inherit or WithAnchors gave one.
	Anchor string
	// Number is what stands in the margin: "2" for a section, "2.1" for a paragraph, "(a)" for an item; empty
	// for rows, for sub-headings and before the first section.
	Number string
	// Label is what people write when they cite the clause: "section 2", "2.3(a)(i)", "2.4 row 3". Never empty.
	Label string
}

// Parse reads Markdown into its clauses. It never fails: a text whose size or shape would keep the Markdown
// parser busy out of proportion is read line by line instead, each line one clause.
func Parse(markdown string) Text {
	if !wellShaped(markdown) {
		return Text{Markdown: markdown, Clauses: settle(markdown, byLine(markdown))}
	}
	return Text{Markdown: markdown, Clauses: settle(markdown, read([]byte(markdown)))}
}

// Source is the Markdown of clause i, with its indent and marker.
func (t Text) Source(i int) string {
	return t.Markdown[t.Clauses[i].Start:t.Clauses[i].End]
}

// Gap is the white space before clause i, or after the last one when i is len(t.Clauses).
func (t Text) Gap(i int) string {
	from, to := 0, len(t.Markdown)
	if i > 0 {
		from = t.Clauses[i-1].End
	}
	if i < len(t.Clauses) {
		to = t.Clauses[i].Start
	}
	return t.Markdown[from:to]
}
