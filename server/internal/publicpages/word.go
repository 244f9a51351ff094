package publicpages

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/export"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
)

const typeWord = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// word is the text that the public reads as a Word document; for an area that is named, as it reads there.
func (p *Pages) word(c *gin.Context) (page.Result, error) {
	s, found, err := p.policy(c.Param("slug"))
	if err != nil {
		return page.Result{}, err
	}
	area := s.Area(c.Query("area"))
	text, varied := s.Reading(found, area)
	d, in := document(s, found, text), ""
	if varied {
		d.Control, in = append(d.Control, export.Field{Key: "This text", Value: "As it reads in " + area.Short + ", with its local variation"}), "-"+area.Slug
	}
	var b bytes.Buffer
	if err := export.Word(&b, d); err != nil {
		return page.Result{}, fmt.Errorf("writing %s as Word: %w", found.ID, err)
	}
	name := strings.Trim(found.Now.Reference+"-"+found.Slug, "-") + "-v" + found.Now.Number.String() + in + ".docx"
	return page.Result{File: &page.File{Name: name, ContentType: typeWord, Body: io.NopCloser(&b)}}, nil
}

// document is a published text as it is handed out.
func document(s *public.Snapshot, p *public.Policy, text clause.Text) export.Policy {
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
	d.Sections = sections(text)
	return d
}

// sections are the sections of a text with the numbers of their clauses.
func sections(t clause.Text) []export.Section {
	var out []export.Section
	for i, c := range t.Clauses {
		if c.Kind != clause.Heading || c.Level != 2 {
			continue
		}
		end, next := len(t.Markdown), i+1
		for ; next < len(t.Clauses); next++ {
			if n := t.Clauses[next]; n.Kind == clause.Heading && n.Level <= 2 {
				end = n.Start
				break
			}
		}
		body := strings.TrimSpace(t.Markdown[c.End:end])
		if body == "" {
			continue // an area may have left all of it out
		}
		start := c.End + strings.Index(t.Markdown[c.End:end], body)
		x := export.Section{Title: c.Words, Number: c.Number, Markdown: body}
		for _, n := range t.Clauses[i+1 : next] {
			if n.Number != "" {
				x.Numbers = append(x.Numbers, export.Number{Offset: n.Offset - start, Text: n.Number})
			}
		}
		out = append(out, x)
	}
	return out
}
