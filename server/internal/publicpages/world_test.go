package publicpages_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/page"
	"concordat/server/internal/pagetest"
	"concordat/server/internal/public"
	"concordat/server/internal/publicpages"
	"concordat/server/internal/services"
	"concordat/server/internal/stores"
	"concordat/web/view"
)

// world is a whole service over a fresh database, with a clock that the test moves.
type world struct {
	t         testing.TB
	ctx       context.Context
	docs      docstore.Store
	keeper    *stores.Keeper
	review    *review.Service
	decisions *decision.Service
	by        record.Actor
	site      *page.Site
	lib       *public.Library
	handler   http.Handler

	moment *accesstest.Clock
	ids    atomic.Int64
}

func newWorld(t testing.TB) *world {
	t.Helper()
	h := pagetest.New(t)
	w := &world{t: t, ctx: context.Background(), docs: h.Docs, keeper: h.Keeper, review: h.Review, decisions: h.Decisions, site: h.Site, moment: h.Clock}
	w.moveTo(time.Date(2026, 12, 1, 10, 0, 0, 0, time.UTC))
	w.review.NewID, w.decisions.NewID = w.newID, w.newID
	w.by = record.Actor{ID: "lead"}
	for _, r := range access.Roles {
		w.by.Grants = append(w.by.Grants, record.Grant{Role: string(r)})
	}
	w.site.Service, w.site.PublicURL = "NHS treatment policies", "https://policies.example"
	w.lib = w.library()
	w.handler = w.serve(w.lib)
	return w
}

// library is one server's library over the world's database.
func (w *world) library() *public.Library {
	return public.New(public.Sources{Publications: w.review.Publications, Policies: w.review.Policies, Commissioners: w.review.Commissioners,
		Registers: w.review.Registers, Locals: w.review.Locals, Decisions: w.decisions.Decisions, Events: w.keeper, Counter: w.docs, Renderer: services.Renderer{}},
		public.Site{Frame: w.site.PublicFrame, Render: func(p view.Page) ([]byte, error) { return w.site.Views.Render(p) },
			PublicURL: w.site.PublicURL, Name: w.site.Service, Build: "test", Headers: http.Header{"X-Content-Type-Options": {"nosniff"}},
			Now: w.clock, Log: w.site.Log})
}

func (w *world) serve(lib *public.Library) http.Handler {
	engine := gin.New()
	pages := &publicpages.Pages{Site: w.site, Library: lib, Files: w.review.Files}
	w.site.Mount(engine, pages.Routes(), func(*gin.Context, page.Route) error { return nil })
	engine.NoRoute(func(c *gin.Context) { w.site.Fail(c, record.ErrNotFound) })
	return lib.Front(engine)
}

func (w *world) clock() time.Time { return w.moment.Now() }

func (w *world) moveTo(t time.Time) { w.moment.Move(t.Sub(w.moment.Now())) }

func (w *world) newID() string { return fmt.Sprintf("ID%04d", w.ids.Add(1)) }

func (w *world) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// area makes a commissioner.
func (w *world) area(short string) *review.Commissioner {
	w.t.Helper()
	c, err := w.review.AddCommissioner(w.ctx, w.by, review.Commissioner{Name: "NHS " + short, Short: short, Start: record.Day(2013, 4, 1),
		IFR: review.IFR{Email: "ifr@" + review.Slug(short) + ".example", Text: "Ask your GP about " + short + "."}})
	w.ok(err)
	return c
}

// draft is what a policy is made of in these tests.
type draft struct {
	reference, title string
	names            []string
	specialty        string
	interventions    []review.Intervention
	review           record.Date
	supersedes       []string
	criteria         string
	summary          string
	areas            []*review.Commissioner
}

const criteria = `The patient meets **one or more** of these:

- reduced sensation that is always present
- wasting of the thenar muscles

Symptoms that disturb sleep 4 months after they were first recorded.`

