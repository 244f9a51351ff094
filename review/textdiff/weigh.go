package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// weigh compares the numbers of a clause before and after: as criteria, where the reading knows what they measure, else
// by the comparator that stands beside the one that changed.
func (e *edit) weigh() (Effect, string) {
	was, is := e.was.read(), e.is.read()
	if len(was.Quantities()) == 0 && len(is.Quantities()) == 0 {
		was, is = alone(e.before, e.side()), alone(e.after, e.side())
	}
	x, y, one := e.oneNumber()
	if len(was.Quantities()) > 0 && len(is.Quantities()) > 0 && !(one && (!covers(was, x.at.from) || !covers(is, y.at.from))) {
		return Weigh(was, is)
	}
	if one {
		return e.byComparator(x, y)
	}
	if gone, came := e.changed(); !hasNumber(gone) && !hasNumber(came) {
		return e.byStrictness()
	}
	return Unclear, "a number changed, and what it does cannot be read from the words"
}

// figure is a number that changed, in days where it is a time.
type figure struct {
	at    word
	value float64
}

// oneNumber gives the number that changed, with its unit where that changed too, when it is only one.
func (e *edit) oneNumber() (x, y figure, ok bool) {
	gone, came := e.changed()
	x, ok1 := figureOf(gone)
	y, ok2 := figureOf(came)
	return x, y, ok1 && ok2 && (len(gone) == 2) == (len(came) == 2 || len(came) == 1 && days[came[0].text] > 0)
}

// figureOf reads "6", "24 months" or "year".
func figureOf(ws []word) (figure, bool) {
	switch {
	case len(ws) == 1 && ws[0].number:
		return figure{ws[0], ws[0].value}, true
	case len(ws) == 1 && days[ws[0].text] > 0:
		return figure{ws[0], days[ws[0].text]}, true
	case len(ws) == 2 && ws[0].number && days[ws[1].text] > 0:
		return figure{ws[0], ws[0].value * days[ws[1].text]}, true
	}
	return figure{}, false
}

var days = map[string]float64{"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30.4, "months": 30.4, "year": 365, "years": 365}

// covers tells whether what stands at a byte is part of a quantity that was read.
func covers(h Holding, at int) bool {
	return slices.ContainsFunc(h.Quantities(), func(q clause.Quantity) bool { return q.From <= at && at < q.To })
}

// byComparator judges a number whose measure is not known by the words beside it: a higher upper limit lets more in, a
// higher lower limit fewer, and where the sentence turns patients away it is the reverse.
func (e *edit) byComparator(x, y figure) (Effect, string) {
	was, is := limitAt(e.x, x.at), limitAt(e.y, y.at)
	if was == 0 || was != is || x.value == y.value {
		return Unclear, "a number changed, and nothing says whether it is a lower or an upper limit"
	}
	return e.limited((y.value > x.value) == (was > 0))
}

// limited is what it does that a limit lets more meet the words of a sentence, or fewer.
func (e *edit) limited(more bool) (Effect, string) {
	sentence := e.hunkSentence()
	switch turns := bars(sentence) || turnsAway(sentence) || e.side() == clause.Bars; {
	case turns && more:
		return Narrower, "the limit turns more patients away"
	case turns:
		return Wider, "the limit turns fewer patients away"
	case more:
		return Wider, "the limit lets more patients in"
	}
	return Narrower, "the limit leaves fewer patients in"
}

// byStrictness judges a comparator that changed beside a number that did not: "5 or more" and "more than 5".
func (e *edit) byStrictness() (Effect, string) {
	h := e.hunks[0]
	x, ok1 := nearestNumber(e.x, h.before)
	y, ok2 := nearestNumber(e.y, h.after)
	if !ok1 || !ok2 || e.x[x].text != e.y[y].text {
		return Unclear, "how a number is compared changed, and which way cannot be read from the words"
	}
	was, is := limitAt(e.x, e.x[x]), limitAt(e.y, e.y[y])
	switch strict, now := strictAt(e.x, x), strictAt(e.y, y); {
	case was == 0 || was != is:
		return Unclear, "how a number is compared changed, and which way cannot be read from the words"
	case strict == now:
		return NoEffect, "the numbers mean the same"
	default:
		return e.limited(strict)
	}
}

// nearestNumber is the place of the number that stands nearest to a place.
func nearestNumber(ws []word, at int) (int, bool) {
	for d := range 8 {
		for _, i := range []int{at + d, at - d} {
			if i >= 0 && i < len(ws) && ws[i].number {
				return i, true
			}
		}
	}
	return 0, false
}

// strictAt tells whether the number at a place does not belong to what its comparator lets in: "more than 5".
func strictAt(ws []word, i int) bool {
	if i > 0 && ws[i-1].text == "than" || i > 0 && strictly[ws[i-1].text] {
		for k := i - 1; k >= max(0, i-4); k-- {
			if negators[ws[k].text] {
				return false
			}
		}
		return true
	}
	return false
}

var strictly = list("over above exceeding exceeds under below beyond")

// limitAt is 1 when the number at a place is an upper limit, -1 when it is a lower one, 0 when the words do not say. An
// event within the last so many weeks has an upper limit.
func limitAt(ws []word, at word) int {
	i := slices.IndexFunc(ws, func(w word) bool { return w.from == at.from })
	if i < 0 {
		return 0
	}
	if i+2 < len(ws) && (ws[i+1].text == "or" || ws[i+1].text == "and") {
		if n := sideOfWord(ws, i+2); n != 0 {
			return n
		}
	}
	for k := i - 1; k >= max(0, i-5); k-- {
		if n := sideOfWord(ws, k); n != 0 {
			return n
		}
		if ws[k].number || ws[k+1].first {
			break
		}
	}
	for k := i + 1; k < min(len(ws), i+5) && strings.Trim(ws[k].mark, "/") == ""; k++ {
		if lowerOrMore[ws[k].text] != 0 && (ws[k-1].text == "or" || ws[k-1].text == "and") {
			return lowerOrMore[ws[k].text]
		}
	}
	return 0
}

// sideOfWord is which limit a word before a number makes it, with "no" and "not" turned about.
func sideOfWord(ws []word, k int) int {
	n := lowerOrMore[ws[k].text]
	if k > 0 && (ws[k-1].text == "no" || ws[k-1].text == "not") {
		return -n
	}
	return n
}

// lowerOrMore are the words that make a number a lower limit, -1, or an upper one, 1.
var lowerOrMore = func() map[string]int {
	out := map[string]int{}
	for w := range list("least more over above exceed exceeds exceeding minimum min higher greater older larger longer beyond after further later from") {
		out[w] = -1
	}
	for w := range list("most less fewer under below up maximum max lower smaller younger shorter within before until earlier sooner last past preceding previous") {
		out[w] = 1
	}
	return out
}()
