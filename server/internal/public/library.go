package public

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"concordat/review/record"
	"concordat/web/view"
)

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
	raised, err := l.Counter.Counters(ctx, string(record.Public))
	if err != nil {
		return fmt.Errorf("looking at what is public: %w", err)
	}
	if before := l.current.Load(); before != nil && maps.Equal(before.raised, raised) {
		return nil
	}
	l.making.Lock()
	defer l.making.Unlock()
	// The counters were read before the facts: whatever is changed meanwhile raises one again.
	var old *facts
	if before := l.current.Load(); before != nil {
		old = before.facts
	}
	f, err := l.read(ctx, raised, old)
	if err != nil {
		return err
	}
	if before := l.current.Load(); before != nil && before.stamp == f.stamp { // nothing that is public, or nothing that shows
		same := *before
		same.facts = f
		l.current.Store(&same)
		return nil
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
