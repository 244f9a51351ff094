package services

import (
	"context"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
)

// Register lets meetings ask package review about versions, and put adoptions into its registers. It is a
// decision.Register.
type Register struct {
	Reviews *review.Service
}

// Version tells about an issued version.
func (r Register) Version(ctx context.Context, policy, version string) (decision.VersionFacts, error) {
	n, err := review.ParseNumber(version)
	if err != nil {
		return decision.VersionFacts{}, err
	}
	v, err := r.Reviews.Policies.Version(ctx, review.VersionID(policy, n))
	if err != nil {
		return decision.VersionFacts{}, err
	}
	p, err := r.Reviews.Policies.Load(ctx, policy)
	if err != nil {
		return decision.VersionFacts{}, err
	}
	return decision.VersionFacts{Ref: record.RefTo(v), Programme: p.Programme, Title: v.Title, Reference: v.Reference, Final: v.Final,
		Commissioners: p.Commissioners, Text: v.Text()}, nil
}

// Showable refuses a text that the policy's page could not show.
func (r Register) Showable(markdown string) error {
	_, err := r.Reviews.Renderer.Render(clause.Text{Markdown: markdown})
	return err
}

// Adopt plans what an adoption puts into the registers.
func (r Register) Adopt(ctx context.Context, by record.Actor, a decision.Adoption) (own, ends []record.Write, err error) {
	n, err := review.ParseNumber(a.Version)
	if err != nil {
		return nil, nil, err
	}
	return r.Reviews.PlanAdoption(ctx, by, review.Adoption{Policy: a.Policy, Version: n, Commissioner: a.Commissioner, From: a.From,
		Event: a.Event, Rule: review.ReferralRule(a.Rule), Source: a.Source, Decided: a.Decided})
}
