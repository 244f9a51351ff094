// Package decisionpages shows meetings, lets people record what they decided, and shows for each policy who adopted
// it and which text applies where.
package decisionpages

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// Policies are what these pages read of policies. review.Service is one.
type Policies interface {
	Policy(ctx context.Context, by record.Actor, id string) (*review.Policy, error)
	List(ctx context.Context, by record.Actor, f review.Filter, after string) (list []*review.Policy, next string, err error)
	ReadVersion(ctx context.Context, by record.Actor, policy string, n review.Number) (*review.Version, error)
	AllCommissioners(ctx context.Context) ([]*review.Commissioner, error)
	RegistersOf(ctx context.Context, by record.Actor, policy string) ([]*review.Register, error)
	PublicationOf(ctx context.Context, by record.Actor, policy string) (*review.Publication, error)
	LevelsOf(ctx context.Context, p *review.Policy) (review.LevelSum, error)
	LocalHistory(ctx context.Context, by record.Actor, policy string) ([]*review.LocalPolicy, error)
}

// Acts are the acts on a policy's registers and on what the public reads. review.Service does them.
type Acts interface {
	GiveDate(ctx context.Context, e record.Edit, source string, from record.Date) (*review.Register, error)
	Withdraw(ctx context.Context, e record.Edit, from record.Date) (*review.Register, error)
	Suspend(ctx context.Context, e record.Edit, from record.Date) (*review.Register, error)
	ApproveSuspension(ctx context.Context, e record.Edit) (*review.Register, error)
	Lift(ctx context.Context, e record.Edit, from record.Date) (*review.Register, error)
	Publish(ctx context.Context, e record.Edit, n review.Number, from time.Time) (*review.Publication, error)
	Unschedule(ctx context.Context, e record.Edit) error
	WithdrawPublication(ctx context.Context, e record.Edit) error
}

// Pages are the pages of this package.
type Pages struct {
	Site      *page.Site
	Decisions *decision.Service
	Policies  Policies
	Acts      Acts
	Name      func(ctx context.Context, account string) string // of a person; the id when not known
}

// Routes are the pages' addresses.
func (p *Pages) Routes() []page.Route {
	get, post := http.MethodGet, http.MethodPost
	return []page.Route{
		{Method: get, Path: "/desk/meetings", Action: access.PolicyRead, Handler: p.list},
		{Method: get, Path: "/desk/meetings/new", Action: access.MeetingEdit, Handler: p.showPlan},
		{Method: post, Path: "/desk/meetings/new", Action: access.MeetingEdit, Handler: p.plan},
		{Method: get, Path: "/desk/meetings/:id", Action: access.PolicyRead, Handler: p.meeting},
		{Method: get, Path: "/desk/meetings/:id/edit", Action: access.MeetingEdit, Handler: p.showEdit},
		{Method: post, Path: "/desk/meetings/:id/edit", Action: access.MeetingEdit, Handler: p.edit},
		{Method: post, Path: "/desk/meetings/:id/cancel", Action: access.MeetingEdit, Handler: p.cancel},
		{Method: get, Path: "/desk/meetings/:id/members", Action: access.MeetingEdit, Handler: p.showMembers},
		{Method: post, Path: "/desk/meetings/:id/members", Action: access.MeetingEdit, Handler: p.attend},
		{Method: get, Path: "/desk/meetings/:id/items", Action: access.MeetingEdit, Handler: p.showItems},
		{Method: post, Path: "/desk/meetings/:id/items", Action: access.MeetingEdit, Handler: p.addItems},
		{Method: post, Path: "/desk/meetings/:id/items/remove", Action: access.MeetingEdit, Handler: p.removeItem},
		{Method: get, Path: "/desk/meetings/:id/decide", Action: access.DecisionRecord, Handler: p.showDecide},
		{Method: post, Path: "/desk/meetings/:id/decide", Action: access.DecisionRecord, Handler: p.decide, Body: page.TextBody},
		{Method: get, Path: "/desk/policies/:id/decisions", Action: access.PolicyRead, Handler: p.policy},
		{Method: get, Path: "/desk/policies/:id/decisions/:version/:place", Action: access.PolicyRead, Handler: p.recorded},
		{Method: post, Path: "/desk/policies/:id/decisions/:version/:place", Action: access.DecisionRecord, Handler: p.correct},
		{Method: post, Path: "/desk/policies/:id/publish", Action: access.PolicyPublish, Handler: p.publish},
		{Method: post, Path: "/desk/policies/:id/unschedule", Action: access.PolicyPublish, Handler: p.unschedule},
		{Method: post, Path: "/desk/policies/:id/unpublish", Action: access.PolicyPublish, Handler: p.unpublish},
		{Method: get, Path: "/desk/policies/:id/register/:place", Action: access.PolicyRead, Handler: p.register},
		{Method: post, Path: "/desk/policies/:id/register/:place/date", Action: access.RegisterDate, Handler: p.giveDate},
		{Method: post, Path: "/desk/policies/:id/register/:place/withdraw", Action: access.RegisterWithdraw, Handler: p.withdraw},
		{Method: post, Path: "/desk/policies/:id/register/:place/suspend", Action: access.RegisterSuspend, Handler: p.suspend},
		{Method: post, Path: "/desk/policies/:id/register/:place/approve", Action: access.RegisterApprove, Handler: p.approve},
		{Method: post, Path: "/desk/policies/:id/register/:place/lift", Action: access.RegisterSuspend, Handler: p.lift},
	}
}

