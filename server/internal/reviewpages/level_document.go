package reviewpages

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/markdown"
	"concordat/web/view"
)

// levelDocumentPage is the level of change document, to be published with a consultation.
type levelDocumentPage struct {
	Frame    view.Frame
	Line     string
	Word     string
	Back     string
	Sections []shownSection
}

type shownSection struct {
	Title string
	HTML  template.HTML
}

var levelDocumentTemplate = view.Define[levelDocumentPage]("review/level-document.html")

func (p *Pages) levelDocument(c *gin.Context) (page.Result, error) {
	x, sections, err := p.levelSections(c)
	if err != nil {
		return page.Result{}, err
	}
	d := levelDocumentPage{Frame: p.belowEffects(c, x.Policy, "Level of change"), Line: comparedLine(x.Policy),
		Word: address(x.Policy.ID, "level-of-change", "word"), Back: address(x.Policy.ID, "effects")}
	for _, s := range sections {
		html, err := markdown.Render(s.Markdown)
		if err != nil {
			return page.Result{}, fmt.Errorf("showing %q of the level of change of %s: %w", s.Key, x.Policy.ID, err)
		}
		d.Sections = append(d.Sections, shownSection{s.Title, html})
	}
	return page.Result{Page: levelDocumentTemplate.Page(d)}, nil
}

func (p *Pages) levelSections(c *gin.Context) (*review.Effects, []review.Section, error) {
	x, err := p.effectsOf(c)
	if err != nil {
		return nil, nil, err
	}
	return x, x.Document(record.DateOf(p.Site.Now())), nil
}

func (p *Pages) levelWord(c *gin.Context) (page.Result, error) {
	x, sections, err := p.levelSections(c)
	if err != nil {
		return page.Result{}, err
	}
	d := Document{Title: "Level of change: " + x.Policy.Title, Reference: x.Policy.Reference, Status: fmt.Sprintf("draft, save %d", x.Policy.Saves), Sections: sections}
	var b bytes.Buffer
	if err := p.Word(&b, d); err != nil {
		return page.Result{}, fmt.Errorf("writing the level of change of %s as Word: %w", x.Policy.ID, err)
	}
	return download(d.fileName(".docx"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b.Bytes()), nil
}
