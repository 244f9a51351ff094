package intake

import (
	"cmp"
	"slices"
)

// touching is how far apart lines may end that were meant to meet, in points; it also takes the two lines of a
// double border for one.
const touching = 4.0

// A grid is a table whose lines are drawn.
type grid struct {
	xs, ys []float64 // of its lines, from left to right and from top to bottom
	level  []rule
	steep  []rule
	words  []word
	page   int
}

func (g *grid) box() box {
	return box{g.xs[0], g.ys[0], g.xs[len(g.xs)-1], g.ys[len(g.ys)-1]}
}

// grids finds the tables of a page by their lines, and gives the words that stand in none.
func (pg *pdfPage) grids(words []word) ([]*grid, []word) {
	var found []*grid
	for _, rules := range meeting(joinRules(pg.rules)) {
		if g := newGrid(rules, pg.number); g != nil {
			found = append(found, g)
		}
	}
	var rest []word
	for _, w := range words {
		if g := holding(found, w); g != nil {
			g.words = append(g.words, w)
			continue
		}
		rest = append(rest, w)
	}
	kept := found[:0]
	for _, g := range found {
		switch {
		case g.decorates(), g.tints(rest):
			rest = append(rest, g.words...)
		case len(g.words) > 0:
			kept = append(kept, g)
		}
	}
	return kept, rest
}

// decorates says whether the lines only part what stands on the page: most of it is in cells with columns of
// their own.
func (g *grid) decorates() bool {
	cells, _ := g.cells()
	inside, single := 0, len(g.xs) == 2 && len(g.ys) == 2 // a frame, or the tint of one row
	for _, r := range cells {
		for _, words := range r {
			rows := rowsOf(words, nil, g.page)
			for i := range rows {
				if single && len(rows[i].pieces) > 1 {
					return true
				}
				if b := findBand(rows[i:]); b.rows > 2 {
					inside += len(words)
					break
				}
			}
		}
	}
	return 2*inside > len(g.words)
}

// tints says whether the lines are the background of one row of a table whose other rows have none.
func (g *grid) tints(rest []word) bool {
	if len(g.ys) > 2 || len(g.words) == 0 {
		return false
	}
	b, near := g.box(), 2.5*g.words[0].size
	var beside []word
	for _, w := range rest {
		if w.base > b.top-near && w.base < b.bottom+near && w.left > b.left-touching && w.right < b.right+touching {
			beside = append(beside, w)
		}
	}
	for _, r := range rowsOf(beside, nil, g.page) {
		if len(r.pieces) > 1 {
			return true
		}
	}
	return false
}

// holding is the smallest grid that a word stands in.
func holding(grids []*grid, w word) *grid {
	var best *grid
	for _, g := range grids {
		b := g.box()
		if !b.holds((w.left+w.right)/2, w.base-0.3*w.size) {
			continue
		}
		if best == nil || b.width()*b.height() < best.box().width()*best.box().height() {
			best = g
		}
	}
	return best
}

// joinRules makes one line of the pieces that lie on it: many programs draw each side of each cell.
func joinRules(rules []rule) []rule {
	rules = slices.Clone(rules)
	slices.SortFunc(rules, func(a, b rule) int {
		if a.level != b.level {
			return cmp.Compare(btoi(a.level), btoi(b.level))
		}
		if c := cmp.Compare(int(a.at), int(b.at)); c != 0 {
			return c
		}
		return cmp.Compare(a.from, b.from)
	})
	var out []rule
	for _, r := range rules {
		if n := len(out) - 1; n >= 0 && out[n].level == r.level && abs(out[n].at-r.at) <= 1 && r.from <= out[n].to+touching {
			out[n].to = max(out[n].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func abs(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

// maxMeeting bounds the lines of a page that are compared with each other; a table of a page has some hundreds.
const maxMeeting = 4000

// meeting parts lines into groups that touch or cross.
func meeting(rules []rule) [][]rule {
	if len(rules) > maxMeeting {
		return nil
	}
	group := make([]int, len(rules))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, a := range rules {
		for j := i + 1; j < len(rules); j++ {
			if meet(a, rules[j]) {
				group[root(j)] = root(i)
			}
		}
	}
	at := map[int]int{}
	var out [][]rule
	for i, r := range rules {
		k, ok := at[root(i)]
		if !ok {
			k = len(out)
			at[root(i)] = k
			out = append(out, nil)
		}
		out[k] = append(out[k], r)
	}
	return out
}

func meet(a, b rule) bool {
	if a.level == b.level {
		return abs(a.at-b.at) <= touching && a.from <= b.to+touching && b.from <= a.to+touching
	}
	return a.at >= b.from-touching && a.at <= b.to+touching && b.at >= a.from-touching && b.at <= a.to+touching
}

// newGrid makes a table of lines that meet, nil when they make none. A side that is open is closed by the ends
// of the lines that lead to it.
func newGrid(rules []rule, page int) *grid {
	g := &grid{page: page}
	var xs, ys []float64
	for _, r := range rules {
		if r.level {
			g.level = append(g.level, r)
			ys = append(ys, r.at)
		} else {
			g.steep = append(g.steep, r)
			xs = append(xs, r.at)
		}
	}
	if len(g.level) == 0 || len(g.steep) == 0 {
		return nil
	}
	for _, r := range g.level {
		xs = outer(xs, r.from, r.to)
	}
	for _, r := range g.steep {
		ys = outer(ys, r.from, r.to)
	}
	g.xs, g.ys = places(xs), places(ys)
	if len(g.xs) < 2 || len(g.ys) < 2 || len(g.xs) > maxColumns+1 || len(g.ys) > 2000 {
		return nil
	}
	return g
}

// outer adds the ends of a line that stand out beyond all others.
func outer(at []float64, from, to float64) []float64 {
	const beyond = 12
	if from < slices.Min(at)-beyond {
		at = append(at, from)
	}
	if to > slices.Max(at)+beyond {
		at = append(at, to)
	}
	return at
}

// places are numbers in order, those that nearly agree as one.
func places(at []float64) []float64 {
	slices.Sort(at)
	var out []float64
	for _, x := range at {
		if len(out) == 0 || x-out[len(out)-1] > touching {
			out = append(out, x)
		}
	}
	return out
}
