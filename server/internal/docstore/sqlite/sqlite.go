// Package sqlite is about keeping documents in one file beside the program, with no server to run.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// FileName is the database's name in the data folder.
const FileName = "concordat.db"

// Store is a docstore.Store in one file.
type Store struct {
	path        string
	held        *os.File // the lock of the data folder
	collections map[string]docstore.Collection
	read        *sql.DB
	write       *sql.DB // one connection: all writing goes through it
	prepared    map[string]*sql.Stmt
	get         *sql.Stmt
	finding     struct{ up, down, all, counters *sql.Stmt } // along an index, against it, over all documents
	writer      *docstore.Writer
}

const schema = `
CREATE TABLE IF NOT EXISTS docs (
  collection TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL, chain BLOB, body BLOB NOT NULL,
  touched INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (collection, id));
CREATE TABLE IF NOT EXISTS keys (
  collection TEXT NOT NULL, name TEXT NOT NULL, key BLOB NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (collection, name, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uniques (
  collection TEXT NOT NULL, name TEXT NOT NULL, key BLOB NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (collection, name, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS declared (collection TEXT PRIMARY KEY, indexes TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (
  sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, created INTEGER NOT NULL, upload TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS chunks (upload TEXT NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (upload, n));
`

// Open opens or makes the database in dir, for its owner alone. Collections whose indexes were declared otherwise before
// are indexed anew. It gives ErrInUse while a database is being restored there.
func Open(ctx context.Context, dir string, collections []docstore.Collection) (*Store, error) {
	return open(ctx, dir, collections, false)
}

// OpenSound opens as Open does, and refuses with ErrDamaged, before anything is written, what cannot be served.
func OpenSound(ctx context.Context, dir string, collections []docstore.Collection) (*Store, error) {
	return open(ctx, dir, collections, true)
}

func open(ctx context.Context, dir string, collections []docstore.Collection, sound bool) (*Store, error) {
	declared, err := docstore.Declared(collections)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the data folder: %w", err)
	}
	s := &Store{path: filepath.Join(dir, FileName), collections: declared}
	if s.held, err = hold(dir, false); err != nil {
		return nil, err
	}
	if err := s.open(ctx, sound); err != nil {
		return nil, errors.Join(err, s.closeFiles())
	}
	s.writer = docstore.NewWriter(s.save)
	return s, nil
}

func (s *Store) open(ctx context.Context, sound bool) (err error) {
	if err := whole(filepath.Dir(s.path)); err != nil {
		return err
	}
	if err := private(s.path); err != nil {
		return err
	}
	if s.read, err = openFile(s.path, "deferred"); err != nil {
		return err
	}
	s.read.SetMaxOpenConns(8)
	s.read.SetMaxIdleConns(8)
	if sound {
		if err := s.sound(ctx); err != nil {
			return err
		}
	}
	if s.write, err = openFile(s.path, "immediate"); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	s.write.SetConnMaxLifetime(0)
	if _, err := s.write.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("preparing %s: %w", s.path, damaged(err))
	}
	if err := s.prepare(ctx); err != nil {
		return err
	}
	if err := s.reindexChanged(ctx); err != nil {
		return err
	}
	return s.sweep(ctx, time.Now())
}

// Get reads one document.
func (s *Store) Get(ctx context.Context, collection, id string) (docstore.Doc, error) {
	if _, declared := s.collections[collection]; !declared {
		return docstore.Doc{}, fmt.Errorf("reading %s %s: no such collection is declared", collection, id)
	}
	d := docstore.Doc{ID: id}
	err := s.get.QueryRowContext(ctx, collection, id).Scan(&d.Revision, &d.Chain, &d.Body)
	if errors.Is(err, sql.ErrNoRows) {
		return docstore.Doc{}, fmt.Errorf("%s %s: %w", collection, id, record.ErrNotFound)
	}
	if err != nil {
		return docstore.Doc{}, fmt.Errorf("reading %s %s: %w", collection, id, err)
	}
	return d, nil
}

// Counter reads a counter.
func (s *Store) Counter(ctx context.Context, name string) (n int64, err error) {
	err = s.read.QueryRowContext(ctx, "SELECT n FROM counters WHERE name = ?", name).Scan(&n)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("reading counter %s: %w", name, err)
	}
	return n, nil
}

// Counters are those whose names begin so and were ever raised.
func (s *Store) Counters(ctx context.Context, prefix string) (map[string]int64, error) {
	rows, err := s.finding.counters.QueryContext(ctx, prefix, prefix+lastRune)
	if err != nil {
		return nil, fmt.Errorf("reading counters %s: %w", prefix, err)
	}
	defer rows.Close()
	out := map[string]int64{}
	for rows.Next() {
		var name string
		var n int64
		if err := rows.Scan(&name, &n); err != nil {
			return nil, fmt.Errorf("reading counters %s: %w", prefix, err)
		}
		out[name] = n
	}
	return out, rows.Err()
}

// lastRune sorts after whatever a name can go on with.
const lastRune = "\U0010ffff"

// Commit saves a batch.
func (s *Store) Commit(ctx context.Context, b docstore.Batch) error {
	if err := b.Check(s.collections); err != nil {
		return err
	}
	return s.writer.Commit(ctx, b)
}

// Ping reads from the file, and looks at the room that is left on the disk and at the last commit.
func (s *Store) Ping(ctx context.Context) error {
	if _, err := s.Counter(ctx, "ping"); err != nil {
		return err
	}
	room, err := roomFor(s.path)
	if err != nil {
		return fmt.Errorf("asking for the room on the disk: %w", err)
	}
	if room < docstore.LeastRoom {
		return docstore.ErrFull
	}
	return s.writer.Check(ctx)
}

// Close saves what is queued, closes the file and lets go of the data folder.
func (s *Store) Close(context.Context) error {
	s.writer.Close()
	return s.closeFiles()
}

func (s *Store) closeFiles() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if err := s.held.Close(); !errors.Is(err, os.ErrClosed) { // a second Close does nothing
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
