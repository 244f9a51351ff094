package review

import (
	"context"
	"errors"

	"concordat/review/access"
	"concordat/review/record"
)

// Verdict is what AddLocal would do with a local policy, by itself.
type Verdict struct {
	Replaces *LocalPolicy // whose place it would take; nil for none
	Later    *LocalPolicy // that stays current, since its date is later: this one goes before it; nil for none
	Refusal  error        // forbidden, or the rules against it; nil when it would be taken
}

// Judge says of each what AddLocal would do with it, given what is kept now. It looks at all but the texts, which
// ReadFile and Takes look at.
func (s *Service) Judge(ctx context.Context, by record.Actor, list []LocalInput) ([]Verdict, error) {
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	policies, out := map[string]*judged{}, make([]Verdict, len(list))
	for i, n := range list {
		if policies[n.Policy] == nil {
			if policies[n.Policy], err = s.toJudge(ctx, n.Policy); err != nil {
				return nil, err
			}
		}
		if out[i], err = s.judge(ctx, by, n, policies[n.Policy], places); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// judged is a policy with its local policies, none when there is no such policy.
type judged struct {
	policy *Policy
	locals []*LocalPolicy
}

func (s *Service) toJudge(ctx context.Context, policy string) (*judged, error) {
	p, err := s.Policies.Load(ctx, policy)
	if absent(err) {
		return &judged{}, nil
	}
	if err != nil {
		return nil, err
	}
	list, err := s.Locals.OfPolicy(ctx, policy)
	return &judged{p, list}, err
}

func (s *Service) judge(ctx context.Context, by record.Actor, n LocalInput, of *judged, places Places) (Verdict, error) {
	l := &LocalPolicy{Head: record.Head{ID: n.ID}, Policy: n.Policy, Commissioner: n.Commissioner}
	l.describe(n)
	err := access.Check(by, access.LocalEdit, access.For(n.Commissioner))
	if err == nil && of.policy == nil {
		err = record.ErrNotFound
	}
	if err == nil {
		err = of.policy.receives(n.Commissioner, places)
	}
	if err == nil {
		err = l.particulars(record.DateOf(s.Now())).Err()
	}
	if err == nil {
		var r *Register
		if r, err = s.Registers.Load(ctx, RegisterID(n.Policy, n.Commissioner)); err == nil {
			_, err = r.local(l)
		}
	}
	if err != nil {
		return Verdict{Refusal: err}, unplanned(err)
	}
	return l.Among(of.locals), nil
}

// unplanned is an error that is none of the deliberate refusals.
func unplanned(err error) error {
	for _, deliberate := range []error{record.ErrNotFound, record.ErrForbidden, record.ErrConflict, record.ErrRule} {
		if errors.Is(err, deliberate) {
			return nil
		}
	}
	return err
}
