package session_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
)

var linkPath = regexp.MustCompile(`https://policies\.example(/\S+)`)

// From the message in the outbox to one's desk.
func TestInvitation(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := access.Invitation{Email: "ruth@example.nhs.uk", Name: "Ruth Ames", Role: access.PolicyLead}
	if _, err := h.people.Invite(context.Background(), accesstest.Actor(access.Administrator), in); err != nil {
		t.Fatal(err)
	}
	list, _, err := h.messages.List(context.Background(), "", 1)
	if err != nil || len(list) != 1 {
		t.Fatal(list, err)
	}
	path := linkPath.FindStringSubmatch(list[0].Text)[1]
	ruth := h.person(t)
	a := ruth.get(path)
	a.want(t, http.StatusOK, "Ruth Ames", `autocomplete="new-password"`, `aria-label="Show passphrase"`, `data-i18n.hide-password-aria-label="Hide passphrase"`, "ruth@example.nhs.uk")
	if got := a.header.Get("Referrer-Policy"); got != "no-referrer" {
		t.Errorf("Referrer-Policy = %q", got)
	}
	ruth.post(path, url.Values{"passphrase": {"password1234"}}).want(t, http.StatusUnprocessableEntity, "Error: ", "guessed first", `href="#passphrase"`)
	ruth.post(path, url.Values{"passphrase": {accesstest.Passphrase}}).want(t, http.StatusOK, "the desk")
	h.person(t).get(path).want(t, http.StatusNotFound, "This link has stopped working", "/reset")
	h.person(t).signIn("Ruth@example.nhs.uk", accesstest.Passphrase).want(t, http.StatusOK, "the desk")
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	a := p.get("/desk?tab=2")
	if a.path != "/sign-in?next=%2Fdesk%3Ftab%3D2" {
		t.Errorf("the public at a staff page is sent to %s", a.path)
	}
	a = p.signIn(lead.Email, "wrong")
	a.want(t, http.StatusUnprocessableEntity, "Error: Sign in", "Check your e-mail address and passphrase", `value="`+lead.Email+`"`)
	unknown := p.signIn("nobody@example.nhs.uk", "wrong")
	if strings.ReplaceAll(unknown.body, "nobody@example.nhs.uk", lead.Email) != a.body {
		t.Error("an unknown address is answered otherwise than a wrong passphrase")
	}
	for next, want := range map[string]string{"/desk?tab=2": "/desk?tab=2", "https://evil.example/": "/desk", "//evil.example": "/desk", "": "/desk"} {
		a := h.person(t).post("/sign-in", url.Values{"email": {lead.Email}, "passphrase": {accesstest.Passphrase}, "next": {next}})
		if a.path != want {
			t.Errorf("next %q leads to %s, want %s", next, a.path, want)
		}
	}
	p.signIn(lead.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
	p.get("/sign-in").want(t, http.StatusOK, "the desk")
	p.get("/admin").want(t, http.StatusForbidden, "You cannot do this")
	if got := p.get("/desk").header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control = %q", got)
	}
	p.post("/sign-out", nil).want(t, http.StatusOK, "You have signed out")
	if a := p.get("/desk"); a.path != "/sign-in?next=%2Fdesk" {
		t.Errorf("after signing out: %s", a.path)
	}
}

func TestSignInSlowed(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	p := h.person(t)
	for range 10 {
		p.signIn("nobody@example.nhs.uk", "wrong").want(t, http.StatusUnprocessableEntity)
	}
	p.signIn("nobody@example.nhs.uk", "wrong").want(t, http.StatusTooManyRequests, "Wait 6 minutes, then try again")
}

