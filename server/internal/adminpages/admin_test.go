package adminpages_test

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/adminpages"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/page"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
	"concordat/web/view/viewtest"
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

type house struct {
	people *access.Service
	server *httptest.Server
}

func newHouse(t *testing.T, demo bool) house {
	t.Helper()
	gin.SetMode(gin.TestMode)
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = docs.Close(ctx) })
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	clock, accounts := accesstest.NewClock(), stores.NewAccounts(keeper)
	people := accesstest.NewService(accounts, accounts, clock)
	site := &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.DiscardHandler), Now: clock.Now, Service: "Policies", Demo: demo}
	sessions := &session.Sessions{Store: stores.NewSessions(keeper), People: people, Now: clock.Now}
	own := &session.Pages{Site: site, People: people, Sessions: sessions}
	admin := &adminpages.Pages{Site: site, People: people, Outbox: outbox{stores.NewMessages(keeper)},
		Commissioners: places{{"c1", "Kestlebury"}, {"c2", "Oxleigh Vale"}}}
	engine := gin.New()
	engine.Use(sessions.Visitors(site))
	site.Mount(engine, own.Routes(), own.Guard)
	site.Mount(engine, admin.Routes(), own.Guard)
	server := httptest.NewServer(engine)
	t.Cleanup(server.Close)
	return house{people, server}
}

type person struct {
	t      *testing.T
	client *http.Client
	base   string
}

type answer struct {
	status     int
	path, body string
}

func (h house) signedIn(t *testing.T, a *access.Account) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &person{t, &http.Client{Jar: jar}, h.server.URL}
	p.post("/sign-in", url.Values{"email": {a.Email}, "passphrase": {accesstest.Passphrase}, "next": {"/account"}}).want(t, http.StatusOK, a.Email)
	return p
}

func (p *person) get(path string) answer {
	p.t.Helper()
	r, err := p.client.Get(p.base + path)
	return p.read(r, err)
}

func (p *person) post(path string, form url.Values) answer {
	p.t.Helper()
	r, err := p.client.PostForm(p.base+path, form)
	return p.read(r, err)
}

func (p *person) read(r *http.Response, err error) answer {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{r.StatusCode, r.Request.URL.RequestURI(), html.UnescapeString(string(body))}
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="(token|revision)" value="([^"]*)">`)

// form is what every form of the page carries, with further fields.
func (a answer) form(fields ...string) url.Values {
	v := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(a.body, -1) {
		v.Set(m[1], m[2])
	}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Add(fields[i], fields[i+1])
	}
	return v
}

func (a answer) want(t *testing.T, status int, words ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d, want %d\n%s", a.path, a.status, status, a.body)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s lacks %q\n%s", a.path, w, a.body)
		}
	}
}

// An administrator invites somebody, gives and takes roles, sends the link again, disables and enables.
func TestAnAccountsLife(t *testing.T) {
	h := newHouse(t, false)
	admin := h.signedIn(t, accesstest.Join(t, h.people, access.Administrator))
	a := admin.get("/admin/accounts/new")
	a.want(t, http.StatusOK, "Kestlebury", "Policy lead", "All commissioners")
	a = admin.post("/admin/accounts", a.form("name", "Ruth Ames", "email", "ruth@example.nhs.uk", "role", "policy lead", "commissioners", "c1", "commissioners", "c2"))
	a.want(t, http.StatusOK, "The invitation is on its way", "Ruth Ames", "ruth@example.nhs.uk", "Invited", "Oxleigh Vale", "Send the invitation again")
	path := a.path
	a = admin.post(path+"/give", a.form("role", "secretary", "commissioners", "c1"))
	a.want(t, http.StatusOK, "The role is given", "Secretary")
	stale := a
	a = admin.post(path+"/take", a.form("role", "policy lead", "commissioner", "c2"))
	a.want(t, http.StatusOK, "The role is taken away")
	admin.post(path+"/take", stale.form("role", "secretary", "commissioner", "c1")).want(t, http.StatusConflict, "Someone else changed this first")
	a = admin.post(path+"/link", a.form())
	a.want(t, http.StatusOK, "A link is on its way")
	a = admin.post(path+"/disable", a.form())
	a.want(t, http.StatusOK, "Disabled", "Enable the account")
	admin.post(path+"/link", a.form()).want(t, http.StatusUnprocessableEntity)
	a = admin.post(path+"/enable", a.form())
	a.want(t, http.StatusOK, "The account is enabled", "Invited")
	admin.get("/admin/accounts?find=RU").want(t, http.StatusOK, "Ruth Ames", "policy lead, secretary")
	admin.get("/admin/accounts?find=zz").want(t, http.StatusOK, "No name begins with")
}

