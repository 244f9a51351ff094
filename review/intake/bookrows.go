package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A column of a book that is a table.
type column uint8

const (
	otherColumn column = iota
	procedureColumn
	thresholdColumn
	codesColumn
)

// How people name the columns; the first that fits counts, so that “Procedure codes” are codes.
var columnNames = []struct {
	column column
	name   *regexp.Regexp
}{
	{codesColumn, regexp.MustCompile(`\b(?:opcs|icd|codes?)\b`)},
	{thresholdColumn, regexp.MustCompile(`\b(?:thresholds?|criteria|criterion|eligibility|statement|position|restrictions?)\b`)},
	{procedureColumn, regexp.MustCompile(`\b(?:procedures?|treatments?|interventions?|polic(?:y|ies)|topics?)\b`)},
}

// bookColumns reads a row as the head of a table of texts: nil unless it names procedures, and thresholds or codes.
func bookColumns(row []rawCell) []column {
	out := make([]column, len(row))
	var procedures, others int
	for i, c := range row {
		name := strings.ToLower(cellWords(c))
		if utf8.RuneCountInString(name) > 60 {
			return nil
		}
		for _, known := range columnNames {
			if known.name.MatchString(name) {
				out[i] = known.column
				break
			}
		}
		switch out[i] {
		case procedureColumn:
			if procedures++; procedures > 1 {
				out[i] = otherColumn
			}
		case thresholdColumn, codesColumn:
			others++
		}
	}
	if procedures == 0 || others == 0 {
		return nil
	}
	return out
}

func cellWords(c rawCell) string {
	runs, _ := oneLine(c.blocks)
	return plain(runs)
}

// bookHead looks for the head among the first rows of a table: a title may stand above it.
func bookHead(rows [][]rawCell) (at int, columns []column) {
	for at, row := range rows[:min(len(rows), 10)] {
		if columns := bookColumns(row); columns != nil {
			return at, columns
		}
	}
	return 0, nil
}

// bookRows makes of each table of texts a heading for each of its rows, with the other columns as sections below it;
// lists in cells are lists again, so what was told of them as lost is not.
func bookRows(blocks []block, losses []Loss) ([]block, []Loss) {
	var out []block
	where, level := "at the start", 0
	for _, b := range blocks {
		if b.kind == heading {
			where, level = afterHeading(plain(b.runs)), b.level
		}
		at, columns := 0, []column(nil)
		if b.kind == table {
			at, columns = bookHead(b.raw)
		}
		if columns == nil {
			out = append(out, b)
			continue
		}
		out = append(out, rowTexts(b.raw[at], joinedRows(b.raw[at+1:], columns), columns, min(max(level+1, 2), 5))...)
		losses = slices.DeleteFunc(slices.Clone(losses), func(l Loss) bool {
			return l.Where == where && (strings.HasSuffix(l.What, inOneLine) || strings.HasPrefix(l.What, mergedCells))
		})
	}
	return out, losses
}

// joinedRows adds a row that names no procedure to the one above, as merged cells leave it.
func joinedRows(rows [][]rawCell, columns []column) (out [][]rawCell) {
	title := slices.Index(columns, procedureColumn)
	for _, row := range rows {
		switch {
		case len(row) > title && cellWords(row[title]) != "" || len(out) == 0:
			out = append(out, row)
		default:
			out[len(out)-1] = addRow(out[len(out)-1], row)
		}
	}
	return slices.DeleteFunc(out, func(row []rawCell) bool {
		return !slices.ContainsFunc(row, func(c rawCell) bool { return len(shown(c.blocks)) > 0 })
	})
}

func addRow(above, row []rawCell) []rawCell {
	out := slices.Clone(above)
	for i, c := range row {
		if i == len(out) {
			out = append(out, rawCell{})
		}
		out[i].blocks = append(slices.Clone(out[i].blocks), c.blocks...)
	}
	return out
}

func rowTexts(head []rawCell, rows [][]rawCell, columns []column, level int) (out []block) {
	title := slices.Index(columns, procedureColumn)
	for _, row := range rows {
		begin := block{kind: heading, level: level, begins: true}
		if title < len(row) {
			begin.runs, _ = oneLine(row[title].blocks)
			begin.runs = without(begin.runs, bold)
		}
		if blank(begin.runs) {
			begin.runs = []run{{text: "A row without a name"}}
		}
		out = append(out, begin)
		for i, c := range row {
			if i == title || len(shown(c.blocks)) == 0 {
				continue
			}
			if i < len(head) && cellWords(head[i]) != "" {
				name, _ := oneLine(head[i].blocks)
				out = append(out, block{kind: heading, level: level + 1, runs: without(name, bold)})
			}
			for _, b := range typedLists(c.blocks) {
				if b.kind == heading {
					b.level = min(max(b.level, level+2), 6)
				}
				out = append(out, b)
			}
		}
	}
	return append(out, block{begins: true}) // what follows belongs to none of the rows
}
