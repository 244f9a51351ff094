package stores

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/programme"
	"concordat/server/internal/docstore"
)

var programmeKind = kind{Collection: docstore.Collection{Name: "programme", Indexes: []docstore.Index{
	{Name: "name", Fields: []string{"sortName", "id"}},
}}, upgrades: []func(bson.D) (bson.D, error){
	unchanged, // 2: which milestones were reached
}}

var commitmentKind = kind{Collection: docstore.Collection{Name: "commitment", Indexes: []docstore.Index{
	{Name: "programme", Fields: []string{"programme", "id"}},
}}}

// Commitments keeps commitments.
type Commitments struct {
	repo[programme.Commitment, *programme.Commitment]
}

// NewCommitments keeps commitments with k.
func NewCommitments(k *Keeper) Commitments {
	return Commitments{repo[programme.Commitment, *programme.Commitment]{k}}
}

// OfProgramme gives what was promised for a programme.
func (s Commitments) OfProgramme(ctx context.Context, programme string) ([]*programme.Commitment, error) {
	return s.all(ctx, "programme", programme)
}

// Programmes keeps programmes.
type Programmes struct {
	repo[programme.Programme, *programme.Programme]
}

// NewProgrammes keeps programmes with k.
func NewProgrammes(k *Keeper) Programmes {
	return Programmes{repo[programme.Programme, *programme.Programme]{k}}
}

// All reads every programme, sorted by name.
func (s Programmes) All(ctx context.Context) ([]*programme.Programme, error) {
	return s.all(ctx, "name")
}