// carpal is the policy of most tests.
func carpal(areas ...*review.Commissioner) draft {
	return draft{reference: "CP-017", title: "Carpal tunnel surgery", names: []string{"CTS", "median nerve decompression"}, specialty: "Hands and wrists",
		interventions: []review.Intervention{{Name: "Carpal tunnel release", Indication: "carpal tunnel syndrome", Position: review.Restricted,
			Criteria: review.CriteriaKey, Codes: review.Codes{OPCS4: []string{"A65.1"}, ICD10: []string{"G56.0"}}}},
		review: record.Day(2030, 1, 1), criteria: criteria, summary: "Pressure on a **nerve** in the wrist.", areas: areas}
}

func (w *world) content(d draft, text string) []review.Section {
	return []review.Section{
		{Key: review.PositionKey, Markdown: "Release is funded for patients who meet the criteria. " + text},
		{Key: review.SummaryKey, Markdown: d.summary},
		{Key: review.CriteriaKey, Markdown: d.criteria},
		{Key: review.InsteadKey, Markdown: "Offer a splint and look again after 3 months."},
		{Key: review.ExceptionsKey, Markdown: review.StandardExceptions},
		{Key: review.ReasonsKey, Markdown: "It works."},
		{Key: review.ConditionKey, Markdown: "Common."},
		{Key: review.EvidenceKey, Markdown: "11 studies."},
	}
}

// create makes a policy with a text.
func (w *world) create(d draft) *review.Policy {
	w.t.Helper()
	var ids []string
	for _, a := range d.areas {
		ids = append(ids, a.ID)
	}
	p, err := w.review.Create(w.ctx, w.by, review.NewPolicy{Reference: d.reference, Title: d.title, Kind: "clinical", Programme: "P1", Commissioners: ids, Lead: "lead"})
	w.ok(err)
	c := p.Content
	c.Title, c.OtherNames, c.Specialty, c.Interventions, c.Review, c.Supersedes = d.title, d.names, d.specialty, d.interventions, d.review, d.supersedes
	p, err = w.review.SaveDetails(w.ctx, w.edit(p.ID, p.Revision), c)
	w.ok(err)
	return w.write(p, d, "")
}

func (w *world) write(p *review.Policy, d draft, text string) *review.Policy {
	w.t.Helper()
	p, _, err := w.review.SaveText(w.ctx, w.edit(p.ID, p.Revision), p.Saves, w.content(d, text))
	w.ok(err)
	return p
}

func (w *world) edit(id string, revision int64) record.Edit {
	return record.Edit{By: w.by, ID: id, Revision: revision, Reason: "because"}
}

func (w *world) policy(id string) *review.Policy {
	w.t.Helper()
	p, err := w.review.Policies.Load(w.ctx, id)
	w.ok(err)
	return p
}

// issue makes a final version.
func (w *world) issue(id string) *review.Version {
	w.t.Helper()
	p := w.policy(id)
	v, err := w.review.Issue(w.ctx, w.edit(id, p.Revision), "First issue", true)
	w.ok(err)
	return v
}

// decide records what a meeting of some areas decided on a version.
func (w *world) decide(v *review.Version, said decision.Said, areas ...*review.Commissioner) {
	w.t.Helper()
	if said.DueRegard == "" {
		said.DueRegard = "considered"
	}
	said.Minute, said.Reason = "M1", "reasons"
	if said.Outcome.Adopts() && said.Rule == "" {
		said.Rule = decision.Referred
	}
	var ids []string
	for _, a := range areas {
		ids = append(ids, a.ID)
	}
	m, err := w.decisions.Plan(w.ctx, w.by, decision.Details{Title: "Meeting " + w.newID(), Body: "Committee", Commissioners: ids, Date: record.DateOf(w.clock())})
	w.ok(err)
	m, err = w.decisions.AddItems(w.ctx, w.edit(m.ID, m.Revision), []decision.Paper{{Policy: v.Policy, Version: v.Number.String()}})
	w.ok(err)
	m, err = w.decisions.Attend(w.ctx, w.edit(m.ID, m.Revision), []decision.Member{{Name: "Member", Role: "Chair", Present: true}})
	w.ok(err)
	var entries []decision.Entry
	for _, a := range areas {
		e := decision.Entry{Policy: v.Policy, Version: v.Number.String(), Commissioner: a.ID, Said: said}
		d, err := w.decisions.Decisions.Load(w.ctx, decision.ID(v.Policy, v.Number.String(), a.ID))
		if err == nil {
			e.Revision = d.Revision
		}
		entries = append(entries, e)
	}
	_, err = w.decisions.Record(w.ctx, w.edit(m.ID, m.Revision), entries)
	w.ok(err)
}