func TestForms(t *testing.T) {
	h := newHouse(t, false)
	own := accesstest.Join(t, h.people, access.Administrator)
	clinician := accesstest.Join(t, h.people, access.Clinician, "c1")
	admin := h.signedIn(t, own)
	form := admin.get("/admin/accounts/new")
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
			admin.post("/admin/accounts", form.form(tc.fields...)).want(t, http.StatusUnprocessableEntity, tc.want...)
		})
	}
	path := "/admin/accounts/" + clinician.ID
	a := admin.get(path)
	admin.post(path+"/give", a.form("role", "secretary")).want(t, http.StatusUnprocessableEntity, `href="#commissioners"`)
	admin.post(path+"/take", a.form("role", "clinician", "commissioner", "c1")).want(t, http.StatusUnprocessableEntity, "This is the only role", "Disable the account instead")
	mine := admin.get("/admin/accounts/" + own.ID)
	mine.want(t, http.StatusOK, "This is your own account")
	if strings.Contains(mine.body, "/disable") {
		t.Error("one's own account can be disabled")
	}
	admin.post("/admin/accounts/"+own.ID+"/disable", a.form()).want(t, http.StatusUnprocessableEntity, "Ask another administrator")
	admin.get("/admin/accounts/nobody").want(t, http.StatusNotFound)
}

// Every address of administration is closed to everybody else.
func TestOthersAreRefused(t *testing.T) {
	h := newHouse(t, false)
	target := accesstest.Join(t, h.people, access.Auditor)
	for _, role := range access.Roles {
		if role == access.Administrator || role == access.Auditor {
			continue
		}
		p := h.signedIn(t, accesstest.Join(t, h.people, role))
		form := p.get("/account").form()
		for _, r := range new(adminpages.Pages).Routes() {
			path := strings.ReplaceAll(r.Path, ":id", target.ID)
			send := func() answer { return p.post(path, form) }
			if r.Method == http.MethodGet {
				send = func() answer { return p.get(path) }
			}
			a := send()
			if a.status != http.StatusForbidden {
				t.Errorf("%s %s by the %s: status %d, want 403", r.Method, r.Path, role, a.status)
			}
		}
	}
}

// What messages say is shown in the demonstration only.
func TestOutbox(t *testing.T) {
	for _, demo := range []bool{true, false} {
		h := newHouse(t, demo)
		admin := h.signedIn(t, accesstest.Join(t, h.people, access.Administrator))
		admin.get("/admin/outbox").want(t, http.StatusOK, "There are no messages")
		a := admin.get("/admin/accounts/new")
		admin.post("/admin/accounts", a.form("name", "Ruth Ames", "email", "ruth@example.nhs.uk", "role", "policy lead", "commissioners", "all")).want(t, http.StatusOK)
		a = admin.get("/admin/outbox")
		a.want(t, http.StatusOK, "Your invitation to Concordat", "ruth@example.nhs.uk")
		if shown := strings.Contains(a.body, `<a href="/invitation/`); shown != demo {
			t.Errorf("demonstration %v: the link is shown: %v", demo, shown)
		}
		if shown := strings.Contains(a.body, "/invitation/"); shown != demo {
			t.Errorf("demonstration %v: the message is shown: %v", demo, shown)
		}
	}
}
