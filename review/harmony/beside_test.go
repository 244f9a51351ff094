package harmony_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"concordat/review/harmony"
)

// told are three texts of which two have a background that decides: one says so in the words of the other.
func told() harmony.Topic {
	const wait = "## Background\n\nKnees wear out. Surgery is best after six months of rest.\n"
	return harmony.Topic{Locals: []harmony.Text{
		text("aldermoss", "## Criteria\n\n- BMI below 40\n- at least 6 months of physiotherapy\n\n"+wait),
		text("brindlewick", "## Criteria\n\n- BMI under 35\n- three months of physiotherapy\n\n"+wait),
		text("carrowmead", "## Criteria\n\n- BMI below 40\n- the patient does not smoke\n\n## Background\n\nKnees wear out.\n"),
	}}
}

const (
	wearing = "Knees wear out"
	resting = "Surgery is best after six months of rest"
)

func besides(m *harmony.Matrix, place string) (out []string) {
	for _, b := range m.Beside(place) {
		out = append(out, b.Words)
	}
	return out
}

func TestTake(t *testing.T) {
	t.Parallel()
	smoking := harmony.Fold("the patient does not smoke")
	take := harmony.Correction{Act: harmony.Take, Words: harmony.Fold(resting)}
	for _, tc := range []struct {
		name string
		list []harmony.Correction
		want string   // the marks of the row of what was taken
		left []string // in Brindlewick
		idle []int
	}{
		{"nothing", nil, "no row", []string{wearing, resting}, nil},
		{"a row of its own", []harmony.Correction{take}, "same same none", []string{wearing}, nil},
		{"in another row", []harmony.Correction{{Act: harmony.Take, Words: take.Words, With: smoking}}, "same same other", []string{wearing}, nil},
		{"at one place only", []harmony.Correction{{Act: harmony.Take, Words: take.Words, Place: "aldermoss"}}, "other none none", []string{wearing, resting}, nil},
		{"and left out again", []harmony.Correction{take, {Act: harmony.Drop, Words: take.Words}}, "no row", []string{wearing, resting}, nil},
		{"left out first", []harmony.Correction{{Act: harmony.Drop, Words: take.Words}, take}, "same same none", []string{wearing}, nil},
		{"into a row that is not there", []harmony.Correction{{Act: harmony.Take, Words: take.Words, With: "no such words"}}, "no row", []string{wearing, resting}, []int{0}},
		{"words that nobody has", []harmony.Correction{{Act: harmony.Take, Words: "no such words"}}, "no row", []string{wearing, resting}, []int{0}},
	} {
		topic := told()
		topic.Corrections = tc.list
		m := harmony.Build(topic)
		got := "no row"
		if r, ok := m.RowOf(take.Words); ok {
			got = marks(m, r.Name)
		}
		if got != tc.want || !slices.Equal(m.Idle, tc.idle) {
			t.Errorf("%s: %s, want %s; idle %v", tc.name, got, tc.want, m.Idle)
		}
		if got := besides(&m, "brindlewick"); !slices.Equal(got, tc.left) {
			t.Errorf("%s: beside the rows %q, want %q", tc.name, got, tc.left)
		}
	}
	if got := told().Locals[0].Reading.Criteria; len(got) != 2 {
		t.Errorf("the reading that was given has %d criteria now", len(got))
	}
}

// A text about another treatment stays apart until a person says that it belongs.
func TestBelong(t *testing.T) {
	t.Parallel()
	var topic harmony.Topic
	for place, markdown := range labelled(t, "labelled/work/tonsillectomy") {
		topic.Locals = append(topic.Locals, text(place, markdown))
	}
	other := text("other", "# Cataract\n\n## Criteria\n\n- visual acuity of 6/12 or worse in the eye\n- glare that makes driving unsafe\n- BMI below 40\n")
	topic.Locals = append(topic.Locals, other)
	before := harmony.Build(topic)
	if len(before.Strangers) != 1 || len(before.Beside("other")) != 3 {
		t.Fatalf("%d texts stand apart, %d statements beside the rows", len(before.Strangers), len(before.Beside("other")))
	}
	topic.Corrections = []harmony.Correction{{Act: harmony.Belong, Place: "other"}, {Act: harmony.Belong, Place: topic.Locals[0].Place}}
	m := harmony.Build(topic)
	if _, ok := m.RowOf(harmony.Fold("BMI below 40")); len(m.Strangers) != 0 || !ok || len(m.Columns) != len(before.Columns)+1 {
		t.Errorf("%d texts stand apart still, the criteria are in rows: %t", len(m.Strangers), ok)
	}
	if !slices.Equal(m.Idle, []int{1}) {
		t.Errorf("idle %v, want the one about a text that never stood apart", m.Idle)
	}
}

