package markdown

import (
	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
)

// number gives blocks their anchors and numbers.
func number(doc ast.Node, src []byte, paragraphs []Paragraph) {
	if len(paragraphs) == 0 {
		return
	}
	n := numberer{byOffset: map[int]Paragraph{}}
	for _, p := range paragraphs {
		n.byOffset[p.Offset] = p
	}
	n.children(doc)
}

type numberer struct{ byOffset map[int]Paragraph }

// take finds a block's paragraph. It is given out once: a quotation and the paragraph in it begin at the same place.
func (n numberer) take(b ast.Node) (Paragraph, bool) {
	at := firstLine(b)
	p, ok := n.byOffset[at]
	if ok {
		delete(n.byOffset, at)
	}
	return p, ok
}

func (n numberer) children(parent ast.Node) {
	for b := parent.FirstChild(); b != nil; {
		next := b.NextSibling()
		n.block(b)
		b = next
	}
}

func (n numberer) block(b ast.Node) {
	switch b := b.(type) {
	case *ast.Heading:
		n.heading(b)
	case *ast.List:
		n.list(b)
	case *gfm.Table:
		n.table(b)
	case *gfm.DefinitionList:
		n.definitions(b)
	case *gfm.FootnoteList:
		n.notes(b)
	default:
		if p, ok := n.take(b); ok {
			wrap(b, p)
		}
	}
}

func (n numberer) heading(h *ast.Heading) {
	p, ok := n.take(h)
	if !ok {
		return
	}
	h.SetAttributeString("id", []byte(p.Anchor))
	if p.Number != "" {
		h.InsertBefore(h, h.FirstChild(), ast.NewString([]byte(p.Number+". ")))
	}
}

// list makes numbered items into clauses of their own, which takes the place of the list: the numbers that
// they have in law are not those that a list would give them.
func (n numberer) list(l *ast.List) {
	if !n.numbers(l) {
		return
	}
	parent := l.Parent()
	for item := l.FirstChild(); item != nil; item = l.FirstChild() {
		p, _ := n.take(item)
		c := &clause{Paragraph: p, item: true}
		parent.InsertBefore(parent, l, c)
		for b := item.FirstChild(); b != nil; b = item.FirstChild() {
			item.RemoveChild(item, b)
			c.AppendChild(c, paragraphOf(b))
		}
		l.RemoveChild(l, item)
		n.children(c)
	}
	parent.RemoveChild(parent, l)
}

func (n numberer) numbers(l *ast.List) bool {
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		if _, ok := n.byOffset[firstLine(item)]; ok {
			return true
		}
	}
	return false
}

// paragraphOf makes the text of a close-set item a paragraph, which it is once it stands alone.
func paragraphOf(b ast.Node) ast.Node {
	t, ok := b.(*ast.TextBlock)
	if !ok {
		return b
	}
	p := ast.NewParagraph()
	p.SetLines(t.Lines())
	for c := t.FirstChild(); c != nil; c = t.FirstChild() {
		p.AppendChild(p, c)
	}
	return p
}

func (n numberer) table(t *gfm.Table) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		p, ok := n.take(row)
		switch {
		case !ok:
		case row.Kind() == gfm.KindTableHeader:
			wrap(t, p)
		default:
			row.SetAttributeString("id", []byte(p.Anchor))
		}
	}
}

func (n numberer) definitions(l *gfm.DefinitionList) {
	for d := l.FirstChild(); d != nil; d = d.NextSibling() {
		if p, ok := n.take(d); ok && d.Kind() == gfm.KindDefinitionTerm {
			d.SetAttributeString("id", []byte(p.Anchor))
			if p.Number != "" || len(p.Former) > 0 {
				d.InsertBefore(d, d.FirstChild(), &numberLink{Paragraph: p})
			}
		}
	}
}

// notes gives each footnote its anchor, beside the id by which the text links to it.
func (n numberer) notes(l *gfm.FootnoteList) {
	for f := l.FirstChild(); f != nil; f = f.NextSibling() {
		if p, ok := n.take(f); ok && f.FirstChild() != nil {
			wrap(f.FirstChild(), Paragraph{Anchor: p.Anchor})
		}
	}
}

func wrap(b ast.Node, p Paragraph) {
	c := &clause{Paragraph: p}
	b.Parent().ReplaceChild(b.Parent(), b, c)
	c.AppendChild(c, b)
}
