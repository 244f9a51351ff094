package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// An htmlReader walks through HTML and makes blocks of it.
type htmlReader struct {
	blocks []block
	runs   []run // of the paragraph that is being read
	next   block // what that paragraph will be
	losses *losses
	word   []wordList // lists of Word's clipboard that are open
	over   bool       // there are too many blocks
}

// maxBlocks bounds the paragraphs of a page.
const maxBlocks = 100_000

// htmlState is what the elements around say of a place.
type htmlState struct {
	style style
	href  string
	depth int
	quote int
	pre   bool
	list  *htmlList
}

// An htmlList is a list that is being read.
type htmlList struct {
	ordered bool
	next    int
	fresh   bool
}

// end finishes the paragraph that is being read.
func (r *htmlReader) end() {
	b := r.next
	b.runs, r.runs = r.runs, nil
	if blank(b.runs) {
		return // an item waits for its first words
	}
	b.runs = settled(b.runs, r.losses)
	if b.kind == paragraph {
		b.bold = b.depth == 0 && allBold(b.runs)
	}
	if b.kind == heading {
		b.runs = without(b.runs, bold)
		r.losses.under(plain(b.runs))
	}
	if r.blocks = append(r.blocks, b); len(r.blocks) > maxBlocks {
		r.over = true
	}
	r.next = block{depth: b.depth, quote: b.quote}
}

// begin ends one paragraph and says what the next is.
func (r *htmlReader) begin(b block) {
	waiting := r.next
	r.end()
	if waiting.kind == item && r.next.kind == item && b.kind == paragraph && b.depth == waiting.depth {
		return // <li><p>: the paragraph is the item's first
	}
	r.next = b
}

func (r *htmlReader) children(n *html.Node, s htmlState) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.block(c, s)
	}
}

func (r *htmlReader) block(n *html.Node, s htmlState) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data, s)
		return
	case html.DocumentNode:
		r.children(n, s)
		return
	case html.ElementNode:
	default:
		return
	}
	if r.over || r.left(n) {
		return
	}
	s = inlineState(n, s)
	switch n.Data {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.paragraphOf(n, s, block{kind: heading, level: int(n.Data[1] - '0')})
	case "p", "div", "section", "article", "main", "body", "html", "figure", "figcaption", "address", "header", "footer",
		"details", "summary", "fieldset", "form", "center", "dl", "dt", "dd", "caption", "legend", "aside":
		r.container(n, s)
	case "blockquote":
		inner := s
		if s.depth == 0 {
			inner.quote = min(s.quote+1, 5)
		}
		r.container(n, inner)
		r.begin(block{depth: s.depth, quote: s.quote})
	case "ul", "ol", "menu":
		r.list(n, s)
	case "li":
		r.listItem(n, s)
	case "pre":
		s.pre = true
		r.container(n, s)
	case "table":
		r.table(n, s)
	case "br":
		r.text("\n", htmlState{pre: true, style: s.style, href: s.href})
	case "hr":
		r.begin(block{depth: s.depth, quote: s.quote})
	case "img":
		r.picture(n, s)
	case "input", "select", "textarea":
		r.input(n, s)
	case "math":
		r.equation(n, s)
	default:
		r.children(n, s)
	}
}

func (r *htmlReader) container(n *html.Node, s htmlState) {
	if l, ok := wordListMark(n); ok {
		r.wordItem(n, s, l)
		return
	}
	r.paragraphOf(n, s, block{})
}

func (r *htmlReader) paragraphOf(n *html.Node, s htmlState, b block) {
	b.depth, b.quote = s.depth, s.quote
	if b.kind == heading {
		b.depth, b.quote = 0, 0
	}
	if b.kind == heading || n.Data == "p" {
		r.word = nil
	}
	r.begin(b)
	r.children(n, s)
	r.begin(block{depth: s.depth, quote: s.quote})
}

