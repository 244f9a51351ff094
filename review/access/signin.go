package access

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"concordat/review/record"
)

// SignIn is what somebody typed, from which address, and the secret of Remember that the browser holds, "" for none.
type SignIn struct {
	Email, Passphrase, Address, Device string
}

// SignIn gives the account whose e-mail address and passphrase these are. An unknown address, a wrong passphrase, an
// account that is disabled or not joined yet: all are refused in the same words, after the same work. After too many
// failures it refuses with a Slowed, whether or not there is such an account. What others failed at does not concern a
// device with which the account's owner signed in before.
func (s *Service) SignIn(ctx context.Context, in SignIn) (*Account, error) {
	email := lookup(in.Email)
	a, err := s.Accounts.ByEmail(ctx, email)
	if errors.Is(err, record.ErrNotFound) {
		a, err = &Account{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("signing in: %w", err)
	}
	kept := a.Passphrase
	if a.Disabled {
		kept = "" // no passphrase is right
	}
	limits, err := s.signInLimits(ctx, a, email, in)
	if err != nil {
		return nil, fmt.Errorf("signing in account %s: %w", a.ID, err)
	}
	right, err := s.verify(ctx, kept, in.Passphrase, limits...)
	if err != nil {
		return nil, fmt.Errorf("signing in account %s: %w", a.ID, err)
	}
	if !right {
		return nil, record.Faults{{Field: "email", Message: "Check your e-mail address and passphrase. They do not belong together"}}
	}
	return a, nil
}

// signInLimits are the account's and the address's, or, for a device that is known, its own alone: a stranger must not
// be able to keep the owner out.
func (s *Service) signInLimits(ctx context.Context, a *Account, email string, in SignIn) ([]limit, error) {
	if in.Device != "" {
		own := byDevice(in.Device, a)
		note, err := s.Attempts.Attempt(ctx, own.key)
		if err != nil {
			return nil, err
		}
		if s.Now().Before(note.Known) {
			return []limit{own}, nil
		}
	}
	return []limit{byAccount("sign-in", email, failuresByAccount), byAddress("sign-in", in.Address, failuresByAddress)}, nil
}

// Remember makes the device that holds a secret known to an account that has just signed in with it. A device may be
// known to several accounts. It is unknown again when DeviceKnown has passed without a sign-in, and once the account's passphrase
// is changed or the account is disabled.
func (s *Service) Remember(ctx context.Context, a *Account, secret string) error {
	return s.changeAttempt(ctx, byDevice(secret, a).key, func(note Attempt) (Attempt, error) {
		note.Known = s.Now().Add(DeviceKnown)
		return note, nil
	})
}

// RequestReset sends a link for a new passphrase, if there is such an account and it is not disabled; who has not
// joined yet gets a fresh invitation. Nobody is told which it was. It refuses only with a Slowed.
func (s *Service) RequestReset(ctx context.Context, email, address string) error {
	email = lookup(email)
	own := byAccount("reset", email, resetsByAccount)
	if err := s.count(ctx, own, byAddress("reset", address, resetsByAddress)); err != nil {
		return err
	}
	a, err := s.Accounts.ByEmail(ctx, email)
	if errors.Is(err, record.ErrNotFound) || (err == nil && a.Disabled) {
		// One more commit, as for a known address, so that the time taken tells nothing either.
		return s.changeAttempt(ctx, own.key, func(a Attempt) (Attempt, error) { return a, nil })
	}
	if err != nil {
		return fmt.Errorf("resetting a passphrase: %w", err)
	}
	link := s.linkFor(a)
	_, err = record.Apply(ctx, s.Accounts, a, record.Edit{ID: a.ID, Revision: a.Revision}, s.Now(), func(a *Account) (record.Event, error) {
		event, err := a.link(link.token(s.Now()))
		event.Mail = append(event.Mail, s.linkMail(a, link))
		return event, err
	})
	if errors.Is(err, record.ErrConflict) {
		return nil // changed this moment, by an administrator or a second press of the button: the person can ask again
	}
	return err
}

// lookup is an address as it is looked up; what is no address is looked up all the same, and not found.
func lookup(email string) string {
	normal, err := NormalEmail(email)
	if err != nil {
		return strings.ToLower(strings.TrimSpace(email))
	}
	return normal
}
