package stores

import (
	"context"
	"fmt"
	"strings"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var (
	levelKind = kind{Collection: docstore.Collection{Name: "level", Indexes: []docstore.Index{
		{Name: "policy", Fields: []string{"policy", "commissioner"}},
	}}}
	estimateKind = kind{Collection: docstore.Collection{Name: "estimate", Indexes: []docstore.Index{
		{Name: "policy", Fields: []string{"policy", "commissioner"}},
	}}, upgrades: []func(bson.D) (bson.D, error){
		unchanged, // 2: the draft that shares were given for, which nobody had noted
	}}
	activityKind = kind{Collection: docstore.Collection{Name: "activity", Indexes: []docstore.Index{
		{Name: "code", Fields: []string{"code", "commissioner"}},
	}}}
)

// NewEffectStores keep what is said about what a policy changes for whom.
func NewEffectStores(k *Keeper) review.EffectStores {
	return review.EffectStores{Levels: Levels{k}, Estimates: Estimates{k}, Activities: Activities{k}}
}

// Levels keeps levels of change. It is a review.Levels.
type Levels struct{ *Keeper }

func (s Levels) repo() repo[review.LevelRecord, *review.LevelRecord] {
	return repo[review.LevelRecord, *review.LevelRecord](s)
}

// Load reads a level by id. One that was never saved comes back empty, at revision 0.
func (s Levels) Load(ctx context.Context, id string) (*review.LevelRecord, error) {
	l, err := s.repo().Load(ctx, id)
	if !absent(err) {
		return l, err
	}
	policy, commissioner, err := pair("level", id)
	if err != nil {
		return nil, err
	}
	return &review.LevelRecord{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, nil
}

// OfPolicy reads the levels of one policy, by commissioner.
func (s Levels) OfPolicy(ctx context.Context, policy string) ([]*review.LevelRecord, error) {
	return s.repo().all(ctx, "policy", policy)
}

// Estimates keeps estimates. It is a review.Estimates.
type Estimates struct{ *Keeper }

func (s Estimates) repo() repo[review.Estimate, *review.Estimate] {
	return repo[review.Estimate, *review.Estimate](s)
}

// Load reads an estimate by id. One that was never saved comes back empty, at revision 0.
func (s Estimates) Load(ctx context.Context, id string) (*review.Estimate, error) {
	x, err := s.repo().Load(ctx, id)
	if !absent(err) {
		return x, err
	}
	policy, commissioner, err := pair("estimate", id)
	if err != nil {
		return nil, err
	}
	if commissioner == review.EstimateAll {
		commissioner = ""
	}
	return &review.Estimate{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, nil
}

// OfPolicy reads the estimates of one policy, that for all first.
func (s Estimates) OfPolicy(ctx context.Context, policy string) ([]*review.Estimate, error) {
	return s.repo().all(ctx, "policy", policy)
}

// Activities keeps activity. It is a review.Activities.
type Activities struct{ *Keeper }

func (s Activities) repo() repo[review.Activity, *review.Activity] {
	return repo[review.Activity, *review.Activity](s)
}

// Load reads activity by id. What was never saved comes back empty, at revision 0.
func (s Activities) Load(ctx context.Context, id string) (*review.Activity, error) {
	a, err := s.repo().Load(ctx, id)
	if !absent(err) {
		return a, err
	}
	commissioner, code, err := pair("activity", id)
	if err != nil {
		return nil, err
	}
	return &review.Activity{Head: record.Head{ID: id}, Commissioner: commissioner, Code: code}, nil
}

// Coded reads the activity by the codes from one up to, not including, another, by code.
func (s Activities) Coded(ctx context.Context, from, to string) (list []*review.Activity, err error) {
	q := docstore.Query{Index: "code", From: from, To: to, Limit: docstore.MaxLimit}
	for {
		part, next, err := s.repo().page(ctx, q)
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

// pair are the two halves of an id.
func pair(kind, id string) (first, second string, err error) {
	first, second, ok := strings.Cut(id, ":")
	if !ok || first == "" || second == "" {
		return "", "", fmt.Errorf("%s %q: %w", kind, id, record.ErrNotFound)
	}
	return first, second, nil
}
