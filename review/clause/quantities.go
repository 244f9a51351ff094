package clause

import "slices"

// quantityReader finds the quantities of one statement.
type quantityReader struct {
	ts     []token
	out    []Quantity
	done   int    // the token after the last quantity
	nots   []int  // tokens of negation that belong to a comparator
	lead   Window // a window said before what it bounds
	leadAt int
	turned bool // a negation turned the comparator of the last quantity
	shared bool // and it turns the next one too: "not over 65 or under 18"
}

// quantities finds the quantities of a statement, and which of its tokens of negation belong to them: the "no" of "no
// more than 5".
func quantities(ts []token) (found []Quantity, nots []int) {
	if !slices.ContainsFunc(ts, func(t token) bool {
		return t.kind == numberToken || t.kind == ratioToken || t.is(gradeWords|times)
	}) {
		return nil, nil
	}
	r := quantityReader{ts: ts}
	for i := 0; i < len(ts); i = max(i+1, r.done) {
		switch t := ts[i]; {
		case t.kind == numberToken:
			r.number(i)
		case t.kind == ratioToken:
			r.acuity(i)
		case t.is(gradeWords):
			r.grade(i)
		case t.text == "a" || t.text == "an" || t.text == "half":
			r.article(i)
		case t.text == "in" || t.text == "within" || t.text == "during" || t.text == "over":
			r.leading(i)
		}
	}
	if len(r.out) == 0 && r.lead.Months > 0 {
		r.absence()
	}
	r.shareOr()
	return r.out, r.nots
}

// absence makes a time of a window in which something must not have been: "has not smoked in the last 6 weeks".
func (r *quantityReader) absence() {
	for _, t := range r.ts {
		if t.is(notWords) || t.text == "stable" || t.text == "free" {
			r.out = append(r.out, Quantity{Measure: Duration, Compare: AtLeast, Low: r.lead.Months, High: r.lead.Months, Implied: true, From: r.ts[r.leadAt].from, To: r.ts[r.done-1].to})
			return
		}
	}
}

// shareOr makes all of a row of quantities alternatives when its last are joined by "or": "7 in 1 year, 5 a year for 2
// years, or 3 a year for 3 years".
func (r *quantityReader) shareOr() {
	for i := len(r.out) - 1; i > 1; i-- {
		if r.out[i].Or && r.out[i].Measure == r.out[i-1].Measure {
			r.out[i-1].Or = true
		}
	}
}

func (r *quantityReader) text(i int) string {
	if i < 0 || i >= len(r.ts) {
		return ""
	}
	return r.ts[i].text
}

func (r *quantityReader) is(i int, s wordSet) bool { return i >= 0 && i < len(r.ts) && r.ts[i].is(s) }

func (r *quantityReader) isNumber(i int) bool {
	return i >= 0 && i < len(r.ts) && r.ts[i].kind == numberToken
}

// number reads what a number at i begins.
func (r *quantityReader) number(i int) {
	if r.isName(i) || r.partOfAnother(i) {
		return
	}
	q := Quantity{Low: r.ts[i].value, High: r.ts[i].value, From: r.ts[i].from}
	next := i + 1
	if high, end := r.rangeEnd(i); end > 0 {
		q.Compare, q.High, next = Between, high, end
	}
	after, next := r.after(next)
	u, of, tail := r.unit(next)
	if after == "" {
		after, tail = r.after(tail)
	}
	if u.measure == Duration && q.Compare == "" && r.isWindow(i) {
		r.window(i, q.Low*u.factor, tail)
		return
	}
	u, ok := r.measureOf(i, tail, u)
	switch {
	case ok:
	case of != "":
		u, q.Of = unit{Count, 1}, of
	case r.text(i-1) == "x" && counted[r.text(i-2)] != "": // "injection x 2"
		u, q.Of = unit{Count, 1}, counted[r.text(i-2)]
	case r.perTime(next), r.counts(i):
		u = unit{Episodes, 1} // "5 or more in each of the last 2 years"
	case r.goesOn(i):
		u = unit{r.out[len(r.out)-1].Measure, 1}
	default:
		return
	}
	q.Measure = u.measure
	q.Low, q.High = q.Low*u.factor, q.High*u.factor
	r.finish(q, i, tail, after)
}

// partOfAnother tells whether a number is one with what stands beside it, which is not read: a power, 10^9, or a whole
// number with a fraction, 2 1/2.
func (r *quantityReader) partOfAnother(i int) bool {
	return r.text(i+1) == "^" || r.text(i-1) == "^" || i+1 < len(r.ts) && r.ts[i+1].kind == ratioToken
}

// counts tells whether a number with a comparator stands after a window and counts what the sentence or its list names.
func (r *quantityReader) counts(i int) bool {
	before, _ := r.before(i)
	return before != "" && r.lead.Months > 0
}

