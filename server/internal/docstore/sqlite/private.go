package sqlite

import (
	"errors"
	"fmt"
	"os"
)

// files are the names of a database with its logs and their index, the database last. They belong together: a log that
// is left beside another database is replayed into it.
func files(path string) []string {
	return []string{path + "-wal", path + "-shm", path + "-journal", path}
}

// private makes an empty database where there is none, and leaves the files of one to their owner alone. SQLite gives
// later logs the mode of the database. A file that is there is not opened: closing it would give up the locks that
// another store of this process has on it.
func private(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil && !errors.Is(err, os.ErrExist) {
		return fmt.Errorf("making the database: %w", err)
	}
	for _, name := range files(path) {
		if err := narrow(name); err != nil {
			return fmt.Errorf("keeping the database from others: %w", err)
		}
	}
	return nil
}

func narrow(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil || info.Mode().Perm()&0o077 == 0 {
		return err
	}
	err = os.Chmod(name, 0o600)
	if errors.Is(err, os.ErrNotExist) {
		return nil // another process closed the database and took its log away
	}
	return err
}
