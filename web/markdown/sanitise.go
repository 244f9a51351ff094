package markdown

import (
	"regexp"
	"sync"

	"github.com/microcosm-cc/bluemonday"
)

// sanitise is the second layer. It knows nothing of Markdown: it lets through what the first layer is known to
// write, and stops everything else.
func sanitise(markup []byte) []byte { return policy().SanitizeBytes(markup) }

var (
	classNames = regexp.MustCompile(`^(app-clause|app-clause--sub|app-clause__no|app-table|footnotes|footnote-ref|` +
		`footnote-backref|nhsuk-list|nhsuk-list--(bullet|number)|nhsuk-table|nhsuk-table--compact|nhsuk-table__(head|body|row|header|cell)|` +
		`nhsuk-u-text-align-(right|centre)|language-[A-Za-z0-9+#-]+)( (app-clause--sub|nhsuk-list--(bullet|number)|nhsuk-table--compact|` +
		`nhsuk-u-text-align-(right|centre)))?$`)
	idNames    = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.:-]*$`)
	roleNames  = regexp.MustCompile(`^(doc-noteref|doc-backlink|doc-endnotes|group)$`)
	labelWords = regexp.MustCompile(`^(Link to|Table) .+$`)
	whole      = regexp.MustCompile(`^[0-9]{1,9}$`)
	zero       = regexp.MustCompile(`^0$`)
	column     = regexp.MustCompile(`^col$`)
)

var policy = sync.OnceValue(func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "blockquote", "pre", "code",
		"ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "div", "span", "sup")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.AllowAttrs("class").Matching(classNames).OnElements("a", "div", "ul", "ol", "table", "thead", "tbody", "tr", "th", "td", "code")
	p.AllowAttrs("id").Matching(idNames).OnElements("div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "li", "sup", "dt", "span")
	p.AllowAttrs("role").Matching(roleNames).OnElements("a", "div")
	p.AllowAttrs("aria-label").Matching(labelWords).OnElements("a", "div")
	p.AllowAttrs("tabindex").Matching(zero).OnElements("div")
	p.AllowAttrs("scope").Matching(column).OnElements("th")
	p.AllowAttrs("start").Matching(whole).OnElements("ol")
	p.AllowNoAttrs().OnElements("span")
	return p
})
