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

// cells gives the words of each cell, and for each cell the first of the cells that it is one with.
func (g *grid) cells() (words [][][]word, first [][][2]int) {
	rows, columns := len(g.ys)-1, len(g.xs)-1
	words, first = make([][][]word, rows), make([][][2]int, rows)
	for r := range rows {
		words[r], first[r] = make([][]word, columns), make([][2]int, columns)
		for c := range columns {
			first[r][c] = g.joined(first, r, c)
		}
	}
	for _, w := range g.words {
		r := slot(g.ys, w.base-0.3*w.size)
		c := slot(g.xs, (w.left+w.right)/2)
		at := first[r][c]
		words[at[0]][at[1]] = append(words[at[0]][at[1]], w)
	}
	return words, first
}

// joined says which cell a cell belongs to: itself, or the one above or to the left when no line parts them.
func (g *grid) joined(first [][][2]int, r, c int) [2]int {
	top, bottom, left, right := g.ys[r], g.ys[r+1], g.xs[c], g.xs[c+1]
	if c > 0 && !drawn(g.steep, left, top, bottom) {
		return first[r][c-1]
	}
	if r > 0 && !drawn(g.level, top, left, right) && first[r-1][c][1] == c {
		return first[r-1][c]
	}
	return [2]int{r, c}
}

// drawn says whether lines cover most of a side.
func drawn(rules []rule, at, from, to float64) bool {
	covered := 0.0
	for _, r := range rules {
		if abs(r.at-at) <= touching {
			covered = max(covered, min(r.to, to)-max(r.from, from))
		}
	}
	return covered >= 0.6*(to-from)
}

// slot is the gap between places that a number falls into.
func slot(at []float64, x float64) int {
	i, _ := slices.BinarySearch(at, x)
	return min(max(i-1, 0), len(at)-2)
}

// rawCells is the table with the words of each cell read as text. Rows and columns that hold nothing are the
// space between two lines.
func (g *grid) rawCells(read func([]line) []block) [][]rawCell {
	words, first := g.cells()
	keep := make([]bool, len(g.xs)-1)
	for r := range words {
		for c := range words[r] {
			keep[c] = keep[c] || len(words[r][c]) > 0 || g.xs[c+1]-g.xs[c] > 15
		}
	}
	var out [][]rawCell
	for r := range words {
		var cells [][]line
		var merged []bool
		for c := range words[r] {
			if keep[c] {
				cells = append(cells, linesIn(words[r][c], g.page))
				merged = append(merged, first[r][c] != [2]int{r, c})
			}
		}
		for _, row := range splitRow(cells) {
			if x, some := gridRow(row, merged, read); some {
				out = append(out, x)
			}
		}
	}
	return out
}

func gridRow(cells [][]line, merged []bool, read func([]line) []block) (out []rawCell, some bool) {
	for c, lines := range cells {
		x := rawCell{merged: merged[c]}
		if len(lines) > 0 {
			x.blocks, some = read(lines), true
		}
		out = append(out, x)
	}
	return out, some
}

// splitRow parts a row of a table that has no line where one is meant: in most of three columns or more, one
// short line stands beside one short line.
func splitRow(cells [][]line) [][][]line {
	tallest, used := 0, 0
	for c := range cells {
		if len(cells[c]) > len(cells[tallest]) {
			tallest = c
		}
		used += btoi(len(cells[c]) > 0)
	}
	even, words, lines := 0, 0, 0
	for _, c := range cells {
		even += btoi(len(c) == len(cells[tallest]))
		for _, l := range c {
			words, lines = words+len(l.words), lines+1
		}
	}
	if n := len(cells[tallest]); n < 2 || even < 3 || 10*even < 6*used || words > 3*lines {
		return [][][]line{cells}
	}
	out := make([][][]line, len(cells[tallest]))
	for i := range out {
		out[i] = make([][]line, len(cells))
	}
	for c := range cells {
		for _, l := range cells[c] {
			i := nearest(cells[tallest], l.base)
			out[i][c] = append(out[i][c], l)
		}
	}
	return out
}

// nearest is which of some lines is closest to a height.
func nearest(lines []line, base float64) int {
	best := 0
	for i, l := range lines {
		if abs(l.base-base) < abs(lines[best].base-base) {
			best = i
		}
	}
	return best
}