// finish gives a quantity its comparator and window and keeps it.
func (r *quantityReader) finish(q Quantity, at, tail int, after Comparator) {
	if q.Compare == "" {
		nots := len(r.nots)
		before, start := r.before(at)
		r.turned = len(r.nots) > nots
		if r.shared {
			before = turnedAbout[before]
		}
		q.Compare = after
		if after == "" {
			q.Compare = before
		}
		if before != "" {
			q.From = r.ts[start].from
		}
		if q.Compare == "" {
			q.Compare, q.Implied, q.Doubt = usual(q.Measure)
		}
	}
	if (q.Measure == Count || q.Measure == Episodes) && r.text(tail) != "." {
		var end int
		if q.Window, end = r.windowFrom(tail); end > 0 {
			tail = end
		} else if r.lead.Months > 0 {
			q.Window = r.lead
		}
	}
	q.To = r.ts[min(tail, len(r.ts))-1].to
	q.Or = len(r.out) > 0 && r.orBetween(at) && !r.shared
	r.shared = false
	r.done = tail
	if n := len(r.out); n > 0 && r.out[n-1].Same(q) && r.out[n-1].Of == q.Of {
		r.out[n-1].To = q.To
		return
	}
	r.out = append(r.out, q)
}

// perTime tells whether a window begins right after a number, which then counts what the sentence or its list names.
func (r *quantityReader) perTime(i int) bool {
	_, end := r.windowAt(i)
	return end > 0
}

// usual is the comparator that a measure has when a policy says none, and the doubt when there is no usual one.
func usual(m Measure) (Comparator, bool, string) {
	switch m {
	case Episodes, Duration, Hearing, Acuity, Angle, Weight, Size, Count, Percentage:
		return AtLeast, true, ""
	case Cycles:
		return AtMost, true, ""
	case Grade:
		return Exactly, true, ""
	}
	return Exactly, true, "the text does not say whether this is the least or the most"
}

func (r *quantityReader) orBetween(at int) bool {
	for i := at - 1; i >= r.done; i-- {
		if r.ts[i].text == "or" || r.ts[i].text == "/" {
			return true
		}
	}
	return false
}

// isName tells whether a number counts nothing: part of a name, of a date, of a list's binding.
func (r *quantityReader) isName(i int) bool {
	t, before, next := r.ts[i], r.text(i-1), r.text(i+1)
	switch {
	case r.is(i-1, names), r.month(i - 1), r.month(i+1) && t.value <= 31:
		return true
	case before == "." && i >= 2 && r.ts[i-2].to == r.ts[i-1].from && r.ts[i-1].to == t.from: // the end of a code: F34.1
		return true
	case r.year(i) && units[next].measure == "":
		return true
	}
	return r.bindsList(i)
}

// month tells whether a word is a month. "May" is one only beside a year: "children under 12 may be treated".
func (r *quantityReader) month(i int) bool {
	return r.is(i, monthNames) && (r.text(i) != "may" || r.year(i+1))
}

func (r *quantityReader) year(i int) bool {
	return r.isNumber(i) && r.ts[i].value >= 1900 && r.ts[i].value <= 2100 && len(r.ts[i].text) == 4
}

// bindsList tells whether a number says how many of a list are needed: "two or more of the following".
func (r *quantityReader) bindsList(i int) bool {
	for j := i + 1; j < min(len(r.ts), i+6); j++ {
		switch r.text(j) {
		case "or", "more", "least", "both", "criteria", "criterion", "conditions", "features":
		case "of":
			rest := r.text(j + 1)
			return rest == "the" && slices.Contains([]string{"following", "below", "criteria", "conditions", "above", "listed", "features", "four", "three", "five", "six"}, r.text(j+2)) ||
				rest == "these" || rest == "those" || rest == ":" || rest == "following"
		default:
			return false
		}
	}
	return false
}

// rangeEnd reads the second number of a range: "19 to 30", "19–30", "between 19 and 30".
func (r *quantityReader) rangeEnd(i int) (high float64, end int) {
	j := i + 1
	if units[r.text(j)].measure != "" && (r.text(j+1) != "and" || r.text(i-1) == "between") { // "19 kg/m² to 30 kg/m²"
		j++
	}
	if !r.isNumber(j+1) || r.ts[j+1].value < r.ts[i].value {
		return 0, 0
	}
	switch r.text(j) {
	case "-", "to":
		return r.ts[j+1].value, j + 2
	case "and":
		if r.text(i-1) == "between" || r.text(i-2) == "between" {
			return r.ts[j+1].value, j + 2
		}
	}
	return 0, 0
}

