package export_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"concordat/server/internal/export"
)

var board = export.Table{Name: "Fifteen places: [board] with a name that is long",
	Columns: []export.Column{{Title: "Policy", Width: 40}, {Title: "=Days", Width: 8}, {Title: "Brindlewick", Width: 14}},
	Rows: [][]any{
		{"Knee – “replacement”, adults", 19, "Adopted"},
		{`=HYPERLINK("http://x.example","click")`, -3, "+1"},
		{"-2", 0, "@SUM(A1)"},
		{" =1+1", 1, "\t=1+1"},
		{"", 2, "line one\nline two"},
	}}

func TestXLSX(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := export.XLSX(&out, board); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	name := book.GetSheetName(0)
	if want := "Fifteen places   board  with a"; name != want {
		t.Errorf("the sheet is %q, want %q", name, want)
	}
	rows, err := book.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(board.Rows)+1 || !slices.Equal(rows[0], []string{"Policy", "=Days", "Brindlewick"}) ||
		!slices.Equal(rows[2], []string{`=HYPERLINK("http://x.example","click")`, "-3", "+1"}) {
		t.Errorf("rows %q", rows)
	}
	for _, cell := range []string{"A3", "C3", "A4", "C4", "A5", "C5", "B1"} {
		formula, err := book.GetCellFormula(name, cell)
		kind, _ := book.GetCellType(name, cell)
		if err != nil || formula != "" || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: formula %q, type %v, %v; want text", cell, formula, kind, err)
		}
	}
	if kind, _ := book.GetCellType(name, "B3"); kind == excelize.CellTypeInlineString {
		t.Error("a number is kept as text")
	}
	panes, err := book.GetPanes(name)
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v; want the first row frozen", panes, err)
	}
}

func TestCSV(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := export.CSV(&out, board); err != nil {
		t.Fatal(err)
	}
	body, marked := strings.CutPrefix(out.String(), "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if !marked || err != nil || len(rows) != 6 {
		t.Fatalf("%q, %v", out.String(), err)
	}
	for i, want := range [][]string{
		{"Policy", "'=Days", "Brindlewick"}, {"Knee – “replacement”, adults", "19", "Adopted"}, {`'=HYPERLINK("http://x.example","click")`, "-3", "'+1"},
		{"'-2", "0", "'@SUM(A1)"}, {"' =1+1", "1", "'\t=1+1"}, {"", "2", "line one\nline two"},
	} {
		if !slices.Equal(rows[i], want) {
			t.Errorf("row %d is %q, want %q", i, rows[i], want)
		}
	}
}

func FuzzCSV(f *testing.F) {
	f.Add("=1+1")
	f.Add(" \n=cmd|' /C calc'!A0")
	f.Add("\u00a0@x")
	f.Fuzz(func(t *testing.T, s string) {
		var out bytes.Buffer
		if err := export.CSV(&out, export.Table{Columns: []export.Column{{Title: "a"}, {Title: "b"}}, Rows: [][]any{{s, "end"}}}); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[1]) != 2 || rows[1][1] != "end" {
			t.Fatalf("%q is written as %q: %q, %v", s, out.String(), rows, err)
		}
		if got := strings.TrimSpace(rows[1][0]); got != "" && strings.ContainsAny(got[:1], "=+-@") {
			t.Errorf("%q is written as %q, which runs", s, rows[1][0])
		}
	})
}
