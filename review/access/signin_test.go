package access_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

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
	t.Parallel()
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
	t.Parallel()
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

func TestCheckPassphrase(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
