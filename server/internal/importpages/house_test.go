package importpages_test

import (
	"bytes"
	"context"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"concordat/review/bulk/bulktest"
	"concordat/review/record"
	"concordat/review/reviewtest"
	"concordat/server/internal/importpages"
	"concordat/server/internal/page"
	"concordat/web/view/viewtest"
)

// house is the pages over a world in memory, for a person who is signed in.
type house struct {
	bulktest.World
	t      *testing.T
	engine *gin.Engine
	actor  record.Actor
}

// newHouse has somebody who works when working is true: otherwise nothing that is asked for is ever done.
func newHouse(t *testing.T, working bool) *house {
	t.Helper()
	gin.SetMode(gin.TestMode)
	h := &house{World: bulktest.New(t, bulktest.InMemory()), t: t, actor: reviewtest.Lead, engine: gin.New()}
	log := slog.New(slog.DiscardHandler)
	jobs := importpages.NewJobs(log)
	if working {
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan struct{})
		go func() { defer close(ended); jobs.Run(ctx) }()
		t.Cleanup(func() { stop(); <-ended })
	}
	site := &page.Site{Views: viewtest.Set(t), Log: log, Now: h.Now, Service: "Policies"}
	h.engine.Use(func(c *gin.Context) {
		page.SetVisitor(c, page.Visitor{Account: h.actor.ID, Name: "Priya", Actor: h.actor})
	})
	site.Mount(h.engine, (&importpages.Pages{Site: site, Bulk: h.Service, Review: h.Review, Jobs: jobs}).Routes(), func(*gin.Context, page.Route) error { return nil })
	return h
}

type answer struct {
	t      *testing.T
	status int
	path   string
	body   string
}

func (h *house) do(r *http.Request) answer {
	h.t.Helper()
	w := httptest.NewRecorder()
	h.engine.ServeHTTP(w, r)
	if w.Code == http.StatusSeeOther {
		next := httptest.NewRequest(http.MethodGet, w.Header().Get("Location"), nil)
		for _, c := range w.Result().Cookies() {
			next.AddCookie(c)
		}
		return h.do(next)
	}
	return answer{h.t, w.Code, r.URL.RequestURI(), html.UnescapeString(w.Body.String())}
}

func (h *house) get(path string) answer {
	h.t.Helper()
	return h.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (h *house) post(path string, form url.Values) answer {
	h.t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return h.do(r)
}

// send posts files, each by its name, in the order of the names.
func (h *house) send(fields map[string]string, files map[string]string) answer {
	h.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			h.t.Fatal(err)
		}
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = io.WriteString(f, files[name])
		}
		if err != nil {
			h.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		h.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/desk/imports", &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return h.do(r)
}

func (a answer) want(status int, words ...string) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Errorf("%s: status %d, want %d\n%s", a.path, a.status, status, a.main())
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			a.t.Errorf("%s lacks %q\n%s", a.path, w, a.main())
		}
	}
	return a
}

func (a answer) lacks(words ...string) answer {
	a.t.Helper()
	for _, w := range words {
		if strings.Contains(a.body, w) {
			a.t.Errorf("%s has %q\n%s", a.path, w, a.main())
		}
	}
	return a
}

func (a answer) main() string {
	if i := strings.Index(a.body, "<main"); i >= 0 {
		return a.body[i:]
	}
	return a.body
}

var (
	hidden   = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	selects  = regexp.MustCompile(`(?s)<select[^>]* name="([^"]+)".*?</select>`)
	selected = regexp.MustCompile(`<option value="([^"]*)" selected`)
)

// form is what a browser would send of the page, with what stands chosen, changed by the given fields.
func (a answer) form(fields ...string) url.Values {
	v := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(a.body, -1) {
		if m[1] == "row" {
			v.Add(m[1], m[2])
		} else {
			v.Set(m[1], m[2])
		}
	}
	for _, m := range selects.FindAllStringSubmatch(a.body, -1) {
		if s := selected.FindStringSubmatch(m[0]); s != nil {
			v.Set(m[1], s[1])
		}
	}
	for i := 0; i+1 < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return v
}

// path is where the page's form goes.
func (a answer) at(word string) string { return strings.SplitN(a.path, "?", 2)[0] + "/" + word }
