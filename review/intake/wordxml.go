package intake

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// Bounds on XML that no document written by people comes near.
const (
	maxNodes = 3_000_000
	maxLevel = 300
)

// A node is an XML element without its namespace: Word's transitional and strict dialects differ in nothing else
// that matters here. Text stands in nodes without a name.
type node struct {
	name  string
	attrs []xml.Attr
	kids  []*node
	text  string
}

// parseXML reads a part. Document types are refused, and with them every trick with entities.
func parseXML(data []byte) (*node, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	root := &node{}
	stack := []*node{root}
	for count := 0; ; count++ {
		if count > maxNodes {
			return nil, ErrTooLarge
		}
		t, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
		}
		if stack, err = grow(stack, t); err != nil {
			return nil, err
		}
	}
	if len(stack) != 1 || len(root.kids) == 0 {
		return nil, ErrDamaged
	}
	return root.kids[0], nil
}

func grow(stack []*node, t xml.Token) ([]*node, error) {
	top := stack[len(stack)-1]
	switch t := t.(type) {
	case xml.Directive:
		return nil, fmt.Errorf("%w (a document type)", ErrDamaged)
	case xml.StartElement:
		n := &node{name: t.Name.Local, attrs: keptAttrs(t.Attr)}
		top.kids = append(top.kids, n)
		if len(stack) > maxLevel {
			return nil, fmt.Errorf("%w (nested too deeply)", ErrDamaged)
		}
		return append(stack, n), nil
	case xml.EndElement:
		if len(stack) == 1 || top.name != t.Name.Local {
			return nil, fmt.Errorf("%w (elements cross)", ErrDamaged)
		}
		return stack[:len(stack)-1], nil
	case xml.CharData:
		if keepsText(top.name) {
			top.text += string(t)
		}
	}
	return stack, nil
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
