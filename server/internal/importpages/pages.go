// Package importpages are the pages on which many local texts are brought in at once: what is sent, what would become of
// each text, what somebody chooses, and how far it is.
package importpages

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/bulk"
	"concordat/review/record"
	"concordat/server/internal/job"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// Pages are the pages of this package.
type Pages struct {
	Site   *page.Site
	Bulk   *bulk.Service
	Review *review.Service
	Jobs   *job.Runner
}

// body is room for a ZIP of the greatest size and the rest of the form.
const body = bulk.MaxUpload + page.FormBody

// Routes are the pages' addresses.
func (p *Pages) Routes() []page.Route {
	return []page.Route{
		{Method: http.MethodGet, Path: "/desk/imports", Action: access.LocalEdit, Handler: p.begin},
		{Method: http.MethodPost, Path: "/desk/imports", Action: access.LocalEdit, Handler: p.send, Body: body},
		{Method: http.MethodGet, Path: "/desk/imports/:id", Action: access.LocalEdit, Handler: p.show},
		{Method: http.MethodPost, Path: "/desk/imports/:id/choose", Action: access.LocalEdit, Handler: p.choose, Body: page.TextBody},
		{Method: http.MethodPost, Path: "/desk/imports/:id/run", Action: access.LocalEdit, Handler: p.run},
	}
}

func address(id string) string { return "/desk/imports/" + id }

// patience is how long an answer waits for work that is soon done, so that small imports need no second look.
const patience = 1500 * time.Millisecond

// soon waits a little for work.
func soon(c *gin.Context, done <-chan struct{}) {
	if done == nil {
		return
	}
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
	case <-c.Request.Context().Done():
	}
}

func subject(id string) job.Subject { return job.Subject{Kind: (*bulk.Import)(nil).Kind(), ID: id} }

// read lets an import be read beside the answering of requests.
func (p *Pages) read(by record.Actor, id string) <-chan struct{} {
	return p.Jobs.Do(subject(id), func(ctx context.Context) error { return p.Bulk.Read(ctx, by, id) })
}

// bring lets an import run.
func (p *Pages) bring(by record.Actor, id string) <-chan struct{} {
	return p.Jobs.Do(subject(id), func(ctx context.Context) error { return p.Bulk.Run(ctx, by, id) })
}

// answer is a page that has a form: 422 when something in it is wrong.
func answer(x view.Page, errs view.Errors) page.Result {
	if errs.Any() {
		return page.Result{Page: x, Status: http.StatusUnprocessableEntity}
	}
	return page.Result{Page: x}
}
