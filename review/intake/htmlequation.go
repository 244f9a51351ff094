package intake

import (
	"strings"

	"golang.org/x/net/html"
)

// equation writes MathML on the line.
func (r *htmlReader) equation(n *html.Node, s htmlState) {
	e := &htmlEquation{}
	text := strings.TrimSpace(e.row(children(n)))
	if text == "" {
		text = attribute(n, "alttext")
	}
	if strings.TrimSpace(text) == "" {
		return
	}
	before := tailOf(r.runs)
	text = shift{before: before}.alone(text)
	if told := e.told(); told != "" {
		r.losses.add(told + ": " + quote(before, text, ""))
	}
	s.style |= apart
	r.text(text, s)
}

// An htmlEquation writes the presentation elements of MathML.
type htmlEquation struct{ equation }

func children(n *html.Node) (out []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			out = append(out, c)
		}
	}
	return out
}

func (e *htmlEquation) row(nodes []*html.Node) string {
	var t terms
	for _, n := range nodes {
		t.add(e.term(n), !rowOfSigns[n.Data])
	}
	return t.text
}

var rowOfSigns = map[string]bool{"mi": true, "mn": true, "mo": true, "mtext": true, "ms": true}

// part is a child by its place, "" when there is none.
func (e *htmlEquation) part(parts []*html.Node, i int) string {
	if i >= len(parts) {
		return ""
	}
	return strings.TrimSpace(e.term(parts[i]))
}

func (e *htmlEquation) term(n *html.Node) string {
	parts := children(n)
	at := func(i int) string { return e.part(parts, i) }
	switch n.Data {
	case "mi", "mn", "mo", "mtext", "ms":
		return signs(n)
	case "mfrac":
		if t := attribute(n, "linethickness"); strings.HasPrefix(t, "0") && strings.Trim(t, "0.pxemt") == "" {
			return e.over(at(0), at(1))
		}
		return e.fraction(at(0), at(1))
	case "msup":
		return e.raised(at(0), at(1))
	case "msub":
		return e.lowered(at(0), at(1))
	case "msubsup":
		return e.raised(e.lowered(at(0), at(1)), at(2))
	case "msqrt":
		return e.root("", e.row(parts))
	case "mroot":
		return e.root(at(1), at(0))
	case "mfenced":
		return e.fenced(n, parts)
	case "munderover":
		return e.limits(at(0), at(1), at(2))
	case "munder":
		return e.limits(at(0), at(1), "")
	case "mtable":
		e.strange = true
		var rows []string
		for i := range parts {
			rows = append(rows, at(i))
		}
		return strings.Join(rows, "; ")
	case "semantics":
		return at(0) // what follows says the same for programs
	case "mspace":
		return " "
	case "annotation", "annotation-xml", "mphantom":
		return ""
	case "math", "mrow", "mstyle", "mpadded", "mtr", "mtd", "merror":
		return e.row(parts)
	}
	e.strange = true
	return e.row(parts)
}

func (e *htmlEquation) fenced(n *html.Node, parts []*html.Node) string {
	begin, end := "(", ")"
	if v, ok := hasAttribute(n, "open"); ok {
		begin = v
	}
	if v, ok := hasAttribute(n, "close"); ok {
		end = v
	}
	var inside []string
	for i := range parts {
		inside = append(inside, e.part(parts, i))
	}
	return begin + strings.Join(inside, ", ") + end
}

// signs are the characters of one element; those for invisible multiplication and the like are not shown.
func signs(n *html.Node) string {
	text := strings.Map(func(r rune) rune {
		if r >= '\u2061' && r <= '\u2064' {
			return -1
		}
		return r
	}, textOf(n))
	return strings.Join(strings.Fields(text), " ")
}
