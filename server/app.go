package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/server/internal/demo"
	"concordat/server/internal/docstore"
	"concordat/server/internal/job"
	"concordat/server/internal/outbox"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
	"concordat/server/internal/services"
	"concordat/server/internal/session"
	"concordat/server/internal/stores"
	"concordat/web"
	"concordat/web/view"
)

// app is the program with everything in its place.
type app struct {
	cfg    config
	log    *slog.Logger
	now    func() time.Time
	demo   bool
	docs   docstore.Store
	keeper *stores.Keeper

	base  *services.Base
	given services.Given
	services.Services
	jobs *job.Runner

	assets  *web.Assets
	site    *page.Site
	library *public.Library
}

// clock gives UTC in milliseconds, as documents keep it.
func clock() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

// assemble makes the services over an open database.
func assemble(ctx context.Context, cfg config, docs docstore.Store, log *slog.Logger, now func() time.Time) (*app, error) {
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		return nil, err
	}
	a := &app{cfg: cfg, log: log, now: now, docs: docs, keeper: keeper, base: services.Over(keeper),
		given: services.Given{Name: cfg.Service, PublicURL: cfg.PublicURL, Hasher: access.NewArgon2(), Now: now, NewID: stores.NewID, Secret: rand.Text}}
	a.Services = a.base.Services(a.given)
	a.jobs = job.NewRunner(log)
	return a, nil
}

// secure tells whether people reach the service over TLS only.
func (a *app) secure() bool { return strings.HasPrefix(a.cfg.PublicURL, "https://") }

// views loads templates and static files.
func (a *app) views() error {
	assets, err := web.NewAssets()
	if err != nil {
		return fmt.Errorf("loading static files: %w", err)
	}
	set, err := view.NewSet(assets)
	if err != nil {
		return fmt.Errorf("loading templates: %w", err)
	}
	a.show(assets, set)
	return nil
}

// show makes the site with its menus out of what was loaded.
func (a *app) show(assets *web.Assets, set *view.Set) {
	a.assets = assets
	strip := ""
	if a.demo {
		strip = "Demonstration: invented places and people, from " + demo.Today.Words() + " on"
	}
	a.site = &page.Site{Views: set, Log: a.log, Now: a.now, Service: a.cfg.Service, Demo: a.demo, Strip: strip, Logo: a.cfg.Logo, Secure: a.secure(),
		PublicURL: a.cfg.PublicURL, StaffMenu: staffMenu, PublicMenu: publicMenu, FooterLinks: footerLinks}
}

var staffMenu = []page.MenuEntry{
	{Section: "work", Text: "My work", Href: "/desk"},
	{Section: "programmes", Text: "Programmes", Href: "/desk/programmes"},
	{Section: "policies", Text: "Policies", Href: "/desk/policies"},
	{Section: "meetings", Text: "Meetings", Href: "/desk/meetings"},
	{Section: "commissioners", Text: "Commissioners", Href: "/desk/commissioners"},
	{Section: "library", Text: "Public site", Href: "/"},
	{Section: "admin", Text: "Accounts", Href: "/admin/accounts", Action: access.AccountManage},
}

var publicMenu = []page.MenuEntry{
	{Section: "library", Text: "Policies", Href: "/"},
	{Section: "applies", Text: "What applies", Href: "/applies"},
	{Section: "coming", Text: "Coming up", Href: "/coming"},
}

var footerLinks = []view.Link{
	{Text: "Accessibility statement", Href: "/accessibility"},
	{Text: "Contact us", Href: "/contact"},
	{Text: "Cookies", Href: "/cookies"},
	{Text: "Privacy", Href: "/privacy"},
	{Text: "Staff sign in", Href: "/sign-in"},
}

// tasks are what runs beside the answering of requests. wait returns when all have ended.
type tasks struct{ group sync.WaitGroup }

func (t *tasks) start(run func()) { t.group.Go(run) }

func (t *tasks) wait() { t.group.Wait() }

// background starts the relay of mail, the sweeping of sessions, and the telling of decisions that are due.
func (a *app) background(ctx context.Context, t *tasks) error {
	sweeper := &session.Sweeper{Sessions: stores.NewSessions(a.keeper), Attempts: stores.NewAccounts(a.keeper), Now: a.now, Log: a.log}
	t.start(func() { sweeper.Run(ctx) })
	t.start(func() { a.jobs.Run(ctx) })
	t.start(func() { a.notify(ctx) })
	if a.cfg.SMTP == "" {
		return nil
	}
	smtp, err := outbox.NewSMTP(a.cfg.SMTP, a.cfg.MailFrom)
	if err != nil {
		return err
	}
	relay := &outbox.Relay{Messages: stores.NewMessages(a.keeper), Sender: smtp, Now: a.now, Log: a.log}
	t.start(func() { relay.Run(ctx) })
	return nil
}

// handler answers requests: published pages first, then everything else behind sessions and guards.
func (a *app) handler() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	if err := engine.SetTrustedProxies(a.cfg.Proxies); err != nil {
		return nil, fmt.Errorf("trusted proxies: %w", err)
	}
	sessions := &session.Sessions{Store: stores.NewSessions(a.keeper), People: a.People, Now: a.now, Secure: a.secure()}
	account := &session.Pages{Site: a.site, People: a.People, Sessions: sessions}
	engine.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok") })
	engine.GET("/readyz", a.ready)
	floods := &session.Floods{}
	engine.Use(session.Log(a.log), session.Recover(a.site), floods.Middleware(a.site), sessions.Visitors(a.site))
	a.site.Mount(engine, a.routes(account), account.Guard)
	engine.NoRoute(func(c *gin.Context) { a.site.Refuse(c, a.nowhere(c)) })
	engine.NoMethod(func(c *gin.Context) { a.site.Refuse(c, page.ErrMethod) })
	rest, err := session.Protect(a.static(engine), a.secure(), a.cfg.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("PUBLIC_URL: %w", err)
	}
	return a.library.Front(rest), nil
}

// nowhere is what is wrong with a request that has no route: pages that are kept ready, and static files, are only shown.
func (a *app) nowhere(c *gin.Context) error {
	if m := c.Request.Method; m != http.MethodGet && m != http.MethodHead && (a.library.Shows(c.Request) || strings.HasPrefix(c.Request.URL.Path, web.Prefix)) {
		c.Header("Allow", "GET, HEAD")
		return page.ErrMethod
	}
	return errNoPage
}

// ready fails while the database does not answer, or cannot save: after a commit that failed, and on a full disk.
func (a *app) ready(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if err := a.docs.Ping(ctx); err != nil {
		a.log.ErrorContext(ctx, "not ready", slog.String("error", err.Error()))
		why := "the database does not answer"
		for _, known := range []error{docstore.ErrFull, docstore.ErrNoSaves} {
			if errors.Is(err, known) {
				why = known.Error()
			}
		}
		c.String(http.StatusServiceUnavailable, "%s", why)
		return
	}
	c.String(http.StatusOK, "ready")
}
