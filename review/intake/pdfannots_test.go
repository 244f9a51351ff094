package intake

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An annot is what somebody put on a page: its dictionary but for /Type, and how the file draws it.
type annot struct{ dict, shown string }

// pdfWith is a page with annotations; those with /FT are fields of a form. Object 6 is the first that is free.
func pdfWith(page string, annots []annot, more ...string) string {
	objects := []string{"", "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", "",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(page), page)}
	objects = append(objects, more...)
	var all, fields string
	for _, a := range annots {
		dict := "<< /Type /Annot " + a.dict
		if a.shown != "" {
			objects = append(objects, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F 3 0 R >> >> /Length %d >>\nstream\n%s\nendstream", len(a.shown), a.shown))
			dict += fmt.Sprintf(" /AP << /N %d 0 R >>", len(objects))
		}
		objects = append(objects, dict+" >>")
		all += fmt.Sprintf("%d 0 R ", len(objects))
		if strings.Contains(a.dict, "/FT") {
			fields += fmt.Sprintf("%d 0 R ", len(objects))
		}
	}
	objects[0] = "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [" + fields + "] /DR << /Font << /F 3 0 R >> >> >> >>"
	objects[3] = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> /Annots [" + all + "] >>"
	return pdfOfObjects(objects, "")
}

