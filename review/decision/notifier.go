package decision

import (
	"context"
	"errors"
	"slices"
	"time"

	"concordat/review/record"
)

// NoticeStore keeps notices.
type NoticeStore = record.Store[*Notice]

// People tells who is told about a commissioner's decisions.
type People interface {
	// Told gives every commissioner by its id, with those whom the permission table lets be told for it.
	Told(ctx context.Context) (map[string]Place, error)
}

// Notifier tells commissioners when their decisions are due, and when they are late. No clock calls it: whoever runs the
// service calls Sweep now and then, on as many servers as there are, and nothing is told twice.
type Notifier struct {
	Meetings  Meetings
	Decisions Decisions
	Register  Register
	Notices   NoticeStore
	People    People
	Sender    Sender
	Now       func() time.Time
}

// ByService is who tells: nobody signed in for it.
const ByService = "service"

// Sweep tells what is to be told today. What another server told meanwhile, or a secretary changed, is looked at again
// the next time.
func (n *Notifier) Sweep(ctx context.Context) error {
	today := record.DateOf(n.Now())
	meetings, err := n.meetings(ctx, today)
	if err != nil || len(meetings) == 0 {
		return err
	}
	places, err := n.People.Told(ctx)
	if err != nil {
		return err
	}
	for _, m := range meetings {
		if err := n.about(ctx, m, today, places); err != nil && !errors.Is(err, record.ErrConflict) {
			return err
		}
	}
	return nil
}

// meetings are those that call for a notice today.
func (n *Notifier) meetings(ctx context.Context, today record.Date) (out []*Meeting, err error) {
	for after := ""; ; {
		list, next, err := n.Meetings.ByDate(ctx, today.AddDays(-LateNoLonger), today.AddDays(NoticeBefore+1), false, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			if _, ok := m.Notices(today); ok {
				out = append(out, m)
			}
		}
		if after = next; next == "" {
			return out, nil
		}
	}
}

// about tells what was not told yet about a meeting, in one commit with the messages.
func (n *Notifier) about(ctx context.Context, m *Meeting, today record.Date, places map[string]Place) error {
	sort, _ := m.Notices(today)
	notice, err := n.notice(ctx, m, sort)
	if err != nil {
		return err
	}
	asked, err := n.asked(ctx, m, notice)
	if err != nil {
		return err
	}
	asked = slices.DeleteFunc(asked, func(a Asked) bool { return len(places[a.Commissioner].To) == 0 })
	if len(asked) == 0 {
		return nil
	}
	w, err := record.Plan(notice, record.Edit{By: record.Actor{ID: ByService}, ID: notice.ID, Revision: notice.Revision}, n.Now(), func(x *Notice) (record.Event, error) {
		return x.tell(m, asked, places, n.Sender)
	})
	if err != nil {
		return err
	}
	return n.Notices.Commit(ctx, w, record.Expect(record.RefTo(m)))
}

func (n *Notifier) notice(ctx context.Context, m *Meeting, sort NoticeSort) (*Notice, error) {
	id := NoticeID(m.ID, m.Date, sort)
	x, err := n.Notices.Load(ctx, id)
	if errors.Is(err, record.ErrNotFound) {
		return &Notice{Head: record.Head{ID: id}, Meeting: m.ID, Date: m.Date, Sort: sort}, nil
	}
	return x, err
}

// asked are the decisions that a meeting is asked for, that are open, and that nobody was told about.
func (n *Notifier) asked(ctx context.Context, m *Meeting, told *Notice) ([]Asked, error) {
	var out []Asked
	for _, i := range m.Items {
		fresh := slices.DeleteFunc(slices.Clone(m.Commissioners), func(c string) bool { return slices.Contains(told.Told, ID(i.Policy, i.Version, c)) })
		if len(fresh) == 0 {
			continue
		}
		v, err := n.Register.Version(ctx, i.Policy, i.Version)
		if err != nil {
			return nil, err
		}
		made, err := n.Decisions.OfVersion(ctx, i.Policy, i.Version)
		if err != nil {
			return nil, err
		}
		for _, c := range fresh {
			settled := slices.ContainsFunc(made, func(d *Decision) bool { return d.Commissioner == c && !d.Open(m.ID) })
			if !settled && slices.Contains(v.Commissioners, c) {
				out = append(out, Asked{Item: i, Commissioner: c})
			}
		}
	}
	return out, nil
}
