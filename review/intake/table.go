package intake

import (
	"strings"
	"unicode/utf8"
)

// A rawCell is a cell with its blocks, before it is known whether the table stays one.
type rawCell struct {
	blocks []block
	merged bool // it goes on from the cell above or to the left, and is empty
}

// maxColumns is Word's own limit. maxPadding bounds the empty cells that merged ones leave in a table, which a
// few bytes could otherwise ask for in millions.
const (
	maxColumns = 63
	maxPadding = 50_000
)

// What is told of tables that stay tables.
const (
	mergedCells = "merged cells of a table; their words stand in the first of them"
	inOneLine   = ", put in one line"
)

// shapeTable decides what a table becomes: a table, or the text that it was laid around.
func shapeTable(rows [][]rawCell, headLevel int, l *losses) []block {
	width, merged := 0, false
	for _, r := range rows {
		width = max(width, len(r))
		for _, c := range r {
			merged = merged || c.merged
		}
	}
	switch {
	case width == 0:
		return nil
	case width == 1:
		return spillColumn(rows, l)
	case width == 2 && !merged && isForm(rows):
		return spillForm(rows, headLevel, l)
	case merged:
		l.add(mergedCells)
	}
	rows = boldless(rows)
	return []block{{kind: table, rows: flatten(rows, l), raw: rows}}
}

// boldless takes the bold look off a header row that is bold throughout: its place says as much.
func boldless(rows [][]rawCell) [][]rawCell {
	if len(rows) < 2 {
		return rows
	}
	for _, c := range rows[0] {
		for _, b := range c.blocks {
			if !allBold(b.runs) {
				return rows
			}
		}
	}
	for _, c := range rows[0] {
		for i := range c.blocks {
			c.blocks[i].runs = without(c.blocks[i].runs, bold)
		}
	}
	return rows
}

// spillColumn makes paragraphs of a table of one column, which people use as a frame.
func spillColumn(rows [][]rawCell, l *losses) []block {
	l.add("the frame around a text; its words are kept")
	var out []block
	for _, r := range rows {
		out = append(out, r[0].blocks...)
	}
	return out
}

// isForm knows a text that was laid out as a table: a short name on the left, and on the right what has lists or
// several paragraphs, which a table cell of Markdown could not hold.
func isForm(rows [][]rawCell) bool {
	rich := false
	for _, r := range rows {
		left := shown(r[0].blocks)
		if len(r) < 2 || len(left) != 1 || left[0].kind == table || left[0].kind == item || utf8.RuneCountInString(plain(left[0].runs)) > 80 {
			return false
		}
		right := shown(r[1].blocks)
		rich = rich || len(right) > 3
		for _, b := range right {
			rich = rich || b.kind == item && len(right) > 1
		}
	}
	return rich
}

// spillForm makes a heading of each name on the left, and text of what stands on the right.
func spillForm(rows [][]rawCell, headLevel int, l *losses) []block {
	l.add("a table that laid out the text, made into headings and text")
	level := min(max(headLevel+1, 2), 6)
	if bookColumns(rows[0]) != nil {
		rows = rows[1:] // it names the columns, which are no more
	}
	var out []block
	for _, r := range rows {
		name := shown(r[0].blocks)[0]
		l.under(plain(name.runs))
		out = append(out, block{kind: heading, level: level, runs: without(name.runs, bold)})
		for _, b := range r[1].blocks {
			if b.kind == heading {
				b.level = min(max(b.level, level+1), 6)
			}
			out = append(out, b)
		}
	}
	return out
}

// flatten makes one line of each cell.
func flatten(rows [][]rawCell, l *losses) [][]cell {
	out := make([][]cell, len(rows))
	for i, r := range rows {
		for _, c := range r {
			runs, lost := oneLine(c.blocks)
			if lost != "" {
				l.add(lost)
			}
			out[i] = append(out[i], cell{runs: runs})
		}
	}
	return out
}

// oneLine joins the blocks of a cell. Items keep their marks as text; what ends without a stop is parted from
// what follows by a semicolon, so that two criteria do not run together.
func oneLine(blocks []block) (runs []run, lost string) {
	for _, b := range shown(blocks) {
		next := b.runs
		switch b.kind {
		case table:
			next, lost = tableLine(b.rows), "a table inside a table cell"+inOneLine
		case item:
			mark := b.label
			if mark == "" {
				mark = "•"
			}
			next = append([]run{{text: mark + " "}}, next...)
			if lost == "" {
				lost = "a list inside a table cell" + inOneLine
			}
		}
		if len(runs) > 0 {
			if lost == "" {
				lost = "paragraphs inside a table cell" + inOneLine
			}
			last := &runs[len(runs)-1]
			last.text = strings.TrimRight(last.text, " \t\n")
			runs = append(runs, run{text: separator(plain(runs))})
		}
		runs = append(runs, next...)
	}
	return runs, lost
}

func separator(before string) string {
	if before == "" || strings.ContainsRune(".,;:!?", rune(before[len(before)-1])) {
		return " "
	}
	return "; "
}

func tableLine(rows [][]cell) []run {
	var out []run
	for _, r := range rows {
		for _, c := range r {
			if blank(c.runs) {
				continue
			}
			if len(out) > 0 {
				out = append(out, run{text: separator(plain(out))})
			}
			out = append(out, c.runs...)
		}
	}
	return out
}
