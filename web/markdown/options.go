package markdown

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Options say how a text fits into its page.
type Options struct {
	Top        int    // level of the text's highest headings, 3 when 0
	Prefix     string // begins the ids of footnotes: each text of one page needs its own
	Paragraphs []Paragraph
}

// Render turns Markdown into safe HTML.
func (o Options) Render(src string) (template.HTML, error) {
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.DefinitionList))
	if err := md.Convert([]byte(src), &b); err != nil {
		return "", fmt.Errorf("rendering the text: %w", err)
	}
	return template.HTML(bluemonday.UGCPolicy().SanitizeBytes(b.Bytes())), nil
}