// unit reads the unit or the counted thing from token i on. Words that only describe it are passed over.
func (r *quantityReader) unit(i int) (u unit, of string, tail int) {
	if r.text(i) == "per" && r.text(i+1) == "cent" {
		return units["%"], "", i + 2
	}
	listed := r.text(i) == "," && r.is(i-1, comparatives) // "seven or more, documented, sore throats"
	far := 5
	for j := i; j < min(len(r.ts), i+far); j++ {
		t := r.ts[j]
		if t.text == "," && listed {
			far++
			continue
		}
		if u, ok := units[t.text]; ok && (t.text != "g" || j == i) {
			switch next := r.text(j + 1); {
			case t.text == "db" && (next == "hl" || next == "hearing"):
				j++
			case t.text == "°" && (next == "c" || next == "celsius"), t.text == "degrees" && next == "celsius", r.is(j+1, unitNames):
				return unit{}, "", i
			}
			if next := counted[r.text(j+2)]; u.measure == Episodes && r.text(j+1) == "of" && next != "" {
				return unit{}, next, j + 3 // "two episodes of quinsy"
			}
			return u, "", j + 1
		}
		if stem := counted[t.text]; stem != "" {
			return unit{}, stem, j + 1
		}
		if t.kind != wordToken && t.text != "-" || t.is(ends) {
			return unit{}, "", i
		}
	}
	return unit{}, "", i
}

// unitNames make a number and its unit a name: "the two-week pathway".
var unitNames = set("pathway wait rule referral control")

// ends are words after which a unit no longer belongs to the number before.
var ends = set("and or in of with who where for on at per a the if when to from by is are has have will must may")

// article reads "for a year", "more than a month" and "half a year".
func (r *quantityReader) article(i int) {
	n, next := 1.0, i+1
	if r.text(i) == "half" {
		n, next = 0.5, i+2
		if r.text(i+1) != "a" {
			return
		}
	}
	u := units[r.text(next)]
	before, _ := r.before(i)
	if u.measure != Duration || n == 1 && before == "" && r.text(i-1) != "for" || r.isWindow(i) {
		return
	}
	tail := next + 1
	if r.text(tail) == "and" && r.text(tail+1) == "a" && r.text(tail+2) == "half" { // "a year and a half"
		n, tail = n+0.5, tail+3
	}
	after, tail := r.after(tail)
	r.finish(Quantity{Measure: Duration, Low: n * u.factor, High: n * u.factor, From: r.ts[i].from}, i, tail, after)
}

// shorthands are the units of such times, by what stands below the stroke.
var shorthands = map[float64]string{12: "month", 52: "week", 7: "day"}

// shorthand reads a time as clinicians write it: "3/12" is three months, "6/52" six weeks.
func (r *quantityReader) shorthand(i int) bool {
	per := shorthands[r.ts[i].per]
	if per == "" || r.text(i+1) == "or" && (r.text(i+2) == "worse" || r.text(i+2) == "better") || slices.ContainsFunc(r.ts, func(t token) bool { return t.is(sightWords) }) {
		return false
	}
	after, tail := r.after(i + 1)
	n := r.ts[i].value * units[per].factor
	r.finish(Quantity{Measure: Duration, Low: n, High: n, From: r.ts[i].from}, i, tail, after)
	return true
}

// sightWords show that a ratio is a visual acuity.
var sightWords = set("acuity va vision visual snellen logmar eye sight bcva eyes corrected unaided")

// acuity reads a Snellen fraction.
func (r *quantityReader) acuity(i int) {
	t := r.ts[i]
	if r.shorthand(i) {
		return
	}
	if (t.value != 6 && t.value != 20 && t.value != 3) || t.per == 0 || t.per < 3 {
		return
	}
	after, tail := r.after(i + 1)
	v := logMAR(t)
	r.finish(Quantity{Measure: Acuity, Low: v, High: v, From: t.from}, i, tail, after)
}

var gradeWords = set("grade grades stage stages")

// grade reads "grade III", "grades 3 and 4", "grade II or above".
func (r *quantityReader) grade(i int) {
	at := i + 1
	for r.text(at) == "is" || r.text(at) == "of" || r.text(at) == "are" {
		at++
	}
	low, ok := r.gradeAt(at)
	if !ok {
		return
	}
	q := Quantity{Measure: Grade, Low: low, High: low, From: r.ts[i].from}
	tail := at + 1
	for r.text(tail) == "," { // "grade II, III or IV"
		if _, ok := r.gradeAt(tail + 1); !ok {
			break
		}
		tail += 2
	}
	switch r.text(tail) {
	case "-", "to", "and", "or", "/", "&":
		j := tail + 1
		if r.is(j, gradeWords) {
			j++
		}
		if high, ok := r.gradeAt(j); ok && high > low {
			q.Compare, q.High, tail = Between, high, j+1
		}
	}
	after, tail := r.after(tail)
	r.finish(q, i, tail, after)
}

func (r *quantityReader) gradeAt(i int) (float64, bool) {
	if r.isNumber(i) && r.ts[i].value <= 6 {
		return r.ts[i].value, true
	}
	v := slices.Index([]string{"i", "ii", "iii", "iv", "v"}, r.text(i)) + 1
	return float64(v), v > 0
}
