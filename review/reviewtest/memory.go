// Package reviewtest keeps policies and what belongs to them in memory, builds them for tests, and checks what every
// store of them must do.
package reviewtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"

	"concordat/review"
	"concordat/review/record"
	"concordat/review/record/recordtest"
)

// Memory keeps documents in memory. The zero value is empty. Policies, Registers and the others are views of it.
type Memory struct {
	recordtest.Memory
	mu     sync.Mutex // of drafts and files
	drafts map[string]review.Draft
	files  map[string][]byte
	// Before, when set, is called once before the next commit: to let somebody else commit in between.
	Before func()
}

// Commit saves the writes and what their events keep, all or nothing.
func (m *Memory) Commit(_ context.Context, writes ...record.Write) error {
	if before := m.Before; before != nil {
		m.Before = nil
		before()
	}
	return m.CommitUnique(uniques, writes...)
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
