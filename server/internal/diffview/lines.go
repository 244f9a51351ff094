package diffview

import (
	"html/template"
	"strings"
)

// Lines are clauses shown whole.
type Lines []Line

// HTML writes the lines. Most of a page of differences is lines that did not change, and a template takes six times as
// long for them.
func (l Lines) HTML() template.HTML {
	var b strings.Builder
	for _, x := range l {
		b.WriteString("<p>")
		if x.Number != "" {
			b.WriteString("<b>" + template.HTMLEscapeString(x.Number) + "</b> ")
		}
		if words := template.HTMLEscapeString(x.Words); x.Heading {
			b.WriteString("<b>" + words + "</b>")
		} else {
			b.WriteString(words)
		}
		b.WriteString("</p>")
	}
	return template.HTML(b.String()) //nolint:gosec // escaped above, word by word
}
