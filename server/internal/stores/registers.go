package stores

import (
	"context"
	"fmt"
	"strings"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var registerKind = kind{Collection: docstore.Collection{Name: "register", Indexes: []docstore.Index{
	{Name: "policy", Fields: []string{"policy", "commissioner"}, Unique: true},
	{Name: "waits", Fields: []string{"waits", "id"}},
}}}

// Registers keeps registers. It is a review.RegisterStore.
type Registers struct{ *Keeper }

var _ review.RegisterStore = Registers{}

func (s Registers) repo() repo[review.Register, *review.Register] {
	return repo[review.Register, *review.Register](s)
}

// Load reads a register by id. One that was never saved comes back empty, at revision 0.
func (s Registers) Load(ctx context.Context, id string) (*review.Register, error) {
	r, err := s.repo().Load(ctx, id)
	if !absent(err) {
		return r, err
	}
	policy, commissioner, ok := strings.Cut(id, ":")
	if !ok || policy == "" || commissioner == "" {
		return nil, fmt.Errorf("register %q: %w", id, record.ErrNotFound)
	}
	return &review.Register{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, nil
}

// OfPolicy reads the registers of one policy, by commissioner.
func (s Registers) OfPolicy(ctx context.Context, policy string) ([]*review.Register, error) {
	return s.repo().all(ctx, "policy", policy)
}

// Waiting reads the registers that wait for a date or an approval, by id.
func (s Registers) Waiting(ctx context.Context) ([]*review.Register, error) {
	return s.repo().all(ctx, "waits", true)
}
