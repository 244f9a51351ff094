package clause

// Parts finds which clauses of before were parted into several of after, and which of after several of before were
// joined into, and changes the alignment to say so: all parts of a clause have it for their partner, and its partner is
// the first of them. parted is by clause of before, joined by clause of after; each lists at least two clauses of the
// other text that stand one after the other. No clause is in two lists.
func Parts(before, after Text, al Alignment) (parted, joined map[int][]int) {
	split := joiner{whole: before.Clauses, pieces: after.Clauses, partner: al.After, back: al.Before, parts: map[int][]int{},
		stays: func(_, a int) bool { return !al.Moved[a] }}
	split.find()
	merge := joiner{whole: after.Clauses, pieces: before.Clauses, partner: al.Before, back: al.After, parts: map[int][]int{}, parted: split.parts,
		stays: func(a, _ int) bool { return !al.Moved[a] }}
	merge.find()
	return split.parts, merge.parts
}

// How much clauses must have in common to be parts of one.
const (
	ofPart  = 0.5 // of the words of each part, in the clause that was parted and in no other part
	ofWhole = 0.7 // twice the words in common over the words of the whole and of its parts
)

// joiner finds which clauses of one text are together one clause of the other. It changes the partners that it is
// given: each part's becomes the whole, the whole's its first part.
type joiner struct {
	whole, pieces []Clause
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
			if !j.free(k) {
				continue // it moved here from elsewhere
			}
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
