package accesstest

import (
	"context"
	"crypto/rand"
	"strings"
	"sync"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Passphrase is the passphrase of every account that Join makes.
const Passphrase = "tangerine kettle on the moor"

// Clock is a time that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock begins on 8 February 2027 at 09:00 UTC.
func NewClock() *Clock { return &Clock{now: time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC)} }

// Now is the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move lets time go by.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// NewService is a service on the given stores, with a hasher that costs next to nothing.
func NewService(accounts access.Accounts, attempts access.Attempts, clock *Clock) *access.Service {
	return &access.Service{Accounts: accounts, Attempts: attempts, Hasher: access.NewWeakArgon2(), Now: clock.Now,
		NewID: rand.Text, Secret: rand.Text, Name: "Concordat", PublicURL: "https://policies.example"}
}

// Join makes an account that has joined, called after its role: "Policy lead", policy.lead@example.nhs.uk. A second one
// of a role needs another name, given as in Named.
func Join(t testing.TB, s *access.Service, role access.Role, commissioners ...string) *access.Account {
	t.Helper()
	name := strings.ToUpper(string(role[:1])) + string(role[1:])
	return Named(t, s, name, role, commissioners...)
}

// Named is Join with a name.
func Named(t testing.TB, s *access.Service, name string, role access.Role, commissioners ...string) *access.Account {
	t.Helper()
	in := access.Invitation{Email: Email(name), Name: name, Role: role, Commissioners: commissioners}
	_, link, err := s.Add(context.Background(), access.CommandLine(), in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.Accept(context.Background(), link, Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Email is the address of a person made by Named.
func Email(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", ".", "'", "").Replace(name)) + "@example.nhs.uk"
}

// Actor holds roles for all commissioners, without an account.
func Actor(roles ...access.Role) record.Actor {
	a := record.Actor{ID: "someone"}
	for _, r := range roles {
		a.Grants = append(a.Grants, record.Grant{Role: string(r)})
	}
	return a
}

// ActorFor holds one role for some commissioners, without an account.
func ActorFor(role access.Role, commissioners ...string) record.Actor {
	a := record.Actor{ID: "someone"}
	for _, c := range commissioners {
		a.Grants = append(a.Grants, record.Grant{Role: string(role), Commissioner: c})
	}
	return a
}
