package diffview_test

import (
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/server/internal/diffview"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func labelled(name, markdown string) diffview.Labelled {
	return diffview.Labelled{Name: name, Text: clause.Parse(markdown)}
}

const before = "## Criteria\n\nPatients need all of:\n\n- at least 6 sore throats\n- BMI below 40\n- stays\n- stays too\n- goes away, every word of it\n\n## Other\n\nWanders from here to the top.\n"

const after = "## Criteria\n\nWanders from here to the top.\n\nPatients need all of:\n\n- at least 7 sore throats\n- BMI below 45\n- stays\n- stays too\n\n## Other\n\nSomething quite new altogether.\n"

func TestRows(t *testing.T) {
	t.Parallel()
	v := diffview.Rows(labelled("old", before), labelled("new", after), diffview.Inline)
	if want := "5 changes: 5 to be read in both texts"; v.Heading != want {
		t.Errorf("heading %q, want %q", v.Heading, want)
	}
	var got []string
	for _, item := range v.Items {
		if item.Gap != nil {
			got = append(got, item.Gap.Title)
			continue
		}
		got = append(got, item.Change.Title+" ("+item.Change.Mark.Word+")")
	}
	want := []string{
		"Section 1: not changed",
		"Paragraph 1.1, was 2.1 (Differs: read both)",
		"Paragraph 1.2: not changed",
		"Paragraph 1.2(a), was 1.1(a) (Differs: read both)",
		"Paragraph 1.2(b), was 1.1(b) (Differs: read both)",
		"2 paragraphs, 1.2(c) to 1.2(d): not changed",
		"Paragraph 1.1(e), removed (Differs: read both)",
		"Section 2: not changed",
		"Paragraph 2.1, new (Differs: read both)",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("items differ (-want +got):\n%s", diff)
	}
	second := v.Changes[1]
	if second.Previous != "c1" || second.Next != "c3" || second.Of != 5 {
		t.Errorf("neighbours of the second change: %+v", second)
	}
	wantRuns := []diffview.Run{{Text: "at least "}, {Text: "6", Removed: true}, {Text: "7", Added: true}, {Text: " sore throats"}}
	if diff := cmp.Diff(wantRuns, second.Inline); diff != "" {
		t.Errorf("words differ (-want +got):\n%s", diff)
	}
}

// What is said of words alone claims nothing: neither what a change does for patients, nor what kind of change it is.
func TestWords(t *testing.T) {
	t.Parallel()
	v := diffview.Words(labelled("old", before), labelled("new", after), diffview.Inline)
	if want := "5 changes: 2 changed, 1 added, 1 removed, 1 moved"; v.Heading != want {
		t.Errorf("heading %q, want %q", v.Heading, want)
	}
	var got []string
	for _, c := range v.Changes {
		got = append(got, c.Title+" ("+c.Mark.Word+")")
		if c.Class != nil || c.Why != "" {
			t.Errorf("%s: %+v, %q", c.Title, c.Class, c.Why)
		}
	}
	want := []string{"Paragraph 1.1, was 2.1 (Moved)", "Paragraph 1.2(a), was 1.1(a) (Changed)", "Paragraph 1.2(b), was 1.1(b) (Changed)", "Paragraph 1.1(e), removed (Removed)", "Paragraph 2.1, new (Added)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("changes differ (-want +got):\n%s", diff)
	}
	if v.Found != nil || v.Level != nil {
		t.Errorf("found %v, level %v", v.Found, v.Level)
	}
	layout := diffview.Words(labelled("a", "One *word*."), labelled("b", "One **word**."), diffview.Inline)
	if layout.Heading != "1 change: 1 layout" || layout.Changes[0].Note == "" {
		t.Errorf("layout only: %+v", layout)
	}
	both := diffview.Words(labelled("a", before), labelled("b", strings.Replace(after, "Wanders from here", "Wanders away from here", 1)), diffview.Inline).Changes[0]
	if both.Mark.Word != "Changed" || len(both.More) != 1 || both.More[0].Word != "Moved" {
		t.Errorf("moved and changed: %+v %+v", both.Mark, both.More)
	}
}

