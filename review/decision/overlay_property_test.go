package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/review/textdiff"
)

// policyText draws a text such as people write: sections, paragraphs, lists in lists, tables.
func policyText() *rapid.Generator[clause.Text] {
	words := rapid.StringMatching(`[A-Z][a-z]{2,6}( [a-z]{2,6}| [0-9]{1,2}){0,5}`)
	return rapid.Custom(func(t *rapid.T) clause.Text {
		var b strings.Builder
		for range rapid.IntRange(1, 3).Draw(t, "sections") {
			b.WriteString("## " + words.Draw(t, "heading") + "\n\n")
			for range rapid.IntRange(1, 4).Draw(t, "blocks") {
				switch rapid.IntRange(0, 3).Draw(t, "kind") {
				case 0:
					b.WriteString(words.Draw(t, "paragraph") + ".\n\n")
				case 1:
					b.WriteString(words.Draw(t, "lead") + ":\n\n")
					for range rapid.IntRange(1, 4).Draw(t, "items") {
						b.WriteString(rapid.SampledFrom([]string{"- ", "- ", "  - "}).Draw(t, "marker") + words.Draw(t, "item") + "\n")
					}
					b.WriteString("\n")
				case 2:
					b.WriteString("| " + words.Draw(t, "head") + " | x |\n|---|---|\n| " + words.Draw(t, "cell") + " | y |\n\n")
				default:
					b.WriteString("> " + words.Draw(t, "quote") + "\n\n### " + words.Draw(t, "sub") + "\n\n")
				}
			}
		}
		return anchored(b.String())
	})
}

// overlayFor draws changes of different clauses, none within what another leaves out. Most are in order.
func overlayFor(t *rapid.T, text clause.Text, acts ...decision.Act) decision.Overlay {
	var out decision.Overlay
	choices := decision.Choices(text)
	for range rapid.IntRange(1, 5).Draw(t, "changes") {
		i := rapid.SampledFrom(choices).Draw(t, "clause")
		c := decision.Change{Act: rapid.SampledFrom(acts).Draw(t, "act"), Anchor: text.Clauses[i].Anchor, Text: "Other words"}
		if text.Clauses[i].Kind == clause.Row {
			c.Text = "| Other | words |"
		}
		if _, err := append(slices.Clone(out), c).Apply(text); err == nil {
			out = append(out, c)
		}
	}
	return out
}

func TestAnEmptyOverlayIsTheTextItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := clause.Parse(rapid.String().Draw(t, "markdown"))
		joined, err := decision.Overlay{}.Apply(text)
		if err != nil || joined.Text.Markdown != text.Markdown || cmp.Diff(joined.Text, text) != "" || len(joined.Marks) != 0 {
			t.Fatalf("%v, %q", err, joined.Text.Markdown)
		}
	})
}

// What no change is about stays as it is, under its anchor and number, in its order.
func TestUntouchedClausesStay(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := policyText().Draw(t, "text")
		o := overlayFor(t, text, decision.Acts...)
		differences, joined, err := o.Differences(text)
		if err != nil {
			t.Fatal(err)
		}
		named := map[[2]int]bool{}
		for _, d := range differences {
			for _, c := range d.Clauses {
				named[[2]int{c.Before, c.After}] = true
			}
		}
		for _, c := range textdiff.Compare(text, joined.Text).Changes {
			if c.Kind != textdiff.Same && !named[[2]int{c.Before, c.After}] {
				t.Fatalf("%+v is no change of the overlay", c)
			}
		}
		at := 0
		for i, c := range text.Clauses {
			if varied(o, text, i) {
				continue
			}
			for at < len(joined.Text.Clauses) && joined.Text.Clauses[at].Anchor != c.Anchor {
				at++
			}
			if at == len(joined.Text.Clauses) {
				t.Fatalf("%s %q is gone or moved:\n%s", c.Label, c.Words, joined.Text.Markdown)
			}
			if got := joined.Text.Clauses[at]; got.Words != c.Words || got.Number != c.Number || got.Label != c.Label || got.Kind != c.Kind {
				t.Fatalf("%s became %+v", c.Label, got)
			}
		}
		anchors := clause.Anchors(joined.Text)
		if slices.Sort(anchors); len(slices.Compact(slices.Clone(anchors))) != len(anchors) {
			t.Fatalf("anchors twice: %q", anchors)
		}
		if len(joined.Marks) != len(o) {
			t.Fatalf("%d marks of %d changes", len(joined.Marks), len(o))
		}
	})
}

