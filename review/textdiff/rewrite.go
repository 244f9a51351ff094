package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// pairRewrites takes a clause that one side removed, and what that side wrote at its place in quite other words, for
// one clause that was rewritten, where the other side changed it too. Two people who replace one criterion have then
// one conflict that shows both, and not two criteria in force side by side. What both added alike stays by itself.
func (m *merger) pairRewrites() {
	ofMine := map[int]bool{}
	for _, t := range m.twins {
		ofMine[t.mine] = true
	}
	m.pairSide(m.toMine, m.mine, func(i int) bool { return ofMine[i] })
	m.pairSide(m.toTheirs, m.theirs, func(j int) bool { _, twin := m.twins[j]; return twin })
}

// pairSide looks at each stretch between two neighbours that stayed.
func (m *merger) pairSide(al clause.Alignment, side clause.Text, twin func(int) bool) {
	b, s := 0, 0
	for i := 0; i <= len(al.Before); i++ {
		end := len(al.After)
		if i < len(al.Before) {
			if al.Before[i] < 0 || al.Moved[i] {
				continue
			}
			end = al.Before[i]
		}
		m.pairStretch(al, side, stretch{b, end, s, i}, twin)
		b, s = end+1, i+1
	}
}

// stretch are clauses of the base from b to bEnd, and of a side from s to sEnd.
type stretch struct{ b, bEnd, s, sEnd int }

// pairStretch pairs what was removed with what was written there, in order: first those of one kind.
func (m *merger) pairStretch(al clause.Alignment, side clause.Text, in stretch, twin func(int) bool) {
	written := map[clause.Kind][]int{}
	for s := in.s; s < in.sEnd; s++ {
		if al.Before[s] < 0 && !twin(s) {
			written[side.Clauses[s].Kind] = append(written[side.Clauses[s].Kind], s)
		}
	}
	var left []int
	for b := in.b; b < in.bEnd; b++ {
		if al.After[b] >= 0 {
			continue
		}
		kind := m.base.Clauses[b].Kind
		if len(written[kind]) == 0 {
			left = append(left, b)
			continue
		}
		m.rewrite(al, b, written[kind][0])
		written[kind] = written[kind][1:]
	}
	var others []int
	for _, list := range written {
		others = append(others, list...)
	}
	slices.Sort(others)
	for i := range min(len(left), len(others)) {
		m.rewrite(al, left[i], others[i])
	}
}

// rewrite pairs clause b of the base with clause s of a side, when the other side changed it too.
func (m *merger) rewrite(al clause.Alignment, b, s int) {
	if m.mineChanged[b] && m.theirsChanged[b] {
		al.After[b], al.Before[s] = s, b
	}
}
