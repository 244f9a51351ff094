package clause

import (
	"fmt"
	"strings"
	"testing"
)

// hostile are texts made to keep a reader busy; each grows with n bytes.
func hostile() map[string]func(n int) string {
	repeat := func(s string) func(int) string {
		return func(n int) string { return strings.Repeat(s, n/len(s)) }
	}
	return map[string]func(int) string{
		"one word":         repeat("a"),
		"nested quotes":    repeat("> "),
		"nested quotes nl": repeat("> > > > > > > > > > > > > > > > a\n"),
		"rules":            repeat("* * *\n"),
		"stars in a line":  repeat("* "),
		"open links":       repeat("[a]("),
		"open brackets":    repeat("["),
		"images":           repeat("![a]("),
		"emphasis":         repeat("*a **b "),
		"emphasis words":   repeat("a_b *c "),
		"code ticks":       repeat("`a ``b "),
		"less than":        repeat("a <b "),
		"html comments":    repeat("<!-- a "),
		"entities":         repeat("&a &#"),
		"short lines":      repeat("ab cd\n"),
		"list lines":       repeat("- ab\n"),
		"staircase":        repeat("- a\n  - b\n    - c\n"),
		"paragraphs":       repeat("ab cd\n\n"),
		"headings":         repeat("## a\n"),
		"table":            func(n int) string { return "|a|b|\n|-|-|\n" + strings.Repeat("|1|2|\n", n/6) },
		"wide table": func(n int) string {
			return strings.Repeat("|a", 190) + "\n" + strings.Repeat("|-", 190) + "\n" + strings.Repeat("|\n", n/2)
		},
		"definitions": repeat("a\n: b\n\n"),
		"link definitions": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, "[a%d]: b\n", i)
			}
			return b.String()
		},
		"footnotes": func(n int) string {
			var b strings.Builder
			for i := 0; b.Len() < n; i++ {
				fmt.Fprintf(&b, "a[^%d]\n\n[^%d]: b\n\n", i, i)
			}
			return b.String()
		},
		"escapes":      repeat(`\*`),
		"tildes":       repeat("~a ~~b "),
		"setext":       repeat("a\n-\n"),
		"quoted lists": repeat("> - > - a\n"),
		"numbers":      repeat("1. a\n\n   b\n\n"),
	}
}

// BenchmarkParse shows that the time grows with the text: 8 times the bytes in about 8 times the time.
func BenchmarkParse(b *testing.B) {
	for name, text := range hostile() {
		for _, n := range []int{16 << 10, 128 << 10} {
			src := text(n)
			b.Run(fmt.Sprintf("%s/%dKB", strings.ReplaceAll(name, " ", "-"), n>>10), func(b *testing.B) {
				b.SetBytes(int64(len(src)))
				for b.Loop() {
					Parse(src)
				}
			})
		}
	}
}

func TestHostileTextsAreRead(t *testing.T) {
	t.Parallel()
	for name, text := range hostile() {
		x := Parse(text(64 << 10))
		checkRanges(t, x)
		if len(x.Clauses) == 0 {
			t.Errorf("%s: no clauses", name)
		}
	}
	if n := len(Parse(strings.Repeat("a", 1<<20)).Clauses); n != 1 {
		t.Errorf("1 MB of one word: %d clauses, want 1", n)
	}
}
