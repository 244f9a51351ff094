package intake

import (
	"cmp"
	"regexp"
	"slices"
)

// A piece is a stretch of a row without a wide gap, or a whole table that stands there.
type piece struct {
	left, right float64
	words       []word
	grid        *grid
}

// A row is what stands side by side on a page.
type row struct {
	base, size float64
	bottom     float64 // of a table, else the base
	pieces     []piece
}

// A region is a stretch of a page in reading order: lines of one column, or a table.
type region struct {
	lines  []line
	left   float64 // of the column, 0 when the page has only one
	right  float64
	grid   *grid
	table  [][][]line // of a table without lines: rows, cells, lines
	unsure bool       // words stand side by side, and it is not plain in which order they are meant
	page   int
}

// A gutter is a gap between columns.
type gutter struct{ left, right float64 }

// wideGap parts pieces of a row, in heights of the font.
const wideGap = 0.8

// rowsOf puts words and tables into rows.
func rowsOf(words []word, grids []*grid, page int) []row {
	var out []row
	for _, l := range linesIn(words, page) {
		out = append(out, row{base: l.base, bottom: l.base, size: l.size, pieces: piecesOf(l)})
	}
	for _, g := range grids {
		b := g.box()
		out = append(out, row{base: b.top, bottom: b.bottom, pieces: []piece{{left: b.left, right: b.right, grid: g}}})
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.base, b.base) })
	return out
}

// aloneLabel is a mark that stands apart from the words that it belongs to.
var aloneLabel = regexp.MustCompile(`^(?:\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]|[0-9]{1,2}(?:\.[0-9]{1,3})+[.)]?|[•·∙▪▫●○◦■□◆◇❖►▶▸‣⁃➢➤➔✓✔☐☑☒–—−*o-])$`)

func piecesOf(l line) []piece {
	var out []piece
	for _, w := range l.words {
		if n := len(out) - 1; n >= 0 && (w.left-out[n].right <= wideGap*l.size || out[n].isLabel() || w.raised != 0) {
			out[n].words = append(out[n].words, w)
			out[n].right = max(out[n].right, w.right)
			continue
		}
		out = append(out, piece{left: w.left, right: w.right, words: []word{w}})
	}
	return out
}

func (p piece) isLabel() bool {
	return len(p.words) == 1 && aloneLabel.MatchString(p.words[0].text())
}

// readingOrder reads rows column by column where they stand in columns.
func readingOrder(rows []row, page, depth int) []region {
	if len(rows) > maxRows {
		return plainParts(rows, page)
	}
	var out []region
	var plain []row
	flush := func() {
		out = append(out, plainParts(plain, page)...)
		plain = nil
	}
	for i := 0; i < len(rows); {
		b := findBand(rows[i:])
		if b.rows == 0 || depth > 3 {
			plain = append(plain, rows[i])
			i++
			continue
		}
		flush()
		out = append(out, b.parts(rows[i:i+b.rows], page, depth)...)
		i += b.rows
	}
	flush()
	return out
}

// plainParts are rows in which nothing stands side by side.
func plainParts(rows []row, page int) []region {
	var out []region
	open := false
	for _, r := range rows {
		for _, p := range r.pieces {
			if p.grid != nil {
				out = append(out, region{grid: p.grid, page: page})
				open = false
			}
		}
		words := r.words()
		if len(words) == 0 {
			continue
		}
		if !open {
			out = append(out, region{page: page})
			open = true
		}
		p := &out[len(out)-1]
		p.unsure = p.unsure || r.parted()
		l := newLine(words, page)
		p.lines = append(p.lines, l)
		p.right = max(p.right, l.right)
	}
	return out
}

// parted says whether a gap in a row is wider than any justified line has.
func (r row) parted() bool {
	for i := 1; i < len(r.pieces); i++ {
		if r.pieces[i].left-r.pieces[i-1].right > 2*r.size {
			return true
		}
	}
	return false
}

func (r row) words() []word {
	var out []word
	for _, p := range r.pieces {
		out = append(out, p.words...)
	}
	return out
}

// A band is neighbouring rows with the same gutters between what stands in them.
type band struct {
	rows    int
	gutters []gutter
	prose   bool
}

// Rows of a page that are looked at, and looked at together. A page in small print has two hundred.
const (
	maxRows = 2000
	maxBand = 400
)

// findBand looks for columns that begin in the first of the rows: gaps that all rows leave free, with words on both
// sides of them. Lines of two columns need not stand on one level.
func findBand(rows []row) band {
	rows = rows[:min(len(rows), maxBand)]
	left, right := extent(rows)
	free := []gutter{{left, right}}
	var found []gutter
	end, l, r := 0, right, left
	for end < len(rows) {
		if end > 0 && striped(rows, end) && len(found) > 0 && (band{gutters: found}).alters(rows, end) {
			break
		}
		next := common(free, rows[end])
		nl, nr := rows[end].within(l, r)
		between := inside(next, nl, nr)
		if len(next) == 0 || len(found) > 0 && len(between) == 0 || end > 4 && 2*len(between) < len(found) {
			break
		}
		free, found, l, r = next, between, nl, nr
		end++
	}
	if len(found) == 0 {
		return band{}
	}
	b := band{rows: end, gutters: found}
	if end < len(rows) { // what ends the columns may have a heading that is only as wide as one of them
		b.rows -= b.trailing(rows[:end])
	}
	return b.judge(rows[:b.rows])
}

// striped says whether there is a wide gap above a row.
func striped(rows []row, i int) bool {
	return rows[i].base-rows[i-1].bottom > 1.55*max(rows[i].size, rows[i-1].size)
}

