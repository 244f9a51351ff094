package intake

import "slices"

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
