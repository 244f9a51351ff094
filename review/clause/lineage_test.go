package clause

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawn draws paragraphs of words of which each occurs once.
func drawn(t *rapid.T) (paragraphs [][]string) {
	words := rapid.SliceOfNDistinct(rapid.StringMatching(`[a-z]{4,9}`), 24, 60, rapid.ID).Draw(t, "words")
	for len(words) > 0 {
		n := min(len(words), rapid.IntRange(6, 14).Draw(t, "length"))
		paragraphs, words = append(paragraphs, words[:n]), words[n:]
	}
	return paragraphs
}

func written(paragraphs [][]string) Text {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(strings.Join(p, " ") + ".\n\n")
	}
	return Parse(b.String())
}

// turned draws what a person does in one save: a paragraph is parted, joined with the next, or put elsewhere.
func turned(t *rapid.T, paragraphs [][]string) [][]string {
	out := slices.Clone(paragraphs)
	i := rapid.IntRange(0, len(out)-1).Draw(t, "paragraph")
	switch rapid.IntRange(0, 2).Draw(t, "act") {
	case 0:
		if n := len(out[i]); n >= 8 {
			k := rapid.IntRange(4, n-4).Draw(t, "cut")
			out = slices.Insert(out, i+1, out[i][k:])
			out[i] = out[i][:k]
		}
	case 1:
		if i+1 < len(out) {
			out[i] = append(slices.Clone(out[i]), out[i+1]...)
			out = slices.Delete(out, i+1, i+2)
		}
	default:
		p := out[i]
		out = slices.Delete(out, i, i+1)
		out = slices.Insert(out, rapid.IntRange(0, len(out)).Draw(t, "to"), p)
	}
	return out
}

// TestNothingIsLostByPartingAndJoining: through any number of saves each paragraph leads to where its words are, by its
// own anchor, and every anchor that was ever given leads somewhere.
func TestNothingIsLostByPartingAndJoining(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paragraphs, next := drawn(t), serial("p")
		first := written(paragraphs).Inherit(Text{}, next)
		now, given := first, Anchors(first)
		for range rapid.IntRange(1, 8).Draw(t, "saves") {
			paragraphs = turned(t, paragraphs)
			now = written(paragraphs).Inherit(now, next)
			given = append(given, Anchors(now)...)
		}
		for _, c := range first.Clauses {
			var holds string
			for _, i := range now.Became(nil, c.Anchor) {
				holds += " " + now.Clauses[i].Words
			}
			for _, w := range strings.Fields(strings.ReplaceAll(c.Words, ".", "")) {
				if !slices.Contains(strings.Fields(strings.ReplaceAll(holds, ".", "")), w) {
					t.Fatalf("%q of %s is not in %q: %v", w, c.Anchor, holds, now.Lineage)
				}
			}
		}
		former := now.Former()
		for _, anchor := range given {
			if len(now.Became(nil, anchor)) == 0 {
				t.Fatalf("%s leads nowhere: %v", anchor, now.Lineage)
			}
			if found := linked(now, former, anchor); found != 1 {
				t.Fatalf("a link to %s finds %d places", anchor, found)
			}
		}
	})
}

func linked(t Text, former map[int][]string, anchor string) (found int) {
	for i, c := range t.Clauses {
		for _, id := range append([]string{c.Anchor}, former[i]...) {
			if id == anchor {
				found++
			}
		}
	}
	return found
}

// TestLineageProperties: whatever is made of a text, a turn names clauses of the text before and of the text after, no
// clause is in two turns of one save, and what went by a turn leads to a clause.
func TestLineageProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		next := serial("p")
		before := Parse(markdown().Draw(t, "first")).Inherit(Text{}, next)
		for range rapid.IntRange(1, 4).Draw(t, "saves") {
			lines := strings.SplitAfter(before.Markdown+markdown().Draw(t, "more"), "\n")
			from := rapid.IntRange(0, len(lines)-1).Draw(t, "from")
			to := rapid.IntRange(from, min(from+3, len(lines))).Draw(t, "to")
			put := []string{"", "\n\n", strings.ReplaceAll(strings.Join(lines[from:to], ""), "\n", " ") + "\n", strings.ReplaceAll(strings.Join(lines[from:to], ""), " must", "\n\nmust")}
			after := Parse(strings.Join(lines[:from], "")+rapid.SampledFrom(put).Draw(t, "put")+strings.Join(lines[to:], "")).Inherit(before, next)
			checkTurns(t, before, after)
			before = after
		}
	})
}

