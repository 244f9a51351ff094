package intake

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// maxLevel is a depth that no document written by people comes near.
const maxLevel = 300

// A node is an XML element without its namespace: Word's transitional and strict dialects differ in nothing else
// that matters here. Text stands in nodes without a name.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string
}

// parseXML reads a part, as far as the measure allows. Document types are refused, and with them every trick with entities.
func parseXML(r io.Reader, m *measure) (*node, error) {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset.NewReaderLabel
	root := &node{}
	g := &growth{measure: m, open: []openNode{{node: root}}, names: map[string]string{}}
	for {
		t, err := d.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			if len(g.open) != 1 || len(root.kids) == 0 {
				return nil, ErrDamaged
			}
			return root.kids[0], nil
		case errors.Is(err, ErrTooLarge):
			return nil, err
		case err != nil:
			return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
		}
		if err := cmp.Or(g.take(t), m.err()); err != nil {
			return nil, err
		}
	}
}

// A growth is a tree that is being read.
type growth struct {
	measure *measure
	open    []openNode
	names   map[string]string // each name once
}

// An openNode is an element that has not ended, with its characters so far: they may come in a million pieces.
type openNode struct {
	*node
	text []byte
}

func (g *growth) take(t xml.Token) error {
	top := &g.open[len(g.open)-1]
	switch t := t.(type) {
	case xml.Directive:
		return fmt.Errorf("%w (a document type)", ErrDamaged)
	case xml.StartElement:
		n := g.node(t)
		top.kids = append(top.kids, n)
		if len(g.open) > maxLevel {
			return fmt.Errorf("%w (nested too deeply)", ErrDamaged)
		}
		g.open = append(g.open, openNode{node: n})
	case xml.EndElement:
		if len(g.open) == 1 || top.name != t.Name.Local {
			return fmt.Errorf("%w (elements cross)", ErrDamaged)
		}
		top.node.text = string(top.text)
		g.open = g.open[:len(g.open)-1]
	case xml.CharData:
		if keepsText(top.name) {
			g.measure.bytes -= len(t)
			top.text = append(top.text, t...)
		}
	default:
		g.measure.elements-- // a remark is not kept, but nobody writes a million
	}
	return nil
}

func (g *growth) node(t xml.StartElement) *node {
	name, known := g.names[t.Name.Local]
	if !known {
		name = t.Name.Local
		g.names[name] = name
	}
	n := &node{name: name, attrs: keptAttrs(t.Attr)}
	g.measure.elements -= 1 + len(n.attrs)
	for _, a := range n.attrs {
		g.measure.bytes -= len(a.Value)
	}
	switch name {
	case "p":
		g.measure.paragraphs--
	case "tc":
		g.measure.cells--
	}
	return n
}

// keepsText says whether an element's characters matter. Everywhere else they are only layout of the XML.
func keepsText(name string) bool {
	switch name {
	case "t", "text", "instrText", "title":
		return true
	}
	return false
}

// keptAttrs leaves out revision ids and declarations, which are most attributes of a document and say nothing.
func keptAttrs(attrs []xml.Attr) []xml.Attr {
	var out []xml.Attr
	for _, a := range attrs {
		if strings.HasPrefix(a.Name.Local, "rsid") || a.Name.Space == "xmlns" || a.Name.Local == "xmlns" {
			continue
		}
		out = append(out, a)
	}
	return out
}

// attr is an attribute's value by its name without namespace; all methods work on a nil node.
func (n *node) attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// relAttr is an attribute of the relationships' namespace, such as r:id where id alone means something else.
func (n *node) relAttr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space != "" && a.Name.Space != "w" {
			return a.Value
		}
	}
	return ""
}

// first is the child of that name, or nil.
func (n *node) first(names ...string) *node {
	for _, name := range names {
		n = n.child(name)
	}
	return n
}

func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
	}
	return nil
}

func (n *node) all(name string) []*node {
	if n == nil {
		return nil
	}
	var out []*node
	for _, k := range n.kids {
		if k.name == name {
			out = append(out, k)
		}
	}
	return out
}

// find is the first node of that name anywhere below, in document order.
func (n *node) find(name string) *node {
	if n == nil {
		return nil
	}
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if f := k.find(name); f != nil {
			return f
		}
	}
	return nil
}

// val is the attribute of that name that nearly every property has.
func (n *node) val() string { return n.attr("val") }

// on reads a property that is on when it is there, unless it says otherwise; set says whether it is there.
func (n *node) on(name string) (on, set bool) {
	p := n.child(name)
	if p == nil {
		return false, false
	}
	switch p.val() {
	case "0", "false", "off", "none":
		return false, true
	}
	return true, true
}
