package clause

// Alignment says which clause of one text became which of another. It is one to one.
type Alignment struct {
	After  []int  // for each clause of the text before, the index of its partner, -1 when it is gone
	Before []int  // for each clause of the text after, the index of its partner, -1 when it is new
	Moved  []bool // for each clause of the text after: its partner stood elsewhere among those that stayed
}

// Align finds for each clause what became of it. Anchors decide where both texts carry them and they agree with
// the words on the whole; for the rest content does: the same words in the same order, then the same words
// elsewhere, then similar words at the same place, then similar words elsewhere. The result depends on the two
// texts alone. Its time grows little more than with their length, whatever they hold.
func Align(before, after Text) Alignment {
	m := newMatcher(before, after)
	m.byAnchor()
	return m.align()
}

// alignContent is Align without regard to anchors.
func alignContent(before, after Text) Alignment {
	return newMatcher(before, after).align()
}

// matcher holds the two texts and the partners found so far.
type matcher struct {
	before, after side
	ids           int // how many different clauses there are
}

// side is one text of an alignment.
type side struct {
	clauses []Clause
	id      []int      // equal for clauses of the same kind and words
	bag     [][]uint64 // the clause's words as sorted numbers; only of clauses without an equal
	partner []int
}

func (m *matcher) align() Alignment {
	m.sameInOrder(window{0, len(m.before.id), 0, len(m.after.id)})
	m.sameElsewhere()
	m.similarInPlace()
	m.similarElsewhere()
	return Alignment{
		After:  m.before.partner,
		Before: m.after.partner,
		Moved:  moved(m.after),
	}
}

func (m *matcher) pair(b, a int) {
	m.before.partner[b], m.after.partner[a] = a, b
}

func (m *matcher) free(b, a int) bool {
	return m.before.partner[b] < 0 && m.after.partner[a] < 0
}

// moved tells the partners that stayed from those that moved, such that as few words as possible moved.
func moved(after side) []bool {
	out := make([]bool, len(after.partner))
	pairs := make([]weighted, 0, len(after.partner))
	for a, b := range after.partner {
		if b >= 0 {
			pairs = append(pairs, weighted{at: a, value: b, weight: 1 + len(after.clauses[a].Words)})
			out[a] = true
		}
	}
	for _, p := range heaviestRise(pairs) {
		out[p.at] = false
	}
	return out
}

// weighted is one of a row of values of which a rising part is to be chosen.
type weighted struct {
	at, value, weight int
}

// heaviestRise chooses, from a row of different values, the part that rises throughout and weighs most.
func heaviestRise(row []weighted) []weighted {
	if rises(row) {
		return row
	}
	best := make([]int, len(row)) // weight of the heaviest rise that ends here
	from := make([]int, len(row))
	top, last := tree{}, -1
	top.grow(row)
	for i, p := range row {
		from[i] = top.upTo(p.value)
		best[i] = p.weight
		if from[i] >= 0 {
			best[i] += best[from[i]]
		}
		top.put(p.value, i, best)
		if last < 0 || best[i] > best[last] {
			last = i
		}
	}
	var out []weighted
	for i := last; i >= 0; i = from[i] {
		out = append(out, row[i])
	}
	return out
}

func rises(row []weighted) bool {
	for i := 1; i < len(row); i++ {
		if row[i].value <= row[i-1].value {
			return false
		}
	}
	return true
}

// tree is a Fenwick tree of the best index among the values up to one.
type tree struct {
	slot []int
	best []int
}

func (t *tree) grow(row []weighted) {
	size := 1
	for _, p := range row {
		size = max(size, p.value+2)
	}
	t.slot = make([]int, size)
	for i := range t.slot {
		t.slot[i] = -1
	}
}

func (t *tree) upTo(value int) int {
	found := -1
	for i := value; i > 0; i -= i & -i { // values below value only: slot v+1 holds v
		if s := t.slot[i]; s >= 0 && (found < 0 || t.best[s] > t.best[found]) {
			found = s
		}
	}
	return found
}

func (t *tree) put(value, index int, best []int) {
	t.best = best
	for i := value + 1; i < len(t.slot); i += i & -i {
		if s := t.slot[i]; s < 0 || best[index] > best[s] {
			t.slot[i] = index
		}
	}
}
