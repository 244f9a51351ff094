package publicpages

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/export"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
)

const typeWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// word is the text that the public reads as a Word document.
func (p *Pages) word(c *gin.Context) (page.Result, error) {
	s, found, err := p.policy(c.Param("slug"))
	if err != nil {
		return page.Result{}, err
	}
	var b bytes.Buffer
	if err := export.Word(&b, document(s, found)); err != nil {
		return page.Result{}, fmt.Errorf("writing %s as Word: %w", found.ID, err)
	}
	name := strings.Trim(found.Now.Reference+"-"+found.Slug, "-") + "-v" + found.Now.Number.String() + ".docx"
	return page.Result{File: &page.File{Name: name, ContentType: typeWord, Body: io.NopCloser(&b)}}, nil
}

// document is a published text as it is handed out.
func document(s *public.Snapshot, p *public.Policy) export.Policy {
	v := p.Now
	d := export.Policy{Title: v.Title, Reference: v.Reference, Version: v.Number.String(), Status: "Published " + record.DateOf(v.Issued).Words()}
	if p.Withdrawn {
		d.Status = "Withdrawn: do not use for new patients"
	}
	if pos, ok := v.Position(); ok {
		d.Control = append(d.Control, export.Field{Key: "Position", Value: pos.Words()})
	}
	if v.Review != 0 {
		d.Control = append(d.Control, export.Field{Key: "Review by", Value: v.Review.Words()})
	}
	for _, row := range s.Where(p) {
		d.Control = append(d.Control, export.Field{Key: row.Name, Value: strings.TrimSpace(row.Word + " " + row.When)})
	}
	d.Sections = sections(v)
	return d
}

// sections are a version's sections with the numbers of their clauses.
func sections(v *review.Version) []export.Section {
	text := v.Text()
	var out []export.Section
	at := 0 // the section's body begins here in the whole text
	for _, s := range v.Sections {
		body := strings.TrimSpace(s.Markdown)
		if body == "" {
			continue
		}
		start := strings.Index(text.Markdown[at:], body) + at
		x := export.Section{Title: s.Title, Markdown: body}
		for _, c := range text.Clauses {
			switch {
			case c.Kind == clause.Heading && c.Level == 2 && c.Start >= at && c.Start < start:
				x.Number = c.Number
			case c.Number != "" && c.Offset >= start && c.Offset < start+len(body):
				x.Numbers = append(x.Numbers, export.Number{Offset: c.Offset - start, Text: c.Number})
			}
		}
		at = start + len(body)
		out = append(out, x)
	}
	return out
}
