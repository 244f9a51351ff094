// Package programmetest keeps programmes in memory and checks that others keep them as well.
package programmetest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"concordat/review/programme"
	"concordat/review/record"
)

// Programmes keeps programmes in memory. The zero value is empty.
type Programmes struct {
	mu   sync.Mutex
	kept map[string][]byte
	at   map[string]int64
}

// Load gives a copy of one; ErrNotFound when there is none.
func (s *Programmes) Load(_ context.Context, id string) (*programme.Programme, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, ok := s.kept[id]
	if !ok {
		return nil, fmt.Errorf("programme %s: %w", id, record.ErrNotFound)
	}
	return read(body)
}

func read(body []byte) (*programme.Programme, error) {
	p := new(programme.Programme)
	return p, json.Unmarshal(body, p)
}

// All gives copies of all, sorted by name.
func (s *Programmes) All(context.Context) ([]*programme.Programme, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []*programme.Programme
	for _, body := range s.kept {
		p, err := read(body)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b *programme.Programme) int { return cmp.Compare(a.SortName, b.SortName) })
	return out, nil
}

// Commit saves all or nothing.
func (s *Programmes) Commit(_ context.Context, writes ...record.Write) error {
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
