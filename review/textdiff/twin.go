package textdiff

import (
	"cmp"
	"slices"

	"concordat/review/clause"
)

// findTwins pairs what theirs added with what mine added at the same place in like words, the likest first, so
// that two wordings of one new criterion do not both stand in the text unseen.
func (m *merger) findTwins() map[int]twinned {
	mine, theirs := slots(m.toMine), slots(m.toTheirs)
	twins := map[int]twinned{}
	for slot, added := range theirs {
		m.pairTwins(twins, slot, mine[slot], added)
	}
	return twins
}

// twinned is the clause of mine that is a twin, and the clause of the base that both follow, -1 for the start.
type twinned struct{ mine, slot int }

// slots lists the added clauses by the clause of the base that they follow, -1 for the start.
func slots(al clause.Alignment) map[int][]int {
	out := map[int][]int{}
	slot := -1
	for i, b := range al.Before {
		if b >= 0 {
			slot = b
			continue
		}
		out[slot] = append(out[slot], i)
	}
	return out
}

// slotLabel says where something was added.
func (m *merger) slotLabel(slot int) string {
	if slot < 0 {
		return "at the start"
	}
	return "after " + m.base.Clauses[slot].Label
}

type twin struct {
	mine, theirs int
	likeness     float64
}

func (m *merger) pairTwins(twins map[int]twinned, slot int, mine, theirs []int) {
	const most = 4096 // pairs that are all compared
	if len(mine)*len(theirs) > most {
		mine, theirs = mine[:min(len(mine), 64)], theirs[:min(len(theirs), 64)]
	}
	var found []twin
	for _, i := range mine {
		for _, j := range theirs {
			if l := m.likeness(i, j); l > 0 {
				found = append(found, twin{i, j, l})
			}
		}
	}
	// Of pairs of one likeness and one sum of places no two share a clause, so that the choice is the same with
	// mine and theirs exchanged.
	slices.SortFunc(found, func(x, y twin) int {
		return cmp.Or(cmp.Compare(y.likeness, x.likeness), cmp.Compare(x.mine+x.theirs, y.mine+y.theirs))
	})
	taken := map[int]bool{}
	for _, t := range found {
		if _, paired := twins[t.theirs]; paired || taken[t.mine] {
			continue
		}
		twins[t.theirs], taken[t.mine] = twinned{t.mine, slot}, true
	}
}

// likeness is the share of words that an added clause of mine and one of theirs have in common; 0 below half.
func (m *merger) likeness(i, j int) float64 {
	if m.mine.Source(i) == m.theirs.Source(j) {
		return 2
	}
	x, y := m.mine.Clauses[i], m.theirs.Clauses[j]
	if x.Kind != y.Kind {
		return 0
	}
	left := map[string]int{}
	total, shared := 0, 0
	for _, t := range tokens(x.Words) {
		if t != " " {
			left[t]++
			total++
		}
	}
	for _, t := range tokens(y.Words) {
		if t == " " {
			continue
		}
		total++
		if left[t] > 0 {
			left[t]--
			shared++
		}
	}
	if 4*shared < total || shared == 0 {
		return 0
	}
	return 2 * float64(shared) / float64(total)
}
