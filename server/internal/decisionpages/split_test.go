package decisionpages_test

import (
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// halves are final versions of two policies that both take the place of the house's.
func (h *house) halves() (papers []decision.Paper) {
	h.T.Helper()
	ctx, all := h.T.Context(), h.people()["all"]
	for _, ref := range []string{"CP-051", "CP-052"} {
		p, err := h.Review.Create(ctx, all, review.NewPolicy{Reference: ref, Title: "Half " + ref, Kind: "generic", Programme: h.programme.ID, Commissioners: h.places, Lead: "all"})
		must(h.T, err)
		old, err := h.Review.Policy(ctx, all, h.policy.ID)
		must(h.T, err)
		p, _, err = h.Review.SaveText(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, p.Saves, old.Sections)
		must(h.T, err)
		content := p.Content
		content.Effective, content.Review, content.Supersedes = old.Effective, old.Review, []string{old.ID}
		p, err = h.Review.SaveDetails(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, content)
		must(h.T, err)
		_, err = h.Review.Issue(ctx, record.Edit{By: all, ID: p.ID, Revision: p.Revision}, "For decision", true)
		must(h.T, err)
		papers = append(papers, decision.Paper{Policy: p.ID, Version: "1.0"})
	}
	return papers
}

// What nobody has compared with what was sent waits in my work until somebody did.
func TestLocalPoliciesWaitInMyWork(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, all := t.Context(), h.people()["all"]
	l, err := h.Review.AddLocal(ctx, all, review.LocalInput{Policy: h.policy.ID, Commissioner: h.places[0], Title: "Tonsils",
		FileName: "t.html", File: []byte("<html><body><h1>Tonsils</h1><p>Seven episodes.</p><p><img src=x.png alt=Chart></p></body></html>")})
	must(t, err)
	h.get("all", "/desk").Has("Compare 1 local policy of Tonsillectomy with what was sent", "1 thing could not be carried over", "/local")
	_, err = h.Review.EditLocal(ctx, record.Edit{By: all, ID: l.ID, Revision: l.Revision}, review.LocalInput{Title: "Tonsils", Markdown: "Seven episodes."})
	must(t, err)
	if got := h.get("all", "/desk"); strings.Contains(got.Body, "with what was sent") {
		t.Error("what was compared still waits")
	}
}

// One meeting may put two policies in the place of one: the first to begin ends it.
func TestOnePolicyBecomesTwo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ctx, all := t.Context(), h.people()["all"]
	papers := h.halves()
	m, err := h.Decisions.Plan(ctx, all, decision.Details{Title: "Joint committee", Body: "Committee", Commissioners: h.places, Date: record.Day(2027, 3, 18)})
	must(t, err)
	edit := func() record.Edit { return record.Edit{By: all, ID: m.ID, Revision: m.Revision} }
	m, err = h.Decisions.AddItems(ctx, edit(), papers)
	must(t, err)
	m, err = h.Decisions.Attend(ctx, edit(), []decision.Member{{Name: "Ada Lund", Role: "chair", Present: true}})
	must(t, err)
	starts := []record.Date{record.Day(2027, 5, 1), record.Day(2027, 4, 1)}
	var entries []decision.Entry
	for i, p := range papers {
		for _, place := range h.places[:2] {
			entries = append(entries, decision.Entry{Policy: p.Policy, Version: p.Version, Commissioner: place, Said: decision.Said{Outcome: decision.Adopt,
				Effective: starts[i], Rule: decision.Referred, Minute: "1", DueRegard: "Considered"}})
		}
	}
	// A day on which both begin must work as well.
	entries[1].Effective = starts[1]
	if _, err := h.Decisions.Record(ctx, edit(), entries); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{papers[1].Policy, papers[0].Policy} {
		for _, day := range starts {
			a, err := h.Review.Applies(ctx, h.policy.ID, h.places[i], day, day)
			if err != nil || a.Interval.Text.Policy != want {
				t.Errorf("%s, %s: %+v, %v, want %s", h.places[i], day, a, err, want)
			}
		}
		for k, p := range papers {
			if a, err := h.Review.Applies(ctx, p.Policy, h.places[i], starts[0], starts[0]); err != nil || a.Interval.Text.Policy != p.Policy {
				t.Errorf("half %d: %+v, %v", k+1, a, err)
			}
		}
	}
}
