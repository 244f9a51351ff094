package session

import (
	"context"
	"log/slog"
	"time"

	"concordat/server/internal/stores"
)

// SweepEvery is how often what has ended is forgotten.
const SweepEvery = 10 * time.Minute

// keepAttempts is how much longer than it matters a note of attempts is kept: longer than clocks of servers differ.
const keepAttempts = time.Hour

// Sweeper forgets sessions that have ended and old notes of attempts. Every server may run one.
type Sweeper struct {
	Sessions *stores.Sessions
	Attempts *stores.Accounts
	Now      func() time.Time
	Log      *slog.Logger
}

// Run sweeps until the context ends.
func (s *Sweeper) Run(ctx context.Context) {
	tick := time.NewTicker(SweepEvery)
	defer tick.Stop()
	for {
		if err := s.Once(ctx); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "sessions not swept", slog.String("error", err.Error()))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Once sweeps a page of each; what is left is for the next time.
func (s *Sweeper) Once(ctx context.Context) error {
	now := s.Now()
	if _, err := s.Sessions.Sweep(ctx, now); err != nil {
		return err
	}
	_, err := s.Attempts.SweepAttempts(ctx, now.Add(-keepAttempts))
	return err
}
