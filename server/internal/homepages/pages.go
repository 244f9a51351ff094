// Package homepages shows people where work stands: what waits for them, the programmes, and the board of each.
package homepages

import (
	"context"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// Policies are what these pages read of policies. review.Service is one.
type Policies interface {
	Cards(ctx context.Context, by record.Actor, f review.Filter, after string) (list []*review.Card, next string, err error)
	Policy(ctx context.Context, by record.Actor, id string) (*review.Policy, error)
	AllCommissioners(ctx context.Context) ([]*review.Commissioner, error)
	Waiting(ctx context.Context, by record.Actor, of []*review.Card) (map[string][]*review.Register, error)
	Unchecked(ctx context.Context, by record.Actor, of []*review.Card) (map[string][]review.Unchecked, error)
	Approvals(ctx context.Context, by record.Actor) ([]review.Approval, error)
}

// Pages are the pages of this package.
type Pages struct {
	Site       *page.Site
	Programmes *programme.Service
	Decisions  *decision.Service
	Policies   Policies
	Name       func(ctx context.Context, account string) string // of a person; the id when not known

	checked checkedDrafts
}

// Routes are the pages' addresses.
func (p *Pages) Routes() []page.Route {
	get, post := http.MethodGet, http.MethodPost
	return []page.Route{
		{Method: get, Path: "/desk", Action: access.AccountOwn, Handler: p.work},
		{Method: get, Path: "/desk/programmes", Action: access.ProgrammeRead, Handler: p.list},
		{Method: get, Path: "/desk/programmes/new", Action: access.ProgrammeEdit, Handler: p.showNew},
		{Method: post, Path: "/desk/programmes/new", Action: access.ProgrammeEdit, Handler: p.create},
		{Method: get, Path: "/desk/programmes/:id", Action: access.ProgrammeRead, Handler: p.board},
		{Method: get, Path: "/desk/programmes/:id/board.xlsx", Action: access.ProgrammeRead, Handler: p.boardXLSX},
		{Method: get, Path: "/desk/programmes/:id/board.csv", Action: access.ProgrammeRead, Handler: p.boardCSV},
		{Method: get, Path: "/desk/programmes/:id/timetable", Action: access.ProgrammeRead, Handler: p.timetable},
		{Method: get, Path: "/desk/programmes/:id/promises", Action: access.ProgrammeRead, Handler: p.promiseList},
		{Method: get, Path: "/desk/programmes/:id/promises/new", Action: access.CommitmentEdit, Handler: p.showNewPromise},
		{Method: post, Path: "/desk/programmes/:id/promises/new", Action: access.CommitmentEdit, Handler: p.newPromise},
		{Method: get, Path: "/desk/programmes/:id/promises/:promise", Action: access.ProgrammeRead, Handler: p.promise},
		{Method: post, Path: "/desk/programmes/:id/promises/:promise", Action: access.CommitmentEdit, Handler: p.endPromise},
		{Method: get, Path: "/desk/programmes/:id/edit", Action: access.ProgrammeEdit, Handler: p.showEdit},
		{Method: post, Path: "/desk/programmes/:id/edit", Action: access.ProgrammeEdit, Handler: p.edit},
	}
}

func (p *Pages) frame(c *gin.Context, title, section string, errs view.Errors, crumbs ...view.Link) view.Frame {
	f := p.Site.Frame(c, title, section)
	f.HasErrors, f.Crumbs = errs.Any(), crumbs
	return f
}

func (p *Pages) today() record.Date { return record.DateOf(p.Site.Now()) }

// policies reads all that the actor may read of a filter.
func (p *Pages) policies(ctx context.Context, by record.Actor, f review.Filter) ([]*review.Card, error) {
	var out []*review.Card
	for after := ""; ; {
		list, next, err := p.Policies.Cards(ctx, by, f, after)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if after = next; next == "" {
			return out, nil
		}
	}
}

// names remembers the names of people while one page is made.
func (p *Pages) names(ctx context.Context) func(account string) string {
	seen := map[string]string{}
	return func(account string) string {
		if _, ok := seen[account]; !ok {
			seen[account] = p.Name(ctx, account)
		}
		return seen[account]
	}
}

// places are the short names of commissioners and their order.
type places struct {
	short map[string]string
	order []string
}

func (p *Pages) places(ctx context.Context) (places, []*review.Commissioner, error) {
	list, err := p.Policies.AllCommissioners(ctx)
	x := places{short: map[string]string{}}
	for _, c := range list {
		x.short[c.ID] = c.Short
		x.order = append(x.order, c.ID)
	}
	return x, list, err
}

// among are the ids given, in the order of the names.
func (x places) among(ids []string) []string {
	want := map[string]bool{}
	for _, id := range ids {
		want[id] = true
	}
	var out []string
	for _, id := range x.order {
		if want[id] {
			out = append(out, id)
		}
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// lastFinal is the newest version that was put to decision, as decisions name it.
func lastFinal(x *review.Card) (version string, ok bool) {
	n, ok := x.LastFinal()
	return n.String(), ok
}

// agendas tells for each policy at which coming meeting it will be decided on; one that has begun to decide is past.
func agendas(coming []*decision.Meeting) map[string]*decision.Meeting {
	out := map[string]*decision.Meeting{}
	for _, m := range coming {
		if m.State == decision.Held {
			continue
		}
		for _, i := range m.Items {
			if out[i.Policy] == nil {
				out[i.Policy] = m
			}
		}
	}
	return out
}
