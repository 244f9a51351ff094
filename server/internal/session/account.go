package session

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/stores"
	"concordat/web/view"
)

// accountPage is one's own account.
type accountPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Revision int64
	Email    string
	Roles    string
	Name     view.Input
	Old      view.PasswordInput
	New      view.PasswordInput
	Sessions []sessionRow
	Others   bool // there is another session that can be ended
}

type sessionRow struct {
	Began, Seen time.Time
	Here        bool
}

var accountTemplate = view.Define[accountPage]("account/account.html")

func (p *Pages) showAccount(c *gin.Context) (page.Result, error) { return p.accountForm(c, nil, 0) }

func (p *Pages) accountForm(c *gin.Context, errs view.Errors, status int) (page.Result, error) {
	by := page.Actor(c)
	a, err := p.People.Account(c.Request.Context(), by, by.ID)
	if err != nil {
		return page.Result{}, err
	}
	list, err := p.Sessions.Store.Of(c.Request.Context(), a.ID)
	if err != nil {
		return page.Result{}, err
	}
	d := accountPage{Frame: p.frame(c, "Your account"), Errors: errs, Revision: a.Revision, Email: a.Email, Roles: a.RoleWords()}
	d.Frame.HasErrors = errs.Any()
	d.Name = view.Input{Name: "name", Value: a.Name, Label: view.Label{Text: "Full name"}, Autocomplete: "name", Error: errs.Of("name")}
	if typed, ok := c.GetPostForm("name"); ok {
		d.Name.Value = typed
	}
	d.Old = view.PasswordInput{Name: "old", Word: "passphrase", Label: view.Label{Text: "Passphrase now"}, Error: errs.Of("old")}
	d.New = newPassphrase(errs)
	d.Sessions, d.Others = p.sessionRows(list, a.Epoch, p.Sessions.current(c))
	return page.Result{Status: status, Page: accountTemplate.Page(d)}, nil
}

// sessionRows leaves out those that have ended, by time or by what changed in the account, and were not swept yet.
func (p *Pages) sessionRows(list []stores.Session, epoch int64, current string) (rows []sessionRow, others bool) {
	now, limits := p.Sessions.Now(), p.Sessions.limits()
	for _, x := range list {
		if x.Epoch != epoch || now.Sub(x.Seen) >= limits.Idle || !now.Before(x.Ends) {
			continue
		}
		rows = append(rows, sessionRow{Began: x.Began, Seen: x.Seen, Here: x.ID == current})
		others = others || x.ID != current
	}
	return rows, others
}

func (p *Pages) rename(c *gin.Context) (page.Result, error) {
	return p.change(c, "Your name is changed", func(e record.Edit) (*access.Account, error) {
		return p.People.Rename(c.Request.Context(), e, page.Text(c, "name"))
	})
}

// changePassphrase ends every session of the account and begins a new one here.
func (p *Pages) changePassphrase(c *gin.Context) (page.Result, error) {
	return p.change(c, "Your passphrase is changed. Everywhere else you are signed out", func(e record.Edit) (*access.Account, error) {
		a, err := p.People.ChangePassphrase(c.Request.Context(), e, c.PostForm("old"), c.PostForm("passphrase"))
		if err != nil {
			return nil, err
		}
		return a, p.Sessions.Begin(c, a)
	})
}

func (p *Pages) change(c *gin.Context, done string, act func(record.Edit) (*access.Account, error)) (page.Result, error) {
	e, err := page.Edit(c, page.Actor(c).ID)
	if err != nil {
		return page.Result{}, err
	}
	_, err = act(e)
	if page.Overtaken(err) {
		a, err := p.People.Account(c.Request.Context(), e.By, e.ID)
		if err != nil {
			return page.Result{}, err
		}
		return p.accountForm(c, page.Errors(page.Kept(c, map[string]string{"name": a.Name})), http.StatusConflict)
	}
	if errs, status, ok := refused(err, "old"); ok {
		return p.accountForm(c, errs, status)
	}
	return page.Result{SeeOther: "/account", Flash: done}, err
}

func (p *Pages) endOthers(c *gin.Context) (page.Result, error) {
	err := p.Sessions.Store.EndOthers(c.Request.Context(), page.Actor(c).ID, p.Sessions.current(c))
	return page.Result{SeeOther: "/account", Flash: "You are signed out everywhere else"}, err
}
