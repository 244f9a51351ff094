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
}

// mostWays is how many ways to qualify are compared; policies have a handful.
const mostWays = 64

// ways are the ways in which a patient may meet a holding, each a row of limits that must all be kept; nil when there
// are too many.
func ways(h Holding) [][]limit {
	out := [][]limit{nil}
	var any [][]limit
	for i, k := range h.Criteria {
		own := waysOf(h.at(i))
		if len(own) == 0 {
			continue
		}
		if h.Reading.Alternative(k) {
			any = append(any, own...)
			continue
		}
		out = product(out, own)
	}
	if len(any) > 0 {
		out = product(out, any)
	}
	if len(out) > mostWays {
		return nil
	}
	return out
}

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

// waysOf are the ways to meet one criterion. A bar is turned about: "BMI over 35 is excluded" asks for at most 35.
func waysOf(c *clause.Criterion) [][]limit {
	var out [][]limit
	var last []limit
	for _, q := range c.Quantities {
		l := limitOf(q)
		if c.Side == clause.Bars || c.Side == clause.Exempts || c.Negated && c.Side == clause.Requires && bounded(q) {
			parts := l.turned()
			if len(parts) == 0 {
				continue
			}
			last = append(last, parts[0])
			for _, p := range parts[1:] {
				out = append(out, []limit{p})
			}
			continue
		}
		if q.Or && last != nil {
			out = append(out, last)
			last = nil
		}
		last = append(last, l)
	}
	if last != nil {
		out = append(out, last)
	}
	return out
}

// bounded tells whether a negation before a quantity turns it about: "not be aged over 40". Times do not: "has not
// smoked for 8 weeks".
func bounded(q clause.Quantity) bool {
	return q.Measure == clause.Age || q.Measure == clause.BMI || q.Measure == clause.Score
}

func limitOf(q clause.Quantity) limit {
	low, high, lowIn, highIn := q.Interval()
	l := limit{measure: q.Measure, of: q.Of, low: low, high: high, lowIn: lowIn, highIn: highIn, months: q.Window.Months, times: max(q.Window.Times, 1),
		counted: q.Measure == clause.Episodes || q.Measure == clause.Count}
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

// turned is what a limit leaves free: below its low end, and above its high end.
func (l limit) turned() []limit {
	var out []limit
	if !math.IsInf(l.high, 1) {
		x := l
		x.low, x.lowIn, x.high, x.highIn = l.high, !l.highIn, math.Inf(1), false
		out = append(out, x.inWhole())
	}
	if !math.IsInf(l.low, -1) {
		x := l
		x.high, x.highIn, x.low, x.lowIn = l.low, !l.lowIn, math.Inf(-1), false
		out = append(out, x.inWhole())
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
	if l.low < x.low*l.lax() || l.low == x.low && x.lowIn != l.lowIn && !x.lowIn {
		return false
	}
	if l.high > x.high/l.lax() || l.high == x.high && x.highIn != l.highIn && !x.highIn {
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

// lax allows for units of time that do not divide evenly: the field takes 12 weeks for 3 months.
func (l limit) lax() float64 {
	if l.measure == clause.Duration {
		return 0.92
	}
	return 1
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
