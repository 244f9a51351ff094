package textdiff

import (
	"strings"

	"concordat/review/clause"
)

// judge says what units are, from the words and from the criteria of both texts.
type judge struct{ before, after clause.Text }

// findings are what a unit is; at least one.
func (j *judge) findings(u unit) []Finding {
	switch {
	case u.columns:
		return j.columns(u)
	case u.kind == Same:
		return []Finding{{Layout, NoEffect, "Only the layout differs."}}
	case j.long(u):
		return []Finding{{WordingOnly, Unclear, "It is too long to be judged: a person must read it."}}
	case u.kind == Moved:
		return j.moved(u)
	case len(u.before) == 0:
		return j.arrived(u.after[0], false)
	case len(u.after) == 0:
		return j.arrived(u.before[0], true)
	}
	found := j.edited(u)
	if u.kind == MovedEdited {
		found = append(found, j.moved(u)...)
	}
	return found
}

// Longest is how many bytes a clause may have to be judged. People write some hundred. clause.Text.Criteria reads as many
// words and marks of one at most, so nothing that is judged was left out by it.
const Longest = 10_000

func (j *judge) long(u unit) bool {
	n := 0
	for _, i := range u.before {
		n += len(j.before.Clauses[i].Words)
	}
	for _, i := range u.after {
		n += len(j.after.Clauses[i].Words)
	}
	return n > Longest
}

func joinWords(t clause.Text, clauses []int) string {
	words := make([]string, len(clauses))
	for k, i := range clauses {
		words[k] = t.Clauses[i].Words
	}
	return strings.Join(words, " ")
}

// moved looks whether a clause says the same at its new place: an exclusion may have become a criterion.
func (j *judge) moved(u unit) []Finding {
	x, y := read(j.before, u.before, ""), read(j.after, u.after, "")
	if x.Empty() != y.Empty() || !x.Empty() && x.at(0).Side != y.at(0).Side {
		return []Finding{{PlaceChanged, Unclear, "It stands under other words now, so it may do something else."}}
	}
	return []Finding{{PlaceChanged, NoEffect, "The words are the same at another place."}}
}
