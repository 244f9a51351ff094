package public

import (
	"cmp"
	"slices"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// Situation is what holds in an area for somebody referred today.
type Situation string

// The situations.
const (
	InForce    Situation = "in force"   // a version of this policy
	OwnPolicy  Situation = "own policy" // the area's own text
	NoOwn      Situation = "no own"     // the area has no policy, and it is known what that means
	ReplacedBy Situation = "replaced"   // another policy took over
	Suspended  Situation = "suspended"
	Withdrawn  Situation = "withdrawn"
	Expired    Situation = "expired"
	Missing    Situation = "missing" // nothing was recorded, or a date is missing
	Divided    Situation = "divided" // the area's places differ
	// Unpublished is when there is a text that outsiders may not know yet.
	Unpublished Situation = "unpublished"
)

// Standing is where one area stands on one policy.
type Standing struct {
	Area      *review.Commissioner
	Situation Situation
	Answer    review.Answer
	Version   *review.Version     // InForce: the text, with its errata
	Local     *review.LocalPolicy // OwnPolicy and NoOwn
	By        *Policy             // ReplacedBy
	Decision  *decision.Decision  // on the version that the public reads; nil when there is none
	Varied    *decision.Decision  // InForce: the adoption with a variation of the version that applies; nil when as it is
	Next      *review.Interval    // the next version of this policy, or the next that takes over, that is to begin
	Waiting   []review.Pending
}

// Standing works out where an area stands today.
func (s *Snapshot) Standing(p *Policy, area *review.Commissioner) Standing {
	st := Standing{Area: area, Answer: review.Applies(s.places, p.registers, area.ID, s.Today, s.Today)}
	st.Waiting = st.Answer.Waiting
	st.Decision = p.decisionOf(area.ID, p.Now)
	st.Next = s.upcoming(p, area)
	x := st.Answer.Interval
	switch {
	case st.Answer.Outcome == review.AskWhere:
		st.Situation = Divided
	case x.Text.None == review.NoneSuspended:
		st.Situation = Suspended
	case x.Text.None == review.NoneWithdrawn:
		st.Situation = Withdrawn
	case x.Text.None == review.NoneExpired:
		st.Situation = Expired
	case x.Text.None == review.NoneUnpublished:
		st.Situation = Unpublished
	case st.Answer.Outcome != review.TextApplies:
		st.Situation = Missing
	case x.Text.Local != "":
		st.Local = p.locals[x.Text.Local]
		st.Situation = localSituation(st.Local)
	case x.Text.Policy != p.ID:
		st.Situation, st.By = ReplacedBy, s.all[x.Text.Policy]
	default:
		st.Situation, st.Version = InForce, p.Corrected(x.Text.Version)
		st.Varied = p.varied(x.Source.ID)
	}
	return st
}

func localSituation(l *review.LocalPolicy) Situation {
	switch {
	case l == nil:
		return Missing
	case l.Without != review.HasPolicy:
		return NoOwn
	}
	return OwnPolicy
}

// decisionOf is what an area's commissioner decided on a version, or on the version that it corrects.
func (p *Policy) decisionOf(area string, v *review.Version) *decision.Decision {
	return p.decisions[decision.ID(p.ID, root(v.Mark).String(), area)]
}

// varied is a decision, if it adopted with a variation.
func (p *Policy) varied(id string) *decision.Decision {
	if d := p.decisions[id]; d != nil && d.Outcome == decision.Vary {
		return d
	}
	return nil
}

// upcoming is the first interval after today in the register that decides for the area.
func (s *Snapshot) upcoming(p *Policy, area *review.Commissioner) *review.Interval {
	r := p.registers[area.ID]
	if r == nil {
		return nil
	}
	for i, x := range r.Intervals {
		if x.From > s.Today && x.Text.Policy != "" && x.Text.None == "" {
			return &r.Intervals[i]
		}
	}
	return nil
}

// Before is what applied in an area to patients referred the day before the present text began; ok is false when
// nothing else did, or when the present text is for all patients.
func (s *Snapshot) Before(p *Policy, st Standing) (a review.Answer, from record.Date, ok bool) {
	x := st.Answer.Interval
	if st.Situation != InForce || x.Rule == review.TreatedFrom || x.From <= review.SinceRecords {
		return review.Answer{}, 0, false
	}
	a = review.Applies(s.places, p.registers, st.Area.ID, x.From.AddDays(-1), s.Today)
	return a, x.From, a.Outcome == review.TextApplies && a.Interval.Text != x.Text
}

// AreasOf are the areas that a policy is for on this day: those that it was meant for, those with a register, and who
// took over from them. By name.
func (s *Snapshot) AreasOf(p *Policy) []*review.Commissioner {
	ids := map[string]bool{}
	var add func(id string)
	add = func(id string) {
		c := s.places[id]
		if c == nil || ids[id] {
			return
		}
		ids[id] = true
		if c.Ended(s.Today) {
			for _, next := range c.Successors {
				add(next)
			}
		}
	}
	for _, id := range p.policy.Commissioners {
		add(id)
	}
	for id := range p.registers {
		add(id)
	}
	var out []*review.Commissioner
	for id := range ids {
		if c := s.places[id]; !c.Ended(s.Today) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *review.Commissioner) int {
		return cmp.Or(cmp.Compare(a.SortName, b.SortName), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Standings are where all areas of a policy stand.
func (s *Snapshot) Standings(p *Policy) []Standing {
	areas := s.AreasOf(p)
	out := make([]Standing, len(areas))
	for i, c := range areas {
		out[i] = s.Standing(p, c)
	}
	return out
}

// Position is the answer of a standing in a patient's words, to follow "In Brindlewick:"; "" when it has none.
func (st Standing) Position() string {
	switch st.Situation {
	case InForce:
		if p, ok := st.Version.Position(); ok {
			return p.Plain()
		}
		return "it depends on the treatment"
	case OwnPolicy:
		if st.Local.Position != "" {
			return st.Local.Position.Plain()
		}
		return "the area’s own policy applies"
	case NoOwn:
		switch st.Local.Without {
		case review.OpenAccess:
			return "no policy, clinicians decide"
		case review.NationalText:
			return "the national text is used"
		}
	}
	return ""
}
