package access_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
)

// counting counts how often the costly work is done.
type counting struct {
	access.Hasher
	verified atomic.Int64
}

func (c *counting) Verify(ctx context.Context, kept, passphrase string) (bool, error) {
	c.verified.Add(1)
	return c.Hasher.Verify(ctx, kept, passphrase)
}

// Whoever it is, the answer is the same and the same work is done: one hash, two counts.
func TestSignInTellsNothing(t *testing.T) {
	ctx := context.Background()
	h := newHouse()
	work := &counting{Hasher: h.Hasher}
	h.Hasher = work
	known := accesstest.Named(t, h.Service, "Known", access.Clinician)
	disabled := accesstest.Named(t, h.Service, "Disabled", access.Clinician)
	if _, err := h.Disable(ctx, edit(access.CommandLine(), disabled)); err != nil {
		t.Fatal(err)
	}
	invited, _, err := h.Add(ctx, access.CommandLine(), access.Invitation{Email: "invited@example.nhs.uk", Name: "I", Role: access.Clinician})
	if err != nil {
		t.Fatal(err)
	}
	words := ""
	for _, tc := range []struct{ name, email, passphrase string }{
		{"unknown", "nobody@example.nhs.uk", accesstest.Passphrase},
		{"no address", "nobody", accesstest.Passphrase},
		{"wrong", known.Email, "something else entirely"},
		{"disabled", disabled.Email, accesstest.Passphrase},
		{"disabled, wrong", disabled.Email, "something else entirely"},
		{"not joined", invited.Email, ""},
	} {
		hashes, commits := work.verified.Load(), h.store.Commits()
		_, err := h.SignIn(ctx, access.SignIn{Email: tc.email, Passphrase: tc.passphrase, Address: "192.0.2.7"})
		if !errors.Is(err, record.ErrRule) {
			t.Fatalf("%s: %v, want a refusal", tc.name, err)
		}
		if words == "" {
			words = err.Error()
		}
		if err.Error() != words {
			t.Errorf("%s: %q, others %q", tc.name, err, words)
		}
		if n, c := work.verified.Load()-hashes, h.store.Commits()-commits; n != 1 || c != 2 {
			t.Errorf("%s: %d hashes and %d writes, want 1 and 2", tc.name, n, c)
		}
	}
}

// A request for a new passphrase writes as often for an unknown address as for a known one.
func TestResetTellsNothing(t *testing.T) {
	ctx := context.Background()
	h := newHouse()
	known := accesstest.Named(t, h.Service, "Known", access.Clinician)
	for _, email := range []string{known.Email, "nobody@example.nhs.uk", "nonsense"} {
		before := h.store.Commits()
		if err := h.RequestReset(ctx, email, "192.0.2.7"); err != nil {
			t.Fatal(err)
		}
		if n := h.store.Commits() - before; n != 3 {
			t.Errorf("%s: %d writes, want 3", email, n)
		}
	}
	if mail := h.store.Mail(); len(mail) != 1 || mail[0].To != known.Email || !strings.Contains(mail[0].Text, "https://policies.example/reset/") {
		t.Errorf("mail = %+v", mail)
	}
}

func TestSlowed(t *testing.T) {
	ctx := context.Background()
	h := newHouse()
	a := accesstest.Join(t, h.Service, access.Clinician)
	try := func(email, passphrase, address string) error {
		return second(h.SignIn(ctx, access.SignIn{Email: email, Passphrase: passphrase, Address: address}))
	}
	var slowed *access.Slowed
	for _, email := range []string{a.Email, "nobody@example.nhs.uk"} {
		for i := range 5 {
			if err := try(email, "wrong", "192.0.2.7"); errors.As(err, &slowed) {
				t.Fatalf("attempt %d of %s is slowed", i+1, email)
			}
		}
		if err := try(email, accesstest.Passphrase, "192.0.2.8"); !errors.As(err, &slowed) || slowed.Words() != "1 second" {
			t.Errorf("sixth attempt of %s: %v, want 1 second", email, err)
		}
	}
	var waits []string
	for range 12 {
		h.clock.Move(slowed.Wait)
		if err := try(a.Email, "wrong", "192.0.2.9"); errors.As(err, &slowed) {
			t.Fatalf("slowed after the wait: %v", err)
		}
		if err := try(a.Email, "wrong", "192.0.2.9"); !errors.As(err, &slowed) {
			t.Fatalf("not slowed: %v", err)
		}
		waits = append(waits, slowed.Words())
	}
	if got, want := strings.Join(waits, ", "), "2 seconds, 4 seconds, 8 seconds, 16 seconds, 32 seconds, 2 minutes, 3 minutes, 5 minutes, 9 minutes, 15 minutes, 15 minutes, 15 minutes"; got != want {
		t.Errorf("waits = %s, want %s", got, want)
	}
	h.clock.Move(15 * time.Minute)
	if err := try(a.Email, accesstest.Passphrase, "192.0.2.9"); err != nil {
		t.Fatalf("the right passphrase after the wait: %v", err)
	}
	if err := try(a.Email, "wrong", "192.0.2.9"); errors.As(err, &slowed) {
		t.Errorf("slowed after a success: %v", err)
	}
}

