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

// All gives every commissioner, by name. Nearly every page asks for them, so they are read again only after one changed.
func (s Commissioners) All(ctx context.Context) ([]*review.Commissioner, error) {
	list, err := s.commissioners.list(ctx, s.Keeper, "", func(ctx context.Context, _ string) ([]review.Commissioner, error) {
		read, err := s.repo().all(ctx, "name")
		var list []review.Commissioner
		for _, c := range read {
			list = append(list, *c)
		}
		return list, err
	})
	var out []*review.Commissioner // of the caller's own
	for i := range list {
		out = append(out, &list[i])
	}
	return out, err
}
