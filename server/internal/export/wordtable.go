package export

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// tableWidth is the width between the margins, in twentieths of a point.
const tableWidth = 9638

// tableEnd has an empty paragraph after it, without which Word joins two tables.
const tableEnd = `</w:tbl><w:p><w:pPr><w:spacing w:before="0" w:after="120"/></w:pPr></w:p>`

func tableStart(columns int, header bool) string {
	first, look := 0, "0600"
	if header {
		first, look = 1, "0620"
	}
	return `<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/>` +
		fmt.Sprintf(`<w:tblLook w:val="%s" w:firstRow="%d" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`, look, first) +
		strings.Repeat(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, tableWidth/columns), columns) + `</w:tblGrid>`
}

func tableCell(columns int, runs string) string {
	return fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr><w:p>%s%s</w:p></w:tc>`, tableWidth/columns,
		"<w:pPr>"+styled("TableText")+"</w:pPr>", runs)
}

func (d *wordDocument) table(s *story, t *east.Table, at place) {
	columns := max(len(t.Alignments), 1)
	s.WriteString(tableStart(columns, true))
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		_, header := row.(*east.TableHeader)
		s.WriteString("<w:tr>")
		if header {
			s.WriteString("<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
		}
		d.cells(s, row, columns, at, look{bold: header})
		s.WriteString("</w:tr>")
	}
	s.WriteString(tableEnd)
}

// cells writes a row with as many cells as the table has columns.
func (d *wordDocument) cells(s *story, row ast.Node, columns int, at place, l look) {
	n := 0
	for c := row.FirstChild(); c != nil && n < columns; c = c.NextSibling() {
		s.WriteString(tableCell(columns, d.inlinesIn(s, c, at, l)))
		n++
	}
	for ; n < columns; n++ {
		s.WriteString(tableCell(columns, ""))
	}
}
