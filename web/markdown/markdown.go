// Package markdown turns Markdown into HTML that is safe to send, and is the only thing that does.
//
// Two layers guard the page: the renderer writes no markup but its own, and a sanitiser lets through
// only what the renderer is known to write. Each alone stops a script.
//
// Nothing that a person typed is dropped in silence: markup typed by hand is shown as the characters it is, and
// a picture as its words.
package markdown

import "html/template"

// Version names how this package renders; a publication stores it beside its HTML. It changes with any
// change that shows.
const Version = "1"

// A Paragraph is a block of the text that has an anchor, and mostly a number.
type Paragraph struct {
	Offset int      // where the first line of the block's text begins in the source, after indent and marker
	Anchor string   // id of the block
	Former []string // ids of blocks that went into this one, so that links to them find it
	Number string   // as shown: "2", "2.1", "(a)"; empty where only the anchor counts
	Label  string   // in full: "section 2", "2.3(a)"
}

// Render turns Markdown into safe HTML. A text that Check refuses is refused here too, with the same error.
func Render(src string) (template.HTML, error) {
	return Options{}.Render(src)
}

// RenderNumbered is Render with anchors, and with each paragraph's number as a link to it. Paragraphs that are
// not found in the text are left out.
func RenderNumbered(src string, paragraphs []Paragraph) (template.HTML, error) {
	return Options{Paragraphs: paragraphs}.Render(src)
}
