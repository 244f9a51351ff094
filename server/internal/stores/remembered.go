package stores

import (
	"context"
	"slices"
	"sync"

	"concordat/review/record"
)

// mostRemembered is how many lists are remembered: of the programmes and policies of those who are at work.
const mostRemembered = 1000

// remembered keeps lists by what they are about, such as a programme, until their generation is raised: what changes them
// does so in the commit itself, whichever process makes it.
type remembered[T any] struct {
	of record.Generation

	mu   sync.Mutex
	kept map[string]listAt[T]
}

type listAt[T any] struct {
	generation int64 // read before the list, so that the list is never older than it
	list       []T
}

// list gives what is remembered about something, or reads it. The list is the caller's own.
func (m *remembered[T]) list(ctx context.Context, k *Keeper, about string, read func(ctx context.Context, about string) ([]T, error)) ([]T, error) {
	lists, err := m.lists(ctx, k, []string{about}, read)
	return lists[about], err
}

// lists are those about each of several things, for which it is looked only once whether something changed.
func (m *remembered[T]) lists(ctx context.Context, k *Keeper, about []string, read func(ctx context.Context, about string) ([]T, error)) (map[string][]T, error) {
	generation, err := k.Docs.Counter(ctx, string(m.of))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]T, len(about))
	for _, x := range about {
		if out[x], err = m.at(ctx, generation, x, read); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (m *remembered[T]) at(ctx context.Context, generation int64, about string, read func(ctx context.Context, about string) ([]T, error)) ([]T, error) {
	m.mu.Lock()
	x, ok := m.kept[about]
	m.mu.Unlock()
	if ok && x.generation == generation {
		return slices.Clone(x.list), nil
	}
	list, err := read(ctx, about)
	if err != nil {
		return nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept == nil || len(m.kept) >= mostRemembered {
		m.kept = map[string]listAt[T]{}
	}
	m.kept[about] = listAt[T]{generation, slices.Clone(list)}
	return list, nil
}
