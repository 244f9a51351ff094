package access_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

func TestMemory(t *testing.T) {
	t.Parallel()
	accesstest.TestStores(t, func(*testing.T) accesstest.Stores { return new(accesstest.Store) })
}

type house struct {
	*access.Service
	store *accesstest.Store
	clock *accesstest.Clock
}

func newHouse() house {
	store, clock := new(accesstest.Store), accesstest.NewClock()
	return house{accesstest.NewService(store, store, clock), store, clock}
}

func edit(by record.Actor, a *access.Account) record.Edit {
	return record.Edit{By: by, ID: a.ID, Revision: a.Revision}
}

func TestInvite(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("n", 101)
	for _, tc := range []struct {
		in    access.Invitation
		field string // of the refusal; "" for none
	}{
		{access.Invitation{Email: "priya@example.nhs.uk", Name: "Priya Anand", Role: access.PolicyLead}, ""},
		{access.Invitation{Email: " Priya@Example.NHS.uk ", Name: "Priya Anand", Role: access.PolicyLead, Commissioners: []string{"c1"}}, ""},
		{access.Invitation{Email: "priya", Name: "Priya Anand", Role: access.PolicyLead}, "email"},
		{access.Invitation{Email: "Priya <priya@example.nhs.uk>", Name: "Priya Anand", Role: access.PolicyLead}, "email"},
		{access.Invitation{Email: "priya@example.nhs.uk\r\nBcc: all@example.nhs.uk", Name: "Priya Anand", Role: access.PolicyLead}, "email"},
		{access.Invitation{Email: "priya@example.nhs.uk", Name: "  ", Role: access.PolicyLead}, "name"},
		{access.Invitation{Email: "priya@example.nhs.uk", Name: long, Role: access.PolicyLead}, "name"},
		{access.Invitation{Email: "priya@example.nhs.uk", Name: "Pri\x00ya", Role: access.PolicyLead}, "name"},
		{access.Invitation{Email: "priya@example.nhs.uk", Name: "Priya", Role: "emperor"}, "role"},
		{access.Invitation{Email: "priya@example.nhs.uk", Name: "Priya", Role: access.Administrator, Commissioners: []string{"c1"}}, "commissioners"},
	} {
		h := newHouse()
		a, err := h.Invite(context.Background(), accesstest.Actor(access.Administrator), tc.in)
		if tc.field == "" {
			if err != nil || a.Email != "priya@example.nhs.uk" || len(h.store.Mail()) != 1 {
				t.Errorf("Invite(%+v) = %+v, %v", tc.in, a, err)
			}
			continue
		}
		var faults record.Faults
		if !errors.As(err, &faults) || faults[0].Field != tc.field || len(h.store.Mail()) != 0 {
			t.Errorf("Invite(%+v): %v, want a fault of %s", tc.in, err, tc.field)
		}
	}
}

func TestOnlyAdministratorsManage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	h := newHouse()
	target := accesstest.Join(t, h.Service, access.Clinician, "c1")
	for _, role := range append([]access.Role{""}, access.Roles...) {
		if role == access.Administrator {
			continue
		}
		by := accesstest.Actor(role)
		for what, err := range map[string]error{
			"invite":  second(h.Invite(ctx, by, access.Invitation{})),
			"give":    second(h.Give(ctx, edit(by, target), access.Auditor, nil)),
			"take":    second(h.Take(ctx, edit(by, target), target.Grants[0])),
			"disable": second(h.Disable(ctx, edit(by, target))),
			"enable":  second(h.Enable(ctx, edit(by, target))),
			"send":    second(h.SendLink(ctx, edit(by, target))),
			"read":    second(h.Account(ctx, by, target.ID)),
			"rename":  second(h.Rename(ctx, edit(by, target), "X")),
			"find":    second(h.ByEmail(ctx, by, target.Email)),
		} {
			if !errors.Is(err, record.ErrForbidden) {
				t.Errorf("%s by %q: %v, want not allowed", what, role, err)
			}
		}
	}
	admin := accesstest.Actor(access.Administrator)
	if _, err := h.NewLink(ctx, edit(admin, target)); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("an administrator sees somebody else's link: %v, want not allowed", err)
	}
}

func second[T any](_ T, err error) error { return err }