// hiddenStyle and the names below are what readers of a page do not see or do not want.
var (
	hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all`)
	cookieNames = regexp.MustCompile(`(?i)\b(?:cookie|breadcrumb|skip-?link|site-?(?:header|footer|nav)|navbar|share|social|back-to-top)`)
)

// left says whether an element is left out, and counts what a reader may miss.
func (r *htmlReader) left(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "head", "noscript", "template", "button", "nav", "dialog", "link", "meta", "title":
		return true
	case "svg", "canvas", "object", "embed", "video", "audio", "iframe":
		r.losses.add(withWords(embedded(n.Data), textOf(n)))
		return true
	}
	switch attribute(n, "role") {
	case "navigation", "banner", "contentinfo", "search":
		return true
	}
	_, hidden := hasAttribute(n, "hidden")
	if hidden || hiddenStyle.MatchString(attribute(n, "style")) {
		r.leave(hiddenText, n)
		return true
	}
	if names := strings.Fields(attribute(n, "class")); slices.Contains(names, "katex-html") {
		return true // it draws the equation that stands beside it as MathML
	}
	if cookieNames.MatchString(attribute(n, "class")+" "+attribute(n, "id")) && n.Data != "body" && n.Data != "html" {
		r.leave("a part of the page that is named as its frame, left out", n)
		return true
	}
	return false
}

// leave tells of an element that is left out with its words.
func (r *htmlReader) leave(what string, n *html.Node) {
	if words := textOf(n); strings.ContainsFunc(words, isShown) {
		r.losses.add(withWords(what, words))
	}
}

func embedded(name string) string {
	switch name {
	case "svg", "canvas":
		return "a drawing"
	case "video":
		return "a film"
	case "audio":
		return "a sound"
	}
	return "something embedded in the page"
}

func hasAttribute(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

var (
	weight  = regexp.MustCompile(`(?i)font-weight\s*:\s*(normal|bold|bolder|lighter|[0-9]+)`)
	slanted = regexp.MustCompile(`(?i)font-style\s*:\s*(normal|italic|oblique)`)
	struck  = regexp.MustCompile(`(?i)text-decoration[a-z-]*\s*:[^;]*line-through`)
	aligned = regexp.MustCompile(`(?i)vertical-align\s*:\s*(super|sub)\b`)
)

// inlineState is the look that an element adds.
func inlineState(n *html.Node, s htmlState) htmlState {
	switch n.Data {
	case "b", "strong":
		s.style |= bold
	case "i", "em", "cite", "dfn", "var":
		s.style |= italic
	case "s", "strike", "del":
		s.style |= strike
	case "dt":
		s.style |= bold
	case "sup":
		s.style |= raised
	case "sub":
		s.style |= lowered
	case "a":
		if strings.HasPrefix(attribute(n, "href"), "#") {
			s.style |= reference
		}
		if a := link(attribute(n, "href")); a != "" {
			s.href = a
		}
	}
	css := attribute(n, "style")
	if css == "" {
		return s
	}
	if m := weight.FindStringSubmatch(css); m != nil {
		s.style &^= bold
		if v, err := strconv.Atoi(m[1]); m[1] == "bold" || m[1] == "bolder" || err == nil && v >= 600 {
			s.style |= bold
		}
	}
	if m := slanted.FindStringSubmatch(css); m != nil {
		s.style &^= italic
		if !strings.EqualFold(m[1], "normal") {
			s.style |= italic
		}
	}
	if struck.MatchString(css) {
		s.style |= strike
	}
	if m := aligned.FindStringSubmatch(css); m != nil {
		s.style |= map[string]style{"super": raised, "sub": lowered}[strings.ToLower(m[1])]
	}
	return s
}

// text adds words to the paragraph; white space of the source is one space.
func (r *htmlReader) text(text string, s htmlState) {
	if !s.pre {
		text = strings.Map(func(c rune) rune {
			if c == '\n' || c == '\r' || c == '\f' {
				return ' '
			}
			return c
		}, text)
	}
	r.runs = append(r.runs, run{text: symbolText(text, ""), style: r.noteStyle(text, s.style), href: s.href})
}

var noteLabel = regexp.MustCompile(`^(?:\[?(?:\d{1,3}|[a-z])\]?|[*†‡§])$`)

// noteStyle takes a link within the page for a reference mark where it is raised, or stands against what is before it.
func (r *htmlReader) noteStyle(text string, s style) style {
	switch last := lastOf(r.runs); {
	case s&reference == 0:
	case !noteLabel.MatchString(strings.TrimSpace(text)):
		s &^= reference
	case isAlnum(last) || last != 0 && strings.ContainsRune(".,;:)%°", last):
		s |= raised
	case s&raised == 0:
		s &^= reference
	}
	return s
}

func (r *htmlReader) picture(n *html.Node, s htmlState) {
	alt, has := hasAttribute(n, "alt")
	if has && strings.TrimSpace(alt) == "" {
		return // the page says that it is decoration
	}
	r.losses.add("a picture")
	if has {
		r.text(" (Picture: "+alt+") ", s)
	}
}

// input keeps what a form shows: a box that is ticked or not, a choice, what was filled in.
func (r *htmlReader) input(n *html.Node, s htmlState) {
	switch t := strings.ToLower(attribute(n, "type")); {
	case n.Data == "textarea":
		r.text(textOf(n), s)
	case n.Data == "select":
		r.text(chosen(n), s)
	case t == "checkbox" || t == "radio":
		sign := "☐ "
		if _, on := hasAttribute(n, "checked"); on {
			sign = "☒ "
		}
		r.text(sign, s)
	case t != "hidden" && t != "button" && t != "submit" && t != "reset" && t != "image" && t != "password":
		r.text(attribute(n, "value"), s)
	}
}

// chosen are the words of the chosen options of a list, else of its first.
func chosen(n *html.Node) string {
	var words []string
	first := ""
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for _, c := range children(n) {
			if c.Data != "option" {
				walk(c)
				continue
			}
			text := plain([]run{{text: textOf(c)}})
			if first == "" {
				first = text
			}
			if _, on := hasAttribute(c, "selected"); on {
				words = append(words, text)
			}
		}
	}
	walk(n)
	if len(words) == 0 {
		return first
	}
	return strings.Join(words, ", ")
}
