package docstoretest

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/server/internal/docstore"
)

func bytesComeBack(t *testing.T, p Place) {
	s := open(t, p)
	for _, fields := range []bson.D{
		{},
		{{Key: "z", Value: 1}, {Key: "a", Value: int64(1)}, {Key: "_id", Value: "inner"}, {Key: "z", Value: "again"}},
		{{Key: "", Value: ""}, {Key: "nested", Value: bson.D{{Key: "b", Value: bson.A{}}, {Key: "a", Value: bson.D{}}}}},
		{{Key: "double", Value: math.Copysign(0, -1)}, {Key: "id", Value: bson.NewObjectID()}, {Key: "zero", Value: bson.Timestamp{}},
			{Key: "null", Value: nil}, {Key: "bytes", Value: []byte{0, 1, 0xff}}, {Key: "min", Value: bson.MinKey{}},
			{Key: "pattern", Value: bson.Regex{Pattern: "^a", Options: "i"}}, {Key: "decimal", Value: bson.NewDecimal128(1, 2)}},
		{{Key: "with.dot", Value: 1}, {Key: "in", Value: bson.D{{Key: "$set", Value: 1}, {Key: "a.b", Value: 2}}}},
	} {
		b := raw("x", fields)
		b.Was, b.Doc.Chain = docstore.Whatever, []byte{0, 1, 2, 0xff}
		mustCommit(t, s, batch(b))
		got := mustGet(t, s, "x")
		if !bytes.Equal(got.Body, b.Doc.Body) || !bytes.Equal(got.Chain, b.Doc.Chain) || got.Revision != 1 {
			t.Errorf("%v came back as %+v", fields, got)
		}
		page, err := s.Find(t.Context(), docstore.Query{Collection: papers, Limit: 1})
		if err != nil || len(page.Docs) != 1 || !bytes.Equal(page.Docs[0].Body, b.Doc.Body) || !bytes.Equal(page.Docs[0].Chain, b.Doc.Chain) {
			t.Errorf("%v is found as %+v, %v", fields, page, err)
		}
	}
}

func unicode(t *testing.T, p Place) {
	s := open(t, p)
	for _, text := range []string{
		"\x00", "a\x00b\x00", "e\u0301", "é", "\u202eright to left", "👩🏽‍⚕️", "\U0010ffff", "\ufeff", "İı", "ß", strings.Repeat("字", 1000),
	} {
		mustCommit(t, s, batch(put(Paper{ID: text, Title: text, Code: text}, 0)))
		if got, want := mustGet(t, s, text).Body, Body(Paper{ID: text, Title: text, Code: text}); !bytes.Equal(got, want) {
			t.Errorf("%q came back as %q", text, got)
		}
		for _, index := range []string{"title", "code"} {
			q := docstore.Query{Collection: papers, Index: index, Equals: []any{text}, Limit: 2}
			if got := ids(t, s, q); !slices.Equal(got, []string{text}) {
				t.Errorf("by %s: %q, want %q", index, got, text)
			}
		}
	}
}

func milliseconds(t *testing.T, p Place) {
	s := open(t, p)
	clockChange := time.Date(2027, 10, 31, 1, 0, 0, 0, time.UTC)
	for i, at := range []time.Time{
		clockChange.Add(-time.Millisecond), clockChange, clockChange.Add(time.Millisecond),
		time.Date(1948, 7, 5, 0, 0, 0, 999e6, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC),
	} {
		id := string(rune('a' + i))
		mustCommit(t, s, batch(put(Paper{ID: id, Due: at}, 0)))
		var got Paper
		if err := bson.Unmarshal(mustGet(t, s, id).Body, &got); err != nil || !got.Due.Equal(at) {
			t.Errorf("%v came back as %v, %v", at, got.Due, err)
		}
		q := docstore.Query{Collection: papers, Index: "due", From: at, To: at.Add(time.Millisecond), Limit: 2}
		if got := ids(t, s, q); !slices.Equal(got, []string{id}) {
			t.Errorf("due at %v: %v, want %s", at, got, id)
		}
	}
}

func largeDocuments(t *testing.T, p Place) {
	s := open(t, p)
	random := rand.NewChaCha8([32]byte{1})
	large := func(id string, size int) docstore.Put {
		text := make([]byte, size)
		_, _ = random.Read(text)
		return raw(id, bson.D{{Key: "title", Value: id}, {Key: "text", Value: text}})
	}
	var puts []docstore.Put
	for i := range 20 {
		puts = append(puts, large(string(rune('a'+i)), 1<<20))
	}
	together(len(puts), func(i int) bool {
		if err := s.Commit(t.Context(), batch(puts[i])); err != nil {
			t.Error(err)
		}
		return true
	})
	puts = append(puts, large("limit", docstore.MaxBody-64))
	mustCommit(t, s, batch(puts[20]))
	for _, want := range puts {
		if got := mustGet(t, s, want.Doc.ID).Body; !bytes.Equal(got, want.Doc.Body) {
			t.Errorf("%s came back as other %d bytes", want.Doc.ID, len(got))
		}
	}
	if got := ids(t, s, docstore.Query{Collection: papers, Index: "title", Limit: docstore.MaxLimit}); len(got) != 21 {
		t.Errorf("found %d large documents, want 21", len(got))
	}
	long := strings.Repeat("a", docstore.MaxKey)
	if err := s.Commit(t.Context(), batch(put(Paper{ID: "long", Title: long}, 0))); err == nil {
		t.Error("a title too long for its index was saved")
	}
	mustCommit(t, s, batch(put(Paper{ID: "long", Title: long[:docstore.MaxKey/2]}, 0)))
}

