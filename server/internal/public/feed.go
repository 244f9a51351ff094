package public

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"concordat/review/record"
)

// atomFeed is a feed as RFC 4287 has it.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
	at      time.Time
}

// mostEntries is how many changes a feed tells.
const mostEntries = 50

// feed tells what was published, corrected, suspended and withdrawn last.
func (l *Library) feed(s *Snapshot) ([]byte, error) {
	var list []atomEntry
	for _, p := range s.all {
		list = append(list, l.policyEntries(s, p)...)
	}
	return l.writeFeed(l.Name, "/", "/feed.atom", list)
}

// policyFeed tells what changed in one policy.
func (l *Library) policyFeed(s *Snapshot, p *Policy) ([]byte, error) {
	return l.writeFeed(p.Now.Title, p.href(), p.href()+"/feed.atom", l.policyEntries(s, p))
}

func (l *Library) policyEntries(s *Snapshot, p *Policy) []atomEntry {
	var out []atomEntry
	for _, v := range p.Editions {
		at := v.Issued
		if v == p.Now {
			at = p.changed()
		}
		e := atomEntry{ID: l.address(p.href() + "/versions/" + v.Number.String()), Title: v.Title + ": version " + v.Number.String(), at: at,
			Link: atomLink{Rel: "alternate", Href: l.address(p.versionHref(v)), Type: "text/html"}, Summary: v.Note}
		if !v.Corrects.Zero() {
			e.Summary = "Corrects the wording of version " + v.Corrects.String()
		}
		out = append(out, e)
	}
	for _, a := range p.actsOf() {
		area, words := s.places[a.place], told[a.action]
		out = append(out, atomEntry{ID: l.address(fmt.Sprintf("%s#%s-%d", p.href(), area.Slug, a.revision)), at: a.at,
			Title: p.Now.Title + ": " + words.title + " in " + area.Short, Summary: words.summary + " " + a.from.Words() + ".",
			Link: atomLink{Rel: "alternate", Href: l.address(p.href() + "?area=" + area.Slug), Type: "text/html"}})
	}
	if p.Withdrawn {
		out = append(out, atomEntry{ID: l.address(p.href() + "#withdrawn"), Title: p.Now.Title + ": withdrawn", at: p.pub.Changed,
			Link: atomLink{Rel: "alternate", Href: l.address(p.href()), Type: "text/html"}, Summary: "The policy was withdrawn."})
	}
	return out
}

func (l *Library) writeFeed(title, page, self string, list []atomEntry) ([]byte, error) {
	slices.SortFunc(list, func(a, b atomEntry) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.ID, b.ID))
	})
	list = list[:min(len(list), mostEntries)]
	for i := range list {
		list[i].Updated = list[i].at.UTC().Format(time.RFC3339)
	}
	f := atomFeed{ID: l.address(self), Title: title, Author: atomAuthor{l.Name}, Entries: list,
		Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links:   []atomLink{{Rel: "self", Href: l.address(self), Type: "application/atom+xml"}, {Rel: "alternate", Href: l.address(page), Type: "text/html"}}}
	if len(list) > 0 {
		f.Updated = list[0].Updated
	}
	return writeXML(f)
}

func writeXML(v any) ([]byte, error) {
	body, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, fmt.Errorf("writing XML: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}

// address is a whole address. Feeds and sitemaps may not hold relative ones.
func (l *Library) address(path string) string {
	if l.PublicURL == "" {
		return "http://localhost" + path
	}
	return l.PublicURL + path
}

type sitemap struct {
	XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemap lists the pages that are worth finding.
func (l *Library) sitemap(s *Snapshot) ([]byte, error) {
	m := sitemap{}
	for _, path := range []string{"/", "/applies", "/coming", "/accessibility", "/cookies", "/privacy", "/contact"} {
		m.URLs = append(m.URLs, sitemapURL{Loc: l.address(path)})
	}
	for _, c := range s.Areas() {
		m.URLs = append(m.URLs, sitemapURL{Loc: l.address("/areas/" + c.Slug)})
	}
	for _, p := range s.Policies {
		m.URLs = append(m.URLs, sitemapURL{Loc: l.address(p.href()), LastMod: record.DateOf(p.changed()).String()})
	}
	return writeXML(m)
}

// robots tells crawlers what to leave alone. What is behind a sign-in needs no telling.
func (l *Library) robots() []byte {
	return []byte("User-agent: *\nDisallow: /search\nDisallow: /applies.json\nSitemap: " + l.address("/sitemap.xml") + "\n")
}
