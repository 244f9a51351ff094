package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Crawling says how far Crawl goes.
type Crawling struct {
	Client *http.Client // who looks: see Page.Client; nil is somebody without an account
	Max    int          // pages at most, 500 when 0; more than that fails the test
	// Shape gives addresses that show the same kind of page the same text, so that one of them is
	// enough; nil visits every address without its query.
	Shape func(*url.URL) string
	// Skip leaves addresses out; sign-out is left out always, and so is what a link offers as a download.
	Skip func(*url.URL) bool
}

// Visited is one page that Crawl saw.
type Visited struct {
	Status int
	HTML   string // empty when it is something else than HTML
	From   string // the page that links to it
}

// Documents is the HTML of what was visited, by address, as Vnu takes it.
func Documents(visited map[string]Visited) map[string]string {
	documents := make(map[string]string, len(visited))
	for address, v := range visited {
		if v.HTML != "" {
			documents[address] = v.HTML
		}
	}
	return documents
}

// Crawl follows the links of a site from the start address, by GET only, and gives every page by its
// address. It follows redirects within the site. It fails when a page answers with 400 or more, when
// a link leads to a part that the page does not have, or when there are more pages than Max.
func Crawl(t testing.TB, start string, how Crawling) map[string]Visited {
	t.Helper()
	first, err := url.Parse(start)
	if err != nil {
		t.Fatalf("reading the start address: %v", err)
	}
	c := newCrawl(first, how)
	c.link(first, "the start")
	for len(c.queue) > 0 {
		if len(c.visited) >= c.Max {
			t.Errorf("the crawl stopped after %d pages; next would be %s: give it a Shape or a larger Max", c.Max, c.queue[0].to)
			break
		}
		next := c.queue[0]
		c.queue = c.queue[1:]
		if err := c.visit(t, next); err != nil {
			t.Errorf("%s, linked from %s: %v", next.to, next.from, err)
		}
	}
	for _, problem := range c.brokenParts() {
		t.Error(problem)
	}
	return c.visited
}

type crawl struct {
	Crawling
	site    *url.URL
	queue   []step
	shapes  map[string]bool
	visited map[string]Visited
	parts   map[string]map[string]bool // the ids of each page
	wanted  []step                     // links with a fragment
}

type step struct {
	to   *url.URL
	from string
}

func newCrawl(site *url.URL, how Crawling) *crawl {
	if how.Client == nil {
		how.Client = &http.Client{Timeout: longest}
	}
	client := *how.Client
	client.CheckRedirect = stay
	how.Client = &client
	if how.Max == 0 {
		how.Max = 500
	}
	if how.Shape == nil {
		how.Shape = func(u *url.URL) string { return u.Path }
	}
	return &crawl{Crawling: how, site: site, shapes: map[string]bool{}, visited: map[string]Visited{}, parts: map[string]map[string]bool{}}
}

// link queues an address unless its like was queued before.
func (c *crawl) link(to *url.URL, from string) {
	if to.Host != c.site.Host || to.Scheme != c.site.Scheme || strings.Contains(to.Path, "sign-out") {
		return
	}
	bare := *to
	bare.Fragment, bare.RawFragment = "", ""
	if c.Skip != nil && c.Skip(&bare) {
		return
	}
	if to.Fragment != "" {
		c.wanted = append(c.wanted, step{to, from})
	}
	shape := c.Shape(&bare)
	if c.shapes[shape] {
		return
	}
	c.shapes[shape] = true
	c.queue = append(c.queue, step{&bare, from})
}

func (c *crawl) visit(t testing.TB, s step) error {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.to.String(), nil)
	if err != nil {
		return fmt.Errorf("making the request: %w", err)
	}
	answer, err := c.Client.Do(request)
	if err != nil {
		return fmt.Errorf("asking: %w", err)
	}
	defer answer.Body.Close()
	seen := Visited{Status: answer.StatusCode, From: s.from}
	defer func() { c.visited[s.to.String()] = seen }()
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("it answers %s", answer.Status)
	}
	if location, err := answer.Location(); err == nil {
		c.link(location, s.to.String())
		return nil
	}
	if !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		return nil
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	seen.HTML = string(body)
	return c.read(s.to, seen.HTML)
}

// read queues the links of a page and remembers its parts.
func (c *crawl) read(at *url.URL, document string) error {
	tree, err := html.Parse(strings.NewReader(document))
	if err != nil {
		return fmt.Errorf("parsing: %w", err)
	}
	parts := map[string]bool{}
	c.parts[at.String()] = parts
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if id, ok := attribute(n, "id"); ok {
			parts[id] = true
		}
		href, ok := attribute(n, "href")
		if _, download := attribute(n, "download"); !ok || download || n.Data != "a" {
			continue
		}
		to, err := at.Parse(href)
		if err != nil {
			return fmt.Errorf("reading the link %q: %w", href, err)
		}
		c.link(to, at.String())
	}
	return nil
}

func attribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// brokenParts are the links to a part of a visited page that is not there.
func (c *crawl) brokenParts() []string {
	var problems []string
	for _, s := range c.wanted {
		page := *s.to
		page.Fragment, page.RawFragment = "", ""
		parts, visited := c.parts[page.String()]
		if visited && !parts[s.to.Fragment] && s.to.Fragment != "top" {
			problems = append(problems, fmt.Sprintf("%s links to %s, which has no part #%s", s.from, page.String(), s.to.Fragment))
		}
	}
	return problems
}
