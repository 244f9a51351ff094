package intake

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// TestInlineShowsItsText: whatever the text and its looks, a reader of the Markdown sees exactly the words that
// went in, in one paragraph, heading or cell, and no look that was not there.
func TestInlineShowsItsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		runs := drawRuns(t)
		want := plain(runs)
		if want == "" {
			return
		}
		for _, b := range []block{
			{runs: runs}, {kind: heading, level: 2, runs: runs}, {kind: item, depth: 1, runs: runs},
			{kind: item, depth: 1, ordered: true, number: 7, runs: runs},
			{kind: table, rows: [][]cell{{{runs: runs}, {runs: runs}}, {{runs: runs}, {}}}},
		} {
			w := &writer{}
			w.document([]block{b}, nil)
			got, looks := shownText(w.String())
			wanted := want
			if b.kind == table {
				wanted = want + " " + want + " " + want
			}
			if got != wanted {
				t.Fatalf("runs %+v\nMarkdown %q\nshows %q\nwant  %q", runs, w.String(), got, wanted)
			}
			for _, r := range runs {
				looks &^= r.style
			}
			if looks != 0 {
				t.Fatalf("runs %+v\nMarkdown %q shows looks %b that nothing has", runs, w.String(), looks)
			}
		}
	})
}

func drawRuns(t *rapid.T) []run {
	text := rapid.StringOf(rapid.RuneFrom([]rune("ab1 .,()*_`[]<>&;!~|#-+=:\\\"'{}\n/é≥¬•")))
	word := rapid.SampledFrom([]string{"word", " ", "1986. ", "- ", "&amp;", " http://x.y/_a_ ", "<b>", "[^1]", "[x](y)", "](", " a@b.uk ", " www.x.uk ", "***", "---", "1)", "(a)", "> ", "# "})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) run {
		r := run{style: style(rapid.IntRange(0, 7).Draw(t, "style"))}
		if r.text = word.Draw(t, "word"); rapid.Bool().Draw(t, "free") {
			r.text = text.Draw(t, "text")
		}
		if rapid.IntRange(0, 5).Draw(t, "linked") == 0 {
			r.href = "https://example.org/a_(b)?c=1&copy=2"
		}
		return r
	}), 1, 6).Draw(t, "runs")
}

// shownText is the text that a reader of the Markdown sees, blocks and cells parted by spaces, and all looks in it.
func shownText(md string) (string, style) {
	var page bytes.Buffer
	if err := newMarkdown().Convert([]byte(md), &page); err != nil {
		return err.Error(), 0
	}
	root, err := html.Parse(&page)
	if err != nil {
		return err.Error(), 0
	}
	var b strings.Builder
	var looks style
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.CommentNode, n.Data == "img", n.Data == "code", n.Data == "hr", n.Data == "blockquote":
			b.WriteString("{" + n.Data + "}")
		case n.Data == "td", n.Data == "th", n.Data == "br":
			b.WriteByte(' ')
		}
		looks |= map[string]style{"em": italic, "strong": bold, "del": strike}[n.Data]
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return plain([]run{{text: b.String()}}), looks
}

// struckText are the words that a reader of the Markdown sees struck out.
func struckText(md string) string {
	var page bytes.Buffer
	if err := newMarkdown().Convert([]byte(md), &page); err != nil {
		return err.Error()
	}
	root, err := html.Parse(&page)
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Data == "del" {
			b.WriteString(textOf(n))
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return b.String()
}
