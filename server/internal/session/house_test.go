package session_test

import (
	"bytes"
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
	"sync"
	"testing"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/page"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
	"concordat/web/view/viewtest"
)

// house is a running service with the pages of this package and two more that tests send forms to.
type house struct {
	clock    *accesstest.Clock
	people   *access.Service
	messages *stores.Messages
	server   *httptest.Server
	log      *logged
	posted   url.Values // what the draft page got last
}

type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newHouse(t *testing.T) *house {
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
	h := &house{clock: accesstest.NewClock(), log: new(logged), messages: stores.NewMessages(keeper)}
	accounts := stores.NewAccounts(keeper)
	h.people = accesstest.NewService(accounts, accounts, h.clock)
	site := &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.NewJSONHandler(h.log, nil)), Now: h.clock.Now, Service: "Policies"}
	sessions := &session.Sessions{Store: stores.NewSessions(keeper), People: h.people, Now: h.clock.Now}
	handler, err := session.Protect(h.engine(site, sessions), false, "")
	if err != nil {
		t.Fatal(err)
	}
	h.server = httptest.NewServer(handler)
	t.Cleanup(h.server.Close)
	return h
}

func (h *house) engine(site *page.Site, sessions *session.Sessions) *gin.Engine {
	engine := gin.New()
	engine.Use(session.Log(site.Log), session.Recover(site), new(session.Floods).Middleware(site), sessions.Visitors(site))
	pages := &session.Pages{Site: site, People: h.people, Sessions: sessions}
	site.Mount(engine, pages.Routes(), pages.Guard)
	text := func(words string) page.Handler {
		return func(*gin.Context) (page.Result, error) { return page.Result{JSON: words}, nil }
	}
	site.Mount(engine, []page.Route{
		{Method: http.MethodGet, Path: "/desk", Action: access.AccountOwn, Handler: text("the desk")},
		{Method: http.MethodGet, Path: "/admin", Action: access.AccountManage, Handler: text("the office")},
		{Method: http.MethodGet, Path: "/panic", Handler: func(*gin.Context) (page.Result, error) { panic("cupboard") }},
		{Method: http.MethodPost, Path: "/draft", Action: access.PolicyEdit, Handler: func(c *gin.Context) (page.Result, error) {
			h.posted = c.Request.PostForm
			return page.Result{SeeOther: "/desk", Flash: "Saved"}, nil
		}},
	}, pages.Guard)
	return engine
}

// person is somebody with a browser.
type person struct {
	t      *testing.T
	client *http.Client
	base   string
}

func (h *house) person(t *testing.T) *person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &person{t: t, client: &http.Client{Jar: jar}, base: h.server.URL}
}

// answer is a page that came back, at the end of redirects.
type answer struct {
	status int
	path   string
	body   string
	header http.Header
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
	return answer{r.StatusCode, r.Request.URL.RequestURI(), string(body), r.Header}
}

func (p *person) signIn(email, passphrase string) answer {
	p.t.Helper()
	return p.post("/sign-in", url.Values{"email": {email}, "passphrase": {passphrase}})
}

var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)

// form is the hidden fields of the page's forms, as a browser would send them.
func (a answer) form() url.Values {
	v := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(a.body, -1) {
		v.Set(m[1], html.UnescapeString(m[2]))
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

func edit(by record.Actor, a *access.Account) record.Edit {
	return record.Edit{By: by, ID: a.ID, Revision: a.Revision}
}
