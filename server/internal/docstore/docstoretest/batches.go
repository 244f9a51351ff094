package docstoretest

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// faults are the ways in which one put of a batch can be refused. Kept before: "taken" with the code TAKEN.
var faults = []struct {
	name     string
	conflict bool
	spoil    func(p *docstore.Put)
}{
	{"revision", true, func(p *docstore.Put) { p.Was = 7 }},
	{"unique value", true, func(p *docstore.Put) { p.Doc.Body = Body(Paper{ID: p.Doc.ID, Code: "TAKEN"}) }},
	{"not BSON", false, func(p *docstore.Put) { p.Doc.Body = []byte("\x05\x00\x00\x00\x01") }},
	{"cut BSON", false, func(p *docstore.Put) { p.Doc.Body = p.Doc.Body[:len(p.Doc.Body)-2] }},
	{"no BSON", false, func(p *docstore.Put) { p.Doc.Body = nil }},
	{"damage within", false, func(p *docstore.Put) {
		p.Doc.Body = Body(map[string]any{"in": map[string]any{"in": "text"}})
		p.Doc.Body[len(p.Doc.Body)-8] = 0xff
	}},
	{"an indexed list", false, func(p *docstore.Put) { p.Doc.Body = Body(map[string]any{"title": []string{"a"}}) }},
	{"undeclared collection", false, func(p *docstore.Put) { p.Collection = "elsewhere" }},
	{"no id", false, func(p *docstore.Put) { p.Doc.ID = "" }},
	{"too large", false, func(p *docstore.Put) {
		p.Doc.Body = Body(map[string]any{"text": make([]byte, docstore.MaxBody)})
	}},
}

func allOrNothing(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "taken", Code: "TAKEN"}, 0), put(Paper{ID: "kept", Title: "before"}, 0)))
	for _, f := range faults {
		for k := range 4 {
			b := batch(put(Paper{ID: "kept", Title: "after", Code: "K"}, 1))
			for i := range 3 {
				b.Puts = append(b.Puts, put(Paper{ID: fmt.Sprintf("new%d", i), Title: "new", Code: fmt.Sprint(i)}, 0))
			}
			b.Raise = []string{"raised"}
			f.spoil(&b.Puts[k])
			err := s.Commit(t.Context(), b)
			if err == nil || errors.Is(err, record.ErrConflict) != f.conflict {
				t.Fatalf("%s at %d: %v", f.name, k, err)
			}
			untouched(t, s, fmt.Sprintf("%s at %d", f.name, k))
		}
	}
	b := batch(put(Paper{ID: "kept", Title: "after"}, 1))
	b.Touches = []docstore.Touch{{Collection: papers, ID: "taken", Revision: 9}}
	wantStale(t, s.Commit(t.Context(), b), "taken", 9, 1)
	untouched(t, s, "a touch")
}

func untouched(t *testing.T, s docstore.Store, after string) {
	t.Helper()
	if got := ids(t, s, docstore.Query{Collection: papers, Limit: 9}); !slices.Equal(got, []string{"kept", "taken"}) {
		t.Errorf("after %s: %v are kept", after, got)
	}
	if got := ids(t, s, docstore.Query{Collection: papers, Index: "title", Limit: 9}); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("after %s: %v are found by title", after, got)
	}
	if d := mustGet(t, s, "kept"); d.Revision != 1 || string(d.Body) != string(Body(Paper{ID: "kept", Title: "before"})) {
		t.Errorf("after %s: kept is %+v", after, d)
	}
	if n, err := s.Counter(t.Context(), "raised"); n != 0 || err != nil {
		t.Errorf("after %s: the counter is %d, %v", after, n, err)
	}
}

func refusedAlone(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "taken", Code: "TAKEN"}, 0)))
	const n = 120
	bad := func(i int) bool { return i%3 == 1 }
	errs := make([]error, n)
	together(n, func(i int) bool {
		b := batch(put(Paper{ID: fmt.Sprintf("p%03d", i), Code: fmt.Sprint(i)}, 0), put(Paper{ID: fmt.Sprintf("q%03d", i)}, 0))
		if bad(i) {
			faults[i/3%len(faults)].spoil(&b.Puts[i%2])
		}
		errs[i] = s.Commit(t.Context(), b)
		return true
	})
	for i, err := range errs {
		id := fmt.Sprintf("p%03d", i)
		switch {
		case bad(i) && err == nil:
			t.Errorf("%s was saved, want it refused", id)
		case bad(i):
			wantAbsent(t, s, id, fmt.Sprintf("q%03d", i))
		case err != nil:
			t.Errorf("%s: %v", id, err)
		default:
			wantRevision(t, s, id, 1)
		}
	}
}

