package decisiontest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"concordat/review/decision"
	"concordat/review/record"
)

// Mailbox is a store of notices that keeps the messages of what was committed.
type Mailbox struct {
	decision.NoticeStore
	mu   sync.Mutex
	mail []record.Mail
}

// Commit keeps the messages when the commit was made.
func (m *Mailbox) Commit(ctx context.Context, writes ...record.Write) error {
	if err := m.NoticeStore.Commit(ctx, writes...); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, w := range writes {
		m.mail = append(m.mail, w.Event.Mail...)
	}
	return nil
}

// Take gives the addresses of the messages since it was last asked, sorted.
func (m *Mailbox) Take() (to []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, x := range m.mail {
		to = append(to, x.To)
	}
	m.mail = nil
	slices.Sort(to)
	return to
}

// Told are the places of a house: the first with a secretary, the second with the same one and a contact, the others
// with nobody.
type Told map[string]decision.Place

// Told gives them.
func (t Told) Told(context.Context) (map[string]decision.Place, error) { return t, nil }

// NewTold tells of a house's places.
func NewTold(h *House) Told {
	ruth, amy := decision.Recipient{Name: "Ruth Ames", Email: "ruth@example.org"}, decision.Recipient{Name: "Amy Lee", Email: "amy@example.org"}
	return Told{h.Places[0]: {Name: "Brindlewick", To: []decision.Recipient{ruth}}, h.Places[1]: {Name: "Aldermoss", To: []decision.Recipient{ruth, amy}}, h.Places[2]: {Name: "Carrowmead"}}
}

// NewNotifier is a notifier of a house on a day.
func NewNotifier(h *House, store decision.NoticeStore, on record.Date) *decision.Notifier {
	return &decision.Notifier{Meetings: h.Meetings, Decisions: h.Decisions, Register: h.Register, Notices: store, People: NewTold(h),
		Sender: decision.Sender{Name: "Policies", PublicURL: "https://policies.example"}, Now: func() time.Time { return on.Start().Add(9 * time.Hour) }}
}

// notices are sent once for each decision and day, however many servers look.
func notices(t *testing.T, h *House, s Stores) {
	ctx := t.Context()
	box := &Mailbox{NoticeStore: s.Notices}
	sweep := func(on record.Date, want ...string) {
		t.Helper()
		var servers sync.WaitGroup
		for range 4 {
			servers.Go(func() {
				if err := NewNotifier(h, box, on).Sweep(ctx); err != nil {
					t.Error(err)
				}
			})
		}
		servers.Wait()
		if err := NewNotifier(h, box, on).Sweep(ctx); err != nil {
			t.Error(err)
		}
		if got := box.Take(); !slices.Equal(got, want) {
			t.Errorf("on %v told %q, want %q", on, got, want)
		}
	}
	sweep(Day.AddDays(-decision.NoticeBefore - 1))
	sweep(Day.AddDays(-decision.NoticeBefore), "amy@example.org", "ruth@example.org")
	sweep(Day.AddDays(-3))
	h.Register.Versions[decision.Paper{Policy: "p99", Version: "1.0"}] = decision.VersionFacts{Programme: "pg", Title: "Late comer", Reference: "CP-099", Final: true, Commissioners: h.Places[1:]}
	m, err := h.AddItems(ctx, h.edit(h.Meeting), []decision.Paper{{Policy: "p99", Version: "1.0"}})
	if err != nil {
		t.Fatal(err)
	}
	sweep(Day.AddDays(-2), "amy@example.org", "ruth@example.org") // of what came onto the agenda
	kept, err := s.Notices.Load(ctx, decision.NoticeID(m.ID, Day, decision.NoticeDue))
	if err != nil || len(kept.Told) != 5 || slices.Contains(kept.Told, decision.ID("p99", "1.0", h.Places[0])) {
		t.Errorf("told %+v, %v; want five decisions, none of a place that the policy is not for", kept, err)
	}
	moved := decision.Details{Title: m.Title, Body: m.Body, Commissioners: m.Commissioners, Date: Day.AddDays(7)}
	if _, err := h.Edit(ctx, h.edit(m), moved); err != nil {
		t.Fatal(err)
	}
	sweep(Day, "amy@example.org", "ruth@example.org")
	sweep(Day.AddDays(7 + decision.LateAfter - 1))
	sweep(Day.AddDays(7+decision.LateAfter), "amy@example.org", "ruth@example.org")
	sweep(Day.AddDays(7 + decision.LateAfter + 1))
}
