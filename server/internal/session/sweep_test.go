package session_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
)

// parts are the stores alone, without pages.
func parts(t *testing.T) (*stores.Sessions, *stores.Accounts, *accesstest.Clock) {
	t.Helper()
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = docs.Close(ctx) })
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	return stores.NewSessions(keeper), stores.NewAccounts(keeper), accesstest.NewClock()
}

func TestSweep(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	sessions, accounts, clock := parts(t)
	now := clock.Now()
	for id, ends := range map[string]time.Time{"over": now.Add(-time.Second), "running": now.Add(time.Second)} {
		if err := sessions.Begin(ctx, stores.Session{ID: id, Account: "ruth", Seen: now, Ends: ends}); err != nil {
			t.Fatal(err)
		}
	}
	if err := accounts.SaveAttempt(ctx, "old", access.Attempt{Clear: now.Add(-2 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	sweeper := &session.Sweeper{Sessions: sessions, Attempts: accounts, Now: clock.Now, Log: slog.New(slog.DiscardHandler)}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	sweeper.Run(cancelled) // returns at once
	if err := sweeper.Once(ctx); err != nil {
		t.Fatal(err)
	}
	left, err := sessions.Of(ctx, "ruth")
	if err != nil || len(left) != 1 || left[0].ID != "running" {
		t.Errorf("left: %+v, %v", left, err)
	}
	if a, err := accounts.Attempt(ctx, "old"); err != nil || a != (access.Attempt{}) {
		t.Errorf("an old note is left: %+v, %v", a, err)
	}
}

// Behind TLS the cookies have names that browsers guard, and no script can read them anywhere.
func TestCookie(t *testing.T) {
	t.Parallel()
	gin.SetMode(gin.TestMode)
	sessions, accounts, clock := parts(t)
	people := accesstest.NewService(accounts, accounts, clock)
	account := accesstest.Join(t, people, access.Clinician)
	for _, tc := range []struct {
		secure bool
		names  []string
	}{{true, []string{"__Host-session", "__Host-device"}}, {false, []string{"session", "device"}}} {
		s := &session.Sessions{Store: sessions, People: people, Now: clock.Now, Secure: tc.secure}
		w := httptest.NewRecorder()
		c, _ := gin.CreateTestContext(w)
		c.Request = httptest.NewRequest(http.MethodPost, "/sign-in", nil)
		if err := s.Begin(c, account); err != nil {
			t.Fatal(err)
		}
		cookies := w.Result().Cookies()
		if len(cookies) != len(tc.names) {
			t.Fatalf("cookies %v, want %v", cookies, tc.names)
		}
		for i, got := range cookies {
			if got.Name != tc.names[i] || !got.HttpOnly || got.Secure != tc.secure || got.SameSite != http.SameSiteLaxMode || got.Path != "/" || got.Domain != "" {
				t.Errorf("secure %v: cookie %v", tc.secure, got)
			}
			if len(got.Value) < 26 {
				t.Errorf("the secret has %d characters", len(got.Value))
			}
			if _, err := sessions.Session(context.Background(), got.Value); err == nil {
				t.Error("the secret itself is kept")
			}
			if a, err := accounts.Attempt(context.Background(), got.Value); err != nil || a != (access.Attempt{}) {
				t.Error("the secret itself is kept")
			}
		}
	}
}