func twice(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "1"}, 0), put(Paper{ID: "a", Code: "2"}, 1)))
	wantRevision(t, s, "a", 2)
	mustCommit(t, s, batch(put(Paper{ID: "b", Code: "1"}, 0)))
	gone := docstore.Put{Collection: papers, Doc: docstore.Doc{ID: "b"}, Was: 1, Delete: true}
	mustCommit(t, s, batch(gone, put(Paper{ID: "b", Code: "3"}, 0)))
	wantTaken(t, s.Commit(t.Context(), batch(put(Paper{ID: "c", Code: "3"}, 0), put(Paper{ID: "c", Code: "2"}, 1))), "code")
	wantAbsent(t, s, "c")
	if got := ids(t, s, docstore.Query{Collection: papers, Index: "code", Limit: 9}); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("by code: %v, want a and b", got)
	}
}

func uniques(t *testing.T, p Place) {
	s := open(t, p)
	commit := func(puts ...docstore.Put) error { return s.Commit(t.Context(), batch(puts...)) }
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "X"}, 0), put(Paper{ID: "none"}, 0), put(Paper{ID: "empty"}, 0)))
	wantTaken(t, commit(put(Paper{ID: "b", Code: "X"}, 0)), "code")
	wantTaken(t, commit(put(Paper{ID: "c", Code: "Y"}, 0), put(Paper{ID: "d", Code: "Y"}, 0)), "code")
	wantAbsent(t, s, "b", "c", "d")
	// Freed by a change.
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "Z"}, 1)))
	mustCommit(t, s, batch(put(Paper{ID: "b", Code: "X"}, 0)))
	// Freed by deleting, also within the same batch.
	mustCommit(t, s, batch(docstore.Put{Collection: papers, Doc: docstore.Doc{ID: "b"}, Was: 1, Delete: true}, put(Paper{ID: "c", Code: "X"}, 0)))
	mustCommit(t, s, batch(put(Paper{ID: "c"}, 1)))
	mustCommit(t, s, batch(put(Paper{ID: "d", Code: "X"}, 0)))
	// Case and length matter, and every field counts.
	mustCommit(t, s, batch(put(Paper{ID: "e", Code: "x"}, 0), put(Paper{ID: "f", Code: "X\x00"}, 0), put(Paper{ID: "g", Code: "XX"}, 0)))
	room := func(id, room, title string) docstore.Put {
		x := Paper{ID: id, Title: title}
		x.Place.Room = room
		return put(x, 0)
	}
	mustCommit(t, s, batch(room("h", "1", "2"), room("i", "12", ""), room("j", "1", "3")))
	wantTaken(t, commit(room("k", "1", "2")), "room-code")
	wantAbsent(t, s, "k")
}

func uniquesSwap(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "A"}, 0), put(Paper{ID: "b", Code: "B"}, 0), put(Paper{ID: "c", Code: "C"}, 0)))
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "B"}, 1), put(Paper{ID: "b", Code: "A"}, 1)))
	mustCommit(t, s, batch(put(Paper{ID: "a", Code: "C"}, 2), put(Paper{ID: "b", Code: "B"}, 2), put(Paper{ID: "c", Code: "A"}, 1)))
	wantTaken(t, s.Commit(t.Context(), batch(put(Paper{ID: "a", Code: "B"}, 3), put(Paper{ID: "b", Code: "A"}, 3))), "code")
	for code, want := range map[string]string{"A": "c", "B": "b", "C": "a"} {
		got := ids(t, s, docstore.Query{Collection: papers, Index: "code", Equals: []any{code}, Limit: 2})
		if !slices.Equal(got, []string{want}) {
			t.Errorf("code %s is of %v, want %s", code, got, want)
		}
	}
}

func uniquesInParallel(t *testing.T, p Place) {
	s, other := open(t, p), open(t, p)
	for round := range 20 {
		won := together(8, func(i int) bool {
			x := Paper{ID: fmt.Sprintf("r%d-%d", round, i), Code: fmt.Sprint(round)}
			err := either(i, s, other).Commit(t.Context(), batch(put(x, 0)))
			if err != nil && !errors.Is(err, record.ErrConflict) {
				t.Error(err)
			}
			return err == nil
		})
		if won != 1 {
			t.Fatalf("round %d: %d got the same code, want 1", round, won)
		}
	}
}
