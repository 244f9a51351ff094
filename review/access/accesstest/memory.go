// Package accesstest is what tests of accounts share: a store in memory, builders, and the suite that every store
// of accounts passes.
package accesstest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/review/record/recordtest"
)

// Store keeps accounts and attempts in memory. The zero Store is empty.
type Store struct {
	recordtest.Memory
	mu       sync.Mutex // of the rest
	attempts map[string]access.Attempt
	events   []record.Event
	mail     []record.Mail
	commits  int
}

// Load reads one account.
func (s *Store) Load(_ context.Context, id string) (*access.Account, error) {
	return recordtest.Load[access.Account](s, id)
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
	list, err := s.where(is)
	if err != nil || len(list) == 0 {
		return nil, errors.Join(err, record.ErrNotFound)
	}
	return list[0], nil
}

func (s *Store) where(is func(*access.Account) bool) ([]*access.Account, error) {
	return recordtest.Where(s, func(a *access.Account) string { return a.Order }, is)
}

// Managing gives some accounts that manage others.
func (s *Store) Managing(_ context.Context, limit int) ([]*access.Account, error) {
	list, err := s.where(func(a *access.Account) bool { return a.Manages })
	return list[:min(limit, len(list))], err
}

// List walks accounts by name. The cursor is the key of the last one.
func (s *Store) List(_ context.Context, prefix, after string, limit int) (list []*access.Account, next string, err error) {
	list, err = s.where(func(a *access.Account) bool { return strings.HasPrefix(a.Order, prefix) && sortKey(a) > after })
	if len(list) > limit {
		list = list[:limit]
		next = sortKey(list[limit-1])
	}
	return list, next, err
}

func sortKey(a *access.Account) string { return a.Order + "\x00" + a.ID }

// Commit saves all writes or none, and notes what happened and what is to be sent.
func (s *Store) Commit(_ context.Context, writes ...record.Write) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.CommitUnique(uniques, writes...); err != nil {
		return err
	}
	s.commits++
	for _, w := range writes {
		if w.Expect == nil {
			s.events = append(s.events, w.Event)
			s.mail = append(s.mail, w.Event.Mail...)
		}
	}
	return nil
}

func uniques(d record.Document) map[string]string {
	if a, ok := d.(*access.Account); ok {
		return map[string]string{"email": a.Email}
	}
	return nil
}

// Attempt gives a note.
func (s *Store) Attempt(_ context.Context, key string) (access.Attempt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts[key], nil
}

// SaveAttempt keeps a note.
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
