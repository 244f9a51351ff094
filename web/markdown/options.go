package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Options say how a text fits into its page.
type Options struct {
	Top        int    // level of the text's highest headings, 3 when 0
	Prefix     string // begins the ids of footnotes: of two texts on one page, one needs a prefix
	Paragraphs []Paragraph
}

var anID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]*$`)

// Render turns Markdown into safe HTML.
func (o Options) Render(src string) (template.HTML, error) {
	if err := Check(src); err != nil {
		return "", err
	}
	if err := o.check(); err != nil {
		return "", err
	}
	unsafe, err := o.markup([]byte(src))
	if err != nil {
		return "", err
	}
	return template.HTML(sanitise(unsafe)), nil
}

func (o Options) check() error {
	if o.Prefix != "" && !anID.MatchString(o.Prefix) {
		return fmt.Errorf("prefix %q: not the beginning of an id", o.Prefix)
	}
	for _, p := range o.Paragraphs {
		for _, id := range append([]string{p.Anchor}, p.Former...) {
			if !anID.MatchString(id) {
				return fmt.Errorf("paragraph %s: anchor %q is not an id", p.Number, id)
			}
		}
	}
	return nil
}

// markup is the first layer: what the renderer writes, before the sanitiser.
func (o Options) markup(src []byte) ([]byte, error) {
	md := o.engine()
	doc := md.Parser().Parse(text.NewReader(src))
	tidy(doc, src, o.top())
	number(doc, src, o.Paragraphs)
	out := capped{left: maxOutput}
	if err := md.Renderer().Render(&out, src, doc); err != nil {
		if errors.Is(err, errTooLong) {
			return nil, tooLarge("The text becomes too long when it is laid out. Split it, or take out its largest table.")
		}
		return nil, fmt.Errorf("rendering the text: %w", err)
	}
	return out.Bytes(), nil
}

func (o Options) top() int {
	if o.Top == 0 {
		return 3
	}
	return o.Top
}

// engine reads the same Markdown as package clause does. Attributes of headings are read, and thrown away,
// so that both see the same words.
func (o Options) engine() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(
			extension.Table, extension.Strikethrough, extension.Linkify, extension.DefinitionList, extension.TaskList,
			extension.NewFootnote(
				extension.WithFootnoteIDPrefix(o.Prefix),
				extension.WithFootnoteBacklinkHTML("Back to the text"),
			),
		),
		goldmark.WithParserOptions(parser.WithAttribute()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(blocks{}, 10))),
	)
}

// maxOutput bounds the HTML of one text.
const maxOutput = 16 << 20

var errTooLong = errors.New("the output is too long")

// capped is a buffer that refuses to grow for ever.
type capped struct {
	bytes.Buffer
	left int
}

func (c *capped) Write(p []byte) (int, error) {
	if c.left -= len(p); c.left < 0 {
		return 0, errTooLong
	}
	return c.Buffer.Write(p)
}

// firstLine is where the first line of a block's text begins, -1 when it has none.
func firstLine(n ast.Node) int {
	if n.Type() == ast.TypeInline {
		return -1
	}
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		return lines.At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if at := firstLine(c); at >= 0 {
			return at
		}
	}
	return -1
}
