package clause

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// block draws one block of Markdown, often a strange one.
func block() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields(
			"patients must have BMI 30 ≥7 6/12 episodes in each of 2 years, or (a) 1.1 *not* | and > - # `x` [y](z) &amp; é \xff",
		)), 1, 8).Draw(t, "words")
		return rapid.SampledFrom([]string{"", "", "## ", "### ", "- ", "  - ", "    - ", "1. ", "> ", "| ", "|-|\n", "```\n", "    "}).
			Draw(t, "marker") + strings.Join(words, " ")
	})
}

func markdown() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for _, s := range rapid.SliceOfN(block(), 0, 12).Draw(t, "blocks") {
			b.WriteString(s)
			b.WriteString(rapid.SampledFrom([]string{"\n", "\n\n", "\n \n", "\r\n"}).Draw(t, "end"))
		}
		return b.String()
	})
}

// checkRanges holds what Text promises about ranges.
func checkRanges(t interface{ Fatalf(string, ...any) }, x Text) {
	var b strings.Builder
	for i, c := range x.Clauses {
		gap := x.Gap(i)
		if strings.TrimSpace(gap) != "" || c.End < c.Start || c.Parent >= len(x.Clauses) || c.Label == "" {
			t.Fatalf("clause %d of %q: gap %q, %+v", i, x.Markdown, gap, c)
		}
		b.WriteString(gap + x.Source(i))
	}
	b.WriteString(x.Gap(len(x.Clauses)))
	if b.String() != x.Markdown {
		t.Fatalf("rebuilt %q, want %q", b.String(), x.Markdown)
	}
	if strings.TrimSpace(x.Gap(len(x.Clauses))) != "" {
		t.Fatalf("words after the last clause: %q", x.Gap(len(x.Clauses)))
	}
}

func TestParseRebuilds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := rapid.OneOf(markdown(), rapid.String()).Draw(t, "markdown")
		checkRanges(t, Parse(src))
		checkRanges(t, Text{Markdown: src, Clauses: settle(src, byLine(src))})
	})
}

func FuzzParse(f *testing.F) {
	f.Add("## A\n\nx\n\n- y\n  - z\n\n|a|b|\n|-|-|\n|1|2|\n")
	f.Add("- - x\n[^1]: y\n> ```\n\t> z")
	f.Fuzz(func(t *testing.T, src string) { checkRanges(t, Parse(src)) })
}

func TestInheritProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		before := Parse(markdown().Draw(t, "before")).Inherit(Text{}, serial(""))
		after := Parse(markdown().Draw(t, "after"))
		got := after.Inherit(before, serial("new"))
		if again := after.Inherit(before, serial("new")); cmp.Diff(got, again) != "" {
			t.Fatalf("two runs differ: %s", cmp.Diff(got, again))
		}
		anchors := Anchors(got)
		slices.Sort(anchors)
		if len(slices.Compact(slices.Clone(anchors))) != len(anchors) || slices.Contains(anchors, "") {
			t.Fatalf("anchors not unique: %q", anchors)
		}
		if same := before.Inherit(before, serial("new")); cmp.Diff(before, same) != "" {
			t.Fatalf("inheriting from itself: %s", cmp.Diff(before, same))
		}
		restored, err := after.WithAnchors(Anchors(got))
		if err == nil {
			restored, err = restored.WithLineage(got.Lineage)
		}
		if err != nil || cmp.Diff(got, restored) != "" {
			t.Fatalf("restored: %v %s", err, cmp.Diff(got, restored))
		}
	})
}

// TestUnchangedKeepTheirAnchor edits a text of distinct paragraphs: what was not touched keeps its anchor,
// wherever it went.
func TestUnchangedKeepTheirAnchor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paragraphs := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{3,8}( [a-z]{3,8}){3,9}`), 2, 15, rapid.ID).Draw(t, "p")
		before := Parse(strings.Join(paragraphs, "\n\n")).Inherit(Text{}, serial(""))
		anchor := map[string]string{}
		for _, c := range before.Clauses {
			anchor[c.Words] = c.Anchor
		}
		order := rapid.Permutation(paragraphs).Draw(t, "order")
		order = order[:rapid.IntRange(1, len(order)).Draw(t, "left")]
		at := rapid.IntRange(0, len(order)).Draw(t, "at")
		order = slices.Insert(order, at, "Something that nobody wrote before 7")
		for _, c := range Parse(strings.Join(order, "\n\n")).Inherit(before, serial("new")).Clauses {
			if want, ok := anchor[c.Words]; ok && c.Anchor != want {
				t.Fatalf("%q has anchor %s, want %s", c.Words, c.Anchor, want)
			}
		}
	})
}

func TestInheritAsksAgainForATakenAnchor(t *testing.T) {
	t.Parallel()
	got := Anchors(Parse("one\n\ntwo\n\nthree").Inherit(Text{}, func() string { return "a" }))
	if want := []string{"a", "a-2", "a-3"}; cmp.Diff(want, got) != "" {
		t.Error(cmp.Diff(want, got))
	}
}

func TestWithAnchorsRefuses(t *testing.T) {
	t.Parallel()
	for _, anchors := range [][]string{{"a"}, {"a", "a"}, {"a", "b", "c"}} {
		if _, err := Parse("one\n\ntwo").WithAnchors(anchors); err == nil {
			t.Errorf("WithAnchors(%q) gave no error", anchors)
		}
	}
}

func TestUntypeProperties(t *testing.T) {
	t.Parallel()
	number := rapid.SampledFrom([]string{"", "", "(a) ", "(b) ", "(i) ", "(ii) ", "1.1 ", "1.2 ", "2.1 ", "a) ", "b) ", `1\) `, `2\) `, "- (a) ", "- (b) ", "## 1 ", "## 2. ", "**1.1** "})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 12).Draw(t, "lines") {
			b.WriteString(number.Draw(t, "number") + rapid.StringMatching(`[a-z]{6,9}( [a-z]{6,9}){0,3}`).Draw(t, "words"))
			b.WriteString(rapid.SampledFrom([]string{"\n", "\n\n"}).Draw(t, "end"))
		}
		src := b.String()
		got, typed := Untype(src)
		if before, after := letterWords(src), letterWords(got); !slices.Equal(before, after) {
			t.Fatalf("words of\n%s\nbecame\n%s", src, got)
		}
		if want := len(numbers(src)) - len(numbers(got)); len(typed) != want {
			t.Fatalf("%d numbers taken, %d told: %v\n%s\n%s", want, len(typed), typed, src, got)
		}
	})
}

// letterWords are the words of six letters and more, which the numbers are not.
func letterWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		if len(w) >= 6 && w[0] >= 'a' && w[0] <= 'z' {
			out = append(out, w)
		}
	}
	return out
}

// numbers are the words that are numbers.
func numbers(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		if len(w) < 9 && strings.ContainsAny(w, "().12") {
			out = append(out, w)
		}
	}
	return out
}

func FuzzUntype(f *testing.F) {
	f.Add("1.1 a\n\n1.2 b\n(a) c\n(b) d\n")
	f.Add("- (i) a\n- (ii) b\n```\n")
	f.Fuzz(func(t *testing.T, src string) {
		got, _ := Untype(src)
		if len(got) > 20*len(src)+100 {
			t.Fatalf("%d bytes became %d", len(src), len(got))
		}
	})
}
