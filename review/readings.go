package review

import (
	"sync"

	"concordat/review/clause"
)

// mostRead bounds the Markdown whose readings are remembered, in bytes: some 3,000 local policies, twice.
const mostRead = 16 << 20

// Readings remembers how texts were read, so that after a re-import only the text that is new is read again. It is safe
// for use by many goroutines, and the zero Readings is empty; a nil one remembers nothing. What it gives is shared and
// must not be changed.
type Readings struct {
	mu          sync.Mutex
	now, before map[string]clause.Reading // by Markdown; before is what was remembered until now grew too large
	size        int                       // bytes of Markdown in now
}

// of reads a text, or remembers how it was read.
func (r *Readings) of(markdown string) clause.Reading {
	if r == nil {
		return clause.Parse(markdown).Criteria()
	}
	if x, ok := r.remembered(markdown); ok {
		return x
	}
	x := clause.Parse(markdown).Criteria()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keep(markdown, x)
	return x
}

func (r *Readings) remembered(markdown string) (clause.Reading, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if x, ok := r.now[markdown]; ok {
		return x, true
	}
	x, ok := r.before[markdown]
	if ok {
		r.keep(markdown, x)
	}
	return x, ok
}

func (r *Readings) keep(markdown string, x clause.Reading) {
	if r.now == nil || r.size+len(markdown) > mostRead {
		r.before, r.now, r.size = r.now, map[string]clause.Reading{}, 0
	}
	r.now[markdown] = x
	r.size += len(markdown)
}
