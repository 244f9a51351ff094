// Package services is about joining what must not know of each other: it makes the services of all domains, and what one
// domain asks of another, and of the web.
package services

import (
	"errors"

	"concordat/review/clause"
	"concordat/review/record"
	"concordat/web/markdown"
)

// Renderer is a review.Renderer: texts with numbered, linkable paragraphs.
type Renderer struct{}

// Render numbers the clauses that have an anchor.
func (Renderer) Render(t clause.Text) (string, error) {
	html, err := markdown.RenderNumbered(t.Markdown, Paragraphs(t))
	return string(html), advised(err)
}

// advised turns a text that cannot be shown into a fault of whoever wrote it.
func advised(err error) error {
	var unfit *markdown.Unfit
	if errors.As(err, &unfit) {
		return record.Faults{{Message: unfit.Advice}}
	}
	return err
}

// Version is the renderer's.
func (Renderer) Version() string { return markdown.Version }

// Paragraphs are the clauses of a text as the renderer knows them.
func Paragraphs(t clause.Text) []markdown.Paragraph {
	var out []markdown.Paragraph
	former := t.Former()
	for i, c := range t.Clauses {
		if c.Anchor != "" {
			out = append(out, markdown.Paragraph{Offset: c.Offset, Anchor: c.Anchor, Former: former[i], Number: c.Number, Label: c.Label})
		}
	}
	return out
}
