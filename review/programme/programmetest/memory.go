// Package programmetest keeps programmes and commitments in memory and checks that others keep them as well.
package programmetest

import (
	"context"

	"concordat/review/programme"
	"concordat/review/record/recordtest"
)

// Programmes keeps programmes in memory. The zero value is empty.
type Programmes struct{ recordtest.Memory }

// Load gives a copy of a programme.
func (s *Programmes) Load(_ context.Context, id string) (*programme.Programme, error) {
	return recordtest.Load[programme.Programme](s, id)
}

// All gives copies of all, sorted by name.
func (s *Programmes) All(context.Context) ([]*programme.Programme, error) {
	return recordtest.Where(s, func(p *programme.Programme) string { return p.SortName }, func(*programme.Programme) bool { return true })
}

// Commitments keeps commitments in memory. The zero value is empty.
type Commitments struct{ recordtest.Memory }

// Load gives a copy of a commitment.
func (s *Commitments) Load(_ context.Context, id string) (*programme.Commitment, error) {
	return recordtest.Load[programme.Commitment](s, id)
}

// OfProgramme gives copies of those of one programme, by id.
func (s *Commitments) OfProgramme(_ context.Context, id string) ([]*programme.Commitment, error) {
	return recordtest.Where(s, func(*programme.Commitment) string { return "" }, func(c *programme.Commitment) bool { return c.Programme == id })
}
