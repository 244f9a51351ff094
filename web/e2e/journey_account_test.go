package e2e_test

import (
	"fmt"
	"testing"

	"concordat/web/e2e"
)

// TestAccounts goes from an invitation to a disabled account.
func TestAccounts(t *testing.T) {
	t.Parallel()
	onBothEngines(t, func(t *testing.T, s *service) {
		admin := signedIn(t, s, administrator)
		p := invited(t, s, admin, "Osric Lund", "Clinician", "All commissioners")

		p.Click("Sign out")
		enter(p, "osric.lund@places.example", "not the passphrase")
		p.Sees("There is a problem")
		enter(p, "osric.lund@places.example", passphrase)
		p.Sees("My work")

		// A forgotten passphrase.
		documents := map[string]string{}
		q := visitor(t, s)
		q.Goto("/sign-in")
		q.Click("I have forgotten my passphrase, or my invitation has stopped working")
		q.Fill("E-mail address", "osric.lund@places.example")
		q.Click("Send the link")
		q.Sees("Look into your e-mail")
		asGoodAsAny(t, q, documents)
		link := lastLink(admin, "osric.lund@places.example")
		q.Goto(link)
		asGoodAsAny(t, q, documents)
		q.Tolerate("status of 4")
		q.Fill("New passphrase", "short")
		q.Click("Set passphrase and sign in")
		q.Sees("There is a problem")
		asGoodAsAny(t, q, documents)
		q.Within(".nhsuk-password-input").Click("Show passphrase")
		q.Within(".nhsuk-password-input").Click("Hide passphrase")
		q.Fill("New passphrase", "four other words entirely")
		q.Click("Set passphrase and sign in")
		q.Sees("My work")
		p.Reload()
		p.Sees("Sign in", "E-mail address")
		q.Goto(link)
		q.Sees("This link has stopped working")
		asGoodAsAny(t, q, documents)
		e2e.VnuAtEnd(t, documents)

		// Disabled: what is open closes at once.
		admin.Goto("/admin/accounts?find=Osric")
		admin.Click("Osric Lund")
		admin.Click("Disable the account")
		admin.Sees("Disabled")
		q.Goto("/desk/policies")
		q.Sees("E-mail address")
		enter(q, "osric.lund@places.example", "four other words entirely")
		q.Sees("There is a problem")
	})
}

// asGoodAsAny looks at a page that no crawl reaches, and keeps it for the validator.
func asGoodAsAny(t *testing.T, p *e2e.Page, documents map[string]string) {
	t.Helper()
	e2e.Axe(t, p)
	p.Resize(320, 900)
	e2e.NoSidewaysScroll(t, p)
	p.Resize(1280, 900)
	documents[fmt.Sprintf("%s, %s", p.URL(), p.Title())] = "<!DOCTYPE html>" + p.HTML()
}
