package pagetest

import (
	"bytes"
	"html"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// Person is somebody with a browser, which follows redirects and keeps cookies.
type Person struct {
	ID     string            // of the account, when somebody is signed in
	Header map[string]string // sent with every request
	t      testing.TB
	client *http.Client
}

// Visit is somebody who has just come. The handler is asked without a network.
func Visit(t testing.TB, handler http.Handler) *Person {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &Person{t: t, Header: map[string]string{}}
	p.client = &http.Client{Jar: jar, Transport: direct{handler, p.Header}}
	return p
}

// Staying is the same person with the same browser that follows no redirects.
func (p *Person) Staying() *Person {
	client := *p.client
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Person{p.ID, p.Header, p.t, &client}
}

// direct asks a handler.
type direct struct {
	handler http.Handler
	header  map[string]string
}

func (d direct) RoundTrip(sent *http.Request) (*http.Response, error) {
	to := *sent.URL
	to.Fragment = "" // a browser keeps it to itself
	r := httptest.NewRequestWithContext(sent.Context(), sent.Method, to.String(), sent.Body)
	r.Header, r.ContentLength = sent.Header.Clone(), sent.ContentLength
	for name, value := range d.header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, r)
	answer := w.Result()
	answer.Request = sent
	return answer, nil
}

// base is where the pages seem to be.
const base = "http://policies.example"

// Get asks for a page.
func (p *Person) Get(path string) Answer {
	p.t.Helper()
	r, err := p.client.Get(base + path)
	return p.read(r, err)
}

// Post sends a form.
func (p *Person) Post(path string, form url.Values) Answer {
	p.t.Helper()
	r, err := p.client.PostForm(base+path, form)
	return p.read(r, err)
}

// A File is sent in the field "file".
type File struct {
	Name string
	Data []byte
}

// Send posts a form with files.
func (p *Person) Send(path string, form url.Values, files ...File) Answer {
	p.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, list := range form {
		for _, value := range list {
			_ = w.WriteField(name, value) // a buffer takes everything
		}
	}
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.Name)
		if err != nil {
			p.t.Fatal(err)
		}
		_, _ = part.Write(f.Data)
	}
	_ = w.Close()
	r, err := p.client.Post(base+path, w.FormDataContentType(), &b)
	return p.read(r, err)
}

func (p *Person) read(r *http.Response, err error) Answer {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	a := Answer{p.t, r.StatusCode, r.Request.URL.RequestURI(), string(body), r.Header}
	a.unlike()
	return a
}

var ids = regexp.MustCompile(` id="([^"]*)"`)

// unlike fails the test when two elements of a page share an id.
func (a Answer) unlike() {
	a.t.Helper()
	if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
		return
	}
	seen := map[string]bool{}
	for _, m := range ids.FindAllStringSubmatch(a.Body, -1) {
		if seen[m[1]] {
			a.t.Errorf("%s: two elements have the id %q", a.Path, m[1])
		}
		seen[m[1]] = true
	}
}

// Answer is what came back, at the end of redirects.
type Answer struct {
	t      testing.TB
	Status int
	Path   string // of the page, with its query
	Body   string
	Header http.Header
}

// Text is the page with its entities read.
func (a Answer) Text() string { return html.UnescapeString(a.Body) }

// Want fails the test unless the page has this status and all of the words.
func (a Answer) Want(status int, words ...string) Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Errorf("%s: status %d, want %d\n%s", a.Path, a.Status, status, a.Main())
	}
	return a.Has(words...)
}

// Has fails the test unless the page has all of the words.
func (a Answer) Has(words ...string) Answer {
	a.t.Helper()
	for _, w := range words {
		if !strings.Contains(a.Text(), w) && !strings.Contains(a.Body, w) {
			a.t.Errorf("%s (status %d) lacks %q\n%s", a.Path, a.Status, w, a.Main())
		}
	}
	return a
}

// Lacks fails the test when the page has one of the words.
func (a Answer) Lacks(words ...string) Answer {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(a.Text(), w) {
			a.t.Errorf("%s has %q\n%s", a.Path, w, a.Main())
		}
	}
	return a
}

// Safe fails the test when something typed became markup.
func (a Answer) Safe() Answer {
	a.t.Helper()
	for _, w := range []string{"<script>alert", "<img src=x"} {
		if strings.Contains(a.Body, w) {
			a.t.Errorf("%s has %q", a.Path, w)
		}
	}
	return a
}

// Main is the page without its head and menus.
func (a Answer) Main() string {
	if i := strings.Index(a.Body, "<main"); i >= 0 {
		return a.Body[i:]
	}
	return a.Body
}

// Beside is the address of a page beside this one, as forms name it.
func (a Answer) Beside(word string) string {
	path, _, _ := strings.Cut(a.Path, "?")
	return path + "/" + word
}

var (
	hidden   = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	areas    = regexp.MustCompile(`(?s)<textarea[^>]* name="([^"]+)"[^>]*>\n?(.*?)</textarea>`)
	inputs   = regexp.MustCompile(`<input class="nhsuk-input[^"]*" id="[^"]*" name="([^"]+)" type="[^"]*"[^>]*? value="([^"]*)"`)
	selects  = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)".*?</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// Form is what a browser would send of all boxes of the page, changed by the given fields.
func (a Answer) Form(fields ...string) url.Values {
	v := a.Hidden()
	for _, pattern := range []*regexp.Regexp{areas, inputs} {
		for _, m := range pattern.FindAllStringSubmatch(a.Body, -1) {
			v.Set(m[1], typed(m[2]))
		}
	}
	for _, m := range selects.FindAllStringSubmatch(a.Body, -1) {
		if s := selected.FindStringSubmatch(m[0]); s != nil {
			v.Set(m[1], typed(s[1]))
		}
	}
	return with(v, fields)
}

// Hidden is what a browser would send of the hidden boxes: of each name the last, but every row of a table.
func (a Answer) Hidden() url.Values {
	v := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(a.Body, -1) {
		if m[1] != "row" {
			v.Del(m[1])
		}
		v.Add(m[1], typed(m[2]))
	}
	return v
}

// typed is a value as a browser sends it.
func typed(s string) string { return strings.ReplaceAll(html.UnescapeString(s), "\n", "\r\n") }

// Form is a form of names and values in turn. A name that comes twice has two values.
func Form(fields ...string) url.Values { return with(url.Values{}, fields) }

func with(v url.Values, fields []string) url.Values {
	more := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		more.Add(fields[i], fields[i+1])
	}
	maps.Copy(v, more)
	return v
}
