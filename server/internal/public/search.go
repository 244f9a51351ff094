package public

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Match is a document that was found.
type Match struct {
	Doc   int    // its place in the list that the index was made from
	Name  string // the other name by which it was found; "" when its title has the words
	score float64
}

// How good a match a word is, by how it was found.
const (
	asTyped  = 1.0
	asPrefix = 0.7
	withSlip = 0.4
)

// maxWords bounds the work for one question.
const maxWords = 12

// Search finds the documents that have all the words, best first. A word is found by its stem, by its beginning or,
// when neither is anywhere, with one typing error. When no document has all words, near is true and those are given
// that have most of them.
func (x *Index) Search(text string) (found []Match, near bool) {
	words := x.wordsOf(text)
	if len(words) == 0 {
		return nil, false
	}
	scores := make([]float64, len(x.docs))
	counts := make([]int, len(x.docs))
	for i, w := range words {
		for doc, score := range x.word(w, i == len(words)-1) {
			scores[doc] += score
			counts[doc]++
		}
	}
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	for doc, n := range counts {
		if n < most {
			continue
		}
		m := Match{Doc: doc, score: scores[doc]}
		m.score += x.whole(doc, text)
		m.Name = x.otherName(doc, words)
		found = append(found, m)
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(x.docs[a.Doc].Title, x.docs[b.Doc].Title), cmp.Compare(a.Doc, b.Doc))
	})
	return found, most < len(words)
}

// wordsOf are the words of a question. What joins words is kept when the texts have them so.
func (x *Index) wordsOf(text string) []string {
	var all, said []string
	for _, c := range chunks(text) {
		words, joined := parts(c)
		if joined != "" && (x.has(joined) || isCode(joined)) {
			words = []string{joined}
		}
		all = append(all, words...)
	}
	for _, w := range all {
		if !stopWords[w] && !slices.Contains(said, w) {
			said = append(said, w)
		}
	}
	if len(said) == 0 {
		said = all
	}
	return said[:min(len(said), maxWords)]
}

func (x *Index) has(term string) bool {
	_, ok := slices.BinarySearch(x.terms, term)
	return ok
}

// isCode tells whether a word looks like a code of procedures or diagnoses: "a65", "a651".
func isCode(w string) bool {
	return len(w) >= 3 && len(w) <= 5 && w[0] >= 'a' && w[0] <= 'z' && strings.Trim(w[1:], "0123456789") == ""
}

// word scores the documents that have a word.
func (x *Index) word(w string, last bool) map[int]float64 {
	out := map[int]float64{}
	x.exact(out, w, asTyped)
	if s := stem(w); s != w {
		x.exact(out, s, asTyped)
	}
	if isCode(w) && len(w) > 3 && len(out) == 0 {
		x.exact(out, w[:3], asPrefix)
	}
	if len(w) >= 3 || last {
		x.prefix(out, w)
		if s := stem(w); len(s) >= 4 {
			x.prefix(out, s)
		}
	}
	if len(out) == 0 && len(w) >= 4 {
		x.slips(out, w)
	}
	return out
}

func (x *Index) exact(out map[int]float64, term string, quality float64) {
	if i, ok := slices.BinarySearch(x.terms, term); ok {
		x.score(out, i, quality)
	}
}

// score counts a term's documents: by where the term stands, and a little by how rare it is.
func (x *Index) score(out map[int]float64, term int, quality float64) {
	rare := 1 + 0.1*math.Log(float64(len(x.docs)+1)/float64(len(x.posts[term])))
	for _, p := range x.posts[term] {
		out[p.doc] = max(out[p.doc], quality*rare*weights[p.in])
	}
}

func (x *Index) prefix(out map[int]float64, w string) {
	i, _ := slices.BinarySearch(x.terms, w)
	for ; i < len(x.terms) && strings.HasPrefix(x.terms[i], w); i++ {
		if x.terms[i] != w {
			x.score(out, i, asPrefix)
		}
	}
}

// slips finds words, and beginnings of words, that are one typing error away.
func (x *Index) slips(out map[int]float64, w string) {
	for i, t := range x.terms {
		if len(t) < len(w)-1 {
			continue
		}
		if off(w, t) {
			x.score(out, i, withSlip)
			continue
		}
		for n := len(w) - 1; n <= len(w)+1 && n < len(t) && len(w) >= 5; n++ {
			if off(w, t[:n]) {
				x.score(out, i, withSlip*asPrefix)
				break
			}
		}
	}
}

// whole is what a document gains when the question as a whole is its title or one of its names.
func (x *Index) whole(doc int, text string) float64 {
	q := strings.Join(chunks(text), " ")
	d := x.docs[doc]
	title := strings.Join(chunks(d.Title), " ")
	switch {
	case title == q:
		return 1000
	case strings.HasPrefix(title, q):
		return 50
	}
	for _, n := range d.OtherNames {
		if strings.Join(chunks(n), " ") == q {
			return 500
		}
	}
	return 0
}

// otherName is the other name that has a word of the question which the title lacks.
func (x *Index) otherName(doc int, words []string) string {
	d := x.docs[doc]
	for _, w := range words {
		if begins(d.Title, w) {
			continue
		}
		for _, n := range d.OtherNames {
			if begins(n, w) {
				return n
			}
		}
	}
	return ""
}

// begins tells whether a word of the text begins with w, or is w with one typing error.
func begins(text, w string) bool {
	s := stem(w)
	for _, c := range chunks(text) {
		words, joined := parts(c)
		for _, t := range append(words, joined) {
			if t != "" && (strings.HasPrefix(t, w) || stem(t) == s || len(w) >= 4 && off(w, t)) {
				return true
			}
		}
	}
	return false
}
