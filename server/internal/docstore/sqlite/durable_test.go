package sqlite_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/sqlite"
)

const papers = "papers"

// childFolder makes this test binary a second process that writes there until it is killed or has done its part.
const childFolder = "CONCORDAT_TEST_CHILD_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// child makes papers child-0, child-1 … and says each number when it was saved.
func child(dir string) error {
	s, err := sqlite.Open(context.Background(), dir, docstoretest.Collections())
	if err != nil {
		return err
	}
	for i := range 100_000 {
		if err := s.Commit(context.Background(), paper("child", i)); err != nil {
			return err
		}
		if _, err := fmt.Println(i); err != nil {
			return err
		}
	}
	return s.Close(context.Background())
}

func paper(by string, i int) docstore.Batch {
	id := fmt.Sprintf("%s-%d", by, i)
	return docstore.Batch{Puts: []docstore.Put{{Collection: papers, Doc: docstore.Doc{ID: id, Revision: 1,
		Body: docstoretest.Body(docstoretest.Paper{ID: id, Shelf: by, N: int64(i), Code: id})}}}}
}

func open(t *testing.T, dir string, collections []docstore.Collection) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, collections)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	return s
}

// runChild starts the second process, waits for n acknowledgements while doing something, kills it, and gives how
// many it acknowledged.
func runChild(t *testing.T, dir string, n int, meanwhile func(i int)) (acknowledged int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	in := bufio.NewScanner(out)
	for ; acknowledged < n && in.Scan(); acknowledged++ {
		meanwhile(acknowledged)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Errorf("killing: %v", err)
	}
	for in.Scan() {
		acknowledged++
	}
	_ = cmd.Wait() // it was killed
	if acknowledged < n {
		t.Fatalf("the second process stopped after %d commits", acknowledged)
	}
	return acknowledged
}

func TestOpenAfterKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	acknowledged := runChild(t, dir, 100, func(int) {})
	s := open(t, dir, docstoretest.Collections())
	for i := range acknowledged {
		if _, err := s.Get(t.Context(), papers, fmt.Sprintf("child-%d", i)); err != nil {
			t.Fatalf("acknowledged by the killed process: %v", err)
		}
	}
	if err := s.Commit(t.Context(), paper("parent", 0)); err != nil {
		t.Errorf("writing after the kill: %v", err)
	}
}

func TestTwoProcesses(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, docstoretest.Collections())
	runChild(t, dir, 100, func(i int) {
		if err := s.Commit(t.Context(), paper("parent", i)); err != nil {
			t.Errorf("commit %d beside another process: %v", i, err)
		}
		if _, err := s.Get(t.Context(), papers, fmt.Sprintf("child-%d", i)); err != nil {
			t.Errorf("what another process saved: %v", err)
		}
	})
	for by, least := range map[string]int{"child": 100, "parent": 100} {
		if got := len(shelved(t, s, by)); got < least {
			t.Errorf("%d papers by %s, want at least %d", got, by, least)
		}
	}
}

func shelved(t *testing.T, s *sqlite.Store, by string) (ids []string) {
	t.Helper()
	q := docstore.Query{Collection: papers, Index: "shelf", Equals: []any{by}, Limit: docstore.MaxLimit}
	for {
		p, err := s.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.Docs {
			ids = append(ids, d.ID)
		}
		if p.Next == "" {
			return ids
		}
		q.After = p.Next
	}
}

