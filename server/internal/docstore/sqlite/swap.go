package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// ErrCutOff is what Open gives for a folder in which a restore did not come to its end.
var ErrCutOff = errors.New("a restore was cut off here; run it again, and it begins by putting back what was there")

// staging is where a copy waits to become the database; a restore has it to itself. marker is a file in it that names
// the folder for the old database: while it is there, files are being moved.
func staging(dir string) string { return filepath.Join(dir, "restoring") }
func marker(dir string) string  { return filepath.Join(staging(dir), "aside") }

// whole fails with ErrCutOff.
func whole(dir string) error {
	_, err := os.Stat(marker(dir))
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	return fmt.Errorf("%s: %w", dir, ErrCutOff)
}

// swap moves the database aside and the copy into its place.
func (r Restore) swap() (aside string, err error) {
	name, there := "", false
	for _, f := range files(filepath.Join(r.Dir, FileName)) {
		_, err := os.Lstat(f)
		there = there || err == nil
	}
	if there {
		name = "replaced-" + r.Now.UTC().Format("20060102T150405.000Z")
		aside = filepath.Join(r.Dir, name)
		if _, err := os.Lstat(aside); !errors.Is(err, os.ErrNotExist) {
			return "", errors.Join(fmt.Errorf("%s is there already", aside), err)
		}
	}
	for _, step := range steps(r.Dir, name) {
		if err := step(); err != nil {
			return "", errors.Join(fmt.Errorf("putting the copy in place: %w", err), undo(r.Dir))
		}
	}
	return aside, nil
}

// steps end with the removal of the marker: from then on the copy is the database.
func steps(dir, aside string) []func() error {
	db, to := filepath.Join(dir, FileName), filepath.Join(dir, aside)
	list := []func() error{func() error { return mark(dir, aside) }}
	if aside != "" {
		list = append(list, func() error { return os.Mkdir(to, 0o700) })
		for _, f := range files(db) {
			list = append(list, func() error { return move(f, filepath.Join(to, filepath.Base(f))) })
		}
		list = append(list, func() error { return syncFolder(to) })
	}
	return append(list,
		func() error { return syncFolder(dir) },
		func() error { return os.Rename(filepath.Join(staging(dir), FileName), db) },
		func() error { return errors.Join(syncFolder(dir), syncFolder(staging(dir))) },
		func() error { return unmark(dir) })
}

func mark(dir, aside string) error {
	f, err := os.OpenFile(marker(dir), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(aside)
	return errors.Join(err, f.Sync(), f.Close(), syncFolder(staging(dir)), syncFolder(dir))
}

func unmark(dir string) error {
	return errors.Join(os.Remove(marker(dir)), syncFolder(staging(dir)))
}

// move renames a file that may be absent.
func move(from, to string) error {
	//nolint:gosec // the owner of the machine names the folder
	if err := os.Rename(from, to); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// undo goes back from wherever the steps ended: the copy to where it waited, then what was set aside into its place,
// the database last. It can be cut off and run again.
func undo(dir string) error {
	name, err := os.ReadFile(marker(dir))
	if errors.Is(err, os.ErrNotExist) {
		return tidy(dir)
	}
	if err != nil {
		return err
	}
	db, staged := filepath.Join(dir, FileName), filepath.Join(staging(dir), FileName)
	if _, err := os.Lstat(staged); errors.Is(err, os.ErrNotExist) {
		if err := move(db, staged); err != nil {
			return err
		}
	}
	if aside := strings.TrimSpace(string(name)); aside != "" {
		if err := bring(dir, filepath.Join(dir, aside)); err != nil {
			return err
		}
	}
	if err := unmark(dir); err != nil {
		return err
	}
	return tidy(dir)
}

// bring moves what was set aside back.
func bring(dir, aside string) error {
	for _, f := range files(filepath.Join(dir, FileName)) {
		if err := move(filepath.Join(aside, filepath.Base(f)), f); err != nil {
			return err
		}
	}
	//nolint:gosec // the owner of the machine names the folder
	if err := os.Remove(aside); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return syncFolder(dir)
}

// tidy takes the copy away, unless files are still being moved.
func tidy(dir string) error {
	if err := whole(dir); err != nil {
		return err
	}
	return os.RemoveAll(staging(dir))
}
