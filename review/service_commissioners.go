package review

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"concordat/review/access"
	"concordat/review/record"
)

func absent(err error) bool { return errors.Is(err, record.ErrNotFound) }

// AllCommissioners are all commissioners by name, those that have ended too. They are public facts.
func (s *Service) AllCommissioners(ctx context.Context) ([]*Commissioner, error) {
	list, err := s.Commissioners.All(ctx)
	slices.SortFunc(list, func(a, b *Commissioner) int {
		return cmp.Or(cmp.Compare(a.SortName, b.SortName), cmp.Compare(a.ID, b.ID))
	})
	return list, err
}

// AddCommissioner makes a commissioner. ErrConflict when its short name is taken.
func (s *Service) AddCommissioner(ctx context.Context, by record.Actor, n Commissioner) (*Commissioner, error) {
	if err := access.Check(by, access.CommissionerEnd, access.Scope{}); err != nil {
		return nil, err
	}
	c := &Commissioner{Head: record.Head{ID: s.NewID()}}
	return record.Create(ctx, s.Commissioners, c, record.Edit{By: by}, s.Now(), func(c *Commissioner) (record.Event, error) {
		event, err := c.edit(n)
		event.Action = "commissioner.created"
		return event, err
	})
}

// EditCommissioner changes name, start, contact and the way for exceptional cases.
func (s *Service) EditCommissioner(ctx context.Context, e record.Edit, n Commissioner) (*Commissioner, error) {
	may := func(c *Commissioner) error { return access.Check(e.By, access.CommissionerEdit, access.For(c.ID)) }
	return record.Change(ctx, s.Commissioners, e, s.Now(), may, func(c *Commissioner) (record.Event, error) { return c.edit(n) })
}

// EndCommissioner names the first day on which a commissioner is no more, and who decides for its area from then on.
func (s *Service) EndCommissioner(ctx context.Context, e record.Edit, on record.Date, successors []string) (*Commissioner, error) {
	if err := access.Check(e.By, access.CommissionerEnd, access.For(e.ID)); err != nil {
		return nil, err
	}
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	c := places[e.ID]
	if c == nil {
		return nil, record.ErrNotFound
	}
	w, err := record.Plan(c, e, s.Now(), func(c *Commissioner) (record.Event, error) { return c.end(on, successors, places) })
	if err != nil {
		return nil, err
	}
	writes := []record.Write{w}
	for _, id := range c.Successors { // a successor that is ended at the same moment would leave nobody to decide
		writes = append(writes, record.Expect(record.RefTo(places[id])))
	}
	return c, s.Commissioners.Commit(ctx, writes...)
}

func (s *Service) places(ctx context.Context) (Places, error) {
	list, err := s.Commissioners.All(ctx)
	if err != nil {
		return nil, err
	}
	return PlacesOf(list), nil
}

// PlacesOf are commissioners by their ids.
func PlacesOf(list []*Commissioner) Places {
	out := Places{}
	for _, c := range list {
		out[c.ID] = c
	}
	return out
}
