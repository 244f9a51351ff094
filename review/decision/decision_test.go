package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/decision/decisiontest"
	"concordat/review/record"
)

func TestOnMemory(t *testing.T) {
	t.Parallel()
	decisiontest.Test(t, decisiontest.NewMemory)
}

func edit(h *decisiontest.House) record.Edit {
	return record.Edit{By: decisiontest.Everybody, ID: h.Meeting.ID, Revision: h.Meeting.Revision}
}

func fields(err error) []string {
	var faults record.Faults
	errors.As(err, &faults)
	var out []string
	for _, f := range faults {
		out = append(out, f.Field)
	}
	return out
}

// replaced is an overlay that replaces one clause of decisiontest.Text.
func replaced(anchor string) decision.Overlay {
	return decision.Overlay{{Act: decision.Replace, Anchor: anchor, Text: "Five"}}
}

func TestWhatMustBeSaid(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	for _, tc := range []struct {
		name  string
		alter func(*decision.Entry)
		want  []string
	}{
		{"adopted", func(*decision.Entry) {}, nil},
		{"nothing chosen", func(e *decision.Entry) { e.Outcome = "" }, []string{"outcome"}},
		{"an outcome that is none", func(e *decision.Entry) { e.Outcome = "perhaps" }, []string{"outcome"}},
		{"no due regard", func(e *decision.Entry) { e.DueRegard = " " }, []string{"due"}},
		{"no minute", func(e *decision.Entry) { e.Minute = "" }, []string{"minute"}},
		{"no date and no event", func(e *decision.Entry) { e.Effective = 0 }, []string{"effective"}},
		{"an event without a date", func(e *decision.Entry) { e.Effective, e.Event = 0, "start of the contract" }, nil},
		{"before the meeting", func(e *decision.Entry) { e.Effective = decisiontest.Day.AddDays(-1) }, []string{"effective"}},
		{"no rule", func(e *decision.Entry) { e.Rule = "" }, []string{"rule"}},
		{"deferred without a reason", func(e *decision.Entry) { e.Outcome = decision.Defer }, []string{"reason"}},
		{"deferred needs no due regard", func(e *decision.Entry) { e.Outcome, e.Reason, e.DueRegard = decision.Defer, "r", "" }, nil},
		{"declined without anything", func(e *decision.Entry) { e.Said = decision.Said{Outcome: decision.Decline} }, []string{"reason", "due", "minute"}},
		{"varied", func(e *decision.Entry) {
			e.Outcome, e.Reason, e.Overlay = decision.Vary, "r", replaced("a2")
		}, nil},
		{"varied without a change", func(e *decision.Entry) { e.Outcome, e.Reason = decision.Vary, "r" }, []string{"overlay"}},
		{"varied elsewhere", func(e *decision.Entry) {
			e.Outcome, e.Reason, e.Overlay = decision.Vary, "r", append(replaced("a2"), replaced("zz")...)
		}, []string{"o1-anchor"}},
		{"a varied text too long", func(e *decision.Entry) {
			e.Outcome, e.Reason, e.Overlay = decision.Vary, "r", replaced("a2")
			e.Overlay[0].Text = strings.Repeat("x", decision.MaxVariation+1)
		}, []string{"o0-text"}},
		{"too many changes", func(e *decision.Entry) {
			e.Outcome, e.Reason, e.Overlay = decision.Vary, "r", slices.Repeat(replaced("a2"), decision.MostChanges+1)
		}, []string{"overlay"}},
		{"too long", func(e *decision.Entry) { e.DueRegard = strings.Repeat("é", decision.MaxText+1) }, []string{"due"}},
	} {
		e := decisiontest.Adopted(h.Places[0])
		tc.alter(&e)
		err := h.Check(t.Context(), edit(h), []decision.Entry{e})
		if got := fields(err); !slices.Equal(got, tc.want) {
			t.Errorf("%s: faults of %v (%v), want %v", tc.name, got, err, tc.want)
		}
	}
}

func TestAllFaultsAtOnceAndNothingIsRecorded(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	first, second, third := decisiontest.Adopted(h.Places[0]), decisiontest.Adopted(h.Places[1]), decisiontest.Adopted(h.Places[2])
	first.Field, second.Field, third.Field = "i0-c0", "i0-c1", "i0-c2"
	first.Minute, third.DueRegard = "", ""
	_, err := h.Record(t.Context(), edit(h), []decision.Entry{first, second, third})
	if got, want := fields(err), []string{"i0-c0-minute", "i0-c2-due"}; !slices.Equal(got, want) {
		t.Errorf("faults of %v, want %v", got, want)
	}
	if list, _ := h.OfPolicy(t.Context(), decisiontest.Everybody, "p41"); len(list) != 0 {
		t.Errorf("%d decisions were recorded, want none", len(list))
	}
}

