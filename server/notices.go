package main

import (
	"context"
	"log/slog"
	"time"

	"concordat/review/access"
	"concordat/review/decision"
	"concordat/server/internal/stores"
	"concordat/server/internal/wire"
)

// noticeEvery is how often it is looked whether commissioners are to be told of a decision. Notices are of days, so an
// hour is soon enough.
const noticeEvery = time.Hour

// notifier tells commissioners when their decisions are due. Every server may run one: each notice is made once.
func (a *app) notifier() *decision.Notifier {
	return &decision.Notifier{Meetings: a.decisions.Meetings, Decisions: a.decisions.Decisions, Register: wire.Register{Reviews: a.review},
		Notices: a.decisions.Notices, People: contacts{a}, Sender: decision.Sender{Name: a.cfg.Service, PublicURL: a.cfg.PublicURL}, Now: a.now}
}

// notify sweeps until the context ends.
func (a *app) notify(ctx context.Context) {
	n, tick := a.notifier(), time.NewTicker(noticeEvery)
	defer tick.Stop()
	for {
		if err := n.Sweep(ctx); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "notices not made", slog.String("error", err.Error()))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// contacts are the people whom the permission table lets be told of a commissioner's decisions, if they can sign in.
type contacts struct{ *app }

// Told gives every commissioner by its id.
func (t contacts) Told(ctx context.Context) (map[string]decision.Place, error) {
	list, err := t.review.AllCommissioners(ctx)
	if err != nil {
		return nil, err
	}
	people, err := everybody(ctx, stores.NewAccounts(t.keeper))
	if err != nil {
		return nil, err
	}
	out := map[string]decision.Place{}
	for _, c := range list {
		p := decision.Place{Name: c.Short}
		for _, a := range people {
			if !a.Disabled && !a.Joined.IsZero() && access.May(a.Actor(), access.DecisionNotice, access.For(c.ID)) {
				p.To = append(p.To, decision.Recipient{Name: a.Name, Email: a.Email})
			}
		}
		out[c.ID] = p
	}
	return out, nil
}

// everybody walks all accounts, by name.
func everybody(ctx context.Context, accounts *stores.Accounts) (out []*access.Account, err error) {
	for after := ""; ; {
		list, next, err := accounts.List(ctx, "", after, 200)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if after = next; next == "" {
			return out, nil
		}
	}
}