// What somebody may do changes by another person only, and one administrator is always left.
func TestManage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	grant := record.Grant{Role: string(access.Administrator)}
	type act func(house, record.Edit) error
	disable := func(h house, e record.Edit) error { return second(h.Disable(ctx, e)) }
	take := func(h house, e record.Edit) error { return second(h.Take(ctx, e, grant)) }
	for _, tc := range []struct {
		name   string
		act    act
		own    bool
		admins int
		rule   string // "" when it is allowed
	}{
		{"disable another", disable, false, 2, ""},
		{"disable oneself", disable, true, 2, "account.own"},
		{"disable the last", disable, false, 1, "account.last-administrator"},
		{"take a role from oneself", take, true, 2, "account.own"},
		{"take from the last", take, false, 1, "account.last-administrator"},
		{"take from another", take, false, 2, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := newHouse()
			target := accesstest.Join(t, h.Service, access.Administrator)
			target, err := h.Give(ctx, edit(access.CommandLine(), target), access.Clinician, []string{"c1"})
			if err != nil {
				t.Fatal(err)
			}
			if tc.admins == 2 {
				accesstest.Named(t, h.Service, "Second", access.Administrator)
			}
			by := access.CommandLine()
			if tc.own {
				by = target.Actor()
			}
			err = tc.act(h, edit(by, target))
			got := ""
			var faults record.Faults
			if errors.As(err, &faults) {
				got = faults[0].Rule
			}
			if got != tc.rule || (tc.rule == "" && err != nil) {
				t.Errorf("refused with %q (%v), want %q", got, err, tc.rule)
			}
		})
	}
}

func TestEpochEndsSessions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	by := accesstest.Actor(access.Administrator)
	for name, act := range map[string]func(house, *access.Account) error{
		"disable":    func(h house, a *access.Account) error { return second(h.Disable(ctx, edit(by, a))) },
		"give":       func(h house, a *access.Account) error { return second(h.Give(ctx, edit(by, a), access.Auditor, nil)) },
		"take":       func(h house, a *access.Account) error { return second(h.Take(ctx, edit(by, a), a.Grants[0])) },
		"passphrase": changeOwn,
		"reset": func(h house, a *access.Account) error {
			link, err := h.NewLink(ctx, edit(access.CommandLine(), a))
			if err != nil {
				return err
			}
			return second(h.Accept(ctx, link, "another kettle of tangerines"))
		},
	} {
		h := newHouse()
		a := accesstest.Join(t, h.Service, access.Clinician, "c1", "c2")
		if _, err := h.Present(ctx, a.ID, a.Epoch); err != nil {
			t.Fatalf("%s: before: %v", name, err)
		}
		if err := act(h, a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := h.Present(ctx, a.ID, a.Epoch); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s: an old session goes on: %v", name, err)
		}
	}
}

func changeOwn(h house, a *access.Account) error {
	return second(h.ChangePassphrase(context.Background(), edit(a.Actor(), a), accesstest.Passphrase, "another kettle of tangerines"))
}

func TestLinksExpire(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	h := newHouse()
	a, first, err := h.Add(ctx, access.CommandLine(), access.Invitation{Email: "a@example.nhs.uk", Name: "A", Role: access.Clinician})
	if err != nil {
		t.Fatal(err)
	}
	gone := func(what string, l access.Link) {
		t.Helper()
		if _, err := h.Linked(ctx, l); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s works: %v", what, err)
		}
	}
	gone("an invitation as a reset", access.Link{Purpose: access.ForReset, Secret: first.Secret})
	h.clock.Move(access.InvitationLasts - time.Millisecond)
	if _, err := h.Linked(ctx, first); err != nil {
		t.Errorf("within 7 days: %v", err)
	}
	h.clock.Move(time.Millisecond)
	gone("an invitation after 7 days", first)
	again, err := h.NewLink(ctx, edit(access.CommandLine(), a))
	if err != nil || again.Purpose != access.ForInvitation {
		t.Fatalf("new link = %+v, %v", again, err)
	}
	gone("the link that was replaced", first)
	if a, err = h.Accept(ctx, again, accesstest.Passphrase); err != nil {
		t.Fatal(err)
	}
	gone("a used link", again)
	reset, err := h.NewLink(ctx, edit(access.CommandLine(), a))
	if err != nil || reset.Purpose != access.ForReset {
		t.Fatalf("reset = %+v, %v", reset, err)
	}
	h.clock.Move(access.ResetLasts)
	gone("a reset after 1 hour", reset)
}

// Events tell nobody's name or address.
func TestEventsHoldNoNames(t *testing.T) {
	t.Parallel()
	h := newHouse()
	a := accesstest.Named(t, h.Service, "Unmistakable Person", access.PolicyLead, "c1")
	if err := changeOwn(h, a); err != nil {
		t.Fatal(err)
	}
	if err := h.RequestReset(context.Background(), a.Email, "192.0.2.1"); err != nil {
		t.Fatal(err)
	}
	for _, e := range h.store.Events() {
		text := strings.ToLower(fmt.Sprint(e.Action, e.Facts, e.Relied))
		if strings.Contains(text, "unmistakable") || strings.Contains(text, "@") {
			t.Errorf("event %s", text)
		}
	}
}
