package decision_test

import (
	"context"
	"slices"
	"testing"

	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
)

// promises are those of some commissioners to consult about one policy.
type promises struct {
	policy string
	of     []string
}

var promised = record.Ref{Kind: "commitment", ID: "cm1", Revision: 1}

func (p promises) Pass(_ context.Context, _, policy string, commissioners []string, reason string) ([]record.Ref, error) {
	if policy != p.policy || !slices.ContainsFunc(commissioners, func(c string) bool { return slices.Contains(p.of, c) }) {
		return nil, nil
	}
	if reason == "" {
		return nil, record.Faults{{Field: "despite", Rule: "C-01", Message: "It was promised to consult"}}
	}
	return []record.Ref{promised}, nil
}

// watched are decisions of which the events that were committed can be looked at.
type watched struct {
	decision.Decisions
	events map[string]record.Event // by decision
}

func (w *watched) Commit(ctx context.Context, writes ...record.Write) error {
	for _, x := range writes {
		if d, ok := x.Doc.(*decision.Decision); ok {
			w.events[d.ID] = x.Event
		}
	}
	return w.Decisions.Commit(ctx, writes...)
}

// An adoption that would break a promise needs a reason, which only the decisions that break it carry. To defer breaks
// nothing, and one promise of many places is told once.
func TestAdoptionsThatWouldBreakAPromise(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	w := &watched{h.Decisions, map[string]record.Event{}}
	h.Decisions, h.Promises = w, promises{"p41", h.Places[:2]}
	entries := []decision.Entry{decisiontest.Adopted(h.Places[0]), decisiontest.Adopted(h.Places[1]), decisiontest.Adopted(h.Places[2])}
	if _, err := h.Record(t.Context(), edit(h), entries); !slices.Equal(fields(err), []string{"despite"}) {
		t.Errorf("adopted by two who promised: %v, want it told once", err)
	}
	if _, err := h.Record(t.Context(), edit(h), []decision.Entry{decisiontest.Deferred(h.Places[0]), decisiontest.Adopted(h.Places[3])}); err != nil {
		t.Errorf("deferred by one who promised: %v", err)
	}
	e := edit(h)
	e.Reason = "The law leaves no choice"
	if _, err := h.Record(t.Context(), e, entries[1:]); err != nil {
		t.Fatalf("adopted with a reason: %v", err)
	}
	for i, want := range []int{1, 0} {
		event := w.events[decision.ID("p41", "1.0", h.Places[i+1])]
		if len(event.Relied) != want {
			t.Errorf("the decision of place %d relies on %v", i+1, event.Relied)
		}
	}
}
