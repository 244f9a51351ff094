// Package bulktest keeps imports in memory and checks that others keep them as well.
package bulktest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"concordat/review/bulk"
	"concordat/review/record"
)

// Imports keeps imports in memory. The zero value is empty.
type Imports struct {
	mu   sync.Mutex
	kept map[string][]byte
	at   map[string]int64
}

// Load gives a copy of one; ErrNotFound when there is none.
func (s *Imports) Load(_ context.Context, id string) (*bulk.Import, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, ok := s.kept[id]
	if !ok {
		return nil, fmt.Errorf("import %s: %w", id, record.ErrNotFound)
	}
	i := new(bulk.Import)
	return i, json.Unmarshal(body, i)
}

// Recent gives copies of the newest of one account.
func (s *Imports) Recent(_ context.Context, account string, limit int) ([]*bulk.Import, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*bulk.Import
	for _, body := range s.kept {
		i := new(bulk.Import)
		if err := json.Unmarshal(body, i); err != nil {
			return nil, err
		}
		if i.By == account {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b *bulk.Import) int { return cmp.Compare(b.ID, a.ID) })
	return out[:min(len(out), limit)], nil
}

// Commit saves all or nothing.
func (s *Imports) Commit(_ context.Context, writes ...record.Write) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range writes {
		if id := w.Doc.Header().ID; s.at[id] != w.Was {
			return &record.Stale{Ref: record.Ref{Kind: w.Doc.Kind(), ID: id, Revision: w.Was}, Kept: s.at[id]}
		}
	}
	for _, w := range writes {
		body, err := json.Marshal(w.Doc)
		if err != nil {
			return err
		}
		if s.kept == nil {
			s.kept, s.at = map[string][]byte{}, map[string]int64{}
		}
		s.kept[w.Doc.Header().ID], s.at[w.Doc.Header().ID] = body, w.Doc.Header().Revision
	}
	return nil
}
