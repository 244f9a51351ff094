package reviewpages

import (
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// trailPage is the history of a policy in words.
type trailPage struct {
	Frame view.Frame
	Head  policyhead.Head
	Rows  []trailRow
	Pages view.Pagination
}

type trailRow struct {
	At     time.Time
	Who    string
	What   string
	Reason string
	Hash   string // the first characters, by which the event can be named
}

var trailTemplate = view.Define[trailPage]("review/trail.html")

func (p *Pages) trail(c *gin.Context) (page.Result, error) {
	ctx := c.Request.Context()
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	list, next, err := p.Events.Events(ctx, pol.Kind(), pol.ID, page.After(c), eventsPerPage)
	if err != nil {
		return page.Result{}, err
	}
	d := trailPage{Frame: p.frame(c, pol, "Trail"), Head: p.head(c, pol, policyhead.Trail), Pages: pages(c, address(pol.ID, "trail"), url.Values{}, next, "Pages of the trail")}
	for _, e := range list {
		body, err := e.Read()
		if err != nil {
			return page.Result{}, err
		}
		d.Rows = append(d.Rows, trailRow{At: e.At, Who: p.Name(ctx, e.Actor), What: review.EventWords(body), Reason: e.Reason, Hash: shortHash(e.Hash)})
	}
	return page.Result{Page: trailTemplate.Page(d)}, nil
}
