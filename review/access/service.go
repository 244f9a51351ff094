package access

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concordat/review/record"
)

// Accounts keeps accounts.
type Accounts interface {
	record.Store[*Account]
	// ByEmail and ByToken return ErrNotFound when there is none. hash is Token.Hash.
	ByEmail(ctx context.Context, email string) (*Account, error)
	ByToken(ctx context.Context, hash string) (*Account, error)
	// Managing gives some accounts with Manages set, at most limit.
	Managing(ctx context.Context, limit int) ([]*Account, error)
	// List walks accounts by name, those whose Order begins with prefix.
	List(ctx context.Context, prefix, after string, limit int) (list []*Account, next string, err error)
}

// Service is what can be done with accounts. All exported fields are needed.
type Service struct {
	Accounts  Accounts
	Attempts  Attempts
	Hasher    Hasher
	Now       func() time.Time
	NewID     func() string
	Secret    func() string // at least 128 random bits, of letters and digits
	Name      string        // the service's name, in messages
	PublicURL string        // scheme and host for links in messages, no slash at the end

	turns turns
}

// CommandLine acts for whoever can run the program on the machine that keeps the data.
func CommandLine() record.Actor {
	return record.Actor{ID: "command line", Grants: []record.Grant{{Role: string(Administrator)}}}
}

// Invitation is who is to be invited: with one role, for some commissioners or, when none is named, for all.
type Invitation struct {
	Email, Name   string
	Role          Role
	Commissioners []string
}

// Check says all that is wrong with an invitation, in the order of its form; not whether the address is taken.
func (in Invitation) Check() record.Faults {
	faults := checkName(in.Name)
	_, err := NormalEmail(in.Email)
	faults.Add(err != nil, "email", "Enter an e-mail address in the form name@example.nhs.uk")
	return append(faults, checkGrants(grantsOf(in.Role, in.Commissioners))...)
}

// Invite makes an account and sends the link with which its owner joins.
func (s *Service) Invite(ctx context.Context, by record.Actor, in Invitation) (*Account, error) {
	if err := Check(by, AccountManage, Scope{}); err != nil {
		return nil, err
	}
	a, _, err := s.invite(ctx, by, in, true)
	return a, err
}

// Add makes an account and gives the link in place of sending it. Only the command line may.
func (s *Service) Add(ctx context.Context, by record.Actor, in Invitation) (*Account, Link, error) {
	if err := onlyCommandLine(by); err != nil {
		return nil, Link{}, err
	}
	return s.invite(ctx, by, in, false)
}

func (s *Service) invite(ctx context.Context, by record.Actor, in Invitation, send bool) (*Account, Link, error) {
	link, now := Link{Purpose: ForInvitation, Secret: s.Secret()}, s.Now()
	a := &Account{Head: record.Head{ID: s.NewID()}}
	a, err := record.Create(ctx, s.Accounts, a, record.Edit{By: by, ID: a.ID}, now, func(a *Account) (record.Event, error) {
		event, err := a.invite(in, link.token(now), now)
		if err == nil && send {
			event.Mail = append(event.Mail, s.invitationMail(a, link))
		}
		return event, err
	})
	var taken *record.Taken
	if errors.As(err, &taken) {
		return nil, Link{}, record.Faults{{Field: "email", Message: "There is an account with this e-mail address already"}}
	}
	return a, link, err
}

// Linked is the account that a link is for, without using it up. It returns ErrNotFound when the link is unknown,
// used or too old.
func (s *Service) Linked(ctx context.Context, link Link) (*Account, error) {
	a, err := s.Accounts.ByToken(ctx, hashSecret(link.Secret))
	if err != nil {
		return nil, err
	}
	if link.Secret == "" || a.Disabled || a.Token.Purpose != link.Purpose || !s.Now().Before(a.Token.Expires) {
		return nil, fmt.Errorf("link for %s: %w", link.Purpose, record.ErrNotFound)
	}
	return a, nil
}

// Accept sets the passphrase that a link allows. The link is used up by the same commit, so of two at once one wins.
func (s *Service) Accept(ctx context.Context, link Link, passphrase string) (*Account, error) {
	a, err := s.Linked(ctx, link)
	if err != nil {
		return nil, err
	}
	hash, err := s.hashNew(ctx, a, passphrase)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	return record.Apply(ctx, s.Accounts, a, ownEdit(a), now, func(a *Account) (record.Event, error) {
		return a.accept(hash, now)
	})
}

// Present is the account of a session: ErrNotFound when it is disabled or its epoch is another than when the session began.
func (s *Service) Present(ctx context.Context, id string, epoch int64) (*Account, error) {
	a, err := s.Accounts.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	if a.Disabled || a.Epoch != epoch {
		return nil, fmt.Errorf("session of account %s: %w", id, record.ErrNotFound)
	}
	return a, nil
}

// ChangePassphrase sets one's own passphrase. The old one is needed: an unlocked screen is not enough.
func (s *Service) ChangePassphrase(ctx context.Context, e record.Edit, old, passphrase string) (*Account, error) {
	a, err := s.own(ctx, e)
	if err != nil {
		return nil, err
	}
	// Guessing it on somebody's unlocked screen is slowed like signing in.
	ok, err := s.verify(ctx, a.Passphrase, old, byAccount("passphrase", a.Email, failuresByAccount))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, record.Faults{{Field: "old", Message: "Enter the passphrase that you have now"}}
	}
	hash, err := s.hashNew(ctx, a, passphrase)
	if err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Accounts, a, e, s.Now(), func(a *Account) (record.Event, error) { return a.setPassphrase(hash) })
}

// Rename sets one's own name.
func (s *Service) Rename(ctx context.Context, e record.Edit, name string) (*Account, error) {
	a, err := s.own(ctx, e)
	if err != nil {
		return nil, err
	}
	return record.Apply(ctx, s.Accounts, a, e, s.Now(), func(a *Account) (record.Event, error) { return a.rename(name) })
}

func (s *Service) own(ctx context.Context, e record.Edit) (*Account, error) {
	if err := Check(e.By, AccountOwn, Scope{}); err != nil {
		return nil, err
	}
	if e.By.ID != e.ID {
		return nil, fmt.Errorf("account %s by %s: %w", e.ID, e.By.ID, record.ErrForbidden)
	}
	return s.Accounts.Load(ctx, e.ID)
}

func (s *Service) hashNew(ctx context.Context, a *Account, passphrase string) (string, error) {
	if err := CheckPassphrase(passphrase, a.Email, a.Name, s.Name).Err(); err != nil {
		return "", err
	}
	return s.Hasher.Hash(ctx, passphrase)
}

// ownEdit is a change that the account's owner makes without a form that carries a revision.
func ownEdit(a *Account) record.Edit {
	return record.Edit{By: record.Actor{ID: a.ID}, ID: a.ID, Revision: a.Revision}
}

func onlyCommandLine(by record.Actor) error {
	if by.ID != CommandLine().ID {
		return fmt.Errorf("a link shown to %s: %w", by.ID, record.ErrForbidden)
	}
	return Check(by, AccountManage, Scope{})
}
