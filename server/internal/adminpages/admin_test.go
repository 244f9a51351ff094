package adminpages_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/adminpages"
	"concordat/server/internal/pagetest"
	"concordat/server/internal/stores"
)

type places []adminpages.Place

func (p places) Commissioners(context.Context) ([]adminpages.Place, error) { return p, nil }

type outbox struct{ store *stores.Messages }

func (o outbox) Messages(ctx context.Context, after string, limit int) (out []adminpages.Message, next string, err error) {
	list, next, err := o.store.List(ctx, after, limit)
	for _, m := range list {
		out = append(out, adminpages.Message{To: m.To, Subject: m.Subject, Text: m.Text, Written: m.Written, Sent: m.Sent, Attempts: m.Attempts, Waiting: m.Waiting()})
	}
	return out, next, err
}

// newHouse is the office, with two places.
func newHouse(t *testing.T, demo bool) *pagetest.House {
	t.Helper()
	h := pagetest.New(t)
	h.Site.Demo = demo
	admin := &adminpages.Pages{Site: h.Site, People: h.People, Outbox: outbox{stores.NewMessages(h.Keeper)},
		Commissioners: places{{"c1", "Kestlebury"}, {"c2", "Oxleigh Vale"}}}
	h.Open(admin.Routes()...)
	return h
}

// An administrator invites somebody, gives and takes roles, sends the link again, disables and enables.
func TestAnAccountsLife(t *testing.T) {
	t.Parallel()
	h := newHouse(t, false)
	admin := h.SignIn(accesstest.Join(t, h.People, access.Administrator))
	a := admin.Get("/admin/accounts/new")
	a.Want(http.StatusOK, "Kestlebury", "Policy lead", "All commissioners")
	a = admin.Post("/admin/accounts", a.Form("name", "Ruth Ames", "email", "ruth@example.nhs.uk", "role", "policy lead", "commissioners", "c1", "commissioners", "c2"))
	a.Want(http.StatusOK, "The invitation is on its way", "Ruth Ames", "ruth@example.nhs.uk", "Invited", "Oxleigh Vale", "Send the invitation again")
	path := a.Path
	a = admin.Post(path+"/give", a.Form("role", "secretary", "commissioners", "c1"))
	a.Want(http.StatusOK, "The role is given", "Secretary")
	stale := a
	a = admin.Post(path+"/take", a.Form("role", "policy lead", "commissioner", "c2"))
	a.Want(http.StatusOK, "The role is taken away")
	admin.Post(path+"/take", stale.Form("role", "secretary", "commissioner", "c1")).Want(http.StatusConflict, "Someone else changed this first")
	a = admin.Post(path+"/link", a.Form())
	a.Want(http.StatusOK, "A link is on its way")
	a = admin.Post(path+"/disable", a.Form())
	a.Want(http.StatusOK, "Disabled", "Enable the account")
	admin.Post(path+"/link", a.Form()).Want(http.StatusUnprocessableEntity)
	a = admin.Post(path+"/enable", a.Form())
	a.Want(http.StatusOK, "The account is enabled", "Invited")
	admin.Get("/admin/accounts?find=RU").Want(http.StatusOK, "Ruth Ames", "policy lead, secretary")
	admin.Get("/admin/accounts?find=zz").Want(http.StatusOK, "No name begins with")
}

