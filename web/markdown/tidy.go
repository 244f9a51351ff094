package markdown

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// tidy makes the tree fit for a page: headings of the right levels, no address that could run or fetch anything,
// nothing empty that a screen reader would stumble over.
func tidy(doc ast.Node, src []byte, top int) {
	levels := levels{top: top}
	tables := 0
	for _, n := range all(doc) {
		switch n := n.(type) {
		case *ast.Heading:
			n.RemoveAttributes()
			if blank(n, src) {
				n.Parent().RemoveChild(n.Parent(), n)
				continue
			}
			n.Level = levels.of(n.Level)
		case *ast.Link:
			n.Title = nil // a tip that only a mouse can see
			if !allowed(n.Destination) || blank(n, src) {
				unwrap(n)
			}
		case *ast.Image:
			unwrap(n)
		case *ast.AutoLink:
			if !allowed(n.URL(src)) {
				n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(bytes.Clone(n.Label(src))))
			}
		case *gfm.Table:
			tables++
			n.SetAttributeString("number", tables)
		case *ast.List:
			n.SetAttributeString("class", []byte(listClass(n)))
		}
	}
}

func listClass(n *ast.List) string {
	if n.IsOrdered() {
		return "nhsuk-list nhsuk-list--number"
	}
	return "nhsuk-list nhsuk-list--bullet"
}

// all lists the nodes below root, parents first, so that a tree can be changed while it is gone through.
func all(root ast.Node) []ast.Node {
	var list []ast.Node
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		list = append(list, n)
		list = append(list, all(n)...)
	}
	return list
}

// levels gives headings their levels: the highest is top, and none skips one on the way down.
type levels struct {
	top   int
	typed []int // the open headings, as they were typed
}

func (l *levels) of(typed int) int {
	for len(l.typed) > 0 && l.typed[len(l.typed)-1] >= typed {
		l.typed = l.typed[:len(l.typed)-1]
	}
	l.typed = append(l.typed, typed)
	return min(l.top+len(l.typed)-1, 6)
}

// blank tells whether a node shows nothing.
func blank(n ast.Node, src []byte) bool {
	for _, c := range all(n) {
		switch c := c.(type) {
		case *ast.Text:
			if len(bytes.TrimSpace(c.Segment.Value(src))) > 0 {
				return false
			}
		case *ast.String:
			if len(bytes.TrimSpace(c.Value)) > 0 {
				return false
			}
		case *ast.AutoLink, *ast.RawHTML, *gfm.FootnoteLink, *gfm.TaskCheckBox:
			return false
		}
	}
	return true
}

// unwrap puts a node's children in its place.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
}

// allowed tells whether an address may be a link: web, mail, telephone, or a place on this site. It must be so as it
// was typed and as it will be written.
func allowed(address []byte) bool {
	return knownScheme(address) && knownScheme(util.URLEscape(address, true)) && knownScheme(util.URLEscape(address, false))
}

func knownScheme(address []byte) bool {
	u, err := url.Parse(strings.TrimSpace(string(address)))
	if err != nil || len(address) == 0 {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "", "http", "https", "mailto", "tel":
		return true
	}
	return false
}
