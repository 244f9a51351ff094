package stores

import (
	"context"

	"concordat/review/programme"
	"concordat/server/internal/docstore"
)

var programmeKind = kind{Collection: docstore.Collection{Name: "programme", Indexes: []docstore.Index{
	{Name: "name", Fields: []string{"sortName", "id"}},
}}}

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
