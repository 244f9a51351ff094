package reviewpages

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/server/internal/page"
)

// Document is a text to be written as a file.
type Document struct {
	Title, Reference, Status string
	Draft                    bool
	Control                  []Field // the document control table
	Sections                 []review.Section
}

// Field is one row of the document control table.
type Field struct{ Key, Value string }

// control is the document control table of a text.
func (p *Pages) control(pol *review.Policy, c review.Content, version string) []Field {
	kind, _ := review.KindByID(pol.KindID)
	rows := []Field{{"Reference", pol.Reference}, {"Kind", kind.Name}, {"Version", version}, {"Specialty", c.Specialty}, {"Also called", strings.Join(c.OtherNames, ", ")}}
	if pos, ok := c.Position(); ok {
		rows = append(rows, Field{"Position", pos.Words()})
	}
	for _, x := range c.Interventions {
		rows = append(rows, Field{"Codes: " + x.Name, strings.Join(append(append([]string(nil), x.Codes.OPCS4...), x.Codes.ICD10...), ", ")})
	}
	rows = append(rows, Field{"Applies from", c.Effective.Words()}, Field{"Review by", c.Review.Words()}, Field{"Ends on", c.Expires.Words()})
	var out []Field
	for _, r := range rows {
		if r.Value != "" {
			out = append(out, r)
		}
	}
	return out
}

// document is the draft, or the version that the address asks for.
func (p *Pages) document(c *gin.Context) (Document, error) {
	if n := c.Query("version"); n != "" && n != "draft" {
		pol, v, err := p.version(c, n)
		if err != nil {
			return Document{}, err
		}
		d := p.newDocument(pol, v.Content, v.Number.String())
		d.Draft, d.Control = !v.Final, append(d.Control, Field{"Change note", v.Note}, Field{"Issued", p.moment(v.Issued)})
		return d, nil
	}
	pol, err := p.policy(c)
	if err != nil {
		return Document{}, err
	}
	d := p.newDocument(pol, pol.Content, fmt.Sprintf("draft, save %d", pol.Saves))
	d.Draft = true
	return d, nil
}

func (p *Pages) newDocument(pol *review.Policy, c review.Content, version string) Document {
	return Document{Title: c.Title, Reference: pol.Reference, Status: version, Control: p.control(pol, c, version), Sections: c.Sections}
}

func (d Document) fileName(ending string) string {
	return review.Slug(d.Reference+" "+d.Title+" "+strings.ReplaceAll(d.Status, ".", "-")) + ending
}

func (p *Pages) word(c *gin.Context) (page.Result, error) {
	d, err := p.document(c)
	if err != nil {
		return page.Result{}, err
	}
	var b bytes.Buffer
	if err := p.Word(&b, d); err != nil {
		return page.Result{}, fmt.Errorf("writing %s as Word: %w", d.Reference, err)
	}
	return download(d.fileName(".docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b.Bytes()), nil
}

func (p *Pages) markdown(c *gin.Context) (page.Result, error) {
	d, err := p.document(c)
	if err != nil {
		return page.Result{}, err
	}
	return download(d.fileName(".md"), "text/markdown; charset=utf-8", []byte(d.markdown())), nil
}

func (d Document) markdown() string {
	var b strings.Builder
	b.WriteString("# " + d.Title + "\n\n| Document control | |\n|---|---|\n")
	for _, f := range d.Control {
		b.WriteString("| " + cell(f.Key) + " | " + cell(f.Value) + " |\n")
	}
	b.WriteString("\n" + review.Content{Sections: d.Sections}.Markdown())
	return b.String()
}

// cell is a text that cannot break the table it stands in.
func cell(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "|", `\|`)
}
