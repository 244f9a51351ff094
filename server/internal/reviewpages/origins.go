package reviewpages

import (
	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/harmony"
	"concordat/server/internal/page"
)

// origins says of each section where its paragraphs came from, by the section's key. Each paragraph leads to the row of the
// matrix on which it stands today.
func (p *Pages) origins(c *gin.Context, pol *review.Policy) (map[string][]originLine, error) {
	ctx := c.Request.Context()
	made, err := p.Review.Harmonisation(ctx, page.Actor(c), pol.ID)
	if err != nil || len(made.Origins) == 0 {
		return nil, err
	}
	m, err := p.Review.Matrix(ctx, page.Actor(c), pol.ID, harmony.Draft)
	if err != nil {
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
			line := originLine{Label: x.Label, Said: o.Said(name), Reason: o.Reason}
			if r := m.RowAt(x.Anchor); r != nil {
				line.Href = address(pol.ID, "matrix") + "#w-" + r.Key
			}
			out[key] = append(out[key], line)
		}
	}
	return out, nil
}
