package review

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// Adopters tells who adopted a policy and how it reads there, for package decision knows that.
type Adopters interface {
	// Adopters are those who adopted any version of a policy, each with its last one, and what a later text means for
	// each one's variation. text gives the text of a version.
	Adopters(ctx context.Context, policy string, to clause.Text, text func(Number) (clause.Text, error)) ([]Adopter, error)
	// Joined is the text of a version with the variation with which a decision adopted it, if there is one.
	Joined(ctx context.Context, decision string, text clause.Text) (joined clause.Text, varied bool, err error)
}

// Adopter is a commissioner that adopted a version.
type Adopter struct {
	Commissioner string
	Version      Number
	Varies       bool
	Touched      int      // changes of its variation that the later text touches
	Anew         []string // why a person must join it anew: "parts paragraph 2.3 into 2.3 and 2.4"
	Gone         bool     // the variation no longer fits: a clause that it is about is not there, or was parted or joined
	Told         []Person
}

// Succession is what a new final version would mean for those who adopted the one before.
type Succession struct {
	Of       Number // the final version before it, 0.0 when there is none
	Adopters []Adopter
	Weight
}

// Weight is whether a text means something else for patients than the final version before it, as the program proposes.
// A person decides it, except what is barred.
type Weight struct {
	Substantive bool
	Why         []string // sentences
	Barred      bool     // what registers follow from was changed: it cannot be the same
}

// Touched counts the adopters whose variation the new text touches.
func (s Succession) Touched() int {
	n := 0
	for _, a := range s.Adopters {
		if a.Touched > 0 {
			n++
		}
	}
	return n
}

// Anew is why variations must be joined anew, each reason once.
func (s Succession) Anew() []string {
	var out []string
	for _, a := range s.Adopters {
		for _, why := range a.Anew {
			if !slices.Contains(out, why) {
				out = append(out, why)
			}
		}
	}
	return out
}

// mostWhy is how many reasons are given for a weight.
const mostWhy = 5

// weigh compares a draft with the final version before it.
func weigh(before, after Content) Weight {
	var w Weight
	bar := func(changed bool, why string) {
		if changed {
			w.Substantive, w.Barred, w.Why = true, true, append(w.Why, why)
		}
	}
	bar(!slices.EqualFunc(before.Interventions, after.Interventions, sameTreatment), "The treatments, their positions or their codes are others.")
	bar(before.Expires != after.Expires, "It ends on another day.")
	bar(!slices.Equal(before.Supersedes, after.Supersedes), "It takes the place of other policies.")
	old, now := before.Text(), after.Text()
	for _, c := range textdiff.Classify(old, now, textdiff.Compare(old, now)) {
		for _, f := range append([]textdiff.Finding{c.Finding}, c.Others...) {
			if f.Effect == textdiff.NoEffect {
				continue
			}
			w.Substantive = true
			if len(w.Why) < mostWhy && !slices.Contains(w.Why, f.Why) {
				w.Why = append(w.Why, f.Why)
			}
		}
	}
	return w
}

func sameTreatment(a, b Intervention) bool {
	return a.Name == b.Name && a.Indication == b.Indication && a.Position == b.Position && a.Criteria == b.Criteria &&
		slices.Equal(a.Codes.OPCS4, b.Codes.OPCS4) && slices.Equal(a.Codes.ICD10, b.Codes.ICD10)
}

// Succession tells what issuing the draft as a final version would mean.
func (s *Service) Succession(ctx context.Context, by record.Actor, policy string) (Succession, error) {
	p, err := s.Policy(ctx, by, policy)
	if err != nil {
		return Succession{}, err
	}
	return s.succession(ctx, p, p.Content)
}

func (s *Service) succession(ctx context.Context, p *Policy, c Content) (Succession, error) {
	of, ok := p.LastFinal()
	out := Succession{Of: of}
	if !ok {
		return out, nil
	}
	old, err := s.Policies.Version(ctx, VersionID(p.ID, p.Corrected(out.Of)))
	if err != nil {
		return out, err
	}
	out.Weight = weigh(old.Content, c)
	out.Adopters, err = s.adopters(ctx, p, c)
	return out, err
}

func (s *Service) adopters(ctx context.Context, p *Policy, c Content) ([]Adopter, error) {
	if s.Adopters == nil {
		return nil, nil
	}
	return s.Adopters.Adopters(ctx, p.ID, c.Text(), func(n Number) (clause.Text, error) {
		v, err := s.Policies.Version(ctx, VersionID(p.ID, n))
		if err != nil {
			return clause.Text{}, err
		}
		return v.Text(), nil
	})
}

