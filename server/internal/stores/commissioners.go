package stores

import (
	"context"

	"concordat/review"
	"concordat/server/internal/docstore"
)

var commissionerKind = kind{Collection: docstore.Collection{Name: "commissioner", Indexes: []docstore.Index{
	{Name: "slug", Fields: []string{"slug"}, Unique: true},
	{Name: "name", Fields: []string{"sortName", "id"}},
}}}

// Commissioners keeps commissioners. It is a review.Commissioners.
type Commissioners struct{ *Keeper }

var _ review.Commissioners = Commissioners{}

func (s Commissioners) repo() repo[review.Commissioner, *review.Commissioner] {
	return repo[review.Commissioner, *review.Commissioner](s)
}

// Load reads a commissioner by id.
func (s Commissioners) Load(ctx context.Context, id string) (*review.Commissioner, error) {
	return s.repo().Load(ctx, id)
}

// All reads every commissioner, by name.
func (s Commissioners) All(ctx context.Context) ([]*review.Commissioner, error) {
	return s.repo().all(ctx, "name")
}
