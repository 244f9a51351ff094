// Package accesstest is what tests of accounts share: a store in memory, builders, and the suite that every store
// of accounts passes.
package accesstest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"concordat/review/access"
	"concordat/review/record"
)

// Store keeps accounts and attempts in memory. The zero Store is empty.
type Store struct {
	mu       sync.Mutex
	accounts map[string]*access.Account
	attempts map[string]access.Attempt
	events   []record.Event
	mail     []record.Mail
	commits  int
}

// Load reads one account.
func (s *Store) Load(_ context.Context, id string) (*access.Account, error) {
	return s.find(func(a *access.Account) bool { return a.ID == id })
}

// ByEmail finds an account by its address.
func (s *Store) ByEmail(_ context.Context, email string) (*access.Account, error) {
	return s.find(func(a *access.Account) bool { return a.Email == email })
}

// ByToken finds an account by its link.
func (s *Store) ByToken(_ context.Context, hash string) (*access.Account, error) {
	return s.find(func(a *access.Account) bool { return hash != "" && a.Token.Hash == hash })
}

func (s *Store) find(is func(*access.Account) bool) (*access.Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.accounts {
		if is(a) {
			return a.Clone(), nil
		}
	}
	return nil, record.ErrNotFound
}

// Managing gives some accounts that manage others.
func (s *Store) Managing(_ context.Context, limit int) ([]*access.Account, error) {
	list := s.sorted(func(a *access.Account) bool { return a.Manages })
	return list[:min(limit, len(list))], nil
}

// List walks accounts by name. The cursor is the key of the last one.
func (s *Store) List(_ context.Context, prefix, after string, limit int) (list []*access.Account, next string, err error) {
	list = s.sorted(func(a *access.Account) bool { return strings.HasPrefix(a.Order, prefix) && sortKey(a) > after })
	if len(list) > limit {
		list = list[:limit]
		next = sortKey(list[limit-1])
	}
	return list, next, nil
}

func sortKey(a *access.Account) string { return a.Order + "\x00" + a.ID }

func (s *Store) sorted(keep func(*access.Account) bool) []*access.Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*access.Account
	for a := range maps.Values(s.accounts) {
		if keep(a) {
			list = append(list, a.Clone())
		}
	}
	slices.SortFunc(list, func(a, b *access.Account) int { return cmp.Compare(sortKey(a), sortKey(b)) })
	return list
}

// Commit saves all writes or none.
func (s *Store) Commit(_ context.Context, writes ...record.Write) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range writes {
		if err := s.refuse(w); err != nil {
			return err
		}
	}
	s.commits++
	for _, w := range writes {
		if a, ok := w.Doc.(*access.Account); ok {
			if s.accounts == nil {
				s.accounts = map[string]*access.Account{}
			}
			s.accounts[a.ID] = a.Clone()
		}
		if w.Expect == nil {
			s.events = append(s.events, w.Event)
			s.mail = append(s.mail, w.Event.Mail...)
		}
	}
	return nil
}

func (s *Store) refuse(w record.Write) error {
	if w.Expect != nil {
		return s.stale(*w.Expect, w.Expect.Revision)
	}
	if err := s.stale(record.RefTo(w.Doc), w.Was); err != nil {
		return err
	}
	a, ok := w.Doc.(*access.Account)
	for _, other := range s.accounts {
		if ok && other.ID != a.ID && other.Email == a.Email {
			return &record.Taken{Kind: access.Kind, Index: "email"}
		}
	}
	return nil
}

func (s *Store) stale(ref record.Ref, was int64) error {
	kept := int64(0)
	if a := s.accounts[ref.ID]; a != nil {
		kept = a.Revision
	}
	if kept == was {
		return nil
	}
	return &record.Stale{Ref: ref, Kept: kept}
}

// Attempt gives a count.
func (s *Store) Attempt(_ context.Context, key string) (access.Attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts[key], nil
}

// SaveAttempt keeps a count.
func (s *Store) SaveAttempt(_ context.Context, key string, a access.Attempt) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if kept := s.attempts[key].Revision; kept != a.Revision {
		return &record.Stale{Kept: kept}
	}
	if s.attempts == nil {
		s.attempts = map[string]access.Attempt{}
	}
	s.commits++
	a.Revision++
	s.attempts[key] = a
	return nil
}

// Mail is what was to be sent so far.
func (s *Store) Mail() []record.Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.mail)
}

// Events are what happened so far.
func (s *Store) Events() []record.Event {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.events)
}

// Commits counts what was written, of accounts and of attempts.
func (s *Store) Commits() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.commits
}
