package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// passage is a wording with all that decides how it counts.
type passage struct {
	words string
	signs []sign
	frame frame
	// part is true when it is of a table, or hangs together with clauses that are not compared with it: then only equal
	// words are the same.
	part bool
}

// passage is a clause as it stands in its text.
func (f Folds) passage(t clause.Text, i int) passage {
	c := &t.Clauses[i]
	part := c.Kind != clause.Item && c.Kind != clause.Paragraph
	return passage{words: c.Words, signs: f.of(c.Words), frame: f.frame(t, i), part: part}
}

// likeness of two rows of signs.
type equality int

const (
	differ       equality = iota
	equalKnown            // in words that are known to be equal
	equalWriting          // but for typography and spelling
)

// sameSigns compares two wordings. A comma or a bracket may bind words together, so all marks count but those at the end.
func sameSigns(x, y []sign) equality {
	a, x := listMark(x)
	b, y := listMark(y)
	if a != "" && b != "" && a != b || !slices.EqualFunc(x, y, sameSign) {
		return differ
	}
	known := func(s sign) bool { return s.known }
	if slices.ContainsFunc(x, known) != slices.ContainsFunc(y, known) {
		return equalKnown
	}
	return equalWriting
}

// listMark parts the mark of a list from what stands behind it. A mark more or less is typography; another number is not,
// for something may point to it.
func listMark(ss []sign) (mark string, rest []sign) {
	if len(ss) > 0 && ss[0].kind == listSign {
		return ss[0].text, ss[1:]
	}
	return "", ss
}

func sameSign(a, b sign) bool { return a.kind == b.kind && a.text == b.text }

// prove tells what is proved when one wording takes the place of another: NoEffect in equal words, Narrower or Wider where
// exactly one quantity of one measure moved, Opposite where one funds in equal words what the other bars; Unclear of all
// else, which people must read. The reason is in words.
func prove(x, y passage) (Effect, string) {
	equal := sameSigns(x.signs, y.signs)
	at := moved(x, y)
	negated := negatedFunding(x, y) || negatedFunding(y, x)
	switch { // frames are read last: most wordings differ in their own words
	case equal == differ && at < 0 && !negated:
		return Unclear, WordsDiffer
	case !sameFrame(x.frame, y.frame) && equal != differ && opposed(x, y):
		return Opposite, whatIsOpposite
	case !sameFrame(x.frame, y.frame) && equal != differ:
		return Unclear, FrameDiffers
	case !sameFrame(x.frame, y.frame):
		return Unclear, WordsDiffer
	case equal == equalWriting:
		return NoEffect, "the words are the same"
	case equal == equalKnown:
		return NoEffect, "the words are known to mean the same"
	case negated:
		return Opposite, whatIsOpposite
	}
	return direction(x, y, at)
}

// The reasons for which nothing is proved of two wordings.
const (
	WordsDiffer  = "the words differ"
	FrameDiffers = "the words are the same, and what introduces them differs"
)

const whatIsOpposite = "one funds what the other bars, in equal words"

// opposed tells whether conditions of equal words stand under introductions that are read whole, of which one says that it is
// funded and the other that it is not.
func opposed(x, y passage) bool {
	if x.part || y.part || turningAmong(x.signs) {
		return false
	}
	a, b := readFrame(x.frame), readFrame(y.frame)
	return a.whole && b.whole && a.funds && b.funds && a.list == b.list && a.side != b.side
}

// negatedFunding tells whether two sentences say of whether something is funded no more than the contrary of each other: y
// is x with a negation before its verb.
func negatedFunding(x, y passage) bool {
	if len(y.signs) != len(x.signs)+1 {
		return false
	}
	if fundingSide(x.signs, x.frame.names()) != clause.Requires || fundingSide(y.signs, y.frame.names()) != clause.Bars {
		return false
	}
	at := slices.IndexFunc(y.signs, func(s sign) bool { return s.text == "not" })
	return slices.EqualFunc(x.signs, slices.Delete(slices.Clone(y.signs), at, at+1), sameSign)
}

// moved is where the one quantity stands by which two wordings differ, its comparator and measure being the same; -1 when
// they differ by more, or by something else.
func moved(x, y passage) int {
	if x.part || y.part || len(x.signs) != len(y.signs) {
		return -1
	}
	at := -1
	for i := range x.signs {
		switch {
		case sameSign(x.signs[i], y.signs[i]):
		case at >= 0:
			return -1
		default:
			at = i
		}
	}
	if at < 0 {
		return -1
	}
	a, b := x.signs[at], y.signs[at]
	if a.kind != quantitySign || b.kind != quantitySign || a.compare != b.compare || a.compare == "" || a.unit != b.unit {
		return -1
	}
	return at
}

// direction is the way in which a quantity moved, where it is proved whether those who meet it are treated.
func direction(x, y passage, at int) (Effect, string) {
	side := sideOf(x)
	if side == "" {
		return Unclear, WordsDiffer
	}
	a, b := x.signs[at], y.signs[at]
	narrower := (b.value > a.value) == a.atLeast()
	if side == clause.Bars {
		narrower = !narrower
	}
	if narrower {
		return Narrower, "fewer meet “" + b.words() + "” than “" + a.words() + "”, and all else is the same"
	}
	return Wider, "more meet “" + b.words() + "” than “" + a.words() + "”, and all else is the same"
}

// sideOf proves whether those who meet a wording are treated or turned away; "" when that is not proved. The wording must be
// a condition of a patient that is known as a whole, by itself or in a sentence of which all words are known.
func sideOf(p passage) clause.Side {
	f := readFrame(p.frame)
	switch own := readIntroduction(p.signs, p.frame.names()); {
	case !f.whole:
		return ""
	case measured(p.signs):
		return f.side
	case !own.whole || !measured(own.rest) || f.side != "" && own.side != f.side:
		return ""
	default:
		return own.side
	}
}

// measured tells whether a condition says of a patient one quantity of a measure that is known, and nothing else: "a BMI of 40
// or more", "at least 6 weeks of physiotherapy".
func measured(ss []sign) bool {
	_, ss = listMark(ss)
	at := slices.IndexFunc(ss, func(s sign) bool { return s.kind == quantitySign })
	if at < 0 {
		return false
	}
	before, after := ss[:at], ss[at+1:]
	for len(before) > 0 && vocabulary.has("leads", before[0].text) {
		before = before[1:]
	}
	whole := func(list string, ss []sign) bool {
		p, ok := phraseAt(ss, list)
		return ok && len(p.words) == len(ss)
	}
	switch {
	case len(before) == 0:
		return whole("measured after", after)
	case len(after) == 0:
		return whole("measured before", before)
	}
	return whole("measured before", before) && whole("measured after", after)
}
