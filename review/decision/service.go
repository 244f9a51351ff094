package decision

import (
	"context"
	"errors"
	"slices"
	"time"

	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
)

// Meetings keeps meetings.
type Meetings interface {
	record.Store[*Meeting]
	// ByDate gives meetings with from <= date < to, earliest first, or latest first when descending; to 0 is no end.
	ByDate(ctx context.Context, from, to record.Date, descending bool, after string, limit int) (list []*Meeting, next string, err error)
}

// DecisionList is raised by every decision.
const DecisionList record.Generation = "decisions"

// Decisions keeps decisions.
type Decisions interface {
	record.Store[*Decision]
	OfPolicy(ctx context.Context, policy string) ([]*Decision, error)
	OfVersion(ctx context.Context, policy, version string) ([]*Decision, error)
	Standing(ctx context.Context, programme string) ([]Standing, error)
}

// Standing is where one commissioner stands on one version: what a board needs of a decision, without its texts.
type Standing struct {
	Policy       string      `bson:"policy"`
	Version      string      `bson:"version"`
	Commissioner string      `bson:"commissioner"`
	Outcome      Outcome     `bson:"outcome"`
	Meeting      string      `bson:"meeting"`
	DecidedOn    record.Date `bson:"decidedOn"`
	Effective    record.Date `bson:"effective"`
	Event        string      `bson:"event"`
}

// Register is what decisions need of policies and of the register of what applies where.
type Register interface {
	// Version tells about an issued version; ErrNotFound when there is none.
	Version(ctx context.Context, policy, version string) (VersionFacts, error)
	// Adopt plans what an adoption puts into the registers: own into that of the policy, and ends into those of the
	// older policies that it takes the place of. It refuses with an ErrRule.
	Adopt(ctx context.Context, by record.Actor, a Adoption) (own, ends []record.Write, err error)
	// Showable refuses, with record.Faults, a text that could not be put before the public.
	Showable(markdown string) error
}

// Promises tells what was promised about policies. The programme's service does.
type Promises interface {
	// Pass lets a policy be adopted by some commissioners. While that would break a promise it refuses with record.Faults,
	// unless a reason is given; refs then name the promises that are passed over.
	Pass(ctx context.Context, programme, policy string, commissioners []string, reason string) (refs []record.Ref, err error)
}

// VersionFacts are what a meeting must know of a version.
type VersionFacts struct {
	Ref           record.Ref // of the version
	Programme     string
	Title         string
	Reference     string
	Final         bool     // put to decision
	Commissioners []string // those whom the policy is meant for
	Text          clause.Text
}

// Adoption is what goes into the register of one commissioner.
type Adoption struct {
	Policy, Version, Commissioner string
	From                          record.Date // 0 while the date of Event is not known
	Event                         string
	Rule                          string
	Source                        record.Ref // the decision
	Decided                       record.Date
}

// Service is what can be done with meetings and decisions. Every method checks the permission table first.
type Service struct {
	Meetings  Meetings
	Decisions Decisions
	Register  Register
	Promises  Promises    // nil: nothing was promised
	Notices   NoticeStore // nil: nobody was told of a decision
	Now       func() time.Time
	NewID     func() string
}

// Plan makes a meeting.
func (s *Service) Plan(ctx context.Context, by record.Actor, d Details) (*Meeting, error) {
	if err := access.Check(by, access.MeetingEdit, access.For(d.Commissioners...)); err != nil {
		return nil, err
	}
	sameDay, _, err := s.Meetings.ByDate(ctx, d.Date, d.Date.AddDays(1), false, "", pageSize)
	if err != nil {
		return nil, err
	}
	m := &Meeting{Head: record.Head{ID: s.NewID()}}
	return record.Create(ctx, s.Meetings, m, record.Edit{By: by}, s.Now(), func(m *Meeting) (record.Event, error) {
		event, err := m.plan(d)
		if err == nil && slices.ContainsFunc(sameDay, m.same) { // a form sent twice
			return event, record.Faults{{Field: "title", Rule: "D-07", Message: "This meeting is planned already. Open it from the list of meetings, or choose another name",
				Why: "Two meetings of one name, day and commissioners could not be told apart."}}
		}
		return event, err
	})
}

