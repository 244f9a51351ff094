package docstoretest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/server/internal/docstore"
)

func raw(id string, fields bson.D) docstore.Put {
	return docstore.Put{Collection: papers, Doc: docstore.Doc{ID: id, Revision: 1, Body: Body(fields)}}
}

// inOrder are values as one index sorts them. Each has its own shelf, so that all are in the index.
var inOrder = []any{
	nil, false, true,
	int64(-1 << 63), int64(-257), int32(-256), int64(-1), int32(0), int64(1), int32(255), int64(256), int64(1<<63 - 1),
	time.UnixMilli(-62135596800001), time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC), time.UnixMilli(-1), time.UnixMilli(0), time.UnixMilli(1),
	"", "\x00", "\x00\x00", "\x00\x01", "\x01", "A", "AA", "B", "a", "a\x00b", "ab", "é", "\uffff", "😀",
	[]byte{}, []byte{0}, []byte{0, 0}, []byte{1}, []byte{0xfe, 0xff}, []byte{0xff}, []byte{0xff, 0xff},
}

func order(t *testing.T, p Place) {
	s := open(t, p)
	var b docstore.Batch
	var want []string
	for i, v := range inOrder {
		id := fmt.Sprintf("%02d", i)
		want = append(want, id)
		b.Puts = append(b.Puts, raw(id, bson.D{{Key: "any", Value: v}, {Key: "shelf", Value: "s"}}))
	}
	slices.Reverse(b.Puts)
	b.Puts = append(b.Puts, raw("none", bson.D{{Key: "text", Value: "not in the index"}}))
	mustCommit(t, s, b)
	for _, limit := range []int{1, 3, docstore.MaxLimit} {
		q := docstore.Query{Collection: papers, Index: "any", Limit: limit}
		if got := ids(t, s, q); !slices.Equal(got, want) {
			t.Errorf("%d at a time:\n got %v\nwant %v", limit, got, want)
		}
		q.Descending = true
		down := slices.Clone(want)
		slices.Reverse(down)
		if got := ids(t, s, q); !slices.Equal(got, down) {
			t.Errorf("%d at a time, downwards:\n got %v\nwant %v", limit, got, down)
		}
	}
	for i, v := range inOrder[1:] {
		got := ids(t, s, docstore.Query{Collection: papers, Index: "any", Equals: []any{v}, Limit: 5})
		if !slices.Equal(got, want[i+1:i+2]) {
			t.Errorf("equal to %v: %v, want %s", v, got, want[i+1])
		}
	}
}

func ranges(t *testing.T, p Place) {
	s := open(t, p)
	var b docstore.Batch
	for _, shelf := range []string{"a", "a\x00", "ab", "b"} {
		for n := int64(-2); n <= 2; n++ {
			b.Puts = append(b.Puts, put(Paper{ID: fmt.Sprintf("%q%+d", shelf, n), Shelf: shelf, N: n}, 0))
		}
	}
	day := func(d int) time.Time { return time.Date(2027, 3, d, 0, 0, 0, 0, time.UTC) }
	b.Puts = append(b.Puts, put(Paper{ID: "on the 27th", Due: day(27)}, 0), put(Paper{ID: "on the 28th", Due: day(28)}, 0))
	mustCommit(t, s, b)
	type date int // as a domain's own number is
	for _, tc := range []struct {
		name string
		q    docstore.Query
		want string
	}{
		{"prefix", docstore.Query{Index: "shelf", Equals: []any{"a"}}, `"a"+0 "a"-2 "a"-1 "a"+1 "a"+2`},
		{"prefix, down", docstore.Query{Index: "shelf", Equals: []any{"a"}, Descending: true}, `"a"+2 "a"+1 "a"-1 "a"-2 "a"+0`},
		{"all fields", docstore.Query{Index: "shelf", Equals: []any{"b", -1}}, `"b"-1`},
		{"from", docstore.Query{Index: "shelf", Equals: []any{"a"}, From: date(-1)}, `"a"-1 "a"+1 "a"+2`},
		{"from to", docstore.Query{Index: "shelf", Equals: []any{"b"}, From: -2, To: 1}, `"b"-2 "b"-1`},
		{"from to, down", docstore.Query{Index: "shelf", Equals: []any{"b"}, From: -2, To: 2, Descending: true}, `"b"+1 "b"-1 "b"-2`},
		{"to, with the absent", docstore.Query{Index: "shelf", Equals: []any{"b"}, To: -1}, `"b"+0 "b"-2`},
		{"nothing between", docstore.Query{Index: "shelf", Equals: []any{"b"}, From: 2, To: 2}, ``},
		{"upside down", docstore.Query{Index: "shelf", Equals: []any{"b"}, From: 2, To: -2}, ``},
		{"no such", docstore.Query{Index: "shelf", Equals: []any{"c"}}, ``},
		{"a text of another length", docstore.Query{Index: "shelf", Equals: []any{"a\x00"}, From: 2}, `"a\x00"+2`},
		{"times", docstore.Query{Index: "due", From: day(28)}, `on the 28th`},
		{"times to", docstore.Query{Index: "due", To: day(28)}, `on the 27th`},
	} {
		for _, limit := range []int{1, 2, 100} {
			q := tc.q
			q.Collection, q.Limit = papers, limit
			if got := strings.Join(ids(t, s, q), " "); got != tc.want {
				t.Errorf("%s, %d at a time:\n got %s\nwant %s", tc.name, limit, got, tc.want)
			}
		}
	}
}

