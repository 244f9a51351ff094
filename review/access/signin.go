package access

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"concordat/review/record"
)

// SignIn is what somebody typed, and from which address.
type SignIn struct {
	Email, Passphrase, Address string
}

// SignIn gives the account whose e-mail address and passphrase these are. An unknown address, a wrong passphrase, an
// account that is disabled or not joined yet: all are refused in the same words, after the same work. Too many attempts
// are refused with a Slowed, whether or not there is such an account.
func (s *Service) SignIn(ctx context.Context, in SignIn) (*Account, error) {
	email := lookup(in.Email)
	t := tries{what: "sign-in", email: email, address: in.Address}
	if err := s.count(ctx, t); err != nil {
		return nil, err
	}
	a, err := s.Accounts.ByEmail(ctx, email)
	if errors.Is(err, record.ErrNotFound) {
		a, err = &Account{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("signing in: %w", err)
	}
	right, err := s.Hasher.Verify(ctx, a.Passphrase, in.Passphrase)
	if err != nil {
		return nil, fmt.Errorf("signing in account %s: %w", a.ID, err)
	}
	if !right || a.Disabled {
		return nil, record.Faults{{Field: "email", Message: "Check your e-mail address and passphrase. They do not belong together"}}
	}
	return a, s.succeeded(ctx, t)
}

// RequestReset sends a link for a new passphrase, if there is such an account and it is not disabled; who has not
// joined yet gets a fresh invitation. Nobody is told which it was. It refuses only with a Slowed.
func (s *Service) RequestReset(ctx context.Context, email, address string) error {
	email = lookup(email)
	t := tries{what: "reset", email: email, address: address}
	if err := s.count(ctx, t); err != nil {
		return err
	}
	a, err := s.Accounts.ByEmail(ctx, email)
	if errors.Is(err, record.ErrNotFound) || (err == nil && a.Disabled) {
		// One more commit, as for a known address, so that the time taken tells nothing either.
		return s.changeAttempt(ctx, t.accountKey(), func(a Attempt) (Attempt, error) { return a, nil })
	}
	if err != nil {
		return fmt.Errorf("resetting a passphrase: %w", err)
	}
	link := s.linkFor(a)
	_, err = record.Change(ctx, s.Accounts, record.Edit{ID: a.ID, Revision: a.Revision}, s.Now(), func(a *Account) (record.Event, error) {
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
