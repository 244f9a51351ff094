package docstoretest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

func oneWinnerNested(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "first"}, 0)))
	seen := mustGet(t, s, "a").Revision
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "inner"}, seen)))
	err := s.Commit(t.Context(), batch(put(Paper{ID: "a", Title: "outer"}, seen)))
	wantStale(t, err, "a", 1, 2)
	if got, want := string(mustGet(t, s, "a").Body), string(Body(Paper{ID: "a", Title: "inner"})); got != want {
		t.Errorf("kept %q, want the inner edit", got)
	}
}

// The parallel parts go through two stores on one place, as two servers or processes do.
func oneWinnerInParallel(t *testing.T, p Place) {
	s, other := open(t, p), open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a"}, 0)))
	for round := int64(1); round <= 50; round++ {
		won := together(16, func(i int) bool {
			err := either(i, s, other).Commit(t.Context(), batch(put(Paper{ID: "a", N: int64(i)}, round)))
			if err != nil && !errors.Is(err, record.ErrConflict) {
				t.Errorf("round %d: %v", round, err)
			}
			return err == nil
		})
		if won != 1 {
			t.Fatalf("round %d: %d edits of one revision won, want 1", round, won)
		}
	}
	wantRevision(t, s, "a", 51)
}

func either(i int, a, b docstore.Store) docstore.Store {
	if i%2 == 0 {
		return a
	}
	return b
}

// together runs n acts at once and counts those that say yes.
func together(n int, act func(i int) bool) int64 {
	var won atomic.Int64
	var all sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-gate
			if act(i) {
				won.Add(1)
			}
		})
	}
	close(gate)
	all.Wait()
	return won.Load()
}

// relying is a change of one document that relies on another staying as it is.
func relying(id, on string, was, seen int64) docstore.Batch {
	b := batch(put(Paper{ID: id, Title: "relies on " + on}, was))
	b.Touches = []docstore.Touch{{Collection: papers, ID: on, Revision: seen}}
	return b
}

func skewNested(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "policy"}, 0), put(Paper{ID: "review"}, 0)))
	mustCommit(t, s, relying("review", "policy", 1, 1))
	err := s.Commit(t.Context(), relying("policy", "review", 1, 1))
	wantStale(t, err, "review", 1, 2)
	wantRevision(t, s, "policy", 1)
}

func skewInParallel(t *testing.T, p Place) {
	s, other := open(t, p), open(t, p)
	for round := range 30 {
		a, b := fmt.Sprintf("a%d", round), fmt.Sprintf("b%d", round)
		mustCommit(t, s, batch(put(Paper{ID: a}, 0), put(Paper{ID: b}, 0)))
		won := together(2, func(i int) bool {
			if i == 0 {
				return s.Commit(t.Context(), relying(a, b, 1, 1)) == nil
			}
			return either(round, s, other).Commit(t.Context(), relying(b, a, 1, 1)) == nil
		})
		if won != 1 {
			t.Fatalf("round %d: %d of two commits won that rely on each other's document, want 1", round, won)
		}
	}
}

func conditions(t *testing.T, p Place) {
	s := open(t, p)
	remove := func(id string, was int64) docstore.Batch {
		return batch(docstore.Put{Collection: papers, Doc: docstore.Doc{ID: id}, Was: was, Delete: true})
	}
	wantStale(t, s.Commit(t.Context(), batch(put(Paper{ID: "a"}, 3))), "a", 3, 0)
	wantStale(t, s.Commit(t.Context(), remove("a", 1)), "a", 1, 0)
	mustCommit(t, s, batch(put(Paper{ID: "a"}, 0)))
	wantStale(t, s.Commit(t.Context(), batch(put(Paper{ID: "a"}, 0))), "a", 0, 1)
	wantStale(t, s.Commit(t.Context(), remove("a", 2)), "a", 2, 1)
	mustCommit(t, s, remove("a", 1))
	wantAbsent(t, s, "a")

	mustCommit(t, s, remove("a", docstore.Whatever))
	free := put(Paper{ID: "a", Title: "one"}, docstore.Whatever)
	free.Doc.Revision = 0
	mustCommit(t, s, batch(free))
	wantStale(t, s.Commit(t.Context(), batch(put(Paper{ID: "a"}, 0))), "a", 0, 0)
	free.Doc.Body = Body(Paper{ID: "a", Title: "two"})
	mustCommit(t, s, batch(free))
	if got := ids(t, s, docstore.Query{Collection: papers, Index: "title", Equals: []any{"one"}, Limit: 9}); len(got) != 0 {
		t.Errorf("the old title still finds %v", got)
	}
	mustCommit(t, s, remove("a", docstore.Whatever))
	wantAbsent(t, s, "a")
}

func touches(t *testing.T, p Place) {
	s := open(t, p)
	touch := func(id string, revision int64) docstore.Batch {
		return docstore.Batch{Touches: []docstore.Touch{{Collection: papers, ID: id, Revision: revision}}}
	}
	wantStale(t, s.Commit(t.Context(), touch("a", 1)), "a", 1, 0)
	wantStale(t, s.Commit(t.Context(), touch("a", 0)), "a", 0, 0)
	mustCommit(t, s, batch(put(Paper{ID: "a"}, 0)))
	before := mustGet(t, s, "a")
	mustCommit(t, s, touch("a", 1))
	if got := mustGet(t, s, "a"); got.Revision != 1 || string(got.Body) != string(before.Body) {
		t.Errorf("a touch made %+v of %+v", got, before)
	}
	wantStale(t, s.Commit(t.Context(), touch("a", 2)), "a", 2, 1)
	// A batch may rely on the document that it changes, as it was before.
	own := batch(put(Paper{ID: "a", N: 2}, 1))
	own.Touches = touch("a", 1).Touches
	mustCommit(t, s, own)
	wantRevision(t, s, "a", 2)
}
