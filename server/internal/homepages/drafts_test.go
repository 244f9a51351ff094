package homepages

import (
	"context"
	"strconv"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
)

// onePolicy has one policy and counts how often it is read.
type onePolicy struct {
	Policies
	policy *review.Policy
	reads  int
}

func (s *onePolicy) Policy(context.Context, record.Actor, string) (*review.Policy, error) {
	s.reads++
	return s.policy, nil
}

func TestBlocksFollowTheDraft(t *testing.T) {
	t.Parallel()
	x := &review.Policy{Head: record.Head{ID: "p1", Revision: 1}, KindID: review.Kinds[0].ID}
	kept := &onePolicy{policy: x}
	p := &Pages{Site: &page.Site{Now: func() time.Time { return time.Date(2027, 3, 18, 9, 0, 0, 0, time.UTC) }}, Policies: kept}
	blocks := func() int {
		t.Helper()
		n, err := p.blocks(t.Context(), record.Actor{}, x.Card())
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	want := 0
	for _, f := range review.Check(x, p.Site.Now()) {
		if f.Grade == review.Block {
			want++
		}
	}
	if first, again := blocks(), blocks(); want == 0 || first != want || again != want || kept.reads != 1 {
		t.Errorf("%d checks, then %d, want %d; read %d times, want once", first, again, want, kept.reads)
	}
	x.Review, x.Effective, x.Revision = record.Day(2027, 1, 1), record.Day(2028, 1, 1), 2
	if got := blocks(); got != want+1 {
		t.Errorf("after a save with a review before the effective date: %d checks, want %d", got, want+1)
	}
	for i := range mostDrafts + 5 {
		x.ID, x.KindID = "other "+strconv.Itoa(i), "unknown"
		if got := blocks(); got != 1 {
			t.Fatalf("%s has %d checks, want 1", x.ID, got)
		}
	}
	if n := len(p.checked.kept); n > mostDrafts {
		t.Errorf("%d drafts are remembered, want at most %d", n, mostDrafts)
	}
}
