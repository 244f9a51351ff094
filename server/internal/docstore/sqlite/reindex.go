package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"concordat/server/internal/docstore"
)

// Reindex builds all indexes anew from the documents.
func (s *Store) Reindex(ctx context.Context) error {
	for _, c := range s.collections {
		if err := s.reindex(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// reindexChanged builds the indexes of collections that an older or newer program declared otherwise.
func (s *Store) reindexChanged(ctx context.Context) error {
	for _, c := range s.collections {
		var was string
		err := s.write.QueryRowContext(ctx, "SELECT indexes FROM declared WHERE collection = ?", c.Name).Scan(&was)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("reading the indexes of %s: %w", c.Name, err)
		}
		if was == c.Declaration() {
			continue
		}
		if err := s.reindex(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) reindex(ctx context.Context, c docstore.Collection) error {
	tx, err := s.begin(ctx)
	if err != nil {
		return fmt.Errorf("indexing %s: %w", c.Name, err)
	}
	if err := reindexIn(ctx, tx, c); err != nil {
		return errors.Join(fmt.Errorf("indexing %s: %w", c.Name, err), tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("indexing %s: %w", c.Name, err)
	}
	return nil
}

func reindexIn(ctx context.Context, tx txn, c docstore.Collection) error {
	for _, table := range []string{"keys", "uniques"} {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table+" WHERE collection = ?", c.Name); err != nil {
			return err
		}
	}
	for after := ""; ; {
		docs, err := stretch(ctx, tx, c.Name, after)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if err := index(ctx, tx, c, d); err != nil {
				return err
			}
			after = d.ID
		}
		if len(docs) == 0 {
			return declare(ctx, tx, c)
		}
	}
}

func stretch(ctx context.Context, tx asker, collection, after string) (docs []docstore.Doc, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT id, body FROM docs WHERE collection = ? AND id > ? ORDER BY id LIMIT 100", collection, after)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d docstore.Doc
		if err := rows.Scan(&d.ID, &d.Body); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, rows.Err()
}

func declare(ctx context.Context, tx txn, c docstore.Collection) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO declared (collection, indexes) VALUES (?, ?)
		ON CONFLICT (collection) DO UPDATE SET indexes = excluded.indexes`, c.Name, c.Declaration())
	return err
}
