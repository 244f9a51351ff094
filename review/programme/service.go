package programme

import (
	"context"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Programmes keeps programmes. There are tens of them, so they are read all at once, sorted by name.
type Programmes interface {
	record.Store[*Programme]
	All(ctx context.Context) ([]*Programme, error)
}

// Service is what can be done with programmes. Every method checks the permission table first.
type Service struct {
	Programmes  Programmes
	Commitments Commitments
	Now         func() time.Time
	NewID       func() string
}

// Create begins a programme.
func (s *Service) Create(ctx context.Context, by record.Actor, d Details) (*Programme, error) {
	if err := access.Check(by, access.ProgrammeEdit, access.For(d.Commissioners...)); err != nil {
		return nil, err
	}
	p := &Programme{Head: record.Head{ID: s.NewID()}}
	return record.Create(ctx, s.Programmes, p, record.Edit{By: by}, s.Now(), func(p *Programme) (record.Event, error) {
		return p.create(d)
	})
}

// Edit changes a programme. Its policies keep the commissioners that they have.
func (s *Service) Edit(ctx context.Context, e record.Edit, d Details) (*Programme, error) {
	may := func(p *Programme) error { return access.Check(e.By, access.ProgrammeEdit, p.scope()) }
	return record.Change(ctx, s.Programmes, e, s.Now(), may, func(p *Programme) (record.Event, error) { return p.edit(d) })
}

// Programme reads one programme.
func (s *Service) Programme(ctx context.Context, by record.Actor, id string) (*Programme, error) {
	if err := access.Check(by, access.ProgrammeRead, access.Scope{}); err != nil {
		return nil, err
	}
	return s.Programmes.Load(ctx, id)
}

// All reads every programme, sorted by name.
func (s *Service) All(ctx context.Context, by record.Actor) ([]*Programme, error) {
	if err := access.Check(by, access.ProgrammeRead, access.Scope{}); err != nil {
		return nil, err
	}
	return s.Programmes.All(ctx)
}

// MayEdit tells whether somebody may change a programme.
func MayEdit(by record.Actor, p *Programme) bool {
	return access.May(by, access.ProgrammeEdit, p.scope())
}