func adoptFrom(d record.Date) decision.Said {
	return decision.Said{Outcome: decision.Adopt, Effective: d}
}

// publish puts a version before the public.
func (w *world) publish(v *review.Version, from time.Time) {
	w.t.Helper()
	p := w.policy(v.Policy)
	_, err := w.review.Publish(w.ctx, w.edit(p.ID, p.Revision), v.Number, from)
	w.ok(err)
}

// local is an area's own policy, which somebody has compared with its original.
func (w *world) local(p *review.Policy, a *review.Commissioner, year int, text string) *review.LocalPolicy {
	w.t.Helper()
	in := review.LocalInput{Policy: p.ID, Commissioner: a.ID, Title: a.Short + " carpal tunnel policy", Effective: record.Day(year, 4, 1),
		Position: review.PriorApproval, Markdown: text}
	l, err := w.review.AddLocal(w.ctx, w.by, in)
	w.ok(err)
	l, err = w.review.EditLocal(w.ctx, w.edit(l.ID, l.Revision), in)
	w.ok(err)
	return l
}

// answer is what a request got.
type answer struct {
	*httptest.ResponseRecorder
	text string // the body
}

// get asks for an address; area is the remembered one, "" for none.
func (w *world) get(path, area string) answer {
	w.t.Helper()
	return w.ask(w.handler, w.lib, path, area, nil)
}

func (w *world) ask(h http.Handler, lib *public.Library, path, area string, header http.Header) answer {
	w.t.Helper()
	if lib != nil {
		w.ok(lib.Refresh(w.ctx))
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for k, v := range header {
		r.Header[k] = v
	}
	if area != "" {
		r.AddCookie(&http.Cookie{Name: public.AreaCookie, Value: area})
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, r)
	return answer{rec, rec.Body.String()}
}

// has fails unless the page has each of the texts, white space apart.
func (a answer) has(t testing.TB, texts ...string) {
	t.Helper()
	if a.Code != http.StatusOK {
		t.Errorf("status %d", a.Code)
	}
	page := squeeze(a.text)
	for _, x := range texts {
		if !strings.Contains(page, squeeze(x)) {
			t.Errorf("the page lacks %q", x)
		}
	}
}

func (a answer) lacks(t testing.TB, texts ...string) {
	t.Helper()
	page := squeeze(a.text)
	for _, x := range texts {
		if strings.Contains(page, squeeze(x)) {
			t.Errorf("the page has %q", x)
		}
	}
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// card is the answer at the top of a policy's page.
func (a answer) card() answer {
	_, rest, _ := strings.Cut(a.text, `<section class="app-answer"`)
	card, _, _ := strings.Cut(rest, "</section>")
	return answer{a.ResponseRecorder, card}
}

// row is an area's line of the table.
func (a answer) row(area string) answer {
	for part := range strings.SplitSeq(a.text, "<tr ") {
		if strings.Contains(part, `scope="row">`+area) {
			return answer{a.ResponseRecorder, part}
		}
	}
	return answer{a.ResponseRecorder, ""}
}

// discard reads a body to its end and tells its length.
func discard(resp *http.Response) (int, error) {
	n, err := io.Copy(io.Discard, resp.Body)
	return int(n), err
}
