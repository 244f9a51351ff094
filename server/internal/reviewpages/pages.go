// Package reviewpages is the policy lead's desk: policies with their text, details, versions and differences, the
// local policies that they are made from, and the commissioners they are for.
package reviewpages

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// Person is somebody who can lead a policy.
type Person struct{ ID, Name string }

// Programmes are what these pages read of programmes. programme.Service is one.
type Programmes interface {
	All(ctx context.Context, by record.Actor) ([]*programme.Programme, error)
	Programme(ctx context.Context, by record.Actor, id string) (*programme.Programme, error)
	Promised(ctx context.Context, by record.Actor, programme string) ([]*programme.Commitment, error)
}

// Decisions are what these pages read of decisions. decision.Service is one.
type Decisions interface {
	OfPolicy(ctx context.Context, by record.Actor, policy string) ([]*decision.Decision, error)
}

// Events reads the events of one document, newest first; next is the cursor of the next page.
type Events interface {
	Events(ctx context.Context, kind, id, after string, limit int) (list []record.Sealed, next string, err error)
}

// Pages are the pages of this package.
type Pages struct {
	Site       *page.Site
	Review     *review.Service
	Programmes Programmes
	Decisions  Decisions
	Events     Events
	Name       func(ctx context.Context, account string) string // of a person; the id when not known
	Leads      func(ctx context.Context) ([]Person, error)      // who may lead a policy
	Word       func(w io.Writer, d Document) error              // writes a Word file
}

// Routes are the pages' addresses.
func (p *Pages) Routes() []page.Route {
	return slices.Concat(p.policyRoutes(), p.textRoutes(), p.placeRoutes(), p.matrixRoutes(), p.effectRoutes())
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)

func (p *Pages) policyRoutes() []page.Route {
	return []page.Route{
		{Method: get, Path: "/desk/policies", Action: access.PolicyRead, Handler: p.list},
		{Method: get, Path: "/desk/policies/new", Action: access.PolicyCreate, Handler: p.showNew},
		{Method: post, Path: "/desk/policies/new", Action: access.PolicyCreate, Handler: p.create},
		{Method: get, Path: "/desk/policies/:id/details", Action: access.PolicyEdit, Handler: p.showDetails},
		{Method: post, Path: "/desk/policies/:id/details", Action: access.PolicyEdit, Handler: p.saveDetails, Body: page.TextBody},
		{Method: post, Path: "/desk/policies/:id/hand", Action: access.PolicyEdit, Handler: p.hand},
		{Method: get, Path: "/desk/policies/:id/files", Action: access.PolicyRead, Handler: p.files},
		{Method: post, Path: "/desk/policies/:id/files", Action: access.PolicyEdit, Handler: p.addFile, Body: page.UploadBody},
		{Method: get, Path: "/desk/policies/:id/files/:file", Action: access.PolicyRead, Handler: p.openFile},
		{Method: post, Path: "/desk/policies/:id/files/:file/remove", Action: access.PolicyEdit, Handler: p.removeFile},
		{Method: get, Path: "/desk/policies/:id/issue", Action: access.PolicyIssue, Handler: p.showIssue},
		{Method: post, Path: "/desk/policies/:id/issue", Action: access.PolicyIssue, Handler: p.issue},
		{Method: get, Path: "/desk/policies/:id/erratum/:version", Action: access.PolicyErratum, Handler: p.showErratum},
		{Method: post, Path: "/desk/policies/:id/erratum/:version", Action: access.PolicyErratum, Handler: p.erratum, Body: textBody},
		{Method: get, Path: "/desk/policies/:id/plan", Action: access.PolicyRead, Handler: p.showPlan},
		{Method: post, Path: "/desk/policies/:id/plan", Action: access.PolicyEdit, Handler: p.planDecision},
		{Method: post, Path: "/desk/policies/:id/need", Action: access.PolicyNeed, Handler: p.sayNeed},
		{Method: get, Path: "/desk/policies/:id/trail", Action: access.TrailRead, Handler: p.trail},
	}
}

