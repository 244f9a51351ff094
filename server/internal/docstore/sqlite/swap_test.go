package sqlite

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lay makes a folder with a database of three files, or none, and a copy that waits.
func lay(t *testing.T, old bool) (dir string, before map[string]string) {
	t.Helper()
	dir, before = t.TempDir(), map[string]string{}
	if old {
		before = map[string]string{FileName: "old", FileName + "-wal": "old log", FileName + "-shm": "old index"}
	}
	if err := os.Mkdir(staging(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range before {
		write(t, filepath.Join(dir, name), text)
	}
	write(t, filepath.Join(staging(dir), FileName), "new")
	return dir, before
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// laid reads a folder, and the folders in it.
func laid(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if info.IsDir() {
			out[name+"/"] = ""
			return err
		}
		text, readErr := os.ReadFile(path)
		out[name] = string(text)
		return errors.Join(err, readErr)
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A restore that fails, or is cut off, after any number of its steps leaves what was there, or a folder that is refused
// until it has been put back.
func TestASwapThatStops(t *testing.T) {
	t.Parallel()
	for _, old := range []bool{true, false} {
		aside := ""
		if old {
			aside = "replaced"
		}
		all := len(steps("", aside))
		for n := range all {
			dir, before := lay(t, old)
			for i, step := range steps(dir, aside)[:n] {
				if err := step(); err != nil {
					t.Fatalf("step %d: %v", i, err)
				}
			}
			name := fmt.Sprintf("old %v, after %d of %d steps", old, n, all)
			if n > 0 && !errors.Is(whole(dir), ErrCutOff) {
				t.Errorf("%s: the folder is not refused", name)
			}
			if n == 0 && whole(dir) != nil {
				t.Errorf("%s: the folder is refused", name)
			}
			if err := undo(dir); err != nil {
				t.Errorf("%s: undo: %v", name, err)
			}
			if after := laid(t, dir); !maps.Equal(after, before) {
				t.Errorf("%s: undone, the folder has %v, had %v", name, after, before)
			}
		}
	}
}

// Undoing can itself be cut off: whatever was moved back already, the next time ends it.
func TestUndoAfterUndo(t *testing.T) {
	t.Parallel()
	for n := range len(files("")) + 1 {
		dir, before := lay(t, true)
		all := steps(dir, "replaced")
		for _, step := range all[:len(all)-1] {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Rename(filepath.Join(dir, FileName), filepath.Join(staging(dir), FileName)); err != nil {
			t.Fatal(err)
		}
		for _, f := range files(filepath.Join(dir, FileName))[:n] {
			if err := move(filepath.Join(dir, "replaced", filepath.Base(f)), f); err != nil {
				t.Fatal(err)
			}
		}
		if err := undo(dir); err != nil {
			t.Errorf("after %d files: %v", n, err)
		}
		if after := laid(t, dir); !maps.Equal(after, before) {
			t.Errorf("after %d files: the folder has %v, had %v", n, after, before)
		}
	}
}

func TestASwapThatFails(t *testing.T) {
	t.Parallel()
	dir, before := lay(t, true)
	r := Restore{Dir: dir, Now: time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC)}
	name := "replaced-20270401T120000.000Z"
	fails := func(why string) {
		t.Helper()
		want := maps.Clone(before)
		if aside, err := r.swap(); err == nil || aside != "" {
			t.Errorf("%s: swap = %q, %v; want a failure", why, aside, err)
		}
		if err := tidy(dir); err != nil {
			t.Errorf("%s: %v", why, err)
		}
		if after := laid(t, dir); !maps.Equal(after, want) {
			t.Errorf("%s: the folder has %v, had %v", why, after, want)
		}
		if err := os.Mkdir(staging(dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(staging(dir), FileName)); err != nil {
		t.Fatal(err)
	}
	fails("a copy that went away")
	before[name] = "in the way"
	write(t, filepath.Join(dir, name), "in the way")
	fails("a name that is taken")
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(staging(dir), FileName), "new")
	if aside, err := r.swap(); aside != filepath.Join(dir, name) || err != nil {
		t.Fatalf("swap = %q, %v", aside, err)
	}
	want := map[string]string{FileName: "new", "restoring/": "", name + "/": ""}
	for _, end := range []string{"", "-wal", "-shm"} {
		want[filepath.Join(name, FileName+end)] = before[FileName+end]
	}
	if after := laid(t, dir); !maps.Equal(after, want) {
		t.Errorf("swapped, the folder has %v", after)
	}
}

// A folder between two databases is opened by nobody: an empty database would be made, and the log lost.
func TestACutOffFolderIsNotOpened(t *testing.T) {
	t.Parallel()
	dir, _ := lay(t, true)
	if err := mark(dir, "replaced"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), dir, nil); !errors.Is(err, ErrCutOff) || !strings.Contains(err.Error(), dir) {
		t.Errorf("Open = %v, want ErrCutOff", err)
	}
}
