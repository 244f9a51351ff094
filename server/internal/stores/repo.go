package stores

import (
	"context"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// document is a pointer to a struct that embeds record.Head.
type document[T any] interface {
	*T
	record.Document
}

// repo keeps documents of one kind. It is a record.Store.
type repo[T any, D document[T]] struct {
	*Keeper
}

func (r repo[T, D]) kind() string { return D(new(T)).Kind() }

// Load reads one document; ErrNotFound when there is none.
func (r repo[T, D]) Load(ctx context.Context, id string) (D, error) {
	doc, err := r.Docs.Get(ctx, r.kind(), id)
	if err != nil {
		return nil, err
	}
	return r.decode(doc)
}

func (r repo[T, D]) decode(doc docstore.Doc) (D, error) {
	d := D(new(T))
	if err := decode(doc, d); err != nil {
		return nil, err
	}
	return d, nil
}

// page reads one stretch of an index.
func (r repo[T, D]) page(ctx context.Context, q docstore.Query) (list []D, next string, err error) {
	q.Collection = r.kind()
	p, err := r.Docs.Find(ctx, q)
	if err != nil {
		return nil, "", err
	}
	for _, doc := range p.Docs {
		d, err := r.decode(doc)
		if err != nil {
			return nil, "", err
		}
		list = append(list, d)
	}
	return list, p.Next, nil
}

// all reads an index to its end. It is for what stays small by nature: commissioners, programmes, the decisions
// on one version.
func (r repo[T, D]) all(ctx context.Context, index string, equals ...any) ([]D, error) {
	var list []D
	q := docstore.Query{Index: index, Equals: equals, Limit: docstore.MaxLimit}
	for {
		part, next, err := r.page(ctx, q)
		if err != nil {
			return nil, err
		}
		list = append(list, part...)
		if next == "" {
			return list, nil
		}
		q.After = next
	}
}

// one reads the single document that a unique index names; ErrNotFound when there is none.
func (r repo[T, D]) one(ctx context.Context, index string, equals ...any) (D, error) {
	list, _, err := r.page(ctx, docstore.Query{Index: index, Equals: equals, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, record.ErrNotFound
	}
	return list[0], nil
}
