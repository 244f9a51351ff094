package intake

import (
	"regexp"
	"strings"
)

// readSheet makes a text of a workbook or CSV: what stands alone in its row before a table is a heading or a paragraph,
// and each table stays one.
func readSheet(data []byte) (Document, error) {
	l := &losses{}
	list, err := sheets(data, l)
	if err != nil {
		return Document{}, err
	}
	var blocks []block
	for _, s := range list {
		if len(list) > 1 {
			blocks = append(blocks, block{kind: heading, level: 1, runs: []run{{text: s.Name}}})
			l.under(s.Name)
		}
		blocks = append(blocks, sheetBlocks(s, lastLevel(blocks), l)...)
	}
	return finish(Table, "", blocks, nil, l)
}

func sheetBlocks(s Sheet, level int, l *losses) []block {
	var out []block
	rows := s.Rows
	for len(rows) > 0 && filledCells(rows[0]) < 2 {
		for _, b := range cellBlocks(strings.Join(rows[0], ""), l) {
			if len(out) == 0 && len(rows) > 1 {
				b.kind, b.level = heading, level+1
				l.under(plain(b.runs))
			}
			out = append(out, b)
		}
		rows = rows[1:]
	}
	var cells [][]rawCell
	for _, row := range rows {
		if len(row) > maxColumns {
			l.add("columns of a table after the 63rd")
			row = row[:maxColumns]
		}
		if raw := rawRow(row, l); len(raw) > 0 {
			cells = append(cells, raw)
		}
	}
	out = append(out, shapeTable(cells, level, l)...)
	for _, words := range s.Boxes {
		l.add("the frame of a text box; its words are kept")
		out = append(out, block{runs: settled([]run{{text: words}}, l)})
	}
	return out
}

func filledCells(row []string) int {
	n := 0
	for _, text := range row {
		if text != "" {
			n++
		}
	}
	return n
}

func rawRow(row []string, l *losses) []rawCell {
	out := make([]rawCell, len(row))
	for i, text := range row {
		out[i].blocks = cellBlocks(text, l)
	}
	return out
}

// cellBlocks are the lines of a cell as paragraphs. Marks of items stay as they were typed: finish makes lists of them
// where they do not stay in a table.
func cellBlocks(text string, l *losses) []block {
	var out []block
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, block{runs: struckApart(marksApart(lineRuns(line), l), &losses{})}) // what is struck out was told with its cell
		}
	}
	return out
}

var struckWords = regexp.MustCompile(`~~(\S(?:.*?\S)?)~~`)

// lineRuns parts a line where words are struck out.
func lineRuns(line string) []run {
	var out []run
	for {
		m := struckWords.FindStringSubmatchIndex(line)
		if m == nil {
			return append(out, run{text: line})
		}
		if m[0] > 0 {
			out = append(out, run{text: line[:m[0]]})
		}
		out = append(out, run{text: line[m[2]:m[3]], style: strike})
		if line = line[m[1]:]; line == "" {
			return out
		}
	}
}
