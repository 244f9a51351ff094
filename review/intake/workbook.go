package intake

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html/charset"
)

// maxWorkbook bounds what a workbook is unpacked to.
const maxWorkbook = 64 << 20

// readWorkbook reads the sheets of an .xlsx file. The library is asked only for rows as they are shown: what else it
// offers holds a whole sheet in memory, padded to the farthest cell that a file claims to have.
func readWorkbook(data []byte, l *losses) (list []Sheet, err error) {
	merged, err := inspect(data, l)
	if err != nil {
		return nil, err
	}
	defer func() { // the library trusts references between parts
		if recover() != nil {
			list, err = nil, ErrDamaged
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{ShortDatePattern: "dd/mm/yyyy",
		UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook})
	if err != nil {
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	defer func() { _ = f.Close() }() // it has no temporary files: the limits are equal
	dayFirst(f)
	if merged {
		l.addAt(mergedCells, "")
	}
	facts, err := workbookFacts(data)
	if err != nil {
		return nil, err
	}
	return visibleSheets(f, facts, l)
}

func visibleSheets(f *excelize.File, facts map[string]*sheetFacts, l *losses) (list []Sheet, err error) {
	names := f.GetSheetList()
	if len(names) > maxSheets {
		return nil, ErrTooLarge
	}
	for _, name := range names {
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			l.addAt("the hidden sheet “"+shorten(name, 60)+"”, left out", "")
			continue
		}
		rows, err := sheetRows(f, name)
		if err != nil {
			return nil, err
		}
		s := Sheet{Name: name, Rows: rows}
		if known := facts[name]; known != nil {
			s.Rows, s.Boxes = known.mend(rows, sheetPlace(name, len(names)), l), known.boxes
		}
		list = append(list, s)
	}
	return list, nil
}

// sheetPlace is where a sheet's losses are: a sheet that is alone has no heading of its own.
func sheetPlace(name string, of int) string {
	if of < 2 {
		return ""
	}
	return afterHeading(name)
}

// sheetRows reads one sheet. A sheet without cells, such as a chart, has none.
func sheetRows(f *excelize.File, name string) (out [][]string, err error) {
	rows, err := f.Rows(name)
	if err != nil {
		var chart excelize.ErrSheetNotExist
		if errors.As(err, &chart) || strings.Contains(err.Error(), "not a worksheet") {
			return nil, nil
		}
		return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
	}
	for total, cells := 0, 0; rows.Next(); {
		row, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("%w (%v)", ErrDamaged, err)
		}
		if len(out) >= maxSheetRows {
			if len(trimRow(row)) > 0 {
				return nil, ErrTooLarge
			}
			continue // Excel keeps empty rows to the end of the sheet when a column was formatted
		}
		row = trimRow(row)
		for _, text := range row {
			total += len(text)
		}
		if cells += len(row); total > 2*maxMarkdown || cells > maxSheetCells {
			return nil, ErrTooLarge
		}
		out = append(out, slices.Clone(row)) // of a row, the library makes as many cells as the farthest one asks for
	}
	return out, rows.Close()
}

// dayFirst turns formats that show the month before the day, 04/13/2018: here they would be read the other way round.
func dayFirst(f *excelize.File) {
	if _, err := f.GetStyle(0); err != nil || f.Styles == nil || f.Styles.NumFmts == nil {
		return
	}
	for _, n := range f.Styles.NumFmts.NumFmt {
		n.FormatCode = monthFirst.ReplaceAllString(n.FormatCode, "${3}${2}${1}${4}")
	}
}

var monthFirst = regexp.MustCompile(`(?i)\b(m{1,2})([/.\-\\ ]{1,2})(d{1,2})([/.\-\\ ]{1,2}y)`)

// inspect looks through every part that may be XML before the library does, so that what it holds in memory is bounded,
// and tells whether cells are merged.
func inspect(data []byte, l *losses) (merged bool, err error) {
	a, err := openArchive(data)
	if err != nil {
		return false, err
	}
	if !a.has("xl/workbook.xml") {
		return false, ErrUnknown
	}
	a.measure.elements = maxWorkbookElements
	k := &cellCount{measure: a.measure}
	for name, f := range a.files {
		if strings.HasSuffix(name, "vbaproject.bin") {
			l.addAt("a macro (a program inside the file), left out", "")
			continue
		}
		if err := k.part(a, name, f); err != nil {
			return false, err
		}
	}
	return k.merged, nil
}

// A cellCount is what the parts of a workbook hold together.
type cellCount struct {
	measure *measure
	weight  int // of an element of the part that is being read
	merged  bool
	runes   int // of the string that is being read
}

// The library keeps the cells of sheets as words alone, and the elements of a few other parts each as a record.
const (
	maxWorkbookElements = 4_000_000
	recordWeight        = 20
)

func (k *cellCount) part(a *archive, name string, f *zip.File) error {
	k.weight = 1
	for _, kept := range []string{"styles.xml", "workbook.xml", ".rels", "content_types].xml", "theme1.xml"} {
		if strings.HasSuffix(name, kept) {
			k.weight = recordWeight
		}
	}
	r, err := a.open(f)
	if err != nil {
		return err
	}
	defer r.Close()
	return k.count(r)
}

func (k *cellCount) count(part io.Reader) error {
	d := xml.NewDecoder(part)
	d.CharsetReader = charset.NewReaderLabel // as the library does: what it reads is to be counted
	for level := 0; ; {
		t, err := d.RawToken()
		if errors.Is(err, ErrTooLarge) {
			return err
		}
		if err != nil {
			return nil //nolint:nilerr // the end, or no XML: a picture, or something at which the library stops too
		}
		switch t := t.(type) {
		case xml.Directive:
			return fmt.Errorf("%w (a document type)", ErrDamaged)
		case xml.StartElement:
			level++
			k.measure.elements -= k.weight
			k.element(t.Name.Local)
		case xml.EndElement:
			level--
		case xml.CharData:
			k.runes += len(t)
		}
		switch {
		case level > maxLevel:
			return fmt.Errorf("%w (nested too deeply)", ErrDamaged)
		case k.runes > 4*maxCellRunes:
			return ErrTooLarge
		}
		if err := k.measure.err(); err != nil {
			return err
		}
	}
}

func (k *cellCount) element(name string) {
	switch name {
	case "c":
		k.measure.cells--
		k.runes = 0
	case "si":
		k.measure.paragraphs-- // many cells may share one text
		k.runes = 0
	case "mergeCell":
		k.merged = true
	default:
		if name != "t" && name != "r" && name != "rPr" {
			k.runes = 0
		}
	}
}
