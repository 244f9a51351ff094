package main

import (
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"concordat/server/internal/page"
)

// got is an answer.
type got struct {
	status int
	body   string
	header http.Header
}

func (h *hostile) post(client *http.Client, address string, v url.Values) got {
	h.t.Helper()
	return h.send(client, http.MethodPost, address, "application/x-www-form-urlencoded", v.Encode())
}

// send tries again when the connection was cut while something too large was still being sent.
func (h *hostile) send(client *http.Client, method, address, contentType, body string) got {
	h.t.Helper()
	var last error
	for range 5 {
		r, err := http.NewRequestWithContext(h.t.Context(), method, h.server.URL+address, strings.NewReader(body))
		if err != nil {
			h.t.Fatal(err)
		}
		r.Header.Set("Content-Type", contentType)
		resp, err := client.Do(r)
		if err != nil {
			last = err
			continue
		}
		all, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			last = err
			continue
		}
		return got{resp.StatusCode, string(all), resp.Header}
	}
	h.t.Fatalf("%s %s: %v", method, address, last)
	return got{}
}

// pattern is the route of a path.
func (h *hostile) pattern(method, path string) (page.Route, bool) {
	path, _, _ = strings.Cut(path, "?")
	for _, r := range h.routes() {
		if r.Method == method && matches(r.Path, path) {
			return r, true
		}
	}
	return page.Route{}, false
}

func matches(pattern, path string) bool {
	a, b := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !strings.HasPrefix(a[i], ":") || b[i] == "new" && strings.HasPrefix(a[i], ":") {
			return false
		}
	}
	return true
}

var (
	marks  = regexp.MustCompile(`(?s)<(script|style|head|nav|header|footer).*?</(script|style|head|nav|header|footer)>|<[^>]*>`)
	spaces = regexp.MustCompile(`\s+`)
)

// told is what a page says, cut short.
func told(body string) string {
	s := spaces.ReplaceAllString(marks.ReplaceAllString(body, " "), " ")
	return s[:min(len(s), 700)]
}
