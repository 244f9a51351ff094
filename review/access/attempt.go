package access

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"time"

	"concordat/review/record"
)

// How many failures an hour are free. An address may be a whole hospital: 200 people who each mistype eight times in one
// hour go through.
const (
	failuresByAccount = 10
	failuresByDevice  = 10
	failuresByAddress = 2000
	resetsByAccount   = 5 // each is a message to somebody
	resetsByAddress   = 200
)

// What is held against a key is forgotten evenly, and within the hour. More than that and what clocks of servers may
// differ by was counted before a clock was set back, and is void. So no wait is longer than drift and the hour's share
// of the smallest number above: 15 minutes.
const (
	held  = time.Hour
	drift = 3 * time.Minute
)

// DeviceKnown is how long a device is known after a sign-in.
const DeviceKnown = 180 * 24 * time.Hour

// Attempt is what is noted under one key.
type Attempt struct {
	Clear    time.Time // when nothing is held against the key any more, unless more fails
	Known    time.Time // until when the key's device is known; zero for a key of something else
	Revision int64     // of the note, for the store
}

// Attempts keeps notes. They are not governed: they have no events.
type Attempts interface {
	// Attempt gives the note; the zero Attempt when there is none.
	Attempt(ctx context.Context, key string) (Attempt, error)
	// SaveAttempt refuses with ErrConflict when the note is not at a.Revision any more. It raises the revision itself.
	SaveAttempt(ctx context.Context, key string, a Attempt) error
}

// Slowed says that too much was tried and how long to wait, never more than 15 minutes. It is an ErrRule, and it is the
// same whether or not there is such an account.
type Slowed struct{ Wait time.Duration }

func (s *Slowed) Error() string { return "too many attempts: wait " + s.Words() }

// Unwrap makes a Slowed an ErrRule.
func (s *Slowed) Unwrap() error { return record.ErrRule }

// Words is how long to wait, such as "2 minutes".
func (s *Slowed) Words() string { return waitWords(s.Wait) }

// owed is how long until nothing is held against the key.
func (a Attempt) owed(now time.Time) time.Duration {
	if owed := a.Clear.Sub(now); owed > 0 && owed <= held+drift {
		return owed
	}
	return 0
}

// limit is a key and how many failures an hour are free under it.
type limit struct {
	key  string
	free int
}

// each is how much one failure adds to what is held.
func (l limit) each() time.Duration { return held / time.Duration(l.free) }

func byAccount(what, email string, free int) limit {
	return limit{attemptKey(what, "account", email), free}
}

func byAddress(what, address string, free int) limit {
	return limit{attemptKey(what, "address", network(address)), free}
}

// byDevice is bound to the account, and to its stamp: a passphrase that changes makes all devices unknown.
func byDevice(secret string, a *Account) limit {
	return limit{attemptKey("device", secret, a.ID, strconv.FormatInt(a.Devices, 10)), failuresByDevice}
}

// attemptKey hashes, so that the notes do not become a list of addresses, nor of what browsers hold.
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

// verify tells whether a passphrase is the one that was kept. Only what fails is held against the limits; what is being
// verified counts as failed until it is known, so that many at once cannot all slip through. It refuses with a Slowed
// when one of the limits is reached. Who has the same last limit takes turns.
func (s *Service) verify(ctx context.Context, kept, passphrase string, limits ...limit) (right bool, err error) {
	leave, err := s.turns.enter(ctx, limits[len(limits)-1].key)
	if err != nil {
		return false, err
	}
	defer leave()
	if err := s.count(ctx, limits...); err != nil {
		return false, err
	}
	right, err = s.Hasher.Verify(ctx, kept, passphrase)
	if err == nil && !right {
		return false, nil
	}
	// Whoever went away while it was verified did not fail either.
	return right, errors.Join(err, s.takeBack(context.WithoutCancel(ctx), limits...))
}

// count holds one more failure against each limit, or, when it refuses, against none.
func (s *Service) count(ctx context.Context, limits ...limit) error {
	for i, l := range limits {
		if err := s.countOne(ctx, l); err != nil {
			return errors.Join(err, s.takeBack(ctx, limits[:i]...))
		}
	}
	return nil
}

func (s *Service) countOne(ctx context.Context, l limit) error {
	now := s.Now()
	return s.changeAttempt(ctx, l.key, func(a Attempt) (Attempt, error) {
		owed := a.owed(now) + l.each()
		if owed > held {
			return a, &Slowed{Wait: owed - held}
		}
		a.Clear = now.Add(owed)
		return a, nil
	})
}

func (s *Service) takeBack(ctx context.Context, limits ...limit) error {
	for _, l := range limits {
		err := s.changeAttempt(ctx, l.key, func(a Attempt) (Attempt, error) {
			a.Clear = a.Clear.Add(-l.each())
			return a, nil
		})
		// What could not be taken back is forgotten within the hour; nobody is refused for it now.
		var slowed *Slowed
		if err != nil && !errors.As(err, &slowed) {
			return err
		}
	}
	return nil
}

// changeAttempt changes a note; whoever is overtaken by another looks again.
func (s *Service) changeAttempt(ctx context.Context, key string, change func(Attempt) (Attempt, error)) error {
	const rounds = 32
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
	return &Slowed{Wait: time.Second}
}
