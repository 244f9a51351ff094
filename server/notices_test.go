package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"concordat/server/internal/demo"
	"concordat/server/internal/stores"
)

// The committee of the demonstration meets on 18 March: two weeks before, its contacts and secretaries are told, each
// once, by whichever server is first.
func TestNoticesOfTheDemonstration(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx := t.Context()
	if err := w.app.notifier().Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	before := len(w.notices(t))
	w.app.now = func() time.Time { return demo.Today.AddDays(24).Start().Add(9 * time.Hour) }
	for range 2 {
		if err := w.app.notifier().Sweep(ctx); err != nil {
			t.Fatal(err)
		}
	}
	sent := w.notices(t)
	var to []string
	for _, m := range sent {
		to = append(to, m.To)
	}
	slices.Sort(to)
	if before != 0 || len(to) == 0 || len(slices.Compact(slices.Clone(to))) != len(to) {
		t.Errorf("%d before, then told %q; want each once", before, to)
	}
	for _, m := range sent {
		if m.Subject != "Decisions due on 18 March 2027: Joint committee, March" || !strings.Contains(m.Text, "/desk/meetings/2027-03-18") {
			t.Errorf("%s\n%s", m.Subject, m.Text)
		}
	}
}

// notices are the messages about decisions in the outbox.
func (w *world) notices(t *testing.T) (out []stores.Message) {
	t.Helper()
	for after := ""; ; {
		list, next, err := stores.NewMessages(w.app.keeper).List(t.Context(), after, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			if strings.HasPrefix(m.Subject, "Decisions ") {
				out = append(out, m)
			}
		}
		if after = next; next == "" {
			return out
		}
	}
}
