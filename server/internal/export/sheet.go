package export

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// A Table is what a page shows in rows, for a spreadsheet: the same cells in words.
type Table struct {
	Name    string // of the sheet
	Columns []Column
	Rows    [][]any // each cell is a string or an int
}

// A Column is a heading with the width of what stands below it, in characters.
type Column struct {
	Title string
	Width float64
}

// XLSX writes the table as a workbook of one sheet, row by row. The headings stay in view. A cell that begins like a
// formula is text, and stays text when somebody edits it.
func XLSX(w io.Writer, t Table) (err error) {
	book := excelize.NewFile()
	defer func() {
		if closed := book.Close(); err == nil {
			err = closed
		}
	}()
	name := sheetName(t.Name)
	if err := book.SetSheetName("Sheet1", name); err != nil {
		return fmt.Errorf("naming the sheet: %w", err)
	}
	s := sheet{}
	if s.head, err = book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}); err != nil {
		return fmt.Errorf("making a style: %w", err)
	}
	const asText = 49 // the number format "@"
	if s.text, err = book.NewStyle(&excelize.Style{NumFmt: asText}); err != nil {
		return fmt.Errorf("making a style: %w", err)
	}
	if s.StreamWriter, err = book.NewStreamWriter(name); err != nil {
		return fmt.Errorf("beginning the sheet: %w", err)
	}
	if err := s.write(t); err != nil {
		return fmt.Errorf("writing the sheet %s: %w", name, err)
	}
	return book.Write(w)
}

// sheet is a sheet that is being written.
type sheet struct {
	*excelize.StreamWriter
	head, text int // styles
}

func (s sheet) write(t Table) error {
	heads := make([]any, len(t.Columns))
	for i, c := range t.Columns { // widths come before the first row
		heads[i] = excelize.Cell{StyleID: s.head, Value: c.Title}
		if err := s.SetColWidth(i+1, i+1, c.Width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	if err := s.SetRow("A1", heads); err != nil {
		return err
	}
	for i, row := range t.Rows {
		cells := make([]any, len(row))
		for k, v := range row {
			cells[k] = v
			if text, ok := v.(string); ok {
				cells[k] = excelize.Cell{StyleID: s.text, Value: text}
			}
		}
		if err := s.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return s.Flush()
}

// sheetName is a name that a sheet can have: without seven signs, of 31 characters at most.
func sheetName(s string) string {
	s = strings.Trim(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, s), "' ")
	if r := []rune(s); len(r) > 31 {
		s = strings.TrimRight(string(r[:31]), "' ")
	}
	if s == "" {
		return "Sheet"
	}
	return s
}

// CSV writes the table with a mark by which spreadsheets know that it is UTF-8. A text that begins like a formula gets
// an apostrophe before it, or opening the file would run it.
func CSV(w io.Writer, t Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	var line []string
	for _, c := range t.Columns {
		line = append(line, harmless(c.Title))
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range t.Rows {
		line = line[:0]
		for _, v := range row {
			if text, ok := v.(string); ok {
				v = harmless(text)
			}
			line = append(line, fmt.Sprint(v))
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless is a text that no spreadsheet takes for a formula (OWASP, CSV injection).
func harmless(s string) string {
	begins, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, " \n\u00a0"))
	if strings.ContainsRune("=+-@\t\r＝＋－＠", begins) {
		return "'" + s
	}
	return s
}
