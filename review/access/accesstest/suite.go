package accesstest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/record"
)

// Stores is what a program keeps accounts in.
type Stores interface {
	access.Accounts
	access.Attempts
}

// TestStores is the suite that every store of accounts passes. open gives an empty one.
func TestStores(t *testing.T, open func(t *testing.T) Stores) {
	for name, test := range map[string]func(*testing.T, Stores){
		"find":                testFind,
		"one address":         testOneAddress,
		"walk by name":        testWalk,
		"link used once":      testLinkOnce,
		"last administrator":  testLastAdministrator,
		"attempts in a crowd": testAttempts,
	} {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func testFind(t *testing.T, s Stores) {
	ctx := context.Background()
	service := NewService(s, s, NewClock())
	a, link, err := service.Add(ctx, access.CommandLine(), access.Invitation{Email: "Ruth.Ames@Example.nhs.uk", Name: "Ruth Ames", Role: access.PolicyLead, Commissioners: []string{"c1", "c2"}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.ByEmail(ctx, "ruth.ames@example.nhs.uk")
	if err != nil || got.ID != a.ID || len(got.Grants) != 2 || got.Revision != 1 {
		t.Errorf("ByEmail = %+v, %v", got, err)
	}
	if got, err := service.Linked(ctx, link); err != nil || got.ID != a.ID {
		t.Errorf("Linked = %+v, %v", got, err)
	}
	for what, err := range map[string]error{
		"Load":          second(s.Load(ctx, "nobody")),
		"ByEmail":       second(s.ByEmail(ctx, "nobody@example.nhs.uk")),
		"ByToken":       second(s.ByToken(ctx, "00")),
		"ByToken empty": second(s.ByToken(ctx, "")),
	} {
		if !errors.Is(err, record.ErrNotFound) {
			t.Errorf("%s of nobody: %v, want not found", what, err)
		}
	}
}

func second(_ *access.Account, err error) error { return err }

func testOneAddress(t *testing.T, s Stores) {
	service := NewService(s, s, NewClock())
	Join(t, service, access.Clinician)
	_, _, err := service.Add(context.Background(), access.CommandLine(), access.Invitation{Email: " CLINICIAN@example.nhs.uk ", Name: "Another", Role: access.Auditor})
	if !errors.Is(err, record.ErrRule) {
		t.Errorf("a second account with one address: %v, want a refusal in words", err)
	}
}

func testWalk(t *testing.T, s Stores) {
	ctx := context.Background()
	service := NewService(s, s, NewClock())
	for _, name := range []string{"zoë brook", "Amy Ash", "amy Birch", "Bo Cedar", "Émile Dow"} {
		in := access.Invitation{Email: fmt.Sprintf("p%d@example.nhs.uk", len(name)*100+int(name[0])), Name: name, Role: access.Clinician}
		if _, _, err := service.Add(ctx, access.CommandLine(), in); err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	after := ""
	for {
		list, next, err := service.List(ctx, access.CommandLine(), "", after, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			got = append(got, a.Name)
		}
		if after = next; next == "" {
			break
		}
	}
	if want := "[Amy Ash amy Birch Bo Cedar zoë brook Émile Dow]"; fmt.Sprint(got) != want {
		t.Errorf("walk = %v, want %s", got, want)
	}
	list, _, err := service.List(ctx, access.CommandLine(), "  AMY b", "", 10)
	if err != nil || len(list) != 1 || list[0].Name != "amy Birch" {
		t.Errorf("found %d for “amy b”, %v", len(list), err)
	}
}

func testLinkOnce(t *testing.T, s Stores) {
	ctx := context.Background()
	service := NewService(s, s, NewClock())
	_, link, err := service.Add(ctx, access.CommandLine(), access.Invitation{Email: "a@example.nhs.uk", Name: "A", Role: access.Clinician})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	wins := make(chan string, 8)
	for i := range 8 {
		group.Go(func() {
			passphrase := fmt.Sprintf("%s %d", Passphrase, i)
			if _, err := service.Accept(ctx, link, passphrase); err == nil {
				wins <- passphrase
			}
		})
	}
	group.Wait()
	if len(wins) != 1 {
		t.Fatalf("%d of 8 used one link, want 1", len(wins))
	}
	if _, err := service.SignIn(ctx, access.SignIn{Email: "a@example.nhs.uk", Passphrase: <-wins}); err != nil {
		t.Errorf("signing in with the passphrase that won: %v", err)
	}
}

// Two administrators who disable each other at the same time: one is left, nested and in parallel.
func testLastAdministrator(t *testing.T, s Stores) {
	ctx := context.Background()
	service := NewService(s, s, NewClock())
	a, b := Named(t, service, "First", access.Administrator), Named(t, service, "Second", access.Administrator)
	disable := func(by, whom *access.Account) error {
		whom, err := s.Load(ctx, whom.ID)
		if err != nil {
			return err
		}
		_, err = service.Disable(ctx, record.Edit{By: by.Actor(), ID: whom.ID, Revision: whom.Revision})
		return err
	}
	for round := range 20 {
		var group sync.WaitGroup
		var errs [2]error
		group.Go(func() { errs[0] = disable(a, b) })
		group.Go(func() { errs[1] = disable(b, a) })
		group.Wait()
		left, err := s.Managing(ctx, 10)
		if err != nil || len(left) != 1 {
			t.Fatalf("round %d: %d administrators left, %v; refusals %v", round, len(left), err, errs)
		}
		for _, x := range []*access.Account{a, b} {
			if x, err = s.Load(ctx, x.ID); err == nil && x.Disabled {
				_, err = service.Enable(ctx, record.Edit{By: left[0].Actor(), ID: x.ID, Revision: x.Revision})
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func testAttempts(t *testing.T, s Stores) {
	ctx := context.Background()
	if a, err := s.Attempt(ctx, "key"); err != nil || a != (access.Attempt{}) {
		t.Fatalf("no attempt = %+v, %v", a, err)
	}
	noon := time.Date(2027, 2, 8, 12, 0, 0, 123e6, time.UTC)
	if err := s.SaveAttempt(ctx, "key", access.Attempt{Clear: noon, Known: noon.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveAttempt(ctx, "key", access.Attempt{Clear: noon.Add(time.Hour)}); !errors.Is(err, record.ErrConflict) {
		t.Errorf("a note made from an older one: %v, want a conflict", err)
	}
	a, err := s.Attempt(ctx, "key")
	if err != nil || !a.Clear.Equal(noon) || !a.Known.Equal(noon.Add(time.Second)) {
		t.Errorf("attempt = %+v, %v", a, err)
	}
}
