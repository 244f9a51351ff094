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
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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

// TestPDFBehindABanner: what a printer or a mail puts before a PDF does not make a text of it, wherever the file then
// counts its places from; a text that names the first line of a PDF stays a text.
func TestPDFBehindABanner(t *testing.T) {
	t.Parallel()
	const page = "BT /F 10 Tf 50 700 Td (Over 35 kg.) Tj ET"
	file := pdfOf(page)
	for name, banner := range map[string]string{
		"a line": "\n", "words": "Printed by a program\r\n", "a printer's language": "\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
		"bytes": "\x00\xff\xfe\x01\x80", "the head of a mail": "Content-Type: application/pdf\n\n", "1,000 bytes": strings.Repeat("# heading\n", 100),
	} {
		for counted, data := range map[string]string{
			"the header":            banner + file,
			"the start of the file": strings.Replace(banner+file, file, pdfPagesAt(len(banner), page), 1),
		} {
			if doc, err := Read("x", []byte(data)); err != nil || doc.Format != PDF || doc.Markdown != "Over 35 kg.\n" {
				t.Errorf("%s, counted from %s: %q, %v", name, counted, doc.Markdown, err)
			}
		}
	}
	for name, tc := range map[string]struct {
		data string
		want error
	}{
		"damaged":      {"\n" + file[:300], ErrDamaged},
		"far behind":   {strings.Repeat("Words. ", 2000) + file, ErrDamaged},
		"named":        {"# Files\n\nA PDF begins with %PDF-1.7 and its version. It is no object of this policy.\n", nil},
		"only a mark":  {"Files of the kind %PDF- are refused, as 1 0 obj is.\n", nil},
		"another kind": {"{\\rtf1 " + file, ErrUnknown},
	} {
		if doc, err := Read("x", []byte(tc.data)); !errors.Is(err, tc.want) || err == nil && doc.Format == PDF {
			t.Errorf("%s: %s, %v, want %v", name, doc.Format, err, tc.want)
		}
	}
}
