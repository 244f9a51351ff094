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

// passageOf is a clause as it stands in its text.
func passageOf(t clause.Text, i int) passage {
	c := &t.Clauses[i]
	return passage{words: c.Words, signs: fold(c.Words), frame: frameOf(t, i), part: c.Kind != clause.Item && c.Kind != clause.Paragraph}
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
	soft := func(s sign) bool {
		return s.kind == markSign && len(s.text) == 1 && s.text[0] != '/' && s.text[0] != '^' && s.text[0] != '|' && s.text[0] != '~'
	}
	without := func(ss []sign) []sign { return slices.DeleteFunc(slices.Clone(ss), soft) }
	return slices.EqualFunc(without(x), without(y), sameSign)
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
	if !same(x.frame, y.frame) {
		if opposed(x, y) {
			return Opposite, "one funds what the other bars, in equal words"
		}
		return Unclear, "it hangs from other words"
	}
	switch sameSigns(x.signs, y.signs) {
	case equalWriting:
		return NoEffect, "the words are the same"
	case equalKnown:
		return NoEffect, "the words are known to mean the same"
	}
	if e, why, ok := moved(x, y); ok {
		return e, why
	}
	if negatedFunding(x, y) || negatedFunding(y, x) {
		return Opposite, "one funds what the other bars, in equal words"
	}
	return Unclear, "the words differ, and nothing is proved of them"
}

// opposed tells whether equal words stand under frames that are read whole, of which one funds and the other bars.
func opposed(x, y passage) bool {
	if x.part || y.part || sameSigns(x.signs, y.signs) == differ || turningAmong(x.signs) {
		return false
	}
	a, b := readFrame(x.frame), readFrame(y.frame)
	return a.whole && b.whole && a.list == b.list && a.side != "" && b.side != "" && a.side != b.side
}

// negatedFunding tells whether y is x with one negation more, before its verb of funding: "is not routinely funded".
func negatedFunding(x, y passage) bool {
	if len(y.signs) != len(x.signs)+1 || turningAmong(x.signs) && !onlyFunds(x.signs) {
		return false
	}
	at := 0
	for at < len(x.signs) && sameSign(x.signs[at], y.signs[at]) {
		at++
	}
	return y.signs[at].text == "not" && beforeVerb(y.signs[at+1:]) && slices.EqualFunc(x.signs[at:], y.signs[at+1:], sameSign) && onlyFunds(x.signs)
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

// moved finds that exactly one quantity moved, its comparator and measure being the same, in words whose side is proved.
func moved(x, y passage) (Effect, string, bool) {
	if x.part || y.part || len(x.signs) != len(y.signs) {
		return "", "", false
	}
	at := -1
	for i := range x.signs {
		switch {
		case sameSign(x.signs[i], y.signs[i]):
		case at >= 0:
			return "", "", false
		default:
			at = i
		}
	}
	if at < 0 {
		return "", "", false
	}
	a, b := x.signs[at], y.signs[at]
	if a.kind != quantitySign || b.kind != quantitySign || a.compare != b.compare || a.compare == "" || a.unit != b.unit || a.value == b.value {
		return "", "", false
	}
	s := sideOf(x, at)
	if s == "" || names(x.signs, at) {
		return "", "", false
	}
	narrower := (b.value > a.value) == a.atLeast()
	if s == clause.Bars {
		narrower = !narrower
	}
	if narrower {
		return Narrower, "fewer meet “" + b.words() + "” than “" + a.words() + "”, and all else is the same", true
	}
	return Wider, "more meet “" + b.words() + "” than “" + a.words() + "”, and all else is the same", true
}

// names tells whether what stands about a quantity says that it is no threshold: "tier 3 or above", "section 2".
func names(ss []sign, at int) bool {
	return at > 0 && slices.Contains([]string{"tier", "type", "section", "phase", "paragraph", "table", "appendix", "page", "part", "step", "class", "category", "number", "£"}, ss[at-1].text)
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
