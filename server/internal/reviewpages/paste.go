package reviewpages

import (
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/intake"
	"concordat/server/internal/page"
)

type pastedAnswer struct {
	Markdown string   `json:"markdown"`
	Lost     []string `json:"lost"`   // what could not be carried over
	Advice   string   `json:"advice"` // why nothing could be; then there is no Markdown
}

// pasted makes Markdown of what the clipboard holds beside its plain words, so that headings, lists and tables of
// Word stay when they are pasted into a section.
func (p *Pages) pasted(c *gin.Context) (page.Result, error) {
	if _, err := p.policyFor(c, access.PolicyEdit); err != nil {
		return page.Result{}, err
	}
	doc, err := p.Review.ReadPasted(c.Request.Context(), c.PostForm("html"))
	if reason, ok := intake.Reason(err); ok {
		return page.Result{JSON: pastedAnswer{Advice: reason}}, nil
	}
	if err != nil {
		return page.Result{}, err
	}
	text, _ := clause.Untype(doc.Markdown)
	answer := pastedAnswer{Markdown: belowSections(strings.TrimSpace(text))}
	for _, l := range doc.Losses {
		answer.Lost = append(answer.Lost, l.String())
	}
	return page.Result{JSON: answer}, nil
}

var headingMarks = regexp.MustCompile(`(?m)^#{1,6} `)

// belowSections makes the highest heading one below the title of a section, and the others follow it.
func belowSections(markdown string) string {
	const below = 3
	least := 6
	for _, m := range headingMarks.FindAllString(markdown, -1) {
		least = min(least, len(m)-1)
	}
	return headingMarks.ReplaceAllStringFunc(markdown, func(m string) string {
		return strings.Repeat("#", min(len(m)-1-least+below, 6)) + " "
	})
}
