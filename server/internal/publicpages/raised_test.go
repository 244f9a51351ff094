package publicpages_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/public"
)

// reads notes which policies a library reads.
type reads struct {
	public.Policies
	of []string
}

func (r *reads) Load(ctx context.Context, id string) (*review.Policy, error) {
	r.of = append(r.of, id)
	return r.Policies.Load(ctx, id)
}

// What is done to one policy makes the library read that one again, if the public reads it at all; and it is seen.
func TestOnlyWhatWasRaisedIsReadAgain(t *testing.T) {
	t.Parallel()
	w, first, _, _ := simple(t)
	alder := w.lib.Snapshot().Area("aldermoss")
	other := carpal(alder)
	other.reference, other.title = "CP-018", "Trigger finger surgery"
	second := w.create(other)
	v := w.issue(second.ID)
	w.decide(v, adoptFrom(record.DateOf(w.clock())), alder)
	w.publish(v, time.Time{})
	third := other
	third.reference, third.title = "CP-019", "Dupuytren’s contracture"
	unpublished := w.create(third)

	lib := w.library()
	seen := &reads{Policies: lib.Policies}
	lib.Policies = seen
	w.ok(lib.Refresh(w.ctx))
	h := w.serve(lib)
	for _, step := range []struct {
		name string
		do   func()
		want []string
	}{
		{"nothing", func() {}, nil},
		{"a save of a draft", func() { w.write(w.policy(first.ID), carpal(alder), "More.") }, nil},
		{"a local policy beside what was never published", func() { w.local(unpublished, alder, 2019, "Ask first.") }, nil},
		{"a local policy beside what is public", func() { w.local(second, alder, 2019, "It was funded for all.") }, []string{second.ID}},
		{"an area", func() {
			_, err := w.review.EditCommissioner(w.ctx, w.edit(alder.ID, alder.Revision), review.Commissioner{Name: "NHS Alder and Moss", Short: alder.Short, Start: alder.Start, IFR: alder.IFR})
			w.ok(err)
		}, []string{first.ID, second.ID}},
	} {
		seen.of = nil
		step.do()
		w.ok(lib.Refresh(w.ctx))
		slices.Sort(seen.of)
		slices.Sort(step.want)
		if !slices.Equal(seen.of, step.want) {
			t.Errorf("after %s the library reads %v, want %v", step.name, seen.of, step.want)
		}
		for _, path := range []string{"/", "/policies/" + first.Slug, "/policies/" + second.Slug, "/applies?policy=" + second.Slug + "&area=" + alder.Slug} {
			fresh := w.library()
			w.ok(fresh.Refresh(w.ctx))
			if got, want := w.ask(h, nil, path, alder.Slug, nil), w.ask(w.serve(fresh), nil, path, alder.Slug, nil); got.Code != http.StatusOK || got.text != want.text {
				t.Errorf("after %s %s is not what a new library shows", step.name, path)
			}
		}
	}
}
