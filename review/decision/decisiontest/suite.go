package decisiontest

import (
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
)

// Stores are what a suite needs.
type Stores struct {
	Meetings  decision.Meetings
	Decisions decision.Decisions
	Notices   decision.NoticeStore
}

// NewMemory gives empty stores in memory.
func NewMemory(*testing.T) Stores {
	m := new(Memory)
	return Stores{Meetings{m}, Decisions{m}, Notices{m}}
}

// House is a service with a clock, a register, and a joint committee of fifteen places that met on 18 March 2027.
type House struct {
	sittings int // meetings planned so far
	*decision.Service
	Register *Register
	Places   []string
	Meeting  *decision.Meeting
}

// Everybody is secretary and policy lead for all.
var Everybody = record.Actor{ID: "all", Grants: []record.Grant{{Role: string(access.Secretary)}, {Role: string(access.PolicyLead)}}}

// Secretary is the secretary of one place.
func Secretary(place string) record.Actor {
	return record.Actor{ID: "sec-" + place, Grants: []record.Grant{{Role: string(access.Secretary), Commissioner: place}}}
}

// Day is the day of the meeting.
var Day = record.Day(2027, 3, 18)

// NewHouse makes the service and the meeting, with CP-041 and CP-086 on its agenda.
func NewHouse(t *testing.T, s Stores) *House {
	t.Helper()
	h := &House{Register: &Register{Versions: map[decision.Paper]decision.VersionFacts{}}}
	for i := range 15 {
		h.Places = append(h.Places, fmt.Sprintf("place%02d", i))
	}
	for _, id := range []string{"p41", "p86"} {
		h.Register.Versions[decision.Paper{Policy: id, Version: "1.0"}] = decision.VersionFacts{Programme: "pg", Title: "Title of " + id,
			Reference: "CP-0" + id[1:], Final: true, Commissioners: h.Places, Text: Text()}
	}
	var n atomic.Int64
	h.Service = &decision.Service{Meetings: s.Meetings, Decisions: s.Decisions, Register: h.Register,
		Now:   func() time.Time { return Day.Start().Add(20 * time.Hour) },
		NewID: func() string { return "m" + strconv.FormatInt(n.Add(1), 10) }}
	h.Meeting = h.NewMeeting(t, Day)
	return h
}

// NewMeeting plans a meeting of all places about both policies, with one member present.
func (h *House) NewMeeting(t *testing.T, on record.Date) *decision.Meeting {
	t.Helper()
	ctx := t.Context()
	h.sittings++
	m, err := h.Plan(ctx, Everybody, decision.Details{Title: fmt.Sprintf("Joint committee, sitting %d", h.sittings), Body: "Committee of the places", Commissioners: h.Places, Date: on})
	if err != nil {
		t.Fatal(err)
	}
	m, err = h.AddItems(ctx, h.edit(m), []decision.Paper{{Policy: "p41", Version: "1.0"}, {Policy: "p86", Version: "1.0"}})
	if err != nil {
		t.Fatal(err)
	}
	if m, err = h.Attend(ctx, h.edit(m), []decision.Member{{Name: "Ada Lund", Present: true}}); err != nil {
		t.Fatal(err)
	}
	return m
}

func (h *House) edit(m *decision.Meeting) record.Edit {
	return record.Edit{By: Everybody, ID: m.ID, Revision: m.Revision}
}

// Adopted is an adoption of p41 from 1 April.
func Adopted(place string) decision.Entry {
	return decision.Entry{Policy: "p41", Version: "1.0", Commissioner: place, Said: decision.Said{Outcome: decision.Adopt,
		DueRegard: "Considered for the people here", Minute: "JC/27/31", Effective: record.Day(2027, 4, 1), Rule: decision.Referred}}
}

// Deferred is a deferral of p41.
func Deferred(place string) decision.Entry {
	return decision.Entry{Policy: "p41", Version: "1.0", Commissioner: place,
		Said: decision.Said{Outcome: decision.Defer, Reason: "More figures are wanted", Minute: "JC/27/31"}}
}

// Test runs what rests on the stores.
func Test(t *testing.T, open func(t *testing.T) Stores) {
	t.Run("one commit for many", func(t *testing.T) { together(t, NewHouse(t, open(t))) })
	t.Run("fifteen at once", func(t *testing.T) { fifteen(t, NewHouse(t, open(t))) })
	t.Run("two on the same", func(t *testing.T) { same(t, NewHouse(t, open(t))) })
	t.Run("deferred, then adopted", func(t *testing.T) { later(t, NewHouse(t, open(t))) })
	t.Run("an agenda that changed", func(t *testing.T) { changed(t, NewHouse(t, open(t))) })
	t.Run("notices", func(t *testing.T) { s := open(t); notices(t, NewHouse(t, s), s) })
	t.Run("meetings by date", func(t *testing.T) { byDate(t, NewHouse(t, open(t))) })
}

