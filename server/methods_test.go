package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"concordat/review/access"
)

// Every address that shows something tells HEAD what it tells GET, refuses what only changes something with 405, and lets
// no shared cache give one reader's page to another.
func TestMethodsAndCaches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lead := w.seat(t, access.PolicyLead, "all")
	addresses := []string{"/", "/?find=knee", "/coming", "/applies", "/robots.txt", "/policies/" + w.app.library.Snapshot().Policies[0].Slug, "/sign-in"}
	for _, r := range w.routes() {
		if r.Method == http.MethodGet && !strings.ContainsAny(r.Path, ":*") {
			addresses = append(addresses, r.Path)
		}
	}
	for _, a := range addresses {
		get, head := w.asked(t, lead.client, http.MethodGet, a), w.asked(t, lead.client, http.MethodHead, a)
		if head.status != get.status || head.body != "" || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d with %d bytes, GET %d", a, head.status, len(head.body), get.status)
		}
		if n, err := strconv.Atoi(head.header.Get("Content-Length")); get.status == http.StatusOK && get.body != "" && get.header.Get("Content-Length") != "" && (err != nil || n == 0) {
			t.Errorf("HEAD %s: no Content-Length", a)
		}
		if c := get.header.Get("Cache-Control"); get.status == http.StatusOK && !strings.Contains(c, "private") && !strings.Contains(c, "no-store") && !strings.Contains(c, "no-cache") {
			t.Errorf("%s: a cache may keep it: %q", a, c)
		}
		if vary := strings.Join(get.header.Values("Vary"), ","); get.status == http.StatusOK && strings.HasPrefix(get.header.Get("Content-Type"), "text/html") && !strings.Contains(vary, "Cookie") {
			t.Errorf("%s: varies by %q, and not by the reader's cookies", a, vary)
		}
		put := w.asked(t, lead.client, http.MethodPut, a)
		if put.status != http.StatusMethodNotAllowed || !strings.Contains(put.header.Get("Allow"), "GET") {
			t.Errorf("PUT %s: %d, allowed %q", a, put.status, put.header.Get("Allow"))
		}
	}
}

type asked struct {
	status int
	header http.Header
	body   string
}

func (w *world) asked(t *testing.T, client *http.Client, method, address string) asked {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, w.server.URL+address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return asked{resp.StatusCode, resp.Header, string(body)}
}

// Pages of staff are compressed too, and the token in them is other letters each time.
func TestPagesAreCompressed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lead := w.seat(t, access.PolicyLead, "all")
	tokens := map[string]bool{}
	for range 2 {
		got := w.asked(t, lead.client, http.MethodGet, "/desk")
		if got.header.Get("Content-Encoding") != "gzip" {
			t.Fatalf("compressed as %q", got.header.Get("Content-Encoding"))
		}
		z, err := gzip.NewReader(strings.NewReader(got.body))
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(z)
		if err != nil || len(page) < 2*len(got.body) {
			t.Errorf("%d bytes became %d: %v", len(page), len(got.body), err)
		}
		tokens[tokenField.FindStringSubmatch(string(page))[1]] = true
	}
	if len(tokens) != 2 {
		t.Error("the token is the same letters in two pages")
	}
}

// What was typed comes back when a form is too large, or cannot be taken for whatever reason.
func TestTypedComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lead := w.seat(t, access.PolicyLead, "all")
	const words = "Words that took somebody a while"
	post := func(form url.Values) asked {
		resp, err := http.PostForm(w.server.URL+"/nowhere", form) // from one address
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return asked{resp.StatusCode, resp.Header, string(body)}
	}
	for _, r := range w.routes() {
		if r.Method != http.MethodPost || r.Body > 1<<20 || strings.ContainsAny(r.Path, ":*") {
			continue
		}
		form := url.Values{"a-first": {words}, "passphrase": {"a secret that is typed"}, "z-large": {strings.Repeat("long words ", 1<<18)}}
		resp, err := lead.client.PostForm(w.server.URL+r.Path, form)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(body), words) || strings.Contains(string(body), "a secret that is typed") {
			t.Errorf("%s: %d, given back %t, %v", r.Path, resp.StatusCode, strings.Contains(string(body), words), err)
		}
	}
	for range 2000 { // until the address is refused
		if got := post(url.Values{"text": {words}}); got.status == http.StatusTooManyRequests {
			if !strings.Contains(got.body, words) {
				t.Error("after too many requests what was typed is lost")
			}
			return
		}
	}
	t.Error("2000 requests at once were all answered")
}