func counters(t *testing.T, p Place) {
	s, other := open(t, p), open(t, p)
	want := func(name string, n int64) {
		t.Helper()
		if got, err := s.Counter(t.Context(), name); got != n || err != nil {
			t.Errorf("counter %s is %d, %v; want %d", name, got, err, n)
		}
	}
	want("public", 0)
	mustCommit(t, s, docstore.Batch{Raise: []string{"public", "other", "public"}})
	want("public", 2)
	together(40, func(i int) bool {
		if err := either(i, s, other).Commit(t.Context(), docstore.Batch{Raise: []string{"public"}}); err != nil {
			t.Error(err)
		}
		return true
	})
	want("public", 42)
	want("other", 1)
	mustCommit(t, s, docstore.Batch{Raise: []string{"public/a", "public/ä", "publi", "Public"}})
	got, err := other.Counters(t.Context(), "public")
	if wanted := map[string]int64{"public": 42, "public/a": 1, "public/ä": 1}; err != nil || !maps.Equal(got, wanted) {
		t.Errorf("counters that begin with public: %v, %v; want %v", got, err, wanted)
	}
	if got, err := s.Counters(t.Context(), "none"); err != nil || len(got) != 0 {
		t.Errorf("counters that nobody raised: %v, %v", got, err)
	}
	mustCommit(t, s, docstore.Batch{})
}

func cancelled(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "a"}, 0)))
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, get := s.Get(over, papers, "a")
	_, find := s.Find(over, docstore.Query{Collection: papers, Index: "title", Limit: 1})
	_, file := s.Blobs().Put(over, strings.NewReader("text"), time.Now())
	for what, err := range map[string]error{"get": get, "find": find, "file": file, "commit": s.Commit(over, batch(put(Paper{ID: "b"}, 0)))} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v, want context.Canceled", what, err)
		}
	}
	wantAbsent(t, s, "b")
	// Callers that lose patience at any moment harm nobody else, and what was acknowledged is there.
	saved := make([]bool, 200)
	together(len(saved), func(i int) bool {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*100*time.Microsecond)
		defer cancel()
		saved[i] = s.Commit(ctx, batch(put(Paper{ID: "p" + string(rune('0'+i))}, 0))) == nil
		_, _ = s.Find(ctx, docstore.Query{Collection: papers, Index: "title", Limit: 1})
		return true
	})
	for i, ok := range saved {
		if ok {
			wantRevision(t, s, "p"+string(rune('0'+i)), 1)
		}
	}
	mustCommit(t, s, batch(put(Paper{ID: "a"}, 1)))
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("ping: %v", err)
	}
}

func openAgain(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, docstore.Batch{Puts: []docstore.Put{put(Paper{ID: "a", Title: "t", Code: "c"}, 0)}, Raise: []string{"n"}})
	b, err := s.Blobs().Put(t.Context(), strings.NewReader("text"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	before := mustGet(t, s, "a")
	shut(t, s)

	s = open(t, p)
	if got := mustGet(t, s, "a"); !bytes.Equal(got.Body, before.Body) || !bytes.Equal(got.Chain, before.Chain) || got.Revision != 1 {
		t.Errorf("opened again: %+v, want %+v", got, before)
	}
	wantIDs(t, s, docstore.Query{Index: "title"}, "a")
	wantTaken(t, s.Commit(t.Context(), batch(put(Paper{ID: "b", Code: "c"}, 0))), "code")
	wantStale(t, s.Commit(t.Context(), batch(put(Paper{ID: "a"}, 0))), "a", 0, 1)
	if n, err := s.Counter(t.Context(), "n"); n != 1 || err != nil {
		t.Errorf("counter %d, %v", n, err)
	}
	wantFile(t, s, b, []byte("text"))
}

// shut closes a store before the end of the test, which closes it once more: that must be harmless.
func shut(t *testing.T, s docstore.Store) {
	t.Helper()
	if err := s.Close(t.Context()); err != nil {
		t.Fatalf("closing: %v", err)
	}
}

func closed(t *testing.T, p Place) {
	s := open(t, p)
	acknowledged := make([]bool, 100)
	together(len(acknowledged)+1, func(i int) bool {
		if i == 0 {
			shut(t, s)
			return true
		}
		acknowledged[i-1] = s.Commit(t.Context(), batch(put(Paper{ID: "p" + string(rune('0'+i))}, 0))) == nil
		return true
	})
	if err := s.Commit(t.Context(), batch(put(Paper{ID: "late"}, 0))); !errors.Is(err, docstore.ErrClosed) {
		t.Errorf("a commit after closing: %v, want ErrClosed", err)
	}
	s = open(t, p)
	for i, ok := range acknowledged {
		if ok {
			wantRevision(t, s, "p"+string(rune('1'+i)), 1)
		}
	}
	wantAbsent(t, s, "late")
}

func refusedNames(t *testing.T, p Place) {
	title := func(name string) []docstore.Index { return []docstore.Index{{Name: name, Fields: []string{"title"}}} }
	for name, collections := range map[string][]docstore.Collection{
		"empty":            {{Name: ""}},
		"dotted":           {{Name: "a.b"}},
		"twice":            {{Name: "a"}, {Name: "a"}},
		"index dotted":     {{Name: "a", Indexes: title("a.b")}},
		"index twice":      {{Name: "a", Indexes: append(title("x"), title("x")...)}},
		"index of nothing": {{Name: "a", Indexes: []docstore.Index{{Name: "x"}}}},
	} {
		if s, err := p(t.Context(), collections); err == nil {
			t.Errorf("%s: opened, want it refused (%v)", name, s.Close(t.Context()))
		}
	}
}
