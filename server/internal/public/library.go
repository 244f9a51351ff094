package public

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"concordat/web/view"
)

// generation is the counter that is raised by whatever alters something public.
const generation = "public"

// Library is what the public reads, kept ready. Its methods are safe for use by many goroutines.
type Library struct {
	Sources
	Site
	current atomic.Pointer[Snapshot]
	making  sync.Mutex // one at a time makes a snapshot
	entries entries
}

// New makes an empty library: Refresh fills it.
func New(sources Sources, site Site) *Library {
	return &Library{Sources: sources, Site: site}
}

// Refresh reads the facts anew if something public changed since they were read.
func (l *Library) Refresh(ctx context.Context) error {
	n, err := l.Counter.Counter(ctx, generation)
	if err != nil {
		return fmt.Errorf("looking at what is public: %w", err)
	}
	before := l.current.Load()
	if before != nil && before.generation == n {
		return nil
	}
	l.making.Lock()
	defer l.making.Unlock()
	// The counter was read before the facts: whatever is changed meanwhile raises it again.
	var old *facts
	if before != nil {
		old = before.facts
	}
	f, err := l.read(ctx, n, old)
	if err != nil {
		return err
	}
	l.current.Store(f.at(l.Now()))
	return nil
}

// Snapshot is what is public at this moment. It is nil before the first Refresh. When a date has come since the last
// one was made, it is made anew here: no job has to run for it.
func (l *Library) Snapshot() *Snapshot {
	s := l.current.Load()
	if s == nil || s.Holds(l.Now()) {
		return s
	}
	l.making.Lock()
	defer l.making.Unlock()
	if s = l.current.Load(); s.Holds(l.Now()) {
		return s // somebody else has just made it
	}
	s = s.at(l.Now())
	l.current.Store(s)
	return s
}

// lookEvery is how often a server asks whether something public changed: two servers agree within twice that.
const lookEvery = time.Second

// Run looks for changes until the context ends.
func (l *Library) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := l.Refresh(ctx); err != nil && ctx.Err() == nil {
			l.Log.ErrorContext(ctx, "public pages are not refreshed", slog.String("error", err.Error()))
		}
	}
}

func (l *Library) frame(title, section string) view.Frame { return l.Frame(title, section) }
