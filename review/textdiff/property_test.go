package textdiff

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"concordat/review/clause"
)

func markdown() *rapid.Generator[string] {
	word := rapid.SampledFrom(strings.Fields(
		"patients must have BMI 30 35 ≥7 6/12 38.3 C71-C75 episodes (each) in 2 years, or not: “well” a—b *all* | é \xff [y](z)"))
	block := rapid.Custom(func(t *rapid.T) string {
		marker := rapid.SampledFrom([]string{"", "", "", "## ", "### ", "- ", "- ", "  - ", "1. ", "> ", "|a|b|\n|-|-|\n|", "```\n"}).Draw(t, "marker")
		return marker + strings.Join(rapid.SliceOfN(word, 1, 9).Draw(t, "words"), " ")
	})
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for _, s := range rapid.SliceOfN(block, 0, 10).Draw(t, "blocks") {
			b.WriteString(s + rapid.SampledFrom([]string{"\n", "\n\n", "\n\n"}).Draw(t, "end"))
		}
		return b.String()
	})
}

// edited draws what an editor may make of a text: lines and words changed, removed, added and moved.
func edited(t *rapid.T, src, name string) string {
	lines := strings.SplitAfter(src, "\n")
	for range rapid.IntRange(0, 4).Draw(t, name+" edits") {
		i := rapid.IntRange(0, len(lines)-1).Draw(t, name+" line")
		switch rapid.IntRange(0, 5).Draw(t, name+" act") {
		case 0:
			words := strings.Split(lines[i], " ")
			k := rapid.IntRange(0, len(words)-1).Draw(t, name+" word")
			words[k] = rapid.SampledFrom([]string{"40", "never " + words[k], "x y", name}).Draw(t, name+" new")
			lines[i] = strings.Join(words, " ")
		case 1:
			lines = slices.Delete(slices.Clone(lines), i, i+1)
		case 2:
			added := rapid.SampledFrom([]string{"\nnew words of " + name + "\n\n", "- an item of " + name + "\n", "- both add this 3\n"}).Draw(t, name+" added")
			lines = slices.Insert(slices.Clone(lines), i, added)
		case 3:
			line := lines[i]
			lines = slices.Delete(slices.Clone(lines), i, i+1)
			lines = slices.Insert(lines, rapid.IntRange(0, len(lines)).Draw(t, name+" to"), line)
		case 4:
			words := strings.Split(lines[i], " ")
			k := rapid.IntRange(0, len(words)-1).Draw(t, name+" part")
			lines[i] = strings.Join(words[:k], " ") + ".\n\n" + strings.Join(words[k:], " ")
		case 5:
			if i+1 < len(lines) {
				lines[i] = strings.TrimRight(lines[i], "\n") + " and " + strings.TrimLeft(lines[i+1], "-# ")
				lines = slices.Delete(slices.Clone(lines), i+1, i+2)
			}
		}
		if len(lines) == 0 {
			lines = []string{""}
		}
	}
	return strings.Join(lines, "")
}

func TestCompareProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := markdown().Draw(t, "before")
		other := edited(t, src, "after")
		if rapid.Bool().Draw(t, "unrelated") {
			other = markdown().Draw(t, "other")
		}
		before, after := clause.Parse(src), clause.Parse(other)
		d := Compare(before, after)
		x, y, err := d.Sources(before, after)
		if err != nil || x != src || y != other {
			t.Fatalf("rebuilt %q and %q: %v\nwant %q and %q", x, y, err, src, other)
		}
		if again := Compare(before, after); gocmp.Diff(d, again) != "" {
			t.Fatalf("two runs differ: %s", gocmp.Diff(d, again))
		}
		checkOrder(t, d)
		for _, c := range d.Changes {
			checkSpans(t, c.Words)
		}
		if c := Compare(before, before).Counts(); c.Changed() != 0 || c.Same != len(before.Clauses) {
			t.Fatalf("a text differs from itself: %+v", c)
		}
	})
}

