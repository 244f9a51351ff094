package e2e_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/web/e2e"
)

// passphrase is that of everybody in the demonstration.
const passphrase = "correct places agree 2027"

// Some people of the demonstration.
const (
	administrator = "sunita.rao@concordat.example"
	lead          = "priya.anand@concordat.example"
	otherLead     = "jonah.okoro@concordat.example"
	secretary     = "grace.adeyemi@concordat.example"
)

// visitor is somebody without an account.
func visitor(t testing.TB, s *service) *e2e.Page { return e2e.Open(t, s.base) }

// signedIn is somebody in a window of their own, at their desk.
func signedIn(t testing.TB, s *service, email string) *e2e.Page {
	t.Helper()
	p := e2e.Open(t, s.base)
	enter(p, email, passphrase)
	p.Sees("Sign out")
	return p
}

func enter(p *e2e.Page, email, passphrase string) {
	p.Goto("/sign-in")
	p.Fill("E-mail address", email)
	p.Fill("Passphrase", passphrase)
	p.Within("main").Click("Sign in")
}

// date fills in the three boxes of a date.
func date(p *e2e.Page, field string, day, month, year int) {
	for name, value := range map[string]int{"day": day, "month": month, "year": year} {
		p.FillIn(fmt.Sprintf(`[name="%s-%s"]`, field, name), fmt.Sprint(value))
	}
}

// invited is somebody new: invited by the administrator, in by the link of the message.
func invited(t testing.TB, s *service, admin *e2e.Page, name, role string, commissioners ...string) *e2e.Page {
	t.Helper()
	email := strings.ToLower(strings.ReplaceAll(name, " ", ".")) + "@places.example"
	admin.Goto("/admin/accounts/new")
	admin.Fill("Full name", name)
	admin.Fill("E-mail address", email)
	admin.Choose(role)
	for _, c := range commissioners {
		admin.Choose(c)
	}
	admin.Click("Send invitation")
	p := e2e.Open(t, s.base)
	p.Goto(lastLink(admin, email))
	p.Sees("Welcome: choose a passphrase", name)
	e2e.Axe(t, p)
	p.Fill("New passphrase", passphrase)
	p.Click("Set passphrase and sign in")
	p.Sees("you are signed in", "My work")
	return p
}

// lastLink is the address in the newest message to somebody, as the demonstration shows it.
func lastLink(admin *e2e.Page, email string) string {
	admin.Goto("/admin/outbox")
	admin.Eval(fmt.Sprintf(`[...document.querySelectorAll('.app-task')].find(m => m.textContent.includes(%q)).id = 'newest'`, "To "+email), nil)
	admin.Within("#newest").Click("Read the message to " + email)
	var address string
	admin.Eval(`document.querySelector('#newest a').href`, &address)
	return address
}
