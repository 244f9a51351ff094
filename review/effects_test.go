package review_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/reviewtest"
	"concordat/review/textdiff"
)

func TestLevelSum(t *testing.T) {
	t.Parallel()
	level := func(proposed harmony.Level, said ...review.LevelSaid) *review.LevelRecord {
		return &review.LevelRecord{Proposed: proposed, Said: said, Basis: review.LevelBasis{Whole: "now"}}
	}
	now, before := review.LevelSaid{Level: 1, Whole: "now"}, review.LevelSaid{Level: 4, Whole: "before"}
	for _, tc := range []struct {
		list []*review.LevelRecord
		want string
		said int
	}{
		{nil, "Not worked out yet", 0},
		{[]*review.LevelRecord{level(3), level(3), level(2), level(0)}, "3 in 2 places, 2 or less in 2", 0},
		{[]*review.LevelRecord{level(2), level(0)}, "2 in 1 place, 0 in 1", 0},
		{[]*review.LevelRecord{level(0)}, "0 in 1 place", 0},
		{[]*review.LevelRecord{level(3, now), level(1)}, "1 in 2 places", 1},
		{[]*review.LevelRecord{level(3, now, before), level(1)}, "3 in 1 place, 1 or less in 1", 0},
	} {
		for _, l := range tc.list {
			l.Basis.Draft = "another draft"
		}
		s := review.SumLevels(tc.list, review.Content{})
		got, outdated := strings.CutSuffix(s.Words(), "; the draft changed since")
		if got != tc.want || s.Said != tc.said || outdated != (len(tc.list) > 0) {
			t.Errorf("%q with %d said, want %q with %d", s.Words(), s.Said, tc.want, tc.said)
		}
	}
}

func TestEstimateFaults(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), reviewtest.Service(reviewtest.InMemory())
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "clinical", Programme: "g", Commissioners: []string{"c"}, Lead: "lead"})
	if err != nil {
		t.Fatal(err)
	}
	share := func(low, high int) review.Share { return review.Share{Given: true, Low: low, High: high} }
	for _, tc := range []struct {
		name   string
		n      review.Estimate
		fields []string
	}{
		{"nothing", review.Estimate{Source: " "}, []string{"lose-low"}},
		{"all of it", review.Estimate{Lose: share(0, 1000), Gain: share(10, 2500), Source: "audit", Price: 100, PriceSource: "tariff"}, nil},
		{"all taken back", review.Estimate{}, nil},
		{"nothing again", review.Estimate{}, []string{"lose-low"}},
		{"backwards", review.Estimate{Lose: share(20, 10), Source: "audit"}, []string{"lose-high"}},
		{"more than all lose", review.Estimate{Lose: share(0, 1001), Source: "audit"}, []string{"lose-high"}},
		{"less than none gain", review.Estimate{Gain: share(-1, 10), Source: "audit"}, []string{"gain-low"}},
		{"without sources", review.Estimate{Gain: share(1, 10), Price: 1}, []string{"source", "price-source"}},
		{"a price below nothing", review.Estimate{Price: -1}, []string{"price"}},
		{"long sources", review.Estimate{Source: strings.Repeat("é", 301), PriceSource: strings.Repeat("é", 301)}, []string{"source", "price-source"}},
	} {
		id := review.EstimateID(p.ID, "")
		kept, err := s.Estimates.Load(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Estimate(ctx, record.Edit{By: reviewtest.Lead, ID: id, Revision: kept.Revision}, tc.n)
		var faults record.Faults
		if err != nil && !errors.As(err, &faults) {
			t.Errorf("%s: %v", tc.name, err)
		}
		var fields []string
		for _, f := range faults {
			fields = append(fields, f.Field)
		}
		if !slices.Equal(fields, tc.fields) {
			t.Errorf("%s: faults of %q, want %q", tc.name, fields, tc.fields)
		}
	}
}

func TestShareWords(t *testing.T) {
	t.Parallel()
	for s, want := range map[review.Share]string{{}: "", {Given: true}: "0%", {Given: true, Low: 25, High: 100}: "2.5% to 10%", {Given: true, Low: 100, High: 100}: "10%"} {
		if got := s.Words(); got != want {
			t.Errorf("%+v: %q, want %q", s, got, want)
		}
	}
}

// What a place has without a policy decides what it loses or gains.
func TestEffectsWithoutAPolicy(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), reviewtest.Service(reviewtest.InMemory())
	var ids []string
	for _, short := range []string{"Open", "National", "Unknown", "Missing", "Closed"} {
		c, err := s.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS " + short, Short: short, Start: record.Day(2020, 4, 1)})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "clinical", Programme: "g", Commissioners: ids, Lead: "lead"})
	if err != nil {
		t.Fatal(err)
	}
	draft := "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n"
	p, _, err = s.SaveText(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, p.Saves, []review.Section{{Key: review.CriteriaKey, Markdown: draft}})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Content
	c.Interventions = []review.Intervention{{Name: "Knee replacement", Position: review.Restricted}}
	if _, err := s.SaveDetails(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, c); err != nil {
		t.Fatal(err)
	}
	for i, n := range []review.LocalInput{{Without: review.OpenAccess}, {Without: review.NationalText}, {Without: review.NotKnown}, {},
		{Title: "Knees", Markdown: "Knee replacement is not routinely funded.", Position: review.NotRoutine}} {
		if i == 3 {
			continue
		}
		n.Policy, n.Commissioner = p.ID, ids[i]
		if _, err := s.AddLocal(ctx, reviewtest.Lead, n); err != nil {
			t.Fatal(err)
		}
	}
	national := review.NationalInput{Title: "EBI", Source: "https://ebi.example", Markdown: "Patients need all of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n"}
	if _, err := s.SetNational(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID}, national); err != nil {
		t.Fatal(err)
	}
	got, err := s.Effects(ctx, reviewtest.Lead, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []textdiff.Effect{textdiff.Unclear, textdiff.Narrower, textdiff.Unclear, textdiff.Unclear, textdiff.Unclear} {
		e, err := got.Place(ids[i])
		if err != nil || e.Effect != want {
			t.Errorf("%s: %s, %v, want %s", e.Name, e.Words(), err, want)
		}
	}
	if _, err := got.Place("elsewhere"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a place that it is not for: %v", err)
	}
}
