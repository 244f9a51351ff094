package adminpages

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// accountPage is one account. What an administrator cannot do with it, such as with the own one, is not offered.
type accountPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	Email    string
	State    view.Tag
	Invited  time.Time
	Joined   time.Time
	Own      bool
	Disabled bool
	LinkText string // of the button that sends a link
	LinkEnds time.Time
	Grants   []grantRow
	Fields   roleFields
}

type grantRow struct {
	Role, For string
	Grant     record.Grant
}

var accountTemplate = view.Define[accountPage]("admin/account.html")

func (p *Pages) account(c *gin.Context) (page.Result, error) {
	return p.accountForm(c, chosenRole{}, nil)
}

func (p *Pages) accountForm(c *gin.Context, chosen chosenRole, errs view.Errors) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	a, err := p.People.Account(ctx, by, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	places, err := p.Commissioners.Commissioners(ctx)
	if err != nil {
		return page.Result{}, err
	}
	d := accountPage{Frame: p.frame(c, a.Name), Errors: errs, Path: "/admin/accounts/" + a.ID, Revision: a.Revision, Email: a.Email, State: stateTag(a),
		Invited: a.Invited, Joined: a.Joined, Own: by.ID == a.ID, Disabled: a.Disabled, LinkText: "Send a link to choose a new passphrase",
		LinkEnds: a.Token.Expires, Fields: newRoleFields(places, chosen, errs)}
	if a.Joined.IsZero() {
		d.LinkText = "Send the invitation again"
	}
	for _, g := range a.Grants {
		d.Grants = append(d.Grants, grantRow{Role: title(g.Role), For: placeName(places, g.Commissioner), Grant: g})
	}
	d.Frame.Crumbs = []view.Link{accountsCrumb}
	status := 0
	if errs.Any() {
		d.Frame.HasErrors, status = true, http.StatusUnprocessableEntity
	}
	return page.Result{Page: accountTemplate.Page(d), Status: status}, nil
}

func (p *Pages) give(c *gin.Context) (page.Result, error) {
	places, err := p.Commissioners.Commissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	chosen := readRole(c)
	ids, ok := chosen.ids(places)
	if !ok {
		var errs view.Errors
		errs.Add("commissioners", chooseCommissioners)
		return p.accountForm(c, chosen, errs)
	}
	result, err := p.change(c, "The role is given", func(ctx context.Context, e record.Edit) (*access.Account, error) {
		return p.People.Give(ctx, e, chosen.role, ids)
	})
	if errs, ok := refused(err, "role", "commissioners"); ok {
		return p.accountForm(c, chosen, errs)
	}
	return result, err
}

func (p *Pages) take(c *gin.Context) (page.Result, error) {
	g := record.Grant{Role: c.PostForm("role"), Commissioner: c.PostForm("commissioner")}
	return p.change(c, "The role is taken away", func(ctx context.Context, e record.Edit) (*access.Account, error) {
		return p.People.Take(ctx, e, g)
	})
}

func (p *Pages) disable(c *gin.Context) (page.Result, error) {
	return p.change(c, "The account is disabled, and signed out everywhere", p.People.Disable)
}

func (p *Pages) enable(c *gin.Context) (page.Result, error) {
	return p.change(c, "The account is enabled", p.People.Enable)
}

func (p *Pages) sendLink(c *gin.Context) (page.Result, error) {
	return p.change(c, "A link is on its way", p.People.SendLink)
}

func (p *Pages) change(c *gin.Context, done string, act func(context.Context, record.Edit) (*access.Account, error)) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	a, err := act(c.Request.Context(), e)
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: "/admin/accounts/" + a.ID, Flash: done}, nil
}
