package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// workbook builds an .xlsx file.
func workbook(t testing.TB, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	var b bytes.Buffer
	if err := errors.Join(fill(f), f.Write(&b), f.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func set(f *excelize.File, cell string, value any, format string) error {
	if format == "" {
		return f.SetCellValue("Sheet1", cell, value)
	}
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		return err
	}
	return errors.Join(f.SetCellValue("Sheet1", cell, value), f.SetCellStyle("Sheet1", cell, cell, style))
}

func TestSheetsShowWhatExcelShows(t *testing.T) {
	t.Parallel()
	day := time.Date(2018, 4, 13, 0, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		value  any
		format string
		want   string
	}{
		{"  plain \n words\u00a0here ", "", "plain\nwords here"},
		{day, "dd/mm/yyyy", "13/04/2018"},
		{day, "mm/dd/yyyy", "13/04/2018"},
		{day, "m-d-yy", "13-4-18"},
		{day, "mmm-yy", "Apr-18"},
		{day, "[$-809]dd mmmm yyyy;@", "13 April 2018"},
		{day, "[h]:mm:ss", "1036872:00:00"},
		{0.5, "0%", "50%"},
		{1234567.891, "#,##0.00", "1,234,567.89"},
		{0.1 + 0.2, "", "0.3"},
		{30, "", "30"},
		{true, "", "TRUE"},
	} {
		data := workbook(t, func(f *excelize.File) error { return set(f, "B2", tc.value, tc.format) })
		got, _, err := Sheets("x.xlsx", data)
		if want := []Sheet{{Name: "Sheet1", Rows: [][]string{{tc.want}}}}; err != nil || cmp.Diff(want, got) != "" {
			t.Errorf("%v as %q: %q, %v, want %q", tc.value, tc.format, got, err, tc.want)
		}
	}
	builtIn := workbook(t, func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		return errors.Join(err, f.SetCellValue("Sheet1", "A1", day), f.SetCellStyle("Sheet1", "A1", "A1", style))
	})
	if got, _, err := Sheets("x.xlsx", builtIn); err != nil || got[0].Rows[0][0] != "13/04/2018" {
		t.Errorf("the short date of the reader's country: %q, %v", got, err)
	}
}

