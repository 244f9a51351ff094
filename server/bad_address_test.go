package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concordat/server/internal/page"
)

// badSegments stand in the place of each parameter of an address, as they are sent.
var badSegments = []string{"none", "99.99", "-1", "0", "1e9", "%00", "%ff", "..%2f..%2fetc%2fpasswd", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "a%0D%0Ab", strings.Repeat("x", 20_000),
	"99999999999999999999999999", "%E2%80%AE", "cp-017"}

// badQueries are asked of every page: cursors, dates, versions and choices that were never offered.
var badQueries = []string{"after", "from", "to", "view", "policy", "version", "rule", "about", "find", "area", "date", "commissioner", "specialty", "position", "letter", "programme",
	"stage", "lead", "q", "next", "place", "referred-day", "referred-month", "referred-year", "page"}

// badValues stand behind them. Each page is asked for each value behind all names, and for some behind one name alone:
// a page refuses the first that it does not like, so what comes later is only then looked at.
var badValues = []string{"junk", "%ff%00", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "99999999999999999999", "31+2+2027", "local:none", "v99.99", strings.Repeat("y", 3000)}

func TestOddAddresses(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	t.Run("ask", func(t *testing.T) { // ends when all have been asked
		for n, r := range h.routes() {
			if r.Method == http.MethodGet {
				t.Run(strings.ReplaceAll(r.Path[1:], "/", " "), func(t *testing.T) {
					t.Parallel()
					h.oddly(t, r, n)
				})
			}
		}
	})
	if strings.Contains(h.log.String(), `"level":"ERROR"`) {
		t.Error("the log tells of faults of ours")
	}
}

// oddly asks for a page in every odd way; turn says which names have a value alone.
func (h *hostile) oddly(t *testing.T, r page.Route, turn int) {
	t.Helper()
	client := h.client
	if r.Action == "" {
		client = h.anybody()
	}
	for _, name := range parameter.FindAllString(r.Path, -1) {
		before, after, _ := strings.Cut(r.Path, name)
		for _, bad := range badSegments {
			rest := r
			rest.Path = before + "\x01" + after
			h.odd(t, client, strings.Replace(h.address(rest), "\x01", bad, 1))
		}
	}
	for i, bad := range badValues {
		var q strings.Builder
		for _, name := range badQueries {
			q.WriteString(name + "=" + bad[:min(len(bad), 30)] + "&")
		}
		h.odd(t, client, h.address(r)+"?"+q.String())
		h.odd(t, client, h.address(r)+"?"+badQueries[(i+turn)%len(badQueries)]+"="+bad)
	}
	h.odd(t, client, h.address(r)+"?%zz=1;&&=&a=%")
}

// odd asks for an address and wants an answer that is no fault of ours, and no script that would run.
func (h *hostile) odd(t *testing.T, client *http.Client, address string) {
	t.Helper()
	u, err := url.Parse(h.server.URL)
	if err != nil {
		t.Fatal(err)
	}
	path, query, _ := strings.Cut(address, "?")
	u.RawPath, u.RawQuery = path, query
	if u.Path, err = url.PathUnescape(path); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, u.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(r)
	if err != nil {
		t.Errorf("%.120s: %v", address, err)
		return
	}
	defer resp.Body.Close()
	body := make([]byte, 200<<10)
	n := 0
	for n < len(body) {
		k, err := resp.Body.Read(body[n:])
		n += k
		if err != nil {
			break
		}
	}
	if resp.StatusCode >= 500 {
		t.Errorf("%.120s = %d", address, resp.StatusCode)
	}
	h.harmless(address, got{resp.StatusCode, string(body[:n]), resp.Header})
	protected(t, address, resp.Header)
}

// protected wants the headers that every answer carries.
func protected(t *testing.T, address string, header http.Header) {
	t.Helper()
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "", "Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=()"} {
		if got := header.Get(name); got == "" || !strings.Contains(got, want) {
			t.Errorf("%.120s: %s is %q", address, name, got)
		}
	}
}

// What is not a page is protected too: what is not there, static files, downloads, files of machines, refusals.
func TestEveryAnswerIsProtected(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	page := h.send(h.client, http.MethodGet, "/", "", "").body
	static := page[strings.Index(page, `href="/static/`)+len(`href="`):]
	static = static[:strings.IndexByte(static, '"')]
	for _, x := range []struct {
		method, address string
		status          int
	}{
		{http.MethodGet, "/", 200}, {http.MethodGet, "/nowhere", 404}, {http.MethodGet, static, 200}, {http.MethodGet, "/static/none.css", 404},
		{http.MethodGet, "/desk/policies/cp-041/word", 200}, {http.MethodGet, "/desk/policies/cp-041/markdown", 200}, {http.MethodGet, "/healthz", 200},
		{http.MethodGet, "/desk/policies/cp-041/local/brindlewick/original", 200}, {http.MethodGet, "/sitemap.xml", 200}, {http.MethodDelete, "/desk", 405},
		{http.MethodPost, "/desk/policies/cp-041", 403}, {http.MethodTrace, "/", 405},
	} {
		got := h.send(h.client, x.method, x.address, "application/x-www-form-urlencoded", "")
		if got.status != x.status {
			t.Errorf("%s %s = %d, want %d", x.method, x.address, got.status, x.status)
		}
		protected(t, x.method+" "+x.address, got.header)
		if strings.Contains(x.address, "/word") || strings.Contains(x.address, "/original") {
			if !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") {
				t.Errorf("%s is shown inside the site", x.address)
			}
		}
	}
	if !strings.Contains(h.log.String(), `"route":"/desk/policies/:id/word"`) {
		t.Error("the log does not tell what was asked for")
	}
	h.refusesOthers(t)
	h.breaks(t)
}

// refusesOthers sends a form from another site.
func (h *hostile) refusesOthers(t *testing.T) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, h.server.URL+"/desk/policies/cp-041", strings.NewReader("token="+h.token))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := h.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form from another site: %d", resp.StatusCode)
	}
	protected(t, "a form from another site", resp.Header)
}

// breaks closes the database: the page for a fault of ours is protected as well, and tells nothing.
func (h *hostile) breaks(t *testing.T) {
	t.Helper()
	h.docs.broken.Store(true)
	defer h.docs.broken.Store(false)
	got := h.send(h.anybody(), http.MethodGet, "/reset/none", "", "")
	if got.status != http.StatusInternalServerError || strings.Contains(got.body, errBroken.Error()) {
		t.Errorf("a fault of ours: %d %s", got.status, told(got.body))
	}
	protected(t, "a fault of ours", got.header)
}
