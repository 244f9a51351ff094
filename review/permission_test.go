package review_test

import (
	"context"
	"errors"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// Each act is refused to who holds a role for it, but for another place.
func TestPoliciesAreGuarded(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := reviewtest.Service(reviewtest.InMemory())
	p, place := adopted(t, s)
	r, err := s.RegistersOf(ctx, reviewtest.Lead, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	l, err := s.AddLocal(ctx, reviewtest.Lead, review.LocalInput{Policy: p.ID, Commissioner: place, Without: review.NotKnown})
	if err != nil {
		t.Fatal(err)
	}
	by := record.Actor{ID: "x"}
	for _, role := range access.Roles {
		if !access.OnlyForAll(role) {
			by.Grants = append(by.Grants, accesstest.ActorFor(role, "elsewhere").Grants...)
		}
	}
	of := func(id string, revision int64) record.Edit {
		return record.Edit{By: by, ID: id, Revision: revision, Reason: "x"}
	}
	e, reg, day := of(p.ID, p.Revision), of(r[0].ID, r[0].Revision), reviewtest.Today().AddDays(5)
	for what, act := range map[string]func() error{
		"create": func() error {
			_, err := s.Create(ctx, by, review.NewPolicy{Reference: "CP-2", Title: "T", Kind: "generic", Programme: "g", Commissioners: []string{place}})
			return err
		},
		"read":    func() error { _, err := s.Policy(ctx, by, p.ID); return err },
		"save":    func() error { _, _, err := s.SaveText(ctx, e, p.Saves, p.Sections); return err },
		"details": func() error { _, err := s.SaveDetails(ctx, e, p.Content); return err },
		"issue":   func() error { _, err := s.Issue(ctx, e, "note", false); return err },
		"publish": func() error { _, err := s.Publish(ctx, e, review.Number{Major: 1}, reviewtest.Now); return err },
		"need":    func() error { _, err := s.SayNeed(ctx, e, review.NotNeeded, "minute"); return err },
		"plan":    func() error { _, err := s.PlanDecision(ctx, e, day); return err },
		"erratum": func() error { _, err := s.Erratum(ctx, e, review.Number{Major: 1}, p.Sections); return err },
		"propose": func() error { _, err := s.ProposeErratum(ctx, e, review.Number{Major: 1}, p.Sections); return err },
		"restate": func() error { _, err := s.Restate(ctx, e, "note"); return err },
		"add local": func() error {
			_, err := s.AddLocal(ctx, by, review.LocalInput{Policy: p.ID, Commissioner: place})
			return err
		},
		"levels":    func() error { _, err := s.RecordLevels(ctx, by, p.ID); return err },
		"say level": func() error { _, err := s.SayLevel(ctx, e, p.ID, place, "", 0); return err },
		"activity":  func() error { _, err := s.CheckActivity(ctx, by, "x"); return err },
		"commissioner": func() error {
			_, err := s.AddCommissioner(ctx, by, review.Commissioner{Name: "N", Short: "S", Start: 20200401})
			return err
		},
		"edit place": func() error {
			_, err := s.EditCommissioner(ctx, of(place, 1), review.Commissioner{Name: "N"})
			return err
		},
		"end place": func() error { _, err := s.EndCommissioner(ctx, of(place, 1), day, nil); return err },
		"date":      func() error { _, err := s.GiveDate(ctx, reg, "d", day); return err },
		"withdraw":  func() error { _, err := s.Withdraw(ctx, reg, day); return err },
		"suspend":   func() error { _, err := s.Suspend(ctx, reg, day); return err },
		"approve":   func() error { _, err := s.ApproveSuspension(ctx, reg); return err },
		"lift":      func() error { _, err := s.Lift(ctx, reg, day); return err },
		"estimate": func() error {
			_, err := s.Estimate(ctx, of(review.EstimateID(p.ID, place), 0), review.Estimate{})
			return err
		},
		"edit local": func() error {
			_, err := s.EditLocal(ctx, of(l.ID, l.Revision), review.LocalInput{Policy: p.ID, Commissioner: place})
			return err
		},
	} {
		if err := act(); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s: %v, want not allowed", what, err)
		}
	}
}

// The contact of one place says nothing of the level of another, though both may read the policy.
func TestALevelIsSaidForOnesOwnPlace(t *testing.T) {
	t.Parallel()
	ctx, s := t.Context(), reviewtest.Service(reviewtest.InMemory())
	var ids []string
	for _, short := range []string{"Amberford", "Brackwell"} {
		c, err := s.AddCommissioner(ctx, reviewtest.Admin, review.Commissioner{Name: "NHS " + short, Short: short, Start: 20200401})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	p, err := s.Create(ctx, reviewtest.Lead, review.NewPolicy{Reference: "CP-1", Title: "Title", Kind: "generic", Programme: "g", Commissioners: ids})
	if err != nil {
		t.Fatal(err)
	}
	by := accesstest.ActorFor(access.Contact, ids[0])
	x, err := s.Effects(ctx, by, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []error{nil, record.ErrForbidden} {
		at, err := x.Place(ids[i])
		if err != nil {
			t.Fatal(err)
		}
		e := record.Edit{By: by, ID: at.Record.ID, Revision: at.Record.Revision, Reason: "By our audit"}
		if _, err := s.SayLevel(ctx, e, p.ID, ids[i], at.Whole(), 2); !errors.Is(err, want) {
			t.Errorf("the contact of %s says the level of %s: %v, want %v", ids[0], ids[i], err, want)
		}
	}
}
