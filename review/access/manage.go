package access

import (
	"context"
	"fmt"
	"strings"

	"concordat/review/record"
)

// List walks accounts by name; find is how a name begins, "" for all.
func (s *Service) List(ctx context.Context, by record.Actor, find, after string, limit int) (list []*Account, next string, err error) {
	if err := Check(by, AccountManage, Scope{}); err != nil {
		return nil, "", err
	}
	return s.Accounts.List(ctx, strings.ToLower(tidy(find)), after, limit)
}

// Account is one account, for who manages them or for its owner.
func (s *Service) Account(ctx context.Context, by record.Actor, id string) (*Account, error) {
	if by.ID != id || by.ID == "" {
		if err := Check(by, AccountManage, Scope{}); err != nil {
			return nil, err
		}
	}
	return s.Accounts.Load(ctx, id)
}

// ByEmail is the account with an address; ErrNotFound when there is none.
func (s *Service) ByEmail(ctx context.Context, by record.Actor, email string) (*Account, error) {
	if err := Check(by, AccountManage, Scope{}); err != nil {
		return nil, err
	}
	email, err := NormalEmail(email)
	if err != nil {
		return nil, err
	}
	return s.Accounts.ByEmail(ctx, email)
}

// Give adds a role, for some commissioners or, when none is named, for all.
func (s *Service) Give(ctx context.Context, e record.Edit, role Role, commissioners []string) (*Account, error) {
	return s.manage(ctx, e, func(a *Account) (record.Event, error) { return a.give(e.By, role, commissioners) })
}

// Take takes a role away.
func (s *Service) Take(ctx context.Context, e record.Edit, g record.Grant) (*Account, error) {
	return s.manage(ctx, e, func(a *Account) (record.Event, error) { return a.take(e.By, g) })
}

// Disable ends all sessions of an account and lets nobody sign in with it.
func (s *Service) Disable(ctx context.Context, e record.Edit) (*Account, error) {
	return s.manage(ctx, e, func(a *Account) (record.Event, error) { return a.disable(e.By) })
}

// Enable takes Disable back. The passphrase is the one from before.
func (s *Service) Enable(ctx context.Context, e record.Edit) (*Account, error) {
	return s.manage(ctx, e, func(a *Account) (record.Event, error) { return a.enable() })
}

// SendLink sends a fresh invitation to who has not joined, and a link for a new passphrase to others.
func (s *Service) SendLink(ctx context.Context, e record.Edit) (*Account, error) {
	return s.manage(ctx, e, func(a *Account) (record.Event, error) {
		link := s.linkFor(a)
		event, err := a.link(link.token(s.Now()))
		event.Mail = append(event.Mail, s.linkMail(a, link))
		return event, err
	})
}

// NewLink is SendLink for the command line: the link is given, not sent.
func (s *Service) NewLink(ctx context.Context, e record.Edit) (Link, error) {
	if err := onlyCommandLine(e.By); err != nil {
		return Link{}, err
	}
	var link Link
	_, err := s.manage(ctx, e, func(a *Account) (record.Event, error) {
		link = s.linkFor(a)
		return a.link(link.token(s.Now()))
	})
	return link, err
}

func (s *Service) linkFor(a *Account) Link { return Link{Purpose: purposeOf(a), Secret: s.Secret()} }

// manage changes an account for an administrator. When the change takes an administrator away, the commit also relies
// on another one being as it is: two who would remove each other at the same time collide, and one is left.
func (s *Service) manage(ctx context.Context, e record.Edit, rule func(*Account) (record.Event, error)) (*Account, error) {
	if err := Check(e.By, AccountManage, Scope{}); err != nil {
		return nil, err
	}
	a, err := s.Accounts.Load(ctx, e.ID)
	if err != nil {
		return nil, err
	}
	managed := a.Manages
	w, err := record.Plan(a, e, s.Now(), rule)
	if err != nil {
		return nil, err
	}
	writes := []record.Write{w}
	if managed && !a.Manages {
		other, err := s.otherManager(ctx, a.ID)
		if err != nil {
			return nil, err
		}
		writes = append(writes, record.Expect(other))
	}
	if err := s.Accounts.Commit(ctx, writes...); err != nil {
		return nil, err
	}
	return a, nil
}

func (s *Service) otherManager(ctx context.Context, id string) (record.Ref, error) {
	list, err := s.Accounts.Managing(ctx, 2)
	if err != nil {
		return record.Ref{}, fmt.Errorf("looking for another administrator: %w", err)
	}
	for _, a := range list {
		if a.ID != id {
			return record.RefTo(a), nil
		}
	}
	return record.Ref{}, record.Refuse("account.last-administrator", "This is the last administrator. Make another account an administrator first.",
		"Without one, nobody could manage accounts any more.")
}
