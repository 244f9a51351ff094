package intake

import (
	"strconv"

	"golang.org/x/net/html"
)

// table reads a table into cells. A cell over several rows or columns keeps its words in its first place.
func (r *htmlReader) table(n *html.Node, s htmlState) {
	r.begin(block{depth: s.depth, quote: s.quote})
	g := &htmlGrid{reader: r, state: s}
	g.rows(n)
	for _, b := range shapeTable(g.cells, lastLevel(r.blocks), r.losses) {
		if b.kind == table {
			b.depth, b.quote = s.depth, s.quote
		}
		r.blocks = append(r.blocks, b)
	}
	r.next = block{depth: s.depth, quote: s.quote}
}

func lastLevel(blocks []block) int {
	for i := len(blocks) - 1; i >= 0; i-- {
		if blocks[i].kind == heading {
			return blocks[i].level
		}
	}
	return 0
}

// An htmlGrid lays cells out in rows and columns.
type htmlGrid struct {
	reader  *htmlReader
	state   htmlState
	cells   [][]rawCell
	padding int   // empty cells added so far
	covered []int // for each column, how many more rows a cell from above covers
}

func (g *htmlGrid) rows(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		switch c.Data {
		case "tr":
			g.row(c)
		case "thead", "tbody", "tfoot":
			g.rows(c)
		case "caption":
			g.reader.blocks = append(g.reader.blocks, g.content(c)...)
		}
	}
}

func (g *htmlGrid) row(tr *html.Node) {
	var row []rawCell
	cover := func() {
		for len(row) < len(g.covered) && g.covered[len(row)] > 0 && g.padding < maxPadding {
			g.padding++
			g.covered[len(row)]--
			row = append(row, rawCell{merged: true})
		}
	}
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" {
			continue
		}
		cover()
		span, down := spanOf(c, "colspan"), spanOf(c, "rowspan")
		blocks := g.content(c)
		for i := range span {
			if len(row) >= maxColumns || i > 0 && g.padding >= maxPadding {
				break
			}
			if i > 0 {
				g.padding++
			}
			for len(g.covered) <= len(row) {
				g.covered = append(g.covered, 0)
			}
			g.covered[len(row)] = down - 1
			row = append(row, rawCell{merged: i > 0})
			if i == 0 {
				row[len(row)-1].blocks = blocks
			}
		}
	}
	cover()
	if len(row) > 0 {
		g.cells = append(g.cells, row)
	}
}

func spanOf(n *html.Node, name string) int {
	v, err := strconv.Atoi(attribute(n, name))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, maxColumns)
}

// content reads a cell by itself.
func (g *htmlGrid) content(n *html.Node) []block {
	inner := &htmlReader{losses: g.reader.losses}
	s := htmlState{style: g.state.style, href: g.state.href}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		inner.block(c, s)
	}
	inner.end()
	return inner.blocks
}
