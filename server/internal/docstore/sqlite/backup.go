package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup writes the whole database as it is now into a new file, which only its owner may read; writing goes on
// meanwhile. When it returns nil the file is on the disk.
func (s *Store) Backup(ctx context.Context, file string) error {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("backup to %s: the file is there already", file)
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	err = s.copyInto(ctx, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("backup to %s: %w", file, err), os.Remove(file))
	}
	return nil
}

// copyInto fills the new, empty file. The folder is flushed as well: it holds the name.
func (s *Store) copyInto(ctx context.Context, f *os.File) error {
	if _, err := s.read.ExecContext(ctx, "VACUUM INTO ?", f.Name()); err != nil {
		return err
	}
	return errors.Join(f.Sync(), syncFolder(filepath.Dir(f.Name())))
}

// syncFolder makes the disk remember which names a folder holds.
func syncFolder(dir string) error {
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