func (p *Pages) frame(c *gin.Context, title string, errs view.Errors, crumbs ...view.Link) view.Frame {
	f := p.Site.Frame(c, title, "meetings")
	f.HasErrors, f.Crumbs = errs.Any(), crumbs
	return f
}

func (p *Pages) today() record.Date { return record.DateOf(p.Site.Now()) }

// again is the status of a form that is shown again.
func again(errs view.Errors) int {
	if errs.Any() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// places are all commissioners, by id, and in the order of their names.
type places struct {
	list []*review.Commissioner
}

func (p *Pages) places(ctx context.Context) (places, error) {
	list, err := p.Policies.AllCommissioners(ctx)
	return places{list}, err
}

// ended tells whether a commissioner is no more, so that nothing would change there.
func (x places) ended(id string, today record.Date) bool {
	return slices.ContainsFunc(x.list, func(c *review.Commissioner) bool { return c.ID == id && c.Ended(today) })
}

// short is the name for tables; the id when it is not known.
func (x places) short(id string) string {
	for _, c := range x.list {
		if c.ID == id {
			return c.Short
		}
	}
	return id
}

func (x places) shorts(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = x.short(id)
	}
	return out
}

// among are the ids given, in the order of the names.
func (x places) among(ids []string) []string {
	want := map[string]bool{}
	for _, id := range ids {
		want[id] = true
	}
	var out []string
	for _, c := range x.list {
		if want[c.ID] {
			out = append(out, c.ID)
			delete(want, c.ID)
		}
	}
	for _, id := range ids {
		if want[id] {
			out = append(out, id)
		}
	}
	return out
}

// choices are those who decide on a day, and those whom the meeting has already: saving must not drop them unseen.
func (x places) choices(on record.Date, m *decision.Meeting) []view.Choice {
	var out []view.Choice
	for _, c := range x.list {
		switch {
		case !c.Ended(on):
			out = append(out, view.Choice{Text: c.Short, Value: c.ID})
		case m != nil && slices.Contains(m.Commissioners, c.ID):
			out = append(out, view.Choice{Text: c.Short, Value: c.ID, Hint: view.Hint{Text: "Ended on " + c.End.Words()}})
		}
	}
	return out
}

var markStates = map[decision.Outcome]string{decision.Adopt: "adopted", decision.Vary: "variation", decision.Defer: "deferred", decision.Decline: "declined"}

// mark is a state with its word, as a template draws it.
type mark struct{ State, Word string }

func markOf(o decision.Outcome) mark {
	if s, ok := markStates[o]; ok {
		return mark{s, o.Done()}
	}
	return mark{"waiting", "Waiting"}
}
