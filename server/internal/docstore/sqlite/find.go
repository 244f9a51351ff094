package sqlite

import (
	"context"
	"fmt"
	"strings"

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
	where, args := bounds(span)
	return s.page(ctx, q, `SELECT k.key, d.id, d.revision, d.chain, d.body FROM keys k
		JOIN docs d ON d.collection = k.collection AND d.id = k.id
		WHERE k.collection = ? AND k.name = ?`+where+" ORDER BY k.key", append([]any{q.Collection, q.Index}, args...))
}

// walk reads all documents. The engine compares ids as bytes.
func (s *Store) walk(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	after, err := q.Walk()
	if err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	return s.page(ctx, q, `SELECT CAST(id AS BLOB), id, revision, chain, body FROM docs
		WHERE collection = ? AND id > ? ORDER BY id`, []any{q.Collection, after})
}

func bounds(span docstore.Span) (where string, args []any) {
	var b strings.Builder
	if len(span.Low) > 0 {
		b.WriteString(" AND k.key >= ?")
		args = append(args, span.Low)
	}
	if span.High != nil {
		b.WriteString(" AND k.key < ?")
		args = append(args, span.High)
	}
	return b.String(), args
}

func (s *Store) page(ctx context.Context, q docstore.Query, query string, args []any) (docstore.Page, error) {
	if q.Descending {
		query += " DESC"
	}
	rows, err := s.read.QueryContext(ctx, query+" LIMIT ?", append(args, q.Limit+1)...)
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
