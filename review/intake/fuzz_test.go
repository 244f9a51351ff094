package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

// FuzzRead reads arbitrary bytes: an answer or a known reason, never a panic, and stable output.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "a", "# b\n", "<p>c</p>", "PK\x03\x04", "\xff\xfea\x00", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "%PDF-", "(a) x\n(b) y", "|a|\n|-|\n",
		"<html><ul><li><p>x<ul><li>y</ul></ul><table><tr><td rowspan=9>a<td>b<tr></table>", "---\ntitle: x\n---\n* a\n", "1986. a\n![x](y)\n<b>z</b>", "```\nx", "a\\", "<b>x</b>*y*_z_"} {
		f.Add([]byte(s))
	}
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range ar.Files {
			if strings.HasPrefix(part.Name, "in.") || strings.HasPrefix(part.Name, "paste.") {
				f.Add(part.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := Read("x", data)
		checkAnswer(t, doc, err)
		parts, _, bookErr := Book("x", data)
		if (err == nil) != (bookErr == nil) || err == nil && len(parts) == 0 {
			t.Fatalf("read: %v; as a book: %d parts, %v", err, len(parts), bookErr)
		}
	})
}

// FuzzWord reads Word files whose parts are arbitrary.
func FuzzWord(f *testing.F) {
	files, _ := filepath.Glob("testdata/word-*.txtar")
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		parts := map[string]string{}
		for _, p := range ar.Files {
			parts[p.Name] = string(p.Data)
		}
		f.Add(parts["body.xml"], parts["numbering.xml"], parts["styles.xml"], parts["footnotes.xml"])
	}
	f.Fuzz(func(t *testing.T, body, numbering, styles, footnotes string) {
		doc, err := Read("x.docx", docx(t, map[string]string{"body.xml": body, "numbering.xml": numbering, "styles.xml": styles, "footnotes.xml": footnotes}))
		checkAnswer(t, doc, err)
	})
}

// FuzzMutatedWord damages real archives.
func FuzzMutatedWord(f *testing.F) {
	whole := docx(f, map[string]string{"body.xml": p("one") + p("two")})
	f.Add(whole, 30, byte(0))
	if data, err := os.ReadFile("../../../shared/data/word/pandoc_lists.docx"); err == nil {
		f.Add(data, 100, byte(7))
	}
	f.Fuzz(func(t *testing.T, data []byte, at int, b byte) {
		if len(data) > 0 && at >= 0 {
			data = append([]byte{}, data...)
			data[at%len(data)] ^= b
		}
		doc, err := Read("x.docx", data)
		checkAnswer(t, doc, err)
	})
}

// FuzzPDF reads pages whose drawings are arbitrary, and files that were damaged at one place.
func FuzzPDF(f *testing.F) {
	for _, s := range []string{"", "BT /F 10 Tf 50 700 Td (words) Tj ET", "BT /B 20 Tf 50 700 Td (Title) Tj /F 10 Tf 0 -30 Td (1. a) Tj 0 -12 Td (2. b) Tj ET",
		"BT /F 10 Tf 1.4 0 0 1 50 700 Tm [(words)-300(and)-300(35)] TJ 4 Ts /F 6 Tf (1,2) Tj 0 Ts (/) Tj -1 Ts (12) Tj ET", "BT /F -10 Tf -1 0 0 1 300 700 Tm 2 Tc 50 Tz (mirrored) Tj ET",
		"50 600 100 50 re S 150 600 100 50 re S BT /F 9 Tf 60 620 Td (a) Tj 100 0 Td (b) Tj ET", "q 600 0 0 800 0 0 cm /Im Do Q", "0 1 -1 0 300 0 cm BT /F 10 Tf 50 700 Td (up) Tj ET"} {
		f.Add(s, 0, byte(0))
	}
	if _, err := pdfReaderPool(); err != nil { // it takes longer to start than one input may
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, drawing string, at int, b byte) {
		data := []byte(pdfOf(drawing))
		if at > 5 {
			data[at%len(data)] ^= b
		}
		doc, err := Read("x.pdf", data)
		checkAnswer(t, doc, err)
	})
}

// FuzzPDFAnnotations reads pages on which something arbitrary was put.
func FuzzPDFAnnotations(f *testing.F) {
	for _, s := range []string{"/Subtype /FreeText /Rect [170 695 370 715] /Contents (below 35) /DA (/F 10 Tf)", "/Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [1 2 3 4]",
		"/Subtype /Widget /FT /Btn /T (a) /AS /Yes /Rect [9 9 1 1]", "/Subtype /StrikeOut /QuadPoints [50 710 119 710 50 697 119 697]", "/Subtype /Text /Contents <FEFF0041>", "/Parent 6 0 R"} {
		f.Add(s, "BT /F 10 Tf 2 5 Td (below 35) Tj ET")
	}
	if _, err := pdfReaderPool(); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, dict, shown string) {
		doc, err := Read("x.pdf", []byte(pdfWith(lay(50, 700, "The limit of the index is:"), []annot{{dict, shown}, {dict, ""}})))
		checkAnswer(t, doc, err)
	})
}

func checkAnswer(t *testing.T, doc Document, err error) {
	t.Helper()
	if err != nil {
		if _, ok := Reason(err); !ok {
			t.Fatalf("an error without a reason: %v", err)
		}
		return
	}
	if !utf8.ValidString(doc.Markdown) || strings.ContainsAny(doc.Markdown, "\u00a0\u00ad\u200b\x00\r") {
		t.Fatalf("unclean: %q", doc.Markdown)
	}
	if doc.Format != Markdown { // what people write in Markdown is left as it is, and need not be tidy
		stable(t, doc)
	}
}
