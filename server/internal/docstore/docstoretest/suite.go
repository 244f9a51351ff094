// Package docstoretest is about what every docstore engine must do: one suite, the same for all of them.
package docstoretest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Place is somewhere to keep data, empty at first. Opening it again gives what was kept there before.
type Place func(ctx context.Context, collections []docstore.Collection) (docstore.Store, error)

// Run puts an engine through the suite. Each part asks for a place of its own.
func Run(t *testing.T, place func(t *testing.T) Place) {
	for _, part := range []struct {
		name string
		run  func(t *testing.T, p Place)
	}{
		{"one winner, nested", oneWinnerNested},
		{"one winner, in parallel", oneWinnerInParallel},
		{"write skew, nested", skewNested},
		{"write skew, in parallel", skewInParallel},
		{"conditions of a put", conditions},
		{"conditions of a touch", touches},
		{"all or nothing", allOrNothing},
		{"a refused commit fails alone", refusedAlone},
		{"one document twice in a batch", twice},
		{"unique values", uniques},
		{"unique values swap", uniquesSwap},
		{"unique values in parallel", uniquesInParallel},
		{"order of values", order},
		{"ranges and prefixes", ranges},
		{"queries that are refused", refusedQueries},
		{"walks under change", walksUnderChange},
		{"walk of all documents", walkOfAll},
		{"another declaration", redeclared},
		{"indexes fit", indexesFit},
		{"bytes come back", bytesComeBack},
		{"Unicode", unicode},
		{"milliseconds", milliseconds},
		{"large documents", largeDocuments},
		{"counters", counters},
		{"cancelled contexts", cancelled},
		{"open again", openAgain},
		{"closed", closed},
		{"names that are refused", refusedNames},
		{"files", files},
		{"large file", largeFile},
		{"files are swept when old", filesDeleted},
		{"a file cut off", fileCutOff},
		{"files in parallel", filesInParallel},
	} {
		t.Run(part.name, func(t *testing.T) { part.run(t, place(t)) })
	}
}

// Paper is what the suite keeps.
type Paper struct {
	ID    string    `bson:"id"`
	Title string    `bson:"title,omitempty"`
	Code  string    `bson:"code,omitempty"`
	Shelf string    `bson:"shelf,omitempty"`
	N     int64     `bson:"n,omitempty"`
	Due   time.Time `bson:"due,omitempty"`
	Open  bool      `bson:"open,omitempty"`
	Place struct {
		Room string `bson:"room,omitempty"`
	} `bson:"place,omitempty"`
}

// Collections are the suite's own.
func Collections() []docstore.Collection {
	return []docstore.Collection{
		{Name: papers, Indexes: []docstore.Index{
			{Name: "title", Fields: []string{"title"}},
			{Name: "code", Fields: []string{"code"}, Unique: true},
			{Name: "room-code", Fields: []string{"place.room", "title"}, Unique: true},
			{Name: "shelf", Fields: []string{"shelf", "n"}},
			{Name: "due", Fields: []string{"due"}},
			{Name: "any", Fields: []string{"any", "shelf"}},
		}},
		{Name: notes},
	}
}

const (
	papers = "papers"
	notes  = "notes"
)

func open(t *testing.T, p Place) docstore.Store {
	t.Helper()
	return openWith(t, p, Collections())
}

func openWith(t *testing.T, p Place, collections []docstore.Collection) docstore.Store {
	t.Helper()
	s, err := p(t.Context(), collections)
	if err != nil {
		t.Fatalf("opening: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(context.Background()); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return s
}

// Body is a document's bytes.
func Body(v any) []byte {
	b, err := bson.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("a document of the suite: %v", err)) // only what the suite itself wrote wrongly
	}
	return b
}

func put(p Paper, was int64) docstore.Put {
	return docstore.Put{Collection: papers, Was: was, Doc: docstore.Doc{
		ID: p.ID, Revision: max(was, 0) + 1, Chain: []byte{byte(was), 0, 0xff}, Body: Body(p)}}
}

func batch(puts ...docstore.Put) docstore.Batch { return docstore.Batch{Puts: puts} }

func mustCommit(t *testing.T, s docstore.Store, b docstore.Batch) {
	t.Helper()
	if err := s.Commit(t.Context(), b); err != nil {
		t.Fatalf("commit: %v", err)
	}
}

func mustGet(t *testing.T, s docstore.Store, id string) docstore.Doc {
	t.Helper()
	d, err := s.Get(t.Context(), papers, id)
	if err != nil {
		t.Fatalf("get %s: %v", id, err)
	}
	return d
}

func wantAbsent(t *testing.T, s docstore.Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if d, err := s.Get(t.Context(), papers, id); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("get %s = revision %d, %v; want ErrNotFound", id, d.Revision, err)
		}
	}
}

func wantRevision(t *testing.T, s docstore.Store, id string, want int64) {
	t.Helper()
	if got := mustGet(t, s, id).Revision; got != want {
		t.Errorf("%s has revision %d, want %d", id, got, want)
	}
}

func wantStale(t *testing.T, err error, id string, want, kept int64) {
	t.Helper()
	var stale *record.Stale
	if !errors.As(err, &stale) {
		t.Fatalf("error %v, want a Stale of %s", err, id)
	}
	if stale.Ref != (record.Ref{Kind: papers, ID: id, Revision: want}) || stale.Kept != kept {
		t.Errorf("stale %+v, want %s at %d, kept %d", stale, id, want, kept)
	}
}

func wantTaken(t *testing.T, err error, index string) {
	t.Helper()
	var taken *record.Taken
	if !errors.As(err, &taken) {
		t.Fatalf("error %v, want a Taken of %s", err, index)
	}
	if *taken != (record.Taken{Kind: papers, Index: index}) {
		t.Errorf("taken %+v, want the %s of %s", taken, index, papers)
	}
}

// ids walks a query to its end, page by page.
func ids(t *testing.T, s docstore.Store, q docstore.Query) (out []string) {
	t.Helper()
	for {
		p, err := s.Find(t.Context(), q)
		if err != nil {
			t.Fatalf("find %+v: %v", q, err)
		}
		for _, d := range p.Docs {
			out = append(out, d.ID)
		}
		if p.Next == "" {
			return out
		}
		q.After = p.Next
	}
}
