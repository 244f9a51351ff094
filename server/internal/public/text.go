package public

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"concordat/review"
	"concordat/review/decision"
	"concordat/web/markdown"
)

// text is a policy's text as its page shows it: the plain summary, which stands before the rest, and the rest.
func (s *Snapshot) text(p *Policy, chosen string) (summary, rest template.HTML, err error) {
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	if err := fill(body, p.HTML); err != nil {
		return "", "", err
	}
	if err := s.addVariations(body, p.variations(), chosen); err != nil {
		return "", "", err
	}
	above, err := takeOut(body, anchorOf(p.Now, review.SummaryKey), `See <a href="#summary">above</a>.`)
	if err != nil {
		return "", "", err
	}
	if summary, err = inside(above); err != nil {
		return "", "", err
	}
	rest, err = inside(body)
	return summary, rest, err
}

// takeOut takes what stands under a heading out of a text and leaves a paragraph in its place. The heading stays, so
// that the sections go on being numbered in their order; what is taken keeps its numbers and anchors.
func takeOut(body *html.Node, anchor, instead string) (*html.Node, error) {
	out := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	heading := byID(body, anchor)
	if heading == nil {
		return out, nil
	}
	for n := heading.NextSibling; n != nil && n.DataAtom != heading.DataAtom; n = heading.NextSibling {
		n.Parent.RemoveChild(n)
		out.AppendChild(n)
	}
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	heading.Parent.InsertBefore(p, heading.NextSibling)
	return out, fill(p, instead)
}

// inside is the HTML inside an element.
func inside(n *html.Node) (template.HTML, error) {
	var out strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&out, c); err != nil {
			return "", fmt.Errorf("writing a policy's HTML: %w", err)
		}
	}
	return template.HTML(out.String()), nil
}

// addVariations puts into a policy's text a box at each paragraph that an area varied. For the chosen area, "" for
// none, the varied words stand in the paragraph and the box says how it reads elsewhere.
func (s *Snapshot) addVariations(body *html.Node, varied []*decision.Decision, chosen string) error {
	for _, d := range varied {
		at := byID(body, d.Variation.Anchor)
		if at == nil {
			continue // the paragraph is gone from this version; the table of areas still tells the variation
		}
		if err := s.vary(at, d, d.Commissioner == chosen); err != nil {
			return err
		}
	}
	return nil
}

func (s *Snapshot) vary(at *html.Node, d *decision.Decision, here bool) error {
	words, err := markdown.Render(d.Variation.Text)
	if err != nil {
		return fmt.Errorf("rendering the variation of decision %s: %w", d.ID, err)
	}
	name := html.EscapeString(s.placeName(d.Commissioner))
	inner := clauseText(at)
	if !here || inner == nil {
		return box(at, d.ID, "<p><b>In "+name+"</b> this reads:</p>"+string(words)+decided(d))
	}
	var was strings.Builder
	for n := inner.FirstChild; n != nil; n = n.NextSibling {
		if isClause(n) {
			continue // items that hang from the paragraph are not what was varied, and stay where they are
		}
		if err := html.Render(&was, n); err != nil {
			return fmt.Errorf("writing a paragraph: %w", err)
		}
	}
	if err := fill(inner, string(words)); err != nil {
		return err
	}
	return box(at, d.ID, "<p><b>As varied in "+name+".</b> Elsewhere this reads:</p>"+was.String()+decided(d))
}

func decided(d *decision.Decision) string {
	if d.DecidedOn == 0 {
		return ""
	}
	return "<p>Decided on " + d.DecidedOn.Words() + ".</p>"
}

// clauseText is the part of a numbered paragraph that holds its words; nil for other blocks.
func clauseText(n *html.Node) *html.Node {
	if !isClause(n) {
		return nil
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Div {
			return c
		}
	}
	return nil
}

func isClause(n *html.Node) bool { return strings.HasPrefix(attribute(n, "class"), "app-clause") }

func fill(n *html.Node, inside string) error {
	nodes, err := html.ParseFragment(strings.NewReader(inside), n)
	if err != nil {
		return fmt.Errorf("reading HTML: %w", err)
	}
	// Items that hang from the paragraph stand inside it: they stay.
	var kept []*html.Node
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		if isClause(c) {
			kept = append(kept, c)
		}
	}
	for _, c := range append(nodes, kept...) {
		n.AppendChild(c)
	}
	return nil
}

// insideTables are the blocks beside which no box can stand: it stands after what is around them.
var insideTables = []atom.Atom{atom.Tr, atom.Tbody, atom.Thead, atom.Table, atom.Dt, atom.Dd}

// box puts a box after the block.
func box(at *html.Node, id, inside string) error {
	div := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div,
		Attr: []html.Attribute{{Key: "class", Val: "app-variation"}, {Key: "id", Val: variationID(id)}}}
	if err := fill(div, inside); err != nil {
		return err
	}
	for slices.Contains(insideTables, at.DataAtom) && at.Parent.Parent != nil {
		at = at.Parent
	}
	at.Parent.InsertBefore(div, at.NextSibling)
	return nil
}

func byID(n *html.Node, id string) *html.Node {
	if id == "" {
		return nil
	}
	for c := range n.Descendants() {
		if attribute(c, "id") == id {
			return c
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// variationID is the id of a variation's box.
func variationID(decision string) string {
	return "variation-" + strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, decision)
}

// anchorAt names the nth clause of a text that has no anchors of its own.
func anchorAt(n int) string { return "c" + strconv.Itoa(n) }
