package stores

import (
	"context"

	"concordat/review"
	"concordat/server/internal/docstore"
)

var localKind = kind{Collection: docstore.Collection{Name: "local", Indexes: []docstore.Index{
	{Name: "policy", Fields: []string{"policy", "commissioner", "id"}},
}}}

// Locals keeps local policies. It is a review.Locals.
type Locals struct{ *Keeper }

var _ review.Locals = Locals{}

func (s Locals) repo() repo[review.LocalPolicy, *review.LocalPolicy] {
	return repo[review.LocalPolicy, *review.LocalPolicy](s)
}

// Load reads a local policy by id.
func (s Locals) Load(ctx context.Context, id string) (*review.LocalPolicy, error) {
	return s.repo().Load(ctx, id)
}

// OfPolicy reads all local policies on the treatment of one policy, replaced ones too, by commissioner.
func (s Locals) OfPolicy(ctx context.Context, policy string) ([]*review.LocalPolicy, error) {
	return s.repo().all(ctx, "policy", policy)
}