func TestSheetsKeepTheShape(t *testing.T) {
	t.Parallel()
	data := workbook(t, func(f *excelize.File) error {
		_, err := f.NewSheet("Hidden")
		_, chart := f.NewSheet("Empty")
		rich := f.SetCellRichText("Sheet1", "D4", []excelize.RichTextRun{{Text: "bold ", Font: &excelize.Font{Bold: true}}, {Text: "plain"}})
		return errors.Join(err, chart, rich, f.SetCellValue("Hidden", "A1", "secret"), f.SetSheetVisible("Hidden", false),
			set(f, "B2", "Procedure", ""), set(f, "C2", "Threshold", ""), set(f, "B3", "Tonsillectomy", ""), f.MergeCell("Sheet1", "B3", "B4"), set(f, "C4", "7 episodes", ""), set(f, "C6", "end", ""))
	})
	got, lost, err := Sheets("x.xlsx", data)
	want := []Sheet{{Name: "Sheet1", Rows: [][]string{{"Procedure", "Threshold"}, {"Tonsillectomy"}, {"", "7 episodes", "bold plain"}, nil, {"", "end"}}}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if words := fmt.Sprint(lost); !strings.Contains(words, "merged cells") || !strings.Contains(words, "the hidden sheet “Hidden”") {
		t.Errorf("lost %s", words)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	want := [][]string{{"Procedure", "Threshold"}, {"Grommets", "over 3 months, “both” ears"}, {"Tonsils", "7;\nor 5"}}
	rows := `Procedure%sThreshold` + "\n" + `Grommets%s"over 3 months, “both” ears"` + "\n" + `Tonsils%s"7;` + "\n" + `or 5"` + "\n"
	divided := func(by string) string { return fmt.Sprintf(rows, by, by, by) }
	windows := strings.NewReplacer("“", "\x93", "”", "\x94").Replace(divided(","))
	for _, tc := range []struct{ name, data string }{
		{"commas", divided(",")}, {"semicolons", divided(";")}, {"tabs", divided("\t")},
		{"semicolons, said", "sep=;\r\n" + strings.ReplaceAll(divided(";"), "\n", "\r\n")},
		{"a mark of UTF-8", "\xef\xbb\xbf" + divided(",")},
		{"old line ends", strings.ReplaceAll(divided(";"), "\n", "\r")},
		{"Windows-1252", windows},
	} {
		got, lost, err := Sheets("x.csv", []byte(tc.data))
		if diff := cmp.Diff([]Sheet{{Rows: want}}, got); err != nil || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", tc.name, err, diff)
		}
		if said := strings.Contains(fmt.Sprint(lost), "Windows-1252"); said != (tc.name == "Windows-1252") {
			t.Errorf("%s: lost %v", tc.name, lost)
		}
	}
}

func TestSheetsRefuse(t *testing.T) {
	t.Parallel()
	plain := workbook(t, func(f *excelize.File) error { return set(f, "A1", "words", "") })
	sheet := func(inside string) []byte {
		return repacked(t, plain, "xl/worksheets/sheet1.xml", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`+inside+`</sheetData></worksheet>`)
	}
	for _, tc := range []struct {
		name string
		data []byte
		want error
	}{
		{"x.csv", []byte(" \n"), ErrEmpty},
		{"x.csv", []byte(",,,\n,,\n"), ErrEmpty},
		{"x.csv", []byte("%PDF-1.7"), ErrUnknown},
		{"x.csv", bytes.Repeat([]byte("a,b\n"), maxSheetRows+1), ErrTooLarge},
		{"x.csv", bytes.Repeat([]byte(","), maxSheetCells+1), ErrTooLarge},
		{"empty.xlsx", workbook(t, func(*excelize.File) error { return nil }), ErrEmpty},
		{"old.xls", append(append(append([]byte{}, oleMagic...), make([]byte, 512)...), utf16le("Workbook")...), ErrOldSheet},
		{"locked.xlsx", append(append(append([]byte{}, oleMagic...), make([]byte, 512)...), utf16le("EncryptedPackage")...), ErrEncrypted},
		{"word.xlsx", docx(t, map[string]string{"body.xml": p("words")}), ErrUnknown},
		{"half.xlsx", plain[:len(plain)/2], ErrDamaged},
		{"cells.xlsx", sheet("<row>" + strings.Repeat(`<c r="A1"/>`, maxSheetCells+1) + "</row>"), ErrTooLarge},
		{"words.xlsx", sheet(`<row><c t="inlineStr"><is><t>` + strings.Repeat("x", 5*maxCellRunes) + `</t></is></c></row>`), ErrTooLarge},
		{"bomb.xlsx", sheet(strings.Repeat(" ", maxPart+1)), ErrTooLarge},
		{"far.xlsx", sheet(strings.Repeat(`<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>`, 50)), ErrTooLarge},
		{"levels.xlsx", sheet(strings.Repeat("<row>", maxLevel+1)), ErrDamaged},
	} {
		if got, _, err := Sheets(tc.name, tc.data); !errors.Is(err, tc.want) {
			t.Errorf("%s: %.60v, %v, want %v", tc.name, got, err, tc.want)
		}
	}
}

// repacked is an archive with one part replaced.
func repacked(t testing.TB, data []byte, part, inside string) []byte {
	t.Helper()
	a, err := openArchive(data)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range a.files {
		if files[f.Name] = inside; f.Name == part {
			continue
		}
		files[f.Name] = unpacked(t, a, f.Name)
	}
	return zipped(t, files)
}

func unpacked(t testing.TB, a *archive, part string) string {
	t.Helper()
	r, err := a.part(part)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestReadWorkbook(t *testing.T) {
	t.Parallel()
	data := workbook(t, func(f *excelize.File) error {
		return errors.Join(set(f, "A1", "Tonsillectomy policy", ""), set(f, "A3", "Criterion", ""), set(f, "B3", "Value", ""),
			set(f, "A4", "Episodes", ""), set(f, "B4", "7 in a year\n(a) recorded by a GP | seen", ""))
	})
	doc, err := Read("policy.xlsx", data)
	want := "# Tonsillectomy policy\n\n| Criterion | Value |\n| --- | --- |\n| Episodes | 7 in a year; (a) recorded by a GP \\| seen |\n"
	if err != nil || doc.Markdown != want || doc.Title != "Tonsillectomy policy" || doc.Format != Table {
		t.Errorf("%+v, %v, want\n%s", doc, err, want)
	}
	stable(t, doc)
}

// FuzzSheets reads arbitrary CSV and damaged workbooks.
func FuzzSheets(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "sep=;\na;b", "\"", "a\tb\n\"c\n", "\xff\xfea\x00", "a;b,c\n;;\n"} {
		f.Add([]byte(s), "", 0, byte(0))
	}
	whole := workbook(f, func(x *excelize.File) error {
		return errors.Join(set(x, "A1", "Procedure", ""), set(x, "B2", 43191, "dd/mm/yyyy"), x.MergeCell("Sheet1", "A1", "B1"))
	})
	f.Add(whole, "", 30, byte(1))
	f.Add(whole, `<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>99</v></c><c r="B1" s="77"><v>1e99</v></c></row></sheetData></worksheet>`, 0, byte(0))
	f.Fuzz(func(t *testing.T, data []byte, sheet string, at int, b byte) {
		if sheet != "" {
			data = repacked(t, whole, "xl/worksheets/sheet1.xml", sheet)
		}
		if len(data) > 0 && at > 0 {
			data = append([]byte{}, data...)
			data[at%len(data)] ^= b
		}
		doc, err := Read("x.csv", data)
		checkAnswer(t, doc, err)
	})
}
