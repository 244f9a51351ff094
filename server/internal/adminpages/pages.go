// Package adminpages is about managing accounts and looking at the messages that were sent.
package adminpages

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// Place is a commissioner as far as roles need it.
type Place struct{ ID, Name string }

// Commissioners gives all commissioners for whom a role may be held, in the order in which they are shown.
type Commissioners interface {
	Commissioners(ctx context.Context) ([]Place, error)
}

// Pages are the pages of administration.
type Pages struct {
	Site          *page.Site
	People        *access.Service
	Commissioners Commissioners
	Outbox        Outbox
}

// section is the administration's entry in the menu.
const section = "admin"

// Routes are the pages' addresses.
func (p *Pages) Routes() []page.Route {
	get, post := http.MethodGet, http.MethodPost
	return []page.Route{
		{Method: get, Path: "/admin/accounts", Action: access.AccountManage, Handler: p.list},
		{Method: post, Path: "/admin/accounts", Action: access.AccountManage, Handler: p.invite},
		{Method: get, Path: "/admin/accounts/new", Action: access.AccountManage, Handler: p.showInvite},
		{Method: get, Path: "/admin/accounts/:id", Action: access.AccountManage, Handler: p.account},
		{Method: post, Path: "/admin/accounts/:id/give", Action: access.AccountManage, Handler: p.give},
		{Method: post, Path: "/admin/accounts/:id/take", Action: access.AccountManage, Handler: p.take},
		{Method: post, Path: "/admin/accounts/:id/disable", Action: access.AccountManage, Handler: p.disable},
		{Method: post, Path: "/admin/accounts/:id/enable", Action: access.AccountManage, Handler: p.enable},
		{Method: post, Path: "/admin/accounts/:id/link", Action: access.AccountManage, Handler: p.sendLink},
		{Method: get, Path: "/admin/outbox", Action: access.OutboxRead, Handler: p.outbox},
	}
}

// pageSize is how many rows a list shows.
const pageSize = 50

func (p *Pages) frame(c *gin.Context, title string) view.Frame {
	return p.Site.Frame(c, title, section)
}

var accountsCrumb = view.Link{Text: "Accounts", Href: "/admin/accounts"}

// refused turns what a person can put right into a form's errors; ok is false for every other error. What the form has
// no field for is an error of the page, not of the form.
func refused(err error, fields ...string) (errs view.Errors, ok bool) {
	var faults record.Faults
	if !errors.As(err, &faults) {
		return nil, false
	}
	errs = page.Errors(faults)
	for _, f := range fields {
		if errs.Of(f) != "" {
			return errs, true
		}
	}
	return nil, false
}

// all is the value of the choice “All commissioners”.
const all = "all"

// roleFields are the choice of a role and of the commissioners for whom it is held.
type roleFields struct {
	Role          view.Radios
	Commissioners view.Checkboxes
}

// chosenRole is what was posted in roleFields.
type chosenRole struct {
	role          access.Role
	commissioners []string
}

func readRole(c *gin.Context) chosenRole {
	return chosenRole{access.Role(c.PostForm("role")), c.PostFormArray("commissioners")}
}

// ids are the commissioners to hold the role for; none means all. ok is false when nothing, or something that was not
// offered, was chosen: to leave all boxes empty must not give a role for everything.
func (r chosenRole) ids(places []Place) (ids []string, ok bool) {
	known := map[string]bool{}
	for _, x := range places {
		known[x.ID] = true
	}
	for _, id := range r.commissioners {
		if id == all {
			return nil, true
		}
		if !known[id] {
			return nil, false
		}
		ids = append(ids, id)
	}
	return ids, len(ids) > 0
}

const chooseCommissioners = "Choose “All commissioners”, or those for which the role is held"

func newRoleFields(places []Place, chosen chosenRole, errs view.Errors) roleFields {
	f := roleFields{
		Role: view.Radios{Name: "role", Small: true, Value: string(chosen.role), Error: errs.Of("role"), Legend: view.Legend{Text: "Role", Size: "s"}},
		Commissioners: view.Checkboxes{Name: "commissioners", Small: true, Values: chosen.commissioners, Error: errs.Of("commissioners"),
			Legend: view.Legend{Text: "For which commissioners", Size: "s"},
			Items:  []view.Choice{{Text: "All commissioners", Value: all, Behaviour: "exclusive"}}},
	}
	for _, r := range access.Roles {
		item := view.Choice{Text: title(string(r)), Value: string(r), Hint: view.Hint{Text: roleHints[r]}}
		f.Role.Items = append(f.Role.Items, item)
	}
	if len(places) > 0 {
		f.Commissioners.Items = append(f.Commissioners.Items, view.Choice{Divider: "or"})
	}
	for _, x := range places {
		f.Commissioners.Items = append(f.Commissioners.Items, view.Choice{Text: x.Name, Value: x.ID})
	}
	return f
}

var roleHints = map[access.Role]string{
	access.Administrator:    "Manages accounts and commissioners. Always for all commissioners",
	access.PolicyLead:       "Writes policies and takes them to publication",
	access.EvidenceReviewer: "Reads drafts and reviews the evidence",
	access.Clinician:        "Reads drafts and comments on them",
	access.EqualityLead:     "Assesses what policies mean for protected groups",
	access.EngagementLead:   "Runs engagement and consultation",
	access.Contact:          "Keeps a commissioner’s local policies and dates",
	access.Secretary:        "Keeps meetings and records what they decided",
	access.Approver:         "Approves in an emergency",
	access.Auditor:          "Reads everything and changes nothing. Always for all commissioners",
}

// title makes the first letter a capital.
func title(s string) string { return string(s[0]-'a'+'A') + s[1:] }

func placeName(places []Place, id string) string {
	if id == "" {
		return "All commissioners"
	}
	for _, x := range places {
		if x.ID == id {
			return x.Name
		}
	}
	return id
}
