package textdiff

import (
	"math"

	"concordat/review/clause"
)

// limit is one bound that a patient must keep to.
type limit struct {
	measure       clause.Measure
	of            string
	low, high     float64
	lowIn, highIn bool
	months, times float64 // the window of what is counted; no months is ever
	counted       bool
	unit          timeUnit // in which a time is written
}

// mostWays is how many ways to qualify are compared; policies have a handful.
const mostWays = 64

// ways are the ways in which a patient may meet a holding, each a row of limits that must all be kept; nil when there
// are too many.
func ways(h Holding) [][]limit {
	out, pools := [][]limit{nil}, map[int][][]limit{}
	var order []int
	for i, k := range h.Criteria {
		own := waysOf(h.Reading, h.at(i))
		if len(own) == 0 {
			continue
		}
		pool, ok := poolOf(h.Reading, k)
		if !ok {
			out = product(out, own)
			continue
		}
		if pools[pool] == nil {
			order = append(order, pool)
		}
		pools[pool] = append(pools[pool], own...)
	}
	for _, pool := range order {
		out = product(out, pools[pool])
	}
	if len(out) > mostWays {
		return nil
	}
	return out
}

// poolOf names the criteria of which a patient has to meet only one: ways to qualify, and bars that turn away only those
// to whom all of them apply. ok is false for what has to be met by itself.
func poolOf(r *clause.Reading, k int) (pool int, ok bool) {
	c := &r.Criteria[k]
	if !turnsPatients(c) {
		return -1, r.Alternative(k)
	}
	if c.Group < 0 || r.Groups[c.Group].Binding != clause.AllOf {
		return 0, false
	}
	first := true
	for i := range r.Criteria {
		x := &r.Criteria[i]
		if x.Group != c.Group {
			continue
		}
		if !turnsPatients(x) || !first && x.Clause == r.Groups[c.Group].Clause && anew(r.Text.Clauses[x.Clause].Words[x.From:x.To]) {
			return 0, false
		}
		first = false
	}
	return c.Group, true
}

// turnsPatients tells whether meeting a criterion shuts a patient out of the policy.
func turnsPatients(c *clause.Criterion) bool {
	return c.Side == clause.Bars || c.Side == clause.Exempts
}

// anew tells whether words speak of patients anew, so that "and" before them joins two groups of patients and not two
// conditions for one: "a BMI over 35 and those aged over 60".
func anew(words string) bool {
	ws := heard(words)
	return anyOf(ws[:min(len(ws), 4)], groupsOfPatients)
}

var groupsOfPatients = list("patient patients person persons people those anyone anybody everyone everybody adult adults child children woman women man men")

func product(x, y [][]limit) [][]limit {
	var out [][]limit
	for _, a := range x {
		for _, b := range y {
			if len(out) > mostWays {
				return out
			}
			out = append(out, append(append([]limit(nil), a...), b...))
		}
	}
	return out
}

// waysOf are the ways to meet one criterion. A bar is turned about: "BMI over 35 is excluded" asks for at most 35, and
// where "and" joins two numbers of a bar, keeping clear of one is enough.
func waysOf(r *clause.Reading, c *clause.Criterion) [][]limit {
	words := r.Text.Clauses[c.Clause].Words
	var out [][]limit
	for _, set := range setsOf(c, words) {
		if !turnsPatients(c) {
			own := [][]limit{nil}
			for _, q := range set {
				if l := limitOf(q, words); negated(c, q) {
					own = product(own, l.turned())
				} else {
					own = product(own, [][]limit{{l}})
				}
			}
			out = append(out, own...)
			continue
		}
		var free [][]limit
		for _, q := range set {
			free = append(free, limitOf(q, words).turned()...)
		}
		if out == nil {
			out = [][]limit{nil}
		}
		out = product(out, free)
	}
	return out
}

// setsOf parts the quantities of a criterion at "or".
func setsOf(c *clause.Criterion, words string) [][]clause.Quantity {
	var out [][]clause.Quantity
	for i, q := range c.Quantities {
		apart := q.Or && !negated(c, q)
		if turnsPatients(c) && i > 0 {
			apart = apart || anew(piece(words, c.Quantities[i-1].To, q.From))
		}
		if i == 0 || apart {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], q)
	}
	return out
}

