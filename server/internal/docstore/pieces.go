package docstore

import (
	"fmt"
	"io"
)

// NewPieces reads a file from its pieces, which fetch gives by number from 0. Reading fails when the pieces
// do not add up to the file's size.
func NewPieces(b Blob, fetch func(n int) ([]byte, error)) io.ReadCloser {
	return &pieces{blob: b, fetch: fetch}
}

type pieces struct {
	blob  Blob
	fetch func(n int) ([]byte, error)
	next  int
	rest  []byte
	given int64
}

func (p *pieces) Read(into []byte) (int, error) {
	if len(p.rest) == 0 {
		if p.given == p.blob.Size {
			return 0, io.EOF
		}
		piece, err := p.fetch(p.next)
		if err == nil && len(piece) == 0 {
			err = io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, fmt.Errorf("reading piece %d of file %s: %w", p.next, p.blob.SHA256, err)
		}
		p.next++
		p.rest = piece
		p.given += int64(len(piece))
	}
	n := copy(into, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// Close forgets what was read.
func (p *pieces) Close() error {
	p.rest = nil
	return nil
}
