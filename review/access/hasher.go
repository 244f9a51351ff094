package access

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// Hasher turns passphrases into what is kept. It bounds how many are worked on at once, because each takes memory.
type Hasher interface {
	// Hash is the form that is kept, with a salt of its own.
	Hash(ctx context.Context, passphrase string) (string, error)
	// Verify tells whether the passphrase is the one that was kept. For "" it does the same work and says no,
	// so that an unknown person takes as long as a known one.
	Verify(ctx context.Context, kept, passphrase string) (bool, error)
}

// Argon2 is the Hasher in use: argon2id, kept in the PHC form. Verify reads its cost from what was kept.
type Argon2 struct {
	cost  cost
	slots chan struct{}
	decoy string
}

type cost struct {
	memory  uint32 // KiB
	time    uint32 // passes
	threads uint8
}

const (
	saltBytes = 16
	hashBytes = 32
	atOnce    = 2
	maxMemory = 256 << 10 // KiB; a kept form that asks for more is damaged
)

// NewArgon2 is a Hasher of 19 MiB and two passes, at most two at once (OWASP's first choice of parameters).
func NewArgon2() *Argon2 { return newArgon2(cost{memory: 19 << 10, time: 2, threads: 1}) }

// NewWeakArgon2 costs next to nothing. It is for tests only.
func NewWeakArgon2() *Argon2 { return newArgon2(cost{memory: 64, time: 1, threads: 1}) }

func newArgon2(c cost) *Argon2 {
	h := &Argon2{cost: c, slots: make(chan struct{}, atOnce)}
	// Nobody knows the passphrase of the decoy: it is all zeros as a hash.
	h.decoy = phc(c, make([]byte, saltBytes), make([]byte, hashBytes))
	return h
}

// Hash makes the PHC form with a fresh salt. It waits for a free slot.
func (h *Argon2) Hash(ctx context.Context, passphrase string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("making a salt: %w", err)
	}
	sum, err := h.work(ctx, h.cost, salt, passphrase)
	if err != nil {
		return "", err
	}
	return phc(h.cost, salt, sum), nil
}

// Verify compares in constant time. It waits for a free slot.
func (h *Argon2) Verify(ctx context.Context, kept, passphrase string) (bool, error) {
	known := kept != ""
	if !known {
		kept = h.decoy
	}
	c, salt, want, err := readPHC(kept)
	if err != nil {
		return false, err
	}
	got, err := h.work(ctx, c, salt, passphrase)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && known, nil
}

func (h *Argon2) work(ctx context.Context, c cost, salt []byte, passphrase string) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { <-h.slots }()
	// Two keyboards may send an accented letter in two forms.
	plain := norm.NFKC.Bytes([]byte(passphrase))
	return argon2.IDKey(plain, salt, c.time, c.memory, c.threads, hashBytes), nil
}

func phc(c cost, salt, sum []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memory, c.time, c.threads,
		b64.EncodeToString(salt), b64.EncodeToString(sum))
}

var errDamagedHash = errors.New("a kept passphrase is damaged")

func readPHC(s string) (c cost, salt, sum []byte, err error) {
	parts := strings.Split(s, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return cost{}, nil, nil, errDamagedHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.time, &c.threads); err != nil {
		return cost{}, nil, nil, errDamagedHash
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	sum, sumErr := base64.RawStdEncoding.DecodeString(parts[5])
	if saltErr != nil || sumErr != nil || len(sum) != hashBytes || c.memory > maxMemory || c.time < 1 || c.time > 16 || c.threads < 1 {
		return cost{}, nil, nil, errDamagedHash
	}
	return c, salt, sum, nil
}
