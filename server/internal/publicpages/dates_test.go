package publicpages_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"concordat/review/decision"
	"concordat/review/record"
)

// No kept page outlives a date: at any moment a server that has run for years says what one says that has just started.
func TestDatesComeByThemselves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	alder, brindle, carrow, dun := w.area("Aldermoss"), w.area("Brindlewick"), w.area("Carrowmead"), w.area("Dunhallow")
	d := carpal(alder, brindle, carrow, dun)
	d.review = record.Day(2029, 11, 30)
	p := w.create(d)
	w.local(p, brindle, 2018, "Only severe cases.")
	v := w.issue(p.ID)
	w.decide(v, adoptFrom(record.Day(2027, 1, 1)), alder)
	w.decide(v, adoptFrom(record.Day(2027, 3, 28)), brindle) // the clocks go forward on this day
	w.decide(v, decision.Said{Outcome: decision.Adopt, Effective: record.Day(2027, 10, 31), Rule: decision.Treated}, carrow)
	w.publish(v, time.Date(2027, 1, 1, 9, 30, 0, 0, time.UTC))
	next := carpal(alder)
	next.reference, next.title, next.supersedes = "CP-099", "Nerve compression surgery", []string{p.ID}
	q := w.create(next)
	v2 := w.issue(q.ID)
	w.decide(v2, adoptFrom(record.Day(2028, 2, 29)), alder)
	w.publish(v2, time.Date(2027, 12, 24, 23, 59, 59, 0, time.UTC))
	_, err := w.review.EndCommissioner(w.ctx, w.edit(dun.ID, dun.Revision), record.Day(2028, 4, 1), []string{brindle.ID})
	w.ok(err)
	w.ok(w.lib.Refresh(w.ctx))

	var paths []string
	for _, slug := range []string{p.Slug, q.Slug} {
		for _, area := range []string{"", "?area=aldermoss", "?area=brindlewick", "?area=carrowmead", "?area=dunhallow"} {
			paths = append(paths, "/policies/"+slug+area)
		}
	}
	paths = append(paths, "/", "/coming", "/areas/aldermoss", "/areas/dunhallow", "/feed.atom", "/sitemap.xml", "/local/nothing", "/?q=nerve")
	for _, at := range moments(w.clock(), d.review) {
		w.moveTo(at)
		fresh := w.library()
		w.ok(fresh.Refresh(w.ctx))
		other := w.serve(fresh)
		for _, path := range paths {
			kept, made := w.ask(w.handler, nil, path, "", nil), w.ask(other, nil, path, "", nil)
			if kept.Code != made.Code || kept.text != made.text {
				t.Fatalf("%s at %v: the kept page (status %d) is out of date (status %d)", path, at, kept.Code, made.Code)
			}
		}
	}
}

// moments are instants in order: the edges of some days, and others at random.
func moments(from time.Time, review record.Date) []time.Time {
	random := rand.New(rand.NewPCG(1, 2))
	var out []time.Time
	for range 30 {
		out = append(out, from.Add(time.Duration(random.IntN(4*365*24))*time.Hour))
	}
	for _, d := range []record.Date{record.Day(2027, 1, 1), record.Day(2027, 3, 28), record.Day(2027, 10, 31), record.Day(2028, 2, 29), record.Day(2028, 4, 1), review, review.AddMonths(-6)} {
		out = append(out, d.Start().Add(-time.Millisecond), d.Start())
	}
	out = append(out, time.Date(2027, 1, 1, 9, 30, 0, 0, time.UTC), time.Date(2027, 12, 24, 23, 59, 59, 0, time.UTC))
	slices.SortFunc(out, time.Time.Compare)
	return out
}
