package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

var (
	kindClause     = ast.NewNodeKind("Clause")
	kindNumberLink = ast.NewNodeKind("NumberLink")
)

// clause is a block with its anchor and number around it.
type clause struct {
	ast.BaseBlock
	Paragraph
	item bool
}

func (*clause) Kind() ast.NodeKind              { return kindClause }
func (c *clause) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// numberLink is a number inside a line.
type numberLink struct {
	ast.BaseInline
	Paragraph
}

func (*numberLink) Kind() ast.NodeKind              { return kindNumberLink }
func (n *numberLink) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// link is the number as a link to its paragraph, so that the address can be copied from it.
func (p Paragraph) link() string {
	if p.Number == "" {
		return ""
	}
	label := p.Label
	if label == "" {
		label = p.Number
	}
	if c := label[0]; c >= '0' && c <= '9' || c == '(' {
		label = "paragraph " + label
	}
	return `<a class="app-clause__no" href="#` + p.Anchor + `" aria-label="Link to ` + html.EscapeString(label) + `">` +
		html.EscapeString(p.Number) + `</a>`
}

// former are empty places with the ids of what went into the paragraph.
func (p Paragraph) former() string {
	var b strings.Builder
	for _, id := range p.Former {
		b.WriteString(`<span id="` + id + `"></span>`)
	}
	return b.String()
}

// class is that of the grid: number in the margin, text beside it, items further in.
func (c *clause) class() string {
	if strings.HasPrefix(c.Number, "(") || c.item && c.Number == "" {
		return "app-clause app-clause--sub"
	}
	return "app-clause"
}

func (blocks) clause(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	c := node.(*clause)
	plain := c.Number == "" && !c.item
	switch {
	case entering && plain:
		put(w, `<div id="`, c.Anchor, "\">", c.former(), "\n")
	case entering:
		put(w, `<div class="`, c.class(), `"`)
		if c.Anchor != "" {
			put(w, ` id="`, c.Anchor, `"`)
		}
		number := c.link()
		if number == "" {
			number = "<span></span>" // keeps the column of numbers
		}
		put(w, ">", number, "<div>", c.former(), "\n")
	case plain:
		put(w, "</div>\n")
	default:
		put(w, "</div></div>\n")
	}
	return ast.WalkContinue, nil
}

func (blocks) numberLink(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		n := node.(*numberLink)
		put(w, n.former(), n.link(), " ")
	}
	return ast.WalkContinue, nil
}

// put writes to the renderer's buffer, whose error comes back when it is flushed.
func put(w util.BufWriter, parts ...string) {
	for _, p := range parts {
		_, _ = w.WriteString(p)
	}
}