func TestBackupWhileWriting(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), docstoretest.Collections())
	for i := range 200 {
		if err := s.Commit(t.Context(), paper("before", i)); err != nil {
			t.Fatal(err)
		}
	}
	blob, err := s.Blobs().Put(t.Context(), strings.NewReader("a file"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			_ = s.Commit(ctx, paper("while", i)) // stops by its context
		}
	})
	dir := t.TempDir()
	file := filepath.Join(dir, sqlite.FileName)
	err = s.Backup(t.Context(), file)
	cancel()
	writing.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has the mode %v, %v; want 0600", info.Mode(), err)
	}
	if err := s.Backup(t.Context(), file); err == nil {
		t.Error("a backup was written over another")
	}
	b := open(t, dir, docstoretest.Collections())
	for _, id := range shelved(t, s, "before") {
		want, _ := s.Get(t.Context(), papers, id)
		got, err := b.Get(t.Context(), papers, id)
		if err != nil || string(got.Body) != string(want.Body) {
			t.Fatalf("%s in the backup: %v", id, err)
		}
	}
	during := shelved(t, b, "while")
	for i := range during { // a moment, not a mixture: no gaps
		if !slices.Contains(during, fmt.Sprintf("while-%d", i)) {
			t.Errorf("the backup has %d papers but not the %dth", len(during), i)
		}
	}
	r, _, err := b.Blobs().Open(t.Context(), blob.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); string(text) != "a file" || err != nil {
		t.Errorf("the file in the backup is %q, %v", text, err)
	}
}

// tamper changes the file behind the store's back.
func tamper(t *testing.T, dir, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

func TestReindex(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, docstoretest.Collections())
	for i := range 250 { // more than one stretch
		if err := s.Commit(t.Context(), paper("x", i)); err != nil {
			t.Fatal(err)
		}
	}
	want := shelved(t, s, "x")
	tamper(t, dir, "DELETE FROM keys; DELETE FROM uniques; INSERT INTO keys VALUES ('papers', 'shelf', x'00', 'nobody')")
	if got := shelved(t, s, "x"); len(got) != 0 {
		t.Fatalf("the index still finds %d", len(got))
	}
	if err := s.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := shelved(t, s, "x"); !slices.Equal(got, want) {
		t.Errorf("indexed anew: %d, want %d", len(got), len(want))
	}
	again := paper("x", 7)
	again.Puts[0].Doc.ID = "another"
	if err := s.Commit(t.Context(), again); err == nil {
		t.Error("a unique value was not known after indexing anew")
	}
}

func TestDamagedFile(t *testing.T) {
	t.Parallel()
	for name, statement := range map[string]string{
		"a missing piece": "DELETE FROM chunks WHERE n = 1",
		"a changed piece": "UPDATE chunks SET data = replace(hex(data), '0', '1') WHERE n = 1",
		"a longer piece":  "UPDATE chunks SET data = zeroblob(2000000) WHERE n = 1",
		"a changed byte":  "UPDATE chunks SET data = CAST('b' AS BLOB) WHERE n = 2",
	} {
		dir := t.TempDir()
		s := open(t, dir, nil)
		b, err := s.Blobs().Put(t.Context(), strings.NewReader(strings.Repeat("a", 2*docstore.ChunkSize+1)), time.Now())
		if err != nil {
			t.Fatal(err)
		}
		tamper(t, dir, statement)
		r, _, err := s.Blobs().Open(t.Context(), b.SHA256)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := io.Copy(io.Discard, r); err == nil {
			t.Errorf("%s: %d bytes were read without an error", name, n)
		}
	}
}

func TestUnfinishedFilesAreSwept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := open(t, dir, nil)
	b, err := s.Blobs().Put(t.Context(), strings.NewReader("kept"), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	tamper(t, dir, fmt.Sprintf("INSERT INTO chunks VALUES ('%014d-old', 0, 'x'), ('%014d-young', 0, 'x')",
		time.Now().Add(-25*time.Hour).UnixMilli(), time.Now().UnixMilli()))
	open(t, dir, nil)
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var old, all int
	if err := db.QueryRow("SELECT count(*) FILTER (WHERE upload LIKE '%-old'), count(*) FROM chunks").Scan(&old, &all); err != nil || old != 0 || all != 2 {
		t.Errorf("%d old and %d pieces in all, %v; want 0 and 2", old, all, err)
	}
	if _, _, err := s.Blobs().Open(t.Context(), b.SHA256); err != nil {
		t.Error(err)
	}
}
