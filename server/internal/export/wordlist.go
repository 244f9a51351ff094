package export

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// The numbering definitions of parts/numbering.xml.
const (
	bulletKind  = 1 // •, –, ▪ by level
	figureKind  = 2 // 1. on every level
	letterKind  = 3 // (a), (i), (A) by level: clauses
	bulletList  = 1 // the one instance that all bullets share
	firstList   = 1 // instances counted so far
	levelIndent = 567
	maxLevels   = 9
)

// clauseIndent is how far the words of numbered clauses stand from their numbers; their items are further in.
const clauseIndent = 851

func (at place) indent() int {
	left := levelIndent * min(at.depth, maxLevels)
	if at.lettered {
		left += clauseIndent
	}
	return left
}

func (d *wordDocument) list(s *story, l *ast.List, at place) {
	at.depth++
	num := bulletList
	switch {
	case d.lettered(l):
		at.lettered = true
		num = d.instance(letterKind, at.depth, 1)
	case l.IsOrdered():
		num = d.instance(figureKind, at.depth, l.Start)
	}
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		d.item(s, item, num, at)
	}
}

// lettered says whether the caller numbers this list's items as (a), (b), …
func (d *wordDocument) lettered(l *ast.List) bool {
	item := l.FirstChild()
	return item != nil && item.FirstChild() != nil && strings.HasPrefix(d.number(item.FirstChild()), "(")
}

// instance makes a numbering instance of its own, so that each list begins where it says.
func (d *wordDocument) instance(kind, depth, start int) int {
	d.listCount++
	fmt.Fprintf(&d.lists, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/><w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride></w:num>`,
		d.listCount, kind, min(depth, maxLevels)-1, start)
	return d.listCount
}

// item writes an item: its first paragraph carries the mark, the rest is indented like its words.
func (d *wordDocument) item(s *story, item ast.Node, num int, at place) {
	for n := item.FirstChild(); n != nil; n = n.NextSibling() {
		_, isText := n.(*ast.TextBlock)
		_, isParagraph := n.(*ast.Paragraph)
		if n != item.FirstChild() || !isText && !isParagraph {
			d.block(s, n, at)
			continue
		}
		if number := d.number(n); number != "" && !strings.HasPrefix(number, "(") {
			s.paragraph(styled("Clause"), text(number, "")+tab+d.inlines(s, n, at))
			continue
		}
		s.paragraph(fmt.Sprintf(`%s<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, styled("ListParagraph"), min(at.depth, maxLevels)-1, num),
			d.inlines(s, n, at))
	}
}
