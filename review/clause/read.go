package clause

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdownParser understands what the renderer does, but leaves footnotes where they stand and bare links alone:
// neither changes the words. It is made once and keeps nothing from one text to the next.
var markdownParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999))...),
		parser.WithInlineParsers(append(parser.DefaultInlineParsers(),
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(extension.NewFootnoteParser(), 101),
			util.Prioritized(extension.NewStrikethroughParser(), 500))...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200))...),
		parser.WithASTTransformers(util.Prioritized(extension.NewTableASTTransformer(), 0)),
		parser.WithAttribute(),
	)
})

// piece is a clause as it was found: its range is still that of its content, to be widened to whole lines.
type piece struct {
	Clause
	pos, end int
}

// reader walks the Markdown parser's tree.
type reader struct {
	src      []byte
	buf      bytes.Buffer
	out      []piece
	counter  counter
	headings []int // the open headings, outermost first
}

func read(src []byte) []piece {
	r := &reader{src: src}
	r.blocks(markdownParser().Parse(text.NewReader(src)))
	return r.out
}

func (r *reader) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
}

func (r *reader) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Paragraph, *ast.TextBlock:
		r.standing(Paragraph, r.intro(n), n)
	case *ast.Blockquote:
		r.standing(Quote, nil, n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		r.standing(Code, nil, n)
	case *gfm.DefinitionList:
		r.definitions(n)
	case *ast.List:
		r.list(n, nil, 1)
	case *gfm.Table:
		r.table(n)
	case *gfm.FootnoteList:
		r.notes(n)
	default:
		r.add(piece{Clause: Clause{Kind: Other, Parent: r.above()}}, place{label: r.counter.where() + "unseen"}, n)
	}
}

// above is the heading that what comes next stands under, -1 when there is none.
func (r *reader) above() int {
	if len(r.headings) == 0 {
		return -1
	}
	return r.headings[len(r.headings)-1]
}

func (r *reader) heading(n *ast.Heading) {
	for len(r.headings) > 0 && r.out[r.above()].Level >= n.Level {
		r.headings = r.headings[:len(r.headings)-1]
	}
	p := piece{Clause: Clause{Kind: Heading, Level: n.Level, Parent: r.above()}}
	at := r.counter.heading(n.Level, wordsOf(&r.buf, r.src, n))
	r.headings = append(r.headings, r.add(p, at, n))
}

// intro returns the list that n introduces: the one directly after it.
func (r *reader) intro(n ast.Node) *ast.List {
	list, _ := n.NextSibling().(*ast.List)
	return list
}

// standing adds a clause with a number of its own, and with it the lists that it introduces.
func (r *reader) standing(kind Kind, list *ast.List, nodes ...ast.Node) {
	at := r.counter.standing()
	i := r.add(piece{Clause: Clause{Kind: kind, Parent: r.above()}}, at, nodes...)
	if list != nil {
		r.list(list, &intro{index: i, at: at}, 1)
	}
}

// intro is what a list's items hang from, and how many of them have been counted.
type intro struct {
	index int
	at    place
	items int
}

// list reads a list. Without an introduction each of its items stands alone; a list that follows another is
// that list going on with another marker, for Markdown ends a list where the marker changes.
func (r *reader) list(list *ast.List, from *intro, level int) {
	if from == nil && r.introduced(list) {
		return // read with its introduction
	}
	for ; list != nil; list, _ = list.NextSibling().(*ast.List) {
		for n := list.FirstChild(); n != nil; n = n.NextSibling() {
			r.item(n, from, level)
		}
		if level > 1 || from == nil {
			return
		}
	}
}

func (r *reader) introduced(list *ast.List) bool {
	var n ast.Node = list
	for n != nil && n.Kind() == ast.KindList {
		n = n.PreviousSibling()
	}
	return n != nil && (n.Kind() == ast.KindParagraph || n.Kind() == ast.KindTextBlock)
}

// item reads one item: its own blocks as one clause, the lists in it as clauses below, and what follows such a
// list as clauses that continue the item.
func (r *reader) item(n ast.Node, from *intro, level int) {
	p := piece{Clause: Clause{Kind: Item, Level: level, Parent: r.above()}}
	var at place
	if from == nil {
		at = r.counter.standing()
	} else {
		from.items++
		at = from.at.item(from.items)
		p.Parent = from.index
	}
	own, rest := ownBlocks(n.FirstChild())
	p.pos = r.itemPos(n)
	here := &intro{index: r.add(p, at, own...), at: at}
	for rest != nil {
		if list, ok := rest.(*ast.List); ok {
			r.list(list, here, level+1)
			rest = rest.NextSibling()
			continue
		}
		own, rest = ownBlocks(rest)
		r.add(piece{Clause: Clause{Kind: Paragraph, Level: level, Parent: here.index}}, at.continued(), own...)
	}
}

// ownBlocks are the blocks from n on up to the next list, which is returned as rest.
func ownBlocks(n ast.Node) (own []ast.Node, rest ast.Node) {
	for ; n != nil && n.Kind() != ast.KindList; n = n.NextSibling() {
		own = append(own, n)
	}
	return own, n
}

// itemPos is where an item's marker stands. The parser's own position is trusted when a marker is there.
func (r *reader) itemPos(n ast.Node) int {
	return min(max(n.Pos(), 0), len(r.src))
}

func (r *reader) table(n *gfm.Table) {
	at := r.counter.standing()
	head, k := r.above(), 0
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		p := piece{Clause: Clause{Kind: Row, Parent: head}}
		if k == 0 {
			head = r.add(p, at, row)
		} else {
			r.add(p, at.row(k), row)
		}
		k++
	}
}

func (r *reader) definitions(n ast.Node) {
	var group []ast.Node
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == gfm.KindDefinitionTerm && len(group) > 0 && group[len(group)-1].Kind() != gfm.KindDefinitionTerm {
			r.standing(Definition, nil, group...)
			group = nil
		}
		group = append(group, c)
	}
	r.standing(Definition, nil, group...)
}

func (r *reader) notes(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.add(piece{Clause: Clause{Kind: Note, Parent: -1}}, r.counter.footnote(), c)
	}
}

// add keeps a clause made of some nodes and returns its index.
func (r *reader) add(p piece, at place, nodes ...ast.Node) int {
	p.Number, p.Label = at.number, at.label
	p.Words = wordsOf(&r.buf, r.src, nodes...)
	start, first, end := len(r.src), -1, p.pos
	for _, n := range nodes {
		s := span{start: len(r.src), first: -1}
		s.include(n)
		start, end = min(start, s.start), max(end, s.end)
		if first < 0 {
			first = s.first
		}
	}
	if p.Kind != Item {
		p.pos = start
	}
	if first < 0 {
		first = p.pos
	}
	p.Offset = first
	p.end = max(end, p.pos)
	r.out = append(r.out, p)
	return len(r.out) - 1
}

// span gathers where a node and all within it stand in the source.
type span struct {
	start, first, end int
}

func (s *span) include(n ast.Node) {
	if n.Type() == ast.TypeInline {
		return
	}
	if n.Pos() >= 0 {
		s.start, s.end = min(s.start, n.Pos()), max(s.end, n.Pos())
	}
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		s.start, s.end = min(s.start, line.Start), max(s.end, line.Stop)
		if s.first < 0 {
			s.first = line.Start
		}
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		s.include(c)
	}
}
