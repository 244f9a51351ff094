package stores

import (
	"context"

	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var meetingKind = kind{Collection: docstore.Collection{Name: "meeting", Indexes: []docstore.Index{
	{Name: "date", Fields: []string{"date", "id"}},
}}}

var noticeKind = kind{Collection: docstore.Collection{Name: "notice"}}

// Notices keeps what commissioners were told of their decisions. It is found by its id.
type Notices struct {
	repo[decision.Notice, *decision.Notice]
}

// NewNotices keeps notices with k.
func NewNotices(k *Keeper) Notices {
	return Notices{repo[decision.Notice, *decision.Notice]{k}}
}

// Meetings keeps meetings.
type Meetings struct {
	repo[decision.Meeting, *decision.Meeting]
}

// NewMeetings keeps meetings with k.
func NewMeetings(k *Keeper) Meetings {
	return Meetings{repo[decision.Meeting, *decision.Meeting]{k}}
}

// ByDate gives meetings with from <= date < to, earliest first, or latest first when descending; to 0 is no end.
func (s Meetings) ByDate(ctx context.Context, from, to record.Date, descending bool, after string, limit int) ([]*decision.Meeting, string, error) {
	q := docstore.Query{Index: "date", From: int64(from), Descending: descending, After: after, Limit: limit}
	if to != 0 {
		q.To = int64(to)
	}
	return s.page(ctx, q)
}