func TestForms(t *testing.T) {
	t.Parallel()
	h := newHouse(t, false)
	own := accesstest.Join(t, h.People, access.Administrator)
	clinician := accesstest.Join(t, h.People, access.Clinician, "c1")
	admin := h.SignIn(own)
	form := admin.Get("/admin/accounts/new")
	for _, tc := range []struct {
		name   string
		fields []string
		want   []string
	}{
		{"nothing", nil, []string{"Error: Invite somebody", `href="#name"`, `href="#email"`, `href="#role"`, `href="#commissioners"`}},
		{"no commissioner is not all", []string{"name", "Al", "email", "al@example.nhs.uk", "role", "clinician"}, []string{`href="#commissioners"`, `value="al@example.nhs.uk"`, `value="Al"`}},
		{"a commissioner that was not offered", []string{"name", "Al", "email", "al@example.nhs.uk", "role", "clinician", "commissioners", "c9"}, []string{`href="#commissioners"`}},
		{"an address taken", []string{"name", "Al", "email", clinician.Email, "role", "clinician", "commissioners", "all"}, []string{"There is an account with this e-mail address already"}},
		{"an administrator for one place", []string{"name", "Al", "email", "al@example.nhs.uk", "role", "administrator", "commissioners", "c1"}, []string{"is always for all"}},
		{"script", []string{"name", "<script>alert(1)</script>", "email", "<script>", "role", "<script>", "commissioners", "all"}, []string{`href="#email"`, `href="#role"`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			admin.Post("/admin/accounts", form.Form(tc.fields...)).Want(http.StatusUnprocessableEntity, tc.want...)
		})
	}
	path := "/admin/accounts/" + clinician.ID
	a := admin.Get(path)
	admin.Post(path+"/give", a.Form("role", "secretary")).Want(http.StatusUnprocessableEntity, `href="#commissioners"`)
	admin.Post(path+"/take", a.Form("role", "clinician", "commissioner", "c1")).Want(http.StatusUnprocessableEntity, "This is the only role", "Disable the account instead")
	mine := admin.Get("/admin/accounts/" + own.ID)
	mine.Want(http.StatusOK, "This is your own account")
	if strings.Contains(mine.Body, "/disable") {
		t.Error("one's own account can be disabled")
	}
	admin.Post("/admin/accounts/"+own.ID+"/disable", a.Form()).Want(http.StatusUnprocessableEntity, "Ask another administrator")
	admin.Get("/admin/accounts/nobody").Want(http.StatusNotFound)
}

// Every address of administration is closed to everybody else.
func TestOthersAreRefused(t *testing.T) {
	t.Parallel()
	h := newHouse(t, false)
	target := accesstest.Join(t, h.People, access.Auditor)
	for _, role := range access.Roles {
		if role == access.Administrator || role == access.Auditor {
			continue
		}
		p := h.SignIn(accesstest.Join(t, h.People, role))
		form := p.Get("/account").Form()
		for _, r := range new(adminpages.Pages).Routes() {
			path := strings.ReplaceAll(r.Path, ":id", target.ID)
			send := func() pagetest.Answer { return p.Post(path, form) }
			if r.Method == http.MethodGet {
				send = func() pagetest.Answer { return p.Get(path) }
			}
			a := send()
			if a.Status != http.StatusForbidden {
				t.Errorf("%s %s by the %s: status %d, want 403", r.Method, r.Path, role, a.Status)
			}
		}
	}
}

// What messages say is shown in the demonstration only.
func TestOutbox(t *testing.T) {
	t.Parallel()
	for _, demo := range []bool{true, false} {
		h := newHouse(t, demo)
		admin := h.SignIn(accesstest.Join(t, h.People, access.Administrator))
		admin.Get("/admin/outbox").Want(http.StatusOK, "There are no messages")
		a := admin.Get("/admin/accounts/new")
		admin.Post("/admin/accounts", a.Form("name", "Ruth Ames", "email", "ruth@example.nhs.uk", "role", "policy lead", "commissioners", "all")).Want(http.StatusOK)
		a = admin.Get("/admin/outbox")
		a.Want(http.StatusOK, "Your invitation to Concordat", "ruth@example.nhs.uk")
		if shown := strings.Contains(a.Body, `<a href="/invitation/`); shown != demo {
			t.Errorf("demonstration %v: the link is shown: %v", demo, shown)
		}
		if shown := strings.Contains(a.Body, "/invitation/"); shown != demo {
			t.Errorf("demonstration %v: the message is shown: %v", demo, shown)
		}
	}
}
