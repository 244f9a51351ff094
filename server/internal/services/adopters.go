package services

import (
	"context"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
)

// Adopters lets package review ask who adopted a policy. It is a review.Adopters.
type Adopters struct {
	Decisions decision.Decisions
	People    decision.People // who is told; nil for nobody
}

// Adopters are those who adopted any version of a policy, each with its last one.
func (a Adopters) Adopters(ctx context.Context, policy string, to clause.Text, text func(review.Number) (clause.Text, error)) ([]review.Adopter, error) {
	made, err := a.Decisions.OfPolicy(ctx, policy)
	if err != nil {
		return nil, err
	}
	list, err := decision.Adopters(made, to, func(version string) (clause.Text, error) {
		n, err := review.ParseNumber(version)
		if err != nil {
			return clause.Text{}, err
		}
		return text(n)
	})
	if err != nil {
		return nil, err
	}
	told, err := a.told(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]review.Adopter, len(list))
	for i, x := range list {
		n, err := review.ParseNumber(x.Version)
		if err != nil {
			return nil, err
		}
		out[i] = review.Adopter{Commissioner: x.Commissioner, Version: n, Varies: x.Varies, Touched: len(x.Touched), Gone: x.Gone}
		for _, t := range x.Touched {
			if t.Turned() {
				out[i].Anew = append(out[i].Anew, t.Told())
			}
		}
		for _, to := range told[x.Commissioner].To {
			out[i].Told = append(out[i].Told, review.Person{Name: to.Name, Email: to.Email})
		}
	}
	return out, nil
}

// Joined is the text of a version with the variation with which a decision adopted it.
func (a Adopters) Joined(ctx context.Context, id string, text clause.Text) (clause.Text, bool, error) {
	d, err := a.Decisions.Load(ctx, id)
	if err != nil {
		return clause.Text{}, false, err
	}
	joined, err := d.Overlay.Apply(text)
	return joined.Text, len(d.Overlay) > 0, err
}

func (a Adopters) told(ctx context.Context) (map[string]decision.Place, error) {
	if a.People == nil {
		return nil, nil
	}
	return a.People.Told(ctx)
}
