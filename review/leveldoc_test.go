package review_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/review"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

var updateLevel = flag.Bool("update-level-document", false, "write testdata/level-document.md anew")

// The document says in plain English what changes for whom, places with the same change together.
func TestLevelDocument(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), reviewtest.Service(reviewtest.InMemory())
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var ids []string
	for _, short := range []string{"Aldermoss", "Brindlewick", "Carrowmead", "Dunhallow", "Eskerby"} {
		c, err := s.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS " + short, Short: short, Start: record.Day(2020, 4, 1)})
		fail(err)
		ids = append(ids, c.ID)
	}
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Knee replacement", Kind: "clinical", Programme: "g", Commissioners: ids, Lead: "lead"})
	fail(err)
	p, _, err = s.SaveText(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, p.Saves,
		[]review.Section{{Key: review.CriteriaKey, Markdown: "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n"}})
	fail(err)
	c := p.Content
	c.Interventions = []review.Intervention{{Name: "Knee replacement", Codes: review.Codes{OPCS4: []string{"W40-W42"}}}}
	p, err = s.SaveDetails(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, c)
	fail(err)
	wider := "Patients need all of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n"
	for i, n := range []review.LocalInput{{Title: "A", Markdown: wider}, {Title: "B", Markdown: wider},
		{Title: "C", Markdown: "Patients need all of:\n\n- BMI below 40\n- at least 6 months of physiotherapy\n"}, {Without: review.NotKnown}} {
		n.Policy, n.Commissioner = p.ID, ids[i]
		_, err := s.AddLocal(ctx, reviewtest.Lead, n)
		fail(err)
	}
	_, err = s.KeepActivity(ctx, reviewtest.Lead, "commissioner,code,month,count,age band\n"+
		"Aldermoss,W40.1,2026-12,70,65-84\nAldermoss,W40.1,2026-12,47,45-64\nAldermoss,W40.1,2026-12,3,under 45\nAldermoss,W40.1,2026-01,0,65-84\n"+
		"Brindlewick,W41.1,2026-12,3,65-84\nBrindlewick,W41.1,2026-01,0,65-84\nCarrowmead,W42.1,2026-12,40,65-84\nCarrowmead,W42.1,2026-01,0,65-84\n")
	fail(err)
	_, err = s.Estimate(ctx, record.Edit{By: reviewtest.Lead, ID: review.EstimateID(p.ID, "")}, review.Estimate{Lose: review.Share{Given: true, Low: 50, High: 105},
		Source: "audit of 120 referrals, 2025", Price: 5600, PriceSource: "tariff 2026"})
	fail(err)
	x, err := s.Effects(ctx, reviewtest.Lead, p.ID)
	fail(err)
	at, err := x.Place(ids[2])
	fail(err)
	_, err = s.SayLevel(ctx, record.Edit{By: reviewtest.Lead, ID: at.Record.ID, Reason: "Three months are\nthe practice already."}, p.ID, ids[2], at.Whole(), harmony.LevelClarified)
	fail(err)
	x, err = s.Effects(ctx, reviewtest.Lead, p.ID)
	fail(err)

	var b strings.Builder
	for _, s := range x.Document(record.Day(2027, 1, 15)) {
		fmt.Fprintf(&b, "## %s\n\n%s\n", s.Title, s.Markdown)
	}
	const file = "testdata/level-document.md"
	if *updateLevel {
		fail(os.MkdirAll("testdata", 0o750))
		fail(os.WriteFile(file, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	fail(err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
