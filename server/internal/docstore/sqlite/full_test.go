//go:build linux

package sqlite_test

import (
	"context"
	"errors"
	"syscall"
	"testing"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
)

// A store on a disk with less room than an upload may need says so, before a commit fails.
func TestAFullDiskIsTold(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=8m"); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(folder, 0) })
	s, err := sqlite.Open(context.Background(), folder, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Ping(t.Context()); !errors.Is(err, docstore.ErrFull) {
		t.Errorf("on a disk of 8 MB: %v", err)
	}
	if err := s.Close(context.Background()); err != nil {
		t.Error(err)
	}
}
