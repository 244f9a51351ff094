package review_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

func TestSayNeed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := reviewtest.Service(reviewtest.InMemory())
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "generic", Programme: "g", Commissioners: []string{"c", "d"}, Lead: "lead"})
	if err != nil {
		t.Fatal(err)
	}
	say := func(by record.Actor, need review.Need, reason, source string) error {
		now, err := s.Policies.Load(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.SayNeed(ctx, record.Edit{By: by, ID: p.ID, Revision: now.Revision, Reason: reason}, need, source)
		return err
	}
	for _, tc := range []struct {
		name, reason, source string
		need                 review.Need
		fields               []string
	}{
		{"nothing", " ", "", review.Unsaid, []string{"need", "reason", "source"}},
		{"unknown", "why", "minute", "perhaps", []string{"need"}},
		{"no reason", "", "minute", review.Formal, []string{"reason"}},
		{"too long", strings.Repeat("é", 2001), strings.Repeat("é", 301), review.Formal, []string{"reason", "source"}},
	} {
		var faults record.Faults
		if err := say(reviewtest.Lead, tc.need, tc.reason, tc.source); !errors.As(err, &faults) {
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
	engagement := record.Actor{ID: "eng", Grants: []record.Grant{{Role: string(access.EngagementLead), Commissioner: "d"}}}
	if err := say(engagement, review.Targeted, "Few are concerned", "Level of change, 3 February"); err != nil {
		t.Errorf("the engagement lead: %v", err)
	}
	if err := say(reviewtest.Lead, review.NotNeeded, "Only words change", "Minute 7"); err != nil {
		t.Errorf("the policy lead: %v", err)
	}
	if err := say(reviewtest.Secretary, review.NotNeeded, "why", "minute"); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("a secretary: %v, want forbidden", err)
	}
	kept, err := s.Policy(ctx, reviewtest.Lead, p.ID)
	if err != nil || len(kept.Needs) != 2 || kept.Need().Need != review.NotNeeded || kept.Needs[0].By != "eng" || kept.Needs[0].Source != "Level of change, 3 February" {
		t.Errorf("kept %+v, %v; want both, the last counts", kept.Needs, err)
	}
	if c := kept.Card(); c.Need() != kept.Need() {
		t.Errorf("the card says %+v", c.Need())
	}
}

func TestPlanDecision(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	s := reviewtest.Service(reviewtest.InMemory())
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "generic", Programme: "g", Commissioners: []string{"c"}, Lead: "lead"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.PlanDecision(ctx, record.Edit{By: reviewtest.Approver, ID: p.ID, Revision: p.Revision}, record.Day(2027, 3, 18)); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("an approver plans: %v", err)
	}
	if p, err = s.PlanDecision(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, record.Day(2027, 3, 18)); err != nil || p.Planned != record.Day(2027, 3, 1) {
		t.Errorf("planned for %v, %v", p.Planned, err)
	}
	if p, err = s.PlanDecision(ctx, record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}, 0); err != nil || p.Planned != 0 {
		t.Errorf("taken back: %v, %v", p.Planned, err)
	}
}
