// Package job is about long work beside the answering of requests. How far it came stands in the document that it is on,
// with each step's commit: after a crash whoever asks again goes on from there, and meanwhile nothing is busy with it.
package job

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// Runner does what is asked for, one job at a time. Whoever starts the program owns it: Run ends when its context does,
// after the step that is being made at that moment.
type Runner struct {
	Log *slog.Logger

	mu     sync.Mutex
	busy   map[Subject]chan struct{} // by subject: closed when its work is done
	failed map[Subject]bool          // subjects whose last work ended in an error
	queue  chan job
}

// Subject is the document that a job is on.
type Subject struct{ Kind, ID string }

type job struct {
	on   Subject
	work func(ctx context.Context) error
	done chan struct{}
}

// waiting is how many jobs may wait for their turn.
const waiting = 100

// NewRunner has nothing to do yet.
func NewRunner(log *slog.Logger) *Runner {
	return &Runner{Log: log, busy: map[Subject]chan struct{}{}, failed: map[Subject]bool{}, queue: make(chan job, waiting)}
}

// Run does what is asked for until ctx ends.
func (r *Runner) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-r.queue:
			err := next.do(ctx)
			if err != nil {
				r.Log.ErrorContext(ctx, "a job stopped", slog.String("kind", next.on.Kind), slog.String("id", next.on.ID), slog.String("error", err.Error()))
			}
			r.end(next, err)
		}
	}
}

// do does the work. Files of strangers are read in it: a reader that panics ends this work, and not the program.
func (x job) do(ctx context.Context) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
		}
	}()
	return x.work(ctx)
}

func (r *Runner) end(x job, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.busy, x.on)
	delete(r.failed, x.on)
	if err != nil {
		r.failed[x.on] = true
	}
	close(x.done)
}

// Do asks for work on a document. The channel is closed when it is done; work that is asked for twice
// is done once. It is nil when too much waits already: whoever asked can ask again.
func (r *Runner) Do(on Subject, work func(ctx context.Context) error) <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	if done, ok := r.busy[on]; ok {
		return done
	}
	done := make(chan struct{})
	select {
	case r.queue <- job{on, work, done}:
		r.busy[on] = done
		return done
	default:
		return nil
	}
}

// Busy tells whether this process is at work on a document, or will be.
func (r *Runner) Busy(on Subject) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, ok := r.busy[on]
	return ok
}

// Failed tells whether this process's last work on a document ended in an error, which stands in the log.
func (r *Runner) Failed(on Subject) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed[on]
}