// piece is what stands between two bytes of words; "" when they are not of these words.
func piece(words string, from, to int) string {
	if from < 0 || to < from || to > len(words) {
		return ""
	}
	return words[from:to]
}

// negated tells whether a requirement asks for the contrary of a quantity: "not be aged over 40". Neither of two may hold
// then, be they joined by "and" or by "or".
func negated(c *clause.Criterion, q clause.Quantity) bool {
	return c.Negated && c.Side == clause.Requires && bounded(q)
}

// bounded tells whether a negation before a quantity turns it about: "not be aged over 40". Times do not: "has not
// smoked for 8 weeks".
func bounded(q clause.Quantity) bool {
	return q.Measure == clause.Age || q.Measure == clause.BMI || q.Measure == clause.Score
}

// limitOf is the bound of a quantity in the words of its clause.
func limitOf(q clause.Quantity, words string) limit {
	low, high, lowIn, highIn := q.Interval()
	l := limit{measure: q.Measure, of: q.Of, low: low, high: high, lowIn: lowIn, highIn: highIn, months: q.Window.Months, times: max(q.Window.Times, 1),
		counted: q.Measure == clause.Episodes || q.Measure == clause.Count}
	if q.Measure == clause.Duration {
		l.unit = unitOf(piece(words, q.From, q.To))
	}
	return l.inWhole()
}

// inWhole puts the bounds of what comes in whole numbers on those that are kept to: more than 10 episodes are 11 or more,
// and who is under 40 is 39 years old or younger.
func (l limit) inWhole() limit {
	switch l.measure {
	case clause.Episodes, clause.Count, clause.Cycles, clause.Age, clause.Score:
	default:
		return l
	}
	if !l.lowIn && !math.IsInf(l.low, -1) && l.low == math.Trunc(l.low) {
		l.low, l.lowIn = l.low+1, true
	}
	if !l.highIn && !math.IsInf(l.high, 1) && l.high == math.Trunc(l.high) {
		l.high, l.highIn = l.high-1, true
	}
	return l
}

// turned are the ways that a limit leaves free: above its high end, and below its low end.
func (l limit) turned() [][]limit {
	var out [][]limit
	if !math.IsInf(l.high, 1) {
		x := l
		x.low, x.lowIn, x.high, x.highIn = l.high, !l.highIn, math.Inf(1), false
		out = append(out, []limit{x.inWhole()})
	}
	if !math.IsInf(l.low, -1) {
		x := l
		x.high, x.highIn, x.low, x.lowIn = l.low, !l.lowIn, math.Inf(-1), false
		out = append(out, []limit{x.inWhole()})
	}
	return out
}

// implies tells whether everybody who meets one of x meets one of y.
func implies(x, y [][]limit) bool {
	for _, a := range x {
		found := false
		for _, b := range y {
			if found = all(a, b); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// all tells whether keeping to all limits of a keeps to all of b.
func all(a, b []limit) bool {
	for _, want := range b {
		found := false
		for _, have := range a {
			if found = have.implies(want); found {
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (l limit) comparable(x limit) bool {
	return l.measure == x.measure && (l.of == x.of || l.of == "" || x.of == "") || l.counted && x.counted
}

// implies tells whether keeping to l keeps to x. Numbers in a shorter window, and in more of them, ask for more.
func (l limit) implies(x limit) bool {
	if !l.comparable(x) {
		return false
	}
	if !l.reaches(l.low, x.low, x.unit) || l.low == x.low && x.lowIn != l.lowIn && !x.lowIn {
		return false
	}
	if !x.reaches(x.high, l.high, l.unit) || l.high == x.high && x.highIn != l.highIn && !x.highIn {
		return false
	}
	if !l.counted || math.IsInf(x.low, -1) {
		return true
	}
	switch {
	case x.months == 0:
		return true
	case l.months == 0:
		return false
	}
	return l.months <= x.months*1.02 && l.times >= x.times
}

// sameMeasures tells whether each side speaks of something that the other speaks of.
func sameMeasures(x, y [][]limit) bool {
	for _, a := range x {
		for _, l := range a {
			for _, b := range y {
				for _, m := range b {
					if l.comparable(m) {
						return true
					}
				}
			}
		}
	}
	return false
}
