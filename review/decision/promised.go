package decision

import (
	"context"
	"errors"
	"slices"

	"concordat/review/record"
)

// pass asks whether an adoption would break a promise. What it would break is told once, however many commissioners
// promised it together; what is passed over with the edit's reason is what the decision relies on.
func (r *recording) pass(ctx context.Context, item Item, e Entry) ([]record.Ref, error) {
	if r.Promises == nil || !e.Outcome.Adopts() {
		return nil, nil
	}
	refs, err := r.Promises.Pass(ctx, item.Programme, e.Policy, []string{e.Commissioner}, r.edit.Reason)
	var broken record.Faults
	if err != nil && !errors.As(err, &broken) {
		return nil, err
	}
	for _, f := range broken {
		if !slices.Contains(r.faults, f) {
			r.faults = append(r.faults, f)
		}
	}
	return refs, nil
}
