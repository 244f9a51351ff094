package programmetest

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
)

// Lead is a policy lead for all commissioners.
var Lead = record.Actor{ID: "lead", Grants: []record.Grant{{Role: string(access.PolicyLead)}}}

// Details are those of a programme of two places.
func Details() programme.Details {
	return programme.Details{Name: "Fifteen places", Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31),
		Commissioners: []string{"brindlewick", "aldermoss"},
		Milestones:    []programme.Milestone{{Name: "All published", Date: record.Day(2028, 3, 1)}, {Name: "Clinical forum", Date: record.Day(2027, 2, 25)}}}
}

// Test runs the service on a store.
func Test(t *testing.T, open func(t *testing.T) programme.Programmes) {
	ctx := t.Context()
	n := 0
	s := &programme.Service{Programmes: open(t), Now: func() time.Time { return time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC) },
		NewID: func() string { n++; return "pg" + strconv.Itoa(n) }}
	p, err := s.Create(ctx, Lead, Details())
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Milestones[0].Name; got != "Clinical forum" {
		t.Errorf("the first milestone is %q, want the earlier one", got)
	}
	d := Details()
	d.Name = "A programme"
	if _, err := s.Create(ctx, Lead, d); err != nil {
		t.Fatal(err)
	}
	all, err := s.All(ctx, Lead)
	if err != nil || len(all) != 2 || all[0].Name != "A programme" || all[1].Name != "Fifteen places" {
		t.Errorf("All = %v, %v; want both, sorted by name", all, err)
	}
	d.Name = "Fifteen places, second stage"
	edited, err := s.Edit(ctx, record.Edit{By: Lead, ID: p.ID, Revision: p.Revision}, d)
	if err != nil || edited.Revision != 2 {
		t.Fatalf("Edit = %v, %v", edited, err)
	}
	if _, err := s.Edit(ctx, record.Edit{By: Lead, ID: p.ID, Revision: 1}, d); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a stale edit gives %v, want a conflict", err)
	}
	kept, err := s.Programme(ctx, Lead, p.ID)
	if err != nil || kept.Name != d.Name || len(kept.Milestones) != 2 || kept.Start != d.Start {
		t.Errorf("kept is %+v, %v", kept, err)
	}
	if _, err := s.Programme(ctx, Lead, "nobody"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("an unknown programme gives %v", err)
	}
}
