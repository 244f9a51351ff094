// Package pagetest is what tests of pages share: the service over a database of its own, people with browsers, and
// what comes back to them.
package pagetest

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/page"
	"concordat/server/internal/services"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
	"concordat/web/view/viewtest"
)

// House is every service over an embedded database of its own, with nobody and nothing in it. Its clock stands still
// until it is moved. Open puts pages before it.
type House struct {
	T          testing.TB
	Clock      *accesstest.Clock
	Docs       docstore.Store
	Keeper     *stores.Keeper
	Review     *review.Service
	Decisions  *decision.Service
	Programmes *programme.Service
	People     *access.Service
	Sessions   *session.Sessions
	Account    *session.Pages
	Site       *page.Site
	Log        *Log
	Handler    http.Handler // answers after Open

	Programme string   // of all places, made by Join
	Places    []string // ids of the commissioners that Join made
}

// New is a house for one test. The test fails at its end when the log tells of a fault of the service.
func New(t testing.TB) *House {
	t.Helper()
	docs := Docs(t)
	keeper, err := stores.Open(context.Background(), docs)
	if err != nil {
		t.Fatal(err)
	}
	h := &House{T: t, Clock: accesstest.NewClock(), Docs: docs, Keeper: keeper, Log: new(Log)}
	h.services()
	h.Site = Site(t)
	h.Site.Now, h.Site.Log = h.Clock.Now, slog.New(slog.NewJSONHandler(h.Log, nil))
	h.Sessions = &session.Sessions{Store: stores.NewSessions(keeper), People: h.People, Now: h.Clock.Now}
	h.Account = &session.Pages{Site: h.Site, People: h.People, Sessions: h.Sessions}
	t.Cleanup(func() {
		if strings.Contains(h.Log.String(), "request failed") {
			t.Errorf("something failed by our fault:\n%s", h.Log)
		}
	})
	return h
}

func (h *House) services() {
	base := services.Over(h.Keeper)
	s := base.Services(services.Given{Now: h.Clock.Now, NewID: stores.NewID})
	h.Review, h.Decisions, h.Programmes = s.Review, s.Decisions, s.Programmes
	h.People = accesstest.NewService(base.Accounts, base.Accounts, h.Clock)
}

// Open puts pages before the services, behind the guard of sessions, beside those with which people sign in.
func (h *House) Open(routes ...page.Route) {
	h.T.Helper()
	h.Handler = h.Engine(append(h.Account.Routes(), routes...)...)
}

// Engine answers at the routes, behind the guard of sessions, and gives static files.
func (h *House) Engine(routes ...page.Route) *gin.Engine {
	h.T.Helper()
	engine := newEngine()
	engine.Use(func(c *gin.Context) { session.Headers(c.Writer.Header(), false) }, h.Sessions.Visitors(h.Site))
	h.Site.Mount(engine, routes, h.Account.Guard)
	assets := viewtest.Assets(h.T)
	engine.NoRoute(func(c *gin.Context) {
		if f, ok := assets.Lookup(c.Request.URL.Path); ok {
			c.Data(http.StatusOK, f.ContentType, f.Bytes)
			return
		}
		h.Site.Fail(c, record.ErrNotFound)
	})
	return engine
}

// EngineFor answers at the routes for whom visitor gives, and asks nobody whether they may: the services do.
func EngineFor(site *page.Site, visitor func(*gin.Context) page.Visitor, routes ...page.Route) *gin.Engine {
	engine := newEngine()
	engine.Use(func(c *gin.Context) {
		if v := visitor(c); v.Account != "" {
			page.SetVisitor(c, v)
		}
	})
	site.Mount(engine, routes, func(*gin.Context, page.Route) error { return nil })
	return engine
}

func newEngine() *gin.Engine {
	gin.SetMode(gin.TestMode)
	return gin.New()
}

// Name is the name of an account; its id when there is none.
func (h *House) Name(ctx context.Context, id string) string {
	if a, err := h.People.Account(ctx, accesstest.Actor(access.Administrator), id); err == nil {
		return a.Name
	}
	return id
}

// Join adds places, and a programme of all places in which policies are begun from then on.
func (h *House) Join(names ...string) {
	h.T.Helper()
	ctx, by := context.Background(), accesstest.Actor(access.Administrator)
	for _, name := range names {
		c, err := h.Review.AddCommissioner(ctx, by, review.Commissioner{Name: "NHS " + name, Short: name, Start: record.Day(2013, 4, 1)})
		if err != nil {
			h.T.Fatal(err)
		}
		h.Places = append(h.Places, c.ID)
	}
	x, err := h.Programmes.Create(ctx, by, programme.Details{Name: fmt.Sprintf("The %d places", len(h.Places)), Start: record.Day(2026, 1, 1), End: record.Day(2027, 1, 1), Commissioners: h.Places})
	if err != nil {
		h.T.Fatal(err)
	}
	h.Programme = x.ID
}

// SignedIn is somebody new, with a browser, who has signed in.
func (h *House) SignedIn(name string, role access.Role, places ...string) *Person {
	h.T.Helper()
	return h.SignIn(accesstest.Named(h.T, h.People, name, role, places...))
}

// SignIn is somebody of an account, with a browser, who has signed in.
func (h *House) SignIn(a *access.Account) *Person {
	h.T.Helper()
	p := Visit(h.T, h.Handler)
	p.ID = a.ID
	p.Post("/sign-in", Form("email", a.Email, "passphrase", accesstest.Passphrase, "next", "/account")).Want(http.StatusOK, a.Email)
	return p
}

// Serve gives an address at which a handler answers until the test ends, for a real browser.
func Serve(t testing.TB, handler http.Handler) (address string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// Site shows pages with the embedded templates. It has no clock and its log goes nowhere.
func Site(t testing.TB) *page.Site {
	t.Helper()
	return &page.Site{Views: viewtest.Set(t), Log: slog.New(slog.DiscardHandler), Service: "Policies"}
}

// Log keeps what was logged.
type Log struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// empty is a database in which nothing was kept yet: a test begins with a copy, which is quicker than making one.
var empty = sync.OnceValues(func() (data []byte, err error) {
	folder, err := os.MkdirTemp("", "concordat-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, folder, stores.Collections())
	if err != nil {
		return nil, err
	}
	if _, err := stores.Open(ctx, docs); err != nil {
		return nil, err
	}
	if err := docs.Close(ctx); err != nil { // moves what is in the log into the file
		return nil, err
	}
	return os.ReadFile(filepath.Join(folder, sqlite.FileName))
})

// Docs is an embedded database with nothing in it, closed when the test ends.
func Docs(t testing.TB) docstore.Store {
	t.Helper()
	data, err := empty()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, sqlite.FileName), data, 0o600); err != nil {
		t.Fatal(err)
	}
	docs, err := sqlite.Open(context.Background(), folder, stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = docs.Close(context.Background()) })
	return docs
}
