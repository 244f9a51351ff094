package importpages

import (
	"context"
	"log/slog"
	"sync"
)

// Jobs reads and runs imports, one at a time, beside the answering of requests. Whoever starts the program owns it: Run
// ends when its context does, after the text that is coming in at that moment.
type Jobs struct {
	Log *slog.Logger

	mu    sync.Mutex
	busy  map[string]chan struct{} // by import: closed when its work is done
	queue chan job
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
	return &Jobs{Log: log, busy: map[string]chan struct{}{}, queue: make(chan job, waiting)}
}

// Run does what is asked for until ctx ends.
func (j *Jobs) Run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case next := <-j.queue:
			if err := next.work(ctx); err != nil {
				j.Log.ErrorContext(ctx, "import stopped", slog.String("import", next.id), slog.String("error", err.Error()))
			}
			j.mu.Lock()
			delete(j.busy, next.id)
			j.mu.Unlock()
			close(next.done)
		}
	}
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
