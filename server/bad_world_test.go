package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"concordat/review/access"
	"concordat/review/bulk"
	"concordat/review/decision"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/server/internal/demo"
	"concordat/server/internal/docstore"
)

// hostile is a world whose saves are counted and whose log is kept, with somebody who may do everything.
type hostile struct {
	*world
	t       *testing.T
	docs    *countedDocs
	log     *keptLog
	client  *http.Client
	token   string
	links   []string // where an invitation and a reset are used, and other addresses that no page leads to
	cookies []*http.Cookie
}

// anybody is a browser that is not signed in.
func (h *hostile) anybody() *http.Client {
	return &http.Client{Transport: &h.people, CheckRedirect: noRedirect}
}

// countedDocs counts the commits that were saved with an event: sessions, attempts and drafts have none.
type countedDocs struct {
	docstore.Store
	saved  atomic.Int64
	broken atomic.Bool
	unsure atomic.Bool // whether a governed change was saved is never said
	deaf   atomic.Bool // sessions cannot be read
}

var errBroken = errors.New("the disk is full")

func (d *countedDocs) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	if d.broken.Load() {
		return docstore.Page{}, errBroken
	}
	return d.Store.Find(ctx, q)
}

func (d *countedDocs) Get(ctx context.Context, collection, id string) (docstore.Doc, error) {
	if collection == "session" && d.deaf.Load() {
		return docstore.Doc{}, errBroken
	}
	return d.Store.Get(ctx, collection, id)
}

func (d *countedDocs) Commit(ctx context.Context, b docstore.Batch) error {
	governed := slices.ContainsFunc(b.Puts, func(p docstore.Put) bool { return p.Collection == "event" })
	if governed && d.unsure.Load() {
		return fmt.Errorf("committing: %w", record.ErrUnknown)
	}
	err := d.Store.Commit(ctx, b)
	for _, p := range b.Puts {
		if err == nil && p.Collection == "event" {
			d.saved.Add(1)
			break
		}
	}
	return err
}

type keptLog struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *keptLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *keptLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// openHostile starts the program on a copy of a database.
func openHostile(t *testing.T, file []byte) *hostile {
	t.Helper()
	h := &hostile{t: t, docs: &countedDocs{}, log: &keptLog{}}
	h.world = &world{app: openDemo(t, file, slog.New(slog.NewJSONHandler(h.log, nil)), func(docs docstore.Store) docstore.Store {
		h.docs.Store = docs
		return h.docs
	})}
	h.serve(t)
	h.choose(t)
	t.Cleanup(func() { h.discreet(t) })
	return h
}

// private is what no line of the log may hold: what people typed, their names and addresses.
var private = []string{"@", "alert(1)", "Words that are new", "many words", "Priya", "Tonsil", "pneumono", "caf"}

func (h *hostile) discreet(t *testing.T) {
	t.Helper()
	log := h.log.String()
	for _, word := range private {
		if i := strings.Index(log, word); i >= 0 {
			t.Errorf("the log holds what is private: %.200q", log[max(0, i-100):])
		}
	}
}

var hostileOnce struct {
	sync.Once
	first *hostile
	file  []byte
	found map[string]webForm // the form of each route that takes one
}

