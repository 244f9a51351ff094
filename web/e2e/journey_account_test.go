package e2e_test

import (
	"testing"
)

// TestAccounts goes from an invitation to a disabled account.
func TestAccounts(t *testing.T) {
	onBothEngines(t, func(t *testing.T, s *service) {
		admin := signedIn(t, s, administrator)
		p := invited(t, s, admin, "Osric Lund", "Clinician", "All commissioners")

		p.Click("Sign out")
		enter(p, "osric.lund@places.example", "not the passphrase")
		p.Sees("There is a problem")
		enter(p, "osric.lund@places.example", passphrase)
		p.Sees("My work")

		// A forgotten passphrase.
		q := visitor(t, s)
		q.Goto("/sign-in")
		q.Click("I have forgotten my passphrase, or my invitation has stopped working")
		q.Fill("E-mail address", "osric.lund@places.example")
		q.Click("Send the link")
		q.Sees("Look into your e-mail")
		link := lastLink(admin, "osric.lund@places.example")
		q.Goto(link)
		q.Fill("New passphrase", "four other words entirely")
		q.Click("Set passphrase and sign in")
		q.Sees("My work")
		p.Reload()
		p.Sees("Sign in", "E-mail address")
		q.Goto(link)
		q.Sees("This link has stopped working")

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
