package review

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Erratum corrects the wording of a final version without changing what it means. The corrected text is a version of
// its own; registers go on naming the version that was adopted. When that is published, so is the correction.
// The draft is corrected too where nobody changed the same clause since.
func (s *Service) Erratum(ctx context.Context, e record.Edit, of Number, sections []Section) (*Version, error) {
	v, writes, err := s.planErratum(ctx, e, of, sections)
	if err != nil {
		return nil, err
	}
	return v, s.Policies.Commit(ctx, writes...)
}

// ProposeErratum is the version that Erratum would make, which nobody else sees: to be looked at before it is public.
func (s *Service) ProposeErratum(ctx context.Context, e record.Edit, of Number, sections []Section) (*Version, error) {
	v, _, err := s.planErratum(ctx, e, of, sections)
	return v, err
}

func (s *Service) planErratum(ctx context.Context, e record.Edit, of Number, sections []Section) (*Version, []record.Write, error) {
	p, err := s.Policies.Load(ctx, e.ID)
	if err != nil {
		return nil, nil, err
	}
	if err := access.Check(e.By, access.PolicyErratum, p.scope()); err != nil {
		return nil, nil, err
	}
	if err := reasoned(e); err != nil {
		return nil, nil, err
	}
	old, err := s.Policies.Version(ctx, VersionID(p.ID, p.Corrected(of)))
	if err != nil {
		return nil, nil, err
	}
	return s.succeed(ctx, e, p, old, func(p *Policy) (*Version, record.Event, error) {
		return p.correct(old, sections, e.By.ID, s.Now(), s.Renderer)
	})
}

// overtakes refuses a correction of what the public reads while a later version is to come: it would not be seen.
func (p *Publication) overtakes(old Number, now time.Time) error {
	var faults record.Faults
	faults.Add(p.From.After(now) && p.Before.Version == old, "text", "A later version is to be published. Take that back first, "+
		"correct this one, then publish the later one again")
	return faults.Err()
}

func (s *Service) republish(p *Policy, pub *Publication, v *Version, e record.Edit) (record.Write, error) {
	from := pub.From
	if from.Before(s.Now()) {
		from = s.Now()
	}
	own := record.Edit{By: e.By, ID: p.ID, Revision: pub.Revision, Reason: e.Reason}
	return record.Plan(pub, own, s.Now(), func(x *Publication) (record.Event, error) { return x.publish(p.Slug, v, s.Renderer, from, s.Now()) })
}

// correct makes the version that corrects old.
func (p *Policy) correct(old *Version, typed []Section, by string, now time.Time, r Renderer) (*Version, record.Event, error) {
	c := old.Content
	c.Sections = overwrite(old.Sections, typed)
	var faults record.Faults
	faults.Add(!old.Final, "version", "Only a final version has errata. Change the draft instead")
	faults.Add(slices.Equal(c.Sections, old.Sections), "text", "The text is the same as before. Correct it first")
	if err := faults.Err(); err != nil {
		return nil, record.Event{}, err
	}
	if err := c.valid(); err != nil {
		return nil, record.Event{}, err
	}
	if err := slip(old, c, now); err != nil {
		return nil, record.Event{}, err
	}
	p.inherit(&c, old.Text())
	if err := c.showable(r); err != nil {
		return nil, record.Event{}, err
	}
	event, err := p.correctDraft(old, c, by, r)
	if err != nil {
		return nil, record.Event{}, err
	}
	root := old.Number
	if !old.Corrects.Zero() {
		root = old.Corrects
	}
	m := Mark{Number: p.next(false), Save: old.Save, Note: "Erratum", Issued: now, By: by, Final: true, Corrects: root}
	v := &Version{Head: record.Head{ID: VersionID(p.ID, m.Number)}, Policy: p.ID, Reference: old.Reference, KindID: old.KindID,
		Mark: m, Content: c, Accepted: old.Accepted}
	p.Issued = append(slices.Clone(p.Issued), m)
	if p.Published == old.Number {
		p.Published, event.Alters = m.Number, record.PublicOf(p.ID)
	}
	event.Action, event.Keep = "policy.corrected", append(event.Keep, v)
	return v, event.With("version", m.Number).With("corrects", root), nil
}

// slip refuses a correction that is more than one of a slip: it empties a section, or has a fault for which the version
// itself would not have been put to decision.
func slip(old *Version, c Content, now time.Time) error {
	var faults record.Faults
	for i, x := range c.Sections {
		if strings.TrimSpace(x.Markdown) == "" && strings.TrimSpace(old.Sections[i].Markdown) != "" {
			faults = append(faults, record.Fault{Field: x.Key, Rule: "R-13", Message: x.Title + " must keep its text: a correction takes nothing away",
				Why: "What was decided stays decided. To change what it means, draft a new version and have it decided."})
		}
	}
	if err := faults.Err(); err != nil {
		return err
	}
	had := Check(&Policy{KindID: old.KindID, Content: old.Content}, now)
	for _, f := range Check(&Policy{KindID: old.KindID, Content: c}, now) {
		known := slices.ContainsFunc(had, func(h Finding) bool { return h.Rule == f.Rule && h.About == f.About })
		if f.Grade == Block && !known {
			faults = append(faults, record.Fault{Field: cmp.Or(f.Section, "text"), Rule: f.Rule, Message: f.Message, Why: f.Why})
		}
	}
	return faults.Err()
}

// correctDraft takes the correction into the draft, unless the same clause was changed there.
func (p *Policy) correctDraft(old *Version, c Content, by string, r Renderer) (record.Event, error) {
	merged, conflicts := mergeSections(old.Sections, p.Sections, c.Sections)
	if len(conflicts) > 0 || slices.Equal(merged, p.Sections) {
		return record.Event{}, nil
	}
	draft := p.Content
	draft.Sections = merged
	return p.save(draft, by, r, c.Text())
}

// overwrite takes typed texts into the sections; what was not sent stays as it is, and unknown keys are left out.
func overwrite(sections, typed []Section) []Section {
	out := slices.Clone(sections)
	for i := range out {
		for _, t := range typed {
			if t.Key == out[i].Key {
				out[i].Markdown = strings.TrimRight(t.Markdown, " \t\n")
			}
		}
	}
	return out
}