// change applies a rule to a meeting, for those who may change it.
func (s *Service) change(ctx context.Context, e record.Edit, rule func(*Meeting) (record.Event, error)) (*Meeting, error) {
	may := func(m *Meeting) error { return access.Check(e.By, access.MeetingEdit, m.scope()) }
	return record.Change(ctx, s.Meetings, e, s.Now(), may, func(m *Meeting) (record.Event, error) {
		if m.State == Cancelled {
			return record.Event{}, record.Refuse("D-08", "The meeting was cancelled. Plan another one", "")
		}
		return rule(m)
	})
}

// Edit changes a meeting's particulars. Once a decision is recorded, its date and commissioners stay.
func (s *Service) Edit(ctx context.Context, e record.Edit, d Details) (*Meeting, error) {
	return s.change(ctx, e, func(m *Meeting) (record.Event, error) { return m.edit(d) })
}

// Cancel notes that a meeting does not sit, with the reason of the edit. Once a decision is recorded it is refused.
func (s *Service) Cancel(ctx context.Context, e record.Edit) (*Meeting, error) {
	return s.change(ctx, e, func(m *Meeting) (record.Event, error) { return m.cancel(e.Reason) })
}

// Attend notes the members, who was present and which interests were declared.
func (s *Service) Attend(ctx context.Context, e record.Edit, members []Member) (*Meeting, error) {
	return s.change(ctx, e, func(m *Meeting) (record.Event, error) { return m.attend(members) })
}

// Paper names a version for an agenda.
type Paper struct{ Policy, Version string }

// AddItems puts final versions on the agenda.
func (s *Service) AddItems(ctx context.Context, e record.Edit, papers []Paper) (*Meeting, error) {
	var items []Item
	var faults record.Faults
	for _, p := range papers {
		v, err := s.Register.Version(ctx, p.Policy, p.Version)
		if err != nil {
			return nil, err
		}
		faults.Add(!v.Final, "items", v.Reference+": version "+p.Version+" is a draft. Issue a final version first")
		items = append(items, Item{Policy: p.Policy, Version: p.Version, Programme: v.Programme, Title: v.Title, Reference: v.Reference})
	}
	return s.change(ctx, e, func(m *Meeting) (record.Event, error) {
		if err := faults.Err(); err != nil {
			return record.Event{}, err
		}
		return m.add(items)
	})
}

// RemoveItem takes a version off the agenda, unless something about it was decided there.
func (s *Service) RemoveItem(ctx context.Context, e record.Edit, p Paper) (*Meeting, error) {
	list, err := s.Decisions.OfVersion(ctx, p.Policy, p.Version)
	if err != nil {
		return nil, err
	}
	decided := false
	for _, d := range list {
		_, at := d.At(e.ID)
		decided = decided || at
	}
	return s.change(ctx, e, func(m *Meeting) (record.Event, error) { return m.remove(p.Policy, p.Version, decided) })
}

// Correct puts right how a decision was written down. The reason is that of the edit.
func (s *Service) Correct(ctx context.Context, e record.Edit, c Correction) (*Decision, error) {
	d, err := s.Decisions.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	if err := access.Check(e.By, access.DecisionRecord, access.For(d.Commissioner)); err != nil {
		return nil, err
	}
	v, err := s.Register.Version(ctx, d.Policy, d.Version)
	if err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Decisions, d, e, s.Now(), func(d *Decision) (record.Event, error) {
		event, err := d.correct(c, v.Text, e.Reason, e.By, s.Now())
		if err != nil {
			return record.Event{}, err
		}
		return event, s.showable(d.Overlay, v.Text)
	})
}

// Try tells what recording would say of a variation of a text, and changes nothing.
func (s *Service) Try(o Overlay, text clause.Text) error {
	o = o.tidy()
	if err := o.faults(text).Err(); err != nil {
		return err
	}
	return s.showable(o, text)
}

// showable refuses a variation with which the text could not be put before the public. One that cannot be applied is
// refused elsewhere.
func (s *Service) showable(o Overlay, text clause.Text) error {
	joined, err := o.Apply(text)
	if err != nil || len(joined.Marks) == 0 {
		return nil //nolint:nilerr // see above
	}
	err = s.Register.Showable(joined.Text.Markdown)
	var faults record.Faults
	if errors.As(err, &faults) {
		for i := range faults {
			faults[i].Field = "overlay"
		}
	}
	return err
}
