package decisionpages_test

import (
	"context"
	"log/slog"
	"net/http"
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
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/decisionpages"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/homepages"
	"concordat/server/internal/page"
	"concordat/server/internal/stores"
	"concordat/server/internal/wire"
	"concordat/web/view/viewtest"
)

// house is the service over an empty embedded store, with three places, a programme and a policy for decision.
type house struct {
	t          *testing.T
	engine     *gin.Engine
	now        time.Time
	reviews    *review.Service
	decisions  *decision.Service
	programmes *programme.Service
	policy     *review.Policy
	programme  *programme.Programme
	places     []string
}

func grants(roles ...access.Role) (out []record.Grant) {
	for _, r := range roles {
		out = append(out, record.Grant{Role: string(r)})
	}
	return out
}

// people are who may send a request, by the header "X-Who".
func (h *house) people() map[string]record.Actor {
	return map[string]record.Actor{
		"all":      {ID: "all", Grants: grants(access.Administrator, access.PolicyLead, access.Secretary)},
		"contact":  {ID: "contact", Grants: []record.Grant{{Role: string(access.Contact), Commissioner: h.places[0]}}},
		"approver": {ID: "approver", Grants: grants(access.Approver)},
		"auditor":  {ID: "auditor", Grants: grants(access.Auditor)},
		"first":    {ID: "first", Grants: []record.Grant{{Role: string(access.Secretary), Commissioner: h.places[0]}}},
	}
}

func newHouse(t *testing.T) *house {
	t.Helper()
	gin.SetMode(gin.TestMode)
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	must(t, err)
	t.Cleanup(func() { _ = docs.Close(ctx) })
	k, err := stores.Open(ctx, docs)
	must(t, err)
	h := &house{t: t, now: time.Date(2027, 3, 18, 15, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return h.now }
	h.reviews = &review.Service{Policies: stores.Policies{Keeper: k}, Commissioners: stores.Commissioners{Keeper: k}, Locals: stores.Locals{Keeper: k},
		Registers: stores.Registers{Keeper: k}, Publications: stores.Publications{Keeper: k}, Drafts: stores.Drafts{Keeper: k},
		Files: stores.Files{Keeper: k, Now: clock}, Renderer: wire.Renderer{}, Now: clock, EffectStores: stores.NewEffectStores(k), NewID: stores.NewID}
	h.decisions = &decision.Service{Meetings: stores.NewMeetings(k), Decisions: stores.NewDecisions(k), Register: wire.Register{Reviews: h.reviews}, Notices: stores.NewNotices(k), Now: clock, NewID: stores.NewID}
	h.programmes = &programme.Service{Programmes: stores.NewProgrammes(k), Commitments: stores.NewCommitments(k), Now: clock, NewID: stores.NewID}
	h.reviews.Promises, h.decisions.Promises = h.programmes, h.programmes
	h.fill()
	h.mount()
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) fill() {
	ctx, all := h.t.Context(), record.Actor{ID: "all", Grants: grants(access.Administrator, access.PolicyLead, access.Secretary)}
	for _, name := range []string{"Aldermoss", "Brindlewick", "Carrowmead"} {
		c, err := h.reviews.AddCommissioner(ctx, all, review.Commissioner{Name: "NHS " + name, Short: name, Start: record.Day(2013, 4, 1)})
		must(h.t, err)
		h.places = append(h.places, c.ID)
	}
	var err error
	h.programme, err = h.programmes.Create(ctx, all, programme.Details{Name: "Three places", Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31), Commissioners: h.places})
	must(h.t, err)
	h.policy, err = h.reviews.Create(ctx, all, review.NewPolicy{Reference: "CP-041", Title: "Tonsillectomy", Kind: "generic", Programme: h.programme.ID, Commissioners: h.places, Lead: "all"})
	must(h.t, err)
	sections := h.policy.Sections
	for i := range sections {
		sections[i].Markdown = "This section says what it must, in plain words.\n\nA clinician can make an individual funding request for an exceptional case."
	}
	p, _, err := h.reviews.SaveText(ctx, record.Edit{By: all, ID: h.policy.ID, Revision: h.policy.Revision}, h.policy.Saves, sections)
	must(h.t, err)
	content := p.Content
	content.Effective, content.Review = record.Day(2027, 4, 1), record.Day(2029, 4, 1)
	p, err = h.reviews.SaveDetails(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, content)
	must(h.t, err)
	_, err = h.reviews.Issue(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, "For decision", true)
	must(h.t, err)
}

func (h *house) mount() {
	site := &page.Site{Views: viewtest.Set(h.t), Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return h.now }, Service: "Policies"}
	name := func(_ context.Context, account string) string { return "Name of " + account }
	h.engine = gin.New()
	h.engine.Use(func(c *gin.Context) {
		if who := c.GetHeader("X-Who"); who != "" {
			page.SetVisitor(c, page.Visitor{Account: who, Name: who, Actor: h.people()[who], Token: "t"})
		}
	})
	routes := (&decisionpages.Pages{Site: site, Decisions: h.decisions, Policies: h.reviews, Acts: h.reviews, Name: name}).Routes()
	routes = append(routes, (&homepages.Pages{Site: site, Programmes: h.programmes, Decisions: h.decisions, Policies: h.reviews, Name: name}).Routes()...)
	site.Mount(h.engine, routes, func(*gin.Context, page.Route) error { return nil })
}

// answer is what came back.
type answer struct {
	status         int
	body, location string
}

func (h *house) get(who, path string) answer { return h.send(who, http.MethodGet, path, nil) }

func (h *house) post(who, path string, form url.Values) answer {
	return h.send(who, http.MethodPost, path, form)
}

func (h *house) send(who, method, path string, form url.Values) answer {
	h.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Who", who)
	w := httptest.NewRecorder()
	h.engine.ServeHTTP(w, r)
	if w.Code >= 500 {
		h.t.Fatalf("%s %s by %s: %d", method, path, who, w.Code)
	}
	return answer{w.Code, w.Body.String(), w.Header().Get("Location")}
}

func (a answer) has(t *testing.T, what string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s (status %d) lacks %q", what, a.status, w)
		}
	}
	duplicates(t, what, a.body)
}

var ids = regexp.MustCompile(` id="([^"]*)"`)

// duplicates fails when two elements of a page share an id.
func duplicates(t *testing.T, what, body string) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("%s: two elements have the id %q", what, m[1])
		}
		seen[m[1]] = true
	}
}

var inputs = regexp.MustCompile(`<input[^>]*name="([^"]+)"[^>]*type="hidden"[^>]*value="([^"]*)"|<input type="hidden" name="([^"]+)" value="([^"]*)"`)

// hidden are the hidden fields of a page.
func (a answer) hidden() url.Values {
	out := url.Values{}
	for _, m := range inputs.FindAllStringSubmatch(a.body, -1) {
		out.Set(m[3], m[4])
	}
	return out
}

func date(form url.Values, name string, d record.Date) {
	y, m, day := d.Parts()
	form.Set(name+"-day", strconv.Itoa(day))
	form.Set(name+"-month", strconv.Itoa(m))
	form.Set(name+"-year", strconv.Itoa(y))
}
