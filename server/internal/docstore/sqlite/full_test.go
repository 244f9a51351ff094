package sqlite

import (
	"database/sql/driver"
	"errors"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// A full disk: commits fail, nothing of them is kept, and when there is room again the store goes on.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), t.TempDir(), []docstore.Collection{{Name: "papers"}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(t.Context()) }()
	limit := func(pages int) {
		t.Helper()
		if _, err := s.write.ExecContext(t.Context(), "PRAGMA max_page_count = "+strings.Repeat("9", pages)); err != nil {
			t.Fatal(err)
		}
	}
	body, err := bson.Marshal(bson.D{{Key: "text", Value: strings.Repeat("a", 1<<20)}})
	if err != nil {
		t.Fatal(err)
	}
	commit := func(ids ...string) error {
		var b docstore.Batch
		for _, id := range ids {
			b.Puts = append(b.Puts, docstore.Put{Collection: "papers", Doc: docstore.Doc{ID: id, Revision: 1, Body: body}})
		}
		return s.Commit(t.Context(), b)
	}
	limit(3)
	if err := commit("a", "b", "c", "d", "e"); err == nil || errors.Is(err, record.ErrConflict) {
		t.Fatalf("on a full disk: %v, want a failure that is no refusal", err)
	}
	limit(9)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		if _, err := s.Get(t.Context(), "papers", id); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: %v, want nothing kept", id, err)
		}
	}
	if err := commit("a", "b"); err != nil {
		t.Errorf("with room again: %v", err)
	}
}

func TestEveryConnectionIsChecked(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/unsafe.db"
	for _, spoil := range []string{"PRAGMA synchronous = NORMAL", "PRAGMA synchronous = OFF"} {
		db, err := openFile(path, "immediate")
		if err != nil {
			t.Fatal(err)
		}
		conn, err := db.Conn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.ExecContext(t.Context(), spoil); err != nil {
			t.Fatal(err)
		}
		err = conn.Raw(func(c any) error { return safe(t.Context(), c.(driver.Conn)) })
		if err == nil {
			t.Errorf("after %s the connection counts as safe", spoil)
		}
		if err := errors.Join(conn.Close(), db.Close()); err != nil {
			t.Error(err)
		}
	}
}