// topicOf is a labelled topic, its places in the order of their names.
func topicOf(t *testing.T, folder string) (topic harmony.Topic) {
	t.Helper()
	texts := labelled(t, folder)
	for _, place := range slices.Sorted(maps.Keys(texts)) {
		x := text(place, texts[place])
		if place == "base" {
			topic.Draft = &x
			continue
		}
		topic.Locals = append(topic.Locals, x)
	}
	return topic
}

// printed is each row with its cells, but for rows that have some wording.
func printed(m *harmony.Matrix, without string) (out []string) {
	for _, r := range m.Rows {
		if r.Has(without) {
			continue
		}
		line := fmt.Sprintf("%s %s %.6f", r.Key, r.Name, r.Sure)
		for _, c := range r.Cells {
			line += "|" + string(c.Mark) + " " + c.Line()
		}
		out = append(out, line)
	}
	slices.Sort(out)
	return out
}

// What is taken for a criterion by hand changes no other row.
func TestTakingDisturbsNothing(t *testing.T) {
	t.Parallel()
	topic := topicOf(t, "labelled/work/bunions")
	before := harmony.Build(topic)
	rapid.Check(t, func(r *rapid.T) {
		place := rapid.SampledFrom(before.Columns).Draw(r, "place").Place
		left := before.Beside(place)
		if len(left) == 0 {
			return
		}
		words := rapid.SampledFrom(left).Draw(r, "statement").Folded
		topic := topic
		topic.Corrections = []harmony.Correction{{Act: harmony.Take, Words: words}}
		after := harmony.Build(topic)
		if was, is := printed(&before, words), printed(&after, words); !slices.Equal(was, is) {
			r.Fatalf("taking %q changed other rows:\n%s\nnow\n%s", words, strings.Join(was, "\n"), strings.Join(is, "\n"))
		}
		if row, ok := after.RowOf(words); !ok || row.Unsure() {
			r.Fatalf("%q is in no row, or in one that is unsure", words)
		}
	})
}

// Whatever people put right, the address of a row leads to the row that has what it was given for, or to where that
// stands beside the rows.
func TestAddressesHold(t *testing.T) {
	t.Parallel()
	topic := topicOf(t, "labelled/work/trigger-finger")
	before := harmony.Build(topic)
	words := map[string]string{}
	for _, row := range before.Rows {
		for _, w := range before.Wordings(&row) {
			words[w.Folded] = w.Words
		}
	}
	all := slices.Sorted(maps.Keys(words))
	acts := []harmony.Act{harmony.Merge, harmony.Part, harmony.Move, harmony.Drop, harmony.Name, harmony.Confirm, harmony.Take}
	rapid.Check(t, func(r *rapid.T) {
		topic := topic
		topic.Corrections = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) harmony.Correction {
			return harmony.Correction{Act: rapid.SampledFrom(acts).Draw(r, "act"), Words: rapid.SampledFrom(all).Draw(r, "words"), With: rapid.SampledFrom(all).Draw(r, "with"), Name: "A name"}
		}), 0, 6).Draw(r, "corrections")
		after := harmony.Build(topic)
		for _, row := range before.Rows {
			if now, ok := after.Row(row.Key); ok {
				if x, _ := after.Row(now.Key); x != now {
					r.Fatalf("the new key of %q leads to another row", row.Name)
				}
				continue
			}
			if _, words, ok := after.Left(row.Key); !ok || !row.Has(harmony.Fold(words)) {
				r.Fatalf("the address of %q leads nowhere", row.Name)
			}
		}
	})
}
