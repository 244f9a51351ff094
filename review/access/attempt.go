package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"concordat/review/record"
)

// How attempts are slowed. An address may be a whole hospital, so it has more before it has to wait.
const (
	freeByAccount = 5
	freeByAddress = 30
	firstWait     = time.Second
	longestWait   = 15 * time.Minute
	forgotten     = 24 * time.Hour // a count older than this begins anew
)

// Attempt counts what was tried under one key.
type Attempt struct {
	Failures int
	Last     time.Time
	Until    time.Time // nothing is tried before
	Revision int64     // of the count, for the store
}

// Attempts keeps counts. They are not governed: they have no events.
type Attempts interface {
	// Attempt gives the count; the zero Attempt when there is none.
	Attempt(ctx context.Context, key string) (Attempt, error)
	// SaveAttempt refuses with ErrConflict when the count is not at a.Revision any more. It raises the revision itself.
	SaveAttempt(ctx context.Context, key string, a Attempt) error
}

// Slowed says that too much was tried and how long to wait. It is an ErrRule, and it is the same whether or not
// there is such an account.
type Slowed struct{ Wait time.Duration }

func (s *Slowed) Error() string { return "too many attempts: wait " + s.Words() }

// Unwrap makes a Slowed an ErrRule.
func (s *Slowed) Unwrap() error { return record.ErrRule }

// Words is how long to wait, such as "2 minutes".
func (s *Slowed) Words() string { return waitWords(s.Wait) }

func (a Attempt) failed(now time.Time, free int) Attempt {
	a.Failures++
	a.Last, a.Until = now, now.Add(waitAfter(a.Failures, free))
	return a
}

// waitAfter is nothing below the free number of failures, then 1 s, 2 s, 4 s and so on up to the longest.
func waitAfter(failures, free int) time.Duration {
	if failures < free {
		return 0
	}
	if failures-free > 20 {
		return longestWait
	}
	return min(firstWait<<(failures-free), longestWait)
}

// tries is one attempt under several keys.
type tries struct {
	what    string // "sign-in" and "reset" are counted apart
	email   string
	address string
}

func (t tries) accountKey() string { return attemptKey(t.what, "account", t.email) }
func (t tries) addressKey() string { return attemptKey(t.what, "address", network(t.address)) }

// attemptKey hashes, so that the counts do not become a list of addresses.
func attemptKey(parts ...string) string {
	sum := sha256.Sum256(fmt.Append(nil, parts))
	return hex.EncodeToString(sum[:])
}

// network is what is counted as one: an IPv4 address, or the /64 that one IPv6 line has.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}

// count notes an attempt as failed before it is made, so that many at once cannot all slip through.
// It refuses with a Slowed when there is a wait.
func (s *Service) count(ctx context.Context, t tries) error {
	if err := s.countKey(ctx, t.addressKey(), freeByAddress); err != nil {
		return err
	}
	return s.countKey(ctx, t.accountKey(), freeByAccount)
}

func (s *Service) countKey(ctx context.Context, key string, free int) error {
	now := s.Now()
	return s.changeAttempt(ctx, key, func(a Attempt) (Attempt, error) {
		if now.Before(a.Until) {
			return a, &Slowed{Wait: a.Until.Sub(now)}
		}
		if now.Sub(a.Last) > forgotten {
			a.Failures = 0
		}
		return a.failed(now, free), nil
	})
}

// succeeded clears the account's count and takes back what this attempt added to the address's: one person's success
// must not wipe out what another at the same address tried.
func (s *Service) succeeded(ctx context.Context, t tries) error {
	if err := s.clear(ctx, t.accountKey()); err != nil {
		return err
	}
	return s.changeAttempt(ctx, t.addressKey(), func(a Attempt) (Attempt, error) {
		a.Failures = max(0, a.Failures-1)
		a.Until = a.Last.Add(waitAfter(a.Failures, freeByAddress))
		return a, nil
	})
}

func (s *Service) clear(ctx context.Context, key string) error {
	return s.changeAttempt(ctx, key, func(a Attempt) (Attempt, error) {
		return Attempt{Last: s.Now(), Revision: a.Revision}, nil
	})
}

// changeAttempt changes a count; whoever is overtaken by another looks again.
func (s *Service) changeAttempt(ctx context.Context, key string, change func(Attempt) (Attempt, error)) error {
	const rounds = 8
	for range rounds {
		a, err := s.Attempts.Attempt(ctx, key)
		if err != nil {
			return fmt.Errorf("reading attempts: %w", err)
		}
		if a, err = change(a); err != nil {
			return err
		}
		err = s.Attempts.SaveAttempt(ctx, key, a)
		if !errors.Is(err, record.ErrConflict) {
			return err
		}
	}
	// So many at once under one key is no person.
	return &Slowed{Wait: firstWait}
}
