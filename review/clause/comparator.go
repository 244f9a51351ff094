package clause

import "slices"

// after reads a comparator that follows a number or its unit: "or more", "and over", "+".
func (r *quantityReader) after(i int) (Comparator, int) {
	if r.text(i) == "+" {
		return AtLeast, i + 1
	}
	j := i
	for j < i+2 && (r.text(j) == "of" && r.text(j+1) == "age" || r.text(j) == "age" || r.text(j) == "old") {
		j++
	}
	if r.text(j) != "or" && r.text(j) != "and" || r.isNumber(j+2) { // "over 65 or under 18"
		return "", i
	}
	switch r.text(j + 1) {
	case "more", "over", "above", "greater", "older", "worse", "higher", "longer", "larger":
		return AtLeast, j + 2
	case "less", "fewer", "under", "below", "younger", "better", "lower", "smaller":
		return AtMost, j + 2
	}
	return "", i
}

// before reads a comparator that precedes the number at i, and where it begins.
func (r *quantityReader) before(i int) (Comparator, int) {
	j := i - 1
	for j > r.done && r.is(j, skipped) {
		j--
	}
	if j < r.done {
		return "", 0
	}
	w, prior := r.text(j), r.text(j-1)
	var c Comparator
	switch {
	case w == "≥" || w == "least" || w == "minimum" || w == "from":
		c = AtLeast
	case w == "≤" || w == "maximum" || w == "most" || w == "to" && prior == "up":
		c = AtMost
	case w == "=" && prior == ">" || w == "=" && prior == "<":
		c = map[string]Comparator{">": AtLeast, "<": AtMost}[prior]
	case w == "to" && prior == "equal":
		c, j = r.orEqual(j)
	case w == ">" || r.is(j, overWords) || w == "than" && r.is(j-1, moreWords):
		c = MoreThan
	case w == "<" || r.is(j, underWords) || w == "than" && r.is(j-1, lessWords):
		c = LessThan
	case w == "than" && prior == "worse":
		c = MoreThan
	case w == "than" && prior == "better":
		c = LessThan
	default:
		return "", 0
	}
	start := j
	for start > r.done && (r.text(start-1) == "at" || r.is(start-1, moreWords) || r.is(start-1, lessWords) || r.text(start-1) == "up" || r.text(start-1) == "a" || r.text(start-1) == ">" || r.text(start-1) == "<") {
		start--
	}
	return r.negated(c, start)
}

// skipped may stand between a comparator and its number.
var skipped = set("a an of the age bmi score grade about approximately total")

var (
	overWords  = set("over above exceeds exceed exceeding beyond excess")
	underWords = set("under below")
	moreWords  = set("more greater older longer higher larger")
	lessWords  = set("less fewer younger lower smaller shorter")
)

// orEqual reads "greater than or equal to", "equal to or less than", and where it begins.
func (r *quantityReader) orEqual(j int) (c Comparator, at int) {
	for i := j; i >= max(r.done, j-6); i-- {
		switch {
		case r.is(i, moreWords), r.is(i, overWords):
			return AtLeast, i
		case r.is(i, lessWords), r.is(i, underWords):
			return AtMost, i
		}
	}
	return "", j
}

// negated turns a comparator that "no" or "not" precedes: "no more than", "must not exceed", "not be below".
func (r *quantityReader) negated(c Comparator, start int) (Comparator, int) {
	for i := start - 1; i >= max(r.done, start-3); i-- {
		switch r.text(i) {
		case "be", "have", "a", "is", "been", "bmi", "weigh", "aged", "being":
			continue
		case "no", "not", "never", "cannot", "nor":
			r.nots = append(r.nots, i)
			return turnedAbout[c], i
		}
		break
	}
	return c, start
}

// turnedAbout is what a comparator is once it is negated.
var turnedAbout = map[Comparator]Comparator{MoreThan: AtMost, LessThan: AtLeast, AtLeast: LessThan, AtMost: MoreThan}

// goesOn tells whether a number at i is a second bound of what the last quantity measures: "over 19 and under 35".
func (r *quantityReader) goesOn(i int) bool {
	c, start := r.before(i)
	if len(r.out) == 0 || c == "" || start == r.done {
		return false
	}
	for k := r.done; k < start; k++ {
		if !r.is(k, goingOn) {
			return false
		}
	}
	r.shared = r.turned && r.text(r.done) == "or"
	return true
}

var goingOn = set("and or but , not is be")

// overlooks tells whether a statement has a number with a comparator that is in none of the quantities found.
func overlooks(ts []token, found []Quantity) bool {
	r := quantityReader{ts: ts}
	for i, t := range ts {
		if t.kind != numberToken || !isDigit(t.text[0]) || r.isName(i) || slices.ContainsFunc(found, func(q Quantity) bool { return q.From <= t.from && t.from < q.To }) {
			continue
		}
		before, _ := r.before(i)
		after, _ := r.after(i + 1)
		if before != "" || after != "" {
			return true
		}
	}
	return false
}
