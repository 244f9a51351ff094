package markdown

import (
	"html"
	"strconv"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// blocks writes what the renderer's own way of writing does not suit.
type blocks struct{}

// RegisterFuncs tells the renderer which nodes are written here.
func (b blocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindClause, b.clause)
	r.Register(kindNumberLink, b.numberLink)
	r.Register(ast.KindRawHTML, b.rawHTML)
	r.Register(ast.KindHTMLBlock, b.htmlBlock)
	r.Register(gfm.KindTable, b.table)
	r.Register(gfm.KindTableHeader, b.tableHeader)
	r.Register(gfm.KindTableRow, b.tableRow)
	r.Register(gfm.KindTableCell, b.tableCell)
	r.Register(gfm.KindTaskCheckBox, b.taskCheckBox)
}

// Markup typed by hand is shown as it is: to drop it would lose what a person wrote.
func (blocks) rawHTML(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, html.EscapeString(string(node.(*ast.RawHTML).Segments.Value(src))))
	}
	return ast.WalkSkipChildren, nil
}

func (blocks) htmlBlock(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.HTMLBlock)
	put(w, "<p>", html.EscapeString(string(n.Lines().Value(src))))
	if n.HasClosure() {
		put(w, html.EscapeString(string(n.ClosureLine.Value(src))))
	}
	put(w, "</p>\n")
	return ast.WalkContinue, nil
}

// A box that cannot be ticked and has no name of its own helps nobody: the sign is a character.
func (blocks) taskCheckBox(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	if node.(*gfm.TaskCheckBox).IsChecked {
		put(w, "☑ ")
		return ast.WalkContinue, nil
	}
	put(w, "☐ ")
	return ast.WalkContinue, nil
}

// A wide table scrolls in a box, which the keyboard must reach.
func (blocks) table(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<div class="app-table" role="group" aria-label="Table `, strconv.Itoa(tableNumber(node)),
			`" tabindex="0"><table class="nhsuk-table nhsuk-table--compact">`, "\n")
		return ast.WalkContinue, nil
	}
	if node.ChildCount() > 1 {
		put(w, "</tbody>\n")
	}
	put(w, "</table></div>\n")
	return ast.WalkContinue, nil
}

// tableNumber is what tidy counted.
func tableNumber(table ast.Node) int {
	n, _ := table.AttributeString("number")
	i, _ := n.(int)
	return i
}

func (blocks) tableHeader(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, "<thead class=\"nhsuk-table__head\"><tr class=\"nhsuk-table__row\">\n")
		return ast.WalkContinue, nil
	}
	put(w, "</tr></thead>\n")
	if node.NextSibling() != nil {
		put(w, "<tbody class=\"nhsuk-table__body\">\n")
	}
	return ast.WalkContinue, nil
}

func (blocks) tableRow(w util.BufWriter, _ []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		put(w, "</tr>\n")
		return ast.WalkContinue, nil
	}
	put(w, `<tr class="nhsuk-table__row"`)
	if id, ok := node.AttributeString("id"); ok {
		put(w, ` id="`, string(id.([]byte)), `"`)
	}
	put(w, ">\n")
	return ast.WalkContinue, nil
}

// An empty heading cell is a plain cell: a heading without words says nothing.
func (blocks) tableCell(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*gfm.TableCell)
	heading := n.Parent().Kind() == gfm.KindTableHeader && !blank(n, src)
	switch {
	case entering && heading:
		put(w, `<th class="nhsuk-table__header`, aligned(n), `" scope="col">`)
	case entering:
		put(w, `<td class="nhsuk-table__cell`, aligned(n), `">`)
	case heading:
		put(w, "</th>\n")
	default:
		put(w, "</td>\n")
	}
	return ast.WalkContinue, nil
}

func aligned(n *gfm.TableCell) string {
	switch n.Alignment {
	case gfm.AlignRight:
		return " nhsuk-u-text-align-right"
	case gfm.AlignCenter:
		return " nhsuk-u-text-align-centre"
	}
	return ""
}
