package sqlite_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/sqlite"
)

func BenchmarkStore(b *testing.B) {
	s, err := sqlite.Open(b.Context(), b.TempDir(), docstoretest.Collections())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close(context.Background()) }()
	// The peer: the same driver and settings, each document inserted in a transaction of its own.
	raw, err := sql.Open("sqlite", "file:"+filepath.Join(b.TempDir(), "raw.db")+
		"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(10000)")
	if err != nil {
		b.Fatal(err)
	}
	defer raw.Close()
	raw.SetMaxOpenConns(1)
	if _, err := raw.Exec("CREATE TABLE docs (id TEXT PRIMARY KEY, body BLOB)"); err != nil {
		b.Fatal(err)
	}
	docstoretest.Bench(b, s, docstoretest.Peer{Name: "inserts", Insert: func(ctx context.Context, id string, body []byte) error {
		_, err := raw.ExecContext(ctx, "INSERT INTO docs VALUES (?, ?)", id, body)
		return err
	}})
}
