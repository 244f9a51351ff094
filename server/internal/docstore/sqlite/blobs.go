package sqlite

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Blobs keeps files in the same database, so that one backup has everything.
func (s *Store) Blobs() docstore.Blobs { return blobs{s} }

type blobs struct{ s *Store }

const addPiece = "INSERT INTO chunks (upload, n, data) VALUES (?, ?, ?)"

// Put writes piece by piece under a name of its own, then names the whole by its hash. The first piece waits for the
// second: a file of one piece, as most are, is kept in the commit that names it.
func (b blobs) Put(ctx context.Context, r io.Reader, now time.Time) (docstore.Blob, error) {
	upload := uploadName(time.Now()) + rand.Text()
	var first []byte
	sum, size, err := docstore.Split(r, func(n int, piece []byte) (err error) {
		if n == 0 {
			first = bytes.Clone(piece)
			return nil
		}
		if first != nil {
			_, err = b.s.write.ExecContext(ctx, addPiece, upload, 0, first)
			first = nil
		}
		if err == nil {
			_, err = b.s.write.ExecContext(ctx, addPiece, upload, n, piece)
		}
		return err
	})
	if err != nil {
		return docstore.Blob{}, errors.Join(err, b.drop(upload))
	}
	blob := docstore.Blob{SHA256: sum, Size: size, Created: time.UnixMilli(now.UnixMilli()).UTC()}
	return b.name(ctx, blob, upload, first)
}

// name names an upload, and adds its one piece unless that is nil.
func (b blobs) name(ctx context.Context, blob docstore.Blob, upload string, piece []byte) (docstore.Blob, error) {
	tx, err := b.s.write.BeginTx(ctx, nil)
	if err != nil {
		return docstore.Blob{}, fmt.Errorf("keeping a file: %w", err)
	}
	var kept string
	var created int64
	err = tx.QueryRowContext(ctx, `INSERT INTO blobs (sha256, size, created, upload) VALUES (?, ?, ?, ?)
		ON CONFLICT (sha256) DO UPDATE SET created = max(created, excluded.created) RETURNING upload, created`,
		blob.SHA256, blob.Size, blob.Created.UnixMilli(), upload).Scan(&kept, &created)
	switch {
	case err != nil:
	case kept != upload:
		_, err = tx.ExecContext(ctx, "DELETE FROM chunks WHERE upload = ?", upload)
	case piece != nil:
		_, err = tx.ExecContext(ctx, addPiece, upload, 0, piece)
	}
	if err != nil {
		return docstore.Blob{}, errors.Join(fmt.Errorf("keeping file %s: %w", blob.SHA256, err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return docstore.Blob{}, fmt.Errorf("keeping file %s: %w", blob.SHA256, err)
	}
	blob.Created = time.UnixMilli(created).UTC()
	return blob, nil
}

// drop forgets the pieces of an upload that failed; its caller's context may be over.
func (b blobs) drop(upload string) error {
	_, err := b.s.write.ExecContext(context.Background(), "DELETE FROM chunks WHERE upload = ?", upload)
	return err
}

// Open reads piece by piece.
func (b blobs) Open(ctx context.Context, sum string) (io.ReadCloser, docstore.Blob, error) {
	blob, upload := docstore.Blob{SHA256: sum}, ""
	var created int64
	err := b.s.read.QueryRowContext(ctx, "SELECT size, created, upload FROM blobs WHERE sha256 = ?", sum).
		Scan(&blob.Size, &created, &upload)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, blob, fmt.Errorf("file %s: %w", sum, record.ErrNotFound)
	}
	if err != nil {
		return nil, blob, fmt.Errorf("reading file %s: %w", sum, err)
	}
	blob.Created = time.UnixMilli(created).UTC()
	return docstore.NewPieces(blob, func(n int) ([]byte, error) {
		var piece []byte
		err := b.s.read.QueryRowContext(ctx, "SELECT data FROM chunks WHERE upload = ? AND n = ?", upload, n).Scan(&piece)
		if errors.Is(err, sql.ErrNoRows) {
			err = record.ErrNotFound
		}
		return piece, err
	}), blob, nil
}

// List walks the files.
func (b blobs) List(ctx context.Context, after string, limit int) ([]docstore.Blob, error) {
	rows, err := b.s.read.QueryContext(ctx, "SELECT sha256, size, created FROM blobs WHERE sha256 > ? ORDER BY sha256 LIMIT ?", after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing files: %w", err)
	}
	defer rows.Close()
	var out []docstore.Blob
	for rows.Next() {
		var x docstore.Blob
		var created int64
		if err := rows.Scan(&x.SHA256, &x.Size, &created); err != nil {
			return nil, fmt.Errorf("listing files: %w", err)
		}
		x.Created = time.UnixMilli(created).UTC()
		out = append(out, x)
	}
	return out, rows.Err()
}

// Delete removes an old file and its pieces.
func (b blobs) Delete(ctx context.Context, sum string, before time.Time) error {
	tx, err := b.s.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("deleting file %s: %w", sum, err)
	}
	var upload string
	err = tx.QueryRowContext(ctx, "DELETE FROM blobs WHERE sha256 = ? AND created < ? RETURNING upload", sum, before.UnixMilli()).Scan(&upload)
	if err == nil {
		_, err = tx.ExecContext(ctx, "DELETE FROM chunks WHERE upload = ?", upload)
	}
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return errors.Join(fmt.Errorf("deleting file %s: %w", sum, err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("deleting file %s: %w", sum, err)
	}
	return nil
}

// uploadName begins an upload's name with the time, in a form that sorts by it.
func uploadName(t time.Time) string { return fmt.Sprintf("%014d-", t.UnixMilli()) }

// sweep forgets the pieces of uploads that were cut off, by a crash, more than a day ago. Younger ones may be
// under way in another process.
func (s *Store) sweep(ctx context.Context, now time.Time) error {
	_, err := s.write.ExecContext(ctx, "DELETE FROM chunks WHERE upload < ? AND upload NOT IN (SELECT upload FROM blobs)",
		uploadName(now.Add(-24*time.Hour)))
	if err != nil {
		return fmt.Errorf("sweeping unfinished files: %w", err)
	}
	return nil
}
