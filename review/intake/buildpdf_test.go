package intake

import (
	"bytes"
	"fmt"
)

// pdfOf makes a PDF of pages of 600 by 800 points, each from its drawing. /F is a plain font, /B a bold one, /T has
// serifs, every letter of /C is 0.6 wide, /Im is a grey picture of one point.
func pdfOf(pages ...string) string { return pdfPagesAt(0, pages...) }

// pdfPagesAt counts the places in the file from so many bytes before it.
func pdfPagesAt(from int, pages ...string) string {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"", // the pages
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
		"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>\nstream\n0\nendstream",
	}
	kids := ""
	for _, p := range pages {
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /Font << /F 3 0 R /B 4 0 R /T 5 0 R /C 6 0 R >> /XObject << /Im 7 0 R >> >> >>", len(objects)+2),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(p), p))
		kids += fmt.Sprintf("%d 0 R ", len(objects)-1)
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids)
	return pdfFrom(from, objects, "")
}

// pdfOfObjects writes numbered objects, the first being the catalogue, as a file.
func pdfOfObjects(objects []string, trailer string) string { return pdfFrom(0, objects, trailer) }

func pdfFrom(from int, objects []string, trailer string) string {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	at := make([]int, len(objects))
	for i, o := range objects {
		at[i] = from + b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := from + b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, table)
	return b.String()
}

// pdfLocked asks for a password that nobody has.
var pdfLocked = pdfOfObjects([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>",
	"<< /Filter /Standard /V 1 /R 2 /P -4 /O <" + hex32("ab") + "> /U <" + hex32("cd") + "> >>"}, "/Encrypt 3 0 R /ID [<00> <00>]")

func hex32(b string) string {
	return string(bytes.Repeat([]byte(b), 32))
}
