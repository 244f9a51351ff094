package reviewtest

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/record/recordtest"
)

// Policies are the policies of a Memory, with their saves and versions.
type Policies struct{ *Memory }

// Load gives a copy of a policy.
func (s Policies) Load(_ context.Context, id string) (*review.Policy, error) {
	return recordtest.Load[review.Policy](s, id)
}

// BySlug gives the policy with an address.
func (s Policies) BySlug(_ context.Context, slug string) (*review.Policy, error) {
	list, err := s.where(func(p *review.Policy) bool { return p.Slug == slug })
	if err != nil || len(list) == 0 {
		return nil, errors.Join(err, record.ErrNotFound)
	}
	return list[0], nil
}

func (s Policies) where(match func(*review.Policy) bool) ([]*review.Policy, error) {
	return recordtest.Where(s, func(p *review.Policy) string { return p.SortTitle }, match)
}

// Find gives a page of the policies that a filter names.
func (s Policies) Find(_ context.Context, f review.Filter, after string, limit int) ([]*review.Policy, string, error) {
	return s.page(func(p *review.Policy) bool {
		switch {
		case f.Programme != "":
			return p.Programme == f.Programme
		case f.Lead != "":
			return p.Lead == f.Lead
		}
		if f.ByReference() {
			return strings.HasPrefix(p.Reference, strings.ToUpper(f.Begins))
		}
		return strings.HasPrefix(p.SortTitle, f.Begins)
	}, after, limit)
}

// Cards gives the same without the texts.
func (s Policies) Cards(ctx context.Context, f review.Filter, after string, limit int) ([]*review.Card, string, error) {
	list, next, err := s.Find(ctx, f, after, limit)
	var out []*review.Card
	for _, p := range list {
		out = append(out, p.Card())
	}
	return out, next, err
}

// page goes by position: tests do not add policies in the middle of a walk.
func (s Policies) page(match func(*review.Policy) bool, after string, limit int) ([]*review.Policy, string, error) {
	list, err := s.where(match)
	if err != nil {
		return nil, "", err
	}
	from := 0
	if after != "" {
		if from, err = strconv.Atoi(after); err != nil {
			return nil, "", err
		}
	}
	from = min(from, len(list))
	to := min(from+limit, len(list))
	next := ""
	if to < len(list) {
		next = strconv.Itoa(to)
	}
	return list[from:to], next, nil
}

// Save gives a copy of a save.
func (s Policies) Save(_ context.Context, id string) (*review.Save, error) {
	return recordtest.Load[review.Save](s, id)
}

// Version gives a copy of a version.
func (s Policies) Version(_ context.Context, id string) (*review.Version, error) {
	return recordtest.Load[review.Version](s, id)
}

// Commissioners are the commissioners of a Memory.
type Commissioners struct{ *Memory }

// Load gives a copy of a commissioner.
func (s Commissioners) Load(_ context.Context, id string) (*review.Commissioner, error) {
	return recordtest.Load[review.Commissioner](s, id)
}

// All gives all of them, by name.
func (s Commissioners) All(context.Context) ([]*review.Commissioner, error) {
	return recordtest.Where(s, func(c *review.Commissioner) string { return c.SortName }, func(*review.Commissioner) bool { return true })
}

// Locals are the local policies of a Memory.
type Locals struct{ *Memory }

// Load gives a copy of a local policy.
func (s Locals) Load(_ context.Context, id string) (*review.LocalPolicy, error) {
	return recordtest.Load[review.LocalPolicy](s, id)
}

// OfPolicy gives those on one policy, by commissioner.
func (s Locals) OfPolicy(_ context.Context, policy string) ([]*review.LocalPolicy, error) {
	return recordtest.Where(s, func(l *review.LocalPolicy) string { return l.Commissioner },
		func(l *review.LocalPolicy) bool { return l.Policy == policy })
}

// Unchecked gives those of each policy that wait for a person, by commissioner.
func (s Locals) Unchecked(ctx context.Context, policies []string) (map[string][]review.Unchecked, error) {
	out := map[string][]review.Unchecked{}
	for _, policy := range policies {
		list, err := s.OfPolicy(ctx, policy)
		if err != nil {
			return nil, err
		}
		for _, l := range list {
			if l.Waits {
				out[policy] = append(out[policy], review.Unchecked{ID: l.ID, Commissioner: l.Commissioner, Losses: l.Losses})
			}
		}
	}
	return out, nil
}

// Harmonies are what people made of the matrices of a Memory.
type Harmonies struct{ *Memory }

// Load gives a copy, or an empty one of a policy whose matrix nobody touched.
func (s Harmonies) Load(_ context.Context, policy string) (*review.Harmonisation, error) {
	h, err := recordtest.Load[review.Harmonisation](s, policy)
	if errors.Is(err, record.ErrNotFound) {
		return &review.Harmonisation{Head: record.Head{ID: policy}}, nil
	}
	return h, err
}

// Registers are the registers of a Memory.
type Registers struct{ *Memory }

// Load gives a copy of a register, an empty one when it was never saved.
func (s Registers) Load(_ context.Context, id string) (*review.Register, error) {
	r, err := recordtest.Load[review.Register](s, id)
	if errors.Is(err, record.ErrNotFound) {
		return registerOf(id)
	}
	return r, err
}

// OfPolicy gives those of one policy, by commissioner.
func (s Registers) OfPolicy(_ context.Context, policy string) ([]*review.Register, error) {
	return recordtest.Where(s, func(r *review.Register) string { return r.Commissioner },
		func(r *review.Register) bool { return r.Policy == policy })
}

// Waiting gives those that wait for a date or an approval, by id.
func (s Registers) Waiting(context.Context) ([]*review.Register, error) {
	return recordtest.Where(s, func(r *review.Register) string { return r.ID }, func(r *review.Register) bool { return r.Waits })
}

// Publications are the publications of a Memory.
type Publications struct{ *Memory }

// Load gives a copy of a publication.
func (s Publications) Load(_ context.Context, id string) (*review.Publication, error) {
	return recordtest.Load[review.Publication](s, id)
}

// All gives all of them, by address.
func (s Publications) All(context.Context) ([]*review.Publication, error) {
	return recordtest.Where(s, func(p *review.Publication) string { return p.Slug }, func(*review.Publication) bool { return true })
}
