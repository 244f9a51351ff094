package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// Holding is what one text says on one matter: some of its criteria. The zero Holding says nothing.
type Holding struct {
	Reading  *clause.Reading
	Criteria []int // indexes into Reading.Criteria
}

// Empty tells whether it says nothing.
func (h Holding) Empty() bool { return len(h.Criteria) == 0 }

func (h Holding) at(i int) *clause.Criterion { return &h.Reading.Criteria[h.Criteria[i]] }

// Words are the exact words, one criterion a line.
func (h Holding) Words() string {
	words := make([]string, len(h.Criteria))
	for i, c := range h.Criteria {
		words[i] = h.Reading.Words(c)
	}
	return strings.Join(words, "\n")
}

// Quantities are all of its quantities, in order.
func (h Holding) Quantities() []clause.Quantity {
	var out []clause.Quantity
	for i := range h.Criteria {
		out = append(out, h.at(i).Quantities...)
	}
	return out
}

// Vague is a word that stands for a number where there is none: "often"; "" when there is none.
func (h Holding) Vague() string {
	for i := range h.Criteria {
		if c := h.at(i); c.Vague != "" && len(c.Quantities) == 0 {
			return c.Vague
		}
	}
	return ""
}

// Doubt is why something of it may have been misread, in words; "" when the reading is sure.
func (h Holding) Doubt() string {
	for i := range h.Criteria {
		c := h.at(i)
		if c.Doubt != "" {
			return c.Doubt
		}
		for _, q := range c.Quantities {
			if q.Doubt != "" {
				return q.Doubt
			}
		}
	}
	return ""
}

// Passages are the wordings of a holding with all that decides how they count. They are read once, for they are compared
// with many. The zero Passages says nothing.
type Passages struct{ of []passage }

// Passages reads the wordings of a holding: of each criterion the whole item, or the whole sentences in which it stands, for
// what stands beside it there may bind it. f keeps what was taken apart, for the other holdings of a topic.
func (h Holding) Passages(f Folds) Passages {
	var out Passages
	var seen []int
	for i := range h.Criteria {
		c := h.at(i)
		if slices.Contains(seen, c.Clause) {
			continue
		}
		seen = append(seen, c.Clause)
		p := f.passage(h.Reading.Text, c.Clause)
		for _, also := range c.Also {
			p.signs = slices.Concat(p.signs, []sign{{text: "|", kind: markSign}}, f.of(h.Reading.Text.Clauses[also].Words))
		}
		if len(p.words) > Longest {
			p.frame.list = unread
		}
		out.of = append(out.of, p)
	}
	return out
}

// The reasons for which nothing is proved where a text says nothing.
const (
	NothingBefore = "nothing like it was found in the text before"
	NothingAfter  = "nothing like it was found in the text after"
	NothingEither = "nothing like it was found in either text"
)

// Prove tells what is proved when some wordings take the place of others, and why in words: NoEffect where all are equal,
// Narrower and Wider where in one of them exactly one quantity moved and the others are equal, Opposite where one funds in
// equal words what the other bars. All else is Unclear, an absent rule too, for it may stand elsewhere or be unread.
func Prove(before, after Passages) (Effect, string) {
	x, y := before.of, after.of
	switch {
	case len(x)+len(y) == 0:
		return Unclear, NothingEither
	case len(x) == 0:
		return Unclear, NothingBefore
	case len(y) == 0:
		return Unclear, NothingAfter
	case len(x) != len(y):
		return Unclear, WordsDiffer
	}
	effect, why := NoEffect, ""
	left := slices.Clone(y)
	for _, p := range x {
		at, e, w := closest(p, left)
		switch {
		case e == Unclear, e != NoEffect && effect != NoEffect, e == Opposite && len(x) > 1:
			return Unclear, w
		case e != NoEffect || why == "":
			effect, why = e, w
		}
		left = slices.Delete(left, at, at+1)
	}
	return effect, why
}

// closest is the wording of which most is proved: that it is the same, else whatever is.
func closest(p passage, others []passage) (at int, e Effect, why string) {
	at, e = 0, Unclear
	for i, o := range others {
		switch x, w := prove(p, o); {
		case x == NoEffect:
			return i, x, w
		case x != Unclear || why == "":
			at, e, why = i, x, w
		}
	}
	return at, e, why
}
