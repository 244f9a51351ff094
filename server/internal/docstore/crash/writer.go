package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
)

// writers is how many goroutines commit at once.
const writers = 16

// The writer's collections: each goroutine keeps a pair of documents equal, and makes one entry a commit.
const (
	pairs   = "pairs"
	entries = "entries"
)

func collections() []docstore.Collection {
	return []docstore.Collection{{Name: pairs}, {Name: entries, Indexes: []docstore.Index{
		{Name: "code", Fields: []string{"code"}, Unique: true}}}}
}

type numbered struct {
	Code string `bson:"code"`
	N    int64  `bson:"n"`
}

func left(writer int) string                  { return fmt.Sprintf("left-%d", writer) }
func right(writer int) string                 { return fmt.Sprintf("right-%d", writer) }
func entry(writer int, n int64) string        { return fmt.Sprintf("%d-%06d", writer, n) }
func said(what string, w int, n int64) string { return fmt.Sprintf("%s %d %d\n", what, w, n) }

// writeUntilKilled commits from many goroutines. Each says on out when a commit begins and when it is acknowledged,
// with one write, so that the order of the lines and of the system calls is the order of the acts.
func writeUntilKilled(ctx context.Context, dir string, commits int64, out io.Writer) error {
	s, err := sqlite.Open(ctx, dir, collections())
	if err != nil {
		return err
	}
	errs := make([]error, writers+1)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() { errs[w] = writeOne(ctx, s, w, commits, out) })
	}
	all.Wait()
	errs[writers] = s.Close(ctx)
	return errors.Join(errs...)
}

func writeOne(ctx context.Context, s *sqlite.Store, w int, commits int64, out io.Writer) error {
	d, err := s.Get(ctx, pairs, left(w))
	if err != nil && !errors.Is(err, record.ErrNotFound) {
		return err
	}
	for n := d.Revision + 1; commits == 0 || n <= commits; n++ {
		b, err := commitOf(w, n)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, said("begin", w, n)); err != nil {
			return err
		}
		if err := s.Commit(ctx, b); err != nil {
			return err
		}
		if _, err := io.WriteString(out, said("ack", w, n)); err != nil {
			return err
		}
	}
	return nil
}

func commitOf(w int, n int64) (docstore.Batch, error) {
	body, err := bson.Marshal(numbered{Code: entry(w, n), N: n})
	if err != nil {
		return docstore.Batch{}, err
	}
	put := func(collection, id string, was int64) docstore.Put {
		return docstore.Put{Collection: collection, Was: was, Doc: docstore.Doc{ID: id, Revision: was + 1, Body: body}}
	}
	return docstore.Batch{Raise: []string{entries}, Puts: []docstore.Put{
		put(pairs, left(w), n-1), put(entries, entry(w, n), 0), put(pairs, right(w), n-1)}}, nil
}