func TestReset(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	known := p.post("/reset", url.Values{"email": {lead.Email}})
	known.want(t, http.StatusOK, "If there is an account")
	if unknown := p.post("/reset", url.Values{"email": {"nobody@example.nhs.uk"}}); unknown.body != known.body {
		t.Error("an unknown address is answered otherwise than a known one")
	}
	p.post("/reset", url.Values{"email": {"nobody"}}).want(t, http.StatusUnprocessableEntity, "name@example.nhs.uk", `value="nobody"`)
	list, _, err := h.messages.List(context.Background(), "", 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d messages, %v, want 1", len(list), err)
	}
	old := h.person(t)
	old.signIn(lead.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
	path := linkPath.FindStringSubmatch(list[0].Text)[1]
	p.post(path, url.Values{"passphrase": {"seven green umbrellas singing"}}).want(t, http.StatusOK, "the desk")
	if a := old.get("/desk"); !strings.HasPrefix(a.path, "/sign-in") {
		t.Error("a session from before the reset goes on")
	}
}

func TestSessionEnds(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	signedIn := func(p *person) bool { return p.get("/desk").path == "/desk" }
	p := h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase)
	h.clock.Move(time.Hour - time.Second)
	if !signedIn(p) {
		t.Error("ended within the hour")
	}
	h.clock.Move(time.Hour - time.Second)
	if !signedIn(p) {
		t.Error("ended although it was used within the hour")
	}
	h.clock.Move(time.Hour)
	if signedIn(p) {
		t.Error("goes on after an hour without use")
	}
	p.signIn(lead.Email, accesstest.Passphrase)
	for range 23 {
		h.clock.Move(30 * time.Minute)
		if !signedIn(p) {
			t.Fatal("ended before 12 hours")
		}
	}
	h.clock.Move(30 * time.Minute)
	if signedIn(p) {
		t.Error("goes on after 12 hours")
	}
}

// What an administrator changes acts at the next request.
func TestDisabledAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p := h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase).want(t, http.StatusOK, "the desk")
	if _, err := h.people.Disable(context.Background(), edit(access.CommandLine(), lead)); err != nil {
		t.Fatal(err)
	}
	if a := p.get("/desk"); !strings.HasPrefix(a.path, "/sign-in") {
		t.Errorf("a disabled account reads %s", a.path)
	}
	p.signIn(lead.Email, accesstest.Passphrase).want(t, http.StatusUnprocessableEntity)
}

func TestOwnAccount(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	lead := accesstest.Join(t, h.people, access.PolicyLead)
	p, elsewhere := h.person(t), h.person(t)
	p.signIn(lead.Email, accesstest.Passphrase)
	elsewhere.signIn(lead.Email, accesstest.Passphrase)
	a := p.get("/account")
	a.want(t, http.StatusOK, "policy lead", lead.Email, "2 places", "<b>Here</b>")
	form := a.form()
	form.Set("name", "")
	p.post("/account/name", form).want(t, http.StatusUnprocessableEntity, "Enter a name", `href="#name"`)
	form.Set("name", "Priya Anand")
	p.post("/account/name", form).want(t, http.StatusOK, "Your name is changed", "Priya Anand")
	form.Set("name", "Priya A.")
	p.post("/account/name", form).want(t, http.StatusConflict, "Somebody changed this while you were writing", "Kept now: “Priya Anand”", `value="Priya A."`)

	form = p.get("/account").form()
	p.post("/account/sessions", form).want(t, http.StatusOK, "1 place")
	if a := elsewhere.get("/desk"); a.path == "/desk" {
		t.Error("still signed in elsewhere")
	}
	elsewhere.signIn(lead.Email, accesstest.Passphrase)
	form.Set("old", "wrong")
	form.Set("passphrase", "seven green umbrellas singing")
	p.post("/account/passphrase", form).want(t, http.StatusUnprocessableEntity, "Enter the passphrase that you have now")
	form.Set("old", accesstest.Passphrase)
	p.post("/account/passphrase", form).want(t, http.StatusOK, "Your passphrase is changed", "1 place")
	if a := elsewhere.get("/desk"); a.path == "/desk" {
		t.Error("a session from before the change of the passphrase goes on")
	}
}
