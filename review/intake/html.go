package intake

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// FromHTML makes Markdown from a piece of HTML, such as what Word or a browser puts on the clipboard. It takes
// what Read takes and refuses what Read refuses.
func FromHTML(fragment string) (Document, error) {
	if len(fragment) > MaxBytes {
		return Document{}, ErrTooLarge
	}
	doc, err := readHTML(strings.ToValidUTF8(fragment, "\uFFFD"))
	if err != nil {
		return Document{}, fmt.Errorf("reading pasted text: %w", err)
	}
	return doc, nil
}

var (
	htmlStart = regexp.MustCompile(`(?i)^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|article|main|section)\b`)
	pieceOf   = regexp.MustCompile(`(?i)^\s*<(?:p|div|h[1-6]|ul|ol|table|span|b|strong|em|a)\b[^>]*>`)
	blockEnd  = regexp.MustCompile(`(?i)</(?:p|div|h[1-6]|ul|ol|table|body|html)>\s*$`)
)

// looksLikeHTML looks at the start, and for a piece without a frame also at the end: Markdown may hold HTML too.
func looksLikeHTML(data []byte) bool {
	head := data[:min(len(data), 4096)]
	head = bytes.TrimPrefix(head, []byte{0xEF, 0xBB, 0xBF})
	if bytes.HasPrefix(head, []byte{0xFF, 0xFE}) || bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		text, _ := decode(head[:len(head)&^1])
		return htmlStart.MatchString(text)
	}
	if htmlStart.Match(head) {
		return true
	}
	return pieceOf.Match(head) && blockEnd.Match(data[max(0, len(data)-200):])
}

// decodeHTML goes by the mark at the start, else by what the page says of itself, else by what is likely.
func decodeHTML(data []byte) string {
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		text, _ := decode(data)
		return text
	}
	e, _, _ := charset.DetermineEncoding(data[:min(len(data), 1024)], "")
	out, err := e.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(out)
}

func readHTML(text string) (Document, error) {
	root, err := html.Parse(measured(text, newMeasure()))
	if errors.Is(err, ErrTooLarge) {
		return Document{}, err
	}
	if err != nil { // the parser refuses only what is nested hundreds deep
		return Document{}, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	r := &htmlReader{losses: &losses{}}
	r.block(mainContent(root), htmlState{})
	r.end()
	if r.over {
		return Document{}, ErrTooLarge
	}
	title := ""
	if t := findElement(root, func(n *html.Node) bool { return n.Data == "title" && n.Namespace == "" }); t != nil {
		title = plain([]run{{text: textOf(t)}})
	}
	if h := firstHeading(r.blocks); h != "" {
		title = h // a page's title carries the name of its site
	}
	doc, err := finish(HTML, title, headingsFromBold(r.blocks), nil, r.losses)
	if err == nil && doc.Markdown == "" {
		return Document{}, ErrEmpty
	}
	return doc, err
}

// mainContent is the part of a page that is not the site's frame.
func mainContent(root *html.Node) *html.Node {
	for _, want := range []func(*html.Node) bool{
		func(n *html.Node) bool { return n.Data == "main" || attribute(n, "role") == "main" },
		func(n *html.Node) bool { return n.Data == "article" && !followed(n) },
		func(n *html.Node) bool { return n.Data == "body" },
	} {
		if n := findElement(root, want); n != nil {
			return n
		}
	}
	return root
}

// followed says whether an article is one of several, which a list of news or a page of many policies has.
func followed(n *html.Node) bool {
	for _, step := range []func(*html.Node) *html.Node{func(n *html.Node) *html.Node { return n.PrevSibling }, func(n *html.Node) *html.Node { return n.NextSibling }} {
		for c := step(n); c != nil; c = step(c) {
			if c.Data == "article" {
				return true
			}
		}
	}
	return false
}

func findElement(n *html.Node, want func(*html.Node) bool) *html.Node {
	if n.Type == html.ElementNode && want(n) {
		return n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if f := findElement(c, want); f != nil {
			return f
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	return b.String()
}
