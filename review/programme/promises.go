package programme

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// Commitments keeps commitments. A programme has tens of them, so they are read all at once.
type Commitments interface {
	record.Store[*Commitment]
	OfProgramme(ctx context.Context, programme string) ([]*Commitment, error)
}

// Promise records what was promised for a programme.
func (s *Service) Promise(ctx context.Context, by record.Actor, programme string, p Promised) (*Commitment, error) {
	g, err := s.Programmes.Load(ctx, programme)
	if err != nil {
		return nil, err
	}
	// A promise of nobody is refused below, with everything else that is missing, to whoever may promise for anybody.
	if len(p.Commissioners) > 0 || !access.Ever(by, access.CommitmentEdit) {
		if err := access.Check(by, access.CommitmentEdit, access.For(p.Commissioners...)); err != nil {
			return nil, err
		}
	}
	c := &Commitment{Head: record.Head{ID: s.NewID()}, Programme: programme}
	return record.Create(ctx, s.Commitments, c, record.Edit{By: by}, s.Now(), func(c *Commitment) (record.Event, error) {
		return c.promise(p, g.Commissioners, by.ID, s.Now())
	})
}

// End notes that a commitment was kept, or that it is released. The words of the edit's reason say how, or why.
func (s *Service) End(ctx context.Context, e record.Edit, as Standing) (*Commitment, error) {
	may := func(c *Commitment) error { return access.Check(e.By, access.CommitmentEdit, c.scope()) }
	return record.Change(ctx, s.Commitments, e, s.Now(), may, func(c *Commitment) (record.Event, error) { return c.end(as, e.Reason, e.By.ID, s.Now()) })
}

// Promised are a programme's commitments: the open ones first, those with the nearest day before the others, then what
// has ended, the latest first.
func (s *Service) Promised(ctx context.Context, by record.Actor, programme string) ([]*Commitment, error) {
	if err := access.Check(by, access.ProgrammeRead, access.Scope{}); err != nil {
		return nil, err
	}
	list, err := s.Commitments.OfProgramme(ctx, programme)
	slices.SortStableFunc(list, func(a, b *Commitment) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(nearest(a), nearest(b)), b.Ended.At.Compare(a.Ended.At), a.At.Compare(b.At))
	})
	return list, err
}

func rank(c *Commitment) int {
	if c.Standing == Open {
		return 0
	}
	return 1
}

// nearest is the day by which open commitments are sorted: those without one come last.
func nearest(c *Commitment) record.Date {
	switch {
	case c.Standing != Open:
		return 0
	case c.Due == 0:
		return record.Day(2199, 12, 31)
	}
	return c.Due
}

// Pass lets a step on a policy go on for some commissioners, or refuses it with record.Faults at the field "despite":
// while a promise to consult is open, somebody must say why they go on. The references name what is passed over, for the
// step's event to rely on.
func (s *Service) Pass(ctx context.Context, programme, policy string, commissioners []string, reason string) ([]record.Ref, error) {
	list, err := s.Commitments.OfProgramme(ctx, programme)
	if err != nil {
		return nil, err
	}
	var refs []record.Ref
	var faults record.Faults
	for _, c := range list {
		if !c.binds(policy, commissioners) {
			continue
		}
		refs = append(refs, record.RefTo(c))
		faults = append(faults, record.Fault{Field: "despite", Rule: "C-01",
			Message: "It was promised to consult: “" + c.Words + "” (" + c.Source() + "). Consult first, or say why you go on",
			Why:     "People may rely on what a public body has promised them (R v North and East Devon HA ex p Coughlan [2001])."})
	}
	if strings.TrimSpace(reason) == "" && len(faults) > 0 {
		return nil, faults
	}
	return refs, nil
}

// MayPromise tells whether somebody may record, keep and release promises of some commissioners.
func MayPromise(by record.Actor, commissioners []string) bool {
	return access.May(by, access.CommitmentEdit, access.For(commissioners...))
}