// Restate issues the draft as a version that means the same as the final version before it. It is no new decision: it
// takes that version's place wherever it was adopted, as an erratum does, and those who adopted it are told. What the
// program takes for substantive needs the reason of the edit.
func (s *Service) Restate(ctx context.Context, e record.Edit, note string) (*Version, error) {
	p, err := s.Policies.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(e.By, access.PolicyErratum, p.scope()); err != nil {
		return nil, err
	}
	now, err := s.succession(ctx, p, p.Content)
	if err != nil {
		return nil, err
	}
	if now.Of.Zero() {
		return nil, record.Faults{{Field: "sort", Rule: "R-15", Message: "No final version was issued yet that this one could say the same as"}}
	}
	old, err := s.Policies.Version(ctx, VersionID(p.ID, p.Corrected(now.Of)))
	if err != nil {
		return nil, err
	}
	mail, err := s.sameInOtherWords(ctx, p, now, note)
	if err != nil {
		return nil, err
	}
	v, writes, err := s.succeed(ctx, e, p, old, func(p *Policy) (*Version, record.Event, error) {
		v, event, err := p.restate(old, now, note, e, s.Now())
		event.Mail = mail
		return v, event, err
	})
	if err != nil {
		return nil, err
	}
	return v, s.Policies.Commit(ctx, writes...)
}

// restate makes the version that says the same as old.
func (p *Policy) restate(old *Version, s Succession, note string, e record.Edit, now time.Time) (*Version, record.Event, error) {
	faults := p.issuable(note, true, now)
	if s.Barred {
		faults = append(faults, record.Fault{Field: "sort", Rule: "R-16", Message: "It must be decided anew: " + strings.Join(s.Why, " "),
			Why: "Registers, positions and codes follow from what was decided."})
	}
	if s.Substantive && !s.Barred && strings.TrimSpace(e.Reason) == "" {
		faults = append(faults, record.Fault{Field: "reason", Rule: "R-15", Message: "Say why it means the same for patients, although the words may say otherwise",
			Why: "Who adopted the version before is bound by this one without deciding again."})
	}
	if err := faults.Err(); err != nil {
		return nil, record.Event{}, err
	}
	m := Mark{Number: p.next(false), Save: p.Saves, Note: strings.TrimSpace(note), Issued: now, By: e.By.ID, Final: true, Corrects: s.Of}
	v := p.version(m)
	p.Issued = append(slices.Clone(p.Issued), m)
	event := record.Event{Action: "policy.restated", Keep: []record.Document{v}, Relied: []record.Ref{record.RefTo(old)}}
	if p.Published == old.Number {
		p.Published, event.Alters = m.Number, record.PublicOf(p.ID)
	}
	return v, event.With("version", m.Number).With("corrects", s.Of), nil
}

// version is the draft as a version.
func (p *Policy) version(m Mark) *Version {
	return &Version{Head: record.Head{ID: VersionID(p.ID, m.Number)}, Policy: p.ID, Reference: p.Reference, KindID: p.KindID,
		Mark: m, Content: p.Content, Accepted: p.Accepted}
}

// succeed plans a version that takes the place of old in every register, without a decision: with it the public reads
// what takes the place of what it read. It must leave each adopter's variation its paragraphs.
func (s *Service) succeed(ctx context.Context, e record.Edit, p *Policy, old *Version, rule func(*Policy) (*Version, record.Event, error)) (*Version, []record.Write, error) {
	pub, err := s.publication(ctx, p.ID)
	if err != nil {
		return nil, nil, err
	}
	if err := pub.overtakes(old.Number, s.Now()); err != nil {
		return nil, nil, err
	}
	shown := !p.Published.Zero() && p.Corrected(p.Published) == old.Number && p.Stage != Withdrawn
	var v *Version
	w, err := record.Plan(p, e, s.Now(), func(p *Policy) (event record.Event, err error) {
		v, event, err = rule(p)
		return event, err
	})
	if err != nil {
		return nil, nil, err
	}
	if err := s.leavesVariations(ctx, p, v); err != nil {
		return nil, nil, err
	}
	writes := []record.Write{w}
	if shown {
		public, err := s.republish(p, pub, v, e)
		if err != nil {
			return nil, nil, err
		}
		writes = append(writes, public)
	}
	return v, writes, nil
}

// leavesVariations refuses to take away, part or join a paragraph that somebody varied, while no meeting can say what becomes of it.
func (s *Service) leavesVariations(ctx context.Context, p *Policy, v *Version) error {
	list, err := s.adopters(ctx, p, v.Content)
	if err != nil {
		return err
	}
	var names []string
	for _, a := range list {
		if a.Version != v.Corrects || !a.Gone {
			continue
		}
		c, err := s.Commissioners.Load(ctx, a.Commissioner)
		if err != nil {
			return err
		}
		names = append(names, c.Short)
	}
	if len(names) == 0 {
		return nil
	}
	return record.Faults{{Field: "text", Rule: "R-17", Message: fmt.Sprintf("The text takes away, parts or joins a paragraph that is different in %s. Keep it whole, or issue a final version that is decided anew", strings.Join(names, ", ")),
		Why: "Only a meeting can say what becomes of a variation whose paragraph is gone, in parts, or part of another."}}
}
