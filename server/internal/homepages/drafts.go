package homepages

import (
	"context"
	"sync"

	"concordat/review"
	"concordat/review/record"
)

// mostDrafts is how many drafts are remembered: those of a large programme, each opened by its lead.
const mostDrafts = 1000

// checkedDrafts remembers how many checks stand against a draft. What a check says follows from the policy as it was
// saved and from the day, so neither another person nor another visit needs to read the texts again.
type checkedDrafts struct {
	mu   sync.Mutex
	kept map[checkedDraft]int
}

type checkedDraft struct {
	policy   string
	revision int64
	day      record.Date
}

// blocks counts the checks that stand against a final version of a draft.
func (p *Pages) blocks(ctx context.Context, by record.Actor, c *review.Card) (int, error) {
	now := p.Site.Now()
	key := checkedDraft{policy: c.ID, revision: c.Revision, day: record.DateOf(now)}
	if n, ok := p.checked.of(key); ok {
		return n, nil
	}
	x, err := p.Policies.Policy(ctx, by, c.ID)
	if err != nil {
		return 0, err
	}
	key.revision = x.Revision // it may have been saved since the card was read
	n := 0
	for _, f := range review.Check(x, now) {
		if f.Grade == review.Block {
			n++
		}
	}
	p.checked.keep(key, n)
	return n, nil
}

func (c *checkedDrafts) of(key checkedDraft) (n int, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, ok = c.kept[key]
	return n, ok
}

func (c *checkedDrafts) keep(key checkedDraft, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= mostDrafts {
		c.kept = map[checkedDraft]int{}
	}
	c.kept[key] = n
}
