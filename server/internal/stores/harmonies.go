package stores

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var harmonyKind = kind{files: "national.original.sha256", Collection: docstore.Collection{Name: "harmony"}, upgrades: []func(bson.D) (bson.D, error){
	unchanged, // 2: the file of the national text
	unchanged, // 3: how many turns the draft had when an origin was noted; none were known before
}}

// Harmonies keeps what people made of matrices. It is a review.Harmonies.
type Harmonies struct{ *Keeper }

var _ review.Harmonies = Harmonies{}

// Load reads what people made of the matrix of a policy. What was never saved comes back empty, at revision 0.
func (s Harmonies) Load(ctx context.Context, policy string) (*review.Harmonisation, error) {
	h, err := repo[review.Harmonisation, *review.Harmonisation](s).Load(ctx, policy)
	if !absent(err) {
		return h, err
	}
	return &review.Harmonisation{Head: record.Head{ID: policy}}, nil
}