// alters says whether prose in columns ends above a gap: what follows, down to the next gap, is something else.
func (b band) alters(rows []row, at int) bool {
	if !b.judge(rows[:at]).prose {
		return false
	}
	to := at + 1
	for to < len(rows) && !striped(rows, to) {
		to++
	}
	columns := make([]bandColumn, len(b.gutters)+1)
	for _, r := range rows[at:to] {
		for _, p := range r.pieces {
			columns[b.column(p)].add(p, r)
		}
	}
	for _, c := range columns {
		if c.words < 3*c.rows {
			return true
		}
	}
	return false
}

// within widens the span from left to right to what a row fills.
func (r row) within(left, right float64) (float64, float64) {
	for _, p := range r.pieces {
		left, right = min(left, p.left), max(right, p.right)
	}
	return left, right
}

// inside are the gutters with something on both sides.
func inside(gutters []gutter, left, right float64) []gutter {
	var out []gutter
	for _, g := range gutters {
		if g.left > left && g.right < right {
			out = append(out, g)
		}
	}
	return out
}

// trailing is how many rows at the end of a band belong to what follows it: those that stand in one column only,
// after a wide gap below all others.
func (b band) trailing(rows []row) int {
	n := 0
	for n < len(rows) && rows[len(rows)-1-n].columns(b) == 1 && b.column(rows[len(rows)-1-n].pieces[0]) == 0 {
		n++
		at := len(rows) - n
		if at > 0 && striped(rows, at) {
			return n
		}
	}
	return 0
}

// columns is in how many columns a row has something.
func (r row) columns(b band) int {
	used := map[int]bool{}
	for _, p := range r.pieces {
		used[b.column(p)] = true
	}
	return len(used)
}

// common narrows gaps to what a row leaves free of them.
func common(gaps []gutter, r row) []gutter {
	const narrowest = 0.75
	var out []gutter
	for _, g := range gaps {
		left := g.left
		for _, p := range r.pieces { // from left to right
			if p.right <= left || p.left >= g.right {
				continue
			}
			out = append(out, gutter{left, p.left})
			left = p.right
		}
		out = append(out, gutter{left, g.right})
	}
	return slices.DeleteFunc(out, func(g gutter) bool { return g.right-g.left < max(5, narrowest*r.size) })
}

// judge says whether a band is columns of prose, a table, or nothing.
func (b band) judge(rows []row) band {
	columns := make([]bandColumn, len(b.gutters)+1)
	full := 0
	for _, r := range rows {
		for _, p := range r.pieces {
			columns[b.column(p)].add(p, r)
		}
		if r.columns(b) > 1 {
			full++
		}
	}
	b.prose = len(columns) <= 4
	top, bottom := columns[0].top, columns[0].bottom
	for _, c := range columns {
		b.prose = b.prose && c.rows >= 4 && c.words >= 3*c.rows
		top, bottom = max(top, c.top), min(bottom, c.bottom)
	}
	for _, c := range columns { // what stands below something else does not stand beside it
		b.prose = b.prose && bottom-top > 0.4*(c.bottom-c.top)
	}
	switch {
	case b.prose && stripes(rows) >= 2 && len(rows) <= 8*(stripes(rows)+1) && 2*full > len(rows):
		b.prose = false
	case !b.prose && (full < 2 || full < 3 && len(b.gutters) < 2 || 2*full < len(rows) || rows[0].columns(b) < 2):
		return band{}
	}
	return b
}

// A bandColumn is what one column of a band holds.
type bandColumn struct {
	rows, words int
	top, bottom float64
}

func (c *bandColumn) add(p piece, r row) {
	if c.rows == 0 {
		c.top = r.base
	}
	c.rows, c.words, c.bottom = c.rows+1, c.words+len(p.words), max(c.bottom, r.bottom)
	if p.grid != nil {
		c.words += 3
	}
}

// column is which column of a band a piece stands in.
func (b band) column(p piece) int {
	middle := (p.left + p.right) / 2
	for c, g := range b.gutters {
		if middle < (g.left+g.right)/2 {
			return c
		}
	}
	return len(b.gutters)
}

// stripes counts the gaps across all columns after which several of them begin anew, as rows of a table do.
func stripes(rows []row) int {
	n := 0
	for i := 1; i < len(rows); i++ {
		n += btoi(striped(rows, i) && len(rows[i].pieces) > 1)
	}
	return n
}

// parts reads a band: one column after the other, or as a table.
func (b band) parts(rows []row, page, depth int) []region {
	columns := make([][]row, len(b.gutters)+1)
	for _, r := range rows {
		at := map[int]int{}
		for _, p := range r.pieces {
			c := b.column(p)
			if _, ok := at[c]; !ok {
				at[c] = len(columns[c])
				columns[c] = append(columns[c], row{base: r.base, bottom: r.bottom, size: r.size})
			}
			x := &columns[c][at[c]]
			x.pieces = append(x.pieces, p)
		}
	}
	if !b.prose {
		return []region{{table: alignedRows(rows, b, page), page: page}}
	}
	var out []region
	for _, c := range columns {
		left, right := extent(c)
		for _, p := range readingOrder(c, page, depth+1) {
			p.left, p.right = left, right
			out = append(out, p)
		}
	}
	return out
}

func extent(rows []row) (left, right float64) {
	left, right = rows[0].pieces[0].left, 0
	for _, r := range rows {
		for _, p := range r.pieces {
			left, right = min(left, p.left), max(right, p.right)
		}
	}
	return left, right
}
