package session_test

import (
	"net/http"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
)

// The browser that signed in before gets in while a stranger tries the account; a new one has to wait, and is told so.
func TestBrowserIsRemembered(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead, secretary := accesstest.Join(t, h.people, access.PolicyLead), accesstest.Join(t, h.people, access.Secretary)
	p, stranger := h.person(t), h.person(t)
	for _, a := range []*access.Account{lead, secretary} { // two who share the browser
		p.signIn(a.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
		p.post("/sign-out", nil)
	}
	for _, a := range []*access.Account{lead, secretary} {
		for range 10 {
			stranger.signIn(a.Email, "wrong").want(t, http.StatusUnprocessableEntity)
		}
		stranger.signIn(a.Email, "wrong").want(t, http.StatusTooManyRequests)
		h.person(t).signIn(a.Email, accesstest.Passphrase).want(t, http.StatusTooManyRequests)
		p.signIn(a.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
	}
	// A new passphrase makes other browsers unknown, and this one known.
	elsewhere := h.person(t)
	h.clock.Move(time.Hour)
	elsewhere.signIn(secretary.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
	p.signIn(secretary.Email, accesstest.Passphrase)
	form := p.get("/account").form()
	form.Set("old", accesstest.Passphrase)
	form.Set("passphrase", "seven green umbrellas singing")
	p.post("/account/passphrase", form).want(t, http.StatusOK, "Your passphrase is changed")
	for range 11 {
		stranger.signIn(secretary.Email, "wrong")
	}
	elsewhere.signIn(secretary.Email, "seven green umbrellas singing").want(t, http.StatusTooManyRequests)
	p.signIn(secretary.Email, "seven green umbrellas singing").want(t, http.StatusOK, "the desk")
}
