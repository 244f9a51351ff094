package stores_test

import (
	"context"
	"testing"

	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

func TestStandingFollowsDecisionsEmbedded(t *testing.T) {
	t.Parallel()
	standingFollows(t, embeddedKeeper(t))
}

func TestStandingFollowsDecisionsMongo(t *testing.T) {
	t.Parallel()
	standingFollows(t, mongoKeeper(t))
}

// standingFollows asks two stores on the same documents, as two processes would: what either remembers
// must give way to what is recorded through one of them.
func standingFollows(t *testing.T, k *stores.Keeper) {
	t.Helper()
	here, there := stores.NewDecisions(k), stores.NewDecisions(k)
	h := decisiontest.NewHouse(t, decisiontest.Stores{Meetings: stores.NewMeetings(k), Decisions: here})
	want := func(when string, outcomes ...decision.Outcome) {
		t.Helper()
		for name, s := range map[string]stores.Decisions{"the store that recorded": here, "another": there} {
			for range 2 { // the second answer is the remembered one
				list, err := s.Standing(t.Context(), "pg")
				if err != nil || len(list) != len(outcomes) {
					t.Fatalf("%s: %s gives %d, %v; want %d", when, name, len(list), err, len(outcomes))
				}
				for i, o := range outcomes {
					if list[i].Outcome != o {
						t.Errorf("%s: %s gives %q, want %q", when, name, list[i].Outcome, o)
					}
					list[i].Outcome = "changed by the caller"
				}
			}
		}
	}
	decide := func(m *decision.Meeting, e decision.Entry) *decision.Decision {
		t.Helper()
		list, err := h.Record(t.Context(), record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision}, []decision.Entry{e})
		if err != nil {
			t.Fatal(err)
		}
		return list[0]
	}
	want("before any decision")
	first := decide(h.Meeting, decisiontest.Deferred(h.Places[3]))
	want("deferred", decision.Defer)
	again := decisiontest.Adopted(h.Places[3])
	again.Revision = first.Revision
	decide(h.NewMeeting(t, decisiontest.Day), again)
	want("adopted afterwards", decision.Adopt)
}

// counted counts how often it is asked whether something changed, and for lists.
type counted struct {
	docstore.Store
	looks, finds int
}

func (c *counted) Counter(ctx context.Context, name string) (int64, error) {
	c.looks++
	return c.Store.Counter(ctx, name)
}

func (c *counted) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	c.finds++
	return c.Store.Find(ctx, q)
}

// For many policies it is looked once whether something changed, and what is remembered is not read again.
func TestUncheckedLooksOnce(t *testing.T) {
	t.Parallel()
	k := embeddedKeeper(t)
	docs := &counted{Store: k.Docs}
	k.Docs = docs
	for _, want := range []counted{{looks: 1, finds: 3}, {looks: 2, finds: 3}} {
		if _, err := (stores.Locals{Keeper: k}).Unchecked(t.Context(), []string{"a", "b", "c"}); err != nil {
			t.Fatal(err)
		}
		if docs.looks != want.looks || docs.finds != want.finds {
			t.Errorf("%d looks and %d lists read, want %d and %d", docs.looks, docs.finds, want.looks, want.finds)
		}
	}
}