func together(t *testing.T, h *House) {
	ctx := t.Context()
	var entries []decision.Entry
	for _, p := range h.Places {
		other := Adopted(p)
		other.Policy = "p86"
		entries = append(entries, Adopted(p), other)
	}
	list, err := h.Record(ctx, h.edit(h.Meeting), entries)
	if err != nil || len(list) != 30 {
		t.Fatalf("recorded %d, %v; want 30", len(list), err)
	}
	of, err := h.OfPolicy(ctx, Everybody, "p41")
	if err != nil || len(of) != 15 {
		t.Errorf("p41 has %d decisions, %v; want 15", len(of), err)
	}
	standing, err := h.Standing(ctx, Everybody, "pg")
	if err != nil || len(standing) != 30 || standing[0].Outcome != decision.Adopt || standing[0].Effective != record.Day(2027, 4, 1) {
		t.Errorf("standing: %d, %v; want 30 adoptions from 1 April", len(standing), err)
	}
	m, err := h.Service.Meeting(ctx, Everybody, h.Meeting.ID)
	if err != nil || m.State != decision.Held {
		t.Errorf("the meeting is %q, %v; want held", m.State, err)
	}
	if at, err := h.OfMeeting(ctx, Everybody, m); err != nil || len(at) != 30 {
		t.Errorf("the meeting has %d decisions, %v; want 30", len(at), err)
	}
	if got := len(h.Register.Asked()); got != 30 {
		t.Errorf("the register was asked %d times, want 30", got)
	}
}

// at runs f for each name at the same time and gives the errors.
func at(names []string, f func(name string) error) []error {
	errs := make([]error, len(names))
	var all sync.WaitGroup
	for i, n := range names {
		all.Go(func() { errs[i] = f(n) })
	}
	all.Wait()
	return errs
}

func fifteen(t *testing.T, h *House) {
	errs := at(h.Places, func(p string) error {
		_, err := h.Record(t.Context(), record.Edit{By: Secretary(p), ID: h.Meeting.ID, Revision: h.Meeting.Revision}, []decision.Entry{Adopted(p)})
		return err
	})
	if err := errors.Join(errs...); err != nil {
		t.Errorf("fifteen secretaries collided: %v", err)
	}
	if list, err := h.OfPolicy(t.Context(), Everybody, "p41"); err != nil || len(list) != 15 {
		t.Errorf("%d decisions are kept, %v; want 15", len(list), err)
	}
}

func same(t *testing.T, h *House) {
	place := h.Places[0]
	wins := 0
	for _, err := range at([]string{"a", "b", "c", "d"}, func(string) error {
		_, err := h.Record(t.Context(), record.Edit{By: Secretary(place), ID: h.Meeting.ID, Revision: h.Meeting.Revision}, []decision.Entry{Adopted(place)})
		return err
	}) {
		if err == nil {
			wins++
		} else if !errors.Is(err, record.ErrConflict) {
			t.Errorf("a loser got %v, want a conflict", err)
		}
	}
	if wins != 1 {
		t.Errorf("%d won, want 1", wins)
	}
}

func later(t *testing.T, h *House) {
	ctx, place := t.Context(), h.Places[3]
	list, err := h.Record(ctx, h.edit(h.Meeting), []decision.Entry{Deferred(place)})
	if err != nil {
		t.Fatal(err)
	}
	next := h.NewMeeting(t, Day)
	again := Adopted(place)
	if _, err := h.Record(ctx, h.edit(next), []decision.Entry{again}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a form that did not know the deferral gives %v, want a conflict", err)
	}
	again.Revision = list[0].Revision
	list, err = h.Record(ctx, h.edit(next), []decision.Entry{again})
	if err != nil {
		t.Fatal(err)
	}
	d := list[0]
	if was, ok := d.At(h.Meeting.ID); !ok || was.Outcome != decision.Defer || d.Outcome != decision.Adopt || d.Revision != 2 {
		t.Errorf("got %+v; want adopted now, deferred at the first meeting", d)
	}
	again.Revision = d.Revision
	third := h.NewMeeting(t, Day)
	if _, err := h.Record(ctx, h.edit(third), []decision.Entry{again}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("an adopted version was decided again: %v", err)
	}
}

func changed(t *testing.T, h *House) {
	ctx := t.Context()
	form := h.edit(h.Meeting)
	if _, err := h.Attend(ctx, form, []decision.Member{{Name: "Ada Lund", Present: true}, {Name: "Ben Roe"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Record(ctx, form, []decision.Entry{Adopted(h.Places[0])}); err != nil {
		t.Errorf("another list of members hinders a decision: %v", err)
	}
	m, err := h.Service.Meeting(ctx, Everybody, h.Meeting.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.RemoveItem(ctx, h.edit(m), decision.Paper{Policy: "p41", Version: "1.0"}); !errors.Is(err, record.ErrRule) {
		t.Errorf("an item with a decision left the agenda: %v", err)
	}
	if _, err := h.RemoveItem(ctx, h.edit(m), decision.Paper{Policy: "p86", Version: "1.0"}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Record(ctx, form, []decision.Entry{Adopted(h.Places[1])}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a form of the old agenda was taken: %v", err)
	}
}

func byDate(t *testing.T, h *House) {
	ctx := t.Context()
	h.NewMeeting(t, Day.AddDays(30))
	h.NewMeeting(t, Day.AddDays(-30))
	coming, err := h.Coming(ctx, Everybody, Day)
	if err != nil || len(coming) != 2 || coming[0].Date != Day {
		t.Errorf("coming: %d, %v; want 2, this day first", len(coming), err)
	}
	before, next, err := h.Before(ctx, Everybody, Day.AddDays(1), "")
	if err != nil || len(before) != 2 || next != "" || before[0].Date != Day {
		t.Errorf("before: %d, %v; want 2, the latest first", len(before), err)
	}
	if list, _ := h.Coming(ctx, Secretary("elsewhere"), Day); len(list) != 0 {
		t.Errorf("a secretary of another place reads %d meetings", len(list))
	}
}
