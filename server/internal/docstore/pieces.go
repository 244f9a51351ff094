package docstore

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"

	"concordat/review/record"
)

// ErrNotWhole is what reading a file gives when what is kept is not what its name promises.
var ErrNotWhole = errors.New("the file was altered or is damaged")

// Split reads a file to its end and hands on its pieces, by number from 0; each is good until keep returns. It gives the
// file's hash and its length.
func Split(r io.Reader, keep func(n int, piece []byte) error) (sum string, size int64, err error) {
	h := sha256.New()
	var piece bytes.Buffer // grows with what there is: most files are much shorter than a piece
	for n := 0; ; n++ {
		piece.Reset()
		k, err := io.CopyN(&piece, r, ChunkSize)
		if err != nil && !errors.Is(err, io.EOF) {
			return "", 0, fmt.Errorf("reading a file to keep: %w", err)
		}
		if k > 0 {
			h.Write(piece.Bytes())
			size += k
			if err := keep(n, piece.Bytes()); err != nil {
				return "", 0, fmt.Errorf("keeping a file: %w", err)
			}
		}
		if err != nil {
			return hex.EncodeToString(h.Sum(nil)), size, nil //nolint:nilerr // it is the end of the file
		}
	}
}

// NewPieces reads a file from its pieces, which fetch gives by number from 0, or record.ErrNotFound. Reading fails with
// ErrNotWhole, instead of ending, when the pieces are not the file that its name promises.
func NewPieces(b Blob, fetch func(n int) ([]byte, error)) io.ReadCloser {
	return &pieces{blob: b, fetch: fetch, sum: sha256.New()}
}

type pieces struct {
	blob  Blob
	fetch func(n int) ([]byte, error)
	sum   hash.Hash
	next  int
	rest  []byte
	given int64
}

func (p *pieces) Read(into []byte) (int, error) {
	if len(p.rest) == 0 {
		if p.given == p.blob.Size {
			return 0, p.end()
		}
		if err := p.more(); err != nil {
			return 0, fmt.Errorf("reading piece %d of file %s: %w", p.next, p.blob.SHA256, err)
		}
	}
	n := copy(into, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *pieces) more() error {
	piece, err := p.fetch(p.next)
	switch {
	case errors.Is(err, record.ErrNotFound):
		return fmt.Errorf("it is missing: %w", ErrNotWhole)
	case err != nil:
		return err
	case len(piece) == 0 || p.given+int64(len(piece)) > p.blob.Size:
		return fmt.Errorf("it has %d bytes: %w", len(piece), ErrNotWhole)
	}
	p.sum.Write(piece)
	p.next++
	p.rest = piece
	p.given += int64(len(piece))
	return nil
}

func (p *pieces) end() error {
	if got := hex.EncodeToString(p.sum.Sum(nil)); got != p.blob.SHA256 {
		return fmt.Errorf("reading file %s: its bytes have the hash %s: %w", p.blob.SHA256, got, ErrNotWhole)
	}
	return io.EOF
}

// Close forgets what was read.
func (p *pieces) Close() error {
	p.rest = nil
	return nil
}
