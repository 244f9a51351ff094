// Package docstore is about keeping documents: the small port that MongoDB and the embedded SQLite both fill.
//
// A document is BSON bytes with a revision. There are no filter documents: what can be asked is declared as an
// index, so no page can scan a collection. What a commit relies on is part of the commit.
package docstore

import (
	"context"
	"io"
	"time"

	"concordat/review/record"
)

// Collection declares what is kept together and how it can be asked for.
type Collection struct {
	Name    string
	Indexes []Index
}

// Index is an order of a collection's documents by some of their fields. A document in which all the fields are
// absent, empty or zero is not in the index. In it, an absent field sorts before every value and no value asked for
// finds it. A field that is an array or a document cannot be indexed.
type Index struct {
	Name   string
	Fields []string // dotted paths into the document
	Unique bool
}

// Doc is a document as it is kept.
type Doc struct {
	ID       string
	Revision int64
	Chain    []byte
	Body     []byte // BSON, byte for byte as it was given
}

// Query asks for documents in the order of an index. Without an index it walks all of them in the order of their
// ids, and then only After and Limit may be given.
type Query struct {
	Collection string
	Index      string
	Equals     []any // values of the first fields of the index
	From, To   any   // half-open range of the next field: From <= x < To; nil is unbounded
	Descending bool
	After      string // cursor: what Page.Next was
	Limit      int    // 1 to MaxLimit
}

// MaxLimit is how many documents one Find may give.
const MaxLimit = 1000

// Page is one stretch of a walk. A document that is there throughout a walk, with unchanged keys, appears exactly once.
type Page struct {
	Docs []Doc
	Next string // cursor for the next page; "" at the end
}

// Put saves a document, or deletes it. Was is the revision that must be kept now: 0 for none, Whatever for any.
type Put struct {
	Collection string
	Doc        Doc
	Was        int64
	Delete     bool
}

// Whatever as Put.Was saves without a condition. It is for what has no events: sessions, unsaved drafts, counters.
const Whatever int64 = -1

// Meets tells whether the condition of a put holds for what is kept.
func (p Put) Meets(there bool, revision int64) bool {
	switch p.Was {
	case Whatever:
		return true
	case 0:
		return !there
	}
	return there && revision == p.Was
}

// Touch is the condition that a document still has a revision. The engine notes the touch, so that a commit which
// changes that document at the same time collides with this one.
type Touch struct {
	Collection string
	ID         string
	Revision   int64
}

// Batch is saved all or nothing. Touches are judged before the batch, puts one after another, unique values after all
// of them, so that two documents can swap theirs.
type Batch struct {
	Puts    []Put
	Touches []Touch
	Raise   []string // names of counters to raise by one
}

// Store keeps documents. All its methods are safe for use by many goroutines.
type Store interface {
	// Get returns record.ErrNotFound when there is none.
	Get(ctx context.Context, collection, id string) (Doc, error)
	// Find reads one page. An undeclared index, a bad cursor or a limit outside 1..MaxLimit is an error.
	Find(ctx context.Context, q Query) (Page, error)
	// Commit returns a record.Stale or record.Taken when a condition does not hold; then nothing was saved. When it
	// returns nil the batch is on the disk; after any other error it may or may not have been saved.
	Commit(ctx context.Context, b Batch) error
	// Counter is how often a name was raised; 0 when never.
	Counter(ctx context.Context, name string) (int64, error)
	// Counters are those whose names begin so and were ever raised.
	Counters(ctx context.Context, prefix string) (map[string]int64, error)
	Blobs() Blobs
	// Misfits compares what the engine keeps beside the documents, its indexes above all, with the documents, and
	// tells of each difference. It fails only when the store cannot be read.
	Misfits(ctx context.Context, tell func(Misfit)) error
	// Ping fails when the store cannot serve.
	Ping(ctx context.Context) error
	Close(ctx context.Context) error
}

// Misfit is something that an engine keeps and that does not fit the documents. ID is "" when it is not about one.
type Misfit struct{ Collection, ID, Problem string }

// ChunkSize is the length in bytes of the pieces in which files are kept.
const ChunkSize = 1 << 20

// Blob describes a kept file.
type Blob struct {
	SHA256  string // hex; the file's name
	Size    int64
	Created time.Time
}

// Blobs keeps files by their content. The same bytes are kept once.
type Blobs interface {
	// Put reads r to its end and returns when the file is on the disk. now becomes Created, also of a file
	// that was there already, so that it is not swept before a commit names it.
	Put(ctx context.Context, r io.Reader, now time.Time) (Blob, error)
	// Open returns record.ErrNotFound when there is none. Reading fails with ErrNotWhole when the pieces are not the
	// file of that name.
	Open(ctx context.Context, sha256 string) (io.ReadCloser, Blob, error)
	// List walks all files in the order of their names, up to limit after the name given.
	List(ctx context.Context, after string, limit int) ([]Blob, error)
	// Delete removes a file created before the time given; otherwise, and when there is none, it does nothing.
	Delete(ctx context.Context, sha256 string, before time.Time) error
}

// StaleDoc is the refusal of a Put or Touch.
func StaleDoc(collection, id string, want, kept int64) error {
	return &record.Stale{Ref: record.Ref{Kind: collection, ID: id, Revision: want}, Kept: kept}
}