// textBody is room for all sections of a policy at their greatest length, as a form encodes them.
const textBody = 4 * page.TextBody

func (p *Pages) textRoutes() []page.Route {
	return []page.Route{
		{Method: get, Path: "/desk/policies/:id", Action: access.PolicyRead, Handler: p.workspace},
		{Method: post, Path: "/desk/policies/:id", Action: access.PolicyEdit, Handler: p.save, Body: textBody},
		{Method: post, Path: "/desk/policies/:id/merge", Action: access.PolicyEdit, Handler: p.merge, Body: 2 * textBody},
		{Method: post, Path: "/desk/policies/:id/preview", Action: access.PolicyEdit, Handler: p.preview, Body: textBody},
		{Method: post, Path: "/desk/policies/:id/autosave", Action: access.PolicyEdit, Handler: p.autosave, Body: textBody},
		{Method: post, Path: "/desk/policies/:id/pasted", Action: access.PolicyEdit, Handler: p.pasted, Body: page.UploadBody},
		{Method: get, Path: "/desk/policies/:id/keep", Action: access.PolicyEdit, Handler: p.showKeep},
		{Method: post, Path: "/desk/policies/:id/keep", Action: access.PolicyEdit, Handler: p.keep},
		{Method: get, Path: "/desk/policies/:id/saves", Action: access.PolicyRead, Handler: p.saves},
		{Method: get, Path: "/desk/policies/:id/saves/:number", Action: access.PolicyRead, Handler: p.readSave},
		{Method: get, Path: "/desk/policies/:id/versions/:number", Action: access.PolicyRead, Handler: p.readVersion},
		{Method: get, Path: "/desk/policies/:id/word", Action: access.PolicyRead, Handler: p.word},
		{Method: get, Path: "/desk/policies/:id/markdown", Action: access.PolicyRead, Handler: p.markdown},
		{Method: get, Path: "/desk/policies/:id/differences", Action: access.PolicyRead, Handler: p.differences},
	}
}

func (p *Pages) effectRoutes() []page.Route {
	return []page.Route{
		{Method: get, Path: "/desk/policies/:id/effects", Action: access.PolicyRead, Handler: p.effects},
		{Method: post, Path: "/desk/policies/:id/effects", Action: access.LevelConfirm, Handler: p.recordLevels},
		{Method: get, Path: "/desk/policies/:id/effects/:place", Action: access.PolicyRead, Handler: p.effect},
		{Method: get, Path: "/desk/policies/:id/effects/:place/level", Action: access.LevelConfirm, Handler: p.showLevel},
		{Method: post, Path: "/desk/policies/:id/effects/:place/level", Action: access.LevelConfirm, Handler: p.sayLevel},
		{Method: get, Path: "/desk/policies/:id/effects/:place/numbers", Action: access.ActivityEdit, Handler: p.showNumbers},
		{Method: post, Path: "/desk/policies/:id/effects/:place/numbers", Action: access.ActivityEdit, Handler: p.saveNumbers},
		{Method: get, Path: "/desk/policies/:id/level-of-change", Action: access.PolicyRead, Handler: p.levelDocument},
		{Method: get, Path: "/desk/policies/:id/level-of-change/word", Action: access.PolicyRead, Handler: p.levelWord},
		{Method: get, Path: "/desk/activity", Action: access.ActivityEdit, Handler: p.showActivity},
		{Method: post, Path: "/desk/activity", Action: access.ActivityEdit, Handler: p.giveActivity, Body: page.UploadBody},
	}
}

