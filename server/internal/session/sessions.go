// Package session is about who sends a request: signing in and out, the sessions that remember it, and what protects
// every request before a page sees it.
package session

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/stores"
)

// Limits say how long sessions last.
type Limits struct {
	Idle     time.Duration // without a request
	Absolute time.Duration // in all
}

// usual is an hour without a request, and a working day in all.
var usual = Limits{Idle: time.Hour, Absolute: 12 * time.Hour}

// touchEvery is how often a session's use is written down: not at each request, because each write waits for the disk.
const touchEvery = time.Minute

// Sessions remembers who is signed in. A browser holds a random secret in a cookie, the store only its hash.
type Sessions struct {
	Store  *stores.Sessions
	People *access.Service
	Now    func() time.Time
	Limits Limits // the zero Limits are an hour without a request and 12 hours in all
	Secure bool   // cookies only over TLS
}

func (s *Sessions) limits() Limits {
	l := s.Limits
	if l.Idle == 0 {
		l.Idle = usual.Idle
	}
	if l.Absolute == 0 {
		l.Absolute = usual.Absolute
	}
	return l
}

// The cookies: of the session, and of the browser that signed in before.
const (
	sessionCookie = "session"
	deviceCookie  = "device"
)

func (s *Sessions) cookieName(name string) string {
	if s.Secure {
		// Browsers let no other host, path or unencrypted page set a cookie of this name.
		return "__Host-" + name
	}
	return name
}

// Begin starts a session for an account with a secret of its own, and ends the one that the browser had before.
func (s *Sessions) Begin(c *gin.Context, a *access.Account) error {
	if err := s.endOld(c); err != nil {
		return err
	}
	now, secret := s.Now(), rand.Text()
	ends := s.limits().Absolute
	x := stores.Session{ID: hash(secret), Account: a.ID, Epoch: a.Epoch, Began: now, Seen: now, Ends: now.Add(ends)}
	if err := s.Store.Begin(c.Request.Context(), x); err != nil {
		return err
	}
	s.setCookie(c, sessionCookie, secret, ends)
	return s.remember(c, a)
}

// remember makes the browser known to the account. One secret serves all accounts that a shared browser signs in to.
func (s *Sessions) remember(c *gin.Context, a *access.Account) error {
	secret, fresh := s.device(c), rand.Text()
	if len(secret) != len(fresh) { // none, or none of ours
		secret = fresh
	}
	s.setCookie(c, deviceCookie, secret, access.DeviceKnown)
	return s.People.Remember(c.Request.Context(), a, secret)
}

// device is what the browser holds that signed in before, "" for none.
func (s *Sessions) device(c *gin.Context) string { return s.cookie(c, deviceCookie) }

// End signs the browser out.
func (s *Sessions) End(c *gin.Context) error {
	s.setCookie(c, sessionCookie, "", -time.Second)
	return s.endOld(c)
}

func (s *Sessions) endOld(c *gin.Context) error {
	secret := s.secret(c)
	if secret == "" {
		return nil
	}
	return s.Store.End(c.Request.Context(), hash(secret))
}

func (s *Sessions) secret(c *gin.Context) string { return s.cookie(c, sessionCookie) }

func (s *Sessions) cookie(c *gin.Context, name string) string {
	value, err := c.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return value
}

// setCookie sets a cookie that lasts a time; a negative time takes it away.
func (s *Sessions) setCookie(c *gin.Context, name, value string, lasts time.Duration) {
	//nolint:gosec // Secure is a setting: the demonstration runs without TLS
	http.SetCookie(c.Writer, &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", MaxAge: int(lasts / time.Second),
		HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode})
}

// Visitors notes for each request who sent it. The account is read each time, so that one that was disabled, or whose
// roles changed, acts differently at once on every server. site shows the page when the store cannot be read.
func (s *Sessions) Visitors(site *page.Site) gin.HandlerFunc {
	return func(c *gin.Context) {
		secret := s.secret(c)
		if secret == "" {
			return
		}
		a, err := s.account(c.Request.Context(), hash(secret))
		switch {
		case errors.Is(err, record.ErrNotFound):
			s.setCookie(c, sessionCookie, "", -time.Second)
		case err != nil:
			site.Refuse(c, err)
		default:
			c.Header("Cache-Control", "no-store")
			page.SetVisitor(c, page.Visitor{Account: a.ID, Name: a.Name, Role: a.RoleWords(), Actor: a.Actor(), Token: formToken(secret)})
		}
	}
}

// account is whose session it is; ErrNotFound when it has ended.
func (s *Sessions) account(ctx context.Context, id string) (*access.Account, error) {
	x, err := s.Store.Session(ctx, id)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	if !now.Before(x.Ends) || now.Sub(x.Seen) >= s.limits().Idle {
		return nil, errors.Join(record.ErrNotFound, s.Store.End(ctx, id))
	}
	a, err := s.People.Present(ctx, x.Account, x.Epoch)
	if err != nil {
		return nil, err
	}
	if now.Sub(x.Seen) < touchEvery {
		return a, nil
	}
	x.Seen = now
	err = s.Store.Touch(ctx, x)
	if errors.Is(err, record.ErrConflict) {
		return nil, record.ErrNotFound // signed out from another window just now
	}
	return a, err
}

// current is the id of the session that sent the request, "" for none.
func (s *Sessions) current(c *gin.Context) string {
	if secret := s.secret(c); secret != "" {
		return hash(secret)
	}
	return ""
}

func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// formToken is what forms of a session carry. It follows from the secret, which no page shows, so it need not be kept.
func formToken(secret string) string { return hash("form " + secret) }
