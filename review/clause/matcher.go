package clause

import (
	"slices"
	"strings"
	"unicode"
)

type content struct {
	kind  Kind
	words string
}

func newMatcher(before, after Text) *matcher {
	m := &matcher{}
	known := make(map[content]int, len(before.Clauses))
	m.before = m.newSide(before, known)
	m.after = m.newSide(after, known)
	return m
}

func (m *matcher) newSide(t Text, known map[content]int) side {
	n := len(t.Clauses)
	s := side{clauses: t.Clauses, id: make([]int, n), bag: make([][]uint64, n), partner: make([]int, n)}
	for i, c := range t.Clauses {
		key := content{c.Kind, c.Words}
		if c.Words == "" {
			key.words = strings.TrimSpace(t.Source(i)) // a rule or a link's definition is known by its Markdown
		}
		id, ok := known[key]
		if !ok {
			m.ids++
			id = m.ids
			known[key] = id
		}
		s.id[i], s.partner[i] = id, -1
	}
	return s
}

// byAnchor makes clauses of the same anchor the same, unless the anchors as a whole contradict the words: two
// unrelated texts may well count their anchors alike.
func (m *matcher) byAnchor() {
	at := make(map[string]int, len(m.before.clauses))
	for b, c := range m.before.clauses {
		if c.Anchor != "" {
			at[c.Anchor] = b
		}
	}
	shared, agreeing := map[int]int{}, 0
	for a, c := range m.after.clauses {
		b, ok := at[c.Anchor]
		if !ok || c.Anchor == "" || !kin(m.before.clauses[b].Kind, c.Kind) {
			continue
		}
		shared[a] = b
		delete(at, c.Anchor)
		if m.before.id[b] == m.after.id[a] || m.similarity(b, a) >= likely {
			agreeing++
		}
	}
	if 2*agreeing < len(shared) {
		return
	}
	for a := range m.after.clauses {
		if b, ok := shared[a]; ok {
			m.ids++
			m.before.id[b], m.after.id[a] = m.ids, m.ids
		}
	}
}

// kin says whether a clause of one kind may have become one of the other.
func kin(a, b Kind) bool {
	return a == b && a != Other || prose(a) && prose(b)
}

func prose(k Kind) bool {
	return k == Paragraph || k == Item || k == Quote || k == Definition
}

// similarity is twice the number of shared words over the number of all words, from 0 to 1.
func (m *matcher) similarity(b, a int) float64 {
	x, y := m.bag(&m.before, b), m.bag(&m.after, a)
	if len(x)+len(y) == 0 {
		return 0
	}
	shared := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			shared++
			i, j = i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(shared) / float64(len(x)+len(y))
}

func (m *matcher) bag(s *side, i int) []uint64 {
	if s.bag[i] != nil {
		return s.bag[i]
	}
	words := s.clauses[i].Words
	bag := make([]uint64, 0, len(words)/5+1)
	for word := range strings.FieldsSeq(words) {
		if word = strings.TrimFunc(word, unicode.IsPunct); word != "" {
			bag = append(bag, wordNumber(word))
		}
	}
	slices.Sort(bag)
	s.bag[i] = bag
	return bag
}

// wordNumber is FNV-1a of a word in small letters: the same for the same word on every run.
func wordNumber(word string) uint64 {
	number := uint64(14695981039346656037)
	for _, c := range []byte(strings.ToLower(word)) {
		number = (number ^ uint64(c)) * 1099511628211
	}
	return number
}
