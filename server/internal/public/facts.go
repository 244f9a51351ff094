package public

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// facts are everything public as it is kept at some generations, scheduled things among it. They do not depend on the
// time and are never changed.
type facts struct {
	raised   map[string]int64 // how often each generation was raised, by its name
	stamp    string
	places   review.Places
	areas    []*review.Commissioner // by name, those that have ended too
	policies map[string]*policyFacts
}

// policyFacts are the facts about one policy.
type policyFacts struct {
	stamp     string // differs when any of the facts does
	policy    *review.Policy
	pub       *review.Publication
	registers review.Registers
	locals    map[string]*review.LocalPolicy // those that stand in a register, by id
	decisions map[string]*decision.Decision  // by id
	versions  map[review.Number]*review.Version
	acts      []act

	reading   sync.Mutex
	documents map[review.Number]*Document // as they are searched, made when first needed
}

// stamper hashes what a page was made from.
type stamper struct{ b []byte }

func (s *stamper) add(d record.Document) {
	s.b = append(s.b, d.Kind()...)
	s.b = append(s.b, d.Header().ID...)
	s.b = strconv.AppendInt(append(s.b, ' '), d.Header().Revision, 10)
	s.b = append(s.b, '\n')
}

func (s *stamper) sum() string {
	h := fnv.New128a()
	_, _ = h.Write(s.b) // a hash never fails
	return string(h.Sum(nil))
}

// read reads the facts: of those from before only what was raised since.
func (src Sources) read(ctx context.Context, raised map[string]int64, before *facts) (*facts, error) {
	f := &facts{raised: raised, policies: map[string]*policyFacts{}}
	var pubs []*review.Publication
	var err error
	if before == nil || raised[string(record.Public)] != before.raised[string(record.Public)] {
		pubs, err = src.readAll(ctx, f)
	} else {
		f.places, f.areas, f.policies = before.places, before.areas, maps.Clone(before.policies)
		pubs, err = src.readRaised(ctx, raised, before.raised)
	}
	if err != nil {
		return nil, err
	}
	for _, pub := range pubs {
		var old *policyFacts
		if before != nil {
			old = before.policies[pub.ID]
		}
		if f.policies[pub.ID], err = src.readPolicy(ctx, pub, old); err != nil {
			return nil, fmt.Errorf("reading policy %s: %w", pub.ID, err)
		}
	}
	var all stamper
	for _, c := range f.areas {
		all.add(c)
	}
	for _, id := range slices.Sorted(maps.Keys(f.policies)) {
		all.b = append(all.b, f.policies[id].stamp...)
	}
	f.stamp = all.sum()
	return f, nil
}

// readAll reads the areas, and everything that was published.
func (src Sources) readAll(ctx context.Context, f *facts) ([]*review.Publication, error) {
	var err error
	if f.areas, err = src.Commissioners.All(ctx); err != nil {
		return nil, fmt.Errorf("reading commissioners: %w", err)
	}
	f.places = review.PlacesOf(f.areas)
	pubs, err := src.Publications.All(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading publications: %w", err)
	}
	return pubs, nil
}

// readRaised reads what was published of the policies that were altered. Most that are at work were never published.
func (src Sources) readRaised(ctx context.Context, raised, before map[string]int64) (pubs []*review.Publication, err error) {
	for name, n := range raised {
		policy, ok := strings.CutPrefix(name, string(record.Public)+"/")
		if !ok || before[name] == n {
			continue
		}
		pub, err := src.Publications.Load(ctx, policy)
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading publication %s: %w", policy, err)
		}
		pubs = append(pubs, pub)
	}
	return pubs, nil
}

func (src Sources) readPolicy(ctx context.Context, pub *review.Publication, old *policyFacts) (*policyFacts, error) {
	p := &policyFacts{pub: pub, registers: review.Registers{}, locals: map[string]*review.LocalPolicy{},
		decisions: map[string]*decision.Decision{}, versions: map[review.Number]*review.Version{}}
	var err error
	if p.policy, err = src.Policies.Load(ctx, pub.ID); err != nil {
		return nil, err
	}
	var s stamper
	s.add(pub)
	registers, err := src.Registers.OfPolicy(ctx, pub.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range registers {
		p.registers[r.Commissioner] = r
		s.add(r)
	}
	decisions, err := src.Decisions.OfPolicy(ctx, pub.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range decisions {
		p.decisions[d.ID] = d
		s.add(d)
	}
	if err := src.readLocals(ctx, p, &s); err != nil {
		return nil, err
	}
	// The draft is no public fact: of the policy itself only what was published counts.
	s.b = fmt.Appendf(s.b, "%s %v %v", p.policy.Stage, p.policy.Published, p.policy.Commissioners)
	p.stamp = s.sum()
	if old != nil && old.stamp == p.stamp {
		return old, nil
	}
	if err := src.readActs(ctx, p); err != nil {
		return nil, err
	}
	return p, src.readVersions(ctx, p, old)
}

func (src Sources) readLocals(ctx context.Context, p *policyFacts, s *stamper) error {
	locals, err := src.Locals.OfPolicy(ctx, p.pub.ID)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, r := range p.registers {
		for _, x := range r.Intervals {
			named[x.Text.Local] = true
		}
	}
	for _, l := range locals {
		if named[l.ID] {
			p.locals[l.ID] = l
			s.add(l)
		}
	}
	return nil
}

// readVersions reads the final versions that may be public now or later. A version never changes, so what was read
// before is used again.
func (src Sources) readVersions(ctx context.Context, p, old *policyFacts) error {
	for _, m := range p.policy.Issued {
		if !m.Final || m.Number.Compare(p.pub.Version) > 0 && m.Number.Compare(p.pub.Before.Version) > 0 {
			continue
		}
		if old != nil && old.versions[m.Number] != nil {
			p.versions[m.Number] = old.versions[m.Number]
			continue
		}
		v, err := src.Policies.Version(ctx, review.VersionID(p.pub.ID, m.Number))
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		p.versions[m.Number] = v
	}
	return nil
}

// root is the version that an erratum corrects, or the version itself.
func root(m review.Mark) review.Number {
	if m.Corrects.Zero() {
		return m.Number
	}
	return m.Corrects
}

// adopted tells whether a version stands in one of the policy's registers.
func (p *policyFacts) adopted(n review.Number) bool {
	for _, r := range p.registers {
		for _, x := range r.Intervals {
			if x.Text.Policy == p.pub.ID && x.Text.Version == n {
				return true
			}
		}
		for _, x := range r.Pending {
			if x.Text.Policy == p.pub.ID && x.Text.Version == n {
				return true
			}
		}
	}
	return false
}

// numbers are the versions' numbers, newest first.
func (p *policyFacts) numbers() []review.Number {
	return slices.SortedFunc(maps.Keys(p.versions), func(a, b review.Number) int { return b.Compare(a) })
}
