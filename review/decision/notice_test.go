package decision_test

import (
	"context"
	"strings"
	"testing"

	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
)

func TestWhenAMeetingCallsForANotice(t *testing.T) {
	t.Parallel()
	m := func(state decision.State, items int) *decision.Meeting {
		return &decision.Meeting{Date: record.Day(2027, 3, 18), State: state, Items: make([]decision.Item, items)}
	}
	for _, tc := range []struct {
		name  string
		m     *decision.Meeting
		today record.Date
		want  decision.NoticeSort
	}{
		{"15 days before", m(decision.Planned, 1), record.Day(2027, 3, 3), ""},
		{"14 days before", m(decision.Planned, 1), record.Day(2027, 3, 4), decision.NoticeDue},
		{"on the day", m(decision.Planned, 1), record.Day(2027, 3, 18), decision.NoticeDue},
		{"the day after", m(decision.Planned, 1), record.Day(2027, 3, 19), ""},
		{"a week after", m(decision.Planned, 1), record.Day(2027, 3, 25), decision.NoticeLate},
		{"100 days after", m(decision.Planned, 1), record.Day(2027, 6, 26), decision.NoticeLate},
		{"101 days after", m(decision.Planned, 1), record.Day(2027, 6, 27), ""},
		{"with nothing on the agenda", m(decision.Planned, 0), record.Day(2027, 3, 18), ""},
		{"that began to decide", m(decision.Held, 1), record.Day(2027, 3, 25), ""},
		{"that was cancelled", m(decision.Cancelled, 1), record.Day(2027, 3, 4), ""},
	} {
		if got, ok := tc.m.Notices(tc.today); got != tc.want || ok != (tc.want != "") {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
}

// letters keeps the messages of a sweep by address.
type letters struct {
	decision.NoticeStore
	by map[string]record.Mail
}

func (l letters) Commit(_ context.Context, writes ...record.Write) error {
	for _, w := range writes {
		for _, m := range w.Event.Mail {
			l.by[m.To] = m
		}
	}
	return nil
}

// One person gets one message about all places that it is told for, and each of them only about its own.
func TestWhatANoticeSays(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	sent := letters{decisiontest.Notices{Memory: new(decisiontest.Memory)}, map[string]record.Mail{}}
	if err := decisiontest.NewNotifier(h, sent, decisiontest.Day.AddDays(-14)).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := `Dear Ruth Ames,

on 18 March 2027, Committee of the places is asked to decide:

- CP-041 Title of p41, version 1.0
  for Aldermoss, Brindlewick

- CP-086 Title of p86, version 1.0
  for Aldermoss, Brindlewick

The papers are at
https://policies.example/desk/meetings/m1

You get this message from Policies because you are a contact or a secretary there. It is sent once for each decision and day.
`
	if got := sent.by["ruth@example.org"]; got.Text != want || got.Subject != "Decisions due on 18 March 2027: Joint committee, sitting 1" {
		t.Errorf("%s\n%s", got.Subject, got.Text)
	}
	if got := sent.by["amy@example.org"].Text; strings.Contains(got, "Brindlewick") || !strings.Contains(got, "for Aldermoss\n") {
		t.Errorf("to a contact of one place:\n%s", got)
	}
	if err := decisiontest.NewNotifier(h, sent, decisiontest.Day.AddDays(8)).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := sent.by["ruth@example.org"]; got.Subject != "Decisions of 18 March 2027 are not recorded: Joint committee, sitting 1" || !strings.Contains(got.Text, "Nothing is recorded of it yet") {
		t.Errorf("late: %s\n%s", got.Subject, got.Text)
	}
}

// What another meeting settled meanwhile is nobody's to decide any more.
func TestNobodyIsToldOfWhatIsSettled(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	earlier := h.NewMeeting(t, decisiontest.Day.AddDays(-1))
	if _, err := h.Record(t.Context(), record.Edit{By: decisiontest.Everybody, ID: earlier.ID, Revision: earlier.Revision}, []decision.Entry{decisiontest.Adopted(h.Places[0])}); err != nil {
		t.Fatal(err)
	}
	sent := letters{decisiontest.Notices{Memory: new(decisiontest.Memory)}, map[string]record.Mail{}}
	if err := decisiontest.NewNotifier(h, sent, decisiontest.Day).Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := sent.by["ruth@example.org"].Text; !strings.Contains(got, "Title of p41, version 1.0\n  for Aldermoss\n") || !strings.Contains(got, "Title of p86, version 1.0\n  for Aldermoss, Brindlewick\n") {
		t.Errorf("told\n%s", got)
	}
}
