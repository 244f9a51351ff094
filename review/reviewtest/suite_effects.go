package reviewtest

import (
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// knees is a policy on knee replacement for two places: Aldermoss asks for less than the draft, Brindlewick for as much.
func (w world) knees(t *testing.T) (p *review.Policy, aldermoss, brindlewick *review.Commissioner) {
	t.Helper()
	aldermoss, brindlewick = w.commissioner(t, "Aldermoss"), w.commissioner(t, "Brindlewick")
	p = w.policy(t, "CP-1", "Knee replacement", aldermoss.ID, brindlewick.ID)
	p = w.criteria(t, p, "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n")
	c := p.Content
	c.Interventions = []review.Intervention{{Name: "Knee replacement", Position: review.Restricted, Codes: review.Codes{OPCS4: []string{"W40-W42", "W58.1"}}}}
	p = must(w.SaveDetails(w.ctx, edit(p, ""), c))(t)
	for id, text := range map[string]string{
		aldermoss.ID:   "Patients need all of:\n\n- BMI below 45\n- at least 3 months of physiotherapy\n",
		brindlewick.ID: "Patients need all of:\n\n- BMI below 40\n- at least 3 months of physiotherapy\n",
	} {
		must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: id, Title: "Knees", Markdown: text, Position: review.Restricted}))(t)
	}
	return p, aldermoss, brindlewick
}

