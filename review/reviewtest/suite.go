package reviewtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"concordat/review"
	"concordat/review/record"
)

// Test checks stores of policies and of what belongs to them, by what the service does with them. make gives empty ones.
func Test(t *testing.T, make func(*testing.T) Stores) {
	for _, c := range []struct {
		name string
		test func(*testing.T, world)
	}{
		{"policies are found", testFound},
		{"one of two edits wins", testOneWins},
		{"editors of different sections both keep their work", testEditors},
		{"saves and versions stay", testVersions},
		{"drafts and files", testDrafts},
		{"commissioners", testCommissioners},
		{"local policies", testLocals},
		{"local policies taken over", testInheritedLocals},
		{"from adoption to withdrawal", testJourney},
		{"the matrix, corrected", testMatrix},
		{"two people at one matrix", testMatrixTwice},
		{"a matrix put right by hand", testMatrixByHand},
		{"a draft from the matrix", testDraftRows},
		{"where paragraphs came from, parted and joined", testOriginsStay},
		{"superseding", testSuperseding},
		{"two that supersede one", testSplit},
		{"an erratum", testErratum},
		{"clauses parted and joined", testLineage},
		{"an erratum that parts a clause", testErratumParts},
		{"an address that follows the title", testAddress},
		{"what changes for whom", testEffects},
		{"how many are treated, and how many it concerns", testActivity},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := make(t)
			c.test(t, world{s, Service(s), context.Background()})
		})
	}
}

// world is what one test of the suite happens in.
type world struct {
	Stores
	*review.Service
	ctx context.Context
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wants(t *testing.T, err, want error, what string) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func (w world) commissioner(t *testing.T, short string) *review.Commissioner {
	t.Helper()
	return must(w.AddCommissioner(w.ctx, Admin, review.Commissioner{Name: "NHS " + short, Short: short, Start: record.Day(2020, 4, 1)}))(t)
}

func (w world) policy(t *testing.T, reference, title string, commissioners ...string) *review.Policy {
	t.Helper()
	return must(w.Create(w.ctx, Lead, review.NewPolicy{Reference: reference, Title: title, Kind: "clinical", Programme: "prog", Commissioners: commissioners, Lead: Lead.ID}))(t)
}

// final issues version 1.0 of a policy that passes every check.
func (w world) final(t *testing.T, p *review.Policy, supersedes ...string) *review.Version {
	t.Helper()
	sections := must(Sections(p.KindID))(t)
	p, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, sections)
	if err != nil {
		t.Fatal(err)
	}
	c := p.Content
	c.Review, c.Supersedes = record.Day(2029, 4, 1), supersedes
	c.Interventions = []review.Intervention{{Name: "Tonsillectomy", Position: review.Restricted, Criteria: review.CriteriaKey, Codes: review.Codes{OPCS4: []string{"F34"}}}}
	p = must(w.SaveDetails(w.ctx, edit(p, ""), c))(t)
	return must(w.Issue(w.ctx, edit(p, ""), "for decision", true))(t)
}

func edit(d record.Document, reason string) record.Edit {
	return record.Edit{By: Lead, ID: d.Header().ID, Revision: d.Header().Revision, Reason: reason}
}

func by(a record.Actor, e record.Edit) record.Edit {
	e.By = a
	return e
}

func (w world) adopt(t *testing.T, v *review.Version, commissioner string, from record.Date, event string) {
	t.Helper()
	source := record.Ref{Kind: "decision", ID: "d-" + v.ID + "-" + commissioner, Revision: 1}
	own, ends, err := w.PlanAdoption(w.ctx, Secretary, review.Adoption{Policy: v.Policy, Version: v.Number, Commissioner: commissioner, From: from, Event: event, Rule: review.ReferredFrom, Source: source})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Stores.Registers.Commit(w.ctx, append(own, ends...)...); err != nil {
		t.Fatal(err)
	}
}

// sameCards wants the cards of a page of policies to say what the policies say, and to end where they end.
func (w world) sameCards(t *testing.T, f review.Filter, after string, list []*review.Policy, next string) {
	t.Helper()
	var want []*review.Card
	for _, p := range list {
		want = append(want, p.Card())
	}
	got, end, err := w.Cards(w.ctx, Lead, f, after)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); err != nil || diff != "" || end != next {
		t.Errorf("%+v: cards end at %q, policies at %q, %v\n%s", f, end, next, err, diff)
	}
}

