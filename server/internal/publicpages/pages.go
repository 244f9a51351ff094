// Package publicpages is about the pages for everybody that depend on more than an address: search, what applies,
// comparing, and downloads. What can be kept ready is in package public.
package publicpages

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
)

// Files opens kept files by their content.
type Files interface {
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Pages are the public pages.
type Pages struct {
	Site    *page.Site
	Library *public.Library
	Files   Files
}

// Routes are the pages' addresses. Those that are kept ready are answered by the library's Front before they come here;
// they stand in the table so that it is whole, and come here only when there is no such page.
func (p *Pages) Routes() []page.Route {
	get := func(path string, h page.Handler) page.Route {
		return page.Route{Method: http.MethodGet, Path: path, Handler: h}
	}
	routes := []page.Route{
		get("/", p.home),
		get("/search", p.search),
		get("/area", p.chooseArea),
		get("/policies/:slug/compare", p.compare),
		get("/policies/:slug/word", p.word),
		get("/policies/:slug/files/:id", p.file),
		get("/local/:id", p.local),
		get("/local/:id/original", p.original),
		get("/applies", p.applies),
	}
	for _, path := range []string{"/policies/:slug", "/policies/:slug/versions/:number", "/policies/:slug/feed.atom", "/areas/:slug", "/coming",
		"/applies.json", "/feed.atom", "/sitemap.xml", "/robots.txt", "/accessibility", "/cookies", "/privacy", "/contact"} {
		routes = append(routes, get(path, notReady))
	}
	return routes
}

func notReady(*gin.Context) (page.Result, error) {
	return page.Result{}, fmt.Errorf("public page: %w", record.ErrNotFound)
}

// snapshot is what is public now.
func (p *Pages) snapshot() (*public.Snapshot, error) {
	s := p.Library.Snapshot()
	if s == nil {
		return nil, fmt.Errorf("the library is not ready")
	}
	return s, nil
}

// policy is the snapshot and the policy that the address names; ErrNotFound when it is not public.
func (p *Pages) policy(slug string) (*public.Snapshot, *public.Policy, error) {
	s, err := p.snapshot()
	if err != nil {
		return nil, nil, err
	}
	found := s.Policy(slug)
	if found == nil {
		return nil, nil, fmt.Errorf("public policy %q: %w", slug, record.ErrNotFound)
	}
	return s, found, nil
}

// home is the library when something is asked of it.
func (p *Pages) home(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{Page: p.Library.Home(s, queryOf(c, s))}, nil
}

// search is what a script shows while somebody types.
func (p *Pages) search(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{Page: p.Library.Results(s, queryOf(c, s))}, nil
}

// mostTyped is how many characters of a question are looked at.
const mostTyped = 200

// queryOf reads what is asked of the library. A position or an area that does not exist narrows nothing.
func queryOf(c *gin.Context, s *public.Snapshot) public.Query {
	words := strings.ToValidUTF8(c.Query("q"), "")
	if r := []rune(words); len(r) > mostTyped {
		words = string(r[:mostTyped])
	}
	q := public.Query{Words: strings.TrimSpace(words), Letter: clean(c, "letter"), Specialty: clean(c, "specialty")}
	if area := s.Area(c.Query("area")); area != nil {
		q.Area = area.Slug
	}
	if pos := review.Position(c.Query("position")); slices.Contains(review.Positions, pos) {
		q.Position = pos
	}
	return q
}

func clean(c *gin.Context, name string) string {
	v := strings.ToValidUTF8(c.Query(name), "")
	if len(v) > mostTyped {
		return ""
	}
	return v
}

const yearSeconds = 365 * 24 * 60 * 60

// chooseArea remembers the chosen area and goes back.
func (p *Pages) chooseArea(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	//nolint:gosec // Secure follows the setting: the demonstration has no TLS
	cookie := &http.Cookie{Name: public.AreaCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: p.Site.Secure, SameSite: http.SameSiteLaxMode}
	if area := s.Area(c.Query("area")); area != nil {
		cookie.Value, cookie.MaxAge = area.Slug, yearSeconds
	}
	http.SetCookie(c.Writer, cookie)
	return page.Result{SeeOther: page.SafePath(c.Query("back"), "/")}, nil
}

// file is a supporting document of a public version.
func (p *Pages) file(c *gin.Context) (page.Result, error) {
	_, found, err := p.policy(c.Param("slug"))
	if err != nil {
		return page.Result{}, err
	}
	for _, v := range found.Editions {
		for _, f := range v.Files {
			if f.ID == c.Param("id") {
				return p.open(c, f)
			}
		}
	}
	return page.Result{}, fmt.Errorf("file %s of %s: %w", c.Param("id"), found.ID, record.ErrNotFound)
}

// original is the file that a commissioner's own policy came as, for as long as that policy is public.
func (p *Pages) original(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	l, _ := s.Local(c.Param("id"))
	if l == nil || l.Original == nil {
		return page.Result{}, fmt.Errorf("original of local policy %q: %w", c.Param("id"), record.ErrNotFound)
	}
	return p.open(c, *l.Original)
}

func (p *Pages) open(c *gin.Context, f review.File) (page.Result, error) {
	body, err := p.Files.Open(c.Request.Context(), f.SHA256)
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{File: &page.File{Name: f.Name, ContentType: f.Type, Body: body}}, nil
}
