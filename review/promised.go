package review

import (
	"context"
	"errors"

	"concordat/review/record"
)

// passed is what a step does to promises: those that it passes over with a reason, or why it must not.
type passed struct {
	refs   []record.Ref
	faults record.Faults
}

// pass asks what a step on a policy would break.
func (s *Service) pass(ctx context.Context, p *Policy, reason string) (passed, error) {
	if s.Promises == nil {
		return passed{}, nil
	}
	refs, err := s.Promises.Pass(ctx, p.Programme, p.ID, p.Commissioners, reason)
	var faults record.Faults
	if errors.As(err, &faults) {
		return passed{faults: faults}, nil
	}
	return passed{refs: refs}, err
}

// over lets the event of a step rely on the promises that it passes over. What a rule refused and what would be broken
// are told at once.
func (x passed) over(event record.Event, err error) (record.Event, error) {
	event.Relied = append(event.Relied, x.refs...)
	var faults record.Faults
	if err != nil && !errors.As(err, &faults) {
		return event, err
	}
	return event, append(faults, x.faults...).Err()
}
