//go:build !windows

package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// lock does not wait: ErrInUse when another process has what it asks for.
func lock(f *os.File, alone bool) error {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	err := syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrInUse
	}
	return err
}
