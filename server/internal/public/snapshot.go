package public

import (
	"cmp"
	"slices"
	"time"

	"concordat/review"
	"concordat/review/record"
)

// Snapshot is what is public at one moment. It holds from then until Until, unless something public changes, and is
// never changed.
type Snapshot struct {
	*facts
	Today    record.Date
	Until    time.Time // the next instant at which anything public would differ
	Policies []*Policy // by title; withdrawn ones are not among them
	Index    *Index
	all      map[string]*Policy // by id, withdrawn ones too
	bySlug   map[string]*Policy
	locals   map[string]*Policy // the policy of a local policy, by the latter's id
}

// Policy is a published policy.
type Policy struct {
	*policyFacts
	ID        string
	Slug      string
	Now       *review.Version   // the text that the public reads
	Editions  []*review.Version // all that were published or adopted, and errata, newest first; Now is the first
	HTML      string            // of Now
	Withdrawn bool
	from      time.Time // since when Now is public
	Replaced  bool      // in more areas than where it applies another policy took over
	sum       string    // where it stands, for lists
	until     time.Time
	pageStamp string
	registers review.Registers // as outsiders may know them
}

// at gives what is public at a moment.
func (f *facts) at(now time.Time) *Snapshot {
	s := &Snapshot{facts: f, Today: record.DateOf(now), all: map[string]*Policy{}, bySlug: map[string]*Policy{}, locals: map[string]*Policy{}}
	s.Until = s.nextPlace(now)
	for _, pf := range f.policies {
		p := pf.at(now)
		if pf.pub.From.After(now) {
			s.Until = earlier(s.Until, pf.pub.From)
		}
		if p == nil {
			continue
		}
		p.until = earlier(p.until, s.nextPlace(now))
		s.Until = earlier(s.Until, p.until)
		s.all[p.ID], s.bySlug[p.Slug] = p, p
		for id := range pf.locals {
			s.locals[id] = p
		}
		if !p.Withdrawn {
			s.Policies = append(s.Policies, p)
		}
	}
	slices.SortFunc(s.Policies, byTitle)
	for _, p := range s.all {
		p.registers = review.Registers{}
		for area, r := range p.policyFacts.registers {
			p.registers[area] = r.Public(s.isPublic)
		}
	}
	for _, p := range s.Policies {
		p.sum, p.Replaced = s.sum(p)
	}
	s.stampPages()
	s.Index = NewIndex(documents(s.Policies))
	return s
}

// isPublic tells whether a text that stands in a register can be read. Those of areas are public with their policy.
func (s *Snapshot) isPublic(t review.TextRef) bool {
	p := s.all[t.Policy]
	return t.Policy == "" || p != nil && p.Corrected(t.Version) != nil
}

func byTitle(a, b *Policy) int {
	return cmp.Or(cmp.Compare(review.Fold(a.Now.Title), review.Fold(b.Now.Title)), cmp.Compare(a.ID, b.ID))
}

// nextPlace is the next day on which an area begins or ends.
func (s *Snapshot) nextPlace(now time.Time) time.Time {
	var next time.Time
	for _, c := range s.areas {
		next = soonest(next, now, c.Start, c.End)
	}
	return next
}

// stampPages notes what each policy's page is made from: its own facts, those of policies that took over from it, and
// the areas.
func (s *Snapshot) stampPages() {
	var places stamper
	for _, c := range s.areas {
		places.add(c)
	}
	for _, p := range s.all {
		st := stamper{b: []byte(p.stamp + places.sum() + p.Now.Number.String())}
		for _, c := range s.areas {
			if r := p.registers[c.ID]; r != nil {
				for _, x := range r.Intervals {
					if by := s.all[x.Text.Policy]; by != nil && by != p {
						st.b = append(st.b, by.stamp...)
						p.until = earlier(p.until, by.until)
					}
				}
			}
		}
		p.pageStamp = st.sum()
	}
}

