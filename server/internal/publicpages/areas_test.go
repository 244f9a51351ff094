package publicpages_test

import (
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
)

func TestDividedAndEndedAreas(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	alder, brindle := w.lib.Snapshot().Area("aldermoss"), w.lib.Snapshot().Area("brindlewick")
	icb := w.area("Northshire")
	for _, c := range []*review.Commissioner{alder, brindle} {
		_, err := w.review.EndCommissioner(w.ctx, w.edit(c.ID, c.Revision), record.Day(2027, 2, 1), []string{icb.ID})
		w.ok(err)
	}
	w.moveTo(record.Day(2027, 2, 1).Start())
	got := w.get("/policies/carpal-tunnel-surgery", "northshire")
	got.card().has(t, "In Northshire: funded")
	got.row("Northshire").has(t, "Adopted")
	ended := w.get("/areas/aldermoss", "")
	ended.has(t, "NHS Aldermoss ended on 31 January 2027.", "/areas/northshire", "ifr@northshire.example")
	ended.lacks(t, "ifr@aldermoss.example")
	onPolicy := w.get("/policies/carpal-tunnel-surgery", "aldermoss")
	onPolicy.has(t, "ifr@northshire.example")
	onPolicy.lacks(t, "ifr@aldermoss.example")
	r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, alder.ID))
	w.ok(err)
	if len(r.Intervals) != 1 {
		t.Errorf("register %+v", r)
	}
}

// Two areas become one. While their texts differ, the reader is asked which place it is.
func TestPlacesThatDiffer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, icb := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Northshire")
	p := w.create(carpal(alder, brindle))
	w.local(p, brindle, 2018, "Only severe cases.")
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.publish(v, time.Time{})
	for _, c := range []*review.Commissioner{alder, brindle} {
		_, err := w.review.EndCommissioner(w.ctx, w.edit(c.ID, c.Revision), record.Day(2027, 2, 1), []string{icb.ID})
		w.ok(err)
	}
	w.moveTo(record.Day(2027, 2, 1).Start())
	got := w.get("/policies/"+p.Slug, "northshire")
	got.card().has(t, "In Northshire: it depends on the place", "For patients of Aldermoss: ", "version 1.0 of this policy", "Brindlewick’s own policy of 2018")
	got.row("Northshire").has(t, "Differs by place")
	w.get("/policies/"+p.Slug+"?area=aldermoss", "").card().has(t, "In Aldermoss: funded")
	w.get("/applies?policy="+p.Slug+"&area=northshire&referred-day=2&referred-month=2&referred-year=2027", "").has(t, "It depends on the place", "For patients of Brindlewick: Brindlewick’s own policy of 2018 applies.")
	w.get("/applies.json?policy="+p.Slug+"&area=northshire&referred=2027-02-02", "").has(t, `"outcome":"where"`, `"choose":[{"area":"aldermoss","outcome":"applies","kind":"version"`)
}

// A policy withdrawn in one area, and a statement that has ended, say so.
func TestWithdrawnInAnArea(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	alder := w.lib.Snapshot().Area("aldermoss")
	r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, alder.ID))
	w.ok(err)
	_, err = w.review.Withdraw(w.ctx, w.edit(r.ID, r.Revision), record.Day(2027, 2, 1))
	w.ok(err)
	w.get("/policies/"+p.Slug, "aldermoss").card().has(t, "In Aldermoss: funded")
	w.moveTo(record.Day(2027, 2, 1).Start())
	got := w.get("/policies/"+p.Slug, "aldermoss")
	got.card().has(t, "In Aldermoss: withdrawn", "The policy was withdrawn from 1 February 2027.")
	got.row("Aldermoss").has(t, "Withdrawn", "from 1 February 2027")
	w.get("/applies?policy="+p.Slug+"&area=aldermoss&referred-day=2&referred-month=2&referred-year=2027", "").has(t, "No text applies", "withdrawn from 1 February 2027")
	w.get("/applies?policy="+p.Slug+"&area=aldermoss&referred-day=5&referred-month=1&referred-year=2027", "").has(t, "Carpal tunnel surgery, version 1.0, applies")
}
