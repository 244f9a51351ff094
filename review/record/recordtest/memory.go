// Package recordtest keeps documents of all kinds in memory, as the stores of tests need it: a commit is whole, what is
// stale or taken is refused, and what is read is a copy.
package recordtest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"concordat/review/record"
)

// Memory keeps documents. The zero value is empty. Stores embed it and read by Load and Where.
type Memory struct {
	mu   sync.Mutex
	docs map[record.Ref]kept // keys have no revision
}

type kept struct {
	revision int64
	body     []byte
	unique   map[string]string
}

// Uniques gives the values of a document that no other of its kind may have, by index; "" may stand in many.
type Uniques func(record.Document) map[string]string

// Held is a Memory, or whatever embeds one.
type Held interface{ memory() *Memory }

func (m *Memory) memory() *Memory { return m }

func place(kind, id string) record.Ref { return record.Ref{Kind: kind, ID: id} }

// Commit saves the writes and what their events keep, all or nothing.
func (m *Memory) Commit(_ context.Context, writes ...record.Write) error {
	return m.CommitUnique(func(record.Document) map[string]string { return nil }, writes...)
}

// CommitUnique is Commit for documents with values that no other may have: what is taken is a record.Taken.
func (m *Memory) CommitUnique(of Uniques, writes ...record.Write) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	fresh := map[record.Ref]kept{}
	for _, w := range writes {
		if err := m.write(fresh, of, w); err != nil {
			return err
		}
	}
	if err := m.checkUnique(fresh); err != nil {
		return err
	}
	if m.docs == nil {
		m.docs = map[record.Ref]kept{}
	}
	for ref, k := range fresh {
		m.docs[ref] = k
	}
	return nil
}

func (m *Memory) write(fresh map[record.Ref]kept, of Uniques, w record.Write) error {
	if w.Expect != nil {
		return m.meets(fresh, *w.Expect)
	}
	h := w.Doc.Header()
	if err := m.meets(fresh, record.Ref{Kind: w.Doc.Kind(), ID: h.ID, Revision: w.Was}); err != nil {
		return err
	}
	for _, d := range append([]record.Document{w.Doc}, w.Event.Keep...) {
		if d != w.Doc {
			if err := m.meets(fresh, record.Ref{Kind: d.Kind(), ID: d.Header().ID}); err != nil {
				return err
			}
		}
		d.Header().Schema = 1
		body, err := json.Marshal(d)
		if err != nil {
			return err
		}
		fresh[place(d.Kind(), d.Header().ID)] = kept{d.Header().Revision, body, of(d)}
	}
	return nil
}

func (m *Memory) meets(fresh map[record.Ref]kept, ref record.Ref) error {
	now, ok := fresh[place(ref.Kind, ref.ID)]
	if !ok {
		now = m.docs[place(ref.Kind, ref.ID)]
	}
	if now.revision != ref.Revision {
		return &record.Stale{Ref: ref, Kept: now.revision}
	}
	return nil
}

func (m *Memory) checkUnique(fresh map[record.Ref]kept) error {
	for ref, k := range fresh {
		for other, o := range m.docs {
			if now, ok := fresh[other]; ok {
				o = now
			}
			for index, value := range k.unique {
				if other != ref && other.Kind == ref.Kind && value != "" && o.unique[index] == value {
					return &record.Taken{Kind: ref.Kind, Index: index}
				}
			}
		}
	}
	return nil
}

// Load gives a copy of one; ErrNotFound when there is none.
func Load[T any, D interface {
	*T
	record.Document
}](in Held, id string) (D, error) {
	m := in.memory()
	m.mu.Lock()
	defer m.mu.Unlock()
	d := D(new(T))
	k, ok := m.docs[place(d.Kind(), id)]
	if !ok {
		return nil, fmt.Errorf("%s %s: %w", d.Kind(), id, record.ErrNotFound)
	}
	return d, json.Unmarshal(k.body, d)
}

// Where gives copies of the documents that match, in the order of key and id.
func Where[T any, D interface {
	*T
	record.Document
}](in Held, key func(D) string, match func(D) bool) ([]D, error) {
	m := in.memory()
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []D
	for ref, k := range m.docs {
		d := D(new(T))
		if ref.Kind != d.Kind() {
			continue
		}
		if err := json.Unmarshal(k.body, d); err != nil {
			return nil, err
		}
		if match(d) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b D) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a.Header().ID, b.Header().ID))
	})
	return out, nil
}
