package textdiff_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/textdiff"
	"concordat/review/textdiff/mutation"
)

// labelledTexts are all texts that people labelled, here and for the matrix.
func labelledTexts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, pattern := range []string{"labelled/*/*.txt", "../harmony/labelled/*/*/*"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no labelled texts %s: %v", pattern, err)
		}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for i, text := range textsIn(f, string(data)) {
				out[f+"#"+strconv.Itoa(i)] = text
			}
		}
	}
	return out
}

// textsIn are the texts of a file: that itself, or the two of each labelled change.
func textsIn(name, data string) []string {
	if filepath.Ext(name) != ".txt" || !strings.Contains(data, "-- before") {
		if strings.HasSuffix(name, ".md") {
			return []string{data}
		}
		return nil
	}
	var out []string
	for part := range strings.SplitSeq("\n"+data, "\n-- ") {
		if _, text, ok := strings.Cut(part, "\n"); ok && (strings.HasPrefix(part, "before") || strings.HasPrefix(part, "after")) {
			text, _, _ = strings.Cut(text, "\n== ")
			out = append(out, text)
		}
	}
	return out
}

// verdict is what is said of a mutated text as a whole.
type verdict struct{ same, narrower, wider bool }

func judged(before clause.Text, after string) verdict {
	y := clause.Parse(after)
	found := textdiff.Classify(before, y, textdiff.Compare(before, y))
	v := verdict{same: true}
	for _, c := range found {
		for _, f := range append([]textdiff.Finding{c.Finding}, c.Others...) {
			v.same = v.same && f.Effect == textdiff.NoEffect
			v.narrower = v.narrower || f.Effect == textdiff.Narrower
			v.wider = v.wider || f.Effect == textdiff.Wider
		}
	}
	return v
}

// Whatever decides is changed in every labelled text, one at a time: it is never called the same, and no direction is said
// but of a number, where raising and lowering go opposite ways.
func TestNoMutationIsCalledTheSame(t *testing.T) {
	t.Parallel()
	made, numbers, directed := 0, 0, 0
	texts := labelledTexts(t)
	texts["a text of which all is read"] = "# Hip replacement\n\n## Criteria\n\nPatients must meet all of the following:\n\n- BMI below 35\n- aged 18 or over\n- at least 6 months of physiotherapy\n\n## Exclusions\n\n- BMI of 45 or more\n"
	for name, text := range texts {
		before := clause.Parse(text)
		try := func(m mutation.Mutation) verdict {
			made++
			v := judged(before, m.Text)
			if v.same {
				t.Errorf("%s: a changed %s is called the same: %q", name, m.Kind, around(m.Text, m.At))
			}
			return v
		}
		mutation.Of(text, func(m mutation.Mutation) {
			v := try(m)
			// 6 months that became 6 years are one quantity that moved.
			if (v.narrower || v.wider) && m.Kind != "unit" {
				t.Errorf("%s: a direction is said of a changed %s: %q", name, m.Kind, around(m.Text, m.At))
			}
		})
		mutation.Numbers(text, func(r, l mutation.Mutation, at [2]int) {
			numbers++
			raised, lowered := try(r), try(l)
			if raised.narrower != lowered.wider || raised.wider != lowered.narrower || raised.narrower && raised.wider {
				t.Errorf("%s: raising and lowering a number do not go opposite ways: %q", name, around(text, at[0]))
			}
			if raised.narrower || raised.wider {
				directed++
				if want := bound(text, at); want != 0 && (want > 0) != raised.narrower {
					t.Errorf("%s: raising a number goes the wrong way: %q", name, around(text, at[0]))
				}
			}
		})
	}
	t.Logf("%d mutations; a direction is said of %d of %d numbers", made, directed, numbers)
	if made < 5000 || directed < 4 {
		t.Errorf("only %d mutations and %d directions: the test shows nothing", made, directed)
	}
}

var (
	lowerBound = regexp.MustCompile(`(?i)(at least|minimum of|more than|over|older than|greater than|above|≥|>)\s*$`)
	upperBound = regexp.MustCompile(`(?i)(at most|maximum of|[^o] less than|under|below|up to|no more than|≤|<)\s*$`)
	lowerAfter = regexp.MustCompile(`(?i)^\S*(\s+\S+)?\s+(or|and)\s+(more|over|above|older|greater)`)
	barsIt     = regexp.MustCompile(`(?i)\bnot\b|exclu|ineligible|cannot|refus|declin`)
)

// bound says by the words beside a number alone whether it is a lower bound, 1, or an upper one, -1, of what is asked for;
// 0 where they do not say, or something in the text may bar.
func bound(text string, at [2]int) int {
	start := max(0, strings.LastIndex(text[:at[0]], "\n\n"))
	if h := strings.LastIndex(text[:at[0]], "\n#"); h >= 0 {
		start = min(start, h)
	}
	switch before, after := text[:at[0]], text[at[1]:]; {
	case barsIt.MatchString(text[start:at[0]]), barsIt.MatchString(line(after)):
		return 0
	case upperBound.MatchString(before):
		return -1
	case lowerBound.MatchString(before), lowerAfter.MatchString(line(after)):
		return 1
	}
	return 0
}

func line(s string) string {
	l, _, _ := strings.Cut(s, "\n")
	return l
}

func around(s string, at int) string { return s[max(0, at-60):min(len(s), at+60)] }