// TestPDFAnnotations: what people put on a page, and what they chose in a form, is read at its place or told beside
// the text.
func TestPDFAnnotations(t *testing.T) {
	t.Parallel()
	const typed = "words that were typed onto the page, read where they stand: “"
	const drawn = "BT /F 10 Tf 2 5 Td (below 35) Tj ET"
	limit := lay(50, 700, "The limit of the index is:")
	rule := lay(50, 700, "Over 18 years. Twice a year.")
	for _, tc := range []struct {
		name, page string
		annots     []annot
		want       string
		losses     []string
	}{
		{"words typed on the page", limit, []annot{{"/Subtype /FreeText /Rect [170 695 370 715] /Contents (below 35)", drawn}},
			"The limit of the index is: below 35\n", []string{typed + "below 35”, on page 1"}},
		{"that the file does not draw", limit, []annot{{"/Subtype /FreeText /Rect [170 693 370 713] /Contents (below 35) /DA (/F 10 Tf 0 g)", ""}},
			"The limit of the index is: below 35\n", []string{typed + "below 35”, on page 1"}},
		{"in several lines", limit, []annot{{"/Subtype /FreeText /Rect [50 600 150 650] /Contents (below 35, and no less than\r30 in any year) /DA (/F 10 Tf)", ""}},
			"The limit of the index is:\n\nbelow 35, and no less than\\\n30 in any year\n", []string{typed + "below 35, and no less than 30 in any year”, on page 1"}},
		{"on a page that is turned", "0 1 -1 0 600 0 cm " + lay(50, 400, "The limit of the index is:", "as the panel said."), []annot{{"/Subtype /FreeText /Rect [187 168 207 368] /Contents (below 35) /DA (/F 10 Tf)", ""}},
			"The limit of the index is: below 35 as the panel said.\n", []string{typed + "below 35”, on page 1"}},
		{"hidden words", limit, []annot{{"/Subtype /FreeText /F 2 /Rect [170 695 370 715] /Contents (below 30)", drawn}},
			"The limit of the index is:\n", []string{"hidden text: “below 30”, on page 1"}},
		{"the value of a field", limit, []annot{{"/Subtype /Widget /FT /Tx /T (a) /V (below 35) /Rect [170 695 370 715]", drawn}},
			"The limit of the index is: below 35\n", nil},
		{"of a field that is not drawn", limit, []annot{{"/Subtype /Widget /FT /Tx /T (a) /V (below 35) /Rect [170 693 370 713] /DA (/F 10 Tf)", ""}},
			"The limit of the index is: below 35\n", nil},
		{"of a field that is drawn with another value", limit, []annot{{"/Subtype /Widget /FT /Tx /T (a) /V (below 30) /Rect [170 695 370 715]", drawn}},
			"The limit of the index is: below 35\n", []string{"words whose place shows others; compare them with the original: “below 30”, on page 1"}},
		{"of a choice", limit, []annot{{"/Subtype /Widget /FT /Ch /Ff 131072 /T (a) /Opt [(below 30) (below 35)] /V (below 35) /Rect [170 695 370 715]", drawn}},
			"The limit of the index is: below 35\n", nil},
		{"of a list that shows all", limit, []annot{{"/Subtype /Widget /FT /Ch /T (a) /Opt [(below 30) (below 35)] /V (below 35) /Rect [170 693 370 713]", "BT /F 9 Tf 2 2 Td (below 30 below 35) Tj ET"}},
			"The limit of the index is: below 35\n", nil},
		{"boxes to tick", lay(70, 700, "Left eye", "Right eye"), []annot{
			{"/Subtype /Widget /FT /Btn /T (a) /V /Yes /AS /Yes /Rect [50 697 60 707] /AP << /N << /Yes 6 0 R /Off 7 0 R >> >>", ""},
			{"/Subtype /Widget /FT /Btn /T (b) /V /Off /AS /Off /Rect [50 685 60 695] /AP << /N << /Yes 6 0 R /Off 7 0 R >> >>", ""}},
			"☒ Left eye\\\n☐ Right eye\n", nil},
		{"a button", limit, []annot{{"/Subtype /Widget /FT /Btn /Ff 65536 /T (a) /Rect [170 695 370 715]", "BT /F 10 Tf 2 5 Td (Send) Tj ET"}}, "The limit of the index is:\n", nil},
		{"a sentence struck out", rule, []annot{{"/Subtype /StrikeOut /Rect [50 697 120 710] /QuadPoints [50 710 119 710 50 697 119 697]", ""}},
			"~~Over 18 years.~~ Twice a year.\n", nil},
		{"and drawn so", rule, []annot{{"/Subtype /StrikeOut /Contents (the panel agreed) /Rect [50 697 119 710]", "0.5 w 0 5 m 200 5 l S"}},
			"~~Over 18 years.~~ Twice a year.\n", []string{"a note beside the text: “the panel agreed”, on page 1"}},
		{"by a line that somebody drew", rule, []annot{{"/Subtype /Line /L [50 703 119 703] /Rect [50 693 119 713]", "0.5 w 0 10 m 200 10 l S"}},
			"~~Over 18 years.~~ Twice a year.\n", nil},
		{"notes", rule, []annot{{"/Subtype /Text /Rect [400 700 420 720] /Contents (Ask the panel)", ""}, {"/Subtype /Highlight /Rect [50 697 119 710] /Contents (16 elsewhere)", ""},
			{"/Subtype /Caret /Rect [50 697 60 710] /Contents (not)", ""}, {"/Subtype /Popup /Rect [0 0 90 90] /Contents (Ask the panel)", ""}, {"/Subtype /Highlight /Rect [50 697 119 710]", ""}},
			"Over 18 years. Twice a year.\n", []string{"a note beside the text: “Ask the panel”, on page 1", "a note beside the text: “16 elsewhere”, on page 1", "a note beside the text: “not”, on page 1"}},
		{"what is no words", rule, []annot{{"/Subtype /Stamp /Rect [50 100 250 120] /Contents (Superseded)", drawn}, {"/Subtype /Ink /Rect [50 100 90 120]", ""}, {"/Subtype /FileAttachment /Rect [50 100 90 120]", ""}},
			"Over 18 years. Twice a year.\n", []string{"a stamp on the page: “Superseded”, on page 1", "a drawing by hand on the page, on page 1", "a file that is attached to the page, on page 1"}},
		{"a link beside typed words", limit, []annot{{"/Subtype /Link /Rect [50 697 65 710] /A << /S /URI /URI (https://a.example/) >>", ""}, {"/Subtype /FreeText /Rect [170 695 370 715] /Contents (below 35)", drawn}},
			"[The](https://a.example/) limit of the index is: below 35\n", []string{typed + "below 35”, on page 1"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			box := "<< /Type /XObject /Subtype /Form /BBox [0 0 10 10] /Length 14 >>\nstream\n0 0 9 9 re S  \nendstream"
			doc, err := Read("x.pdf", []byte(pdfWith(tc.page, tc.annots, box, box)))
			if err != nil {
				t.Fatal(err)
			}
			var lost []string
			for _, l := range doc.Losses {
				lost = append(lost, l.String())
			}
			if d := cmp.Diff(tc.want, doc.Markdown) + cmp.Diff(tc.losses, lost); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

// TestPDFFieldsOfAKind: fields that take their kind and value from the field above them.
func TestPDFFieldsOfAKind(t *testing.T) {
	t.Parallel()
	data := pdfWith(lay(50, 700, "The area is:"), []annot{{"/Subtype /Widget /Parent 6 0 R /Rect [110 693 310 713] /DA (/F 10 Tf)", ""}}, "<< /FT /Tx /T (a) /V (Dunsmere) /Kids [7 0 R] >>")
	data = strings.Replace(data, "/Fields []", "/Fields [6 0 R]", 1)
	if doc, err := Read("x.pdf", []byte(data)); err != nil || doc.Markdown != "The area is: Dunsmere\n" {
		t.Errorf("%q, %v", doc.Markdown, err)
	}
}

// TestPDFManyNotes: how many are told is bounded, and that there are more is said.
func TestPDFManyNotes(t *testing.T) {
	t.Parallel()
	var notes []annot
	for i := range maxPageAnnots + 1 {
		notes = append(notes, annot{fmt.Sprintf("/Subtype /Text /Rect [400 700 420 720] /Contents (note %d)", i), ""})
	}
	doc, err := Read("x.pdf", []byte(pdfWith(lay(50, 700, "Words."), notes)))
	if last := len(doc.Losses) - 1; err != nil || last != maxTold || !strings.Contains(doc.Losses[last].What, "only the first 500") {
		t.Errorf("%d losses, %v", len(doc.Losses), err)
	}
	notes = notes[:0]
	for range 100 {
		notes = append(notes, annot{"/Subtype /FreeText /Rect [0 0 1e30 -1e30] /DA (/F 1e9 Tf) /Contents (" + strings.Repeat("w ", 2000) + ")", ""})
	}
	_, err = Read("x.pdf", []byte(pdfWith(lay(50, 700, "Words."), notes)))
	if !errors.Is(err, ErrTooLarge) {
		t.Errorf("words typed over and over: %v", err)
	}
}
