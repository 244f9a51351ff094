package services

import (
	"strings"

	"concordat/review"
	"concordat/review/clause"
	"concordat/server/internal/export"
)

// Sections are the sections of a text that have words, as they are written into a file, with the clause numbers that
// readers see.
func Sections(c review.Content) []export.Section {
	text, at := c.Text(), c.Bodies()
	var out []export.Section
	for i, s := range c.Sections {
		if at[i] < 0 {
			continue
		}
		body := strings.TrimSpace(s.Markdown)
		x := export.Section{Title: s.Title, Markdown: body}
		for _, cl := range text.Clauses {
			switch {
			case cl.Kind == clause.Heading && cl.End <= at[i]:
				x.Number = cl.Number // the last heading before the body is its own
			case cl.Number != "" && cl.Offset >= at[i] && cl.Offset < at[i]+len(body):
				x.Numbers = append(x.Numbers, export.Number{Offset: cl.Offset - at[i], Text: cl.Number})
			}
		}
		out = append(out, x)
	}
	return out
}