// at is the policy as it is public at a moment; nil when it is not.
func (p *policyFacts) at(now time.Time) *Policy {
	shown, ok := p.pub.At(now)
	current := p.versions[shown.Version]
	if !ok || current == nil {
		return nil
	}
	out := &Policy{policyFacts: p, ID: p.pub.ID, Slug: p.pub.Slug, Now: current, HTML: shown.HTML, Withdrawn: shown.Withdrawn, from: shown.From}
	for _, n := range p.numbers() {
		own := root(p.versions[n].Mark)
		if n.Compare(shown.Version) <= 0 && (own == root(current.Mark) || p.adopted(own)) {
			out.Editions = append(out.Editions, p.versions[n])
		}
	}
	out.until = p.next(now)
	return out
}

// next is the next instant at which the policy's page would differ; zero when there is none.
func (p *policyFacts) next(now time.Time) time.Time {
	var next time.Time
	if p.pub.From.After(now) {
		next = p.pub.From
	}
	for _, r := range p.registers {
		next = soonest(next, now, r.Days()...)
	}
	for _, v := range p.versions {
		next = soonest(next, now, v.Review, v.Review.AddMonths(-reviewNear), v.Expires, v.Effective)
	}
	for _, l := range p.locals {
		next = soonest(next, now, l.Effective, l.Review)
	}
	return next
}

// soonest is the earliest beginning after now of one of the days, or next when that is earlier. Civil days begin at
// midnight in London.
func soonest(next, now time.Time, days ...record.Date) time.Time {
	for _, d := range days {
		if d == 0 {
			continue
		}
		if t := d.Start(); t.After(now) {
			next = earlier(next, t)
		}
	}
	return next
}

// earlier is the earlier of two instants, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// Holds tells whether the snapshot is still true at a moment, if nothing was changed.
func (s *Snapshot) Holds(now time.Time) bool { return s.Until.IsZero() || now.Before(s.Until) }

// Policy finds a published or withdrawn policy by its address; nil when there is none.
func (s *Snapshot) Policy(slug string) *Policy { return s.bySlug[slug] }

// ByID finds a published or withdrawn policy; nil when there is none.
func (s *Snapshot) ByID(id string) *Policy { return s.all[id] }

// Local finds a commissioner's own policy that stands in a register of a published policy, and that policy.
func (s *Snapshot) Local(id string) (*review.LocalPolicy, *Policy) {
	p := s.locals[id]
	if p == nil {
		return nil, nil
	}
	return p.locals[id], p
}

// Edition finds a version that was published or adopted; nil when there is none. Of a version with errata it gives
// the one that was asked for.
func (p *Policy) Edition(n review.Number) *review.Version {
	for _, v := range p.Editions {
		if v.Number == n {
			return v
		}
	}
	return nil
}

// Corrected is the newest erratum of a version that stands in a register, or the version itself; nil when it is not
// public.
func (p *Policy) Corrected(n review.Number) *review.Version {
	for _, v := range p.Editions { // newest first
		if root(v.Mark) == n || v.Number == n {
			return v
		}
	}
	return nil
}

// Area finds a commissioner by the address of its area; nil when there is none.
func (s *Snapshot) Area(slug string) *review.Commissioner {
	for _, c := range s.areas {
		if c.Slug == slug {
			return c
		}
	}
	return nil
}

// Place finds a commissioner by id; nil when there is none.
func (s *Snapshot) Place(id string) *review.Commissioner { return s.places[id] }

// Areas are the commissioners that there are on this day, by name.
func (s *Snapshot) Areas() []*review.Commissioner {
	var out []*review.Commissioner
	for _, c := range s.areas {
		if !c.Ended(s.Today) && c.Start <= s.Today {
			out = append(out, c)
		}
	}
	return out
}

// Applies answers which text applies, by public facts alone.
func (s *Snapshot) Applies(policyID, area string, referred, on record.Date) review.Answer {
	var answer review.Answer
	var seen []string
	for policyID != "" && !slices.Contains(seen, policyID) {
		p := s.all[policyID]
		if p == nil {
			return answer // what took over is not public: that something did is
		}
		a := review.Applies(s.places, p.registers, area, referred, on)
		if len(seen) > 0 && a.Outcome == review.NothingSet && a.Interval.From == 0 {
			return answer
		}
		answer, seen = a, append(seen, policyID)
		policyID = a.Interval.Text.Policy
	}
	return answer
}
