package stores_test

import (
	"testing"

	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
	"concordat/server/internal/stores"
)

func TestStandingFollowsDecisionsEmbedded(t *testing.T) { standingFollows(t, embeddedKeeper(t)) }

func TestStandingFollowsDecisionsMongo(t *testing.T) { standingFollows(t, mongoKeeper(t)) }

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
