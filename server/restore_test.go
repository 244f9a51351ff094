package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// mustRun runs a command that must succeed and print something.
func mustRun(t *testing.T, want string, args ...string) {
	t.Helper()
	if out, err := runCommand(t, nil, args...); err != nil || !strings.Contains(out, want) {
		t.Fatalf("run(%q) = %q, %v; want %q", args, out, err, want)
	}
}

// What backup prints is what brings the data back; a running service is left alone, and what was there is kept.
func TestBackupThenRestore(t *testing.T) {
	t.Parallel()
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "monday.db")
	mustRun(t, "/invitation/", "user", "add", "-data", dir, "-email", "ada@example.org", "-name", "Ada Admin")
	mustRun(t, "server restore -data "+dir+" "+file, "backup", "-data", dir, file)
	mustRun(t, "/invitation/", "user", "add", "-data", dir, "-email", "lea@example.org", "-name", "Lea Lead")

	address, stop := start(t, dir)
	if out, err := runCommand(t, nil, "restore", "-data", dir, file); !errors.Is(err, sqlite.ErrInUse) || !strings.Contains(err.Error(), "stop it first") {
		t.Errorf("restore beside a service = %q, %v; want it refused", out, err)
	}
	mustRun(t, "lea@example.org", "user", "list", "-data", dir)
	if got := status(t, address+"/readyz"); got != 200 {
		t.Errorf("the service answers %d after the refusal", got)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}

	mustRun(t, "What was there before is kept in "+filepath.Join(dir, "replaced-"), "restore", "-data", dir, file)
	if out, err := runCommand(t, nil, "user", "list", "-data", dir); err != nil || !strings.Contains(out, "ada@") || strings.Contains(out, "lea@") {
		t.Errorf("after restore: %q, %v; want Ada alone", out, err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "replaced-*"))
	if err != nil || len(kept) != 1 {
		t.Fatalf("kept aside: %v, %v", kept, err)
	}
	mustRun(t, "lea@example.org", "user", "list", "-data", kept[0])
	_, stop = start(t, dir)
	if err := stop(); err != nil {
		t.Error(err)
	}
}

func TestRestoreJudgesTheCopy(t *testing.T) {
	t.Parallel()
	tampered := func(p docstore.Put) string {
		dir, file := t.TempDir(), filepath.Join(t.TempDir(), "copy")
		mustRun(t, "", "user", "add", "-data", dir, "-email", "ada@example.org", "-name", "Ada Admin")
		s, err := sqlite.Open(t.Context(), dir, stores.Collections())
		if err != nil {
			t.Fatal(err)
		}
		page, err := s.Find(t.Context(), docstore.Query{Collection: "account", Limit: 1})
		if err != nil || len(page.Docs) != 1 {
			t.Fatal(err)
		}
		if p.Collection == "account" {
			p.Doc = page.Docs[0]
			p.Doc.Body = bytes.Replace(p.Doc.Body, []byte("Ada Admin"), []byte("Eve Admin"), 1)
		}
		p.Was = docstore.Whatever
		if err := errors.Join(s.Commit(t.Context(), docstore.Batch{Puts: []docstore.Put{p}}), s.Backup(t.Context(), file), s.Close(t.Context())); err != nil {
			t.Fatal(err)
		}
		return file
	}
	altered := tampered(docstore.Put{Collection: "account"})
	dir := t.TempDir()
	for file, want := range map[string]string{
		altered: "do not hold",
		tampered(docstore.Put{Collection: "shape", Doc: docstore.Doc{ID: "verdict", Revision: 1, Body: []byte{5, 0, 0, 0, 0}}}): "run the newer program",
	} {
		if out, err := runCommand(t, nil, "restore", "-data", dir, file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("restore = %q, %v; want %q", out, err, want)
		}
		if _, err := os.Stat(filepath.Join(dir, sqlite.FileName)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: it was put in place", want)
		}
	}
	// It may be the only backup that there is.
	mustRun(t, "Restored from", "restore", "-data", dir, "-despite-findings", "yes", altered)
	mustRun(t, "Eve Admin", "user", "list", "-data", dir)
}

func TestADamagedDatabaseIsNotServed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, sqlite.FileName), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"", "demo"} {
		args := append(strings.Fields(command), "-addr", "127.0.0.1:0", "-data", dir)
		_, err := runCommand(t, nil, args...)
		if !errors.Is(err, sqlite.ErrDamaged) || !strings.Contains(err.Error(), "server restore -data "+dir) {
			t.Errorf("run(%q) = %v, want it refused with words on how to restore", args, err)
		}
	}
}
