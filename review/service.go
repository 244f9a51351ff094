package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// Service is what can be done with policies. Every method checks the permission table first.
type Service struct {
	Adopters        Adopters // nil: nobody adopted anything
	Name, PublicURL string   // what the service is called and where it is reached, in messages

	Policies      Policies
	Commissioners Commissioners
	Locals        Locals
	Harmonies     Harmonies
	Registers     RegisterStore
	Publications  Publications
	Drafts        Drafts
	Files         Files
	Renderer      Renderer
	Promises      Promises // nil: nothing was promised
	Now           func() time.Time
	NewID         func() string
	Readings      *Readings // of local texts; may be nil
	Converting    Slot      // of files into text

	EffectStores
}

// NewPolicy is what a policy starts with.
type NewPolicy struct {
	Reference, Title, Kind, Programme string
	Commissioners                     []string
	Lead                              string
}

// Create begins a policy with the empty sections of its kind. ErrConflict when the reference is taken.
func (s *Service) Create(ctx context.Context, by record.Actor, n NewPolicy) (*Policy, error) {
	if err := access.Check(by, access.PolicyCreate, access.For(n.Commissioners...)); err != nil {
		return nil, err
	}
	kind, err := KindByID(n.Kind)
	if err != nil {
		return nil, err
	}
	p, err := s.create(ctx, by, n, kind, n.Title)
	var taken *record.Taken
	if errors.As(err, &taken) && taken.Index == "slug" { // two policies may have one title, but not one address
		return s.create(ctx, by, n, kind, n.Title+" "+n.Reference)
	}
	return p, err
}

func (s *Service) create(ctx context.Context, by record.Actor, n NewPolicy, kind Kind, address string) (*Policy, error) {
	p := &Policy{Head: record.Head{ID: s.NewID()}}
	return record.Create(ctx, s.Policies, p, record.Edit{By: by}, s.Now(), func(p *Policy) (record.Event, error) {
		p.Slug = Slug(address)
		return p.begin(n, kind, by.ID, s.Now(), s.Renderer)
	})
}

// Policy reads a policy with its draft.
func (s *Service) Policy(ctx context.Context, by record.Actor, id string) (*Policy, error) {
	p, err := s.Policies.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return p, access.Check(by, access.PolicyRead, p.scope())
}

func (p *Policy) scope() access.Scope { return access.For(p.Commissioners...) }

// MergeNeeded says that two people changed the same clauses. It is an ErrConflict and holds both texts.
type MergeNeeded struct {
	Policy    *Policy // as it is kept now
	Mine      []Section
	Merged    []Section // what joins by itself; where both changed the same clause it has mine
	Conflicts []SectionConflict
}

// SectionConflict is a clause that two people changed differently.
type SectionConflict struct {
	Section string // key
	textdiff.Conflict
}

func (m *MergeNeeded) Error() string {
	return fmt.Sprintf("policy %s: %d clauses were changed by two people", m.Policy.ID, len(m.Conflicts))
}

// Unwrap makes a MergeNeeded an ErrConflict.
func (m *MergeNeeded) Unwrap() error { return record.ErrConflict }

// SaveText saves the sections as they were typed over the save with number base. When somebody saved meanwhile,
// changes to different clauses are joined and saved, and joined is true; a clause changed by both is a MergeNeeded.
func (s *Service) SaveText(ctx context.Context, e record.Edit, base int, sections []Section) (p *Policy, joined bool, err error) {
	err = record.Retry(func() (err error) { // the merge is made anew
		p, joined, err = s.saveText(ctx, e, base, sections, nil)
		return err
	})
	return p, joined, err
}

// saveText saves once; also is what is committed together with the text, planned once that is, and may be nil.
func (s *Service) saveText(ctx context.Context, e record.Edit, base int, typed []Section, also func(*Policy) ([]record.Write, error)) (*Policy, bool, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, false, err
	}
	sections, joined := overwrite(p.Sections, typed), false
	if p.Saves != base {
		before, err := s.Policies.Save(ctx, SaveID(p.ID, base))
		if err != nil {
			return nil, false, fmt.Errorf("reading what was typed over: %w", err)
		}
		mine := overwrite(before.Sections, typed)
		merged, conflicts := mergeSections(before.Sections, mine, p.Sections)
		if len(conflicts) > 0 {
			return nil, false, &MergeNeeded{Policy: p, Mine: mine, Merged: merged, Conflicts: conflicts}
		}
		sections, joined = merged, !slices.Equal(merged, mine)
	}
	e.Revision = p.Revision
	c := p.Content
	c.Sections = sections
	return p, joined, s.commitContent(ctx, p, e, c, c.Title, also)
}

// SaveDetails saves what is not text: title, dates, interventions and the rest. A stale form is refused. Before it is
// published, the policy's address follows its title.
func (s *Service) SaveDetails(ctx context.Context, e record.Edit, c Content) (*Policy, error) {
	p, err := s.saveDetails(ctx, e, c, c.Title)
	var taken *record.Taken
	if errors.As(err, &taken) && taken.Index == "slug" {
		if p, err = s.editable(ctx, e); err != nil {
			return nil, err
		}
		return s.saveDetails(ctx, e, c, c.Title+" "+p.Reference)
	}
	return p, err
}

func (s *Service) saveDetails(ctx context.Context, e record.Edit, c Content, address string) (*Policy, error) {
	p, err := s.editable(ctx, e)
	if err != nil {
		return nil, err
	}
	c.Sections, c.Anchors, c.Files = p.Sections, p.Anchors, p.Files
	return p, s.commitContent(ctx, p, e, c, address, nil)
}