func (w world) criteria(t *testing.T, p *review.Policy, text string) *review.Policy {
	t.Helper()
	p, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, []review.Section{{Key: review.CriteriaKey, Markdown: text}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// effect is what the draft of a policy changes for a place.
func (w world) effect(t *testing.T, policy, place string) *review.PlaceEffect {
	t.Helper()
	return must(must(w.Effects(w.ctx, Lead, policy))(t).Place(place))(t)
}

func testEffects(t *testing.T, w world) {
	p, aldermoss, brindlewick := w.knees(t)
	a, b := w.effect(t, p.ID, aldermoss.ID), w.effect(t, p.ID, brindlewick.ID)
	if a.Effect != textdiff.Narrower || a.Grade.Level != harmony.LevelWeighty || b.Effect != textdiff.NoEffect || b.Grade.Level != harmony.LevelNone {
		t.Fatalf("%s at level %d and %s at level %d; want narrower at 3 and same at 0", a.Words(), a.Grade.Level, b.Words(), b.Grade.Level)
	}
	sum := func(want string) {
		t.Helper()
		now := must(w.Policy(w.ctx, Lead, p.ID))(t)
		if got := must(w.LevelsOf(w.ctx, now))(t); got.Words() != want {
			t.Errorf("levels: %q, want %q", got.Words(), want)
		}
	}
	sum("Not worked out yet")
	contact := record.Actor{ID: "contact", Grants: []record.Grant{{Role: string(access.Contact), Commissioner: aldermoss.ID}}}
	_, err := w.RecordLevels(w.ctx, contact, p.ID)
	wants(t, err, record.ErrForbidden, "the levels of all places, by a contact of one")
	for _, want := range []int{2, 0} {
		if n := must(w.RecordLevels(w.ctx, Lead, p.ID))(t); n != want {
			t.Errorf("%d levels recorded, want %d", n, want)
		}
	}
	sum("3 in 1 place, 0 in 1")

	say := func(by record.Actor, place *review.PlaceEffect, level harmony.Level, reason, whole string) error {
		e := record.Edit{By: by, ID: place.Record.ID, Revision: place.Record.Revision, Reason: reason}
		_, err := w.SayLevel(w.ctx, e, p.ID, place.Commissioner.ID, whole, level)
		return err
	}
	a, b = w.effect(t, p.ID, aldermoss.ID), w.effect(t, p.ID, brindlewick.ID)
	wants(t, say(contact, b, 0, "why", b.Whole()), record.ErrForbidden, "another place's level")
	wants(t, say(contact, a, 2, " ", a.Whole()), record.ErrRule, "a level without a reason")
	wants(t, say(contact, a, 9, "why", a.Whole()), record.ErrRule, "a level that there is not")
	wants(t, say(contact, a, 2, "why", b.Whole()), record.ErrConflict, "a level of other texts")
	if err := say(contact, a, 2, "Two people a year", a.Whole()); err != nil {
		t.Fatal(err)
	}
	wants(t, say(contact, a, 1, "again", a.Whole()), record.ErrConflict, "a stale form")
	sum("2 in 1 place, 0 in 1")

	p = w.criteria(t, must(w.Policy(w.ctx, Lead, p.ID))(t), "Patients need all of:\n\n- BMI below 35\n- at least 3 months of physiotherapy\n")
	sum("2 in 1 place, 0 in 1; the draft changed since")
	if a, b = w.effect(t, p.ID, aldermoss.ID), w.effect(t, p.ID, brindlewick.ID); !a.Outdated() || !b.Outdated() {
		t.Errorf("after the draft changed: outdated %t and %t", a.Outdated(), b.Outdated())
	}
	must(w.RecordLevels(w.ctx, Lead, p.ID))(t)
	sum("3 in 2 places") // what was said was said of another text
	if said := w.effect(t, p.ID, aldermoss.ID).Record.Said; len(said) != 1 || said[0].Level != 2 || said[0].Proposed != 3 || said[0].By != "contact" {
		t.Errorf("what was said is kept: %+v", said)
	}
}

func testActivity(t *testing.T, w world) {
	p, aldermoss, brindlewick := w.knees(t)
	file := "Commissioner,Code,Month,Count,Sex\n" +
		"Aldermoss,W40.1,2026-01,12,F\nAldermoss,W40.1,2026-01,8,M\nAldermoss,W58.1,2026-12,4,\nAldermoss,W39.1,2026-12,400,\nBrindlewick,W42,2026-11,1,\n"
	got := must(w.KeepActivity(w.ctx, Lead, file))(t)
	if got.Lines != 5 || len(got.Places) != 2 || got.Places[0].People != 424 || strings.Join(got.Places[0].Codes(), " ") != "W39.1 W40.1 W58.1" {
		t.Errorf("kept %+v", got)
	}
	treated := func(place string, people, months int) {
		t.Helper()
		if b := w.effect(t, p.ID, place).Impact.Baseline; b.People != people || b.Months != months {
			t.Errorf("treated: %+v, want %d in %d months", b, people, months)
		}
	}
	treated(aldermoss.ID, 24, 12) // W39.1 is none of the policy's codes
	treated(brindlewick.ID, 1, 1)
	must(w.KeepActivity(w.ctx, Lead, "commissioner;code;month;count\nNHS Aldermoss;w40.1;January 2026;30\n"))(t)
	treated(aldermoss.ID, 34, 12)

	contact := record.Actor{ID: "contact", Grants: []record.Grant{{Role: string(access.Contact), Commissioner: aldermoss.ID}}}
	_, err := w.KeepActivity(w.ctx, contact, "commissioner,code,month,count\nBrindlewick,W42,2026-10,1\n")
	wants(t, err, record.ErrRule, "a contact for another place")
	_, err = w.KeepActivity(w.ctx, Secretary, file)
	wants(t, err, record.ErrForbidden, "a secretary")

	estimate := func(by record.Actor, place string, n review.Estimate) error {
		id := review.EstimateID(p.ID, place)
		kept, err := w.Stores.Estimates.Load(w.ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Estimate(w.ctx, record.Edit{By: by, ID: id, Revision: kept.Revision}, n)
		return err
	}
	tenth := review.Share{Given: true, Low: 50, High: 100}
	wants(t, estimate(contact, "", review.Estimate{Lose: tenth, Source: "audit"}), record.ErrForbidden, "a contact for all")
	wants(t, estimate(contact, aldermoss.ID, review.Estimate{Lose: tenth}), record.ErrRule, "a share without a source")
	if err := estimate(Lead, "", review.Estimate{Lose: tenth, Source: "audit 2025", Price: 5000, PriceSource: "tariff"}); err != nil {
		t.Fatal(err)
	}
	x := w.effect(t, p.ID, aldermoss.ID).Impact
	if x.Lose == nil || *x.Lose != (harmony.People{Low: 1, High: 4}) || x.Gain == nil || x.Gain.High != 0 || x.Cost == nil || *x.Cost != (review.Pounds{Low: -20_000, High: -5000}) {
		t.Errorf("in numbers: lose %v, gain %v, cost %v", x.Lose, x.Gain, x.Cost)
	}
	if err := estimate(contact, aldermoss.ID, review.Estimate{Lose: review.Share{Given: true, Low: 1000, High: 1000}, Source: "list of 2026"}); err != nil {
		t.Fatal(err)
	}
	if x := w.effect(t, p.ID, aldermoss.ID).Impact; *x.Lose != (harmony.People{Low: 34, High: 34}) || x.Cost != nil {
		t.Errorf("by its own estimate: lose %v, cost %v", x.Lose, x.Cost)
	}
}