func TestTheRegisterRefuses(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	h.Register.Refuse = record.Refuse("R-03", "Another text applies from that day", "")
	e := decisiontest.Adopted(h.Places[0])
	e.Field = "i0-c0"
	if got := fields(h.Check(t.Context(), edit(h), []decision.Entry{e})); !slices.Equal(got, []string{"i0-c0-effective"}) {
		t.Errorf("faults of %v, want the date", got)
	}
}

func TestTheMeetingItself(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	e := decisiontest.Adopted(h.Places[0])
	tomorrow := h.NewMeeting(t, decisiontest.Day.AddDays(1))
	for _, tc := range []struct {
		name string
		edit record.Edit
		by   record.Actor
		e    decision.Entry
		want error
	}{
		{"before the day", record.Edit{ID: tomorrow.ID, Revision: tomorrow.Revision}, decisiontest.Everybody, e, record.ErrRule},
		{"of another place", edit(h), decisiontest.Secretary(h.Places[1]), e, record.ErrForbidden},
		{"not on the agenda", edit(h), decisiontest.Everybody, decision.Entry{Policy: "p41", Version: "2.0", Commissioner: h.Places[0]}, record.ErrNotFound},
		{"of a place that does not sit there", edit(h), decisiontest.Everybody, decisiontest.Adopted("elsewhere"), record.ErrNotFound},
		{"from a form of the future", record.Edit{ID: h.Meeting.ID, Revision: 99}, decisiontest.Everybody, e, record.ErrConflict},
	} {
		tc.edit.By = tc.by
		if err := h.Check(t.Context(), tc.edit, []decision.Entry{tc.e}); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if err := h.Check(t.Context(), edit(h), []decision.Entry{e, e}); !errors.Is(err, record.ErrRule) {
		t.Errorf("the same decision twice: %v", err)
	}
	if err := h.Check(t.Context(), edit(h), nil); !errors.Is(err, record.ErrRule) {
		t.Errorf("no decision at all: %v", err)
	}
	m, err := h.Attend(t.Context(), edit(h), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := fields(h.Check(t.Context(), record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision}, []decision.Entry{e})); !slices.Equal(got, []string{"members"}) {
		t.Errorf("nobody present: faults of %v", got)
	}
}

func TestMeetingForms(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	good := decision.Details{Title: "Committee", Body: "Joint committee", Commissioners: h.Places, Date: decisiontest.Day}
	for _, tc := range []struct {
		name  string
		alter func(*decision.Details)
		field string
	}{
		{"title", func(d *decision.Details) { d.Title = " " }, "title"},
		{"body", func(d *decision.Details) { d.Body = "" }, "body"},
		{"date", func(d *decision.Details) { d.Date = 0 }, "date"},
		{"recommended without a date", func(d *decision.Details) { d.Recommended.Body = "Forum" }, "recommended-date"},
		{"recommended afterwards", func(d *decision.Details) {
			d.Recommended = decision.Recommendation{Body: "Forum", Date: decisiontest.Day.AddDays(1)}
		}, "recommended-date"},
		{"date of nobody", func(d *decision.Details) { d.Recommended.Date = decisiontest.Day }, "recommended"},
	} {
		d := good
		tc.alter(&d)
		if _, err := h.Plan(t.Context(), decisiontest.Everybody, d); !slices.Equal(fields(err), []string{tc.field}) {
			t.Errorf("%s: %v, want a fault of %s", tc.name, err, tc.field)
		}
	}
	if _, err := h.AddItems(t.Context(), edit(h), []decision.Paper{{Policy: "p41", Version: "1.0"}}); !slices.Equal(fields(err), []string{"items"}) {
		t.Errorf("twice on the agenda: %v", err)
	}
	if _, err := h.Record(t.Context(), edit(h), []decision.Entry{decisiontest.Adopted(h.Places[0])}); err != nil {
		t.Fatal(err)
	}
	good.Date = good.Date.AddDays(1)
	held := edit(h)
	held.Revision++
	if _, err := h.Edit(t.Context(), held, good); !slices.Equal(fields(err), []string{"date"}) {
		t.Errorf("another date after decisions: %v", err)
	}
}

// A form that is sent twice makes one meeting.
func TestPlannedTwice(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	d := decision.Details{Title: "Committee", Body: "One body", Commissioners: h.Places[:2], Date: decisiontest.Day}
	m, err := h.Plan(t.Context(), decisiontest.Everybody, d)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Plan(t.Context(), decisiontest.Everybody, d); !slices.Equal(fields(err), []string{"title"}) {
		t.Errorf("planned twice: %v, want a fault of the title", err)
	}
	other := d
	other.Commissioners = h.Places[2:3]
	if _, err := h.Plan(t.Context(), decisiontest.Everybody, other); err != nil {
		t.Errorf("the same name for another commissioner: %v", err)
	}
	at := record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision, Reason: "no quorum"}
	if _, err := h.Cancel(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Plan(t.Context(), decisiontest.Everybody, d); err != nil {
		t.Errorf("again after it was cancelled: %v", err)
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	ctx := t.Context()
	m := h.NewMeeting(t, decisiontest.Day)
	at := func(reason string) record.Edit {
		return record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision, Reason: reason}
	}
	if _, err := h.Cancel(ctx, at(" ")); !slices.Equal(fields(err), []string{"reason"}) {
		t.Errorf("cancelled without a reason: %v", err)
	}
	m, err := h.Cancel(ctx, at("no quorum"))
	if err != nil || m.State != decision.Cancelled {
		t.Fatalf("cancelling: %+v, %v", m, err)
	}
	if _, err := h.Attend(ctx, at(""), nil); !errors.Is(err, record.ErrRule) {
		t.Errorf("changing a cancelled meeting: %v", err)
	}
	if _, err := h.Record(ctx, at(""), []decision.Entry{decisiontest.Adopted(h.Places[0])}); !errors.Is(err, record.ErrRule) {
		t.Errorf("recording a decision of it: %v", err)
	}
	coming, err := h.Coming(ctx, decisiontest.Everybody, decisiontest.Day)
	if err != nil || slices.ContainsFunc(coming, func(x *decision.Meeting) bool { return x.ID == m.ID }) {
		t.Errorf("it is still to come: %v, %v", coming, err)
	}
	if _, err := h.Record(ctx, edit(h), []decision.Entry{decisiontest.Adopted(h.Places[0])}); err != nil {
		t.Fatal(err)
	}
	held, err := h.Service.Meeting(ctx, decisiontest.Everybody, h.Meeting.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Cancel(ctx, record.Edit{By: decisiontest.Everybody, ID: held.ID, Revision: held.Revision, Reason: "x"}); !errors.Is(err, record.ErrRule) {
		t.Errorf("cancelling a meeting that decided: %v", err)
	}
}

func TestCorrect(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	list, err := h.Record(t.Context(), edit(h), []decision.Entry{decisiontest.Adopted(h.Places[0])})
	if err != nil {
		t.Fatal(err)
	}
	e := record.Edit{By: decisiontest.Everybody, ID: list[0].ID, Revision: 1}
	c := decision.Correction{DueRegard: "Better words", Minute: "JC/27/32"}
	if _, err := h.Correct(t.Context(), e, c); !slices.Equal(fields(err), []string{"why"}) {
		t.Errorf("without a reason: %v", err)
	}
	e.Reason = "The minute had another number"
	d, err := h.Correct(t.Context(), e, c)
	if err != nil || d.Minute != "JC/27/32" || d.Past[0].Minute != "JC/27/31" || d.Effective != record.Day(2027, 4, 1) {
		t.Errorf("got %+v, %v; want the new minute, and the old one kept", d, err)
	}
}

func TestCorrectAVariation(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	x := decisiontest.Adopted(h.Places[0])
	x.Outcome, x.Reason, x.Overlay = decision.Vary, "A local pathway", replaced("a2")
	list, err := h.Record(t.Context(), edit(h), []decision.Entry{x})
	if err != nil {
		t.Fatal(err)
	}
	if got := list[0].Overlay[0]; got.Label != "1.1" || got.Was != "Seven episodes in a year." {
		t.Errorf("cited as %+v, want the label and words of the clause", got)
	}
	e := record.Edit{By: decisiontest.Everybody, ID: list[0].ID, Revision: 1, Reason: "Another paragraph was meant"}
	c := decision.Correction{Reason: "A local pathway", DueRegard: "Considered", Minute: "JC/27/31", Overlay: replaced("none")}
	if _, err := h.Correct(t.Context(), e, c); !slices.Equal(fields(err), []string{"o0-anchor"}) {
		t.Errorf("a paragraph that is not there: %v", err)
	}
	c.Overlay = append(replaced("a3"), decision.Change{Act: decision.LeaveOut, Anchor: "a2", Text: "typed before"})
	d, err := h.Correct(t.Context(), e, c)
	if err != nil {
		t.Fatal(err)
	}
	want := decision.Overlay{{Act: decision.LeaveOut, Anchor: "a2", Label: "1.1", Was: "Seven episodes in a year."},
		{Act: decision.Replace, Anchor: "a3", Label: "1.2", Was: "One quinsy.", Text: "Five"}}
	if diff := cmp.Diff(want, d.Overlay); diff != "" {
		t.Errorf("put right (-want +got):\n%s", diff)
	}
}

// A new version asks again. Who had a variation must say why it ends, or carry it over.
func TestAVariationDoesNotEndWithoutReasons(t *testing.T) {
	t.Parallel()
	h := decisiontest.NewHouse(t, decisiontest.NewMemory(t))
	x, plain := decisiontest.Adopted(h.Places[0]), decisiontest.Adopted(h.Places[1])
	x.Outcome, x.Reason, x.Overlay = decision.Vary, "A local pathway", replaced("a2")
	if _, err := h.Record(t.Context(), edit(h), []decision.Entry{x, plain}); err != nil {
		t.Fatal(err)
	}
	h.Register.Versions[decision.Paper{Policy: "p41", Version: "2.0"}] = h.Register.Versions[decision.Paper{Policy: "p41", Version: "1.0"}]
	m, err := h.Plan(t.Context(), decisiontest.Everybody, decision.Details{Title: "Second", Body: "Committee", Commissioners: h.Places, Date: decisiontest.Day})
	if err == nil {
		m, err = h.AddItems(t.Context(), record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision}, []decision.Paper{{Policy: "p41", Version: "2.0"}})
	}
	if err == nil {
		m, err = h.Attend(t.Context(), record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision}, []decision.Member{{Name: "Ada Lund", Present: true}})
	}
	if err != nil {
		t.Fatal(err)
	}
	e := record.Edit{By: decisiontest.Everybody, ID: m.ID, Revision: m.Revision}
	x, plain = decisiontest.Adopted(h.Places[0]), decisiontest.Adopted(h.Places[1])
	x.Version, plain.Version = "2.0", "2.0"
	if err := h.Check(t.Context(), e, []decision.Entry{x, plain}); !slices.Equal(fields(err), []string{"reason"}) {
		t.Errorf("without reasons: %v, want one fault of the reasons", err)
	}
	x.Reason = "The pathway was closed"
	if err := h.Check(t.Context(), e, []decision.Entry{x, plain}); err != nil {
		t.Errorf("with reasons: %v", err)
	}
}

