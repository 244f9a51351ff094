package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"concordat/server/internal/docstore"
)

// Find walks an index.
func (s *Store) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c, declared := s.collections[q.Collection]
	if !declared {
		return docstore.Page{}, fmt.Errorf("finding in %s: no such collection is declared", q.Collection)
	}
	if q.Index == "" {
		return s.walk(ctx, q)
	}
	ix, err := c.Index(q.Index)
	if err != nil {
		return docstore.Page{}, err
	}
	span, err := q.Span(ix)
	if err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	find := s.finding.up
	if q.Descending {
		find = s.finding.down
	}
	// A key begins with the tag of a type, which is between these.
	low, high := []byte{0x00}, []byte{0xff}
	if len(span.Low) > 0 {
		low = span.Low
	}
	if span.High != nil {
		high = span.High
	}
	return page(ctx, q, find, q.Collection, q.Index, low, high, q.Limit+1)
}

// walk reads all documents. The engine compares ids as bytes.
func (s *Store) walk(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	after, err := q.Walk()
	if err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	return page(ctx, q, s.finding.all, q.Collection, after, q.Limit+1)
}

func page(ctx context.Context, q docstore.Query, find *sql.Stmt, args ...any) (docstore.Page, error) {
	rows, err := find.QueryContext(ctx, args...)
	if err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	defer rows.Close()
	var p docstore.Page
	var last []byte
	for rows.Next() {
		if len(p.Docs) == q.Limit {
			p.Next = docstore.Cursor(last)
			break
		}
		var d docstore.Doc
		var key []byte
		if err := rows.Scan(&key, &d.ID, &d.Revision, &d.Chain, &d.Body); err != nil {
			return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
		}
		last = key
		p.Docs = append(p.Docs, d)
	}
	if err := rows.Err(); err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	return p, nil
}
