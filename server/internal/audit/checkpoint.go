package audit

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

// Checkpoint is what all documents were at one moment: the hash of the last event of each. Its root can be mailed or
// published; a chain that is rewritten as a whole later no longer fits it.
type Checkpoint struct {
	heads []head
}

type head struct {
	ref  record.Ref
	hash string // hex
}

func (c *Checkpoint) add(x chain) {
	c.heads = append(c.heads, head{record.Ref{Kind: x.kind, ID: x.id, Revision: x.revision}, hex.EncodeToString(x.hash)})
}

func (h head) line() string {
	return fmt.Sprintf("%s %s %d %s", h.ref.Kind, h.ref.ID, h.ref.Revision, h.hash)
}

// Root is the Merkle root of the heads in the order of their names, in hex.
func (c Checkpoint) Root() string {
	level := make([][32]byte, 0, len(c.heads))
	for _, h := range c.heads {
		level = append(level, sha256.Sum256(append([]byte{0}, h.line()...))) // 0 for a leaf, 1 for a node
	}
	if len(level) == 0 {
		level = append(level, sha256.Sum256(nil))
	}
	for len(level) > 1 {
		var up [][32]byte
		for i := 0; i < len(level); i += 2 {
			if i+1 == len(level) {
				up = append(up, level[i])
				continue
			}
			up = append(up, sha256.Sum256(append(append([]byte{1}, level[i][:]...), level[i+1][:]...)))
		}
		level = up
	}
	return hex.EncodeToString(level[0][:])
}

// Write writes the checkpoint: the root, then a line for each head.
func (c Checkpoint) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, "root", c.Root())
	for _, h := range c.heads {
		fmt.Fprintln(b, h.line())
	}
	return b.Flush()
}

// ReadCheckpoint reads what Write wrote, and fails when its root is not that of its lines.
func ReadCheckpoint(r io.Reader) (Checkpoint, error) {
	var c Checkpoint
	scan := bufio.NewScanner(r)
	if !scan.Scan() {
		return c, errors.Join(errors.New("the checkpoint is empty"), scan.Err())
	}
	root, ok := strings.CutPrefix(scan.Text(), "root ")
	if !ok {
		return c, errors.New("this is not a checkpoint: its first line does not give a root")
	}
	for scan.Scan() {
		var h head
		if _, err := fmt.Sscan(scan.Text(), &h.ref.Kind, &h.ref.ID, &h.ref.Revision, &h.hash); err != nil {
			return c, fmt.Errorf("reading line %d of the checkpoint: %w", len(c.heads)+2, err)
		}
		c.heads = append(c.heads, h)
	}
	if err := scan.Err(); err != nil {
		return c, fmt.Errorf("reading the checkpoint: %w", err)
	}
	if c.Root() != root {
		return c, errors.New("the checkpoint itself was altered: its lines do not have its root")
	}
	return c, nil
}

// Against tells which documents no longer contain what they were at the checkpoint.
func Against(ctx context.Context, docs docstore.Store, c Checkpoint) ([]Finding, error) {
	var out []Finding
	for _, h := range c.heads {
		d, err := docs.Get(ctx, stores.EventCollection, stores.EventID(h.ref))
		if err != nil && !errors.Is(err, record.ErrNotFound) {
			return nil, err
		}
		problem := "the event of the checkpoint is missing"
		if err == nil {
			s, err := stores.DecodeEvent(d)
			if err == nil && hex.EncodeToString(s.Hash) == h.hash {
				continue
			}
			problem = "its history was rewritten since the checkpoint"
		}
		out = append(out, Finding{h.ref.Kind, h.ref.ID, h.ref.Revision, problem})
	}
	return out, nil
}
