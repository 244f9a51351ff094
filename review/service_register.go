package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"concordat/review/access"
	"concordat/review/record"
)

// Applies answers which text applies in a commissioner's area to a patient referred on one day and treated, or
// asked about, on another. When another policy took the place of this one, its text of that day is the answer.
// Only public facts are told, so everybody may ask.
func (s *Service) Applies(ctx context.Context, policyID, area string, referred, on record.Date) (Answer, error) {
	places, err := s.places(ctx)
	if err != nil {
		return Answer{}, err
	}
	return s.applies(ctx, places, policyID, area, referred, on)
}

func (s *Service) applies(ctx context.Context, places Places, policyID, area string, referred, on record.Date) (Answer, error) {
	var answer Answer
	for seen := []string{}; policyID != "" && !slices.Contains(seen, policyID); {
		registers, err := s.registers(ctx, policyID)
		if err != nil {
			return Answer{}, err
		}
		a := Applies(places, registers, area, referred, on)
		if len(seen) > 0 && a.Outcome == NothingSet && a.Interval.From == 0 {
			return answer, nil // the policy that took over has nothing to say here: what the register says stands
		}
		answer, seen = a, append(seen, policyID)
		policyID = a.Interval.Text.Policy
	}
	return answer, nil
}

func (s *Service) registers(ctx context.Context, policyID string) (Registers, error) {
	list, err := s.Registers.OfPolicy(ctx, policyID)
	if err != nil {
		return nil, err
	}
	out := Registers{}
	for _, r := range list {
		out[r.Commissioner] = r
	}
	return out, nil
}

// RegistersOf are the registers of a policy, in the order of their ids.
func (s *Service) RegistersOf(ctx context.Context, by record.Actor, policyID string) ([]*Register, error) {
	if _, err := s.Policy(ctx, by, policyID); err != nil {
		return nil, err
	}
	return s.Registers.OfPolicy(ctx, policyID)
}

// Waiting are the registers of the policies given that wait for a date or an approval, by the id of their policy and
// in the order of their own ids. Policies that the actor may not read are left out.
func (s *Service) Waiting(ctx context.Context, by record.Actor, of []*Card) (map[string][]*Register, error) {
	list, err := s.Registers.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	asked := map[string]bool{}
	for _, p := range of {
		asked[p.ID] = access.May(by, access.PolicyRead, access.For(p.Commissioners...))
	}
	out := map[string][]*Register{}
	for _, r := range list {
		if asked[r.Policy] {
			out[r.Policy] = append(out[r.Policy], r)
		}
	}
	return out, nil
}

// PlanAdoption says what is to be saved when a commissioner adopts a version: own is its register, with what that
// relies on, and ends are the registers of the policies that the version takes the place of. Who may adopt is for the
// caller to check.
func (s *Service) PlanAdoption(ctx context.Context, by record.Actor, a Adoption) (own, ends []record.Write, err error) {
	v, err := s.Policies.Version(ctx, VersionID(a.Policy, a.Version))
	if err != nil {
		return nil, nil, err
	}
	c, err := s.Commissioners.Load(ctx, a.Commissioner)
	if err != nil {
		return nil, nil, err
	}
	if err := adoptable(v, c, a.From, record.DateOf(s.Now())); err != nil {
		return nil, nil, err
	}
	r, err := s.Registers.Load(ctx, RegisterID(a.Policy, a.Commissioner))
	if err != nil {
		return nil, nil, err
	}
	w, err := s.planRegister(r, by, "", func(r *Register) (record.Event, error) { return r.adopt(a, v.Expires) })
	if err != nil {
		return nil, nil, err
	}
	own = []record.Write{w, record.Expect(record.RefTo(v)), record.Expect(record.RefTo(c))}
	if a.From == 0 {
		return own, nil, nil
	}
	n := Interval{From: a.From, Text: TextRef{Policy: a.Policy, Version: a.Version}, Rule: a.Rule, Source: a.Source, Decided: a.Decided, Event: strings.TrimSpace(a.Event)}
	ends, err = s.planSuperseding(ctx, by, v, a.Commissioner, n)
	return own, ends, err
}

