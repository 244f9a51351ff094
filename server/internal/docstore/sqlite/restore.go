package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"concordat/server/internal/docstore"
)

// Restore puts a backup in the place of the database in Dir. Nobody may have that database open.
type Restore struct {
	Dir         string // may be new
	File        string // what Backup wrote; it is only read
	Collections []docstore.Collection
	Now         time.Time
	// Look judges the copy after SQLite and this package found it sound; an error stops the restore.
	Look func(ctx context.Context, copied *Store) error
}

// Run gives the folder to which the database that was there went, with its log: "" when there was none. That folder is
// itself a data folder. When Run fails everything is as it was. A crash can leave the folder between two databases;
// then Open refuses it, and the next Run begins by putting back what was there.
func (r Restore) Run(ctx context.Context) (aside string, err error) {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return "", fmt.Errorf("making the data folder: %w", err)
	}
	held, err := hold(r.Dir, true)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, held.Close()) }()
	if err := undo(r.Dir); err != nil {
		return "", fmt.Errorf("undoing a restore that was cut off: %w", err)
	}
	defer func() { _ = tidy(r.Dir) }() // what it leaves goes with the next restore
	if err := r.stage(ctx); err != nil {
		return "", fmt.Errorf("restoring %s: %w", r.File, err)
	}
	return r.swap()
}

// stage makes a copy beside the database and judges it there.
func (r Restore) stage(ctx context.Context) error {
	if err := r.finished(); err != nil {
		return err
	}
	if err := os.Mkdir(staging(r.Dir), 0o700); err != nil {
		return err
	}
	staged := filepath.Join(staging(r.Dir), FileName)
	if err := copyFile(r.File, staged); err != nil {
		return err
	}
	if err := concordat(ctx, staged); err != nil {
		return err
	}
	s, err := Open(ctx, staging(r.Dir), r.Collections)
	if err != nil {
		return err
	}
	if err := errors.Join(r.Look(ctx, s), s.Close(ctx)); err != nil {
		return err
	}
	if _, err := os.Stat(staged + "-wal"); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(errors.New("the copy was not closed whole"), err)
	}
	f, err := os.OpenFile(staged, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close(), syncFolder(staging(r.Dir)))
}

// finished refuses a file that is, or was, a database in use: what its log holds would be lost, and nothing tells
// whether the log is its own.
func (r Restore) finished() error {
	given, err := os.Stat(r.File)
	if err != nil {
		return err
	}
	if !given.Mode().IsRegular() {
		return errors.New("it is not a file")
	}
	if live, err := os.Stat(filepath.Join(r.Dir, FileName)); err == nil && os.SameFile(given, live) {
		return errors.New("it is the database itself")
	}
	for _, log := range []string{r.File + "-wal", r.File + "-journal"} {
		if info, err := os.Stat(log); err == nil && info.Size() > 0 {
			return fmt.Errorf("%s is there, so this is not what backup wrote: run backup on the folder %s and restore what it writes",
				log, filepath.Dir(r.File))
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// ErrForeign is what a file gives that is a database, but of another program.
var ErrForeign = errors.New("it is not a database of Concordat")

// concordat has SQLite examine a file as a whole, then looks for the tables of this package, which Open would make.
func concordat(ctx context.Context, path string) (err error) {
	db, err := openFile(path, "deferred")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := examine(ctx, db, "integrity_check"); err != nil {
		return err
	}
	for _, read := range []string{
		"SELECT collection, id, revision, chain, body, touched FROM docs", "SELECT collection, name, key, id FROM keys",
		"SELECT collection, name, key, id FROM uniques", "SELECT name, n FROM counters", "SELECT collection, indexes FROM declared",
		"SELECT sha256, size, created, upload FROM blobs", "SELECT upload, n, data FROM chunks",
	} {
		ready, err := db.PrepareContext(ctx, read)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrForeign, err)
		}
		if err := ready.Close(); err != nil {
			return err
		}
	}
	return nil
}
