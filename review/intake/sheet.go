package intake

import (
	"bytes"
	"fmt"
	"path"
	"strings"
)

// Sheet is a table of cells as a reader sees them: dates and numbers as shown, line breaks as "\n". Rows may differ in
// length. A merged cell has its words in its first place and leaves the others empty. What is struck out stands
// between ~~.
type Sheet struct {
	Name  string // of the sheet in a workbook; "" for CSV
	Rows  [][]string
	Boxes []string // the words of text boxes drawn over it, by paragraph
}

// What a workbook may hold: no table of policies comes near it. The bounds are on all its sheets together.
const (
	maxSheets     = 100
	maxSheetRows  = 50_000
	maxSheetCells = 300_000
	maxCellRunes  = 32_767 // Excel's own
)

// IsSheet says whether a file is a workbook, which its content says, or CSV, which only its name can say.
func IsSheet(name string, data []byte) bool { return isWorkbook(data) || isCSV(name) }

func isCSV(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".tsv":
		return true
	}
	return false
}

func isWorkbook(data []byte) bool {
	if !isZIP(data) {
		return false
	}
	a, err := openArchive(data)
	return err == nil && a.has("xl/workbook.xml")
}

// Sheets reads a workbook (.xlsx) or CSV as sheets that have words, hidden ones left out, and says what was lost.
// Errors are those of Read.
func Sheets(name string, data []byte) ([]Sheet, []Loss, error) {
	l := &losses{}
	list, err := sheets(data, l)
	if err != nil {
		return nil, nil, fmt.Errorf("reading %q: %w", name, err)
	}
	return list, l.list(), nil
}

func sheets(data []byte, l *losses) ([]Sheet, error) {
	switch {
	case len(data) > MaxBytes:
		return nil, ErrTooLarge
	case len(bytes.TrimSpace(data)) == 0:
		return nil, ErrEmpty
	case bytes.HasPrefix(data, oleMagic):
		return nil, oleError(data)
	}
	read := readCSV
	if isZIP(data) {
		read = readWorkbook
	}
	list, err := read(data, l)
	if err != nil {
		return nil, err
	}
	return filled(list)
}

// filled tidies cells, and leaves out sheets without words and the empty rows and columns around a table.
func filled(list []Sheet) ([]Sheet, error) {
	var out []Sheet
	total := 0
	for _, s := range list {
		for i, row := range s.Rows {
			for c, text := range row {
				row[c] = cellText(text)
				total += len(row[c])
			}
			s.Rows[i] = trimRow(row)
		}
		if total > maxMarkdown {
			return nil, ErrTooLarge
		}
		if s.Rows = trimRows(s.Rows); len(s.Rows)+len(s.Boxes) > 0 {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return nil, ErrEmpty
	}
	return out, nil
}

// cellText is the text of a cell with its line breaks and without what cannot be seen.
func cellText(text string) string {
	lines := strings.Split(normalise(strings.ToValidUTF8(text, "\uFFFD")), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.ReplaceAll(l, "\t", " "))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

func trimRow(row []string) []string {
	for len(row) > 0 && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	return row
}

// trimRows leaves out empty rows at the start and the end, and columns that are empty in all rows on the left.
func trimRows(rows [][]string) [][]string {
	for len(rows) > 0 && len(rows[0]) == 0 {
		rows = rows[1:]
	}
	for len(rows) > 0 && len(rows[len(rows)-1]) == 0 {
		rows = rows[:len(rows)-1]
	}
	margin := maxSheetCells
	for _, row := range rows {
		for c, text := range row {
			if text != "" {
				margin = min(margin, c)
				break
			}
		}
	}
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = row[min(margin, len(row)):]
	}
	return out
}
