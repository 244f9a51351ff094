package decisionpages_test

import (
	"context"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/decisionpages"
	"concordat/server/internal/homepages"
	"concordat/server/internal/page"
	"concordat/server/internal/pagetest"
)

// house is the service over an empty embedded store, with three places, a programme and a policy for decision.
type house struct {
	*pagetest.House
	browsers  map[string]*pagetest.Person
	policy    *review.Policy
	programme *programme.Programme
	places    []string
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
	h := &house{House: pagetest.New(t), browsers: map[string]*pagetest.Person{}}
	h.moveTo(time.Date(2027, 3, 18, 15, 0, 0, 0, time.UTC))
	h.fill()
	h.open()
	return h
}

// moveTo sets the clock.
func (h *house) moveTo(now time.Time) { h.Clock.Move(now.Sub(h.Clock.Now())) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) fill() {
	ctx, all := h.T.Context(), record.Actor{ID: "all", Grants: grants(access.Administrator, access.PolicyLead, access.Secretary)}
	for _, name := range []string{"Aldermoss", "Brindlewick", "Carrowmead"} {
		c, err := h.Review.AddCommissioner(ctx, all, review.Commissioner{Name: "NHS " + name, Short: name, Start: record.Day(2013, 4, 1)})
		must(h.T, err)
		h.places = append(h.places, c.ID)
	}
	var err error
	h.programme, err = h.Programmes.Create(ctx, all, programme.Details{Name: "Three places", Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31), Commissioners: h.places})
	must(h.T, err)
	h.policy, err = h.Review.Create(ctx, all, review.NewPolicy{Reference: "CP-041", Title: "Tonsillectomy", Kind: "generic", Programme: h.programme.ID, Commissioners: h.places, Lead: "all"})
	must(h.T, err)
	sections := h.policy.Sections
	for i := range sections {
		sections[i].Markdown = "This section says what it must, in plain words.\n\nA clinician can make an individual funding request for an exceptional case."
	}
	p, _, err := h.Review.SaveText(ctx, record.Edit{By: all, ID: h.policy.ID, Revision: h.policy.Revision}, h.policy.Saves, sections)
	must(h.T, err)
	content := p.Content
	content.Effective, content.Review = record.Day(2027, 4, 1), record.Day(2029, 4, 1)
	p, err = h.Review.SaveDetails(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, content)
	must(h.T, err)
	_, err = h.Review.Issue(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, "For decision", true)
	must(h.T, err)
}

func (h *house) open() {
	name := func(_ context.Context, account string) string { return "Name of " + account }
	visitor := func(c *gin.Context) page.Visitor {
		who := c.GetHeader("X-Who")
		return page.Visitor{Account: who, Name: who, Actor: h.people()[who], Token: "t"}
	}
	routes := (&decisionpages.Pages{Site: h.Site, Decisions: h.Decisions, Policies: h.Review, Acts: h.Review, Name: name}).Routes()
	routes = append(routes, (&homepages.Pages{Site: h.Site, Programmes: h.Programmes, Decisions: h.Decisions, Policies: h.Review, Name: name}).Routes()...)
	h.Handler = pagetest.EngineFor(h.Site, visitor, routes...)
}

func (h *house) get(who, path string) pagetest.Answer { return h.browser(who).Get(path) }

func (h *house) post(who, path string, form url.Values) pagetest.Answer {
	return h.browser(who).Post(path, form)
}

// browser is that of somebody, which follows no redirects.
func (h *house) browser(who string) *pagetest.Person {
	p, ok := h.browsers[who]
	if !ok {
		p = pagetest.Visit(h.T, h.Handler).Staying()
		p.Header["X-Who"] = who
		h.browsers[who] = p
	}
	return p
}

func date(form url.Values, name string, d record.Date) {
	y, m, day := d.Parts()
	form.Set(name+"-day", strconv.Itoa(day))
	form.Set(name+"-month", strconv.Itoa(m))
	form.Set(name+"-year", strconv.Itoa(y))
}
