package access

import (
	"context"
	"sync"
	"time"
)

// How many passphrases of one address are verified at once, and how many may wait for their turn. Verifying is costly:
// a flood from one address waits for itself, and the others hardly for it.
const (
	turnsAtOnce  = 2
	turnsWaiting = 300
)

// turns lets few in at once under one key; the rest wait. The zero turns is ready. It knows of this process only.
type turns struct {
	mu    sync.Mutex
	doors map[string]*door
}

type door struct {
	inside chan struct{}
	users  int // inside or waiting
}

// enter waits for a turn, which leave ends. It refuses with a Slowed when too many wait already.
func (t *turns) enter(ctx context.Context, key string) (leave func(), err error) {
	d := t.join(key)
	if d == nil {
		return nil, &Slowed{Wait: 10 * time.Second}
	}
	select {
	case d.inside <- struct{}{}:
		return func() {
			<-d.inside
			t.quit(key, d)
		}, nil
	case <-ctx.Done():
		t.quit(key, d)
		return nil, ctx.Err()
	}
}

func (t *turns) join(key string) *door {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.doors[key]
	if d == nil {
		d = &door{inside: make(chan struct{}, turnsAtOnce)}
	}
	if d.users >= turnsAtOnce+turnsWaiting {
		return nil
	}
	if t.doors == nil {
		t.doors = map[string]*door{}
	}
	d.users++
	t.doors[key] = d
	return d
}

func (t *turns) quit(key string, d *door) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if d.users--; d.users == 0 {
		delete(t.doors, key)
	}
}
