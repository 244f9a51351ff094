// Package markdown turns Markdown into HTML that is safe to send, and is the only thing that does.
//
// Two layers guard the page: the renderer writes no markup but its own, and a sanitiser lets through
// only what the renderer is known to write. Each alone stops a script.
package markdown

import (
	"html/template"
)

// Version names how this package renders; a publication stores it beside its HTML.
const Version = "1"

// A Paragraph is a block of the text that has a number and an anchor of its own.
type Paragraph struct {
	Offset int    // where the block's first line begins in the source, as the parser's block lines tell
	Anchor string // id of the block
	Number string // as shown: "2", "2.1", "(a)"
	Label  string // as read out: "paragraph 2.3(a)"
}

// Render turns Markdown into safe HTML. A text that Check refuses is refused here too.
func Render(src string) (template.HTML, error) {
	return RenderNumbered(src, nil)
}

// RenderNumbered is Render with the number of each paragraph as a link to it.
func RenderNumbered(src string, paragraphs []Paragraph) (template.HTML, error) {
	return Options{Paragraphs: paragraphs}.Render(src)
}
