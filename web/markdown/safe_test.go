package markdown

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// elements and attributes that a page may get from a text.
var (
	elements   = set("p br hr h1 h2 h3 h4 h5 h6 strong em del blockquote pre code ul ol li dl dt dd table thead tbody tr th td div span sup a")
	attributes = set("href class id role aria-label tabindex scope start")
	voids      = set("br hr")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// safe tells what in some HTML a text may not bring to a page, or where it is not well formed.
func safe(markup string) error { return inspect(markup, true) }

func inspect(markup string, balanced bool) error {
	z := html.NewTokenizer(strings.NewReader(markup))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if !errors.Is(z.Err(), io.EOF) {
				return z.Err()
			}
			if balanced && len(open) > 0 {
				return fmt.Errorf("not closed: %v", open)
			}
			return nil
		case html.CommentToken, html.DoctypeToken:
			return fmt.Errorf("comment or doctype: %s", z.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			tok := z.Token()
			if err := inspectTag(tok); err != nil {
				return err
			}
			if !voids[tok.Data] {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			tok := z.Token()
			if balanced && (len(open) == 0 || open[len(open)-1] != tok.Data) {
				return fmt.Errorf("</%s> closes %v", tok.Data, open)
			}
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		}
	}
}

func inspectTag(tok html.Token) error {
	if !elements[tok.Data] {
		return fmt.Errorf("element %s", tok)
	}
	seen := map[string]bool{}
	for _, a := range tok.Attr {
		if !attributes[a.Key] || seen[a.Key] {
			return fmt.Errorf("attribute %s in %s", a.Key, tok)
		}
		seen[a.Key] = true
		if a.Key != "href" {
			continue
		}
		u, err := url.Parse(a.Val)
		if err != nil {
			return fmt.Errorf("address %q: %w", a.Val, err)
		}
		switch strings.ToLower(u.Scheme) {
		case "", "http", "https", "mailto", "tel":
		default:
			return fmt.Errorf("address %q", a.Val)
		}
	}
	return nil
}

func corpus(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(data)), "\n%%\n")
}

// TestEachLayerAlone runs the corpus through the renderer alone, the sanitiser alone, and both.
func TestEachLayerAlone(t *testing.T) {
	t.Parallel()
	for _, src := range corpus(t) {
		first, err := Options{}.markup([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		if err := safe(string(first)); err != nil {
			t.Errorf("renderer alone: %q gives %v\n%s", src, err, first)
		}
		if err := inspect(string(sanitise([]byte(src))), false); err != nil {
			t.Errorf("sanitiser alone: %q gives %v", src, err)
		}
		both, err := Render(src)
		if err != nil {
			t.Fatal(err)
		}
		if err := safe(string(both)); err != nil {
			t.Errorf("both: %q gives %v", src, err)
		}
	}
}

// The second layer must not take away what the first writes, or the two have drifted apart.
func TestSanitiserKeepsWhatRendererWrites(t *testing.T) {
	t.Parallel()
	src := "# A\n\ntext[^1] *em* **b** ~~del~~ `code` <https://a.example/?a=1&b=2> <a@b.example>  \nbreak\n\n1. x\n2. y\n\n3) z\n\n" +
		"> q\n\n```go-x\nc\n```\n\n|a|b|\n|-:|:-:|\n|1|2|\n\nT\n: D\n\n***\n\n[^1]: note\n"
	o := Options{Prefix: "s2-", Paragraphs: []Paragraph{
		{Offset: strings.Index(src, "text"), Anchor: "p1", Number: "1.1", Label: "1.1"},
		{Offset: strings.Index(src, "y\n"), Anchor: "p2", Number: "(b)", Label: "1.1(b) <\"quoted\">"},
		{Offset: strings.Index(src, "T\n"), Anchor: "p3", Number: "1.2", Label: "1.2"},
	}}
	first, err := o.markup([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	count := func(s string) string { return tokens(t, s) }
	if got, want := count(string(sanitise(first))), count(string(first)); got != want {
		t.Errorf("the sanitiser changed the page\nbefore %s\nafter  %s", want, got)
	}
}

// tokens writes a page's tags in a form that does not depend on how characters are escaped.
func tokens(t *testing.T, s string) string {
	t.Helper()
	z := html.NewTokenizer(strings.NewReader(s))
	var b strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.WriteString(strings.Join(strings.Fields(z.Token().Data), " "))
		default:
			b.WriteString(z.Token().String())
		}
	}
}

func FuzzRender(f *testing.F) {
	for _, src := range corpus(f) {
		f.Add(src, 0)
	}
	f.Add("# A {#b .c}\n\n1. one\n\n   > two\n2. three\n\n| a |\n|---|\n| b |\n\nx[^1]\n\n[^1]: y", 5)
	f.Fuzz(func(t *testing.T, src string, at int) {
		o := Options{Paragraphs: []Paragraph{{Offset: at, Anchor: "a1", Number: "(a)", Label: "1.1(a)"}, {Offset: at + 9, Anchor: "a2", Label: "x"}}}
		if Check(src) != nil {
			return
		}
		first, err := o.markup([]byte(src))
		if err != nil {
			t.Skip()
		}
		if err := safe(string(first)); err != nil {
			t.Fatalf("renderer alone: %v\n%s", err, first)
		}
		if err := safe(string(sanitise(first))); err != nil {
			t.Fatalf("both: %v\n%s", err, first)
		}
		if err := inspect(string(sanitise([]byte(src))), false); err != nil {
			t.Fatalf("sanitiser alone: %v", err)
		}
	})
}
