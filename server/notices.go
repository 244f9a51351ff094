package main

import (
	"context"
	"log/slog"
	"time"

	"concordat/review/decision"
	"concordat/server/internal/services"
)

// noticeEvery is how often it is looked whether commissioners are to be told of a decision. Notices are of days, so an
// hour is soon enough.
const noticeEvery = time.Hour

// notifier tells commissioners when their decisions are due. Every server may run one: each notice is made once.
func (a *app) notifier() *decision.Notifier {
	return &decision.Notifier{Meetings: a.Decisions.Meetings, Decisions: a.Decisions.Decisions, Register: services.Register{Reviews: a.Review},
		Notices: a.Decisions.Notices, People: a.base.Contacts(), Sender: decision.Sender{Name: a.cfg.Service, PublicURL: a.cfg.PublicURL}, Now: a.now}
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
