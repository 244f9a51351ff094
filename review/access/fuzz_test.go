package access_test

import (
	"context"
	"strings"
	"testing"

	"concordat/review/access"
)

// Whatever is typed: no panic, and what is taken has one form.
func FuzzNormalEmail(f *testing.F) {
	for _, s := range []string{"a@b.example", " A@B.example ", "a@b\r\nBcc: c@d", "\"a b\"@c", "a@[192.0.2.1]", "é@ü.example", "@", "\xff@x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := access.NormalEmail(s)
		if err != nil {
			return
		}
		again, err := access.NormalEmail(got)
		if err != nil || again != got || strings.ContainsAny(got, "\r\n\x00") {
			t.Errorf("NormalEmail(%q) = %q, and of that %q, %v", s, got, again, err)
		}
	})
}

func FuzzCheckPassphrase(f *testing.F) {
	for _, s := range []string{"tangerine kettle on the moor", "aaaaaaaaaaaa", "\xff\xfe\xfd567890123", strings.Repeat("é", 200), strings.Repeat("ab", 99) + "c"} {
		f.Add(s, "someone@example.nhs.uk")
	}
	f.Fuzz(func(t *testing.T, s, own string) {
		if faults := access.CheckPassphrase(s, own); len(faults) > 1 {
			t.Errorf("CheckPassphrase(%q) = %v, want one message", s, faults)
		}
	})
}

func FuzzVerify(f *testing.F) {
	h := access.NewWeakArgon2()
	kept, err := h.Hash(context.Background(), "x")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(kept)
	f.Add("$argon2id$v=19$m=19456,t=2,p=1$YQ$YQ")
	f.Add("$argon2id$v=19$m=0,t=1,p=1$$" + strings.Repeat("A", 43))
	f.Fuzz(func(t *testing.T, s string) {
		if ok, err := h.Verify(context.Background(), s, "another"); ok && err == nil {
			t.Errorf("Verify(%q) takes a wrong passphrase", s)
		}
	})
}
