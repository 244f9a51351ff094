package intake

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

// TestGoldenPDF reads the files of testdata/pdf. They are printed from the pages and Word files beside them, by
// Chromium with running heads and by LibreOffice without.
func TestGoldenPDF(t *testing.T) {
	files, err := filepath.Glob("testdata/pdf/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) { goldenPDF(t, f) })
	}
}

func goldenPDF(t *testing.T, file string) {
	doc := readFile(t, file)
	stable(t, doc)
	got := txtar.Format(&txtar.Archive{Files: []txtar.File{{Name: "want.md", Data: []byte(doc.Markdown)}, {Name: "want.losses", Data: []byte(lossText(doc))}}})
	golden := file + ".txtar"
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func readFile(t *testing.T, file string) Document {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := Read(filepath.Base(file), data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func lossText(doc Document) string {
	var b strings.Builder
	b.WriteString("title: " + doc.Title + "\n")
	for _, l := range doc.Losses {
		b.WriteString(l.String() + "\n")
	}
	return b.String()
}

// TestOnePolicyInEveryFormat: a policy that came as a web page, as Word and as PDF is one text afterwards.
func TestOnePolicyInEveryFormat(t *testing.T) {
	page := readFile(t, "testdata/pdf/hearing-aids.html")
	if n := strings.Count(page.Markdown, "\n- ") + strings.Count(page.Markdown, "\n1. "); n < 3 {
		t.Fatalf("the page has lost its lists:\n%s", page.Markdown)
	}
	for _, other := range []string{"hearing-aids.docx", "hearing-aids.pdf"} {
		if d := cmp.Diff(page.Markdown, readFile(t, "testdata/pdf/"+other).Markdown); d != "" {
			t.Errorf("%s (-web page +it):\n%s", other, d)
		}
	}
}

// TestReadPDFRefuses: what can be made without a program that prints.
func TestReadPDFRefuses(t *testing.T) {
	for _, tc := range []struct {
		name, data string
		want       error
	}{
		{"only its first line", "%PDF-1.7\n", ErrDamaged},
		{"no pages", pdfOf(), ErrDamaged},
		{"an empty page", pdfOf(""), ErrEmpty},
		{"too many pages", pdfOf(make([]string, maxPages+1)...), ErrTooLarge},
		{"a picture of a page", pdfOf("600 0 0 800 0 0 cm /Im Do"), ErrScanned},
		{"a password", pdfLocked, ErrEncrypted},
	} {
		doc, err := Read(tc.name, []byte(tc.data))
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v and %.40q, want %v", tc.name, err, doc.Markdown, tc.want)
		}
	}
}
