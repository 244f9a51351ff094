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
	Named bool   // it is called what was asked for; else it has only a part of it, or speaks of it
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

// sought is a word of a question, with the terms of the index that are taken for it and how good a match each is.
type sought struct {
	word  string
	terms map[string]float64
}

// Search finds the documents that have all the words that say what is looked for or, where none has, most of them. Those
// that are called so come first, then the best. A word is found by its stem, by its beginning or, when neither is
// anywhere, with one typing error. Words that say nothing about a treatment find nothing.
func (x *Index) Search(text string) []Match {
	said, needed := x.wordsOf(text)
	if len(needed) == 0 {
		return nil
	}
	scores := make([]float64, len(x.docs))
	counts := make([]int, len(x.docs))
	var all []sought
	for _, w := range said {
		q := sought{w, x.match(w)}
		must := slices.Contains(needed, w)
		if must {
			all = append(all, q)
		}
		for doc, score := range x.score(q) {
			scores[doc] += score
			if must {
				counts[doc]++
			}
		}
	}
	most := 1
	for _, n := range counts {
		most = max(most, n)
	}
	var found []Match
	for doc, n := range counts {
		if n == most {
			d := x.docs[doc]
			found = append(found, Match{Doc: doc, Named: d.named(all), Name: d.otherName(all), score: scores[doc] + x.whole(doc, text)})
		}
	}
	slices.SortFunc(found, func(a, b Match) int {
		return cmp.Or(first(a.Named, b.Named), cmp.Compare(b.score, a.score), cmp.Compare(x.docs[a.Doc].Title, x.docs[b.Doc].Title), cmp.Compare(a.Doc, b.Doc))
	})
	return found
}

// first puts what is so before what is not.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// wordsOf are the words of a question that say anything, and those of them that must be found. What joins words is kept
// when the texts have them so.
func (x *Index) wordsOf(text string) (said, needed []string) {
	for _, c := range chunks(text) {
		words, joined := parts(c)
		switch {
		case saysNothing[joined]:
			continue
		case joined != "" && (x.has(joined) || isCode(joined)):
			words = []string{joined}
		}
		for _, w := range words {
			if !saysNothing[w] && !slices.Contains(said, w) && len(said) < maxWords {
				said = append(said, w)
			}
		}
	}
	needed = slices.DeleteFunc(slices.Clone(said), func(w string) bool { return saysLittle[w] })
	if len(needed) == 0 {
		needed = said
	}
	return said, needed
}

// Vague tells whether a question does not say what is looked for.
func (x *Index) Vague(text string) bool {
	_, needed := x.wordsOf(text)
	return len(needed) == 0
}

func (x *Index) has(term string) bool {
	_, ok := slices.BinarySearch(x.terms, term)
	return ok
}

// isCode tells whether a word looks like a code of procedures or diagnoses: "a65", "a651".
func isCode(w string) bool {
	return len(w) >= 3 && len(w) <= 5 && w[0] >= 'a' && w[0] <= 'z' && strings.Trim(w[1:], "0123456789") == ""
}

// match gives the terms that are taken for a word.
func (x *Index) match(w string) map[string]float64 {
	out := map[string]float64{}
	x.exact(out, w, asTyped)
	x.exact(out, stem(w), asTyped)
	if isCode(w) && len(w) > 3 {
		x.exact(out, w[:3]+wholeCategory, asTyped)
		if len(out) == 0 {
			x.exact(out, w[:3], asPrefix)
		}
	}
	// A short word that stands in a text is that word and not the beginning of another: "ear" of "early".
	if len(w) > 3 || len(w) == 3 && (isCode(w) || !x.has(w)) {
		x.prefix(out, w)
	}
	if s := stem(w); len(s) >= 4 {
		x.prefix(out, s)
	}
	if len(out) == 0 && len(w) >= 4 {
		x.slips(out, w)
	}
	return out
}

func (x *Index) exact(out map[string]float64, term string, quality float64) {
	if x.has(term) {
		better(out, term, quality)
	}
}

func better(out map[string]float64, term string, quality float64) {
	out[term] = max(out[term], quality)
}

// score counts the documents of a word's terms: by where each stands, and a little by how rare it is.
func (x *Index) score(q sought) map[int]float64 {
	out := map[int]float64{}
	for term, quality := range q.terms {
		i, _ := slices.BinarySearch(x.terms, term)
		rare := 1 + 0.1*math.Log(float64(len(x.docs)+1)/float64(len(x.posts[i])))
		for _, p := range x.posts[i] {
			out[p.doc] = max(out[p.doc], quality*rare*weights[p.in])
		}
	}
	return out
}

func (x *Index) prefix(out map[string]float64, w string) {
	i, _ := slices.BinarySearch(x.terms, w)
	for ; i < len(x.terms) && strings.HasPrefix(x.terms[i], w); i++ {
		better(out, x.terms[i], asPrefix)
	}
}

// slips finds words, and beginnings of words, that are one typing error away.
func (x *Index) slips(out map[string]float64, w string) {
	for _, t := range x.terms {
		if len(t) < len(w)-1 {
			continue
		}
		if off(w, t) {
			better(out, t, withSlip)
			continue
		}
		for n := len(w) - 1; n <= len(w)+1 && n < len(t) && len(w) >= 5; n++ {
			if off(w, t[:n]) {
				better(out, t, withSlip*asPrefix)
				break
			}
		}
	}
}

// in tells whether a word of the question is among the terms.
func (q sought) in(terms []string) bool {
	return slices.ContainsFunc(terms, func(t string) bool { return q.terms[t] > 0 })
}

// named tells whether a document is called what was asked for: its title and codes, with one of its other names and one
// of its treatments, have all the words; or its specialty alone has.
func (d *Document) named(all []sought) bool {
	var missing []sought
	elsewhere := false
	for _, q := range all {
		if !q.in(d.own) {
			missing = append(missing, q)
		}
		elsewhere = elsewhere || !q.in(d.specialty)
	}
	if len(missing) == 0 || !elsewhere {
		return true
	}
	for _, name := range append([][]string{nil}, d.names...) {
		for _, treatment := range append([][]string{nil}, d.treatments...) {
			if !slices.ContainsFunc(missing, func(q sought) bool { return !q.in(name) && !q.in(treatment) }) {
				return true
			}
		}
	}
	return false
}

// otherName is the other name that has a word of the question which the title lacks; "" when there is none.
func (d *Document) otherName(all []sought) string {
	for _, q := range all {
		if q.in(d.own) {
			continue
		}
		for i, name := range d.names {
			if q.in(name) {
				return d.OtherNames[i]
			}
		}
	}
	return ""
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
