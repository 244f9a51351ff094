package review

import (
	"context"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Need is whether people must be consulted before a policy changes for them, and how widely.
type Need string

// The needs, from none to the widest, after the stage that assesses them (domain rules, stages and gates). Unsaid is
// that nobody has said it yet.
const (
	Unsaid      Need = ""
	NotNeeded   Need = "none"
	Targeted    Need = "targeted"
	PublicAsked Need = "public"
	Formal      Need = "formal"
)

// Needs are all that can be said, in order.
var Needs = []Need{NotNeeded, Targeted, PublicAsked, Formal}

// Needed tells whether people are to be consulted.
func (n Need) Needed() bool { return n == Targeted || n == PublicAsked || n == Formal }

// Words is the need as it is chosen and told.
func (n Need) Words() string {
	switch n {
	case Unsaid:
		return "Not said yet"
	case NotNeeded:
		return "No consultation"
	case Targeted:
		return "Those concerned are asked"
	case PublicAsked:
		return "Public consultation"
	case Formal:
		return "Formal consultation, with the scrutiny committee"
	}
	return string(n)
}

// NeedRecord is what somebody said about the need for a consultation, and why.
type NeedRecord struct {
	Need   Need      `bson:"need"`
	Reason string    `bson:"reason"`
	Source string    `bson:"source"` // where it stands: a minute, a level of change document
	By     string    `bson:"by"`
	At     time.Time `bson:"at"`
}

// Need is what was said last; Unsaid when nobody has.
func (p *Policy) Need() NeedRecord { return lastNeed(p.Needs) }

// Need is what was said last; Unsaid when nobody has.
func (c *Card) Need() NeedRecord { return lastNeed(c.Needs) }

func lastNeed(list []NeedRecord) NeedRecord {
	if len(list) == 0 {
		return NeedRecord{}
	}
	return list[len(list)-1]
}

// needs notes a need. What was said before is kept.
func (p *Policy) needs(n NeedRecord) (record.Event, error) {
	n.Reason, n.Source = strings.TrimSpace(n.Reason), strings.Join(strings.Fields(n.Source), " ")
	var faults record.Faults
	faults.Add(!n.Need.Needed() && n.Need != NotNeeded, "need", "Choose whether a consultation is needed")
	if n.Reason == "" {
		faults = append(faults, record.Fault{Field: "reason", Rule: "N-01", Message: "Say why",
			Why: "Whoever was not asked may want to know why (NHS Act 2006 sections 13Q and 14Z45)."})
	}
	faults.Add(long(n.Reason, 2000), "reason", "The reason must be 2,000 characters or fewer")
	faults.Add(n.Source == "", "source", "Say where this was settled, such as a minute or a level of change document")
	faults.Add(long(n.Source, 300), "source", "The source must be 300 characters or fewer")
	if err := faults.Err(); err != nil {
		return record.Event{}, err
	}
	p.Needs = append(p.Needs, n)
	return record.Event{Action: "policy.need-said"}.With("need", n.Need), nil
}

// SayNeed records whether a policy needs a consultation, with the reason of the edit and the source.
func (s *Service) SayNeed(ctx context.Context, e record.Edit, need Need, source string) (*Policy, error) {
	n := NeedRecord{Need: need, Reason: e.Reason, Source: source, By: e.By.ID, At: s.Now()}
	return s.steer(ctx, e, access.PolicyNeed, func(p *Policy) (record.Event, error) { return p.needs(n) })
}

// PlanDecision says in which month the commissioners are to decide on a policy; no date for none. The day is not kept.
func (s *Service) PlanDecision(ctx context.Context, e record.Edit, month record.Date) (*Policy, error) {
	return s.steer(ctx, e, access.PolicyEdit, func(p *Policy) (record.Event, error) {
		p.Planned = month.Month()
		return record.Event{Action: "policy.planned"}.With("month", p.Planned), nil
	})
}

// steer changes a policy, for those who may do so.
func (s *Service) steer(ctx context.Context, e record.Edit, action access.Action, rule func(*Policy) (record.Event, error)) (*Policy, error) {
	return record.Change(ctx, s.Policies, e, s.Now(), func(p *Policy) error { return access.Check(e.By, action, p.scope()) }, rule)
}
