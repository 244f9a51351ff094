package clause

// window is a stretch of both texts.
type window struct {
	b0, b1, a0, a1 int
}

func (w window) empty() bool { return w.b0 >= w.b1 || w.a0 >= w.a1 }

// smallWindow is how many pairs of clauses a window may have for the exact method to be used on it.
const smallWindow = 1 << 14

// sameInOrder pairs clauses of the same words in order: first those at both ends, then those that occur once on
// each side, then within the windows between them. Where nothing occurs once, a small window is solved exactly
// and a large one from its front.
func (m *matcher) sameInOrder(all window) {
	work := []window{all}
	looks := 64 * (all.b1 + all.a1 + 1) // clauses that may be looked at for pins; hostile texts could need a square
	for len(work) > 0 {
		w := m.trim(work[len(work)-1])
		work = work[:len(work)-1]
		if w.empty() {
			continue
		}
		var pins []weighted
		if looks -= w.b1 - w.b0 + w.a1 - w.a0; looks > 0 {
			pins = m.pins(w)
		}
		switch {
		case len(pins) > 0:
			work = append(work, m.between(w, pins)...)
		case (w.b1-w.b0)*(w.a1-w.a0) <= smallWindow:
			m.longestCommon(w)
		default:
			m.fromFront(w)
		}
	}
}

// trim pairs what is equal at the ends of a window and returns what is left.
func (m *matcher) trim(w window) window {
	for !w.empty() && m.before.id[w.b0] == m.after.id[w.a0] {
		m.pair(w.b0, w.a0)
		w.b0, w.a0 = w.b0+1, w.a0+1
	}
	for !w.empty() && m.before.id[w.b1-1] == m.after.id[w.a1-1] {
		w.b1, w.a1 = w.b1-1, w.a1-1
		m.pair(w.b1, w.a1)
	}
	return w
}

// pins are the pairs, in order, of clauses that occur once on each side of a window.
func (m *matcher) pins(w window) []weighted {
	type seen struct{ b, a, times int }
	found := make(map[int]seen, w.b1-w.b0)
	for b := w.b0; b < w.b1; b++ {
		s := found[m.before.id[b]]
		found[m.before.id[b]] = seen{b: b, a: -1, times: s.times + 1}
	}
	for a := w.a0; a < w.a1; a++ {
		s, ok := found[m.after.id[a]]
		if !ok || s.times > 1 {
			continue
		}
		if s.a >= 0 {
			s.times = 2
		}
		s.a = a
		found[m.after.id[a]] = s
	}
	var row []weighted
	for a := w.a0; a < w.a1; a++ {
		if s, ok := found[m.after.id[a]]; ok && s.times == 1 && s.a == a {
			row = append(row, weighted{at: a, value: s.b, weight: 1 + len(m.after.clauses[a].Words)})
		}
	}
	return inOrder(heaviestRise(row))
}

// inOrder puts a rise into the order of the text.
func inOrder(rise []weighted) []weighted {
	if len(rise) > 1 && rise[0].at > rise[1].at {
		for i, j := 0, len(rise)-1; i < j; i, j = i+1, j-1 {
			rise[i], rise[j] = rise[j], rise[i]
		}
	}
	return rise
}

// between pairs the pins and returns the windows around them.
func (m *matcher) between(w window, pins []weighted) []window {
	var out []window
	b, a := w.b0, w.a0
	for _, p := range pins {
		m.pair(p.value, p.at)
		out = append(out, window{b, p.value, a, p.at})
		b, a = p.value+1, p.at+1
	}
	return append(out, window{b, w.b1, a, w.a1})
}

// longestCommon pairs as many equal clauses in order as there can be.
func (m *matcher) longestCommon(w window) {
	rows, cols := w.b1-w.b0, w.a1-w.a0
	length := make([]int16, (rows+1)*(cols+1))
	at := func(i, j int) *int16 { return &length[i*(cols+1)+j] }
	for i := rows - 1; i >= 0; i-- {
		for j := cols - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if m.before.id[w.b0+i] == m.after.id[w.a0+j] {
				*at(i, j) = *at(i+1, j+1) + 1
			}
		}
	}
	for i, j := 0, 0; i < rows && j < cols; {
		switch {
		case m.before.id[w.b0+i] == m.after.id[w.a0+j]:
			m.pair(w.b0+i, w.a0+j)
			i, j = i+1, j+1
		case *at(i+1, j) >= *at(i, j+1):
			i++
		default:
			j++
		}
	}
}

// fromFront pairs each clause with the next equal one that is still free, without looking back.
func (m *matcher) fromFront(w window) {
	places := map[int][]int{}
	for b := w.b0; b < w.b1; b++ {
		places[m.before.id[b]] = append(places[m.before.id[b]], b)
	}
	next := w.b0
	for a := w.a0; a < w.a1; a++ {
		list := places[m.after.id[a]]
		for len(list) > 0 && list[0] < next {
			list = list[1:]
		}
		places[m.after.id[a]] = list
		// A partner far ahead would leave all between without one.
		const reach = 64
		if len(list) > 0 && list[0] < next+reach {
			m.pair(list[0], a)
			next = list[0] + 1
		}
	}
}

// sameElsewhere pairs equal clauses that are still free, the first with the first.
func (m *matcher) sameElsewhere() {
	free := map[int][]int{}
	for b, partner := range m.before.partner {
		if partner < 0 {
			free[m.before.id[b]] = append(free[m.before.id[b]], b)
		}
	}
	if len(free) == 0 {
		return
	}
	for a, partner := range m.after.partner {
		if list := free[m.after.id[a]]; partner < 0 && len(list) > 0 {
			m.pair(list[0], a)
			free[m.after.id[a]] = list[1:]
		}
	}
}
