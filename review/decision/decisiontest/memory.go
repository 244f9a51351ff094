// Package decisiontest keeps meetings and decisions in memory, stands in for the register, and checks what every
// store of them must do.
package decisiontest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/review/record/recordtest"
)

// Memory keeps documents in memory. The zero value is empty.
type Memory = recordtest.Memory

// Meetings are the meetings of a Memory.
type Meetings struct{ *Memory }

// Load gives a copy of a meeting.
func (s Meetings) Load(_ context.Context, id string) (*decision.Meeting, error) {
	return recordtest.Load[decision.Meeting](s, id)
}

// ByDate gives meetings in one page, whatever the limit.
func (s Meetings) ByDate(_ context.Context, from, to record.Date, descending bool, _ string, _ int) ([]*decision.Meeting, string, error) {
	list, err := recordtest.Where(s, func(m *decision.Meeting) string { return m.Date.String() },
		func(m *decision.Meeting) bool { return m.Date >= from && (to == 0 || m.Date < to) })
	if descending {
		slices.Reverse(list)
	}
	return list, "", err
}

// Decisions are the decisions of a Memory.
type Decisions struct{ *Memory }

// Load gives a copy of a decision.
func (s Decisions) Load(_ context.Context, id string) (*decision.Decision, error) {
	return recordtest.Load[decision.Decision](s, id)
}

func (s Decisions) where(keep func(*decision.Decision) bool) ([]*decision.Decision, error) {
	return recordtest.Where(s, func(*decision.Decision) string { return "" }, keep)
}

// OfPolicy gives the decisions on a policy.
func (s Decisions) OfPolicy(_ context.Context, policy string) ([]*decision.Decision, error) {
	return s.where(func(d *decision.Decision) bool { return d.Policy == policy })
}

// OfVersion gives the decisions on a version.
func (s Decisions) OfVersion(_ context.Context, policy, version string) ([]*decision.Decision, error) {
	return s.where(func(d *decision.Decision) bool { return d.Policy == policy && d.Version == version })
}

// Standing gives where everybody stands in a programme.
func (s Decisions) Standing(_ context.Context, programme string) ([]decision.Standing, error) {
	list, err := s.where(func(d *decision.Decision) bool { return d.Programme == programme })
	var out []decision.Standing
	for _, d := range list {
		out = append(out, decision.Standing{Policy: d.Policy, Version: d.Version, Commissioner: d.Commissioner, Outcome: d.Outcome,
			Meeting: d.Meeting, DecidedOn: d.DecidedOn, Effective: d.Effective, Event: d.Event})
	}
	return out, err
}

// Register stands in for policies and registers. It plans no documents of its own.
type Register struct {
	Versions map[decision.Paper]decision.VersionFacts
	Refuse   error // what Adopt says
	mu       sync.Mutex
	asked    []decision.Adoption
}

// Version finds a version.
func (r *Register) Version(_ context.Context, policy, version string) (decision.VersionFacts, error) {
	v, ok := r.Versions[decision.Paper{Policy: policy, Version: version}]
	if !ok {
		return v, fmt.Errorf("version %s of %s: %w", version, policy, record.ErrNotFound)
	}
	return v, nil
}

// Showable takes every text.
func (r *Register) Showable(string) error { return nil }

// Adopt notes what it was asked.
func (r *Register) Adopt(_ context.Context, _ record.Actor, a decision.Adoption) (own, ends []record.Write, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked = append(r.asked, a)
	return nil, nil, r.Refuse
}

// Asked are the adoptions that were planned.
func (r *Register) Asked() []decision.Adoption {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.asked)
}

// Text is a short policy text with anchors a1, a2 ….
func Text() clause.Text {
	n := 0
	return clause.Parse("## Criteria\n\nSeven episodes in a year.\n\nOne quinsy.\n").Inherit(clause.Text{}, func() string {
		n++
		return fmt.Sprintf("a%d", n)
	})
}

// Notices are the notices of a Memory.
type Notices struct{ *Memory }

// Load gives a copy of a notice.
func (s Notices) Load(_ context.Context, id string) (*decision.Notice, error) {
	return recordtest.Load[decision.Notice](s, id)
}
