package reviewpages_test

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/page"
	"concordat/server/internal/reviewpages"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
	"concordat/server/internal/wire"
	"concordat/web"
	"concordat/web/view/viewtest"
)

// house is the desk over an embedded database, with two places and one programme.
type house struct {
	t          *testing.T
	review     *review.Service
	decisions  *decision.Service
	programmes *programme.Service
	people     *access.Service
	server     *httptest.Server
	clock      *accesstest.Clock
	programme  string
	places     []string
	failures   *bytes.Buffer
}

func newHouse(t *testing.T) *house {
	t.Helper()
	gin.SetMode(gin.TestMode)
	ctx := t.Context()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = docs.Close(context.Background()) })
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, clock: accesstest.NewClock(), failures: new(bytes.Buffer)}
	accounts := stores.NewAccounts(keeper)
	h.people = accesstest.NewService(accounts, accounts, h.clock)
	h.review = &review.Service{Policies: stores.Policies{Keeper: keeper}, Commissioners: stores.Commissioners{Keeper: keeper}, Locals: stores.Locals{Keeper: keeper}, Harmonies: stores.Harmonies{Keeper: keeper},
		Registers: stores.Registers{Keeper: keeper}, Publications: stores.Publications{Keeper: keeper}, Drafts: stores.Drafts{Keeper: keeper},
		Files: stores.Files{Keeper: keeper, Now: h.clock.Now}, Renderer: wire.Renderer{}, EffectStores: stores.NewEffectStores(keeper), Now: h.clock.Now, NewID: stores.NewID}
	h.decisions = &decision.Service{Meetings: stores.NewMeetings(keeper), Decisions: stores.NewDecisions(keeper), Register: wire.Register{Reviews: h.review}, Now: h.clock.Now, NewID: stores.NewID}
	programmes := &programme.Service{Programmes: stores.NewProgrammes(keeper), Commitments: stores.NewCommitments(keeper), Now: h.clock.Now, NewID: stores.NewID}
	h.review.Promises, h.programmes = programmes, programmes
	h.review.Adopters = wire.Adopters{Decisions: h.decisions.Decisions}
	h.join("Kestlebury", "Oxleigh Vale")
	site := &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.NewJSONHandler(h.failures, nil)), Now: h.clock.Now, Service: "Policies"}
	sessions := &session.Sessions{Store: stores.NewSessions(keeper), People: h.people, Now: h.clock.Now}
	own := &session.Pages{Site: site, People: h.people, Sessions: sessions}
	pages := &reviewpages.Pages{Site: site, Review: h.review, Programmes: programmes, Decisions: h.decisions, Events: keeper, Name: h.name,
		Leads: func(context.Context) ([]reviewpages.Person, error) {
			return []reviewpages.Person{{ID: "other", Name: "Tom Reeve"}}, nil
		},
		Word: func(w io.Writer, d reviewpages.Document) error {
			_, err := io.WriteString(w, "PK "+d.Title)
			return err
		}}
	engine := gin.New()
	engine.Use(func(c *gin.Context) { session.Headers(c.Writer.Header(), false) }, sessions.Visitors(site))
	site.Mount(engine, own.Routes(), own.Guard)
	site.Mount(engine, pages.Routes(), own.Guard)
	assets, err := web.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	engine.NoRoute(func(c *gin.Context) {
		if f, ok := assets.Lookup(c.Request.URL.Path); ok {
			c.Data(http.StatusOK, f.ContentType, f.Bytes)
		}
	})
	h.server = httptest.NewServer(engine)
	t.Cleanup(func() {
		h.server.Close()
		if strings.Contains(h.failures.String(), "request failed") {
			t.Errorf("something failed by our fault:\n%s", h.failures)
		}
	})
	return h
}

func (h *house) name(ctx context.Context, id string) string {
	if a, err := h.people.Account(ctx, accesstest.Actor(access.Administrator), id); err == nil {
		return a.Name
	}
	return id
}

