package docstoretest

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"concordat/server/internal/docstore"
)

// walksUnderChange walks an index while documents come, go and move. What is there throughout, with its keys
// unchanged, must appear exactly once, in order.
func walksUnderChange(t *testing.T, p Place) {
	s := open(t, p)
	walk := 0
	rapid.Check(t, func(r *rapid.T) {
		walk++
		w := &walker{s: s, shelf: fmt.Sprintf("walk %d", walk)}
		w.fill(t, r)
		w.walk(t, r)
		w.judge(r)
	})
}

type walker struct {
	s      docstore.Store
	shelf  string
	down   bool
	stay   []string         // in the order of the walk
	n      map[string]int64 // of those that stay
	others map[string]int64 // revision of those that come and go; 0 when gone
	seen   []string
	body   int64
}

func (w *walker) paper(id string, n int64) Paper {
	return Paper{ID: w.shelf + id, Shelf: w.shelf, N: n}
}

func (w *walker) fill(t *testing.T, r *rapid.T) {
	w.n, w.others = map[string]int64{}, map[string]int64{}
	var b docstore.Batch
	for i := range rapid.IntRange(0, 12).Draw(r, "staying") {
		id := fmt.Sprintf("stay%d", i)
		w.n[id] = rapid.Int64Range(-3, 3).Draw(r, "n")
		w.stay = append(w.stay, id)
		b.Puts = append(b.Puts, put(w.paper(id, w.n[id]), 0))
	}
	for i := range rapid.IntRange(0, 6).Draw(r, "others") {
		id := fmt.Sprintf("other%d", i)
		w.others[id] = 1
		b.Puts = append(b.Puts, put(w.paper(id, rapid.Int64Range(-3, 3).Draw(r, "n")), 0))
	}
	mustCommit(t, w.s, b)
	w.down = rapid.Bool().Draw(r, "down")
}

func (w *walker) walk(t *testing.T, r *rapid.T) {
	q := docstore.Query{Collection: papers, Index: "shelf", Equals: []any{w.shelf}, Descending: w.down,
		Limit: rapid.IntRange(1, 5).Draw(r, "limit")}
	for {
		page, err := w.s.Find(t.Context(), q)
		if err != nil {
			r.Fatalf("find: %v", err)
		}
		for _, d := range page.Docs {
			w.seen = append(w.seen, d.ID[len(w.shelf):])
		}
		if page.Next == "" {
			return
		}
		q.After = page.Next
		w.disturb(t, r)
	}
}

// disturb lets one document come, go or move, and changes one that stays without moving it.
func (w *walker) disturb(t *testing.T, r *rapid.T) {
	id := fmt.Sprintf("other%d", rapid.IntRange(0, 8).Draw(r, "which"))
	p := put(w.paper(id, rapid.Int64Range(-3, 3).Draw(r, "to")), w.others[id])
	w.others[id]++
	if p.Was > 0 && rapid.Bool().Draw(r, "goes") {
		p.Delete = true
		w.others[id] = 0
	}
	b := batch(p)
	if len(w.stay) > 0 {
		w.body++
		id := rapid.SampledFrom(w.stay).Draw(r, "changes")
		same := w.paper(id, w.n[id])
		same.Due = same.Due.AddDate(2000, 0, int(w.body))
		b.Puts = append(b.Puts, put(same, docstore.Whatever))
	}
	mustCommit(t, w.s, b)
}

func (w *walker) judge(r *rapid.T) {
	slices.SortFunc(w.stay, func(a, b string) int {
		c := w.compare(a, b)
		if w.down {
			return -c
		}
		return c
	})
	var got []string
	for _, id := range w.seen {
		if _, stays := w.n[id]; stays {
			got = append(got, id)
		}
	}
	if !slices.Equal(got, w.stay) {
		r.Fatalf("down %t: the walk gave %v, there throughout were %v", w.down, got, w.stay)
	}
}

// compare orders by n, the absent (zero) first, then by id.
func (w *walker) compare(a, b string) int {
	place := func(id string) string {
		if w.n[id] == 0 {
			return " " + id
		}
		return fmt.Sprint(w.n[id]+5) + id
	}
	switch x, y := place(a), place(b); {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

func walkOfAll(t *testing.T, p Place) {
	s := open(t, p)
	want := []string{"0", "A", "a", "a\x00b", "ab", "b", "é", "\uffff", "😀"}
	for i := range want {
		mustCommit(t, s, batch(put(Paper{ID: want[len(want)-1-i]}, 0)))
	}
	for _, limit := range []int{1, 2, 9, 1000} {
		if got := ids(t, s, docstore.Query{Collection: papers, Limit: limit}); !slices.Equal(got, want) {
			t.Errorf("%d at a time: %q, want %q", limit, got, want)
		}
	}
	if got := ids(t, s, docstore.Query{Collection: notes, Limit: 1}); len(got) != 0 {
		t.Errorf("another collection has %v", got)
	}
}
