package session

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// desk is where people go who have just signed in.
const desk = "/desk"

// Pages are those about one's own account.
type Pages struct {
	Site     *page.Site
	People   *access.Service
	Sessions *Sessions
}

// Routes are the pages' addresses. Signing out needs no role: a session that has ended is signed out already.
func (p *Pages) Routes() []page.Route {
	get, post := http.MethodGet, http.MethodPost
	return []page.Route{
		{Method: get, Path: "/sign-in", Handler: p.showSignIn},
		{Method: post, Path: "/sign-in", Handler: p.signIn},
		{Method: post, Path: "/sign-out", Handler: p.signOut},
		{Method: get, Path: "/invitation/:token", Handler: p.showLink(access.ForInvitation)},
		{Method: post, Path: "/invitation/:token", Handler: p.useLink(access.ForInvitation)},
		{Method: get, Path: "/reset", Handler: p.showReset},
		{Method: post, Path: "/reset", Handler: p.requestReset},
		{Method: get, Path: "/reset/:token", Handler: p.showLink(access.ForReset)},
		{Method: post, Path: "/reset/:token", Handler: p.useLink(access.ForReset)},
		{Method: get, Path: "/account", Action: access.AccountOwn, Handler: p.showAccount},
		{Method: post, Path: "/account/name", Action: access.AccountOwn, Handler: p.rename},
		{Method: post, Path: "/account/passphrase", Action: access.AccountOwn, Handler: p.changePassphrase},
		{Method: post, Path: "/account/sessions", Action: access.AccountOwn, Handler: p.endOthers},
	}
}

// frame is that of a page that is nobody's to find or keep.
func (p *Pages) frame(c *gin.Context, title string) view.Frame {
	c.Header("Cache-Control", "no-store")
	f := p.Site.Frame(c, title, "")
	f.NoIndex = true
	return f
}

// refused turns what a person can put right into a form's errors, and says with which status the form is shown again.
// ok is false for every other error. field is where a wait is told.
func refused(err error, field string) (errs view.Errors, status int, ok bool) {
	var slowed *access.Slowed
	if errors.As(err, &slowed) {
		errs.Add(field, "There were too many attempts. Wait "+slowed.Words()+", then try again")
		return errs, http.StatusTooManyRequests, true
	}
	var faults record.Faults
	if !errors.As(err, &faults) {
		return nil, 0, false
	}
	return page.Errors(faults), http.StatusUnprocessableEntity, true
}

type signInPage struct {
	Frame      view.Frame
	Errors     view.Errors
	Next       string
	Email      view.Input
	Passphrase view.PasswordInput
}

var signInTemplate = view.Define[signInPage]("account/sign-in.html")

func (p *Pages) showSignIn(c *gin.Context) (page.Result, error) {
	next := page.SafePath(c.Query("next"), desk)
	if page.VisitorOf(c).Account != "" {
		return page.Result{SeeOther: next}, nil
	}
	return p.signInForm(c, next, "", nil, 0), nil
}

func (p *Pages) signInForm(c *gin.Context, next, email string, errs view.Errors, status int) page.Result {
	f := p.frame(c, "Sign in")
	f.HasErrors = errs.Any()
	return page.Result{Status: status, Page: signInTemplate.Page(signInPage{Frame: f, Errors: errs, Next: next,
		Email:      emailField(email, errs.Of("email")),
		Passphrase: view.PasswordInput{Name: "passphrase", Word: "passphrase", Label: view.Label{Text: "Passphrase"}, Error: errs.Of("passphrase")},
	})}
}

func emailField(value, message string) view.Input {
	return view.Input{Name: "email", Type: "email", Value: value, Error: message, Label: view.Label{Text: "E-mail address"},
		Autocomplete: "username", Spellcheck: "false", Capitalize: "none"}
}

func (p *Pages) signIn(c *gin.Context) (page.Result, error) {
	next, email := page.SafePath(c.PostForm("next"), desk), page.Text(c, "email")
	a, err := p.People.SignIn(c.Request.Context(), access.SignIn{Email: email, Passphrase: c.PostForm("passphrase"), Address: c.ClientIP(), Device: p.Sessions.device(c)})
	if errs, status, ok := refused(err, "email"); ok {
		return p.signInForm(c, next, email, errs, status), nil
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: next}, p.Sessions.Begin(c, a)
}

func (p *Pages) signOut(c *gin.Context) (page.Result, error) {
	return page.Result{SeeOther: "/sign-in", Flash: "You have signed out"}, p.Sessions.End(c)
}
