package textdiff

import (
	"slices"
	"strings"

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
	return passage{words: c.Words, signs: f.of(c.Words), frame: f.frame(t, i), part: c.Kind != clause.Item && c.Kind != clause.Paragraph}
}

// likeness of two rows of signs.
type equality int

const (
	differ       equality = iota
	equalKnown            // in words that are known to be equal
	equalWriting          // but for typography and spelling
)

// sameSigns compares two wordings. Marks may differ only where they can bind nothing: in words that are joined by no more
// than one of "and" and "or".
func sameSigns(x, y []sign) equality {
	a, x := listMark(x)
	b, y := listMark(y)
	if a != "" && b != "" && a != b {
		return differ
	}
	if !slices.EqualFunc(x, y, sameSign) && !(equalWords(x, y) && !bindsByMarks(x)) {
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

// equalWords tells whether two wordings are equal but for commas, brackets and the like.
func equalWords(x, y []sign) bool {
	for {
		x, y = x[softMarks(x):], y[softMarks(y):]
		if len(x) == 0 || len(y) == 0 {
			return len(x) == len(y)
		}
		if !sameSign(x[0], y[0]) {
			return false
		}
		x, y = x[1:], y[1:]
	}
}

// softMarks is with how many commas, brackets and the like signs begin.
func softMarks(ss []sign) int {
	for i, s := range ss {
		if s.kind != markSign || len(s.text) != 1 || strings.Contains("/^|~", s.text) {
			return i
		}
	}
	return len(ss)
}

// bindsByMarks tells whether a mark more or less may join other words than before.
func bindsByMarks(ss []sign) bool {
	and, or := false, false
	for i, s := range ss {
		switch {
		case s.kind == markSign && i > 0 && i+1 < len(ss) && ss[i-1].kind != wordSign && ss[i+1].kind != wordSign && ss[i-1].kind != markSign && ss[i+1].kind != markSign:
			return true // between two numbers
		case s.text == "and":
			and = true
		case s.text == "or":
			or = true
		case s.kind == wordSign && vocabulary.has("binding words", s.text):
			return true
		}
	}
	return and && or
}

// prove tells what is proved when one wording takes the place of another in frames for which same tells whether they say
// the same: NoEffect in equal words, Narrower or Wider where exactly one quantity of one measure moved, Opposite where one
// funds in equal words what the other bars; Unclear of all else, which people must read. The reason is in words.
func prove(x, y passage, same func(x, y frame) bool) (Effect, string) {
	equal := sameSigns(x.signs, y.signs)
	at := moved(x, y)
	negated := negatedFunding(x.signs, y.signs) || negatedFunding(y.signs, x.signs)
	switch { // frames are read last: most wordings differ in their own words
	case equal == differ && at < 0 && !negated:
		return Unclear, WordsDiffer
	case !same(x.frame, y.frame) && equal != differ && opposed(x, y):
		return Opposite, whatIsOpposite
	case !same(x.frame, y.frame) && equal != differ:
		return Unclear, FrameDiffers
	case !same(x.frame, y.frame):
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

// opposed tells whether wordings of equal words stand under frames that are read whole, of which one funds and the other bars.
func opposed(x, y passage) bool {
	if x.part || y.part || turningAmong(x.signs) {
		return false
	}
	a, b := readFrame(x.frame), readFrame(y.frame)
	return a.whole && b.whole && a.list == b.list && a.side != "" && b.side != "" && a.side != b.side
}

// negatedFunding tells whether y is x with one negation more, before its verb of funding: "is not routinely funded".
func negatedFunding(x, y []sign) bool {
	if len(y) != len(x)+1 || !onlyFunds(x) {
		return false
	}
	at := 0
	for at < len(x) && sameSign(x[at], y[at]) {
		at++
	}
	return y[at].text == "not" && beforeVerb(y[at+1:]) && slices.EqualFunc(x[at:], y[at+1:], sameSign)
}

// onlyFunds tells whether a wording has one verb of funding and no other word that could turn its sense.
func onlyFunds(ss []sign) bool {
	verbs := 0
	for _, s := range ss {
		switch {
		case s.kind == wordSign && vocabulary.has("funds", s.text):
			verbs++
		case s.kind == wordSign && (vocabulary.has("fund", s.text) || vocabulary.turning(s.text)):
			return false
		}
	}
	return verbs == 1
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
	side := sideOf(x, at)
	if side == "" || at > 0 && vocabulary.has("names", x.signs[at-1].text) {
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

// sideOf proves whether those who meet a wording are treated or turned away; "" when that is not proved. at is the
// quantity that moved.
func sideOf(p passage, at int) clause.Side {
	f := readFrame(p.frame)
	if !f.whole {
		return ""
	}
	own := readIntroduction(p.signs, p.frame.names())
	switch {
	case own.whole && len(own.rest) > 0 && f.side != "" && own.side != f.side:
		return ""
	case own.whole && len(own.rest) > 0 && !turningAmong(own.rest) && (own.funds || !processAmong(own.rest)) && at >= len(p.signs)-len(own.rest):
		return own.side
	case f.side == "" || turningAmong(p.signs):
		return ""
	case introducedBy(p.frame) && (fundedBy(p.frame) || !processAmong(p.signs)):
		return f.side
	case bareCondition(p.signs):
		return f.side
	}
	return ""
}

// processAmong tells whether a word is of what is done with a patient or a request.
func processAmong(ss []sign) bool {
	return slices.ContainsFunc(ss, func(s sign) bool { return s.kind == wordSign && vocabulary.has("process", s.text) })
}

// fundedBy tells whether a clause is introduced by a verb of funding.
func fundedBy(f frame) bool {
	return slices.ContainsFunc(f.over, func(o over) bool { return !o.heading && readIntroduction(o.signs, f.names()).funds })
}

// introducedBy tells whether a clause hangs from words that introduce it, and not from headings alone.
func introducedBy(f frame) bool {
	return slices.ContainsFunc(f.over, func(o over) bool { return !o.heading })
}

// bareCondition tells whether an item under a heading only names a condition: it says nothing of what people do.
func bareCondition(ss []sign) bool {
	return !slices.ContainsFunc(ss, func(s sign) bool {
		return s.kind == wordSign && (vocabulary.has("fund", s.text) || vocabulary.has("process", s.text) || vocabulary.has("says more than a condition", s.text))
	})
}