// adoptable refuses what no meeting can adopt.
func adoptable(v *Version, c *Commissioner, from, today record.Date) error {
	switch {
	case !v.Final:
		return record.Refuse("R-10", fmt.Sprintf("Version %s is a draft. Issue a final version first", v.Number),
			"A draft has not passed its checks, and its text may still change.")
	case c.Ended(today):
		return record.Refuse("R-11", c.Name+" ended on "+c.End.Words()+". A successor can decide for its area", "A body that is no more cannot decide.")
	case from != 0 && from < c.Start:
		return record.Faults{{Field: "from", Rule: "R-11", Message: c.Name + " began on " + c.Start.Words() + ". Enter that date or a later one",
			Why: "It could not decide for patients before it was there."}}
	}
	return nil
}

// planRegister plans one change of a register at the revision it was read.
func (s *Service) planRegister(r *Register, by record.Actor, reason string, rule func(*Register) (record.Event, error)) (record.Write, error) {
	return record.Plan(r, record.Edit{By: by, ID: r.ID, Revision: r.Revision, Reason: reason}, s.Now(), rule)
}

// planSuperseding cuts, at the same date and by the same rule, what the version takes the place of.
func (s *Service) planSuperseding(ctx context.Context, by record.Actor, v *Version, commissioner string, n Interval) ([]record.Write, error) {
	var writes []record.Write
	for _, old := range v.Supersedes {
		if old == v.Policy {
			continue
		}
		r, err := s.Registers.Load(ctx, RegisterID(old, commissioner))
		if err != nil {
			return nil, err
		}
		if r.taken(n) && !r.holds(n.Source) {
			writes = append(writes, record.Expect(record.RefTo(r)))
			continue
		}
		w, err := s.planRegister(r, by, "", func(r *Register) (record.Event, error) { return r.supersede(n) })
		if err != nil {
			return nil, fmt.Errorf("superseding policy %s: %w", old, err)
		}
		writes = append(writes, w)
	}
	return writes, nil
}

// GiveDate gives the date of the named event that an adoption waited for, or corrects it, which needs a reason. source
// is the decision's id; e.ID is the register's.
func (s *Service) GiveDate(ctx context.Context, e record.Edit, source string, from record.Date) (*Register, error) {
	r, err := s.register(ctx, e, access.RegisterDate)
	if err != nil {
		return nil, err
	}
	if r.started(source) {
		if err := reasoned(e); err != nil {
			return nil, err
		}
	}
	w, err := record.Plan(r, e, s.Now(), func(r *Register) (record.Event, error) { return r.giveDate(source, from) })
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.Intervals, func(x Interval) bool { return x.Source.ID == source })
	n := r.Intervals[i]
	n.To, n.Expires = 0, 0
	v, err := s.Policies.Version(ctx, VersionID(n.Text.Policy, n.Text.Version))
	if err != nil {
		return nil, err
	}
	old, err := s.planSuperseding(ctx, e.By, v, r.Commissioner, n)
	if err != nil {
		return nil, err
	}
	return r, s.Registers.Commit(ctx, append([]record.Write{w}, old...)...)
}

func (s *Service) register(ctx context.Context, e record.Edit, action access.Action) (*Register, error) {
	r, err := s.Registers.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(e.By, action, access.For(r.Commissioner)); err != nil {
		return nil, err
	}
	if _, err := s.Policies.Load(ctx, r.Policy); err != nil {
		return nil, err
	}
	return r, nil
}

// Withdraw takes a policy out of force in one area, for patients referred from a day on.
func (s *Service) Withdraw(ctx context.Context, e record.Edit, from record.Date) (*Register, error) {
	return s.stop(ctx, e, access.RegisterWithdraw, from, func(r *Register, inForce bool) (record.Event, error) {
		return r.withdraw(from, record.DateOf(s.Now()), inForce)
	})
}

