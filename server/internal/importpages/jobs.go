package importpages

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
)

// Jobs reads and runs imports, one at a time, beside the answering of requests. Whoever starts the program owns it: Run
// ends when its context does, after the text that is coming in at that moment.
type Jobs struct {
	Log *slog.Logger

	mu     sync.Mutex
	busy   map[string]chan struct{} // by import: closed when its work is done
	failed map[string]bool          // imports whose last work ended in an error
	queue  chan job
}

type job struct {
	id   string
	work func(ctx context.Context) error
	done chan struct{}
}

// waiting is how many imports may wait for their turn.
const waiting = 100

// NewJobs has nothing to do yet.
func NewJobs(log *slog.Logger) *Jobs {
	return &Jobs{Log: log, busy: map[string]chan struct{}{}, failed: map[string]bool{}, queue: make(chan job, waiting)}
}

// Run does what is asked for until ctx ends.
func (j *Jobs) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-j.queue:
			err := next.do(ctx)
			if err != nil {
				j.Log.ErrorContext(ctx, "import stopped", slog.String("import", next.id), slog.String("error", err.Error()))
			}
			j.end(next, err)
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

func (j *Jobs) end(x job, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.busy, x.id)
	delete(j.failed, x.id)
	if err != nil {
		j.failed[x.id] = true
	}
	close(x.done)
}

// Do asks for work on an import. The channel is closed when it is done; work that is asked for twice is done once. It
// is nil when too much waits already: whoever asked can ask again.
func (j *Jobs) Do(id string, work func(ctx context.Context) error) <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if done, ok := j.busy[id]; ok {
		return done
	}
	done := make(chan struct{})
	select {
	case j.queue <- job{id, work, done}:
		j.busy[id] = done
		return done
	default:
		return nil
	}
}

// Busy tells whether this process is at work on an import, or will be.
func (j *Jobs) Busy(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, ok := j.busy[id]
	return ok
}

// Failed tells whether this process's last work on an import ended in an error, which stands in the log.
func (j *Jobs) Failed(id string) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failed[id]
}
