package export

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"concordat/review/intake"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	gtext "github.com/yuin/goldmark/text"
	"pgregory.net/rapid"
)

// TestRoundTrip: a text that goes out as Word and comes back has the same headings, lists, tables and words.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := Policy{Title: words(t), Sections: rapid.SliceOfN(rapid.Custom(section), 1, 3).Draw(t, "sections")}
		var out bytes.Buffer
		if err := Word(&out, p); err != nil {
			t.Fatal(err)
		}
		doc, err := intake.Read("x.docx", out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		var want strings.Builder
		fmt.Fprintf(&want, "# %s\n", p.Title)
		for _, s := range p.Sections {
			fmt.Fprintf(&want, "\n## %s\n\n%s", s.Title, s.Markdown)
		}
		if got, want := shape(doc.Markdown), shape(want.String()); got != want {
			t.Fatalf("went out as\n%+v\ncame back as\n%s\nshape\n got %s\nwant %s", p.Sections, doc.Markdown, got, want)
		}
	})
}

func words(t *rapid.T) string {
	w := rapid.SampledFrom([]string{"adult", "BMI", "35", "6/12", "kg/m²", "≥", "7", "episodes", "(see", "below)", "C71-C75", "and", "or", "café", "“quoted”", "50%", "a_b", "x.y"})
	return "Word " + strings.Join(rapid.SliceOfN(w, 1, 6).Draw(t, "words"), " ")
}

func section(t *rapid.T) Section {
	var b strings.Builder
	for i := range rapid.IntRange(1, 5).Draw(t, "blocks") {
		if i > 0 {
			b.WriteString("\n")
		}
		switch rapid.IntRange(0, 4).Draw(t, "block") {
		case 0:
			fmt.Fprintf(&b, "### %s\n", words(t))
		case 1:
			list(t, &b, 0)
			fmt.Fprintf(&b, "\n%s\n", words(t)) // two lists in a row would be one
		case 2:
			table(t, &b)
			fmt.Fprintf(&b, "\n%s\n", words(t))
		default:
			fmt.Fprintf(&b, "%s **%s** *%s* %s\n", words(t), words(t), words(t), words(t))
		}
	}
	return Section{Title: words(t), Markdown: b.String()}
}

func list(t *rapid.T, b *strings.Builder, indent int) {
	ordered, start := rapid.Bool().Draw(t, "ordered"), rapid.SampledFrom([]int{1, 1, 1, 3}).Draw(t, "start")
	if indent > 0 {
		start = 1 // another number may not follow a line of text
	}
	for i := range rapid.IntRange(1, 3).Draw(t, "items") {
		mark := "- "
		if ordered {
			mark = fmt.Sprintf("%d. ", start+i)
		}
		fmt.Fprintf(b, "%s%s%s\n", strings.Repeat(" ", indent), mark, words(t))
		if indent < 9 && rapid.IntRange(0, 3).Draw(t, "inner") == 0 {
			list(t, b, indent+len(mark))
		}
	}
}

func table(t *rapid.T, b *strings.Builder) {
	columns := rapid.IntRange(2, 4).Draw(t, "columns")
	for r := range rapid.IntRange(2, 4).Draw(t, "rows") {
		for range columns {
			b.WriteString("| " + words(t) + " ")
		}
		b.WriteString("|\n")
		if r == 0 {
			b.WriteString(strings.Repeat("| --- ", columns) + "|\n")
		}
	}
}

// shape is the structure of a Markdown text with its words, without looks.
func shape(md string) string {
	src := []byte(md)
	root := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(gtext.NewReader(src))
	var b strings.Builder
	depth := 0
	_ = ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		if l, ok := n.(*ast.List); ok {
			depth += map[bool]int{true: 1, false: -1}[in]
			if in {
				fmt.Fprintf(&b, "\nlist %t %d", l.IsOrdered(), l.Start)
			}
		}
		if !in {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			fmt.Fprintf(&b, "\nH%d ", n.Level)
		case *ast.ListItem:
			fmt.Fprintf(&b, "\n%s ", strings.Repeat("-", depth))
		case *east.TableCell:
			b.WriteString("\ncell ")
		case *ast.Paragraph:
			b.WriteString("\nP ")
		case *ast.Text:
			b.WriteString(strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) || r == '\\' {
					return -1
				}
				return r
			}, string(n.Value(src))))
		}
		return ast.WalkContinue, nil
	})
	return strings.ReplaceAll(b.String(), "\nP ", "\n")
}
