package decision_test

import (
	"errors"
	"testing"

	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
)

// Each act is refused to who holds no role for it, or holds it for another place.
func TestMeetingsAreGuarded(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	stores := decisiontest.NewMemory(t)
	h := decisiontest.NewHouse(t, stores)
	h.Notices = stores.Notices
	m := h.Meeting
	elsewhere := record.Actor{ID: "x", Grants: []record.Grant{{Role: string(access.Secretary), Commissioner: "elsewhere"}, {Role: string(access.PolicyLead), Commissioner: "elsewhere"}}}
	one, nobody := decisiontest.Secretary(h.Places[0]), record.Actor{ID: "x"}
	of := func(by record.Actor) record.Edit {
		return record.Edit{By: by, ID: m.ID, Revision: m.Revision, Reason: "x"}
	}
	for what, act := range map[string]func() error{
		"read":       func() error { _, err := h.Service.Meeting(ctx, elsewhere, m.ID); return err },
		"told":       func() error { _, err := h.Told(ctx, elsewhere, m); return err },
		"of policy":  func() error { _, err := h.OfPolicy(ctx, nobody, "p41"); return err },
		"of meeting": func() error { _, err := h.OfMeeting(ctx, elsewhere, m); return err },
		"standing":   func() error { _, err := h.Standing(ctx, nobody, "pg"); return err },
		"plan": func() error {
			_, err := h.Plan(ctx, one, decision.Details{Title: "T", Body: "B", Commissioners: h.Places, Date: decisiontest.Day.AddDays(30)})
			return err
		},
		"edit":   func() error { _, err := h.Edit(ctx, of(one), decision.Details{}); return err },
		"cancel": func() error { _, err := h.Cancel(ctx, of(one)); return err },
		"attend": func() error { _, err := h.Attend(ctx, of(one), nil); return err },
		"remove": func() error {
			_, err := h.RemoveItem(ctx, of(one), decision.Paper{Policy: "p41", Version: "1.0"})
			return err
		},
		"record for another": func() error {
			_, err := h.Record(ctx, of(one), []decision.Entry{{Policy: "p41", Version: "1.0", Commissioner: h.Places[1]}})
			return err
		},
	} {
		if err := act(); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s: %v, want not allowed", what, err)
		}
	}
	entry := decision.Entry{Policy: "p41", Version: "1.0", Commissioner: h.Places[1], Said: decision.Said{Outcome: decision.Decline, Reason: "why", DueRegard: "due", Minute: "7"}}
	made, err := h.Record(ctx, of(decisiontest.Everybody), []decision.Entry{entry})
	if err != nil {
		t.Fatal(err)
	}
	e := record.Edit{By: one, ID: made[0].ID, Revision: made[0].Revision, Reason: "x"}
	if _, err := h.Correct(ctx, e, decision.Correction{Reason: "other"}); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("correct another place's: %v, want not allowed", err)
	}
}
