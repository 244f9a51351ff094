package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrDamaged is what a file gives that is no sound database.
var ErrDamaged = errors.New("the database is damaged")

// wholeCheck is up to how many bytes a database is looked through at each start: that takes 0.2 to 0.5 s. Of a larger
// one only the tables are through which all others are found; verify looks through the rest.
const wholeCheck = 128 << 20

var smallTables = []string{"declared", "counters", "uniques", "blobs"}

// sound fails with ErrDamaged when SQLite finds the structure of a database broken.
func (s *Store) sound(ctx context.Context) error {
	var size int64
	if err := s.read.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(&size); err != nil {
		return damaged(err)
	}
	if size <= wholeCheck {
		return examine(ctx, s.read, "quick_check")
	}
	for _, t := range smallTables {
		if err := examine(ctx, s.read, "quick_check("+t+")"); err != nil {
			return err
		}
	}
	return nil
}

type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// examine runs one of SQLite's own checks.
func examine(ctx context.Context, db asker, check string) error {
	problems, err := broken(ctx, db, check)
	if err == nil && len(problems) > 0 {
		err = fmt.Errorf("%w: %s", ErrDamaged, strings.Join(problems[:min(len(problems), 3)], "; "))
	}
	return err
}

func broken(ctx context.Context, db asker, check string) (problems []string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA "+check)
	if err != nil {
		return nil, damaged(err)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return nil, damaged(err)
		}
		if line != "ok" {
			problems = append(problems, strings.Join(strings.Fields(line), " "))
		}
	}
	return problems, damaged(rows.Err())
}

// damaged makes an ErrDamaged of what SQLite says of a file that it cannot read as a database.
func damaged(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
