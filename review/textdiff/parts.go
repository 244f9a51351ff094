package textdiff

import (
	"strings"
	"unicode"

	"concordat/review/clause"
)

// How much clauses must have in common to be parts of one.
const (
	ofPart  = 0.5 // of the words of each part, in the clause that was parted and in no other part
	ofWhole = 0.7 // twice the words in common over the words of the whole and of its parts
)

// joiner finds which clauses of one text are together one clause of the other. It changes the partners that it is
// given: each part's becomes the whole, the whole's its first part.
type joiner struct {
	whole, pieces []clause.Clause
	partner, back []int // of the wholes, and of the pieces; -1 for none
	stays         func(whole, piece int) bool
	parts         map[int][]int // by whole, at least two pieces that stand one after the other
	parted        map[int][]int // pieces that were parted themselves, and are no parts
}

// find looks at each stretch between two clauses that stayed, so that no part crosses another clause.
func (j *joiner) find() {
	w, p := 0, 0
	for i := 0; i <= len(j.partner); i++ {
		end := len(j.back)
		if i < len(j.partner) {
			if j.partner[i] < 0 || !j.stays(i, j.partner[i]) {
				continue
			}
			end = j.partner[i]
		}
		p = j.ofGap(w, i, p, end)
		if i < len(j.partner) {
			p = j.around(i, end, p)
		}
		w = i + 1
	}
}

// ofGap looks for the parts of wholes without a partner, and gives the first piece that is left for those after.
func (j *joiner) ofGap(w, wEnd, p, pEnd int) int {
	const most = 1 << 12 // pairs; policies have a handful
	if (wEnd-w)*(pEnd-p) > most {
		return p
	}
	for ; w < wEnd; w++ {
		if j.partner[w] >= 0 || !prose(j.whole[w].Kind) {
			continue
		}
		for k := p; k < pEnd; k++ {
			if n := j.from(w, k, k, pEnd); n > k {
				p = n
				break
			}
		}
	}
	return p
}

// around looks for more parts beside the partner of a whole, none before a floor.
func (j *joiner) around(w, piece, floor int) int {
	if !prose(j.whole[w].Kind) || j.whole[w].Words == j.pieces[piece].Words || j.parted[piece] != nil {
		return piece + 1
	}
	from := piece
	for from > floor && j.free(from-1) {
		from--
	}
	to := piece + 1
	for to < len(j.back) && j.free(to) {
		to++
	}
	if from == piece && to == piece+1 {
		return to
	}
	return max(piece+1, j.from(w, from, piece, to))
}

func (j *joiner) free(piece int) bool { return j.back[piece] < 0 && prose(j.pieces[piece].Kind) }

// from takes pieces from first on for parts of a whole, with must among them, and gives the piece after the last; first
// when they are none.
func (j *joiner) from(w, first, must, end int) int {
	left, all := bagOf(j.whole[w].Words), 0
	for _, n := range left {
		all += n
	}
	shared := left.take(j.pieces[must].Words, nil)
	total := all + count(j.pieces[must].Words)
	if must == first && j.back[must] < 0 && 2*shared < count(j.pieces[must].Words) {
		return first
	}
	lo, hi := must, must+1
	for ; lo > first && left.holds(j.pieces[lo-1].Words, &shared, &total); lo-- {
	}
	for ; hi < end && j.free(hi) && left.holds(j.pieces[hi].Words, &shared, &total); hi++ {
	}
	if hi-lo < 2 || float64(2*shared) < ofWhole*float64(total) {
		return first
	}
	for k := lo; k < hi; k++ {
		j.parts[w] = append(j.parts[w], k)
		j.back[k] = w
	}
	j.partner[w] = lo
	return hi
}

// bag counts words.
type bag map[string]int

func bagOf(words string) bag {
	out := bag{}
	for w := range strings.FieldsSeq(words) {
		if w = plainOf(w); w != "" {
			out[w]++
		}
	}
	return out
}

func plainOf(w string) string { return strings.ToLower(strings.TrimFunc(w, unicode.IsPunct)) }

func count(words string) int {
	n := 0
	for w := range strings.FieldsSeq(words) {
		if plainOf(w) != "" {
			n++
		}
	}
	return n
}

// take takes words out of the bag and tells how many it had; taken, where given, lists them.
func (b bag) take(words string, taken *[]string) int {
	n := 0
	for w := range strings.FieldsSeq(words) {
		if w = plainOf(w); b[w] > 0 {
			b[w]--
			n++
			if taken != nil {
				*taken = append(*taken, w)
			}
		}
	}
	return n
}

// holds takes the words of a part out of the bag when it has enough of them, and adds them to the sums.
func (b bag) holds(words string, shared, total *int) bool {
	var taken []string
	n, all := b.take(words, &taken), count(words)
	if n == 0 || float64(n) < ofPart*float64(all) {
		for _, w := range taken {
			b[w]++
		}
		return false
	}
	*shared, *total = *shared+n, *total+all
	return true
}

func prose(k clause.Kind) bool {
	return k == clause.Paragraph || k == clause.Item || k == clause.Quote || k == clause.Definition
}

// findParts finds the clauses that were parted and those that were joined, and changes the alignment to say so: all
// parts of a clause have it for their partner.
func findParts(before, after clause.Text, al clause.Alignment) (parted, joined map[int][]int) {
	split := joiner{whole: before.Clauses, pieces: after.Clauses, partner: al.After, back: al.Before, parts: map[int][]int{},
		stays: func(_, a int) bool { return !al.Moved[a] }}
	split.find()
	merge := joiner{whole: after.Clauses, pieces: before.Clauses, partner: al.Before, back: al.After, parts: map[int][]int{}, parted: split.parts,
		stays: func(a, _ int) bool { return !al.Moved[a] }}
	merge.find()
	return split.parts, merge.parts
}

// parts compares a clause with its parts: for each part the words of the clause that fall to it, which joined are the
// clause's. The words are those of a clause that was parted.
func (c *comparer) parts(whole string, parts []string) [][]Span {
	x := tokens(whole)
	var y []string
	for _, p := range parts {
		y = append(y, tokens(p)...)
	}
	out := make([][]Span, len(parts))
	if product := len(x) * len(y); product > clauseProduct || product > c.budget {
		for i, p := range parts {
			out[i] = spans(Insert, p)
		}
		out[0] = assemble(Span{Delete, whole}, Span{Insert, parts[0]})
		return out
	}
	c.budget -= len(x) * len(y)
	return cut(c.alphabet.compare(x, y), parts)
}

// cut parts runs where one part of the text after ends. What went there stays with the part before.
func cut(runs []Span, parts []string) [][]Span {
	out := make([][]Span, len(parts))
	at, left := 0, len(parts[0])
	for _, r := range runs {
		for r.Op != Delete && len(r.Text) > left && at+1 < len(parts) {
			out[at] = append(out[at], Span{r.Op, r.Text[:left]})
			r.Text = r.Text[left:]
			at++
			left = len(parts[at])
		}
		out[at] = append(out[at], r)
		if r.Op != Delete {
			left -= len(r.Text)
		}
	}
	for i := range out {
		out[i] = assemble(out[i]...)
	}
	return out
}

// swapped exchanges what came and what went.
func swapped(runs []Span) []Span {
	out := make([]Span, len(runs))
	for i, r := range runs {
		switch r.Op {
		case Insert:
			r.Op = Delete
		case Delete:
			r.Op = Insert
		}
		out[i] = r
	}
	return assemble(out...)
}
