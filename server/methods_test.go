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
	"concordat/server/internal/page"
)

// Every address that shows something tells HEAD what it tells GET, refuses what only changes something with 405, and lets
// no shared cache give one reader's page to another.
func TestMethodsAndCaches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	lead := w.seat(t, access.PolicyLead, "all")
	anybody := &http.Client{Transport: lead.client.Transport, CheckRedirect: noRedirect}
	addresses := map[string]bool{"/": true, "/?find=knee": true, "/robots.txt": true}
	for _, p := range w.app.library.Snapshot().Policies {
		for _, to := range readPage("", text(t, anybody, w.server.URL+"/policies/"+p.Slug)).links {
			if strings.HasPrefix(to, "/") {
				addresses[to] = true
			}
		}
	}
	for _, r := range w.routes() {
		if a := w.address(r); r.Method == http.MethodGet && !strings.Contains(a+"/", "//") { // those of public pages with parameters are links
			addresses[a] = true
		}
	}
	t.Logf("%d addresses", len(addresses))
	for a := range addresses {
		w.forOneReader(t, anybody, a)
		get, head := w.forOneReader(t, lead.client, a), w.asked(t, lead.client, http.MethodHead, a)
		if head.status != get.status || head.body != "" || head.header.Get("Content-Type") != get.header.Get("Content-Type") {
			t.Errorf("HEAD %s: %d with %d bytes, GET %d", a, head.status, len(head.body), get.status)
		}
		if n, err := strconv.Atoi(head.header.Get("Content-Length")); get.status == http.StatusOK && get.body != "" && get.header.Get("Content-Length") != "" && (err != nil || n == 0) {
			t.Errorf("HEAD %s: no Content-Length", a)
		}
		put := w.asked(t, lead.client, http.MethodPut, a)
		if put.status != http.StatusMethodNotAllowed || !strings.Contains(put.header.Get("Allow"), "GET") {
			t.Errorf("PUT %s: %d, allowed %q", a, put.status, put.header.Get("Allow"))
		}
	}
}

// forOneReader asks for a page or a file, and wants it marked so that no cache gives it to another reader.
func (w *world) forOneReader(t *testing.T, client *http.Client, address string) asked {
	t.Helper()
	got := w.asked(t, client, http.MethodGet, address)
	if got.status != http.StatusOK || strings.HasPrefix(got.header.Get("Content-Type"), "text/plain") { // robots.txt is for all
		return got
	}
	c, vary := got.header.Get("Cache-Control"), strings.Join(got.header.Values("Vary"), ",")
	if strings.Contains(c, "public") || !strings.Contains(c, "private") && !strings.Contains(c, "no-store") && !strings.Contains(c, "no-cache") {
		t.Errorf("%s: a cache may keep it: %q", address, c)
	}
	if !strings.Contains(vary, "Cookie") && !strings.Contains(c, "no-store") {
		t.Errorf("%s: varies by %q, and not by the reader's cookies", address, vary)
	}
	return got
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

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

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
	for _, r := range w.routes() {
		if r.Body != page.UploadBody {
			continue
		}
		body := io.MultiReader(strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"+words+
			"\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\n\r\n"), io.LimitReader(endless{}, r.Body), strings.NewReader("\r\n--b--\r\n"))
		resp, err := lead.client.Post(w.server.URL+strings.ReplaceAll(r.Path, ":", ""), "multipart/form-data; boundary=b", body)
		if err != nil {
			t.Fatal(err)
		}
		shown, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || resp.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(shown), words) {
			t.Errorf("%s with a file that is too large: %d, given back %t, %v", r.Path, resp.StatusCode, strings.Contains(string(shown), words), err)
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
