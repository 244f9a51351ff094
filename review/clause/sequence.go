package clause

import "slices"

// sequence is a row of typed numbers that count on.
type sequence struct {
	class class
	shape string
	outer *sequence // the list that it began in, nil for none
	marks []mark
	last  int   // the value of the last
	path  []int // of the last, where they are dotted
}

// sequencer gathers marks into sequences as they come.
type sequencer struct {
	done   []*sequence
	open   []*sequence // lists, outermost first
	dotted *sequence
	parted bool // an unnumbered paragraph came since the last mark
}

// part says that a paragraph without a number came: a list that begins after it is not one inside the last.
func (s *sequencer) part() { s.parted = true }

// reset says that a heading came: no list goes on after it. Dotted numbers do.
func (s *sequencer) reset() {
	s.open, s.parted = nil, false
}

func (s *sequencer) add(m mark) {
	if m.path != nil {
		s.addDotted(m)
		s.parted = true
		return
	}
	if s.goOn(m) || s.begin(m) {
		s.parted = false
	}
}

// goOn adds m to the innermost open list of which it is the next.
func (s *sequencer) goOn(m mark) bool {
	for i := len(s.open) - 1; i >= 0; i-- {
		q := s.open[i]
		v, ok := m.values[q.class]
		if !ok || q.shape != m.shape || v != q.last+1 || m.indent > q.marks[0].indent+1 && !m.item {
			continue
		}
		q.marks, q.last = append(q.marks, m), v
		s.open = s.open[:i+1]
		return true
	}
	return false
}

// begin opens a list where m is the first of one.
func (s *sequencer) begin(m mark) bool {
	for _, c := range []class{letter, numeral, arabic} {
		if m.values[c] != 1 {
			continue
		}
		if s.parted || len(s.open) > 0 && s.open[0].marks[0].item != m.item {
			s.open = nil
		}
		if i := slices.IndexFunc(s.open, func(q *sequence) bool { return q.class == c && q.shape == m.shape }); i >= 0 {
			s.open = s.open[:i]
		}
		q := &sequence{class: c, shape: m.shape, marks: []mark{m}, last: 1}
		if len(s.open) > 0 {
			q.outer = s.open[len(s.open)-1]
		}
		s.open = append(s.open, q)
		s.done = append(s.done, q)
		return true
	}
	return false
}

func (s *sequencer) addDotted(m mark) {
	if s.dotted != nil && s.dotted.follows(m.path) {
		s.dotted.marks = append(s.dotted.marks, m)
		s.dotted.path = m.path
		return
	}
	if m.path[len(m.path)-1] == 1 {
		s.dotted = &sequence{class: dotted, shape: m.shape, marks: []mark{m}, path: m.path}
		s.done = append(s.done, s.dotted)
	}
}

// follows says whether path may come next: the next number of the same length, of a shorter one, or the first
// below. Once two have come a few may be missing, as where a paragraph was struck out.
func (q *sequence) follows(path []int) bool {
	step := 1
	if len(q.marks) >= 2 {
		step = 3
	}
	for i := range min(len(path), len(q.path)) {
		if path[i] == q.path[i] {
			continue
		}
		up := path[i] - q.path[i]
		return up >= 1 && up <= step && onlyOnes(path[i+1:])
	}
	return len(path) > len(q.path) && onlyOnes(path[len(q.path):])
}

func onlyOnes(path []int) bool {
	return !slices.ContainsFunc(path, func(v int) bool { return v != 1 })
}

// counts says whether the row is long enough to be one: a single number may be anything.
func (q *sequence) counts() bool { return len(q.marks) >= 2 }

// level is how many lists the sequence stands in.
func (q *sequence) level() int {
	n := 0
	for o := q.outer; o != nil; o = o.outer {
		if o.counts() {
			n++
		}
	}
	return n
}

// isList says whether the sequence is to become a Markdown list.
func (q *sequence) isList() bool { return q.class != dotted }
