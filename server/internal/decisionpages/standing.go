package decisionpages

import (
	"context"
	"slices"

	"concordat/review"
	"concordat/review/record"
)

// standing is what applies of one policy in each place, and when: the same answers that the public is given.
type standing struct {
	policy    string
	today     record.Date
	places    review.Places
	registers review.Registers
	locals    map[string]*review.LocalPolicy
}

func (p *Pages) standing(ctx context.Context, by record.Actor, policy string, where places) (standing, error) {
	s := standing{policy: policy, today: p.today(), places: review.PlacesOf(where.list), registers: review.Registers{}, locals: map[string]*review.LocalPolicy{}}
	registers, err := p.Policies.RegistersOf(ctx, by, policy)
	if err != nil {
		return s, err
	}
	for _, r := range registers {
		s.registers[r.Commissioner] = r
	}
	locals, err := p.Policies.LocalHistory(ctx, by, policy)
	for _, l := range locals {
		s.locals[l.ID] = l
	}
	return s, err
}

// in says what applies in a place to patients referred today, and what comes next.
func (s standing) in(place string) (today, next string) {
	now := s.label(place, s.today)
	today = now + sinceWords(s.on(place, s.today).Interval.From)
	for _, day := range s.days() {
		if then := s.label(place, day); day > s.today && then != now {
			return today, then + " from " + day.Words()
		}
	}
	return today, ""
}

func (s standing) on(place string, day record.Date) review.Answer {
	return review.Applies(s.places, s.registers, place, day, day)
}

// days are those on which an answer may change. Places may have texts of those before them, so all registers count.
func (s standing) days() (out []record.Date) {
	for _, r := range s.registers {
		out = append(out, r.Days()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (s standing) label(place string, day record.Date) string {
	a := s.on(place, day)
	switch {
	case a.Outcome == review.AskWhere:
		return "Differs by place"
	case a.Interval.From == 0 && len(a.Waiting) > 0:
		return "Waits for a date"
	case a.Interval.From == 0:
		return "No text recorded"
	}
	return s.words(a.Interval.Text)
}

// words name a text for a table.
func (s standing) words(t review.TextRef) string {
	switch {
	case t.None == review.NoneWithdrawn:
		return "Withdrawn"
	case t.None == review.NoneSuspended:
		return "Suspended"
	case t.None == review.NoneExpired:
		return "Ended"
	case t.Local != "" && s.locals[t.Local] != nil && s.locals[t.Local].Without != review.HasPolicy:
		return s.locals[t.Local].Without.Words()
	case t.Local != "":
		return "Local policy"
	case t.Policy != "" && t.Policy != s.policy:
		return "Another policy, version " + t.Version.String()
	case t.Policy != "":
		return "Version " + t.Version.String()
	}
	return "No text"
}

// suspended tells whether a suspension of the place's own stops the policy on a day.
func suspended(r *review.Register, day record.Date) bool {
	return slices.ContainsFunc(r.Suspensions, func(x review.Suspension) bool {
		return x.From <= day && (x.Lifted == 0 || day < x.Lifted)
	})
}

func sinceWords(d record.Date) string {
	if d <= review.SinceRecords {
		return ""
	}
	return " since " + d.Words()
}
