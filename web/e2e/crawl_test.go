package e2e_test

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/net/html"

	"concordat/web/e2e"
)

// everybody are one person of each role of the demonstration, and the public.
var everybody = []struct{ role, email string }{
	{"public", ""},
	{"policy lead", lead},
	{"administrator", administrator},
	{"secretary", secretary},
	{"contact", "callum.whitby@brindlewick.example"},
	{"approver", "helen.castellan@concordat.example"},
	{"auditor", "edwin.fairlie@audit.example"},
	{"clinician", "ilse.marek@brindlewick-hospital.example"},
	{"evidence reviewer", "maja.lindqvist@concordat.example"},
	{"equality lead", "tom.reeve@concordat.example"},
	{"engagement lead", "hana.osei@concordat.example"},
}

// TestEveryPage crawls the demonstration as everybody. Every page that is reached is validated; a page is looked at in
// the browser, by axe and on a telephone, when it has a part that no page of its shape had before.
func TestEveryPage(t *testing.T) {
	t.Parallel()
	s := demonstration(t, "SQLite")
	looked := parts{}
	documents := map[string]string{}
	fresh := make([][]string, len(everybody)) // what is looked at as each of them
	for i, who := range everybody {
		t.Run(who.role, func(t *testing.T) {
			p := as(t, s, who.email)
			shape := staffShape
			if who.email == "" {
				shape = publicShape
			}
			client := p.Client()
			client.Transport = &crowd{}
			how, start := e2e.Crawling{Client: client, Shape: shape, Max: 1500}, s.base+"/"
			if who.email != "" {
				how.Skip, start = isOutside, s.base+"/desk"
			}
			visited := e2e.Crawl(t, start, how)
			pages := e2e.Documents(visited)
			fresh[i] = looked.fresh(pages)
			for address, page := range pages {
				documents[address+" as "+who.role] = page
			}
			t.Logf("%d addresses, %d pages, %d to look at in the browser", len(visited), len(pages), len(fresh[i]))
		})
	}
	e2e.VnuAtEnd(t, documents)
	for i, who := range everybody {
		for addresses := range slices.Chunk(fresh[i], 30) {
			t.Run("seen by "+who.role, func(t *testing.T) {
				t.Parallel()
				look(t, as(t, s, who.email), addresses)
			})
		}
	}
}

// as is one of everybody in a window of their own.
func as(t *testing.T, s *service, email string) *e2e.Page {
	t.Helper()
	if email == "" {
		return visitor(t, s)
	}
	return signedIn(t, s, email)
}

// look looks at pages by axe and on a telephone.
func look(t *testing.T, p *e2e.Page, addresses []string) {
	t.Helper()
	for _, address := range addresses {
		p.Goto(address)
		e2e.Axe(t, p)
		p.Resize(320, 900)
		e2e.NoSidewaysScroll(t, p)
		p.Resize(1280, 900)
	}
}

// crowd sends each request as if from another address: a crawl asks more than one person could.
type crowd struct{ sent atomic.Uint32 }

func (c *crowd) RoundTrip(r *http.Request) (*http.Response, error) {
	n := c.sent.Add(1)
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	return http.DefaultTransport.RoundTrip(r)
}

// publicShape visits every public address once; of the answers to questions, one for each set of questions.
func publicShape(u *url.URL) string {
	if u.RawQuery == "" {
		return u.Path
	}
	return shapeOf(u.Path) + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

// unlike are policies of the demonstration that are unlike each other: in stage, kind, checks, files or decisions. The
// others are made from facts in one way.
var unlike = regexp.MustCompile(`^/desk/policies/(bp-01|cp-0(06|16|17|18|21|22|41|45|51|60|63|76|87|88)|gp-001|ps-003)(/|$)`)

// staffShape visits the text and the decisions of policies that are unlike each other, and one page of each other shape.
func staffShape(u *url.URL) string {
	shape := shapeOf(u.Path)
	switch shape {
	case "/desk/policies/*", "/desk/policies/*/decisions":
		if unlike.MatchString(u.Path) {
			return u.Path
		}
	case "/desk/programmes/*", "/desk/meetings/*":
		return u.Path
	}
	return shape + "?" + strings.Join(slices.Sorted(maps.Keys(u.Query())), "&")
}

// isOutside tells what is not of the desk. Links of the outbox are outside: those that were used open nothing any more.
func isOutside(u *url.URL) bool {
	return !strings.HasPrefix(u.Path, "/desk") && !strings.HasPrefix(u.Path, "/admin") && !strings.HasPrefix(u.Path, "/account")
}

// collections are the parts of an address after which a name follows.
var collections = regexp.MustCompile(`/(policies|programmes|meetings|commissioners|accounts|areas|versions|saves|local|files|register|decisions/[^/]+|decisions|erratum|promises)/[^/?]+`)

// shapeOf is an address with stars in place of the names in it.
func shapeOf(path string) string {
	for {
		shorter := collections.ReplaceAllStringFunc(path, func(part string) string {
			if strings.HasSuffix(part, "/new") {
				return part
			}
			return part[:strings.LastIndex(part, "/")] + "/*"
		})
		if shorter == path {
			return path
		}
		path = shorter
	}
}

// parts are the kinds of element that were looked at, for each shape of page.
type parts map[string]map[string]bool

// fresh are the addresses of those pages that have something new.
func (x parts) fresh(pages map[string]string) []string {
	var addresses []string
	for _, address := range slices.Sorted(maps.Keys(pages)) {
		if x.adds(address, pages[address]) {
			addresses = append(addresses, address)
		}
	}
	return addresses
}

// adds notes the kinds of element of a page and tells whether one of them is new to its shape.
func (x parts) adds(address, page string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return true
	}
	shape := shapeOf(u.Path)
	if x[shape] == nil {
		x[shape] = map[string]bool{}
	}
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return true
	}
	fresh := false
	for n := range tree.Descendants() {
		if kind := kindOf(n); n.Type == html.ElementNode && !x[shape][kind] {
			x[shape][kind], fresh = true, true
		}
	}
	return fresh
}

// kindOf is an element's name with what decides how it looks and sounds.
func kindOf(n *html.Node) string {
	kind := n.Data
	for _, a := range n.Attr {
		if slices.Contains([]string{"class", "role", "type"}, a.Key) {
			kind += " " + a.Val
		}
	}
	return kind
}
