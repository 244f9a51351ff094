package decision

import (
	"context"
	"errors"
	"slices"

	"concordat/review/access"
	"concordat/review/record"
)

// pageSize is how many meetings a list shows.
const pageSize = 50

// Meeting reads one meeting.
func (s *Service) Meeting(ctx context.Context, by record.Actor, id string) (*Meeting, error) {
	m, err := s.Meetings.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	return m, access.Check(by, access.PolicyRead, m.scope())
}

// Coming are meetings from a day on, earliest first: those of the first page that the actor may read and that were not
// cancelled.
func (s *Service) Coming(ctx context.Context, by record.Actor, from record.Date) ([]*Meeting, error) {
	list, _, err := s.Meetings.ByDate(ctx, from, 0, false, "", pageSize)
	return slices.DeleteFunc(readable(by, list), func(m *Meeting) bool { return m.State == Cancelled }), err
}

// Before are meetings before a day, latest first, page by page.
func (s *Service) Before(ctx context.Context, by record.Actor, day record.Date, after string) (list []*Meeting, next string, err error) {
	list, next, err = s.Meetings.ByDate(ctx, 0, day, true, after, pageSize)
	return readable(by, list), next, err
}

func readable(by record.Actor, list []*Meeting) []*Meeting {
	var out []*Meeting
	for _, m := range list {
		if access.May(by, access.PolicyRead, m.scope()) {
			out = append(out, m)
		}
	}
	return out
}

// Told are the notices about a meeting on the day that it has now: first that its decisions are due, then that they are
// late.
func (s *Service) Told(ctx context.Context, by record.Actor, m *Meeting) ([]*Notice, error) {
	if err := access.Check(by, access.PolicyRead, m.scope()); err != nil || s.Notices == nil {
		return nil, err
	}
	var out []*Notice
	for _, sort := range []NoticeSort{NoticeDue, NoticeLate} {
		n, err := s.Notices.Load(ctx, NoticeID(m.ID, m.Date, sort))
		if errors.Is(err, record.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// OfPolicy are all decisions on all versions of a policy.
func (s *Service) OfPolicy(ctx context.Context, by record.Actor, policy string) ([]*Decision, error) {
	if err := access.Check(by, access.ProgrammeRead, access.Scope{}); err != nil {
		return nil, err
	}
	return s.Decisions.OfPolicy(ctx, policy)
}

// OfMeeting are the decisions on the versions of a meeting's agenda, by whichever meeting they were made.
func (s *Service) OfMeeting(ctx context.Context, by record.Actor, m *Meeting) ([]*Decision, error) {
	if err := access.Check(by, access.PolicyRead, m.scope()); err != nil {
		return nil, err
	}
	var out []*Decision
	for _, i := range m.Items {
		list, err := s.Decisions.OfVersion(ctx, i.Policy, i.Version)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	return out, nil
}

// Standing is where every commissioner stands on every version of a programme.
func (s *Service) Standing(ctx context.Context, by record.Actor, programme string) ([]Standing, error) {
	if err := access.Check(by, access.ProgrammeRead, access.Scope{}); err != nil {
		return nil, err
	}
	return s.Decisions.Standing(ctx, programme)
}

// MayEdit tells whether somebody may change a meeting.
func MayEdit(by record.Actor, m *Meeting) bool { return access.May(by, access.MeetingEdit, m.scope()) }

// MayRecord tells whether somebody may record what a commissioner decided.
func MayRecord(by record.Actor, commissioner string) bool {
	return access.May(by, access.DecisionRecord, access.For(commissioner))
}

// EventWords says an event of a meeting or a decision in plain words; "" for an event of another kind.
func EventWords(b record.Body) string {
	return map[string]string{
		"meeting.planned":      "Meeting planned",
		"meeting.cancelled":    "Meeting cancelled",
		"meeting.edited":       "Meeting changed",
		"meeting.items-added":  "Policies put on the agenda",
		"meeting.item-removed": "Policy taken off the agenda",
		"meeting.attended":     "Members present noted",
		"meeting.held":         "First decision recorded",
		"notice.sent":          "Commissioners told of decisions",
		"decision.recorded":    "Decision of " + day(fact(b, "decided")) + " recorded: " + Outcome(fact(b, "outcome")).Done(),
		"decision.corrected":   "Record of the decision put right",
	}[b.Action]
}

// day writes out a date as an event has it.
func day(s string) string {
	d, err := record.ParseDate(s)
	if err != nil {
		return s
	}
	return d.Words()
}

func fact(b record.Body, name string) string {
	for _, f := range b.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}
