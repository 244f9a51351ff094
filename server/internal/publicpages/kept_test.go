package publicpages_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/record"

	"github.com/andybalholm/brotli"
)

// Two servers over one database agree within 2 seconds.
func TestTwoServersAgree(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	other := w.library()
	w.ok(other.Refresh(w.ctx))
	h := w.serve(other)
	done := make(chan struct{})
	ctx, stop := context.WithCancel(w.ctx)
	go func() { other.Run(ctx); close(done) }()
	defer func() { stop(); <-done }()
	alder := w.lib.Snapshot().Area("aldermoss")
	r, err := w.review.Registers.Load(w.ctx, review.RegisterID(p.ID, alder.ID))
	w.ok(err)
	before := w.ask(h, nil, "/policies/carpal-tunnel-surgery", "aldermoss", nil)
	_, err = w.review.Suspend(w.ctx, w.edit(r.ID, r.Revision), record.Day(2027, 1, 11))
	w.ok(err)
	for {
		now := w.ask(h, nil, "/policies/carpal-tunnel-surgery", "aldermoss", nil)
		if now.text != before.text {
			here := w.get("/policies/carpal-tunnel-surgery", "aldermoss")
			if now.text != here.text || now.Header().Get("ETag") != here.Header().Get("ETag") {
				t.Error("the two servers say different things")
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestEncodingsAndTags(t *testing.T) {
	t.Parallel()
	w, _, _, _ := simple(t)
	const path = "/policies/carpal-tunnel-surgery"
	plain := w.get(path, "")
	tags := map[string]bool{}
	for encoding, unpack := range map[string]func(io.Reader) (io.Reader, error){
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
		"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
	} {
		got := w.ask(w.handler, w.lib, path, "", http.Header{"Accept-Encoding": {encoding}})
		r, err := unpack(strings.NewReader(got.text))
		w.ok(err)
		body, err := io.ReadAll(r)
		w.ok(err)
		if string(body) != plain.text || got.Header().Get("Content-Encoding") != encoding {
			t.Errorf("%q: %d bytes in %q", encoding, len(body), got.Header().Get("Content-Encoding"))
		}
		if encoding != "" && len(got.text)*2 > len(plain.text) {
			t.Errorf("%q: %d bytes of %d", encoding, len(got.text), len(plain.text))
		}
		tag := got.Header().Get("ETag")
		tags[tag] = true
		again := w.ask(w.handler, w.lib, path, "", http.Header{"Accept-Encoding": {encoding}, "If-None-Match": {`"x", W/` + tag}})
		if again.Code != http.StatusNotModified || again.text != "" || again.Header().Get("ETag") != tag {
			t.Errorf("%q: asked again: status %d", encoding, again.Code)
		}
	}
	if len(tags) != 3 {
		t.Errorf("tags %v are not different", tags)
	}
	for name, want := range map[string]string{"Vary": "Accept-Encoding, Cookie", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff",
		"Content-Type": "text/html; charset=utf-8"} {
		if got := plain.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if got := w.ask(w.handler, w.lib, path, "", http.Header{"Accept-Encoding": {"br;q=0, gzip;q=0.5"}}); got.Header().Get("Content-Encoding") != "gzip" {
		t.Errorf("a refused coding was used: %q", got.Header().Get("Content-Encoding"))
	}
	if a, b := w.get(path, "aldermoss"), w.get(path, "brindlewick"); a.Header().Get("ETag") == b.Header().Get("ETag") {
		t.Error("two areas share a tag")
	}
}

// What is no public fact changes nothing: the same pages stay, with the same tags.
func TestDraftsDoNotTouchTheCache(t *testing.T) {
	t.Parallel()
	w, p, _, _ := simple(t)
	before := w.lib.Snapshot()
	w.write(w.policy(p.ID), carpal(), "A draft.")
	w.ok(w.lib.Refresh(w.ctx))
	if w.lib.Snapshot() != before {
		t.Error("a saved draft made the public pages anew")
	}
}
