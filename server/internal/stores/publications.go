package stores

import (
	"context"

	"concordat/review"
	"concordat/server/internal/docstore"
)

var publicationKind = kind{Collection: docstore.Collection{Name: "publication", Indexes: []docstore.Index{
	{Name: "slug", Fields: []string{"slug"}, Unique: true},
}}}

// Publications keeps what the public reads. It is a review.Publications.
type Publications struct{ *Keeper }

var _ review.Publications = Publications{}

func (s Publications) repo() repo[review.Publication, *review.Publication] {
	return repo[review.Publication, *review.Publication](s)
}

// Load reads what the public reads of one policy.
func (s Publications) Load(ctx context.Context, id string) (*review.Publication, error) {
	return s.repo().Load(ctx, id)
}

// All reads every publication, withdrawn ones too, by address. It is for filling the public cache.
func (s Publications) All(ctx context.Context) ([]*review.Publication, error) {
	return s.repo().all(ctx, "slug")
}
