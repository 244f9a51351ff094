// Package programmetest keeps programmes and commitments in memory and checks that others keep them as well.
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

// shelf keeps documents of one kind. The zero value is empty.
type shelf[T any] struct {
	mu   sync.Mutex
	kept map[string][]byte
	at   map[string]int64
}

// Load gives a copy of one; ErrNotFound when there is none.
func (s *shelf[T]) Load(_ context.Context, id string) (*T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	body, ok := s.kept[id]
	if !ok {
		return nil, fmt.Errorf("document %s: %w", id, record.ErrNotFound)
	}
	d := new(T)
	return d, json.Unmarshal(body, d)
}

// all gives copies of all, in the order of their ids.
func (s *shelf[T]) all() ([]*T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []string
	for id := range s.kept {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var out []*T
	for _, id := range ids {
		d := new(T)
		if err := json.Unmarshal(s.kept[id], d); err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

// Commit saves all or nothing.
func (s *shelf[T]) Commit(_ context.Context, writes ...record.Write) error {
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

// Programmes keeps programmes in memory. The zero value is empty.
type Programmes struct{ shelf[programme.Programme] }

// All gives copies of all, sorted by name.
func (s *Programmes) All(context.Context) ([]*programme.Programme, error) {
	out, err := s.all()
	slices.SortFunc(out, func(a, b *programme.Programme) int { return cmp.Compare(a.SortName, b.SortName) })
	return out, err
}

// Commitments keeps commitments in memory. The zero value is empty.
type Commitments struct{ shelf[programme.Commitment] }

// OfProgramme gives copies of those of one programme.
func (s *Commitments) OfProgramme(_ context.Context, id string) ([]*programme.Commitment, error) {
	out, err := s.all()
	return slices.DeleteFunc(out, func(c *programme.Commitment) bool { return c.Programme != id }), err
}
