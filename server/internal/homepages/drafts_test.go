package homepages

import (
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
)

func TestBlocksFollowTheDraft(t *testing.T) {
	p := &Pages{Site: &page.Site{Now: func() time.Time { return time.Date(2027, 3, 18, 9, 0, 0, 0, time.UTC) }}}
	kind := review.Kinds[0]
	x := &review.Policy{Head: record.Head{ID: "p1", Revision: 1}, KindID: kind.ID}
	other := &review.Policy{Head: record.Head{ID: "p2", Revision: 1}, KindID: "unknown"}
	count := func(x *review.Policy) (n int) {
		for _, f := range review.Check(x, p.Site.Now()) {
			if f.Grade == review.Block {
				n++
			}
		}
		return n
	}
	for _, when := range []string{"first", "again"} {
		if got, want := p.blocks(x), count(x); got != want {
			t.Errorf("%s: %d checks, want %d", when, got, want)
		}
		if got := p.blocks(other); got != 1 {
			t.Errorf("%s: another policy has %d checks, want 1", when, got)
		}
	}
	before := p.blocks(x)
	x.Review, x.Effective, x.Revision = record.Day(2027, 1, 1), record.Day(2028, 1, 1), 2
	if got := p.blocks(x); got != before+1 {
		t.Errorf("after a save with a review before the effective date: %d checks, want %d", got, before+1)
	}
	for i := range mostDrafts + 5 {
		p.blocks(&review.Policy{Head: record.Head{ID: "p3", Revision: int64(i)}, KindID: "unknown"})
	}
	if n := len(p.checked.kept); n > mostDrafts {
		t.Errorf("%d drafts are remembered, want at most %d", n, mostDrafts)
	}
}