// join adds places, and a programme of all places in which policies are begun from then on.
func (h *house) join(names ...string) {
	h.t.Helper()
	ctx, by := h.t.Context(), accesstest.Actor(access.Administrator)
	for _, name := range names {
		c, err := h.review.AddCommissioner(ctx, by, review.Commissioner{Name: "NHS " + name, Short: name, Start: record.Day(2013, 4, 1)})
		if err != nil {
			h.t.Fatal(err)
		}
		h.places = append(h.places, c.ID)
	}
	x, err := h.programmes.Create(ctx, by, programme.Details{Name: fmt.Sprintf("The %d places", len(h.places)), Start: record.Day(2026, 1, 1), End: record.Day(2027, 1, 1), Commissioners: h.places})
	if err != nil {
		h.t.Fatal(err)
	}
	h.programme = x.ID
}

// person is somebody who is signed in, with a browser.
type person struct {
	t      *testing.T
	client *http.Client
	base   string
	id     string
}

type answer struct {
	t          *testing.T
	status     int
	path, body string
	header     http.Header
}

func (h *house) signedIn(name string, role access.Role, places ...string) *person {
	h.t.Helper()
	a := accesstest.Named(h.t, h.people, name, role, places...)
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	p := &person{h.t, &http.Client{Jar: jar, Timeout: time.Minute}, h.server.URL, a.ID}
	p.post("/sign-in", url.Values{"email": {a.Email}, "passphrase": {accesstest.Passphrase}, "next": {"/account"}}).want(http.StatusOK, a.Email)
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

// send posts a form with a file.
func (p *person) send(path string, form url.Values, name string, data []byte) answer {
	p.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, list := range form {
		for _, v := range list {
			_ = w.WriteField(k, v)
		}
	}
	if name != "" {
		f, err := w.CreateFormFile("file", name)
		if err != nil {
			p.t.Fatal(err)
		}
		_, _ = f.Write(data)
	}
	_ = w.Close()
	r, err := p.client.Post(p.base+path, w.FormDataContentType(), &b)
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
	return answer{p.t, r.StatusCode, r.Request.URL.RequestURI(), string(body), r.Header}
}

func (a answer) text() string { return html.UnescapeString(a.body) }

func (a answer) want(status int, words ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Errorf("%s: status %d, want %d\n%s", a.path, a.status, status, a.main())
	}
	for _, w := range words {
		if !strings.Contains(a.text(), w) {
			a.t.Errorf("%s lacks %q\n%s", a.path, w, a.main())
		}
	}
	return a
}

func (a answer) lacks(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(a.text(), w) {
			a.t.Errorf("%s has %q\n%s", a.path, w, a.main())
		}
	}
	return a
}

// safe fails when something typed became markup.
func (a answer) safe() answer {
	a.t.Helper()
	for _, w := range []string{"<script>alert", "<img src=x"} {
		if strings.Contains(a.body, w) {
			a.t.Errorf("%s has %q", a.path, w)
		}
	}
	return a
}

func (a answer) main() string {
	if i := strings.Index(a.body, "<main"); i >= 0 {
		return a.body[i:]
	}
	return a.body
}

var (
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	textField   = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>`)
	inputField  = regexp.MustCompile(`<input class="nhsuk-input[^"]*" id="[^"]*" name="([^"]+)" type="[^"]*"[^>]*? value="([^"]*)"`)
)

// form is what a browser would send of all the page's boxes, changed by the given fields.
func (a answer) form(fields ...string) url.Values {
	v := url.Values{}
	for _, pattern := range []*regexp.Regexp{hiddenField, textField, inputField} {
		for _, m := range pattern.FindAllStringSubmatch(a.body, -1) {
			v.Set(m[1], strings.ReplaceAll(html.UnescapeString(m[2]), "\n", "\r\n"))
		}
	}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return v
}

// begun is a policy that the person has just begun.
func (h *house) begun(p *person) string {
	h.t.Helper()
	a := p.get("/desk/policies/new").want(http.StatusOK, "Clinical commissioning policy", fmt.Sprintf("The %d places", len(h.places)))
	n := strconv.Itoa(int(time.Now().UnixNano() % 1e9))
	a = p.post("/desk/policies/new", a.form("title", "Tonsillectomy "+n, "reference", "CP-"+n, "kind", "clinical", "programme", h.programme))
	a.want(http.StatusOK, "The policy is begun", "Commissioning position", "Drafting")
	return a.path
}
