package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// A saving is a group on its way into the database, tried until it is there, refused, or late.
//
// It can be tried again at any time without being done twice. The servers remember a commit by its session and number:
// one whose answer was lost is asked for again under them, and says what became of it. What was not sent to be committed
// is done anew under the next number, which ends the transaction before, also on a server that was frozen meanwhile.
type saving struct {
	store   *Store
	session *mongo.Session
	jobs    []*docstore.Job
	answers []error
	sent    bool // to be committed, and no answer came
}

// The driver's labels of errors.
const (
	transient = "TransientTransactionError"      // nothing was saved, and it may be tried again
	unknown   = "UnknownTransactionCommitResult" // it may be asked for again
)

func (x *saving) run(ctx context.Context) ([]error, error) {
	wait := 5 * time.Millisecond
	for {
		err := x.try(ctx)
		if err == nil {
			return x.answers, nil
		}
		if !x.sent && !again(err) || ctx.Err() != nil {
			return nil, x.failure(err)
		}
		select {
		case <-ctx.Done():
			return nil, x.failure(err)
		case <-time.After(wait):
			wait = min(2*wait, 500*time.Millisecond)
		}
	}
}

func (x *saving) failure(err error) error {
	if x.sent {
		return fmt.Errorf("committing: %w: %w", record.ErrUnknown, err)
	}
	return fmt.Errorf("saving a group of %d commits: %w", len(x.jobs), err)
}

func (x *saving) try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, attemptLimit)
	defer cancel()
	if !x.sent {
		if err := x.write(ctx); err != nil {
			return err
		}
	}
	err := x.session.CommitTransaction(ctx)
	x.sent = err != nil && !answered(err)
	return err
}

func (x *saving) write(ctx context.Context) (err error) {
	err = x.session.StartTransaction(options.Transaction().SetReadConcern(readconcern.Snapshot()).
		SetWriteConcern(durable()).SetReadPreference(readpref.Primary()))
	if err != nil {
		return err
	}
	x.answers, err = x.store.inTransaction(mongo.NewSessionContext(ctx, x.session), x.jobs)
	if err != nil {
		abort(ctx, x.session)
	}
	return err
}

// answered tells that a server said that nothing was committed.
func answered(err error) bool {
	var said mongo.LabeledError
	if !errors.As(err, &said) {
		return false
	}
	var refused mongo.ServerError
	return said.HasErrorLabel(transient) || errors.As(err, &refused) && !said.HasErrorLabel(unknown) &&
		!mongo.IsNetworkError(err) && !mongo.IsTimeout(err)
}

// again tells that what failed before it was sent to be committed may be done once more.
func again(err error) bool {
	var said mongo.LabeledError
	return errors.As(err, &said) && said.HasErrorLabel(transient) || mongo.IsNetworkError(err) || mongo.IsTimeout(err) ||
		errors.Is(err, context.DeadlineExceeded)
}

func abort(ctx context.Context, session *mongo.Session) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortLimit)
	defer cancel()
	_ = session.AbortTransaction(ctx)
}

func end(ctx context.Context, session *mongo.Session) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), abortLimit)
	defer cancel()
	session.EndSession(ctx)
}
