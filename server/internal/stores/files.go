package stores

import (
	"context"
	"io"
	"time"

	"concordat/review"
)

// Files keeps uploads by their content. It is a review.Files.
type Files struct {
	*Keeper
	Now func() time.Time
}

var _ review.Files = Files{}

// Keep reads r to its end; when it returns the file is on the disk.
func (s Files) Keep(ctx context.Context, r io.Reader) (sha256 string, size int64, err error) {
	blob, err := s.Docs.Blobs().Put(ctx, r, s.Now())
	return blob.SHA256, blob.Size, err
}

// Open returns record.ErrNotFound when there is none. The caller closes what it gets.
func (s Files) Open(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	r, _, err := s.Docs.Blobs().Open(ctx, sha256)
	return r, err
}
