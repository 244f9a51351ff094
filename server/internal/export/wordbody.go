package export

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	gtext "github.com/yuin/goldmark/text"
)

// A wordDocument is a Word document that is being written.
type wordDocument struct {
	body, notes story
	lists       strings.Builder // numbering instances
	listCount   int
	noteCount   int
	parser      parser.Parser

	section Section // the one that is being written
	source  []byte  // its Markdown
}

func newWordDocument() *wordDocument {
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	return &wordDocument{parser: md.Parser(), listCount: firstList}
}

func (d *wordDocument) policy(p Policy) {
	d.body.paragraph(styled("Title"), text(oneLine(p.Title), ""))
	if p.Draft {
		d.body.paragraph(styled("Draft"), text("DRAFT: not yet adopted", ""))
	}
	if p.Status != "" {
		d.body.paragraph(styled("Subtitle"), text(oneLine(p.Status), ""))
	}
	d.control(p.Control)
	for _, s := range p.Sections {
		d.writeSection(s)
	}
}

// control writes the document control table: names on the left, values on the right.
func (d *wordDocument) control(fields []Field) {
	if len(fields) == 0 {
		return
	}
	d.body.WriteString(tableStart(2, false))
	for _, f := range fields {
		d.body.WriteString("<w:tr>" + tableCell(2, text(oneLine(f.Key), "<w:b/>")) + tableCell(2, text(oneLine(f.Value), "")) + "</w:tr>")
	}
	d.body.WriteString(tableEnd)
}

func (d *wordDocument) writeSection(s Section) {
	number := ""
	if s.Number != "" {
		number = text(s.Number, "") + tab
	}
	d.body.paragraph(styled("Heading1"), number+text(oneLine(s.Title), ""))
	d.section, d.source = s, []byte(s.Markdown)
	root := d.parser.Parse(gtext.NewReader(d.source))
	notes := footnotes(root)
	d.blocks(&d.body, root, place{notes: notes})
}

// A place says where blocks stand.
type place struct {
	depth    int // in lists
	lettered bool
	quote    bool
	notes    map[int]*east.Footnote
}

func (d *wordDocument) blocks(s *story, parent ast.Node, at place) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		d.block(s, n, at)
	}
}

func (d *wordDocument) block(s *story, n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		// Sections are the second level of the text, and the first of the document.
		level := min(max(n.Level-1, 1), 6)
		s.paragraph(styled(fmt.Sprintf("Heading%d", level)), d.inlines(s, n, at))
	case *ast.Paragraph, *ast.TextBlock:
		d.paragraph(s, n, at)
	case *ast.Blockquote:
		at.quote = true
		d.blocks(s, n, at)
	case *ast.List:
		d.list(s, n, at)
	case *east.Table:
		d.table(s, n, at)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		d.code(s, n)
	case *ast.ThematicBreak:
		s.paragraph(`<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="768692"/></w:pBdr>`, "")
	case *east.DefinitionList:
		d.blocks(s, n, at)
	case *east.DefinitionTerm:
		s.paragraph("<w:keepNext/>", d.inlinesIn(s, n, at, look{bold: true}))
	case *east.DefinitionDescription:
		d.blocks(s, n, at)
	}
}

const tab = "<w:r><w:tab/></w:r>"

func (d *wordDocument) paragraph(s *story, n ast.Node, at place) {
	runs := d.inlines(s, n, at)
	switch {
	case at.depth > 0:
		s.paragraph(styled("ListContinue")+fmt.Sprintf(`<w:ind w:left="%d"/>`, at.indent()), runs)
	case at.quote:
		s.paragraph(styled("Quote"), runs)
	default:
		if number := d.number(n); number != "" {
			s.paragraph(styled("Clause"), text(number, "")+tab+runs)
			return
		}
		s.paragraph("", runs)
	}
}

// number is what the caller gave for a block, "" for nothing.
func (d *wordDocument) number(n ast.Node) string {
	if n.Lines() == nil || n.Lines().Len() == 0 {
		return ""
	}
	words := n.Lines().At(0).Start
	line := bytes.LastIndexByte(d.source[:words], '\n') + 1
	for _, x := range d.section.Numbers {
		if x.Offset >= line && x.Offset <= words {
			return x.Text
		}
	}
	return ""
}

func (d *wordDocument) code(s *story, n ast.Node) {
	var runs []string
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		runs = append(runs, text(strings.TrimRight(string(line.Value(d.source)), "\n"), ""))
	}
	s.paragraph(styled("Code"), strings.Join(runs, "<w:r><w:br/></w:r>"))
}
