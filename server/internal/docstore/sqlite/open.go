package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"

	"modernc.org/sqlite"
)

// openFile opens the file with every setting that safety rests on.
func openFile(path, lock string) (*sql.DB, error) {
	c, err := sqlite.NewConnector(dsn(path, lock))
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return sql.OpenDB(checked{c}), nil
}

// dsn keeps in memory what undoes a refused commit of a group: it is of no use after a crash, and in a temporary file it
// was written more often than the database.
func dsn(path, lock string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "cache_size(-4000)", "temp_store(MEMORY)"}}
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String()
}

// checked reads back what durability rests on, on each connection: the pool replaces one whose statement was
// interrupted, and a setting that a new one ignores must not go unnoticed.
type checked struct{ driver.Connector }

func (c checked) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := safe(ctx, conn); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

func safe(ctx context.Context, conn driver.Conn) error {
	for _, s := range []struct {
		name string
		want string
	}{{"journal_mode", "wal"}, {"synchronous", "2"}} { // 2 is FULL
		got, err := pragma(ctx, conn, s.name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", s.name, err)
		}
		if got != s.want {
			return fmt.Errorf("the database's %s is %s, want %s", s.name, got, s.want)
		}
	}
	return nil
}

func pragma(ctx context.Context, conn driver.Conn, name string) (value string, err error) {
	q, ok := conn.(driver.QueryerContext)
	if !ok {
		return "", errors.New("the driver answers no questions")
	}
	rows, err := q.QueryContext(ctx, "PRAGMA "+name, nil)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row := make([]driver.Value, 1)
	if err := rows.Next(row); err != nil {
		return "", err
	}
	return fmt.Sprint(row[0]), nil
}
