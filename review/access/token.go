package access

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Purpose is what a link in a message is for.
type Purpose string

// The purposes.
const (
	ForInvitation Purpose = "invitation"
	ForReset      Purpose = "reset"
)

// How long links work.
const (
	InvitationLasts = 7 * 24 * time.Hour
	ResetLasts      = time.Hour
)

// Token is a link as it is kept: only the hash of its secret, so that who reads the store cannot use it. It is part
// of the account, so it is used up in the commit that does what it allows.
type Token struct {
	Purpose Purpose   `bson:"purpose"`
	Hash    string    `bson:"hash"` // SHA-256 of the secret, hex; "" for none
	Expires time.Time `bson:"expires"`
}

// Link is what is sent: it can be used once, until its token expires.
type Link struct {
	Purpose Purpose
	Secret  string
}

// Path is where the link leads on this site.
func (l Link) Path() string { return "/" + string(l.Purpose) + "/" + l.Secret }

func (l Link) token(now time.Time) Token {
	lasts := ResetLasts
	if l.Purpose == ForInvitation {
		lasts = InvitationLasts
	}
	return Token{Purpose: l.Purpose, Hash: hashSecret(l.Secret), Expires: now.Add(lasts)}
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// purposeOf is the link that an account needs: who never joined needs an invitation.
func purposeOf(a *Account) Purpose {
	if a.Joined.IsZero() {
		return ForInvitation
	}
	return ForReset
}

// waitWords says a time in words that are not too exact: "2 minutes".
func waitWords(d time.Duration) string {
	seconds := int((d + time.Second - 1) / time.Second)
	if seconds <= 1 {
		return "1 second"
	}
	if seconds < 60 {
		return fmt.Sprintf("%d seconds", seconds)
	}
	minutes := (seconds + 59) / 60
	if minutes == 1 {
		return "1 minute"
	}
	return fmt.Sprintf("%d minutes", minutes)
}
