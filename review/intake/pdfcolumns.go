package intake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
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
	unsure bool
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
var aloneLabel = regexp.MustCompile(`^(?:\(?(?:[0-9]{1,3}|[A-Za-z]|[ivxlIVXL]{1,6})[.)]|[0-9]{1,2}(?:\.[0-9]{1,3})+[.)]?|[•·▪▫●○◦■□‣⁃➢➤✓✔☐☑☒–—*o-])$`)

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
		l := newLine(words, page)
		p.lines = append(p.lines, l)
		p.right = max(p.right, l.right)
	}
	return out
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
	unsure  bool
}

// findBand looks for columns that begin in the first of the rows.
func findBand(rows []row) band {
	if len(rows[0].pieces) < 2 {
		return band{}
	}
	free := gapsOf(rows[0])
	end, both := 1, 1
	for end < len(rows) {
		next := common(free, rows[end])
		if len(next) == 0 || both > 4 && 2*len(next) < len(free) {
			break
		}
		free = next
		if len(rows[end].pieces) > 1 {
			both = end + 1
		}
		end++
	}
	if end < len(rows) { // what ends the columns may have a heading that is only as wide as one of them
		end = both + trailing(rows[both:end])
	}
	b := band{rows: end, gutters: free}
	return b.judge(rows[:end])
}

// trailing is how many of the rows below the last that has several pieces still belong to the columns: those
// without a wide gap before them.
func trailing(rows []row) int {
	for i := 1; i < len(rows); i++ {
		if rows[i].base-rows[i-1].bottom > 1.6*rows[i].size {
			return i
		}
	}
	if len(rows) == 1 && rows[0].size > 0 {
		return 0
	}
	return len(rows)
}

// gapsOf gives the gaps between the pieces of a row.
func gapsOf(r row) []gutter {
	var out []gutter
	for i := 1; i < len(r.pieces); i++ {
		out = append(out, gutter{r.pieces[i-1].right, r.pieces[i].left})
	}
	return out
}

// common narrows gutters to what a row leaves free of them.
func common(gutters []gutter, r row) []gutter {
	const narrowest = 0.75
	var out []gutter
	for _, g := range gutters {
		left, right := g.left, g.right
		for _, p := range r.pieces {
			switch {
			case p.right <= left || p.left >= right:
			case p.left <= left && p.right >= right:
				left, right = 0, 0
			case p.left > left && p.left-left >= right-p.right:
				right = min(right, p.left)
			default:
				left = max(left, p.right)
			}
		}
		if right-left >= max(5, narrowest*r.size) {
			out = append(out, gutter{left, right})
		}
	}
	return out
}

// judge says whether a band is columns of prose, a table, or nothing.
func (b band) judge(rows []row) band {
	full := 0
	count := make([]int, len(b.gutters)+1)
	words := make([]int, len(b.gutters)+1)
	for _, r := range rows {
		used := map[int]bool{}
		for _, p := range r.pieces {
			c := b.column(p)
			used[c] = true
			words[c] += len(p.words)
			if p.grid != nil {
				words[c] += 10
			}
		}
		for c := range used {
			count[c]++
		}
		if len(used) > 1 {
			full++
		}
	}
	if full < 2 || full < 3 && len(b.gutters) < 2 {
		return band{}
	}
	b.prose = len(count) <= 4
	for c := range count {
		b.prose = b.prose && count[c] >= 4 && float64(words[c]) >= 3*float64(count[c])
	}
	if b.prose {
		if s := stripes(rows, b); s >= 2 && float64(len(rows)) <= 8*float64(s+1) {
			b.prose, b.unsure = false, true
		}
	}
	return b
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
func stripes(rows []row, b band) int {
	n := 0
	for i := 1; i < len(rows); i++ {
		if rows[i].base-rows[i-1].bottom > 1.55*rows[i].size && len(rows[i].pieces) > 1 {
			n++
		}
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
		return []region{{table: alignedRows(rows, b, page), page: page, unsure: true}}
	}
	var out []region
	for _, c := range columns {
		left, right := extent(c)
		for _, p := range readingOrder(c, page, depth+1) {
			p.left, p.right, p.unsure = left, right, p.unsure || b.unsure
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

// alignedRows makes the rows of a table of what stands in columns without lines. A row of the page goes on with
// the row above it when its first column is empty, or when it is closer to it than rows are.
func alignedRows(rows []row, b band, page int) [][][]line {
	close := lineGap(rows)
	var out [][][]line
	for i, r := range rows {
		cells := make([][]word, len(b.gutters)+1)
		for _, p := range r.pieces {
			cells[b.column(p)] = append(cells[b.column(p)], p.words...)
		}
		goesOn := i > 0 && len(out) > 0 && (len(cells[0]) == 0 || close > 0 && r.base-rows[i-1].base <= close)
		if !goesOn {
			out = append(out, make([][]line, len(cells)))
		}
		last := out[len(out)-1]
		for c, words := range cells {
			if len(words) > 0 {
				last[c] = append(last[c], newLine(words, page))
			}
		}
	}
	return out
}

// lineGap is the greatest distance of two lines of one cell, 0 when the rows of a table are all equally far apart.
func lineGap(rows []row) float64 {
	least, most := 0.0, 0.0
	for i := 1; i < len(rows); i++ {
		gap := rows[i].base - rows[i-1].base
		if least == 0 || gap < least {
			least = gap
		}
		most = max(most, gap)
	}
	if most < 1.25*least {
		return 0
	}
	return 1.1 * least
}

// contentsLine is a line of a table of contents.
var contentsLine = regexp.MustCompile(`^(.*\S)\s*(?:\.\s?){4,}\s*(?:[0-9]{1,4}|[ivxl]+)$|^.*…{2,}\s*[0-9]{1,4}$`)

// dropContents takes the table of contents off; it is made anew when the text is shown.
func dropContents(lines []line, l *losses, told *bool) []line {
	var out []line
	for _, x := range lines {
		if contentsLine.MatchString(x.text()) {
			if !*told {
				l.addAt("the table of contents, which is made anew when the text is shown", "")
			}
			*told = true
			if n := len(out) - 1; n >= 0 && isContentsName(out[n].text()) {
				out = out[:n]
			}
			continue
		}
		out = append(out, x)
	}
	return out
}

func isContentsName(s string) bool {
	switch strings.ToLower(strings.Trim(s, " :")) {
	case "contents", "table of contents", "contents page", "index":
		return true
	}
	return false
}
