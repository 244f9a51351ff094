package adminpages

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/server/internal/page"
	"concordat/web/view"
)

type listPage struct {
	Frame    view.Frame
	Find     string
	Accounts []accountRow
	Pages    view.Pagination
}

type accountRow struct {
	Name, Href, Email, Roles string
	State                    view.Tag
}

var listTemplate = view.Define[listPage]("admin/accounts.html")

func (p *Pages) list(c *gin.Context) (page.Result, error) {
	find := c.Query("find")
	list, next, err := p.People.List(c.Request.Context(), page.Actor(c), find, page.After(c), pageSize)
	if err != nil {
		return page.Result{}, err
	}
	d := listPage{Frame: p.frame(c, "Accounts"), Find: find, Accounts: accountRows(list)}
	address := func(after string) string {
		return "/admin/accounts?" + url.Values{"find": {find}, "after": {after}}.Encode()
	}
	d.Pages.Label = "Pages of accounts"
	if page.After(c) != "" {
		d.Pages.Previous = view.PageLink{Text: "First page", Href: address("")}
	}
	if next != "" {
		d.Pages.Next = view.PageLink{Href: address(next)}
	}
	return page.Result{Page: listTemplate.Page(d)}, nil
}

func accountRows(list []*access.Account) []accountRow {
	rows := make([]accountRow, len(list))
	for i, a := range list {
		rows[i] = accountRow{Name: a.Name, Href: "/admin/accounts/" + a.ID, Email: a.Email, Roles: a.RoleWords(), State: stateTag(a)}
	}
	return rows
}

func stateTag(a *access.Account) view.Tag {
	switch {
	case a.Disabled:
		return view.Tag{Text: "Disabled", Colour: "grey"}
	case a.Joined.IsZero():
		return view.Tag{Text: "Invited", Colour: "yellow"}
	}
	return view.Tag{Text: "Active", Colour: "green"}
}

type invitePage struct {
	Frame  view.Frame
	Errors view.Errors
	Name   view.Input
	Email  view.Input
	Fields roleFields
}

var inviteTemplate = view.Define[invitePage]("admin/invite.html")

func (p *Pages) showInvite(c *gin.Context) (page.Result, error) {
	places, err := p.Commissioners.Commissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	return p.inviteForm(c, places, access.Invitation{}, chosenRole{}, nil), nil
}

func (p *Pages) inviteForm(c *gin.Context, places []Place, in access.Invitation, chosen chosenRole, errs view.Errors) page.Result {
	d := invitePage{Frame: p.frame(c, "Invite somebody"), Errors: errs, Fields: newRoleFields(places, chosen, errs)}
	d.Frame.Crumbs = []view.Link{accountsCrumb}
	d.Frame.HasErrors = errs.Any()
	d.Name = view.Input{Name: "name", Value: in.Name, Label: view.Label{Text: "Full name"}, Error: errs.Of("name"), Autocomplete: "off", Spellcheck: "false"}
	d.Email = view.Input{Name: "email", Type: "email", Value: in.Email, Label: view.Label{Text: "E-mail address"}, Error: errs.Of("email"),
		Autocomplete: "off", Spellcheck: "false", Capitalize: "none", Hint: view.Hint{Text: "The invitation is sent there"}}
	status := 0
	if errs.Any() {
		status = http.StatusUnprocessableEntity
	}
	return page.Result{Page: inviteTemplate.Page(d), Status: status}
}

func (p *Pages) invite(c *gin.Context) (page.Result, error) {
	places, err := p.Commissioners.Commissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	chosen := readRole(c)
	ids, ok := chosen.ids(places)
	in := access.Invitation{Email: page.Text(c, "email"), Name: page.Text(c, "name"), Role: chosen.role, Commissioners: ids}
	if !ok {
		errs := page.Errors(in.Check())
		errs.Add("commissioners", chooseCommissioners)
		return p.inviteForm(c, places, in, chosen, errs), nil
	}
	a, err := p.People.Invite(c.Request.Context(), page.Actor(c), in)
	if errs, ok := refused(err, "name", "email", "role", "commissioners"); ok {
		return p.inviteForm(c, places, in, chosen, errs), nil
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: "/admin/accounts/" + a.ID, Flash: "The invitation is on its way"}, nil
}