// commitContent saves the draft; address is what the policy's address is made from when its title changes.
func (s *Service) commitContent(ctx context.Context, p *Policy, e record.Edit, c Content, address string, also func(*Policy) ([]record.Write, error)) error {
	w, err := record.Plan(p, e, s.Now(), func(p *Policy) (record.Event, error) {
		if slug := Slug(address); p.Published.Zero() && c.Title != p.Title && slug != "" {
			p.Slug = slug
		}
		return p.save(c, e.By.ID, s.Renderer)
	})
	if err != nil {
		return err
	}
	writes := []record.Write{w}
	if also != nil {
		more, err := also(p)
		if err != nil {
			return err
		}
		writes = append(writes, more...)
	}
	if err := record.Commit(ctx, s.Policies, writes...); err != nil {
		return err
	}
	// The unsaved draft has served its purpose; a leftover would only be offered again.
	return s.Drafts.DropDraft(ctx, p.ID, e.By.ID)
}

func (s *Service) editable(ctx context.Context, e record.Edit) (*Policy, error) {
	p, err := s.Policies.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	return p, access.Check(e.By, access.PolicyEdit, p.scope())
}

func mergeSections(base, mine, theirs []Section) (merged []Section, conflicts []SectionConflict) {
	for i, m := range mine {
		was, now := Content{Sections: base}.Section(m.Key), Content{Sections: theirs}.Section(m.Key)
		joined := textdiff.Merge(clause.Parse(was.Markdown), clause.Parse(m.Markdown), clause.Parse(now.Markdown))
		merged = append(merged, Section{Key: m.Key, Title: mine[i].Title, Markdown: joined.Markdown})
		for _, c := range joined.Conflicts {
			conflicts = append(conflicts, SectionConflict{Section: m.Key, Conflict: c})
		}
	}
	return merged, conflicts
}

// Issue makes a version of the draft, with its change note. A final version is put to decision; one that would break a
// promise needs the reason of the edit.
func (s *Service) Issue(ctx context.Context, e record.Edit, note string, final bool) (*Version, error) {
	p, err := s.Policies.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(e.By, access.PolicyIssue, p.scope()); err != nil {
		return nil, err
	}
	var broken passed
	if final {
		if broken, err = s.pass(ctx, p, e.Reason); err != nil {
			return nil, err
		}
	}
	var mail []record.Mail
	if final {
		if mail, err = s.asked(ctx, p, note); err != nil {
			return nil, err
		}
	}
	var v *Version
	_, err = record.Apply(ctx, s.Policies, p, e, s.Now(), func(p *Policy) (event record.Event, err error) {
		v, event, err = p.issue(note, e.By.ID, final, s.Now())
		event.Mail = mail
		return broken.over(event, err)
	})
	return v, err
}

// asked are the messages to those who adopted an earlier version: they are asked again.
func (s *Service) asked(ctx context.Context, p *Policy, note string) ([]record.Mail, error) {
	now, err := s.succession(ctx, p, p.Content)
	if err != nil {
		return nil, err
	}
	return s.askedAgain(ctx, p, now, note)
}

// Accept keeps a warning with a reason.
func (s *Service) Accept(ctx context.Context, e record.Edit, rule, about string) (*Policy, error) {
	return s.steer(ctx, e, access.PolicyEdit, func(p *Policy) (record.Event, error) {
		return p.accept(rule, about, e.Reason, e.By.ID, s.Now())
	})
}

// toPublish is a policy whose publication the actor may change.
func (s *Service) toPublish(ctx context.Context, e record.Edit) (*Policy, error) {
	p, err := s.Policies.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	return p, access.Check(e.By, access.PolicyPublish, p.scope())
}

// Publish puts a final version before the public from an instant on. It must apply somewhere, and the law asks that
// what is published reads as what was adopted. What would break a promise needs the reason of the edit.
func (s *Service) Publish(ctx context.Context, e record.Edit, n Number, from time.Time) (*Publication, error) {
	p, err := s.toPublish(ctx, e)
	if err != nil {
		return nil, err
	}
	v, err := s.Policies.Version(ctx, VersionID(p.ID, n))
	if err != nil {
		return nil, err
	}
	registers, err := s.Registers.OfPolicy(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	broken, err := s.pass(ctx, p, e.Reason)
	if err != nil {
		return nil, err
	}
	return s.publish(ctx, e, p, v, registers, from, broken)
}

func (s *Service) publish(ctx context.Context, e record.Edit, p *Policy, v *Version, registers []*Register, from time.Time, broken passed) (*Publication, error) {
	now := s.Now()
	if from.Before(now) {
		from = now
	}
	policy, err := record.Plan(p, e, now, func(p *Policy) (record.Event, error) {
		return broken.over(p.publish(v, registers, from, now))
	})
	if err != nil {
		return nil, err
	}
	pub, err := s.publication(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	own := record.Edit{By: e.By, ID: p.ID, Revision: pub.Revision, Reason: e.Reason}
	public, err := record.Plan(pub, own, now, func(x *Publication) (record.Event, error) { return x.publish(p.Slug, v, s.Renderer, from, now) })
	if err != nil {
		return nil, err
	}
	writes := []record.Write{policy, public}
	for _, r := range registers { // an adoption taken back at the same moment must stop the publication
		if r.names(v.Number) || r.names(v.Corrects) {
			writes = append(writes, record.Expect(record.RefTo(r)))
			break
		}
	}
	return pub, s.Policies.Commit(ctx, writes...)
}
