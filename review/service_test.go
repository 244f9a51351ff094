package review_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// Somebody saves another section between reading and committing: both texts are there afterwards.
func TestSaveTextNested(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	memory := new(reviewtest.Memory)
	s := reviewtest.Service(memory.Stores())
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "clinical", Programme: "g", Commissioners: []string{"c"}})
	if err != nil {
		t.Fatal(err)
	}
	e := record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}
	save := func(key, text string) (bool, error) {
		_, joined, err := s.SaveText(ctx, e, 1, []review.Section{{Key: key, Markdown: text}})
		return joined, err
	}
	memory.Before = func() {
		if joined, err := save(review.EvidenceKey, "Theirs"); err != nil || joined {
			t.Errorf("the inner save: joined %t, %v", joined, err)
		}
	}
	if joined, err := save(review.SummaryKey, "Mine is the first text."); err != nil || !joined {
		t.Errorf("the outer save: joined %t, %v", joined, err)
	}
	if p, err = s.Policy(ctx, reviewtest.Lead, p.ID); err != nil {
		t.Fatal(err)
	}
	if mine, theirs := p.Section(review.SummaryKey).Markdown, p.Section(review.EvidenceKey).Markdown; strings.TrimSpace(mine) != "Mine is the first text." || strings.TrimSpace(theirs) != "Theirs" {
		t.Errorf("kept %q and %q", mine, theirs)
	}
	var merge *review.MergeNeeded
	if _, err := save(review.SummaryKey, "Mine is the other text."); !errors.As(err, &merge) || !errors.Is(err, record.ErrConflict) || len(merge.Conflicts) == 0 {
		t.Errorf("the same clause: %v", err)
	}
}

// Publishing relies on an adoption: one that is changed at the same moment stops it.
func TestPublishingCollidesWithAWithdrawal(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	memory := new(reviewtest.Memory)
	s := reviewtest.Service(memory.Stores())
	p, c := adopted(t, s)
	memory.Before = func() {
		r, err := s.RegistersOf(ctx, reviewtest.Lead, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		e := record.Edit{By: reviewtest.Secretary, ID: r[0].ID, Revision: r[0].Revision, Reason: "wrong"}
		if _, err := s.Withdraw(ctx, e, reviewtest.Today().AddDays(5)); err != nil {
			t.Fatal(err)
		}
	}
	e := record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}
	if _, err := s.Publish(ctx, e, review.Number{Major: 1}, reviewtest.Now); !errors.Is(err, record.ErrConflict) {
		t.Errorf("published on an adoption of %s that was being withdrawn: %v", c, err)
	}
}

func adopted(t *testing.T, s *review.Service) (*review.Policy, string) {
	t.Helper()
	ctx := context.Background()
	c, err := s.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS Amberford", Short: "Amberford", Start: 20200401})
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "generic", Programme: "g", Commissioners: []string{c.ID}})
	if err != nil {
		t.Fatal(err)
	}
	sections, err := reviewtest.Sections("generic")
	if err != nil {
		t.Fatal(err)
	}
	e := record.Edit{By: reviewtest.Lead, ID: p.ID, Revision: p.Revision}
	if p, _, err = s.SaveText(ctx, e, p.Saves, sections); err != nil {
		t.Fatal(err)
	}
	e.Revision = p.Revision
	if _, err = s.Issue(ctx, e, "first", true); err != nil {
		t.Fatal(err)
	}
	own, _, err := s.PlanAdoption(ctx, reviewtest.Secretary, review.Adoption{Policy: p.ID, Version: review.Number{Major: 1}, Commissioner: c.ID,
		From: reviewtest.Today(), Rule: review.ReferredFrom, Source: record.Ref{Kind: "decision", ID: "d"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Registers.Commit(ctx, own...); err != nil {
		t.Fatal(err)
	}
	if p, err = s.Policy(ctx, reviewtest.Lead, p.ID); err != nil {
		t.Fatal(err)
	}
	return p, c.ID
}