// varied tells whether a change replaces a clause or leaves it out, with what it hangs from or by itself.
func varied(o decision.Overlay, text clause.Text, i int) bool {
	for p := i; p >= 0; p = text.Clauses[p].Parent {
		for _, c := range o {
			if c.Anchor == text.Clauses[p].Anchor && (c.Act == decision.LeaveOut || c.Act == decision.Replace && p == i) {
				return true
			}
		}
	}
	return false
}

// What is left out and what remains are together the version.
func TestLeavingOutAndTheRestRebuild(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := policyText().Draw(t, "text")
		o := overlayFor(t, text, decision.LeaveOut)
		joined, err := o.Apply(text)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		at := 0
		for i, c := range text.Clauses {
			if varied(o, text, i) {
				all = append(all, c.Words)
				continue
			}
			all = append(all, joined.Text.Clauses[at].Words)
			at++
		}
		var want []string
		for _, c := range text.Clauses {
			want = append(want, c.Words)
		}
		if at != len(joined.Text.Clauses) || !slices.Equal(all, want) {
			t.Fatalf("got %q, want %q", all, want)
		}
	})
}

// Whatever is typed, it is refused or it leaves the rest alone.
func TestHostileTextsStayInTheirPlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := policyText().Draw(t, "text")
		i := rapid.SampledFrom(decision.Choices(text)).Draw(t, "clause")
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching("([#>|`~*_\\-0-9.:\\[\\]() \n]|[a-z]){1,20}")).Draw(t, "typed")
		o := decision.Overlay{{Act: rapid.SampledFrom(decision.Acts).Draw(t, "act"), Anchor: text.Clauses[i].Anchor, Text: typed}}
		joined, err := o.Apply(text)
		if err != nil {
			if !errors.Is(err, record.ErrRule) {
				t.Fatal(err)
			}
			return
		}
		for j, c := range text.Clauses {
			k := slices.IndexFunc(joined.Text.Clauses, func(x clause.Clause) bool { return x.Anchor == c.Anchor })
			if !varied(o, text, j) && (k < 0 || joined.Text.Clauses[k].Words != c.Words) {
				t.Fatalf("%q took %q away:\n%s", typed, c.Words, joined.Text.Markdown)
			}
		}
	})
}

// On the same text everything carries over; what is touched is named, and nothing else.
func TestCarry(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := policyText().Draw(t, "text")
		o := overlayFor(t, text, decision.Acts...)
		same := o.Carry(text, text)
		if len(same.Touched) != 0 {
			t.Fatalf("touched by nothing: %+v", same.Touched)
		}
		if again := same.Overlay.Carry(text, text); cmp.Diff(same, again) != "" {
			t.Fatal(cmp.Diff(same, again))
		}
	})
}

// Whatever a later version parts, joins or takes away, a change that carries over by itself is about a clause of the same
// words, and every other is told.
func TestNothingCarriesOverWhatItWasNotMadeFor(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := policyText().Draw(t, "text")
		o := overlayFor(t, from, decision.Acts...)
		to, n := from, 0
		for range rapid.IntRange(1, 4).Draw(t, "saves") {
			lines := strings.SplitAfter(to.Markdown, "\n")
			i := rapid.IntRange(0, len(lines)-1).Draw(t, "line")
			switch words := strings.Fields(lines[i]); rapid.IntRange(0, 2).Draw(t, "act") {
			case 0:
				k := rapid.IntRange(0, len(words)).Draw(t, "cut")
				lines[i] = strings.Join(words[:k], " ") + ".\n\n" + strings.Join(words[k:], " ") + "\n"
			case 1:
				lines[i] = strings.TrimRight(lines[i], "\n") + " "
			default:
				lines[i] = "\n"
			}
			to = clause.Parse(strings.Join(lines, "")).Inherit(to, func() string {
				n++
				return fmt.Sprint("new", n)
			})
		}
		carried := o.Carry(from, to)
		for k, c := range carried.Overlay {
			if _, touched := carried.Touch(k); touched {
				continue
			}
			was := slices.IndexFunc(from.Clauses, func(x clause.Clause) bool { return x.Anchor == c.Anchor })
			is := slices.IndexFunc(to.Clauses, func(x clause.Clause) bool { return x.Anchor == c.Anchor })
			if is < 0 || decision.CoreWords(from, was, c.Act) != decision.CoreWords(to, is, c.Act) {
				t.Fatalf("%+v carries over from\n%s\nto\n%s", c, from.Markdown, to.Markdown)
			}
		}
	})
}
