package review

import (
	"context"
	"errors"
	"time"

	"concordat/review/record"
)

// PublicationOf is what the public reads of a policy, now and later; empty when it was never published.
func (s *Service) PublicationOf(ctx context.Context, by record.Actor, policy string) (*Publication, error) {
	if _, err := s.Policy(ctx, by, policy); err != nil {
		return nil, err
	}
	return s.publication(ctx, policy)
}

func (s *Service) publication(ctx context.Context, policy string) (*Publication, error) {
	pub, err := s.Publications.Load(ctx, policy)
	if errors.Is(err, record.ErrNotFound) {
		return &Publication{Head: record.Head{ID: policy}}, nil
	}
	return pub, err
}

// Unschedule takes back a publication that is still to come. What the public reads until then stays.
func (s *Service) Unschedule(ctx context.Context, e record.Edit) error {
	p, err := s.toPublish(ctx, e)
	if err != nil {
		return err
	}
	if err := reasoned(e); err != nil {
		return err
	}
	pub, err := s.publication(ctx, p.ID)
	if err != nil {
		return err
	}
	now := s.Now()
	policy, err := record.Plan(p, e, now, func(p *Policy) (record.Event, error) { return p.unschedule(pub, now) })
	if err != nil {
		return err
	}
	own := record.Edit{By: e.By, ID: p.ID, Revision: pub.Revision, Reason: e.Reason}
	public, err := record.Plan(pub, own, now, (*Publication).unschedule)
	if err != nil {
		return err
	}
	return s.Policies.Commit(ctx, policy, public)
}

// unschedule puts the policy back to what is published now, which may be nothing.
func (p *Policy) unschedule(pub *Publication, now time.Time) (record.Event, error) {
	if !pub.From.After(now) {
		return record.Event{}, record.Refuse("P-04", "Nothing is to be published later", "What is public already is taken out of the library, or replaced by another version.")
	}
	event := record.Event{Action: "policy.unscheduled", Alters: record.PublicOf(p.ID)}.With("version", pub.Version)
	p.Published, p.PublicFrom = pub.Before.Version, pub.Before.From
	stage := Published
	switch {
	case pub.Before.Withdrawn:
		stage = Withdrawn
	case pub.Before.Version.Zero():
		stage = ForDecision
	}
	if p.Stage != stage {
		p.Stage, p.Since = stage, now
	}
	return event, nil
}

// unschedule makes what is read now all that there is.
func (p *Publication) unschedule() (record.Event, error) {
	event := record.Event{Action: "publication.unscheduled", Alters: record.PublicOf(p.ID)}.With("version", p.Version)
	p.Shown, p.Before = p.Before, Shown{}
	return event, nil
}
