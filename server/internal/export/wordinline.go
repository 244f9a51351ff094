package export

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// A look is how characters are drawn.
type look struct{ bold, italic, strike, code, link bool }

func (l look) properties() string {
	var b strings.Builder
	for _, p := range []struct {
		on  bool
		xml string
	}{
		{l.link, `<w:rStyle w:val="Hyperlink"/>`}, {l.code, `<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>`},
		{l.bold, "<w:b/>"}, {l.italic, "<w:i/>"}, {l.strike, "<w:strike/>"},
	} {
		if p.on {
			b.WriteString(p.xml)
		}
	}
	return b.String()
}

func (d *wordDocument) inlines(s *story, n ast.Node, at place) string {
	return d.inlinesIn(s, n, at, look{})
}

// inlinesIn gives what stands in a block as runs.
func (d *wordDocument) inlinesIn(s *story, parent ast.Node, at place, l look) string {
	var b strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		b.WriteString(d.inline(s, n, at, l))
	}
	return b.String()
}

func (d *wordDocument) inline(s *story, n ast.Node, at place, l look) string {
	switch n := n.(type) {
	case *ast.Text:
		return text(plainText(n.Value(d.source)), l.properties()) + lineEnd(n)
	case *ast.String:
		return text(string(n.Value), l.properties())
	case *ast.CodeSpan:
		l.code = true
		return text(codeText(n, d.source), l.properties())
	case *ast.Emphasis:
		l.bold, l.italic = l.bold || n.Level == 2, l.italic || n.Level == 1
		return d.inlinesIn(s, n, at, l)
	case *east.Strikethrough:
		l.strike = true
		return d.inlinesIn(s, n, at, l)
	case *ast.Link:
		return d.link(s, plainText(n.Destination), func(l look) string { return d.inlinesIn(s, n, at, l) }, l)
	case *ast.AutoLink:
		return d.link(s, autoAddress(n, d.source), func(l look) string { return text(string(n.Label(d.source)), l.properties()) }, l)
	case *ast.Image:
		alt := codeText(n, d.source)
		return text("(Picture: "+alt+")", l.properties())
	case *east.TaskCheckBox:
		return text(map[bool]string{true: "☒ ", false: "☐ "}[n.IsChecked], l.properties())
	case *east.FootnoteLink:
		return d.note(at.notes[n.Index])
	}
	return ""
}

// plainText resolves the escapes and entities of a piece of Markdown.
func plainText(b []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}

// lineEnd of a text is a break where the writer asked for one, else the space between two lines.
func lineEnd(n *ast.Text) string {
	switch {
	case n.HardLineBreak():
		return "<w:r><w:br/></w:r>"
	case n.SoftLineBreak():
		return text(" ", "")
	}
	return ""
}

// codeText is the bare text inside a node.
func codeText(n ast.Node, source []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.Write(t.Value(source))
			if t.SoftLineBreak() {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString(codeText(c, source))
	}
	return b.String()
}

func autoAddress(n *ast.AutoLink, source []byte) string {
	href := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(href), "mailto:") {
		return "mailto:" + href
	}
	return href
}

// link writes a link; where it leads nowhere, its words stay.
func (d *wordDocument) link(s *story, href string, words func(look) string, l look) string {
	id, ok := s.link(href)
	if !ok {
		return words(l)
	}
	l.link = true
	return `<w:hyperlink r:id="` + id + `">` + words(l) + "</w:hyperlink>"
}

// footnotes of a text, by the number that refers to them.
func footnotes(root ast.Node) map[int]*east.Footnote {
	out := map[int]*east.Footnote{}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if l, ok := n.(*east.FootnoteList); ok {
			for f := l.FirstChild(); f != nil; f = f.NextSibling() {
				if f, ok := f.(*east.Footnote); ok {
					out[f.Index] = f
				}
			}
		}
	}
	return out
}

// note writes a footnote and gives its mark.
func (d *wordDocument) note(f *east.Footnote) string {
	if f == nil {
		return ""
	}
	d.noteCount++
	fmt.Fprintf(&d.notes, `<w:footnote w:id="%d">`, d.noteCount)
	mark := `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>` + text(" ", "")
	for n := f.FirstChild(); n != nil; n = n.NextSibling() {
		// Footnotes inside footnotes are not passed on: Word has none.
		d.notes.paragraph(styled("FootnoteText"), mark+d.inlines(&d.notes, n, place{}))
		mark = ""
	}
	d.notes.WriteString("</w:footnote>")
	return fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, d.noteCount)
}
