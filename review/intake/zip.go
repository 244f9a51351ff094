package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
)

// mostListed is how many bytes the list of an archive may have for each file that it may hold: a name is rarely longer.
const mostListed = 512

// OpenZIP opens an archive of at most so many files. The error is ErrTooLarge when it lists more, told before the list is
// built, and ErrDamaged when it is no archive.
func OpenZIP(data []byte, files int) (*zip.Reader, error) {
	list := &listed{Reader: bytes.NewReader(data), left: int64(files)*mostListed + 128<<10}
	z, err := zip.NewReader(list, int64(len(data)))
	switch {
	case errors.Is(err, ErrTooLarge):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	case len(z.File) > files:
		return nil, ErrTooLarge
	}
	list.left = math.MaxInt64
	return z, nil
}

// listed bounds how much is read of an archive until its list is known.
type listed struct {
	*bytes.Reader
	left int64
}

// ReadAt implements io.ReaderAt.
func (l *listed) ReadAt(p []byte, at int64) (int, error) {
	n, err := l.Reader.ReadAt(p, at)
	if l.left != math.MaxInt64 {
		l.left -= int64(n)
	}
	if l.left < 0 {
		return 0, ErrTooLarge
	}
	return n, err
}

var _ io.ReaderAt = (*listed)(nil)
