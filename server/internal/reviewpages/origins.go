package reviewpages

import (
	"net/url"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/server/internal/page"
)

// origins says of each section where its paragraphs came from, by the section's key.
func (p *Pages) origins(c *gin.Context, pol *review.Policy) (map[string][]originLine, error) {
	ctx := c.Request.Context()
	made, err := p.Review.Harmonisation(ctx, page.Actor(c), pol.ID)
	if err != nil || len(made.Origins) == 0 {
		return nil, err
	}
	places, err := p.places(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string][]originLine{}
	text, bodies := pol.Text(), pol.Bodies()
	all := made.OriginsIn(text)
	for _, x := range text.Clauses {
		key := ""
		for i, s := range pol.Sections {
			if bodies[i] >= 0 && bodies[i] <= x.Start {
				key = s.Key
			}
		}
		for _, o := range review.OriginsOf(all, x.Anchor) {
			name := o.Place
			if place := places[o.Place]; place != nil {
				name = place.Short
			}
			out[key] = append(out[key], originLine{Label: x.Label, Href: address(pol.ID, "matrix") + "?q=" + url.QueryEscape(o.Row), Said: o.Said(name), Reason: o.Reason})
		}
	}
	return out, nil
}
