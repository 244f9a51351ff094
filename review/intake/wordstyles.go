package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// A wordStyle is a named style with what it inherits already put in.
type wordStyle struct {
	name   string
	level  int // of a heading, 0 for none
	num    numRef
	left   int // indentation in twentieths of a point
	hasInd bool
	look   look
	quote  bool
	title  bool
	toc    bool
}

// A look is what the properties of characters say; nil means nothing said.
type look struct{ bold, italic, strike, hidden, raised, lowered, lifted *bool }

// over puts b's properties on top of a's.
func (a look) over(b look) look {
	pick := func(x, y *bool) *bool {
		if y != nil {
			return y
		}
		return x
	}
	return look{pick(a.bold, b.bold), pick(a.italic, b.italic), pick(a.strike, b.strike), pick(a.hidden, b.hidden),
		pick(a.raised, b.raised), pick(a.lowered, b.lowered), pick(a.lifted, b.lifted)}
}

func yes(b *bool) bool { return b != nil && *b }

// readLook reads the properties of characters.
func readLook(rPr *node) look {
	var l look
	if rPr == nil {
		return l
	}
	set := func(to **bool, names ...string) {
		for _, name := range names {
			if on, ok := rPr.on(name); ok {
				*to = &on
			}
		}
	}
	set(&l.bold, "b")
	set(&l.italic, "i")
	set(&l.strike, "strike", "dstrike")
	set(&l.hidden, "vanish")
	if v := rPr.child("vertAlign"); v != nil {
		raised, lowered := v.val() == "superscript", v.val() == "subscript"
		l.raised, l.lowered = &raised, &lowered
	}
	if p := rPr.child("position"); p != nil {
		lifted := number(p.val(), 0) >= 4
		l.lifted = &lifted
	}
	return l
}

// wordStyles by id.
type wordStyles struct {
	byID     map[string]wordStyle
	standard string // the paragraph style of those that name none
}

func readStyles(root *node) wordStyles {
	s := wordStyles{byID: map[string]wordStyle{}}
	raw := map[string]*node{}
	for _, n := range root.all("style") {
		raw[n.attr("styleId")] = n
		if d := n.attr("default"); n.attr("type") == "paragraph" && (d == "1" || d == "true" || d == "on") {
			s.standard = n.attr("styleId")
		}
	}
	for id := range raw {
		s.byID[id] = resolveStyle(raw, id, 0)
	}
	return s
}

// resolveStyle follows what a style is based on; the bound breaks circles.
func resolveStyle(raw map[string]*node, id string, hops int) wordStyle {
	n := raw[id]
	if n == nil || hops > 20 {
		return wordStyle{}
	}
	var s wordStyle
	if base := n.first("basedOn").val(); base != "" {
		s = resolveStyle(raw, base, hops+1)
	}
	name := strings.ToLower(n.first("name").val())
	own := headingByName(name, strings.ToLower(id))
	if own == 0 {
		own = outlineLevel(n.first("pPr"))
	}
	if own != 0 {
		s.level = max(own, 0)
	}
	s.name = name
	s.look = s.look.over(readLook(n.child("rPr")))
	s.num = s.num.over(readNumRef(n.first("pPr", "numPr")))
	if left, ok := leftIndent(n.first("pPr")); ok {
		s.left, s.hasInd = left, true
	}
	s.quote = s.quote || name == "quote" || name == "intense quote" || name == "block text"
	s.title = s.title || name == "title"
	s.toc = s.toc || tocName.MatchString(name)
	if s.toc || name == "toc heading" {
		s.level = 0
	}
	return s
}

var (
	headingName = regexp.MustCompile(`^(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|pennawd) ?([1-9])$`)
	headingID   = regexp.MustCompile(`^heading([1-9])$`)
	tocName     = regexp.MustCompile(`^(?:toc [1-9]|table of figures)$`)
)

// headingByName knows Word's own headings, whose names are English in every language, and those that other
// programs write.
func headingByName(name, id string) int {
	for _, m := range [][]string{headingName.FindStringSubmatch(name), headingID.FindStringSubmatch(id)} {
		if m != nil {
			n, _ := strconv.Atoi(m[1])
			return n
		}
	}
	return 0
}

// outlineLevel is 1 to 9 for a heading, -1 for what says that it is none, 0 where nothing is said.
func outlineLevel(pPr *node) int {
	o := pPr.first("outlineLvl")
	if o == nil {
		return 0
	}
	n, err := strconv.Atoi(o.val())
	if err != nil || n < 0 || n > 8 {
		return -1
	}
	return n + 1
}

// leftIndent of a paragraph in twentieths of a point.
func leftIndent(pPr *node) (int, bool) {
	ind := pPr.first("ind")
	for _, name := range []string{"left", "start"} {
		if n, err := strconv.Atoi(ind.attr(name)); err == nil {
			return n, true
		}
	}
	return 0, false
}
