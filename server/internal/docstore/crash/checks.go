package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
)

// checks are what must hold of the data after a kill. The first takes what it found kept over into known.
var checks = []struct {
	name string
	run  func(ctx context.Context, s *sqlite.Store, dir string, known *tally) error
}{
	{"acknowledged and no more", acknowledged},
	{"whole", whole},
	{"once", once},
	{"the file", sound},
}

// acknowledged: what was acknowledged is kept, and at most the one commit more that was under way.
func acknowledged(ctx context.Context, s *sqlite.Store, _ string, known *tally) error {
	for w := range writers {
		n, err := revision(ctx, s, left(w))
		if err != nil {
			return err
		}
		if n < known[w] || n > known[w]+1 {
			return fmt.Errorf("writer %d: %d commits are kept, %d were acknowledged", w, n, known[w])
		}
		known[w] = n
	}
	return nil
}

func revision(ctx context.Context, s *sqlite.Store, id string) (int64, error) {
	d, err := s.Get(ctx, pairs, id)
	if errors.Is(err, record.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	var x numbered
	if err := bson.Unmarshal(d.Body, &x); err != nil {
		return 0, err
	}
	if x.N != d.Revision {
		return 0, fmt.Errorf("%s has revision %d and the text of %d", id, d.Revision, x.N)
	}
	return d.Revision, nil
}

// whole: every part of a commit is there, or none.
func whole(ctx context.Context, s *sqlite.Store, _ string, known *tally) error {
	for w, n := range known {
		r, err := revision(ctx, s, right(w))
		if err != nil {
			return err
		}
		if r != n {
			return fmt.Errorf("writer %d: its pair has the revisions %d and %d", w, n, r)
		}
		if n == 0 {
			continue
		}
		if _, err := s.Get(ctx, entries, entry(w, n)); err != nil {
			return fmt.Errorf("writer %d: the entry of its last commit: %w", w, err)
		}
	}
	return nil
}

// once: as many entries as commits, in the documents, in their index and in the counter.
func once(ctx context.Context, s *sqlite.Store, _ string, known *tally) error {
	want := known.sum()
	counted, err := s.Counter(ctx, entries)
	if err != nil {
		return err
	}
	for name, index := range map[string]string{"documents": "", "index": "code"} {
		got, err := count(ctx, s, index)
		if err != nil {
			return err
		}
		if got != want || counted != want {
			return fmt.Errorf("%d commits, a counter of %d, and %d entries by the %s", want, counted, got, name)
		}
	}
	return nil
}

func count(ctx context.Context, s *sqlite.Store, index string) (n int64, err error) {
	q := docstore.Query{Collection: entries, Index: index, Limit: docstore.MaxLimit}
	for {
		p, err := s.Find(ctx, q)
		if err != nil {
			return 0, err
		}
		n += int64(len(p.Docs))
		if p.Next == "" {
			return n, nil
		}
		q.After = p.Next
	}
}

// sound asks the database engine itself.
func sound(ctx context.Context, _ *sqlite.Store, dir string, _ *tally) error {
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		return err
	}
	var answer string
	err = db.QueryRowContext(ctx, "PRAGMA integrity_check").Scan(&answer)
	if err == nil && answer != "ok" {
		err = errors.New(answer)
	}
	return errors.Join(err, db.Close())
}
