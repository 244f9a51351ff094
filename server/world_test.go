package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/access"
	programmes "concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/demo"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
	"concordat/web/view/viewtest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// world is the demonstration, answering at an address of its own.
type world struct {
	app    *app
	server *httptest.Server

	people crowd

	policy                                       *review.Policy
	here, beside, elsewhere                      string // commissioners: two of the policy's, and one that is not
	policyPlaces, meetingPlaces, programmePlaces []string
	fill                                         map[string]string // what stands for the parameters of routes
}

// lead acts for the tests where they only need to read.
var lead = record.Actor{ID: "test", Grants: []record.Grant{{Role: "policy lead"}}}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{app: openDemo(t, loadedDemo(t), slog.New(slog.DiscardHandler), nil)}
	w.serve(t)
	w.choose(t)
	return w
}

var demoOnce struct {
	sync.Once
	file []byte
}

// loadedDemo is the database of the demonstration, loaded once: each world begins with a copy.
func loadedDemo(t *testing.T) []byte {
	t.Helper()
	demoOnce.Do(func() {
		a := openDemo(t, nil, slog.New(slog.DiscardHandler), nil)
		if _, err := a.loadDemo(context.Background()); err != nil {
			t.Fatal(err)
		}
		demoOnce.file = kept(t, a.docs)
		if err := a.docs.Close(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
	if demoOnce.file == nil {
		t.Fatal("the demonstration could not be loaded")
	}
	return demoOnce.file
}

// kept is what an embedded database holds, as a file.
func kept(t *testing.T, docs docstore.Store) []byte {
	t.Helper()
	s, ok := docs.(*sqlite.Store)
	if !ok {
		t.Fatal("the tests run on the embedded database")
	}
	file := filepath.Join(t.TempDir(), "backup")
	if err := s.Backup(context.Background(), file); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// openDemo is the program over a copy of a database, where a passphrase costs next to nothing. Whoever calls closes
// its database, as serve does. Over, unless nil, stands before the database.
func openDemo(t *testing.T, file []byte, log *slog.Logger, over func(docstore.Store) docstore.Store) *app {
	t.Helper()
	ctx := context.Background()
	cfg := config{DataDir: t.TempDir(), Proxies: []string{"127.0.0.1"}}
	cfg.fill()
	if file != nil {
		if err := os.WriteFile(filepath.Join(cfg.DataDir, sqlite.FileName), file, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	opened, err := cfg.openDocs(ctx)
	if err != nil {
		t.Fatal(err)
	}
	docs := docstore.Store(opened)
	if over != nil {
		docs = over(docs)
	}
	a, err := assemble(ctx, cfg, docs, log, demo.Clock(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	a.demo, a.People.Hasher = true, access.NewWeakArgon2()
	return a
}

func (w *world) serve(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var background tasks
	w.app.show(viewtest.Assets(t), viewtest.Set(t))
	if err := w.app.openLibrary(ctx, &background); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(nil)
	w.app.cfg.PublicURL = "http://" + server.Listener.Addr().String()
	handler, err := w.app.handler()
	if err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = handler
	server.Start()
	w.server = server
	t.Cleanup(func() {
		server.Close()
		cancel()
		background.wait()
		if err := w.app.docs.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

// choose picks a draft with local policies, and documents around it.
func (w *world) choose(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	p, err := w.app.Review.Policy(ctx, lead, "cp-041")
	if err != nil {
		t.Fatal(err)
	}
	places, err := w.app.Review.AllCommissioners(ctx)
	if err != nil {
		t.Fatal(err)
	}
	w.policy, w.policyPlaces = p, p.Commissioners
	concerned := map[string]bool{}
	for _, id := range p.Commissioners {
		concerned[id] = true
	}
	for _, c := range places {
		if !concerned[c.ID] {
			w.elsewhere = c.ID
		}
	}
	w.here, w.beside = p.Commissioners[1], p.Commissioners[2]
	programme, err := w.app.Programmes.Programme(ctx, lead, p.Programme)
	if err != nil {
		t.Fatal(err)
	}
	meeting, err := w.app.Decisions.Meeting(ctx, lead, "2027-03-18")
	if err != nil {
		t.Fatal(err)
	}
	w.programmePlaces, w.meetingPlaces = programme.Commissioners, meeting.Commissioners
	last, _ := p.Latest()
	promised, err := w.app.Programmes.Promise(ctx, lead, programme.ID, programmes.Promised{Promise: programmes.ToReview, Words: "It will be looked at again",
		Commissioners: programme.Commissioners, Who: "The board", Where: "minute 7", Due: record.Day(2028, 4, 1)})
	if err != nil {
		t.Fatal(err)
	}
	w.fill = map[string]string{"policies:id": p.ID, "programmes:id": programme.ID, "meetings:id": meeting.ID, "commissioners:id": w.here, "imports:id": "none", // an import is for who began it
		"accounts:id": "priya", ":promise": promised.ID, ":commissioner": w.here, ":place": w.here, ":number": "1", ":version": last.Number.String(), ":file": "none", ":row": "none", ":token": "none"}
}

// crowd sends each request as if from another address, through a proxy: the tests ask more than one person could.
type crowd struct{ sent atomic.Uint32 }

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	n := c.sent.Add(1)
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	return http.DefaultTransport.RoundTrip(r)
}

// text reads a page.
func text(t *testing.T, client *http.Client, address string) string {
	t.Helper()
	resp, err := client.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
