package programme_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/programme/programmetest"
	"concordat/review/record"
)

func TestOnMemory(t *testing.T) {
	t.Parallel()
	programmetest.Test(t, programmetest.NewMemory)
}

func service() *programme.Service {
	return &programme.Service{Programmes: new(programmetest.Programmes), Now: time.Now, NewID: func() string { return "pg" }}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		alter func(*programme.Details)
		field string
	}{
		{"no name", func(d *programme.Details) { d.Name = " " }, "name"},
		{"long name", func(d *programme.Details) { d.Name = strings.Repeat("é", 101) }, "name"},
		{"no start", func(d *programme.Details) { d.Start = 0 }, "start"},
		{"no end", func(d *programme.Details) { d.End = 0 }, "end"},
		{"end before start", func(d *programme.Details) { d.End = d.Start }, "end"},
		{"no commissioner", func(d *programme.Details) { d.Commissioners = nil }, "commissioners"},
		{"milestone without a date", func(d *programme.Details) { d.Milestones[0].Date = 0 }, "milestones"},
		{"milestone without words", func(d *programme.Details) { d.Milestones[0].Name = "" }, "milestones"},
	} {
		d := programmetest.Details()
		tc.alter(&d)
		_, err := service().Create(t.Context(), programmetest.Lead, d)
		var faults record.Faults
		if !errors.As(err, &faults) || !slices.ContainsFunc(faults, func(f record.Fault) bool { return f.Field == tc.field }) {
			t.Errorf("%s: got %v, want a fault of %s", tc.name, err, tc.field)
		}
	}
}

func TestEmptyLinesAreLeftOut(t *testing.T) {
	t.Parallel()
	d := programmetest.Details()
	d.Milestones = append(d.Milestones, programme.Milestone{})
	d.Commissioners = append(d.Commissioners, "aldermoss")
	p, err := service().Create(t.Context(), programmetest.Lead, d)
	if err != nil || len(p.Milestones) != 2 || len(p.Commissioners) != 2 {
		t.Errorf("got %v, %v; want 2 milestones and 2 commissioners", p, err)
	}
}

func TestPermission(t *testing.T) {
	t.Parallel()
	holder := func(role access.Role, at string) record.Actor {
		return record.Actor{ID: "x", Grants: []record.Grant{{Role: string(role), Commissioner: at}}}
	}
	for _, tc := range []struct {
		by   record.Actor
		want bool
	}{
		{holder(access.PolicyLead, ""), true},
		{holder(access.PolicyLead, "aldermoss"), true},
		{holder(access.PolicyLead, "elsewhere"), false},
		{holder(access.Administrator, ""), true},
		{holder(access.Secretary, ""), false},
		{record.Actor{}, false},
	} {
		_, err := service().Create(t.Context(), tc.by, programmetest.Details())
		if got := err == nil; got != tc.want || err != nil && !errors.Is(err, record.ErrForbidden) {
			t.Errorf("Create by %v: %v, want allowed %v", tc.by.Grants, err, tc.want)
		}
	}
	if _, err := service().All(t.Context(), record.Actor{}); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("the public reads programmes: %v", err)
	}
}

func TestNext(t *testing.T) {
	t.Parallel()
	p := &programme.Programme{Milestones: []programme.Milestone{{Name: "a", Date: record.Day(2027, 1, 1)}, {Name: "b", Date: record.Day(2027, 2, 1)}}}
	if got := p.Next(record.Day(2027, 1, 2)); len(got) != 1 || got[0].Name != "b" {
		t.Errorf("Next = %v, want b", got)
	}
	if got := p.Next(record.Day(2028, 1, 1)); got != nil {
		t.Errorf("Next = %v, want none", got)
	}
}

func TestALateMilestone(t *testing.T) {
	t.Parallel()
	due := record.Day(2027, 2, 25)
	for _, tc := range []struct {
		reached bool
		today   record.Date
		want    bool
	}{{false, due, false}, {false, due.AddDays(1), true}, {true, due.AddDays(1), false}} {
		if got := (programme.Milestone{Name: "Forum", Date: due, Reached: tc.reached}).Late(tc.today); got != tc.want {
			t.Errorf("reached %v, on %v: late %v", tc.reached, tc.today, got)
		}
	}
}