func testFound(t *testing.T, w world) {
	for i := range 60 {
		w.policy(t, fmt.Sprintf("CP-%02d", i), fmt.Sprintf("Title %02d", i), "c")
	}
	for _, f := range []review.Filter{{Programme: "prog"}, {Lead: Lead.ID}, {Begins: "title"}, {}} {
		seen, after := 0, ""
		for {
			list, next, err := w.List(w.ctx, Lead, f, after)
			if err != nil {
				t.Fatal(err)
			}
			w.sameCards(t, f, after, list, next)
			for _, p := range list {
				if want := fmt.Sprintf("Title %02d", seen); p.Title != want {
					t.Fatalf("%+v: %q at place %d", f, p.Title, seen)
				}
				seen++
			}
			if after = next; next == "" {
				break
			}
		}
		if seen != 60 {
			t.Errorf("%+v found %d, want 60", f, seen)
		}
	}
	for begins, want := range map[string]int{"TITLE 07": 1, "title 4": 10, "cp-5": 10, "CP-07": 1, "cp-077": 0, "CP": 0} {
		for _, programme := range []string{"", "prog"} {
			list, _, err := w.List(w.ctx, Lead, review.Filter{Begins: begins, Programme: programme}, "")
			if err != nil || len(list) != want {
				t.Errorf("%q in programme %q: %d, %v, want %d", begins, programme, len(list), err, want)
			}
		}
	}
	if list, _, err := w.List(w.ctx, record.Actor{}, review.Filter{}, ""); err != nil || len(list) != 0 {
		t.Errorf("the public sees %d drafts, %v", len(list), err)
	}
	if list, _, err := w.Cards(w.ctx, record.Actor{}, review.Filter{}, ""); err != nil || len(list) != 0 {
		t.Errorf("the public sees %d cards, %v", len(list), err)
	}
	if p, err := w.Stores.Policies.BySlug(w.ctx, "title-07"); err != nil || p.Reference != "CP-07" {
		t.Errorf("by address: %v, %v", p, err)
	}
	_, err := w.Stores.Policies.BySlug(w.ctx, "nothing")
	wants(t, err, record.ErrNotFound, "an unknown address")
	_, err = w.Create(w.ctx, Lead, review.NewPolicy{Reference: "CP-07", Title: "Other", Kind: "clinical", Programme: "prog", Commissioners: []string{"c"}})
	wants(t, err, record.ErrConflict, "a reference that is taken")
	if p := w.policy(t, "CP-99", "Title 07", "c"); p.Slug != "title-07-cp-99" {
		t.Errorf("the second of one title has the address %q", p.Slug)
	}
}