func checkTurns(t *rapid.T, before, after Text) {
	if err := after.Lineage.valid(); err != nil {
		t.Fatal(err)
	}
	if twice(Anchors(after)) {
		t.Fatalf("anchors twice: %q", Anchors(after))
	}
	if !slices.EqualFunc(before.Lineage, after.Lineage[:len(before.Lineage)], Turn.equal) {
		t.Fatalf("%v was known, now %v", before.Lineage, after.Lineage)
	}
	var from, into []string
	for _, turn := range after.Lineage.Since(before.Lineage) {
		from, into = append(from, turn.From...), append(into, turn.Into...)
	}
	if twice(from) || twice(into) || missing(from, before) || missing(into, after) {
		t.Fatalf("%q became %q:\n%q\n%q", from, into, Anchors(before), Anchors(after))
	}
	for _, anchor := range from {
		if len(after.Became(before.Lineage, anchor)) == 0 {
			t.Fatalf("%s leads nowhere", anchor)
		}
	}
}

func missing(anchors []string, t Text) bool {
	has := Anchors(t)
	return slices.ContainsFunc(anchors, func(a string) bool { return !slices.Contains(has, a) })
}

func TestLead(t *testing.T) {
	t.Parallel()
	l := Lineage{
		{From: []string{"p7"}, Into: []string{"p7", "p9"}},
		{From: []string{"p3", "p7"}, Into: []string{"p3"}},
		{From: []string{"p3"}, Into: []string{"p10", "p3", "p11"}},
	}
	for _, tc := range []struct {
		known  int // turns that were known when the anchor was noted
		anchor string
		want   string
	}{
		{0, "p7", "p9 p10 p3 p11"}, {1, "p7", "p10 p3 p11"}, {0, "p9", "p9"}, {2, "p3", "p10 p3 p11"}, {3, "p3", "p3"}, {0, "p8", "p8"},
	} {
		if got := strings.Join(l.Since(l[:tc.known]).Lead(tc.anchor), " "); got != tc.want {
			t.Errorf("%s after %d turns: %s, want %s", tc.anchor, tc.known, got, tc.want)
		}
	}
}

func TestWithLineageRefuses(t *testing.T) {
	t.Parallel()
	for _, bad := range []Turn{{}, {From: []string{"a"}, Into: []string{"a"}}, {From: []string{"a", "b"}, Into: []string{"a", "b"}},
		{From: []string{"a"}, Into: []string{"b", "b"}}, {From: []string{"a", ""}, Into: []string{"b"}}} {
		if _, err := Parse("one").WithLineage(Lineage{bad}); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	if _, err := Parse("one").WithLineage(make(Lineage, MostTurns+1)); err == nil {
		t.Error("a lineage without end was taken")
	}
}

// What is new in two texts of one policy has one anchor in both.
func TestInheritShares(t *testing.T) {
	t.Parallel()
	base := Parse("First one here.\n\nSecond one there.").Inherit(Text{}, serial("p"))
	other := Parse("First one here.\n\nBrand new.\n\nSecond one there.").Inherit(base, serial("q"))
	got := Parse("First one here.\n\nBrand new.\n\nSecond one there, edited.\n\nNewer still than that.").Inherit(base, serial("r"), other)
	if want := "p1 q1 p2 r1"; strings.Join(Anchors(got), " ") != want {
		t.Errorf("%q, want %s", Anchors(got), want)
	}
}

func TestLineageEnds(t *testing.T) {
	t.Parallel()
	full := make(Lineage, MostTurns-1)
	if got := full.with([]Turn{{From: []string{"a"}}, {From: []string{"b"}}}); len(got) != MostTurns || fmt.Sprint(got[MostTurns-1].From) != "[a]" {
		t.Errorf("%d turns, the last %v", len(got), got[len(got)-1])
	}
}
