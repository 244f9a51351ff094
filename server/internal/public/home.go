package public

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/review"
	"concordat/review/record"
	"concordat/web/view"
)

// Query is what somebody looks for in the library. Empty fields do not narrow.
type Query struct {
	Words     string
	Letter    string // of the title's beginning, "A"
	Specialty string
	Area      string // address of the area
	Position  review.Position
}

// Empty tells whether nothing is asked.
func (q Query) Empty() bool { return q == Query{} }

// homePage is the library: search, ways to browse, and what was found.
type homePage struct {
	Frame       view.Frame
	Query       Query
	Asked       bool
	Found       Found
	Letters     []choice
	Specialties []choice
	Positions   []choice
	Areas       []choice
	Recent      []Hit
	Total       int
}

// choice is one way to narrow the list.
type choice struct {
	Text, Href string
	Count      int
	Chosen     bool
}

// Found is a list of policies with its heading.
type Found struct {
	Heading string
	Hits    []Hit
	Others  []Hit // have like words, and are not what was looked for
	Vague   bool  // the words do not say what is looked for
}

// Hit is one policy in a list.
type Hit struct {
	Title, Href string
	Also        string // other name by which it was found
	Line        string // position and reference
	Changed     string // "Published on 1 January 2027"
	rank        int    // what was replaced comes after what applies
}

var homeTemplate = view.Define[homePage]("public/library.html")

// Home is the library as a page, for a question that is not kept ready.
func (l *Library) Home(s *Snapshot, q Query) view.Page { return l.homeView(s, q) }

// Results are only what was found, for a script that shows them while somebody types.
func (l *Library) Results(s *Snapshot, q Query) view.Page {
	return homeTemplate.Block("results", homePage{Query: q, Asked: true, Found: s.Find(q)})
}

func (l *Library) homeView(s *Snapshot, q Query) view.Page {
	x := homePage{Frame: l.frame("Policies", "library"), Query: q, Asked: !q.Empty(), Total: len(s.Policies)}
	x.Frame.Canonical, x.Frame.FeedHref = l.PublicURL+"/", "/feed.atom"
	x.Frame.Description = "Which treatments are funded, for whom and where"
	x.Frame.Scripts = []string{"js/search.js"}
	if x.Asked {
		x.Found = s.Find(q)
		x.Frame.NoIndex = true
		x.Frame.Title = x.Found.Heading
	}
	x.Letters = s.letters(q.Letter)
	x.Specialties = s.specialties(q.Specialty)
	x.Positions = s.positions(q.Position)
	for _, c := range s.Areas() {
		x.Areas = append(x.Areas, choice{Text: c.Short, Href: "/areas/" + c.Slug, Chosen: c.Slug == q.Area})
	}
	if !x.Asked {
		x.Recent = s.recent(10)
	}
	return homeTemplate.Page(x)
}

// Find looks for policies.
func (s *Snapshot) Find(q Query) Found {
	var f Found
	area := s.Area(q.Area)
	if strings.TrimSpace(q.Words) == "" {
		for _, p := range s.Policies {
			if s.fits(p, q) {
				f.Hits = append(f.Hits, s.hit(p, area))
			}
		}
	}
	for _, m := range s.Index.Search(q.Words) {
		p := s.Policies[m.Doc]
		if !s.fits(p, q) {
			continue
		}
		hit := s.hit(p, area)
		hit.Also = m.Name
		if m.Named {
			f.Hits = append(f.Hits, hit)
			continue
		}
		hit.Line = p.Now.Reference // whether it is funded is no answer to what was asked
		f.Others = append(f.Others, hit)
	}
	for _, list := range [][]Hit{f.Hits, f.Others} {
		slices.SortStableFunc(list, func(a, b Hit) int { return cmp.Compare(a.rank, b.rank) })
	}
	f.Vague = strings.TrimSpace(q.Words) != "" && s.Index.Vague(q.Words)
	f.Heading = heading(q, len(f.Hits), s)
	return f
}

func (s *Snapshot) fits(p *Policy, q Query) bool {
	if q.Letter != "" && letterOf(p.Now.Title) != q.Letter || q.Specialty != "" && p.Now.Specialty != q.Specialty {
		return false
	}
	if q.Position != "" && !slices.ContainsFunc(p.Now.Interventions, func(x review.Intervention) bool { return x.Position == q.Position }) {
		return false
	}
	return q.Area == "" || slices.ContainsFunc(s.AreasOf(p), func(c *review.Commissioner) bool { return c.Slug == q.Area })
}

