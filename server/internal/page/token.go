package page

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
)

// Masked is a token as a page carries it: other letters in each answer. Pages are compressed, and how long one with what
// a stranger chose in it becomes must tell nothing of the token (the BREACH attack).
func Masked(token string) string {
	pad := make([]byte, len(token))
	_, _ = rand.Read(pad) // never fails
	mixed := make([]byte, len(token))
	subtle.XORBytes(mixed, pad, []byte(token))
	return hex.EncodeToString(pad) + hex.EncodeToString(mixed)
}

// Unmasked is the token that a form carried; "" for what is none.
func Unmasked(sent string) string {
	raw, err := hex.DecodeString(sent)
	if err != nil || len(raw)%2 != 0 {
		return ""
	}
	half := len(raw) / 2
	out := make([]byte, half)
	subtle.XORBytes(out, raw[:half], raw[half:])
	return string(out)
}
