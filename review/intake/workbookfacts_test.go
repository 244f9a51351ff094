package intake

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// TestSheetsTellWhatRowsDoNotSay: what is struck out, hidden, noted or not computed is kept or told with its place.
func TestSheetsTellWhatRowsDoNotSay(t *testing.T) {
	t.Parallel()
	data := workbook(t, func(f *excelize.File) error {
		struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		fraction, err2 := f.NewStyle(&excelize.Style{NumFmt: 12})
		silent := ";;;"
		nothing, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: &silent})
		return errors.Join(err, err2, err3,
			f.SetSheetRow("Sheet1", "A1", &[]any{"Criterion", "Value", "More", "Last"}),
			f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "Age under "}, {Text: "40", Font: &excelize.Font{Strike: true}}, {Text: "45"}}),
			f.SetCellValue("Sheet1", "B2", 35), f.SetCellStyle("Sheet1", "B2", "B2", struck),
			f.SetCellValue("Sheet1", "C2", 0.25), f.SetCellStyle("Sheet1", "C2", "C2", fraction),
			f.SetCellValue("Sheet1", "D2", 99), f.SetCellStyle("Sheet1", "D2", "D2", nothing),
			f.SetCellValue("Sheet1", "A3", "Weight"), f.SetCellFormula("Sheet1", "B3", "B2+5"),
			f.SetSheetRow("Sheet1", "A4", &[]any{"Hidden", "row"}), f.SetRowVisible("Sheet1", 4, false), f.SetColVisible("Sheet1", "C", false),
			f.AddComment("Sheet1", excelize.Comment{Cell: "A3", Author: "A", Text: "Only over 65"}),
			f.AddShape("Sheet1", &excelize.Shape{Cell: "F2", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "Funded for both eyes"}}}))
	})
	data = replaced(t, data, "xl/worksheets/sheet1.xml", "</sheetData>", `<row r="5"><c r="A5" t="inlineStr"><is><t>Height</t></is></c><c r="B5" t="e"><v>#N/A</v></c><c r="C5" t="str"><f>""</f><v></v></c></row></sheetData>`)
	doc, err := Read("x.xlsx", data)
	want := "| Criterion | Value | More | Last |\n| --- | --- | --- | --- |\n| Age under ~~40~~ 45 | ~~35~~ | 1/4 | |\n| Weight | \\[formula] | | |\n| Hidden | row | | |\n| Height | #N/A | | |\n\nFunded for both eyes\n"
	if diff := cmp.Diff(want, doc.Markdown); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	stable(t, doc)
	told := fmt.Sprint(doc.Losses)
	for _, want := range []string{
		struckKept + ": “Age under ~~40~~45” (A2)", struckKept + ": “~~35~~” (B2)", "a formula without a stored value, shown as [formula]: “=B2+5” (B3)",
		"a number that the cell's format does not show, left out: “99” (D2)", "an error in place of a value: “#N/A” (B5)", "a hidden row, kept as if shown: “Hidden | row” (row 4)",
		"a hidden column, kept as if shown: “More” (column C)", "the frame of a text box; its words are kept",
	} {
		if !strings.Contains(told, want) {
			t.Errorf("nothing told of %s in\n%s", want, told)
		}
	}
	if !strings.Contains(told, "the note of a cell, left out: “") || !strings.Contains(told, "Only over 65” (A3)") {
		t.Errorf("the note is not told in\n%s", told)
	}
	if strings.Contains(told, "(C5)") || strings.Contains(told, "(C2)") {
		t.Errorf("told of what is as it is shown:\n%s", told)
	}
}

// replaced is an archive in one part of which some text is another.
func replaced(t testing.TB, data []byte, part, from, to string) []byte {
	t.Helper()
	a, err := openArchive(data)
	if err != nil {
		t.Fatal(err)
	}
	inside := unpacked(t, a, part)
	if !strings.Contains(inside, from) {
		t.Fatalf("%s has no %s", part, from)
	}
	return repacked(t, data, part, strings.Replace(inside, from, to, 1))
}

func TestSheetOfTextBoxes(t *testing.T) {
	t.Parallel()
	data := workbook(t, func(f *excelize.File) error {
		return f.AddShape("Sheet1", &excelize.Shape{Cell: "B2", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "Age under 40¹ only"}}})
	})
	doc, err := Read("x.xlsx", data)
	if err != nil || doc.Markdown != "Age under 40 ¹ only\n" {
		t.Errorf("%q, %v", doc.Markdown, err)
	}
}

// TestThreadedComments: a comment that people answer each other with stands in the file a second time as a note.
func TestThreadedComments(t *testing.T) {
	t.Parallel()
	data := workbook(t, func(f *excelize.File) error { return set(f, "A1", "words", "") })
	data = added(t, data, map[string]string{
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="r1" Type="urn:x/comments" Target="../comments1.xml"/><Relationship Id="r2" Type="urn:x/threadedComment" Target="../threadedComments/t1.xml"/></Relationships>`,
		"xl/comments1.xml":                    `<comments><commentList><comment ref="A1"><text><t>[Threaded comment] Not for children</t></text></comment><comment ref="B1"><text><r><t>Old </t></r><r><t>note</t></r></text></comment></commentList></comments>`,
		"xl/threadedComments/t1.xml":          `<ThreadedComments><threadedComment ref="A1"><text>Not for children</text></threadedComment></ThreadedComments>`,
	})
	_, lost, err := Sheets("x.xlsx", data)
	want := []Loss{{What: "the note of a cell, left out: “Not for children” (A1)", Count: 1}, {What: "the note of a cell, left out: “Old note” (B1)", Count: 1}}
	if diff := cmp.Diff(want, lost); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

// added is an archive with more parts.
func added(t testing.TB, data []byte, more map[string]string) []byte {
	t.Helper()
	a, err := openArchive(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range a.files {
		if _, ok := more[f.Name]; !ok {
			more[f.Name] = unpacked(t, a, f.Name)
		}
	}
	return zipped(t, more)
}

// TestManyStruckCells: the first are told by their words, the rest by their number.
func TestManyStruckCells(t *testing.T) {
	t.Parallel()
	const cells = 3 * mostCellsTold
	data := workbook(t, func(f *excelize.File) error {
		struck, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		for i := range cells {
			err = errors.Join(err, f.SetCellValue("Sheet1", fmt.Sprint("A", i+1), i))
		}
		return errors.Join(err, f.SetCellStyle("Sheet1", "A1", fmt.Sprint("A", cells), struck))
	})
	_, lost, err := Sheets("x.xlsx", data)
	if err != nil || len(lost) != mostCellsTold+1 || lost[mostCellsTold].Count != cells-mostCellsTold {
		t.Errorf("told %d, %v, %v", len(lost), lost[len(lost)-1], err)
	}
}

func TestOtherSheetsAreRefused(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string]string{
		"x.ods":  {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<office:document-content/>"},
		"x.xlsb": {"xl/workbook.bin": "\x00"},
	} {
		if _, err := Read(name, zipped(t, files)); !errors.Is(err, ErrUnknown) {
			t.Errorf("%s: %v, want %v", name, err, ErrUnknown)
		}
	}
}