func testOneWins(t *testing.T, w world) {
	p := w.policy(t, "CP-1", "Title", "c")
	c := p.Content
	c.Title = "First"
	stale := edit(p, "")
	must(w.SaveDetails(w.ctx, stale, c))(t)
	c.Title = "Second"
	_, err := w.SaveDetails(w.ctx, stale, c)
	wants(t, err, record.ErrConflict, "a stale form")
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	var wait sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range 8 {
		wait.Go(func() {
			c := p.Content
			c.Title = fmt.Sprint("Title ", i)
			if _, err := w.SaveDetails(w.ctx, edit(p, ""), c); err == nil {
				mu.Lock()
				won++
				mu.Unlock()
			} else if !errors.Is(err, record.ErrConflict) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if won != 1 {
		t.Errorf("%d of 8 won", won)
	}
}

func testEditors(t *testing.T, w world) {
	p := w.policy(t, "CP-1", "Title", "c")
	keys := []string{review.SummaryKey, review.EvidenceKey, review.ReasonsKey, review.CodesKey, review.EqualityKey, review.InsteadKey}
	var wait sync.WaitGroup
	for _, key := range keys {
		wait.Go(func() {
			typed := []review.Section{{Key: key, Markdown: "Text of " + key}}
			if _, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, typed); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	now := must(w.Policy(w.ctx, Lead, p.ID))(t)
	for _, key := range keys {
		if got := now.Section(key).Markdown; strings.TrimSpace(got) != "Text of "+key {
			t.Errorf("%s holds %q", key, got)
		}
	}
	if now.Saves != 1+len(keys) {
		t.Errorf("%d saves, want %d", now.Saves, 1+len(keys))
	}
	_, _, err := w.SaveText(w.ctx, edit(p, ""), p.Saves, []review.Section{{Key: review.SummaryKey, Markdown: "Another text of summary"}})
	var merge *review.MergeNeeded
	if !errors.As(err, &merge) || len(merge.Conflicts) == 0 {
		t.Errorf("the same clause changed by two: %v", err)
	}
}

func testVersions(t *testing.T, w world) {
	p := w.policy(t, "CP-1", "Title", "c")
	v := must(w.Issue(w.ctx, edit(p, ""), "first look", false))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	_, err := w.Issue(w.ctx, edit(p, ""), "again", false)
	wants(t, err, record.ErrRule, "issuing what did not change")
	_, err = w.Issue(w.ctx, edit(p, ""), "for decision", true)
	wants(t, err, record.ErrRule, "a final version of an empty draft")
	if got := w.final(t, p); got.Number != (review.Number{Major: 1}) || !got.Final {
		t.Errorf("final version: %+v", got.Mark)
	}
	list, next, err := w.List(w.ctx, Lead, review.Filter{}, "")
	if err != nil || len(list) != 1 || len(list[0].Issued) != 2 {
		t.Fatalf("listed %d, %v; want one with two versions", len(list), err)
	}
	w.sameCards(t, review.Filter{}, "", list, next)
	got := must(w.ReadVersion(w.ctx, Lead, p.ID, v.Number))(t)
	if got.Number != (review.Number{Minor: 1}) || got.Note != "first look" || got.Section(review.SummaryKey).Markdown != "" {
		t.Errorf("version 0.1 reads %+v", got)
	}
	if s := must(w.ReadSave(w.ctx, Lead, p.ID, 2))(t); s.Number != 2 || s.Section(review.SummaryKey).Markdown == "" || len(s.Anchors) == 0 {
		t.Errorf("save 2 reads %+v", s)
	}
	_, err = w.ReadSave(w.ctx, Lead, p.ID, 99)
	wants(t, err, record.ErrNotFound, "a save that is not there")
	_, err = w.ReadSave(w.ctx, record.Actor{}, p.ID, 1)
	wants(t, err, record.ErrForbidden, "a save, by the public")
}

func testDrafts(t *testing.T, w world) {
	p := w.policy(t, "CP-1", "Title", "c")
	for _, text := range []string{"half a sen", "half a sentence"} {
		d := review.Draft{Policy: p.ID, Save: p.Saves, Sections: []review.Section{{Key: review.SummaryKey, Markdown: text}}}
		if err := w.Autosave(w.ctx, Lead, d); err != nil {
			t.Fatal(err)
		}
	}
	if d, ok, err := w.Unsaved(w.ctx, Lead, p.ID); err != nil || !ok || d.Sections[0].Markdown != "half a sentence" {
		t.Errorf("unsaved: %+v, %t, %v", d, ok, err)
	}
	for range 2 {
		if err := w.Discard(w.ctx, Lead, p.ID); err != nil {
			t.Error(err)
		}
	}
	if _, ok, err := w.Unsaved(w.ctx, Lead, p.ID); ok || err != nil {
		t.Errorf("after discarding: %t, %v", ok, err)
	}
	p = must(w.AddFile(w.ctx, edit(p, ""), `C:\forms\Referral <form>.exe`, "Referral form", strings.NewReader("%PDF-1.7 form")))(t)
	f, r, err := w.OpenFile(w.ctx, Lead, p.ID, p.Files[0].ID)
	if err != nil || f.Name != "Referral form.pdf" || f.Type != "application/pdf" {
		t.Fatalf("opening: %+v, %v", f, err)
	}
	data, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil || !bytes.Equal(data, []byte("%PDF-1.7 form")) {
		t.Errorf("file holds %q, %v", data, err)
	}
	_, err = w.AddFile(w.ctx, edit(p, ""), "a.html", "Page", strings.NewReader("<html><script>alert(1)</script>"))
	wants(t, err, record.ErrRule, "a web page")
	p = must(w.RemoveFile(w.ctx, edit(p, ""), p.Files[0].ID))(t)
	if len(p.Files) != 0 || p.Saves != 3 {
		t.Errorf("after removing: %+v, %d saves", p.Files, p.Saves)
	}
}
