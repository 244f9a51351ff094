package reviewtest

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/record/recordtest"
)

// EffectStores are the views of a memory that keep what a policy changes for whom.
func (m *Memory) EffectStores() review.EffectStores {
	return review.EffectStores{Levels: Levels{m}, Estimates: Estimates{m}, Activities: Activities{m}}
}

// Levels are the levels of change of a Memory.
type Levels struct{ *Memory }

// Load gives a copy of a level, an empty one when it was never saved.
func (s Levels) Load(_ context.Context, id string) (*review.LevelRecord, error) {
	l, err := recordtest.Load[review.LevelRecord](s, id)
	if !errors.Is(err, record.ErrNotFound) {
		return l, err
	}
	policy, commissioner, err := pair("level", id)
	return &review.LevelRecord{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, err
}

// OfPolicy gives those of one policy, by commissioner.
func (s Levels) OfPolicy(_ context.Context, policy string) ([]*review.LevelRecord, error) {
	return recordtest.Where(s, func(l *review.LevelRecord) string { return l.Commissioner }, func(l *review.LevelRecord) bool { return l.Policy == policy })
}

// Estimates are the estimates of a Memory.
type Estimates struct{ *Memory }

// Load gives a copy of an estimate, an empty one when it was never saved.
func (s Estimates) Load(_ context.Context, id string) (*review.Estimate, error) {
	x, err := recordtest.Load[review.Estimate](s, id)
	if !errors.Is(err, record.ErrNotFound) {
		return x, err
	}
	policy, commissioner, err := pair("estimate", id)
	if commissioner == review.EstimateAll {
		commissioner = ""
	}
	return &review.Estimate{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, err
}

// OfPolicy gives those of one policy, that for all first.
func (s Estimates) OfPolicy(_ context.Context, policy string) ([]*review.Estimate, error) {
	return recordtest.Where(s, func(x *review.Estimate) string { return x.Commissioner }, func(x *review.Estimate) bool { return x.Policy == policy })
}

// Activities is the activity of a Memory.
type Activities struct{ *Memory }

// Load gives a copy of activity, an empty one when it was never saved.
func (s Activities) Load(_ context.Context, id string) (*review.Activity, error) {
	a, err := recordtest.Load[review.Activity](s, id)
	if !errors.Is(err, record.ErrNotFound) {
		return a, err
	}
	commissioner, code, err := pair("activity", id)
	return &review.Activity{Head: record.Head{ID: id}, Commissioner: commissioner, Code: code}, err
}

// Coded gives the activity by the codes from one up to, not including, another, by code.
func (s Activities) Coded(_ context.Context, from, to string) ([]*review.Activity, error) {
	return recordtest.Where(s, func(a *review.Activity) string { return a.Code }, func(a *review.Activity) bool { return from <= a.Code && a.Code < to })
}

// pair are the two halves of an id.
func pair(kind, id string) (first, second string, err error) {
	first, second, ok := strings.Cut(id, ":")
	if !ok || first == "" || second == "" {
		return "", "", fmt.Errorf("%s %q: %w", kind, id, record.ErrNotFound)
	}
	return first, second, nil
}
