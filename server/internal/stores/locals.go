package stores

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var localKind = kind{files: "original.sha256", Collection: docstore.Collection{Name: "local", Indexes: []docstore.Index{
	{Name: "policy", Fields: []string{"policy", "commissioner", "id"}},
	{Name: "waits", Fields: []string{"waits", "policy", "commissioner", "id"}},
}}, upgrades: []func(bson.D) (bson.D, error){
	unchanged, // 2: the anchors of its clauses, which count on where none were kept
}}

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

// uncheckedDoc is a local policy of which only that much is read.
type uncheckedDoc struct {
	record.Head      `bson:",inline"`
	review.Unchecked `bson:",inline"`
}

// Kind names the kind of document.
func (*uncheckedDoc) Kind() string { return localKind.Name }

// Unchecked reads which local policies of each policy nobody has compared with their originals, by commissioner. Whose
// work it is asks at each visit, so they are read again only after a local policy changed.
func (s Locals) Unchecked(ctx context.Context, policies []string) (map[string][]review.Unchecked, error) {
	return s.unchecked.lists(ctx, s.Keeper, policies, func(ctx context.Context, policy string) ([]review.Unchecked, error) {
		list, err := repo[uncheckedDoc, *uncheckedDoc](s).all(ctx, "waits", true, policy)
		var out []review.Unchecked
		for _, d := range list {
			d.Unchecked.ID = d.Head.ID
			out = append(out, d.Unchecked)
		}
		return out, err
	})
}