// TestPartsProperties: a clause that is cut in two, or two that are made one, are known for that.
func TestPartsProperties(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-z]{4,9}`)
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfNDistinct(word, 8, 24, rapid.ID).Draw(t, "words")
		k := rapid.IntRange(3, len(words)-3).Draw(t, "cut")
		whole := "First.\n\n" + strings.Join(words, " ") + ".\n\nLast.\n"
		cut := "First.\n\n" + strings.Join(words[:k], " ") + ".\n\n" + strings.Join(words[k:], " ") + ".\n\nLast.\n"
		x, y := clause.Parse(whole), clause.Parse(cut)
		if c := Compare(x, y).Counts(); c.Parted != 1 || c.Changed() != 1 {
			t.Fatalf("%q became %q: %+v", whole, cut, c)
		}
		if c := Compare(y, x).Counts(); c.Joined != 1 || c.Changed() != 1 {
			t.Fatalf("%q became %q: %+v", cut, whole, c)
		}
	})
}

// What moved into the place of a clause that was rewritten in parts is told as moved, and no clause is lost.
func TestPartsLeaveTheMovedAlone(t *testing.T) {
	t.Parallel()
	const stays = "Stays where it is, and says so in so many words that nothing else outweighs it by any means.\n\n"
	cut := []string{"alpha beta gamma delta", "epsilon zeta eta theta", "iota kappa lambda my", "ny xi omicron pi", "rho sigma tau ypsilon", "phi chi psi omega"}
	src := cut[0] + "\n\n" + stays + strings.Join(cut, " ") + "\n"
	other := stays + strings.Join(cut, "\n\n") + "\n"
	before, after := clause.Parse(src), clause.Parse(other)
	d := Compare(before, after)
	if x, y, err := d.Sources(before, after); err != nil || x != src || y != other {
		t.Fatalf("rebuilt %q and %q: %v", x, y, err)
	}
	if c := d.Counts(); c.Moved != 1 || c.Parted != 1 {
		t.Errorf("%+v", c)
	}
}

// TestRowsProperties: a row rebuilds from its cells, and no run of words that differ goes over a cell's edge.
func TestRowsProperties(t *testing.T) {
	t.Parallel()
	cell := rapid.SampledFrom([]string{"", "6 months", "12 months", "BMI | 30", "yes", "no", "grade III or IV"})
	rapid.Check(t, func(t *rapid.T) {
		x := strings.Join(rapid.SliceOfN(cell, 1, 5).Draw(t, "before"), " | ")
		y := strings.Join(rapid.SliceOfN(cell, 1, 5).Draw(t, "after"), " | ")
		c := comparer{budget: totalProduct}
		got := c.rows(x, y)
		if Before(got) != x || After(got) != y {
			t.Fatalf("%q and %q give %v", x, y, got)
		}
		if len(cells(x)) != len(cells(y)) {
			return
		}
		for _, s := range got {
			if s.Op != Equal && len(cells(s.Text)) > 1 {
				t.Fatalf("%q and %q: %q goes over an edge", x, y, s.Text)
			}
		}
	})
}

type failer interface{ Fatalf(string, ...any) }

// checkOrder holds that changes are in the order of the text after, and what stayed or went in that before.
func checkOrder(t failer, d Diff) {
	was, is := -1, -1
	for i, c := range d.Changes {
		if d.goesOn(i) {
			was, is = was-1, is-1 // another part of the same clause
		}
		if c.After >= 0 && c.After <= is || c.Kind != Moved && c.Kind != MovedEdited && c.Before >= 0 && c.Before <= was {
			t.Fatalf("out of order: %+v", c)
		}
		is = max(is, c.After)
		if c.Kind != Moved && c.Kind != MovedEdited {
			was = max(was, c.Before)
		}
	}
}

// checkSpans holds that every run consists of whole tokens of its side.
func checkSpans(t failer, words []Span) {
	whole := map[Op][]string{Delete: tokens(Before(words)), Insert: tokens(After(words))}
	take := func(side Op, text string) {
		for text != "" {
			rest, ok := strings.CutPrefix(text, whole[side][0])
			if !ok {
				t.Fatalf("a run of %v begins with %q, splitting %q", words, text, whole[side][0])
			}
			text, whole[side] = rest, whole[side][1:]
		}
	}
	for _, s := range words {
		if s.Text == "" {
			t.Fatalf("an empty run in %v", words)
		}
		if s.Op != Insert {
			take(Delete, s.Text)
		}
		if s.Op != Delete {
			take(Insert, s.Text)
		}
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"at 6/12, 38.3 or C71-C75": "at| |6/12|,| |38.3| |or| |C71-C75",
		"(≥7) “30°” £500 25%.":     "(|≥7|)| |“|30°|”| |£500| |25%|.",
		"kg/m² don't e.g. a—b":     "kg/m²| |don't| |e.g|.| |a|—|b",
		" two\u00a0 hard":          " |two|\u00a0 |hard",
		"...":                      ".|.|.",
	} {
		if got := strings.Join(tokens(text), "|"); got != want {
			t.Errorf("tokens(%q) = %s, want %s", text, got, want)
		}
	}
}

func TestMergeProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		src := markdown().Draw(t, "base")
		mineSrc, theirsSrc := edited(t, src, "mine"), edited(t, src, "theirs")
		base, mine, theirs := clause.Parse(src), clause.Parse(mineSrc), clause.Parse(theirsSrc)
		got := Merge(base, mine, theirs)
		checkNothingLost(t, src, mineSrc, theirsSrc, got)
		for _, c := range got.Conflicts {
			if !strings.HasPrefix(got.Markdown[c.Offset:], c.Mine) {
				t.Fatalf("no %q at %d of %q", c.Mine, c.Offset, got.Markdown)
			}
		}
		back := Merge(base, theirs, mine)
		if diff := gocmp.Diff(bare(got.Conflicts, false), bare(back.Conflicts, true)); diff != "" {
			t.Fatalf("exchanged, other conflicts: %s", diff)
		}
		for _, same := range []struct {
			got  Merged
			want string
		}{
			{Merge(base, mine, base), mineSrc}, {Merge(base, base, mine), mineSrc}, {Merge(base, mine, mine), mineSrc},
		} {
			if same.got.Markdown != same.want || len(same.got.Conflicts) > 0 {
				t.Fatalf("one side changed: %+v, want %q", same.got, same.want)
			}
		}
	})
}

// TestMergeShowsBothRewrites: whatever two people put in the place of one clause, be it one word or quite another
// text, both are in one conflict, and neither is in the text unseen.
func TestMergeShowsBothRewrites(t *testing.T) {
	t.Parallel()
	word := rapid.SampledFrom(strings.Fields("tonsils must have been sore 7 times BMI 30 or wait cold three years refer earlier at once never"))
	words := rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(word, 1, 6).Draw(t, "words"), " ") })
	form := rapid.SampledFrom([]string{"%s\n\n", "- %s\n", "### %s\n\n"})
	rapid.Check(t, func(t *rapid.T) {
		shape := form.Draw(t, "form")
		clauses := rapid.SliceOfNDistinct(words, 1, 6, rapid.ID).Draw(t, "base")
		k := rapid.IntRange(0, len(clauses)-1).Draw(t, "which")
		all := func(text string) string {
			var b strings.Builder
			for i, c := range clauses {
				if i == k {
					c = text
				}
				fmt.Fprintf(&b, shape, c)
			}
			return b.String()
		}
		was, x, y := clauses[k], "mine: "+words.Draw(t, "mine"), "theirs: "+words.Draw(t, "theirs")
		got := Merge(clause.Parse(all(was)), clause.Parse(all(x)), clause.Parse(all(y)))
		if len(got.Conflicts) != 1 {
			t.Fatalf("%q became %q and %q: %+v", was, x, y, got)
		}
		c := got.Conflicts[0]
		if !strings.Contains(c.Mine, x) || !strings.Contains(c.Theirs, y) {
			t.Fatalf("%q became %q and %q, shown as %+v", was, x, y, c)
		}
		if got.Markdown != all(x) || got.Joined != 0 {
			t.Fatalf("joined %d: %q, want %q", got.Joined, got.Markdown, all(x))
		}
	})
}

func checkNothingLost(t failer, base, mine, theirs string, m Merged) {
	kept := map[string]int{}
	for _, w := range strings.Fields(m.Markdown) {
		kept[w]++
	}
	for _, c := range m.Conflicts {
		for _, w := range strings.Fields(c.Mine + " " + c.Theirs) {
			kept[w]++
		}
	}
	texts := m.Markdown
	for _, c := range m.Conflicts {
		texts += "\n\n" + c.Mine + "\n\n" + c.Theirs
	}
	for _, side := range []clause.Text{clause.Parse(mine), clause.Parse(theirs)} {
		for i := range side.Clauses {
			if typed := side.Source(i); !strings.Contains(base, typed) && !strings.Contains(texts, typed) {
				t.Fatalf("%q was typed and is lost in %+v", typed, m)
			}
		}
	}
	old := strings.Fields(base)
	for _, w := range strings.Fields(mine + " " + theirs) {
		if kept[w] == 0 && !slices.Contains(old, w) {
			t.Fatalf("%q was typed and is lost in %+v", w, m)
		}
	}
}

// bare lists conflicts without their place, exchanged where asked, in an order of their own.
func bare(in []Conflict, exchange bool) []Conflict {
	out := slices.Clone(in)
	for i := range out {
		out[i].Offset = 0
		if exchange {
			out[i].Mine, out[i].Theirs = out[i].Theirs, out[i].Mine
		}
	}
	slices.SortFunc(out, func(x, y Conflict) int {
		return cmp.Or(cmp.Compare(x.Label, y.Label), cmp.Compare(x.Base, y.Base), cmp.Compare(x.Mine, y.Mine), cmp.Compare(x.Theirs, y.Theirs))
	})
	return out
}
