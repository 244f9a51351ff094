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

// linkPage is where a link of a message leads: to choose a passphrase, or, when Gone, to ask for another link.
type linkPage struct {
	Frame      view.Frame
	Errors     view.Errors
	Gone       bool
	Path       string
	Name       string
	Email      view.Input
	Passphrase view.PasswordInput
}

var linkTemplate = view.Define[linkPage]("account/link.html")

var linkTitles = map[access.Purpose]string{access.ForInvitation: "Welcome: choose a passphrase", access.ForReset: "Choose a new passphrase"}

func (p *Pages) showLink(purpose access.Purpose) page.Handler {
	return func(c *gin.Context) (page.Result, error) {
		link := access.Link{Purpose: purpose, Secret: c.Param("token")}
		return p.linkForm(c, link, nil, 0)
	}
}

func (p *Pages) linkForm(c *gin.Context, link access.Link, errs view.Errors, status int) (page.Result, error) {
	// The address of this page opens an account: it must not be told to the page that is gone to.
	c.Header("Referrer-Policy", "no-referrer")
	a, err := p.People.Linked(c.Request.Context(), link)
	if errors.Is(err, record.ErrNotFound) {
		gone := linkPage{Frame: p.frame(c, "This link has stopped working"), Gone: true}
		return page.Result{Status: http.StatusNotFound, Page: linkTemplate.Page(gone)}, nil
	}
	if err != nil {
		return page.Result{}, err
	}
	l := linkPage{Frame: p.frame(c, linkTitles[link.Purpose]), Errors: errs, Path: link.Path(), Name: a.Name, Email: emailField(a.Email, "")}
	l.Frame.HasErrors = errs.Any()
	// For the browser's keeper of passwords, which notes both together.
	l.Email.Attrs = []view.Attr{{Name: "readonly", Value: "readonly"}}
	l.Passphrase = newPassphrase(errs)
	return page.Result{Status: status, Page: linkTemplate.Page(l)}, nil
}

func newPassphrase(errs view.Errors) view.PasswordInput {
	return view.PasswordInput{Name: "passphrase", Word: "passphrase", Label: view.Label{Text: "New passphrase"}, Autocomplete: "new-password", Error: errs.Of("passphrase"),
		Hint: view.Hint{Text: "12 characters or more. Three or four words that do not belong together are safe and easy to remember. Spaces are allowed."}}
}

func (p *Pages) useLink(purpose access.Purpose) page.Handler {
	return func(c *gin.Context) (page.Result, error) {
		link := access.Link{Purpose: purpose, Secret: c.Param("token")}
		a, err := p.People.Accept(c.Request.Context(), link, c.PostForm("passphrase"))
		errs, status, ok := refused(err, "passphrase")
		if ok || errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrConflict) {
			return p.linkForm(c, link, errs, status)
		}
		if err != nil {
			return page.Result{}, err
		}
		return page.Result{SeeOther: desk, Flash: "Your passphrase is set and you are signed in"}, p.Sessions.Begin(c, a)
	}
}

// resetPage asks for an address; Sent says that a message is on its way, if there is such an account.
type resetPage struct {
	Frame  view.Frame
	Errors view.Errors
	Sent   bool
	Email  view.Input
}

var resetTemplate = view.Define[resetPage]("account/reset.html")

func (p *Pages) showReset(c *gin.Context) (page.Result, error) {
	return page.Result{Page: resetTemplate.Page(resetPage{Frame: p.frame(c, "Get a link to choose a passphrase"), Email: emailField("", "")})}, nil
}

func (p *Pages) requestReset(c *gin.Context) (page.Result, error) {
	email := page.Text(c, "email")
	errs, status, err := p.askReset(c, email)
	if err != nil {
		return page.Result{}, err
	}
	r := resetPage{Frame: p.frame(c, "Get a link to choose a passphrase"), Errors: errs, Email: emailField(email, errs.Of("email"))}
	r.Frame.HasErrors, r.Sent = errs.Any(), !errs.Any()
	if r.Sent {
		r.Frame.Title = "Look into your e-mail"
	}
	return page.Result{Page: resetTemplate.Page(r), Status: status}, nil
}

// askReset asks for a link; errs say what the person can put right.
func (p *Pages) askReset(c *gin.Context, email string) (errs view.Errors, status int, err error) {
	if _, wrong := access.NormalEmail(email); wrong != nil {
		errs.Add("email", "Enter your e-mail address in the form name@example.nhs.uk")
		return errs, http.StatusUnprocessableEntity, nil //nolint:nilerr // the person is told
	}
	err = p.People.RequestReset(c.Request.Context(), email, c.ClientIP())
	if errs, status, ok := refused(err, "email"); ok {
		return errs, status, nil
	}
	return nil, 0, err
}
