package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/sqlite"
)

var noon = time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC)

func restore(t *testing.T, dir, file string) (aside string, err error) {
	t.Helper()
	return sqlite.Restore{Dir: dir, File: file, Collections: docstoretest.Collections(), Now: noon,
		Look: func(context.Context, *sqlite.Store) error { return nil }}.Run(t.Context())
}

// kept makes a folder with n papers by a name, and gives it and a backup of it.
func kept(t *testing.T, by string, n int) (dir, file string) {
	t.Helper()
	dir, file = t.TempDir(), filepath.Join(t.TempDir(), "copy")
	s := open(t, dir, docstoretest.Collections())
	for i := range n {
		if err := s.Commit(t.Context(), paper(by, i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(s.Backup(t.Context(), file), s.Close(t.Context())); err != nil {
		t.Fatal(err)
	}
	return dir, file
}

// A process that is killed leaves a log. It must not be replayed into the backup that is put in the database's place,
// and what it holds must not be lost either.
func TestRestoreAfterKill(t *testing.T) {
	t.Parallel()
	dir, file := kept(t, "before", 50)
	acknowledged := runChild(t, dir, 300, func(int) {})
	log := filepath.Join(dir, sqlite.FileName+"-wal")
	if info, err := os.Stat(log); err != nil || info.Size() == 0 {
		t.Fatalf("the killed process left no log: %v", err)
	}
	aside, err := restore(t, dir, file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(log); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the log stayed beside the restored database: %v", err)
	}
	s, err := sqlite.OpenSound(t.Context(), dir, docstoretest.Collections())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close(t.Context()) }()
	if before, child := shelved(t, s, "before"), shelved(t, s, "child"); len(before) != 50 || len(child) != 0 {
		t.Errorf("restored: %d papers from before the backup and %d from after it, want 50 and 0", len(before), len(child))
	}
	old := open(t, aside, docstoretest.Collections())
	if child := shelved(t, old, "child"); len(child) < acknowledged {
		t.Errorf("set aside: %d papers, of %d acknowledged", len(child), acknowledged)
	}
}

func TestRestoreWaitsForNobody(t *testing.T) {
	t.Parallel()
	dir, file := kept(t, "before", 1)
	runChild(t, dir, 3, func(i int) {
		if _, err := restore(t, dir, file); i == 1 && !errors.Is(err, sqlite.ErrInUse) {
			t.Errorf("restoring beside a running process: %v, want ErrInUse", err)
		}
	})
	// The lock went with the killed process.
	if _, err := restore(t, dir, file); err != nil {
		t.Errorf("restoring after it: %v", err)
	}
}

// What is put into the place of a database must be one, and of this program.
func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	dir, file := kept(t, "before", 200)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	torn := bytes.Clone(whole)
	copy(torn[2*4096:], make([]byte, 3*4096))
	logged := write("logged", whole)
	if err := os.WriteFile(logged+"-wal", []byte("a log"), 0o600); err != nil {
		t.Fatal(err)
	}
	foreign := t.TempDir()
	tamper(t, foreign, "CREATE TABLE docs (id TEXT)")
	for name, tc := range map[string]struct {
		file string
		want error
		says string
	}{
		"no file":              {filepath.Join(dir, "nothing"), os.ErrNotExist, ""},
		"a folder":             {dir, nil, "it is not a file"},
		"the database itself":  {filepath.Join(dir, sqlite.FileName), nil, "it is the database itself"},
		"a text":               {write("text", bytes.Repeat([]byte("no database "), 1000)), sqlite.ErrDamaged, ""},
		"pages of zeros":       {write("torn", torn), sqlite.ErrDamaged, ""},
		"half a file":          {write("half", whole[:len(whole)/2]), sqlite.ErrDamaged, ""},
		"another program's":    {filepath.Join(foreign, sqlite.FileName), sqlite.ErrForeign, ""},
		"an empty file":        {write("empty", nil), sqlite.ErrForeign, ""},
		"a database with logs": {logged, nil, "run backup on the folder"},
	} {
		before := folder(t, dir)
		aside, err := restore(t, dir, tc.file)
		if err == nil || aside != "" || tc.want != nil && !errors.Is(err, tc.want) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s: %q, %v; want %v %s", name, aside, err, tc.want, tc.says)
		}
		if after := folder(t, dir); !slices.Equal(after, before) {
			t.Errorf("%s: the folder has %q, had %q", name, after, before)
		}
	}
	judged := errors.New("not this one")
	_, err = sqlite.Restore{Dir: dir, File: file, Collections: docstoretest.Collections(), Now: noon,
		Look: func(context.Context, *sqlite.Store) error { return judged }}.Run(t.Context())
	if !errors.Is(err, judged) {
		t.Errorf("a copy that is judged badly: %v", err)
	}
	if s := open(t, dir, docstoretest.Collections()); len(shelved(t, s, "before")) != 200 {
		t.Error("papers are missing after restores that were refused")
	}
}

