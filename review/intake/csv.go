package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// readCSV reads a table whose cells are divided by commas, semicolons or tabs; which, its first lines say.
func readCSV(data []byte, l *losses) ([]Sheet, error) {
	text, ok := decode(data)
	switch {
	case !ok || isOtherBinary(data):
		return nil, ErrUnknown
	case len(text) > 4*maxMarkdown:
		return nil, ErrTooLarge
	}
	marked := bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
	if !marked && !utf8.Valid(data) {
		l.addAt("the file is not in UTF-8 and was read as Windows-1252: look at signs such as £, –, “ ” and letters with accents", "")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(text)
	comma := delimiter(text)
	if said, rest, ok := saidDelimiter(text); ok {
		comma, text = said, rest
	}
	if strings.Count(text, string(comma)) > 2*maxSheetCells { // a row is read as a whole, however long
		return nil, ErrTooLarge
	}
	rows, err := csvRows(text, comma, maxSheetRows)
	if err != nil {
		return nil, err
	}
	return []Sheet{{Rows: rows}}, nil
}

// saidDelimiter reads the first line "sep=;" that Excel writes and understands.
func saidDelimiter(text string) (comma rune, rest string, ok bool) {
	line, rest, _ := strings.Cut(text, "\n")
	if after, found := strings.CutPrefix(strings.ToLower(line), "sep="); found && len(after) == 1 && strings.ContainsAny(after, ",;\t|") {
		return rune(after[0]), rest, true
	}
	return 0, text, false
}

// delimiter is the sign that divides the first rows into the most cells, and into as many in each as can be.
func delimiter(text string) rune {
	best, most := ',', 0
	for _, comma := range []rune{',', ';', '\t'} {
		rows, err := csvRows(text[:min(len(text), 64<<10)], comma, 20)
		if err != nil {
			continue
		}
		counts, score := map[int]int{}, 0
		for _, row := range rows {
			if counts[len(row)]++; len(row) > 1 {
				score = max(score, counts[len(row)]*100+len(row))
			}
		}
		if score > most {
			best, most = comma, score
		}
	}
	return best
}

// csvRows reads at most so many rows when fewer are asked for than a file may have, and refuses more than that.
func csvRows(text string, comma rune, most int) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
	var rows [][]string
	for cells, bytes := 0, 0; ; {
		row, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, ErrDamaged
		}
		for _, text := range row {
			bytes += len(text)
		}
		if cells += len(row); cells > maxSheetCells || bytes > 2*maxMarkdown {
			return nil, ErrTooLarge
		}
		rows = append(rows, row)
		if len(rows) < most {
			continue
		}
		if most < maxSheetRows {
			return rows, nil
		}
		return nil, ErrTooLarge
	}
}
