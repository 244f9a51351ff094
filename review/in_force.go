package review

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/record"
)

// InForce is the version that one commissioner adopted and that applies to its patients: what it has today, whatever local
// policy it had before.
type InForce struct {
	Adopted Number   // as the decision names it
	Version *Version // the same with what was corrected in it since
	Varied  bool
	From    record.Date
	text    harmony.Text
}

// inForce are the versions in force in the places of a policy, by commissioner. The version that the draft is makes none:
// it is what is proposed, so that whoever adopted it had before it what it is compared with.
func (s *Service) inForce(ctx context.Context, p *Policy, places Places) (map[string]*InForce, error) {
	if s.Adopters == nil {
		return nil, nil
	}
	list, err := s.Registers.OfPolicy(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	versions, out := map[Number]*Version{}, map[string]*InForce{}
	for _, r := range list {
		x, ok := r.versionOn(record.DateOf(s.Now()), p)
		if !ok {
			continue
		}
		n := p.Corrected(x.Text.Version)
		if versions[n] == nil {
			if versions[n], err = s.Policies.Version(ctx, VersionID(p.ID, n)); err != nil {
				return nil, err
			}
		}
		if out[r.Commissioner], err = s.adopted(ctx, x, versions[n], r.Commissioner, places); err != nil {
			return nil, fmt.Errorf("reading version %s as it is in force in %s: %w", n, r.Commissioner, err)
		}
	}
	return out, nil
}

// versionOn is the interval of the version of a policy that applies on a day, leaving aside what the draft is.
func (r *Register) versionOn(on record.Date, p *Policy) (Interval, bool) {
	for _, x := range slices.Backward(r.Intervals) {
		if x.From > on || x.Text.Policy == p.ID && p.drafts(x.Text.Version) {
			continue
		}
		return x, x.Text.Policy == p.ID && (x.Expires == 0 || on < x.Expires)
	}
	return Interval{}, false
}

// drafts tells whether the draft is a version as it was issued, or the same with corrections.
func (p *Policy) drafts(n Number) bool {
	return slices.ContainsFunc(p.Issued, func(m Mark) bool {
		return m.Final && m.Save == p.Saves && p.Corrected(m.Number) == p.Corrected(n)
	})
}

// adopted reads a version as a commissioner varied it.
func (s *Service) adopted(ctx context.Context, x Interval, v *Version, place string, places Places) (*InForce, error) {
	own := v.Text()
	text, varied, err := s.Adopters.Joined(ctx, x.Source.ID, own)
	if err != nil {
		return nil, err
	}
	r := s.Readings.of(text.Markdown)
	r.Text = text
	return &InForce{Adopted: x.Text.Version, Version: v, Varied: varied, From: x.From,
		text: harmony.Text{Place: place, Name: places.short(place), Reading: decisive(r, carried(v.sectionKeys(own), own, text))}}, nil
}

// decisive keeps of a reading the criteria of the sections that decide. keys are those of the sections of its clauses.
func decisive(r clause.Reading, keys []string) clause.Reading {
	var own []clause.Criterion
	for _, c := range r.Criteria {
		if slices.Contains(Deciding(), keys[c.Clause]) {
			own = append(own, c)
		}
	}
	r.Criteria = own
	return r
}

// sectionKeys are the keys of the sections that the clauses of its text stand in, the titles among them.
func (c Content) sectionKeys(own clause.Text) []string {
	bodies, out, at := c.Bodies(), make([]string, len(own.Clauses)), 0
	for i, x := range own.Clauses {
		for at < len(bodies)-1 && (bodies[at] < 0 || x.Start >= bodies[at]+len(strings.TrimSpace(c.Sections[at].Markdown))) {
			at++
		}
		out[i] = c.Sections[at].Key
	}
	return out
}

// carried are the keys of the sections for what a place made of a text: what it added stands with what it follows.
func carried(keys []string, own, joined clause.Text) []string {
	by := map[string]string{}
	for i, x := range own.Clauses {
		by[x.Anchor] = keys[i]
	}
	out, key := make([]string, len(joined.Clauses)), ""
	for i, x := range joined.Clauses {
		if k, ok := by[x.Anchor]; ok {
			key = k
		}
		out[i] = key
	}
	return out
}
