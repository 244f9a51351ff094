package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// meanings are what words say that decides who is meant: their terms, those that are known to mean the same as one, and
// the words that name less than their term.
type meanings []string

func meaningsOf(terms []string, words string) meanings {
	var out meanings
	for _, t := range terms {
		if one, ok := sameMeaning[t]; ok {
			t = one
		}
		if !saysNothing[t] {
			out = append(out, t)
		}
	}
	eachPlain(words, func(w []byte) {
		if sharper[string(w)] {
			out = append(out, "“"+string(w))
		}
	})
	slices.Sort(out)
	return slices.Compact(out)
}

// in tells whether others have all of them.
func (m meanings) in(others meanings) bool { return m.shared(others) == len(m) }

// shared is how many of them others have too.
func (m meanings) shared(others meanings) int {
	n := 0
	for _, t := range m {
		if slices.Contains(others, t) {
			n++
		}
	}
	return n
}

// sameMeanings tells whether two wordings are known to mean the same: they differ by grammar, order and spelling, and by
// words for the same.
func sameMeanings(a, b string) bool {
	x, y := meaningsOf(clause.Terms(a), a), meaningsOf(clause.Terms(b), b)
	return x.in(y) && y.in(x) && !contrary(a, b)
}

// How much of the meanings of two criteria must be known to be in the other too, for them to be taken for the same: all
// where numbers say the rest, half where there are none.
const (
	aroundNumbers = 1.0
	withoutNumber = 0.5
)

// meanSame tells whether at least a share of the meanings of two holdings are known to be in the other too, and neither
// has the contrary of what the other has. What a criterion hangs from counts for it, and the name of the treatment tells
// nobody apart.
func meanSame(a, b Holding, share float64) bool {
	x, y := a.Words(), b.Words()
	if x == y {
		return true
	}
	if contrary(x, y) {
		return false
	}
	own, other := meaningsOf(a.terms(), x), meaningsOf(b.terms(), y)
	wanted := share * float64(len(own)+len(other))
	if float64(own.shared(other)+other.shared(own)) >= wanted {
		return true
	}
	titles := append(a.title(), b.title()...)
	return float64(own.shared(b.around(other, titles))+other.shared(a.around(own, titles))) >= wanted
}

// around are the meanings of a holding with those of what it hangs from, and of other terms.
func (h Holding) around(own meanings, others []string) meanings {
	terms := slices.Clone(others)
	for i := range h.Criteria {
		for _, c := range h.at(i).Context {
			terms = append(terms, clause.Terms(c)...)
		}
	}
	return append(meaningsOf(terms, ""), own...)
}

// title are the terms of the heading that a text begins with.
func (h Holding) title() []string {
	if cs := h.Reading.Text.Clauses; len(cs) > 0 && cs[0].Kind == clause.Heading {
		return clause.Terms(cs[0].Words)
	}
	return nil
}

// contrary tells whether one of two wordings has a word that shuts out one of the other: "mild" and "severe".
func contrary(a, b string) bool {
	x := onScales(a)
	if x == nil {
		return false
	}
	y := onScales(b)
	for w, scale := range x {
		for v := range y {
			if y[v] == scale && y[w] == 0 && x[v] == 0 {
				return true
			}
		}
	}
	return false
}

// onScales are the words of a text that stand on a scale, with its number.
func onScales(words string) map[string]int {
	var out map[string]int
	eachPlain(words, func(w []byte) {
		n := contraries[string(w)]
		if n > 0 && out == nil {
			out = map[string]int{}
		}
		if n > 0 {
			out[string(w)] = n
		}
	})
	return out
}

// eachPlain gives the words of plain letters one by one, in small letters. It is quicker than heard, for it is asked for
// each cell of a matrix.
func eachPlain(words string, give func(w []byte)) {
	const longest = 24 // no word that is looked for has more letters
	buf := make([]byte, 0, longest)
	for i := 0; i <= len(words); i++ {
		if i < len(words) && letterOf(words[i]) {
			if len(buf) < longest {
				buf = append(buf, words[i]|0x20)
			}
			continue
		}
		if len(buf) > 0 {
			give(buf)
		}
		buf = buf[:0]
	}
}

func letterOf(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }
