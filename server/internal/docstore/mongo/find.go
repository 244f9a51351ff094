package mongo

import (
	"context"
	"errors"
	"fmt"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/server/internal/docstore"
)

// Find walks an index.
func (s *Store) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	p, err := s.find(ctx, q)
	if err != nil {
		return docstore.Page{}, fmt.Errorf("finding in %s: %w", q.Collection, err)
	}
	return p, nil
}

func (s *Store) find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c, declared := s.collections[q.Collection]
	if !declared {
		return docstore.Page{}, errors.New("no such collection is declared")
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
		return docstore.Page{}, err
	}
	path := "k." + ix.Name
	// Without a lower bound the filter would not say that the key is there, which a sparse index needs to be told.
	bounds := bson.D{{Key: "$gte", Value: text(span.Low)}}
	if span.High != nil {
		bounds = append(bounds, bson.E{Key: "$lt", Value: text(span.High)})
	}
	return s.page(ctx, q, path, bounds, options.Find().SetHint(keyIndex(ix)))
}

// walk reads all documents in the order of their ids.
func (s *Store) walk(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	after, err := q.Walk()
	if err != nil {
		return docstore.Page{}, err
	}
	return s.page(ctx, q, "_id", bson.D{{Key: "$gt", Value: after}}, options.Find())
}

func (s *Store) page(ctx context.Context, q docstore.Query, path string, bounds bson.D, o *options.FindOptionsBuilder) (docstore.Page, error) {
	direction, fields := 1, whole
	if q.Descending {
		direction = -1
	}
	if path != "_id" {
		fields = append(fields[:len(fields):len(fields)], bson.E{Key: path, Value: 1})
	}
	o.SetSort(bson.D{{Key: path, Value: direction}}).SetProjection(fields).SetLimit(int64(q.Limit) + 1).SetBatchSize(int32(q.Limit) + 1)
	cursor, err := s.db.Collection(q.Collection).Find(ctx, bson.D{{Key: path, Value: bounds}}, o)
	if err != nil {
		return docstore.Page{}, err
	}
	var found []envelope
	if err := cursor.All(ctx, &found); err != nil {
		return docstore.Page{}, err
	}
	return pageOf(found, q.Limit)
}

func pageOf(found []envelope, limit int) (p docstore.Page, err error) {
	if len(found) > limit {
		found = found[:limit]
		if p.Next, err = found[limit-1].place(); err != nil {
			return docstore.Page{}, err
		}
	}
	for _, e := range found {
		p.Docs = append(p.Docs, e.document())
	}
	return p, nil
}

// place is where a walk stands after this document: at its key in the index walked, the only one that was read.
func (e envelope) place() (string, error) {
	if len(e.Keys) == 0 {
		return docstore.Cursor([]byte(e.ID)), nil
	}
	key, ok := e.Keys[0].Value.(string)
	if !ok {
		return "", fmt.Errorf("%s has a damaged key", e.ID)
	}
	b, err := bytesOf(key)
	return docstore.Cursor(b), err
}
