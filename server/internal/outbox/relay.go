// Package outbox is about sending the messages that commits have put into the outbox: late rather than never, and as a
// rule once.
package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"concordat/server/internal/stores"
)

// How the relay works.
const (
	Every      = 2 * time.Second // how often it looks
	lease      = 5 * time.Minute // how long a claimed message is kept from other servers
	atOnce     = 20
	firstRetry = time.Minute
	longest    = 6 * time.Hour
	giveUp     = 7 * 24 * time.Hour // links in messages have stopped working by then
)

// ErrPermanent says that a message will never be taken: there is no such address.
var ErrPermanent = errors.New("the message is refused for good")

// Sender sends one message. An ErrPermanent is not tried again.
type Sender interface {
	Send(ctx context.Context, m stores.Message) error
}

// Relay sends what is due.
type Relay struct {
	Messages *stores.Messages
	Sender   Sender
	Now      func() time.Time
	Log      *slog.Logger
}

// Run sends until the context ends, and returns when nothing is being sent any more.
func (r *Relay) Run(ctx context.Context) {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		if err := r.Once(ctx); err != nil && ctx.Err() == nil {
			r.Log.ErrorContext(ctx, "outbox not read", slog.String("error", err.Error()))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// Once sends what is due now.
func (r *Relay) Once(ctx context.Context) error {
	now := r.Now()
	list, err := r.Messages.Claim(ctx, now, now.Add(lease), atOnce)
	if err != nil {
		return err
	}
	for _, m := range list {
		// When the program stops, what was claimed is tried again after the lease.
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.send(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

func (r *Relay) send(ctx context.Context, m stores.Message) error {
	err := r.Sender.Send(ctx, m)
	now := r.Now()
	switch {
	case err == nil:
		m.Sent, m.Due = now, time.Time{}
		// Links in it may still work: who reads the store must not find them.
		m.Text = ""
	case errors.Is(err, ErrPermanent):
		m.Attempts++
		m.Due, m.Text = time.Time{}, ""
	default:
		m.Attempts++
		m.Due = retryAt(m, now)
		if m.Due.IsZero() {
			m.Text = ""
		}
	}
	if err != nil {
		r.Log.WarnContext(ctx, "message not sent", slog.String("id", m.ID), slog.Int("attempts", m.Attempts), slog.Bool("given_up", m.Due.IsZero()))
	}
	// The mail server has it: this must be noted even when the program is being stopped, or it would be sent twice.
	return r.Messages.Save(context.WithoutCancel(ctx), m)
}

// retryAt is a minute after the first failure, then twice as long each time; zero when it is too late to go on.
func retryAt(m stores.Message, now time.Time) time.Time {
	if now.Sub(m.Written) > giveUp {
		return time.Time{}
	}
	wait := longest
	if m.Attempts < 10 {
		wait = min(firstRetry<<(m.Attempts-1), longest)
	}
	return now.Add(wait)
}
