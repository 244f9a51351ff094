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

// Stores are what a suite needs.
type Stores struct {
	Programmes  programme.Programmes
	Commitments programme.Commitments
}

// NewMemory gives empty stores in memory.
func NewMemory(*testing.T) Stores { return Stores{new(Programmes), new(Commitments)} }

// Service is a service over the stores on 8 February 2027, with ids that count.
func Service(s Stores) *programme.Service {
	n := 0
	return &programme.Service{Programmes: s.Programmes, Commitments: s.Commitments, Now: func() time.Time { return time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC) },
		NewID: func() string { n++; return "pg" + strconv.Itoa(n) }}
}

// Test runs the service on its stores.
func Test(t *testing.T, open func(t *testing.T) Stores) {
	t.Run("programmes", func(t *testing.T) { programmes(t, Service(open(t))) })
	t.Run("commitments", func(t *testing.T) { commitments(t, Service(open(t))) })
}

func programmes(t *testing.T, s *programme.Service) {
	ctx := t.Context()
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

// Promised is a promise of both places to consult about one policy.
func Promised() programme.Promised {
	return programme.Promised{Promise: programme.ToConsult, Words: "We will ask before fewer people can have it", Policy: "p41", Commissioners: []string{"brindlewick", "aldermoss"},
		Who: "The chair", Where: "minute JC/26/14", Link: "https://places.example/minutes", Said: record.Day(2026, 11, 19), Due: record.Day(2027, 3, 31)}
}

func commitments(t *testing.T, s *programme.Service) {
	ctx := t.Context()
	g, err := s.Create(ctx, Lead, Details())
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Promise(ctx, Lead, g.ID, Promised())
	if err != nil || c.Standing != programme.Open {
		t.Fatalf("Promise = %+v, %v", c, err)
	}
	early := Promised()
	early.Promise, early.Due, early.Policy = programme.ToReview, record.Day(2027, 2, 28), ""
	second, err := s.Promise(ctx, Lead, g.ID, early)
	if err != nil {
		t.Fatal(err)
	}
	ended, err := s.End(ctx, record.Edit{By: Lead, ID: c.ID, Revision: c.Revision, Reason: "Asked in January: 31 answers"}, programme.Kept)
	if err != nil || ended.Standing != programme.Kept {
		t.Fatalf("End = %+v, %v", ended, err)
	}
	if _, err := s.End(ctx, record.Edit{By: Lead, ID: c.ID, Revision: 1, Reason: "again"}, programme.Released); !errors.Is(err, record.ErrConflict) {
		t.Errorf("ending it twice: %v, want a conflict", err)
	}
	list, err := s.Promised(ctx, Lead, g.ID)
	if err != nil || len(list) != 2 || list[0].ID != second.ID || list[1].Ended.Words != "Asked in January: 31 answers" || list[1].Link != "https://places.example/minutes" {
		t.Errorf("Promised = %+v, %v; want the open one first", list, err)
	}
	if other, err := s.Promised(ctx, Lead, "other"); err != nil || len(other) != 0 {
		t.Errorf("of another programme: %v, %v", other, err)
	}
	if _, err := s.Promise(ctx, Lead, "other", Promised()); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("for a programme that there is not: %v", err)
	}
}