func refusedQueries(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "t"}, 0)))
	for name, q := range map[string]docstore.Query{
		"no such index":       {Collection: papers, Index: "body", Limit: 1},
		"no such collection":  {Collection: "elsewhere", Limit: 1},
		"no limit":            {Collection: papers, Index: "title"},
		"negative limit":      {Collection: papers, Index: "title", Limit: -1},
		"limit too high":      {Collection: papers, Index: "title", Limit: docstore.MaxLimit + 1},
		"walk without limit":  {Collection: papers},
		"walk limit too high": {Collection: papers, Limit: docstore.MaxLimit + 1},
		"walk downwards":      {Collection: papers, Limit: 1, Descending: true},
		"walk with a range":   {Collection: papers, Limit: 1, From: 1},
		"too many values":     {Collection: papers, Index: "title", Equals: []any{"a", "b"}, Limit: 1},
		"no field for range":  {Collection: papers, Index: "title", Equals: []any{"a"}, From: "b", Limit: 1},
		"value of no kind":    {Collection: papers, Index: "title", Equals: []any{nil}, Limit: 1},
		"value of odd kind":   {Collection: papers, Index: "title", Equals: []any{1.5}, Limit: 1},
		"damaged cursor":      {Collection: papers, Index: "title", After: "!", Limit: 1},
		"damaged walk cursor": {Collection: papers, After: "!", Limit: 1},
	} {
		if page, err := s.Find(t.Context(), q); err == nil {
			t.Errorf("%s: found %d, want an error", name, len(page.Docs))
		}
	}
	if _, err := s.Get(t.Context(), "elsewhere", "a"); err == nil {
		t.Error("get from an undeclared collection, want an error")
	}
	// A cursor that was made up is a place like any other.
	for _, after := range []string{"AAAA", "____", docstore.Cursor([]byte{0xff, 0xfe, 0})} {
		for _, index := range []string{"", "title"} {
			if _, err := s.Find(t.Context(), docstore.Query{Collection: papers, Index: index, After: after, Limit: 1}); err != nil {
				t.Errorf("cursor %q: %v", after, err)
			}
		}
	}
}

func redeclared(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "2", Code: "1"}, 0), put(Paper{ID: "b", Title: "1", Code: "2"}, 0), put(Paper{ID: "c", Title: "3"}, 0)))
	shut(t, s)
	other := []docstore.Collection{{Name: papers, Indexes: []docstore.Index{
		{Name: "title", Fields: []string{"code"}, Unique: true}, // the same name for another order
		{Name: "both", Fields: []string{"title", "code"}},       // a new one; all others are gone
	}}}
	s = openWith(t, p, other)
	wantIDs(t, s, docstore.Query{Index: "title"}, "a", "b")
	wantIDs(t, s, docstore.Query{Index: "both"}, "b", "a", "c")
	wantTaken(t, s.Commit(t.Context(), batch(put(Paper{ID: "d", Code: "1"}, 0))), "title")
	mustCommit(t, s, batch(put(Paper{ID: "d", Title: "0", Code: "0"}, 0)))
	shut(t, s)

	s = open(t, p)
	wantIDs(t, s, docstore.Query{Index: "title"}, "d", "b", "a", "c")
	wantIDs(t, s, docstore.Query{Index: "code"}, "d", "a", "b")
	wantRevision(t, s, "a", 1)
}

func wantIDs(t *testing.T, s docstore.Store, q docstore.Query, want ...string) {
	t.Helper()
	q.Collection, q.Limit = papers, 2
	if got := ids(t, s, q); !slices.Equal(got, want) {
		t.Errorf("by %s: %v, want %v", q.Index, got, want)
	}
}

// indexesFit looks at every index after documents came, changed, gave values to each other and went.
func indexesFit(t *testing.T, p Place) {
	s := open(t, p)
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "1", Code: "1", Shelf: "s", N: 1}, 0), put(Paper{ID: "b", Title: "2", Code: "2", Shelf: "s"}, 0), put(Paper{ID: "c", Title: "3"}, 0)))
	mustCommit(t, s, batch(put(Paper{ID: "a", Title: "9", Code: "2"}, 1), put(Paper{ID: "b", Code: "1", Due: noon}, 1)))
	mustCommit(t, s, batch(docstore.Put{Collection: papers, Was: 1, Delete: true, Doc: docstore.Doc{ID: "c"}}, put(Paper{ID: "d", Title: "3"}, 0)))
	if err := s.Commit(t.Context(), batch(put(Paper{ID: "e", Title: "4", Code: "1"}, 0))); err == nil {
		t.Error("a value that is taken was given")
	}
	wantFit(t, s)
	shut(t, s)
	s = openWith(t, p, []docstore.Collection{{Name: papers, Indexes: []docstore.Index{{Name: "title", Fields: []string{"code"}, Unique: true}}}})
	wantFit(t, s)
}

func wantFit(t *testing.T, s docstore.Store) {
	t.Helper()
	if err := s.Misfits(t.Context(), func(m docstore.Misfit) { t.Errorf("misfit: %+v", m) }); err != nil {
		t.Error(err)
	}
}
