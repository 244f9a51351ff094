package access_test

import (
	"context"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

// Whatever administrators do to each other, one who can sign in is left, no account is without a role, and every refusal
// is a deliberate one.
func TestSomebodyAlwaysManages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		h := newHouse()
		var people []*access.Account
		for _, name := range []string{"Ann", "Ben", "Cat"} {
			people = append(people, accesstest.Named(t, h.Service, name, access.Administrator))
		}
		for range rapid.IntRange(1, 25).Draw(r, "acts") {
			by := rapid.SampledFrom(people).Draw(r, "by")
			whom := load(r, h, rapid.SampledFrom(people).Draw(r, "whom").ID)
			e := edit(load(r, h, by.ID).Actor(), whom)
			if load(r, h, by.ID).Disabled {
				continue // has no session
			}
			role := rapid.SampledFrom([]access.Role{access.Administrator, access.Clinician}).Draw(r, "role")
			err := rapid.SampledFrom([]func() error{
				func() error { return second(h.Disable(ctx, e)) },
				func() error { return second(h.Enable(ctx, e)) },
				func() error { return second(h.Give(ctx, e, role, nil)) },
				func() error { return second(h.Take(ctx, e, record.Grant{Role: string(role)})) },
				func() error { return second(h.SendLink(ctx, e)) },
			}).Draw(r, "act")()
			if err != nil && !errors.Is(err, record.ErrRule) && !errors.Is(err, record.ErrForbidden) && !errors.Is(err, record.ErrNotFound) {
				r.Fatalf("an unforeseen refusal: %v", err)
			}
			managing, err := h.store.Managing(ctx, 10)
			if err != nil || len(managing) == 0 {
				r.Fatalf("nobody manages any more: %v", err)
			}
			if a := load(r, h, whom.ID); len(a.Grants) == 0 {
				r.Fatal("an account without a role")
			}
		}
	})
}

func load(r *rapid.T, h house, id string) *access.Account {
	a, err := h.store.Load(context.Background(), id)
	if err != nil {
		r.Fatal(err)
	}
	return a
}