func TestRowsOfEqualAndUnlikeTexts(t *testing.T) {
	t.Parallel()
	same := diffview.Rows(labelled("a", before), labelled("b", before), diffview.Side)
	if same.Heading != "No change" || len(same.Changes) != 0 || !same.SideBySide || same.Unlike {
		t.Errorf("equal texts: %+v", same)
	}
	far := diffview.Rows(labelled("a", strings.Repeat("Knees and hips.\n\n", 30)), labelled("b", strings.Repeat("Tonsils of children?\n\n", 30)), diffview.Inline)
	if !far.Unlike || len(far.WasInFull) != 30 || len(far.IsInFull) != 30 {
		t.Errorf("unlike texts: unlike %v, %d and %d lines", far.Unlike, len(far.WasInFull), len(far.IsInFull))
	}
	// Links to dozens of changes that say little would only stand in the way of the two texts.
	if got := string(far.HTML()); strings.Contains(got, "app-sum__list") || strings.Count(got, ", in full</summary>") != 2 {
		t.Errorf("unlike texts are shown as %s", got)
	}
	const criteria = "# Hips\n\n## Criteria\n\nPatients must meet all of the following:\n\n- BMI below 35\n- aged 18 or over\n"
	moved := diffview.Rows(labelled("a", criteria), labelled("b", strings.NewReplacer("35", "40", "18", "21").Replace(criteria)), diffview.Inline)
	if moved.Heading != "2 changes: 1 narrower, 1 wider" || moved.Changes[0].Mark.Word != "Wider" || moved.Changes[1].Mark.Word != "Narrower" {
		t.Errorf("quantities that moved: %s, %+v", moved.Heading, moved.Changes)
	}
	layout := diffview.Rows(labelled("a", "One *word*."), labelled("b", "One **word**."), diffview.Inline)
	if layout.Heading != "1 change: 1 layout" || layout.Changes[0].Note == "" {
		t.Errorf("layout only: %+v", layout)
	}
	empty := diffview.Rows(labelled("a", ""), labelled("b", ""), diffview.Inline)
	if empty.Heading != "No change" {
		t.Errorf("empty texts: %+v", empty)
	}
}

// Whatever the texts, the items hold all words of the text after, and nothing has no name.
func TestRowsShowEverything(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{"## Head", "One two three.", "* item one", "* item two", "> quoted", "| a | b |\n|---|---|\n| c | d |", "---", "<!-- x -->", "### Sub", "four, five six"})
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(t, "pieces"), "\n\n")
	})
	rapid.Check(t, func(t *rapid.T) {
		x, y := clause.Parse(text.Draw(t, "before")), clause.Parse(text.Draw(t, "after"))
		v := diffview.Rows(diffview.Labelled{Text: x}, diffview.Labelled{Text: y}, diffview.Inline)
		var got, want []string
		for _, item := range v.Items {
			switch {
			case item.Gap != nil:
				for _, l := range item.Gap.Lines {
					got = append(got, l.Words)
				}
			default:
				for _, r := range item.Change.After {
					got = append(got, r.Text)
				}
			}
		}
		for _, c := range y.Clauses {
			if c.Words != "" {
				want = append(want, c.Words)
			}
		}
		// Several clauses that became one are a change each, with a part of its words.
		if diff := cmp.Diff(strings.Join(want, ""), strings.Join(got, "")); diff != "" {
			t.Fatalf("words of the text after (-want +got):\n%s", diff)
		}
		for _, c := range v.Changes {
			if c.Mark.Word == "" || c.Why == "" {
				t.Fatalf("a change that nothing is said of: %+v", c)
			}
		}
	})
}
