package reviewpages

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/textdiff"
)

var piece = rapid.SampledFrom([]string{"The patient has severe pain.", "1 April 2027 & later", "- one\n- two\n  - three", "### Sub heading", "> quoted <b>severe</b>",
	"| a | severe |\n|---|---|\n| 1.1 | d |", "```\nseverely\n```", "Severe, **severe** and [severe](https://example.org/severe).", "* * *", "2. two\n3. three", "A note[^1].\n\n[^1]: Severe."})

func sectionsOf(t *rapid.T, name string) []review.Section {
	out := []review.Section{{Key: "position", Title: "Position"}, {Key: "criteria", Title: "Criteria: who"}, {Key: "reasons", Title: "Reasons"}}
	for i := range out {
		out[i].Markdown = strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, name+out[i].Key), "\n\n")
	}
	return out
}

var numberLink = regexp.MustCompile(`<a class="app-clause__no"[^>]*>([^<]*)</a>`)

// The sections shown one by one have the same numbers, in the same order, as the whole text has.
func TestSectionsHaveTheNumbersOfTheWholeText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := review.Content{Sections: sectionsOf(t, "now ")}
		before := review.Content{Sections: sectionsOf(t, "before ")}
		list, err := render(before.Text(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got, want []string
		for _, s := range list {
			if s.Number != "" {
				got = append(got, s.Number)
			}
			for _, m := range numberLink.FindAllStringSubmatch(string(s.HTML), -1) {
				got = append(got, html.UnescapeString(m[1]))
			}
		}
		for _, x := range clause.Parse(c.Markdown()).Clauses {
			if x.Number != "" {
				want = append(want, x.Number)
			}
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Fatalf("numbers %v, want %v in\n%s", got, want, c.Markdown())
		}
	})
}

// Marking words adds marks and nothing else, never inside a tag or a computed number.
func TestMarkingWordsChangesNothingElse(t *testing.T) {
	t.Parallel()
	inTag := regexp.MustCompile(`<[^>]*<mark>`)
	rapid.Check(t, func(t *rapid.T) {
		c := review.Content{Sections: sectionsOf(t, "")}
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"severe", "Severe", "1.1", "&", "April 2027", "class", "(", "<b>"}), 1, 3).Draw(t, "words")
		list, err := render(clause.Text{}, c, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			marked := string(markWords(s.HTML, words))
			if strings.NewReplacer("<mark>", "", "</mark>", "").Replace(marked) != string(s.HTML) {
				t.Fatalf("%q became %q", s.HTML, marked)
			}
			if inTag.MatchString(marked) {
				t.Fatalf("a mark inside a tag: %q", marked)
			}
		}
	})
}

// Whichever text is chosen for each clause that two people changed, it is in the text afterwards; choosing mine
// throughout gives the joined text as it is.
func TestChosenTextsAreInTheText(t *testing.T) {
	t.Parallel()
	line := rapid.SampledFrom([]string{"Alpha is the first of all.", "Beta is the second of all.", "Gamma is the third of all.", "Delta is the last of all."})
	text := rapid.Custom(func(t *rapid.T) string {
		list := rapid.SliceOfN(line, 0, 5).Draw(t, "lines")
		for i := range list {
			list[i] += rapid.SampledFrom([]string{"", " More.", " Less, says one.", " Else."}).Draw(t, "end")
		}
		return strings.Join(list, "\n\n")
	})
	rapid.Check(t, func(t *rapid.T) {
		merged := textdiff.Merge(clause.Parse(text.Draw(t, "base")), clause.Parse(text.Draw(t, "mine")), clause.Parse(text.Draw(t, "theirs")))
		m := &review.MergeNeeded{Merged: []review.Section{{Key: "position", Markdown: merged.Markdown}}}
		for _, x := range merged.Conflicts {
			m.Conflicts = append(m.Conflicts, review.SectionConflict{Section: "position", Conflict: x})
		}
		made := newChoices(m)
		for _, keep := range []string{keepMine, keepTheirs, keepOwn} {
			for i := range made.list {
				made.list[i].Keep = keep
			}
			out, err := made.apply()
			if err != nil {
				t.Fatalf("%s: %v", keep, err)
			}
			if keep == keepMine && out[0].Markdown != merged.Markdown {
				t.Fatalf("mine gives %q, joined was %q", out[0].Markdown, merged.Markdown)
			}
			for _, x := range made.list {
				if !strings.Contains(out[0].Markdown, strings.TrimSpace(x.text())) {
					t.Fatalf("%s: %q is not in %q", keep, x.text(), out[0].Markdown)
				}
			}
		}
	})
}

func TestCodesAndLines(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "f34.1, F34.2": "F34.1|F34.2", "C71 – C75; j35\nJ36": "C71-C75|J35|J36", ",,": "", " a b ": "AB"} {
		if got := strings.Join(codes(in), "|"); got != want {
			t.Errorf("codes(%q) = %q, want %q", in, got, want)
		}
	}
	if got := strings.Join(lines("IVF, tummy  tuck\n\nother"), "|"); got != "IVF|tummy tuck|other" {
		t.Errorf("lines: %q", got)
	}
}
