package public

import (
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"concordat/review"
	"concordat/web/view"
)

// AreaCookie remembers the area that a reader chose, by its address.
const AreaCookie = "area"

const (
	typeHTML = "text/html; charset=utf-8"
	typeAtom = "application/atom+xml; charset=utf-8"
	typeXML  = "application/xml; charset=utf-8"
	typeText = "text/plain; charset=utf-8"
)

// Front answers what is kept ready, before anything else looks at the request, and passes on the rest.
func (l *Library) Front(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		if s := l.Snapshot(); s != nil && r.URL.Path == appliesPath {
			l.serveApplies(w, r, s)
			return
		}
		e, err := l.find(r)
		if err != nil {
			l.Log.ErrorContext(r.Context(), "public page failed", slog.String("error", err.Error()))
		}
		if e == nil || err != nil {
			next.ServeHTTP(w, r)
			return
		}
		e.write(w, r)
	})
}

// Shows tells whether a page is kept ready at the address of a request, whatever its method.
func (l *Library) Shows(r *http.Request) bool {
	e, err := l.find(r)
	return e != nil && err == nil || r.URL.Path == appliesPath
}

// made is what a page is made from and how.
type made struct {
	stamp       string
	until       time.Time
	contentType string
	body        func() ([]byte, error)
}

// errNone says that there is no such page.
var errNone = errors.New("no such page")

// find gives the page at an address, from the cache or made now; nil when it is none that is kept ready.
func (l *Library) find(r *http.Request) (*entry, error) {
	path := r.URL.Path
	if !kept(path) || path == "/" && r.URL.RawQuery != "" {
		return nil, nil
	}
	s := l.Snapshot()
	if s == nil {
		return nil, nil
	}
	k := key{path: path}
	var area *review.Commissioner
	if byArea(path) {
		if area = s.areaOf(r); area != nil {
			k.area = area.Slug
		}
	}
	m, ok := l.page(s, path, area)
	if !ok {
		return nil, nil
	}
	if e := l.entries.get(k, m.stamp, l.Now()); e != nil {
		return e, nil
	}
	body, err := m.body()
	if errors.Is(err, errNone) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	e := l.newEntry(body, m.contentType, m.stamp, m.until)
	l.entries.put(k, e)
	return e, nil
}

// kept tells quickly whether an address may be one of ours.
func kept(path string) bool {
	return path == "/" || strings.HasPrefix(path, "/policies/") || strings.HasPrefix(path, "/areas/") || single[path] != nil
}

// byArea tells whether the answer depends on the chosen area.
func byArea(path string) bool {
	rest, ok := strings.CutPrefix(path, "/policies/")
	return ok && !strings.Contains(rest, "/")
}

// areaOf is the area that a request names, else the one that the reader chose before.
func (s *Snapshot) areaOf(r *http.Request) *review.Commissioner {
	if r.URL.RawQuery != "" {
		q, err := url.ParseQuery(r.URL.RawQuery)
		if err == nil && q.Has("area") {
			return s.Area(q.Get("area"))
		}
	}
	if r.Header["Cookie"] == nil {
		return nil
	}
	c, err := r.Cookie(AreaCookie)
	if err != nil {
		return nil
	}
	return s.Area(c.Value)
}

// page finds how the page at an address is made.
func (l *Library) page(s *Snapshot, path string, area *review.Commissioner) (made, bool) {
	if how := single[path]; how != nil {
		return how(l, s), true
	}
	if path == "/" {
		return l.html(s, func() (view.Page, error) { return l.homeView(s, Query{}), nil }), true
	}
	if slug, ok := strings.CutPrefix(path, "/areas/"); ok {
		c := s.Area(slug)
		return l.html(s, func() (view.Page, error) { return l.areaView(s, c), nil }), c != nil
	}
	slug, rest, _ := strings.Cut(strings.TrimPrefix(path, "/policies/"), "/")
	p := s.Policy(slug)
	if p == nil {
		return made{}, false
	}
	m, ok := l.policyPart(s, p, rest, area)
	m.stamp, m.until = p.pageStamp, p.until
	return m, ok
}

// policyPart finds how a page of a policy is made: the policy, one of its versions, or its feed.
func (l *Library) policyPart(s *Snapshot, p *Policy, rest string, area *review.Commissioner) (made, bool) {
	if rest == "" {
		return l.html(s, func() (view.Page, error) { return l.policyView(s, p, area) }), true
	}
	if rest == "feed.atom" {
		return made{contentType: typeAtom, body: func() ([]byte, error) { return l.policyFeed(s, p) }}, true
	}
	number, ok := strings.CutPrefix(rest, "versions/")
	if !ok {
		return made{}, false
	}
	n, err := review.ParseNumber(number)
	if err != nil {
		return made{}, false
	}
	v := p.Edition(n)
	return l.html(s, func() (view.Page, error) { return l.versionView(s, p, v) }), v != nil
}

// html is a page that depends on everything public.
func (l *Library) html(s *Snapshot, page func() (view.Page, error)) made {
	return made{stamp: s.stamp, until: s.Until, contentType: typeHTML, body: func() ([]byte, error) {
		p, err := page()
		if err != nil {
			return nil, err
		}
		return l.Render(p)
	}}
}

// single are the pages with an address of their own.
var single = map[string]func(*Library, *Snapshot) made{
	"/coming": func(l *Library, s *Snapshot) made {
		return l.html(s, func() (view.Page, error) { return l.comingView(s), nil })
	},
	"/feed.atom": func(l *Library, s *Snapshot) made {
		return made{stamp: s.stamp, until: s.Until, contentType: typeAtom, body: func() ([]byte, error) { return l.feed(s) }}
	},
	"/sitemap.xml": func(l *Library, s *Snapshot) made {
		return made{stamp: s.stamp, until: s.Until, contentType: typeXML, body: func() ([]byte, error) { return l.sitemap(s) }}
	},
	"/robots.txt": func(l *Library, s *Snapshot) made {
		return made{contentType: typeText, body: func() ([]byte, error) { return l.robots(), nil }}
	},
	"/accessibility": static("public/accessibility.html", "Accessibility statement"),
	"/cookies":       static("public/cookies.html", "Cookies"),
	"/privacy":       static("public/privacy.html", "Privacy"),
	"/contact":       static("public/contact.html", "Contact us"),
}

// staticPage is a page of words that hardly ever change.
type staticPage struct {
	Frame   view.Frame
	Contact string
}

func static(name, title string) func(*Library, *Snapshot) made {
	t := view.Define[staticPage](name)
	return func(l *Library, s *Snapshot) made {
		m := l.html(s, func() (view.Page, error) {
			return t.Page(staticPage{Frame: l.frame(title, ""), Contact: l.Contact}), nil
		})
		m.stamp, m.until = "", time.Time{}
		return m
	}
}
