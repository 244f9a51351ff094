package clause

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// wordsOf collects the words of some nodes as a reader sees them.
func wordsOf(src []byte, nodes ...ast.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		addWords(&b, src, n)
		b.WriteByte(' ')
	}
	return collapse(b.String())
}

func addWords(b *strings.Builder, src []byte, n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		addText(b, n.Segment.Value(src), n.IsRaw())
		if n.SoftLineBreak() || n.HardLineBreak() {
			b.WriteByte(' ')
		}
		return
	case *ast.String:
		b.Write(n.Value)
		return
	case *ast.AutoLink:
		b.Write(n.Label(src))
		return
	case *ast.RawHTML, *ast.HTMLBlock, *gfm.FootnoteLink, *ast.LinkReferenceDefinition:
		return // not shown as words
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		addLines(b, src, n)
		return
	case *gfm.TaskCheckBox:
		b.WriteString(checkBox(n.IsChecked))
		return
	case *gfm.TableCell:
		if n.PreviousSibling() != nil {
			b.WriteString(" | ")
		}
	}
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		addWords(b, src, child)
	}
	if n.Type() == ast.TypeBlock && n.Kind() != gfm.KindTableCell {
		b.WriteByte(' ')
	}
}

func checkBox(checked bool) string {
	if checked {
		return "☒ "
	}
	return "☐ "
}

func addLines(b *strings.Builder, src []byte, n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(src))
		b.WriteByte(' ')
	}
}

// addText writes text with its backslash escapes and entities resolved, in one pass, so that an escaped
// ampersand does not begin an entity.
func addText(b *strings.Builder, text []byte, raw bool) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if !raw && c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]) {
			i++
			b.WriteByte(text[i])
			continue
		}
		if end := entityEnd(text[i:]); !raw && end > 0 {
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(text[i : i+end])))
			i += end - 1
			continue
		}
		b.WriteByte(c)
	}
}

// entityEnd is the length of the entity that text may begin with, 0 when there is none.
func entityEnd(text []byte) int {
	const longest = 40
	if text[0] != '&' {
		return 0
	}
	for i := 1; i < min(len(text), longest); i++ {
		if text[i] == ';' {
			return i + 1
		}
		if !util.IsAlphaNumeric(text[i]) && text[i] != '#' {
			return 0
		}
	}
	return 0
}

// collapse makes each run of plain white space one space and trims the ends. Hard spaces stay: whether a text
// has them is a difference that can be told.
func collapse(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	var b strings.Builder
	b.Grow(len(s))
	pending := false
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == ' ' || c >= '\t' && c <= '\r' {
			pending = b.Len() > 0
			continue
		}
		if pending {
			b.WriteByte(' ')
			pending = false
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