func TestAdopters(t *testing.T) {
	t.Parallel()
	from, to := decisiontest.Text(), clause.Parse("## Criteria\n\nFive episodes in a year.\n").Inherit(decisiontest.Text(), func() string { return "new" })
	said := func(place, version string, o decision.Outcome, overlay decision.Overlay) *decision.Decision {
		return &decision.Decision{Commissioner: place, Version: version, Ruling: decision.Ruling{Said: decision.Said{Outcome: o, Overlay: overlay}}}
	}
	list := []*decision.Decision{
		said("d", "1.0", decision.Vary, replaced("a3")), said("c", "1.0", decision.Vary, replaced("a2")), said("b", "1.0", decision.Decline, nil),
		said("a", "1.0", decision.Adopt, nil), said("e", "0.9", decision.Adopt, nil),
	}
	var got []string
	adopters, err := decision.Adopters(list, to, func(string) (clause.Text, error) { return from, nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range adopters {
		got = append(got, fmt.Sprintf("%s of %s varies %t, touched %d, gone %t", a.Commissioner, a.Version, a.Varies, len(a.Touched), a.Gone))
	}
	want := []string{"a of 1.0 varies false, touched 0, gone false", "c of 1.0 varies true, touched 1, gone false",
		"d of 1.0 varies true, touched 1, gone true", "e of 0.9 varies false, touched 0, gone false"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	joined := clause.Parse("## Criteria\n\nSeven episodes in a year. One quinsy.\n").Inherit(from, func() string { return "new" })
	if adopters, err = decision.Adopters(list, joined, func(string) (clause.Text, error) { return from, nil }); err != nil {
		t.Fatal(err)
	}
	for _, a := range adopters {
		if a.Gone != a.Varies || a.Varies && !a.Touched[0].Turned() {
			t.Errorf("after two paragraphs were joined: %+v", a)
		}
	}
}
