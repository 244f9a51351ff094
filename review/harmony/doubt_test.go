package harmony_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/review/textdiff"
)

// items are n different criteria.
func items(n int) string {
	var b strings.Builder
	b.WriteString("## Criteria\n\n")
	for i := range n {
		fmt.Fprintf(&b, "- severe pain in place %c%c%c\n", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	return b.String()
}

// doubtful are pairs of texts of which the second may be narrower where nothing is read, or where the reading is in
// doubt.
var doubtful = map[string][2]string{
	"beyond the criteria of a text":     {items(200) + "- BMI below 40\n", items(200) + "- BMI below 35\n"},
	"beyond the words of a sentence":    {"The patient must have a BMI below 50, " + strings.Repeat("pain, ", 300) + "and a score over 20.", "The patient must have a BMI below 50, " + strings.Repeat("pain, ", 300) + "and a score over 30."},
	"beyond the words of a clause":      {strings.Repeat("The patient must have a BMI below 40. ", 1_200) + "Smokers are funded.", strings.Repeat("The patient must have a BMI below 40. ", 1_200) + "Smokers are excluded."},
	"joined with both and and or":       {"The patient must have a BMI below 40 and must not smoke or must be over 60 years old.", "The patient must have a BMI below 40 or must be over 60 years old and must not smoke."},
	"neither the least nor the most":    {"The patient must have a BMI of 35.", "The patient must have a BMI around 35."},
	"a doubt about one of the readings": {"The patient must have a BMI of exactly 35.", "The patient must have a BMI of 35."},
}

// What was not read, and what may have been misread, is never taken for the same: it raises the level.
func TestDoubtRaisesTheLevel(t *testing.T) {
	t.Parallel()
	for name, pair := range doubtful {
		today, draft := text("a", pair[0]), text("", pair[1])
		m := harmony.Build(harmony.Topic{Locals: []harmony.Text{today}, Draft: &draft})
		c := m.Consequences(map[string]harmony.Standing{}, 0)[0]
		if g := harmony.GradeOf(harmony.Case{Consequence: c}); c.Effect == textdiff.NoEffect || g.Level < harmony.LevelSmall {
			t.Errorf("%s: %s, level %d by %v", name, c.Words(), g.Level, g.Steps)
		}
		before, after := clause.Parse(pair[0]), clause.Parse(pair[1])
		found := textdiff.Classify(before, after, textdiff.Compare(before, after))
		if level, steps := textdiff.Level(found); level < 2 {
			t.Errorf("%s: level %d by %v", name, level, steps)
		}
	}
}

// Of very many texts not all criteria are compared; of whichever text some were left out, nothing is told for sure.
func TestDoubtOfManyTexts(t *testing.T) {
	t.Parallel()
	topic := harmony.Topic{}
	for k := range 13 {
		topic.Locals = append(topic.Locals, text(fmt.Sprint(k), items(190)))
	}
	draft := text("", items(190))
	topic.Draft = &draft
	m := harmony.Build(topic)
	for _, c := range m.Consequences(map[string]harmony.Standing{}, 0) {
		if g := harmony.GradeOf(harmony.Case{Consequence: c}); c.Doubt == "" || g.Level < harmony.LevelSmall {
			t.Errorf("%s: %s, level %d", c.Name, c.Words(), g.Level)
		}
	}
}

// Equal texts are the same, however they are read.
func TestEqualTextsAreNotInDoubt(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"beyond the words of a sentence", "joined with both and and or", "neither the least nor the most"} {
		today, draft := text("a", doubtful[name][0]), text("", doubtful[name][0])
		m := harmony.Build(harmony.Topic{Locals: []harmony.Text{today}, Draft: &draft})
		if c := m.Consequences(map[string]harmony.Standing{}, 0)[0]; c.Effect != textdiff.NoEffect {
			t.Errorf("%s: %s", name, c.Words())
		}
	}
}

// A place with no policy, where clinicians decide, does not keep its patients by a sentence that may have been misread.
func TestDoubtWithoutPolicy(t *testing.T) {
	t.Parallel()
	open := harmony.Text{Place: "a", Name: "a", Without: "clinicians decide"}
	draft := text("", "Surgery may be offered with a BMI of 35.")
	m := harmony.Build(harmony.Topic{Locals: []harmony.Text{open}, Draft: &draft})
	c := m.Consequences(map[string]harmony.Standing{"a": {Without: harmony.OpenAccess}}, 0)[0]
	if c.Effect == textdiff.NoEffect {
		t.Errorf("%s", c.Words())
	}
}
