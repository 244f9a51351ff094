//go:build linux || darwin

package sqlite

import "syscall"

// roomFor is how many bytes this program may still write where a file is.
func roomFor(path string) (int64, error) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(path, &fs); err != nil {
		return 0, err
	}
	return int64(fs.Bavail) * int64(fs.Bsize), nil //nolint:unconvert // it has another width elsewhere
}