func (p *Pages) placeRoutes() []page.Route {
	return []page.Route{
		{Method: get, Path: "/desk/policies/:id/local", Action: access.PolicyRead, Handler: p.locals},
		{Method: get, Path: "/desk/policies/:id/local/:commissioner/new", Action: access.LocalEdit, Handler: p.showNewLocal},
		{Method: post, Path: "/desk/policies/:id/local/:commissioner/new", Action: access.LocalEdit, Handler: p.addLocal, Body: page.UploadBody},
		{Method: get, Path: "/desk/policies/:id/local/:commissioner", Action: access.PolicyRead, Handler: p.local},
		{Method: post, Path: "/desk/policies/:id/local/:commissioner", Action: access.LocalEdit, Handler: p.editLocal, Body: textBody},
		{Method: get, Path: "/desk/policies/:id/local/:commissioner/original", Action: access.PolicyRead, Handler: p.original},
		{Method: get, Path: "/desk/commissioners", Action: access.CommissionerRead, Handler: p.commissioners},
		{Method: get, Path: "/desk/commissioners/new", Action: access.CommissionerEnd, Handler: p.showNewCommissioner},
		{Method: post, Path: "/desk/commissioners/new", Action: access.CommissionerEnd, Handler: p.createCommissioner},
		{Method: get, Path: "/desk/commissioners/:id", Action: access.CommissionerRead, Handler: p.commissioner},
		{Method: post, Path: "/desk/commissioners/:id", Action: access.CommissionerEdit, Handler: p.editCommissioner},
		{Method: get, Path: "/desk/commissioners/:id/end", Action: access.CommissionerEnd, Handler: p.showEnd},
		{Method: post, Path: "/desk/commissioners/:id/end", Action: access.CommissionerEnd, Handler: p.end},
	}
}

// policy reads the policy that the address names.
func (p *Pages) policy(c *gin.Context) (*review.Policy, error) {
	return p.Review.Policy(c.Request.Context(), page.Actor(c), c.Param("id"))
}

// policyFor is the policy that the address names, for somebody who may act on it: to read it is not enough for a form.
func (p *Pages) policyFor(c *gin.Context, action access.Action) (*review.Policy, error) {
	pol, err := p.policy(c)
	if err != nil {
		return nil, err
	}
	return pol, access.Check(page.Actor(c), action, access.For(pol.Commissioners...))
}

func address(policy string, parts ...string) string {
	path := "/desk/policies/" + policy
	for _, x := range parts {
		path += "/" + x
	}
	return path
}

// frame is what surrounds a page of one policy.
func (p *Pages) frame(c *gin.Context, pol *review.Policy, title string) view.Frame {
	f := p.Site.Frame(c, title+": "+pol.Title, "policies")
	f.Crumbs = []view.Link{{Text: "Policies", Href: "/desk/policies"}}
	if x, err := p.Programmes.Programme(c.Request.Context(), page.Actor(c), pol.Programme); err == nil {
		f.Crumbs = []view.Link{{Text: x.Name, Href: "/desk/programmes/" + x.ID}}
	}
	return f
}

// below adds the way back to the policy to a page that lies under its tabs.
func below(f view.Frame, pol *review.Policy) view.Frame {
	f.Crumbs = append(f.Crumbs, view.Link{Text: pol.Title, Href: address(pol.ID)})
	return f
}

func (p *Pages) head(c *gin.Context, pol *review.Policy, tab string) policyhead.Head {
	fix := 0
	for _, f := range review.Check(pol, p.Site.Now()) {
		if f.Grade == review.Block {
			fix++
		}
	}
	h := policyhead.Of(pol, page.Actor(c), p.Name(c.Request.Context(), pol.Lead), tab, fix)
	if levels, err := p.Review.LevelsOf(c.Request.Context(), pol); err == nil {
		h.Level = levels.Words()
	}
	return h
}

func may(c *gin.Context, action access.Action, pol *review.Policy) bool {
	return access.May(page.Actor(c), action, access.For(pol.Commissioners...))
}

// answer is a page that has a form: 422 when something in it is wrong.
func answer(x view.Page, errs view.Errors) page.Result {
	if errs.Any() {
		return page.Result{Page: x, Status: http.StatusUnprocessableEntity}
	}
	return page.Result{Page: x}
}

// download is a file made here.
func download(name, contentType string, body []byte) page.Result {
	return page.Result{File: &page.File{Name: name, ContentType: contentType, Body: io.NopCloser(bytes.NewReader(body))}}
}
