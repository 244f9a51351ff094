package clause

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	gfm "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// wordsOf collects the words of some nodes as a reader sees them. The buffer is used again from clause to clause.
func wordsOf(b *bytes.Buffer, src []byte, nodes ...ast.Node) string {
	b.Reset()
	for _, n := range nodes {
		addWords(b, src, n)
		b.WriteByte(' ')
	}
	return collapse(b.Bytes())
}

func addWords(b *bytes.Buffer, src []byte, n ast.Node) {
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
	case *gfm.Strikethrough:
		return // what is struck out does not count
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

func addLines(b *bytes.Buffer, src []byte, n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		b.Write(line.Value(src))
		b.WriteByte(' ')
	}
}

// addText writes text with its backslash escapes and entities resolved, in one pass, so that an escaped
// ampersand does not begin an entity.
func addText(b *bytes.Buffer, text []byte, raw bool) {
	if raw || bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		b.Write(text)
		return
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '\\' && i+1 < len(text) && util.IsPunct(text[i+1]) {
			i++
			b.WriteByte(text[i])
			continue
		}
		if end := entityEnd(text[i:]); end > 0 {
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
//
// It works within s, which is spent afterwards.
func collapse(s []byte) string {
	s = bytes.TrimRight(s, " ")
	if !loose(s) {
		return valid(string(s))
	}
	to := 0
	for from := 0; from < len(s); {
		for from < len(s) && isSpace(s[from]) {
			from++
		}
		end := from
		for end < len(s) && !isSpace(s[end]) {
			end++
		}
		if to > 0 && end > from {
			s[to] = ' '
			to++
		}
		to += copy(s[to:], s[from:end])
		from = end
	}
	return valid(string(s[:to]))
}

// loose says whether there is white space to collapse.
func loose(s []byte) bool {
	after := true // white space may not come first either
	for _, c := range s {
		space := isSpace(c)
		if space && (after || c != ' ') {
			return true
		}
		after = space
	}
	return false
}

func valid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
