// Package reviewtest keeps policies and what belongs to them in memory, builds them for tests, and checks what every
// store of them must do.
package reviewtest

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"concordat/review"
	"concordat/review/record"
)

// Memory keeps documents in memory. The zero value is empty. Policies, Registers and the others are views of it.
type Memory struct {
	mu     sync.Mutex
	docs   map[record.Ref]kept // keys have no revision
	drafts map[string]review.Draft
	files  map[string][]byte
	// Before, when set, is called once before the next commit: to let somebody else commit in between.
	Before func()
}

type kept struct {
	revision int64
	body     []byte
	unique   map[string]string
}

func place(kind, id string) record.Ref { return record.Ref{Kind: kind, ID: id} }

// Commit saves the writes and what their events keep, all or nothing.
func (m *Memory) Commit(_ context.Context, writes ...record.Write) error {
	if before := m.Before; before != nil {
		m.Before = nil
		before()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	fresh := map[record.Ref]kept{}
	for _, w := range writes {
		if err := m.write(fresh, w); err != nil {
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

func (m *Memory) write(fresh map[record.Ref]kept, w record.Write) error {
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
		fresh[place(d.Kind(), d.Header().ID)] = kept{d.Header().Revision, body, uniques(d)}
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

// uniques are the values that no other document of the kind may have, by index.
func uniques(d record.Document) map[string]string {
	switch x := d.(type) {
	case *review.Policy:
		return map[string]string{"reference": x.Reference, "slug": x.Slug}
	case *review.Commissioner:
		return map[string]string{"slug": x.Slug}
	case *review.Publication:
		return map[string]string{"slug": x.Slug}
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

func load[T any, D interface {
	*T
	record.Document
}](m *Memory, id string) (D, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := D(new(T))
	k, ok := m.docs[place(d.Kind(), id)]
	if !ok {
		return nil, fmt.Errorf("%s %s: %w", d.Kind(), id, record.ErrNotFound)
	}
	return d, json.Unmarshal(k.body, d)
}

// where gives copies of the documents that match, in the order of key and id.
func where[T any, D interface {
	*T
	record.Document
}](m *Memory, key func(D) string, match func(D) bool) ([]D, error) {
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

// PutDraft keeps d in place of the same person's draft of the same policy.
func (m *Memory) PutDraft(_ context.Context, d review.Draft) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.drafts == nil {
		m.drafts = map[string]review.Draft{}
	}
	m.drafts[d.Policy+" "+d.Account] = d
	return nil
}

// Draft gives ErrNotFound when there is none.
func (m *Memory) Draft(_ context.Context, policy, account string) (review.Draft, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.drafts[policy+" "+account]
	if !ok {
		return d, record.ErrNotFound
	}
	return d, nil
}

// DropDraft forgets a draft, if there is one.
func (m *Memory) DropDraft(_ context.Context, policy, account string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.drafts, policy+" "+account)
	return nil
}

// Keep keeps a file.
func (m *Memory) Keep(_ context.Context, r io.Reader) (string, int64, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(data)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.files == nil {
		m.files = map[string][]byte{}
	}
	m.files[hex.EncodeToString(sum[:])] = data
	return hex.EncodeToString(sum[:]), int64(len(data)), nil
}

// Open opens a kept file.
func (m *Memory) Open(_ context.Context, sum string) (io.ReadCloser, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[sum]
	if !ok {
		return nil, fmt.Errorf("file %s: %w", sum, record.ErrNotFound)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// registerOf is the empty register that an id names.
func registerOf(id string) (*review.Register, error) {
	policy, commissioner, ok := strings.Cut(id, ":")
	if !ok || policy == "" || commissioner == "" {
		return nil, fmt.Errorf("register %q: %w", id, record.ErrNotFound)
	}
	return &review.Register{Head: record.Head{ID: id}, Policy: policy, Commissioner: commissioner}, nil
}
