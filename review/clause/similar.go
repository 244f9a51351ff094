package clause

import (
	"cmp"
	"slices"
)

// How much of their words two clauses must share to be one clause that was edited.
const (
	alone  = 0.2 // when each is the only one without a partner at its place
	likely = 0.4 // when both stand at the same place
	sure   = 0.6 // when they stand at different places
	few    = 4   // a clause of fewer words is never recognised at another place
	common = 16  // a word in more clauses than this does not help to find a clause
	table  = 2e4 // pairs of clauses at one place that are all compared; beyond, only those near the diagonal
)

// similarInPlace pairs similar clauses between two neighbours that stayed.
func (m *matcher) similarInPlace() {
	strayed := moved(m.after)
	b, a := 0, 0
	for i := 0; i <= len(strayed); i++ {
		end := len(m.before.partner)
		if i < len(strayed) {
			if m.after.partner[i] < 0 || strayed[i] {
				continue
			}
			end = m.after.partner[i]
		}
		m.similarBetween(m.before.free(b, end), m.after.free(a, i))
		b, a = end+1, i+1
	}
}

// free lists the clauses of a stretch that have no partner.
func (s *side) free(from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		if s.partner[i] < 0 {
			out = append(out, i)
		}
	}
	return out
}

func (m *matcher) similarBetween(bs, as []int) {
	switch {
	case len(bs) == 0 || len(as) == 0:
	case len(bs) == 1 && len(as) == 1:
		if m.alike(bs[0], as[0]) || m.close(bs[0], as[0], alone) > 0 {
			m.pair(bs[0], as[0])
		}
	case len(bs)*len(as) <= table:
		m.bestInOrder(bs, as)
	default:
		m.nearDiagonal(bs, as)
	}
}

// alike tells at a glance whether two clauses of one kind have half of their words in common, at their ends: most edits
// leave most of a clause, and counting its words takes much longer.
func (m *matcher) alike(b, a int) bool {
	x, y := &m.before.clauses[b], &m.after.clauses[a]
	short, long := x.Words, y.Words
	if len(short) > len(long) {
		short, long = long, short
	}
	head := 0
	for head < len(short) && short[head] == long[head] {
		head++
	}
	tail := 0
	for tail < len(short)-head && short[len(short)-1-tail] == long[len(long)-1-tail] {
		tail++
	}
	return len(long) > 0 && 2*(head+tail) >= len(long) && kin(x.Kind, y.Kind)
}

// close is the similarity of two clauses, 0 when it is below the least that counts.
func (m *matcher) close(b, a int, least float64) float64 {
	if !kin(m.before.clauses[b].Kind, m.after.clauses[a].Kind) {
		return 0
	}
	if s := m.similarity(b, a); s >= least {
		return s
	}
	return 0
}

// bestInOrder pairs clauses without crossing, so that the sum of their similarities is greatest.
func (m *matcher) bestInOrder(bs, as []int) {
	width := len(as) + 1
	score := make([]float64, len(bs)*len(as))
	best := make([]float64, (len(bs)+1)*width)
	for i := len(bs) - 1; i >= 0; i-- {
		for j := len(as) - 1; j >= 0; j-- {
			s := m.close(bs[i], as[j], likely)
			score[i*len(as)+j] = s
			top := max(best[(i+1)*width+j], best[i*width+j+1])
			if s > 0 {
				top = max(top, s+best[(i+1)*width+j+1])
			}
			best[i*width+j] = top
		}
	}
	for i, j := 0, 0; i < len(bs) && j < len(as); {
		s := score[i*len(as)+j]
		switch top := best[i*width+j]; {
		case s > 0 && top == s+best[(i+1)*width+j+1]:
			m.pair(bs[i], as[j])
			i, j = i+1, j+1
		case top == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
}

// nearDiagonal looks for each clause's partner only about where it would stand if the place had grown evenly.
func (m *matcher) nearDiagonal(bs, as []int) {
	const reach = 3
	next := 0
	for k, a := range as {
		middle := k * len(bs) / len(as)
		for i := max(next, middle-reach); i < min(len(bs), middle+reach+1); i++ {
			if m.close(bs[i], a, likely) > 0 {
				m.pair(bs[i], a)
				next = i + 1
				break
			}
		}
	}
}

// likeness is a possible pair of clauses at different places.
type likeness struct {
	b, a  int
	score float64
}

// similarElsewhere pairs clauses that moved and were edited, the most similar first.
func (m *matcher) similarElsewhere() {
	places := m.rareWords()
	if len(places) == 0 {
		return
	}
	var found []likeness
	for _, a := range m.after.free(0, len(m.after.partner)) {
		found = append(found, m.candidates(places, a)...)
	}
	slices.SortFunc(found, func(x, y likeness) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.a+x.b, y.a+y.b), cmp.Compare(x.a, y.a))
	})
	for _, l := range found {
		if m.free(l.b, l.a) {
			m.pair(l.b, l.a)
		}
	}
}

// rareWords lists, for each word that few clauses hold, those of the text before that are still free.
func (m *matcher) rareWords() map[uint64][]int {
	places := map[uint64][]int{}
	for _, b := range m.before.free(0, len(m.before.partner)) {
		bag := m.bag(&m.before, b)
		if len(bag) < few {
			continue
		}
		for _, word := range slices.Compact(slices.Clone(bag)) {
			if len(places[word]) <= common {
				places[word] = append(places[word], b)
			}
		}
	}
	return places
}

// candidates are the clauses that share most rare words with clause a of the text after and are alike enough.
func (m *matcher) candidates(places map[uint64][]int, a int) []likeness {
	const most = 4
	bag := m.bag(&m.after, a)
	if len(bag) < few {
		return nil
	}
	shared := map[int]int{}
	for _, word := range slices.Compact(slices.Clone(bag)) {
		if list := places[word]; len(list) <= common {
			for _, b := range list {
				shared[b]++
			}
		}
	}
	order := make([]likeness, 0, len(shared))
	for b, n := range shared {
		order = append(order, likeness{b: b, a: a, score: float64(n)})
	}
	slices.SortFunc(order, func(x, y likeness) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.b, y.b))
	})
	var out []likeness
	for _, l := range order[:min(most, len(order))] {
		least := sure
		if m.siblings(l.b, a) {
			least = likely
		}
		if l.score = m.close(l.b, a, least); l.score > 0 {
			out = append(out, l)
		}
	}
	return out
}

// siblings says whether two clauses hang from the same clause.
func (m *matcher) siblings(b, a int) bool {
	x, y := m.before.clauses[b].Parent, m.after.clauses[a].Parent
	return x >= 0 && y >= 0 && m.before.partner[x] == y
}