// folder is what a folder holds: names and contents.
func folder(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		out = append(out, e.Name()+string(content))
		if err != nil {
			t.Error(err)
		}
	}
	return out
}

func TestRestoreIntoANewFolder(t *testing.T) {
	t.Parallel()
	_, file := kept(t, "before", 3)
	dir := filepath.Join(t.TempDir(), "new")
	if aside, err := restore(t, dir, file); aside != "" || err != nil {
		t.Fatalf("restore = %q, %v", aside, err)
	}
	if s := open(t, dir, docstoretest.Collections()); len(shelved(t, s, "before")) != 3 {
		t.Error("the papers of the backup are missing")
	}
}

// What people write is for the owner of the files alone, also where the folder was open to others before.
func TestFilesAreTheOwnersAlone(t *testing.T) {
	t.Parallel()
	dir, file := kept(t, "before", 3)
	for _, name := range []string{file, filepath.Join(dir, sqlite.FileName)} {
		if err := os.Chmod(name, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"-wal", "-shm"} {
		if err := os.WriteFile(filepath.Join(dir, sqlite.FileName+name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	private := func(where string) {
		t.Helper()
		entries, err := os.ReadDir(where)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range entries {
			info, err := e.Info()
			if err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has the mode %v, %v", e.Name(), info.Mode(), err)
			}
			names = append(names, e.Name())
		}
		if !slices.Contains(names, "concordat.db-wal") || !slices.Contains(names, "concordat.db-shm") {
			t.Errorf("%s has only %v", where, names)
		}
	}
	s := open(t, dir, docstoretest.Collections())
	if err := s.Commit(t.Context(), paper("more", 0)); err != nil {
		t.Fatal(err)
	}
	private(dir)
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "new")
	if _, err := restore(t, fresh, file); err != nil {
		t.Fatal(err)
	}
	s = open(t, fresh, docstoretest.Collections())
	if err := s.Commit(t.Context(), paper("more", 0)); err != nil {
		t.Fatal(err)
	}
	private(fresh)
	if info, err := os.Stat(fresh); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the new folder has the mode %v, %v", info.Mode(), err)
	}
}

func TestADamagedDatabaseIsNotServed(t *testing.T) {
	t.Parallel()
	dir, _ := kept(t, "before", 200)
	path := filepath.Join(dir, sqlite.FileName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(b []byte) []byte{
		"pages of zeros": func(b []byte) []byte { copy(b[2*4096:], make([]byte, 3*4096)); return b },
		"cut short":      func(b []byte) []byte { return b[:len(b)/2] },
		"a text":         func(b []byte) []byte { return bytes.Repeat([]byte("no database "), 1000) },
	} {
		spoilt := spoil(bytes.Clone(whole))
		if err := os.WriteFile(path, spoilt, 0o600); err != nil {
			t.Fatal(err)
		}
		if s, err := sqlite.OpenSound(t.Context(), dir, docstoretest.Collections()); !errors.Is(err, sqlite.ErrDamaged) {
			t.Errorf("%s: %v, %v; want ErrDamaged", name, s, err)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, spoilt) {
			t.Errorf("%s: the damaged file was changed: %v", name, err)
		}
	}
}