// Suspend stops a policy in one area at once, for all patients.
func (s *Service) Suspend(ctx context.Context, e record.Edit, from record.Date) (*Register, error) {
	return s.stop(ctx, e, access.RegisterSuspend, from, func(r *Register, inForce bool) (record.Event, error) {
		return r.suspend(from, record.DateOf(s.Now()), e.By.ID, inForce)
	})
}

// ApproveSuspension is the second approval, by somebody else.
func (s *Service) ApproveSuspension(ctx context.Context, e record.Edit) (*Register, error) {
	r, err := s.register(ctx, e, access.RegisterApprove)
	if err != nil {
		return nil, err
	}
	return s.act(ctx, r, e, func(r *Register) (record.Event, error) { return r.approve(e.By.ID) })
}

// Approval is a suspension that waits for a second person.
type Approval struct {
	Policy   *Policy
	Register *Register
}

// Approvals are the suspensions that the actor may approve.
func (s *Service) Approvals(ctx context.Context, by record.Actor) ([]Approval, error) {
	waiting, err := s.Registers.Waiting(ctx)
	if err != nil {
		return nil, err
	}
	var out []Approval
	for _, r := range waiting {
		if x, ok := r.Unapproved(); !ok || x.By == by.ID || !access.May(by, access.RegisterApprove, access.For(r.Commissioner)) {
			continue
		}
		p, err := s.Policies.Load(ctx, r.Policy)
		if err != nil {
			return nil, err
		}
		out = append(out, Approval{Policy: p, Register: r})
	}
	return out, nil
}

// Lift ends a suspension: each patient has again the text they had.
func (s *Service) Lift(ctx context.Context, e record.Edit, from record.Date) (*Register, error) {
	r, err := s.register(ctx, e, access.RegisterSuspend)
	if err != nil {
		return nil, err
	}
	if err := reasoned(e); err != nil {
		return nil, err
	}
	return s.act(ctx, r, e, func(r *Register) (record.Event, error) { return r.lift(from, record.DateOf(s.Now())) })
}

func (s *Service) act(ctx context.Context, r *Register, e record.Edit, rule func(*Register) (record.Event, error), also ...record.Write) (*Register, error) {
	return record.Apply(ctx, s.Registers, r, e, s.Now(), rule, also...)
}

// stop is an act that ends what is in force in an area, be it the area's own text or one taken over.
func (s *Service) stop(ctx context.Context, e record.Edit, action access.Action, from record.Date, rule func(*Register, bool) (record.Event, error)) (*Register, error) {
	r, err := s.register(ctx, e, action)
	if err != nil {
		return nil, err
	}
	if err := reasoned(e); err != nil {
		return nil, err
	}
	places, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	registers, err := s.registers(ctx, r.Policy)
	if err != nil {
		return nil, err
	}
	c := places[r.Commissioner]
	switch {
	case c == nil:
		return nil, fmt.Errorf("commissioner %s: %w", r.Commissioner, record.ErrNotFound)
	case c.Ended(record.DateOf(s.Now())):
		return nil, record.Refuse("R-11", c.Name+" ended on "+c.End.Words()+". A successor can decide for its area", "A body that is no more cannot decide.")
	}
	a := Applies(places, registers, r.Commissioner, from, from)
	own := a.Interval.Text.Policy == r.Policy || a.Interval.Text.Local != ""
	inForce := a.Outcome == AskWhere || a.Outcome == TextApplies && own
	return s.act(ctx, r, e, func(r *Register) (record.Event, error) { return rule(r, inForce) }, record.Expect(record.RefTo(c)))
}

func reasoned(e record.Edit) error {
	var faults record.Faults
	faults.Add(strings.TrimSpace(e.Reason) == "", "reason", "Enter the reason")
	faults.Add(len([]rune(e.Reason)) > 2000, "reason", "The reason must be 2,000 characters or fewer")
	return faults.Err()
}
