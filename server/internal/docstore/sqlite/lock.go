package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// lockName is a file in the data folder. Whoever has the database open shares its lock, and who puts another database
// in its place holds it alone. The system takes the lock back when a process ends, however it ends.
const lockName = "concordat.lock"

// ErrInUse is what Restore gives while a server or another command has the database open, and what Open gives while
// one is being restored.
var ErrInUse = errors.New("the database is in use")

// hold locks the data folder until the file is closed.
func hold(dir string, alone bool) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, lockName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the data folder: %w", err)
	}
	if err := lock(f, alone); err != nil {
		return nil, errors.Join(fmt.Errorf("locking %s: %w", dir, err), f.Close())
	}
	return f, nil
}