// One address that tries many accounts is slowed too, IPv6 by its network; a success of somebody else does not clear it.
func TestSlowedByAddress(t *testing.T) {
	ctx := context.Background()
	h := newHouse()
	a := accesstest.Join(t, h.Service, access.Clinician)
	var slowed *access.Slowed
	n := 0
	for ; n < 100; n++ {
		address := "2001:db8::" + string(rune('a'+n%6))
		err := second(h.SignIn(ctx, access.SignIn{Email: strings.Repeat("x", n+1) + "@example.nhs.uk", Address: address}))
		if errors.As(err, &slowed) {
			break
		}
		if n%10 == 0 {
			if err := second(h.SignIn(ctx, access.SignIn{Email: a.Email, Passphrase: accesstest.Passphrase, Address: address})); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n != 30 {
		t.Errorf("slowed after %d attempts from one network, want 30", n)
	}
}

// Many at once cannot all try before the first is counted.
func TestSlowedInACrowd(t *testing.T) {
	ctx := context.Background()
	h := newHouse()
	work := &counting{Hasher: h.Hasher}
	h.Hasher = work
	a := accesstest.Join(t, h.Service, access.Clinician)
	var group sync.WaitGroup
	for range 40 {
		group.Go(func() {
			_, _ = h.SignIn(ctx, access.SignIn{Email: a.Email, Passphrase: "wrong", Address: "192.0.2.7"})
		})
	}
	group.Wait()
	if n := work.verified.Load(); n > 5 {
		t.Errorf("%d passphrases were tried at once, want at most 5", n)
	}
}

func TestCheckPassphrase(t *testing.T) {
	own := []string{"priya.anand@example.nhs.uk", "Priya Anand", "Concordat"}
	for _, tc := range []struct {
		passphrase string
		good       bool
	}{
		{"tangerine kettle on the moor", true},
		{"vrttlqpwmzkx", true},
		{"eine Flöte im Nebel", true},
		{"гроза над тихой рекой", true},
		{"copper window bicycle", true},
		{strings.Repeat("zebra quilt harbour ", 9) + "and some more words", true},
		{"elevenchars", false},
		{strings.Repeat("zebra quilt ", 17), false},
		{"aaaaaaaaaaaaaaa", false},
		{"abcabcabcabcabc", false},
		{"123456789012345", false},
		{"qwertyuiop123", false},
		{"lkjhgfdsapoiuy", false},
		{"password12345", false},
		{"P@55w0rd!!!2026", false},
		{"Passphrase2027", false},
		{"concordat concordat", false},
		{"Concordat-2027", false},
		{"priyaanand1985", false},
		{"PRIYA.ANAND@example.nhs.uk", false},
		{"correct horse battery staple", false},
		{"liverpool2026!", false},
		{"nhsnhsnhsnhs", false},
		{"welcome to the nhs", false},
		{"1qaz2wsx3edc", false},
		{"tanger\xffine kettle", false},
	} {
		faults := access.CheckPassphrase(tc.passphrase, own...)
		if (len(faults) == 0) != tc.good {
			t.Errorf("CheckPassphrase(%q) = %v, want good = %v", tc.passphrase, faults, tc.good)
		}
	}
}

func TestArgon2(t *testing.T) {
	ctx := context.Background()
	h := access.NewArgon2()
	kept, err := h.Hash(ctx, "flöte im nebel")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("Hash = %s, %v", kept, err)
	}
	for passphrase, want := range map[string]bool{"flöte im nebel": true, "flo\u0308te im nebel": true, "Flöte im Nebel": false, "": false} {
		if got, err := h.Verify(ctx, kept, passphrase); got != want || err != nil {
			t.Errorf("Verify(%q) = %v, %v, want %v", passphrase, got, err, want)
		}
	}
	if got, err := h.Verify(ctx, "", ""); got || err != nil {
		t.Errorf("Verify of nobody = %v, %v", got, err)
	}
	for _, damaged := range []string{"x", "$argon2id$v=19$m=19456,t=2,p=1$YQ$", strings.Replace(kept, "m=19456", "m=99999999", 1), strings.Replace(kept, "t=2", "t=0", 1)} {
		if got, err := h.Verify(ctx, damaged, "x"); got || err == nil {
			t.Errorf("Verify of damaged %q = %v, %v", damaged, got, err)
		}
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.Hash(cancelled, "x"); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("Hash with a context that has ended: %v", err)
	}
}
