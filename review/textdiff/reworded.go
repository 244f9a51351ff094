package textdiff

import (
	"cmp"
	"math"
	"slices"

	"concordat/review/clause"
)

// reworded judges a clause in which words with a meaning went and others came.
func (e *edit) reworded(gone, came []word) []Finding {
	if f, ok := e.contrary(gone, came); ok {
		return []Finding{f}
	}
	if f, ok := e.otherNumbers(gone, came); ok {
		return []Finding{f}
	}
	switch l := likenessOf(e.before, e.after); {
	case l < rewritten:
		return []Finding{{CriterionAdded, Unclear, "It was written anew in other words; whether it means the same a person must say."}}
	case l < likely:
		return []Finding{{WordingOnly, Unclear, "Many words differ; whether they mean the same a person must say."}}
	}
	if !sameMeanings(e.before, e.after) {
		return []Finding{{WordingOnly, Unclear, "Other words, which are not known to mean the same; a person must say."}}
	}
	if f := e.small(); len(f) > 0 {
		return f
	}
	return []Finding{{WordingOnly, NoEffect, "Other words for the same."}}
}

// likely is the share of meaning words in common from which two wordings are taken to mean the same.
const likely = 0.4

// contrary finds a word that became its opposite: included, excluded.
func (e *edit) contrary(gone, came []word) (Finding, bool) {
	now := map[string]bool{}
	for _, w := range came {
		now[w.text] = true
	}
	for _, w := range gone {
		for _, o := range opposites[w.text] {
			switch {
			case !now[o.text]:
			case o.barred:
				return Finding{NegationChanged, Narrower, "What was allowed is barred."}, true
			default:
				return Finding{NegationChanged, Wider, "What was barred is allowed."}, true
			}
		}
	}
	return Finding{}, false
}

// otherNumbers finds that the quantities of two wordings differ.
func (e *edit) otherNumbers(gone, came []word) (Finding, bool) {
	if !hasNumber(gone) && !hasNumber(came) {
		return Finding{}, false
	}
	effect, why := e.weigh()
	if effect == NoEffect || effect == Unclear && sameFigures(gone, came) {
		return Finding{}, false
	}
	return Finding{QuantityChanged, effect, sentence(why)}, true
}

// number is a number in a row of words, a time in days with the unit that it was written in.
type number struct {
	value float64
	unit  string
}

// sameFigures tells whether the numbers that went are those that came, be they times in other units.
func sameFigures(gone, came []word) bool {
	return slices.EqualFunc(figuresIn(gone), figuresIn(came), func(a, b number) bool {
		if a.unit == b.unit {
			return a.value == b.value
		}
		return a.unit != "" && b.unit != "" && math.Abs(a.value-b.value) <= 0.03*max(a.value, b.value)
	})
}

// figuresIn lists the numbers in a row of words in the order of their size.
func figuresIn(ws []word) []number {
	var out []number
	for i, w := range ws {
		switch {
		case w.number && i+1 < len(ws) && days[ws[i+1].text] > 0:
			out = append(out, number{w.value * days[ws[i+1].text], singular(ws[i+1].text)})
		case w.number && w.value != 1: // "one" may be no number
			out = append(out, number{w.value, ""})
		case days[w.text] > 0 && (i == 0 || !ws[i-1].number):
			out = append(out, number{days[w.text], singular(w.text)})
		}
	}
	slices.SortFunc(out, func(a, b number) int { return cmp.Compare(a.value, b.value) })
	return out
}

// likenessOf is the share of their meaning words that two texts have in common, from 0 to 1.
func likenessOf(a, b string) float64 {
	x, y := clause.Terms(a), clause.Terms(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for _, t := range x {
		if _, ok := slices.BinarySearch(y, t); ok {
			both++
		}
	}
	return float64(both) / float64(min(len(x), len(y)))
}
