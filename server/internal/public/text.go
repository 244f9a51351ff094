package public

import (
	"fmt"
	"html/template"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"concordat/review"
	"concordat/server/internal/services"
	"concordat/web/markdown"
)

// text is a policy's text as its page shows it: the plain summary, which stands before the rest, and the rest. For a
// chosen area it is the text joined with the area's variation; area is nil for none.
func (s *Snapshot) text(p *Policy, area *review.Commissioner) (summary, rest template.HTML, err error) {
	here := s.variedHere(p, area)
	joined, inner := s.joined(p.Now, here), p.HTML
	if here != nil {
		html, err := markdown.RenderNumbered(joined.Text.Markdown, services.Paragraphs(joined.Text))
		if err != nil {
			return "", "", fmt.Errorf("rendering the text of decision %s: %w", here.ID, err)
		}
		inner = string(html)
	}
	body := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	if err := fill(body, inner); err != nil {
		return "", "", err
	}
	if err := s.addBoxes(body, p, here, joined); err != nil {
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

func fill(n *html.Node, inside string) error {
	nodes, err := html.ParseFragment(strings.NewReader(inside), n)
	if err != nil {
		return fmt.Errorf("reading HTML: %w", err)
	}
	for _, c := range nodes {
		n.AppendChild(c)
	}
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
