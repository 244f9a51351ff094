package textdiff

import (
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
	if likenessOf(e.before, e.after) < rewritten {
		return []Finding{{CriterionAdded, Unclear, "It was written anew in other words; whether it means the same a person must say."}}
	}
	return []Finding{{WordingOnly, NoEffect, "Other words for the same, as far as the words tell."}}
}

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
	if effect == NoEffect || effect == Unclear {
		return Finding{}, false
	}
	return Finding{QuantityChanged, effect, sentence(why)}, true
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