// newHostile is a hostile world of its own: a copy of the first.
func newHostile(t *testing.T) *hostile {
	t.Helper()
	hostileOnce.Do(func() {
		first := prepared(t)
		file := kept(t, first.docs.Store)
		hostileOnce.first, hostileOnce.file, hostileOnce.found = first, file, first.forms()
	})
	first := hostileOnce.first
	if first == nil {
		t.Fatal("the hostile world could not be prepared")
	}
	h := openHostile(t, hostileOnce.file)
	h.token, h.links, h.cookies = first.token, first.links, first.cookies
	h.people.sent.Store(first.people.sent.Load()) // what was asked from an address is on record in the copy
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	jar.SetCookies(&url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"}, h.cookies)
	h.client = &http.Client{Transport: &h.people, Jar: jar, CheckRedirect: noRedirect}
	return h
}

// known are the forms that the first hostile world has, by their routes.
func (h *hostile) known() map[string]webForm { return hostileOnce.found }

// prepared is the first hostile world.
func prepared(t *testing.T) *hostile {
	t.Helper()
	h := openHostile(t, loadedDemo(t))
	admin := h.seat(t, access.Administrator, "all")
	all := h.seat(t, access.PolicyLead, "all")
	for _, role := range access.Roles {
		a, err := h.app.People.Account(t.Context(), admin.actor, all.actor.ID)
		if err != nil {
			t.Fatal(err)
		}
		if role == access.PolicyLead {
			continue
		}
		if _, err := h.app.People.Give(t.Context(), record.Edit{By: admin.actor, ID: a.ID, Revision: a.Revision}, role, nil); err != nil {
			t.Fatal(err)
		}
	}
	h.signIn(t, all.email, testPassphrase) // at another place, to be ended from here
	h.client, h.token = h.signIn(t, all.email, testPassphrase)
	h.cookies = h.client.Jar.Cookies(&url.URL{Scheme: "http", Host: "127.0.0.1", Path: "/"})
	h.prepare(admin)
	return h
}

// prepare brings about what some forms need: invitations, a disabled account, a suspended policy.
func (h *hostile) prepare(admin seat) {
	h.t.Helper()
	ctx := h.t.Context()
	_, link, err := h.app.People.Add(ctx, access.CommandLine(), access.Invitation{Name: "New Person", Email: "new.person@example.org", Role: access.Clinician})
	if err != nil {
		h.t.Fatal(err)
	}
	maja, err := h.app.People.ByEmail(ctx, admin.actor, "maja.lindqvist@concordat.example")
	if err != nil {
		h.t.Fatal(err)
	}
	reset, err := h.app.People.NewLink(ctx, record.Edit{By: access.CommandLine(), ID: maja.ID, Revision: maja.Revision})
	if err != nil {
		h.t.Fatal(err)
	}
	h.links = []string{link.Path(), reset.Path()}
	tom, err := h.app.People.ByEmail(ctx, admin.actor, "tom.reeve@concordat.example")
	if err == nil {
		_, err = h.app.People.Disable(ctx, record.Edit{By: admin.actor, ID: tom.ID, Revision: tom.Revision})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	helen, _ := h.signIn(h.t, "helen.castellan@concordat.example", demo.Passphrase)
	h.submit(helen, "/desk/policies/cp-060/register/aldermoss", "/suspend", url.Values{})
	h.links = append(h.links, h.warning(), "/desk/policies/cp-060/register/aldermoss", "/desk/policies/gp-001/register/aldermoss", "/desk/policies/cp-017/files")
	h.adopt(admin)
	h.bringIn(admin)
}

// bringIn begins an import whose text waits for a choice and one that can run, and confirms a row of a matrix.
func (h *hostile) bringIn(by seat) {
	h.t.Helper()
	ctx, act := h.t.Context(), record.Actor{ID: by.actor.ID, Grants: []record.Grant{{Role: string(access.PolicyLead)}}}
	file := bulk.Sent{Name: "some text.md", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader("# Tonsils\n\n- the BMI is below 40\n")), nil
	}}
	for _, start := range []bulk.Start{{Files: []bulk.Sent{file}}, {Files: []bulk.Sent{file}, Policy: "cp-041", Commissioner: "aldermoss", Effective: demo.Today}} {
		x, err := h.app.Imports.Begin(ctx, act, start)
		if err == nil {
			err = h.app.Imports.Read(ctx, act, x.ID)
		}
		if err != nil {
			h.t.Fatal(err)
		}
		h.links = append(h.links, "/desk/imports/"+x.ID)
	}
	m, err := h.app.Review.Matrix(ctx, act, "cp-041", harmony.Draft)
	if err == nil {
		_, err = h.app.Review.Correct(ctx, record.Edit{By: act, ID: "cp-041", Revision: m.Made.Revision}, harmony.Correction{Act: harmony.Confirm, Words: m.Rows[0].Lead})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.links = append(h.links, "/desk/policies/cp-041/matrix/corrections")
}

// warning is where the reason for keeping a warning is asked for.
func (h *hostile) warning() string {
	const address = "/desk/policies/cp-041"
	for _, f := range readPage(address, text(h.t, h.client, h.server.URL+address)).forms {
		for _, b := range f.buttons {
			if strings.HasPrefix(b.value, "keep ") {
				return h.submit(h.client, address, address, url.Values{b.name: {b.value}})
			}
		}
	}
	h.t.Fatal("no warning can be kept")
	return ""
}

// adopt records a decision that starts with an event whose date is not known, at a meeting of today, and sets the
// version to be public later.
func (h *hostile) adopt(by seat) {
	h.t.Helper()
	ctx, act := h.t.Context(), record.Actor{ID: by.actor.ID, Grants: []record.Grant{{Role: string(access.Secretary)}, {Role: string(access.PolicyLead)}}}
	m, err := h.app.Decisions.Plan(ctx, act, decision.Details{Title: "Committee", Body: "Committee", Date: demo.Today, Commissioners: []string{"aldermoss", "brindlewick"}})
	if err == nil {
		m, err = h.app.Decisions.AddItems(ctx, record.Edit{By: act, ID: m.ID, Revision: m.Revision}, []decision.Paper{{Policy: "gp-001", Version: "1.0"}})
	}
	if err == nil {
		m, err = h.app.Decisions.Attend(ctx, record.Edit{By: act, ID: m.ID, Revision: m.Revision}, []decision.Member{{Name: "A Chair", Role: "chair", Present: true}})
	}
	if err == nil {
		_, err = h.app.Decisions.Record(ctx, record.Edit{By: act, ID: m.ID, Revision: m.Revision}, []decision.Entry{{Field: "x", Policy: "gp-001", Version: "1.0", Commissioner: "aldermoss",
			Said: decision.Said{Outcome: decision.Adopt, DueRegard: "Considered.", Minute: "1", Event: "start of the contract", Rule: decision.Referred}}})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.links = append(h.links, "/desk/meetings/"+m.ID, "/desk/meetings/"+m.ID+"/decide", "/desk/meetings/"+m.ID+"/items")
	decisions := "/desk/policies/gp-001/decisions"
	h.submit(h.client, decisions, "/publish", url.Values{"version": {"1.0"}, "from-day": {"1"}, "from-month": {"4"}, "from-year": {"2027"}})
	h.links = append(h.links, decisions) // with the form that takes the publication back
}

// submit sends the form of a page whose action ends so, plausibly filled, and wants it accepted.
func (h *hostile) submit(client *http.Client, address, action string, with url.Values) (to string) {
	h.t.Helper()
	for _, f := range readPage(address, text(h.t, client, h.server.URL+address)).forms {
		if !strings.HasSuffix(f.action, action) {
			continue
		}
		v := f.filled()
		for name, x := range with {
			v[name] = x
		}
		got := h.post(client, f.action, v)
		if got.status != http.StatusSeeOther {
			h.t.Fatalf("%s%s = %d\n%s", address, action, got.status, told(got.body))
		}
		return got.header.Get("Location")
	}
	h.t.Fatalf("%s has no form for %s", address, action)
	return ""
}
