package intake

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// others names the files on which the second opinion and this reader differ for a reason.
var others = map[string]string{
	"mammoth_empty":               "has no words",
	"mammoth_strict-format":       "has no second opinion",
	"pandoc_text_in_shape_format": "the second opinion leaves out text boxes",
	"pandoc_lists_level_override": "the second opinion parts a list at the indented text of its items",
	"pandoc_tables":               "the second opinion writes one table as HTML",
	"pandoc_table_with_list_cell": "the second opinion writes the table as HTML",
	"pandoc_unicode":              "the second opinion writes one sign of a private font as another",
}

// TestSharedWordFiles reads files that others made and compares words, lists and tables with another program's
// reading: the invariants that hold for any such file, not its bytes.
func TestSharedWordFiles(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../shared/data/word/*.docx")
	if len(files) == 0 {
		t.Skip("NOT TESTED: ../shared/data/word is missing")
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".docx")
		t.Run(name, func(t *testing.T) { sharedFile(t, f, name) })
	}
}

func sharedFile(t *testing.T, file, name string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(filepath.Base(file), data)
	if errors.Is(err, ErrEmpty) && name == "mammoth_empty" {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	stable(t, doc)
	second, err := os.ReadFile(strings.TrimSuffix(file, ".docx") + ".gfm.md")
	if err != nil {
		t.Logf("no second opinion: %v", err)
		return
	}
	if r := share(words(string(second)), words(doc.Markdown)); r < 0.98 {
		t.Errorf("%.3f of the other reading's words are here\n%s", r, doc.Markdown)
	}
	if others[name] != "" {
		t.Logf("structure not compared: %s", others[name])
		return
	}
	if got, want := shape(doc.Markdown), shape(string(second)); got != want {
		t.Errorf("shape\n got %s\nwant %s\n%s", got, want, doc.Markdown)
	}
}

var markupTag = regexp.MustCompile(`<[^>]*>`)

// words of a Markdown text as a reader sees them, without marks, as a multiset.
func words(md string) map[string]int {
	out := map[string]int{}
	md = markupTag.ReplaceAllString(md, " ")
	for _, w := range strings.FieldsFunc(md, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		out[w]++
	}
	return out
}

// share is how much of one multiset is in another.
func share(want, got map[string]int) float64 {
	total, found := 0, 0
	for w, n := range want {
		total += n
		found += min(n, got[w])
	}
	if total == 0 {
		return 1
	}
	return float64(found) / float64(total)
}

// shape is the structure of a Markdown text: headings, items with their depth, tables with rows and columns.
func shape(md string) string {
	var b strings.Builder
	src := []byte(md)
	root := parseMarkdown(src)
	depth := 0
	_ = ast.Walk(root, func(n ast.Node, in bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.List:
			depth += map[bool]int{true: 1, false: -1}[in]
		case *ast.ListItem:
			if in {
				b.WriteString(" " + strings.Repeat("-", depth))
				if n.Parent().(*ast.List).IsOrdered() {
					b.WriteString("#")
				}
			}
		case *ast.Heading:
			if in {
				b.WriteString(" H" + string(rune('0'+n.Level)))
			}
		case *east.Table:
			if in {
				b.WriteString(" T")
				for r := n.FirstChild(); r != nil; r = r.NextSibling() {
					b.WriteString("/" + strings.Repeat("c", r.ChildCount()))
				}
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func newMarkdown() goldmark.Markdown {
	return goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList),
		goldmark.WithParserOptions(parser.WithAttribute(), parser.WithAutoHeadingID()))
}

func parseMarkdown(src []byte) ast.Node { return newMarkdown().Parser().Parse(text.NewReader(src)) }