func heading(q Query, n int, s *Snapshot) string {
	what := plural(n, "policy", "policies")
	if n == 0 {
		what = "No policy"
	}
	if w := strings.TrimSpace(q.Words); w != "" {
		what += " for “" + w + "”"
	}
	if q.Letter != "" {
		what += ", title begins with " + q.Letter
	}
	if q.Specialty != "" {
		what += ", " + q.Specialty
	}
	if q.Position != "" {
		what += ", " + strings.ToLower(q.Position.Words())
	}
	if c := s.Area(q.Area); c != nil {
		what += ", " + c.Short
	}
	return what
}

// hit is a policy with its answer for an area, or for most areas while none is chosen.
func (s *Snapshot) hit(p *Policy, area *review.Commissioner) Hit {
	out := Hit{Title: p.Now.Title, Href: p.href(), Line: p.sum}
	replaced := p.Replaced
	if area != nil {
		st := s.Standing(p, area)
		out.Href += "?area=" + area.Slug
		out.Line, replaced = "In "+area.Short+": "+st.short(), st.Situation == ReplacedBy
	}
	if replaced {
		out.rank = 1
	}
	if p.Now.Reference != "" {
		out.Line += ". " + p.Now.Reference
	}
	return out
}

// sum says where a policy stands while no area is chosen: "Replaced in 14 of 15 areas by Back pain".
func (s *Snapshot) sum(p *Policy) (line string, replaced bool) {
	all := s.Standings(p)
	newest, _ := p.Now.Position()
	here, gone := 0, 0
	var by []string
	for _, st := range all {
		switch st.Situation {
		case InForce:
			if pos, _ := st.Version.Position(); pos == newest {
				here++ // where an older version applies with another position, this line would not be true
			}
		case ReplacedBy:
			gone++
			if !slices.Contains(by, st.By.Now.Title) {
				by = append(by, st.By.Now.Title)
			}
		}
	}
	if gone > 0 {
		line = "Replaced in " + share(gone, len(all)) + " by " + listed(by)
	}
	if gone > here {
		return line, true
	}
	pos := position(p.Now)
	pos = strings.ToUpper(pos[:1]) + pos[1:]
	if here < len(all) {
		pos += ". Applies in " + share(here, len(all))
	}
	if gone > 0 {
		pos += ". " + line
	}
	return pos, false
}

// share is "14 of 15 areas".
func share(n, of int) string {
	switch n {
	case 0:
		return "no area today"
	case of:
		return "all areas"
	}
	return strconv.Itoa(n) + " of " + strconv.Itoa(of) + " areas"
}

func letterOf(title string) string {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(title))
	return string(unicode.ToUpper(r))
}

func (s *Snapshot) letters(chosen string) []choice {
	return s.count(chosen, func(p *Policy) []string { return []string{letterOf(p.Now.Title)} }, "letter")
}

func (s *Snapshot) specialties(chosen string) []choice {
	return s.count(chosen, func(p *Policy) []string {
		if p.Now.Specialty == "" {
			return nil
		}
		return []string{p.Now.Specialty}
	}, "specialty")
}

// count counts the policies by something, in alphabetical order.
func (s *Snapshot) count(chosen string, of func(*Policy) []string, field string) []choice {
	counts := map[string]int{}
	for _, p := range s.Policies {
		for _, v := range of(p) {
			counts[v]++
		}
	}
	var out []choice
	for v, n := range counts {
		out = append(out, choice{Text: v, Count: n, Href: "/?" + url.Values{field: {v}}.Encode(), Chosen: v == chosen})
	}
	slices.SortFunc(out, func(a, b choice) int { return cmp.Compare(a.Text, b.Text) })
	return out
}

func specialtyHref(v string) string { return "/?" + url.Values{"specialty": {v}}.Encode() }

func (s *Snapshot) positions(chosen review.Position) []choice {
	var out []choice
	for _, pos := range review.Positions {
		n := 0
		for _, p := range s.Policies {
			if s.fits(p, Query{Position: pos}) {
				n++
			}
		}
		if n > 0 {
			out = append(out, choice{Text: pos.Words(), Count: n, Href: "/?position=" + string(pos), Chosen: pos == chosen})
		}
	}
	return out
}

// recent are the policies that were published or changed last, newest first.
func (s *Snapshot) recent(most int) []Hit {
	list := slices.Clone(s.Policies)
	slices.SortStableFunc(list, func(a, b *Policy) int { return b.changed().Compare(a.changed()) })
	var out []Hit
	for _, p := range list[:min(most, len(list))] {
		h := s.hit(p, nil)
		h.Changed = "Published on " + record.DateOf(p.changed()).Words()
		if !p.Now.Corrects.Zero() {
			h.Changed = "Wording corrected on " + record.DateOf(p.changed()).Words()
		}
		out = append(out, h)
	}
	return out
}
