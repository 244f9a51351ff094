package intake

import (
	"fmt"
	"strings"
	"testing"
)

// small sets words in another size at another height of the line.
func small(rise, size float64, words string) string {
	return fmt.Sprintf("%g Ts /F %g Tf (%s) Tj 0 Ts /F 10 Tf ", rise, size, words)
}

// TestPDFRaised: a mark never becomes a part of the number before it, and a fraction is one.
func TestPDFRaised(t *testing.T) {
	t.Parallel()
	const after = "( years) Tj ET"
	aged := "BT /F 10 Tf 50 700 Td (aged 35) Tj "
	eye := "BT /F 10 Tf 50 700 Td (vision ) Tj "
	for _, tc := range []struct{ name, page, want string }{
		{"a mark", aged + small(3, 7, "1") + after, "aged 35 ¹ years"},
		{"two marks", aged + small(4, 6, "1,2") + after, "aged 35 ¹˒² years"},
		{"a range of marks", aged + small(4, 6, "1\\22614") + after, "aged 35¹⁻¹⁴ years"},
		{"marks of two kinds", aged + small(4, 6, "1,a") + after, "aged 35 ¹˒ᵃ years"},
		{"a letter", aged + small(4, 6, "b") + after, "aged 35ᵇ years"},
		{"a letter at a word", "BT /F 10 Tf 50 700 Td (patients) Tj " + small(4, 6, "b") + after, "patientsᵇ years"},
		{"what has no raised letter", aged + small(4, 6, "1;2") + after, "aged 35[1;2] years"},
		{"an index", aged + small(-2, 6, "a1") + after, "aged 35[a1] years"},
		{"nearly as large", aged + small(4, 9, "1") + after, "aged 35 ¹ years"},
		{"as large", aged + small(4, 10, "1") + after, "aged 35 ¹ years"},
		{"hardly raised", aged + small(1.2, 6, "1") + after, "aged 35 ¹ years"},
		{"small and not raised", aged + small(0, 6, "1") + after, "aged 35 ¹ years"},
		{"a power", aged + small(4, 6, "2") + "(/L or m) Tj " + small(4, 6, "-2") + after, "aged 35 ²/L or m⁻² years"},
		{"an ordinal", "BT /F 10 Tf 50 700 Td (the 1) Tj " + small(4, 6, "st") + after, "the 1st years"},
		{"a fraction", eye + small(3, 6, "6") + "(/) Tj " + small(-1, 6, "12") + after, "vision 6/12 years"},
		{"whose lower part is on the line", eye + small(3, 6, "6") + small(0, 6, "/12") + after, "vision 6/12 years"},
		{"behind a number", aged + small(3, 6, "1") + "(/) Tj " + small(0, 6, "2") + after, "aged 35 1/2 years"},
		{"one above the other", "BT /F 10 Tf 50 700 Td (vision ) Tj ET BT /F 6 Tf 83 703.5 Td (6) Tj -1.5 -6 Td (12) Tj ET BT /F 10 Tf 90 700 Td (years) Tj ET", "vision 6/12 years"},
		{"a stroke behind a mark, which is told as a fraction", aged + small(3, 6, "1") + "(/43 weeks) Tj ET", "aged 35 1/43 weeks"},
		{"a small line below", aged + "ET BT /F 6 Tf 50 688 Td (1 of 2) Tj ET", "aged 35 1 of 2"},
	} {
		doc, err := Read("x.pdf", []byte(pdfOf(tc.page)))
		if got := strings.Join(strings.Fields(strings.ReplaceAll(doc.Markdown, `\`, "")), " "); err != nil || got != tc.want {
			t.Errorf("%s: got %q, %v, want %q", tc.name, got, err, tc.want)
		}
	}
}

// TestPDFFontWithRaisedDigits: some fonts hold small digits above the line, of the size of the others.
func TestPDFFontWithRaisedDigits(t *testing.T) {
	t.Parallel()
	glyph := func(bottom int) string {
		s := fmt.Sprintf("400 0 50 %d 350 %d d1 50 %d 300 350 re f", bottom, bottom+350, bottom)
		return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
	}
	font := "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 49 /LastChar 50 /Widths [400 400] " +
		"/Encoding << /Type /Encoding /Differences [49 /one /two] >> /CharProcs << /one 7 0 R /two 7 0 R >> /Resources << >> >>"
	for _, tc := range []struct {
		bottom     int
		text, want string
	}{
		{400, "(aged 35) Tj /S 10 Tf (12) Tj /F 10 Tf ( years) Tj", "aged 35 ¹² years\n"},
		{0, "(aged 35) Tj /S 10 Tf (12) Tj /F 10 Tf ( years) Tj", "aged 3512 years\n"},
		{400, "(aged ) Tj /S 10 Tf (12) Tj /F 10 Tf ( years) Tj", "aged 12 years\n"}, // all digits of the page are drawn so
	} {
		page := "BT /F 10 Tf 50 700 Td " + tc.text + " ET"
		data := pdfOfObjects([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R /S 6 0 R >> >> >>",
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(page), page),
			"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", font, glyph(tc.bottom)}, "")
		if doc, err := Read("x.pdf", []byte(data)); err != nil || doc.Markdown != tc.want {
			t.Errorf("%d: got %q, %v, want %q", tc.bottom, doc.Markdown, err, tc.want)
		}
	}
}

// TestPDFMarksOfSeveralNotes: one raised word that names two notes at the foot of the page.
func TestPDFMarksOfSeveralNotes(t *testing.T) {
	t.Parallel()
	page := lay(50, 700, long1, long2) + "BT /F 10 Tf 50 660 Td (aged 35) Tj " + small(4, 6, "1,2") + "( years.) Tj ET " +
		"BT 50 100 Td " + small(3, 5, "1") + "/F 8 Tf ( On the day.) Tj ET BT 50 88 Td " + small(3, 5, "2") + "/F 8 Tf ( Of the letter.) Tj ET"
	doc, err := Read("x.pdf", []byte(pdfOf(page)))
	if want := "aged 35[^1][^2] years.\n\n[^1]: On the day.\n\n[^2]: Of the letter.\n"; err != nil || !strings.HasSuffix(doc.Markdown, want) {
		t.Errorf("%q, %v", doc.Markdown, err)
	}
}
