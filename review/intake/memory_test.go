package intake

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// mostMemory is what reading one file may take of this machine at its peak, with the program itself.
const mostMemory = 300 // MB

// hostileFiles ask for far more memory than they are long. Each is read by a process of its own, whose peak is looked at.
var hostileFiles = []struct {
	name  string
	build func(t *testing.T) []byte
	want  error // nil: it may be read
}{
	{"empty paragraphs.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": strings.Repeat(`<w:p/>`, 200_000)})
	}, ErrTooLarge},
	{"short paragraphs.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": strings.Repeat(p("a"), 200_000)})
	}, ErrTooLarge},
	{"runs.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": `<w:p>` + strings.Repeat(`<w:r/>`, 2_000_000) + `</w:p>`})
	}, ErrTooLarge},
	{"attributes.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": strings.Repeat(`<w:p `+strings.Repeat(`a="" `, 1000)+`/>`, 9000)})
	}, ErrTooLarge},
	{"one attribute.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": `<w:p w:a="` + strings.Repeat("a", 40<<20) + `"/>`})
	}, ErrTooLarge},
	{"words.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": p(strings.Repeat("many words ", 4_000_000))})
	}, ErrTooLarge},
	{"words in pieces.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": p(strings.Repeat("many words <!-- -->", 2_000_000))})
	}, ErrTooLarge},
	{"cells.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": `<w:tbl>` + strings.Repeat(`<w:tr>`+strings.Repeat(`<w:tc><w:p/></w:tc>`, 50)+`</w:tr>`, 20_000) + `</w:tbl>`})
	}, ErrTooLarge},
	{"empty cells.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": `<w:tbl>` + strings.Repeat(`<w:tr>`+strings.Repeat(`<w:tc/>`, 50)+`</w:tr>`, 40_000) + `</w:tbl>`})
	}, ErrTooLarge},
	{"one note many times.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": `<w:p>` + strings.Repeat(`<w:r><w:footnoteReference w:id="5"/></w:r>`, 40_000) + `</w:p>`,
			"footnotes.xml": `<w:footnote w:id="5">` + strings.Repeat(p("a"), 5000) + `</w:footnote>`})
	}, nil},
	{"styles.docx", func(t *testing.T) []byte {
		return docx(t, map[string]string{"body.xml": p("a"), "styles.xml": strings.Repeat(`<w:style/>`, 1_500_000)})
	}, ErrTooLarge},
	{"paragraphs.html", func(*testing.T) []byte { return []byte("<html><body>" + strings.Repeat("<p>", 6_000_000)) }, ErrTooLarge},
	{"line breaks.html", func(*testing.T) []byte {
		return []byte("<html><body><p>" + strings.Repeat("a<br>", 3_000_000))
	}, ErrTooLarge},
	{"looks that are never ended.html", func(*testing.T) []byte {
		var b strings.Builder
		b.WriteString("<html><body>")
		for i := range 400 {
			fmt.Fprintf(&b, "<p><b id=%d>", i)
		}
		return []byte(b.String() + strings.Repeat("<p>a", 300_000))
	}, ErrTooLarge},
	{"looks that cross.html", func(*testing.T) []byte {
		return []byte("<html><body>" + strings.Repeat("<b><i><u><p>a</b></i></u>", 300_000))
	}, ErrTooLarge},
	{"attributes.html", func(*testing.T) []byte {
		var b strings.Builder
		b.WriteString("<html><body><p")
		for i := range 1_500_000 {
			fmt.Fprintf(&b, " a%d", i)
		}
		return []byte(b.String() + ">a</p>")
	}, ErrTooLarge},
	{"cells.html", func(*testing.T) []byte {
		return []byte("<html><body><table>" + strings.Repeat("<tr>"+strings.Repeat("<td>", 50), 90_000))
	}, ErrTooLarge},
	{"words.html", func(*testing.T) []byte { return []byte("<html><body>" + strings.Repeat("many words ", 1_800_000)) }, ErrTooLarge},
	{"texts.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/sharedStrings.xml": `<sst>` + strings.Repeat(`<si/>`, 9_000_000) + `</sst>`})
	}, ErrTooLarge},
	{"styles.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/styles.xml": `<styleSheet><cellXfs>` + strings.Repeat(`<xf/>`, 9_000_000) + `</cellXfs></styleSheet>`})
	}, ErrTooLarge},
	{"cells.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row>`+strings.Repeat(`<c/>`, 100)+`</row>`, 100_000))})
	}, ErrTooLarge},
	{"numbers.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 100)+`</row>`, 100_000))})
	}, ErrTooLarge},
	{"numbers that fit.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 200)+`</row>`, maxSheetCells/200))})
	}, nil},
	{"rows.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row/>`, 5_000_000))})
	}, ErrTooLarge},
	{"cells in another alphabet.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="ISO-8859-1"?>` +
			sheetXML(strings.Repeat(`<row>`+strings.Repeat(`<c t="inlineStr"><is><t>a</t></is></c>`, 100)+`</row>`, 12_000))})
	}, ErrTooLarge},
	{"far cells.xlsx", func(t *testing.T) []byte {
		return book(t, map[string]string{"xl/worksheets/sheet1.xml": sheetXML(strings.Repeat(`<row><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row>`, 40_000))})
	}, ErrTooLarge},
	{"rows.csv", func(*testing.T) []byte { return bytes.Repeat([]byte("a\n"), 9_000_000) }, ErrTooLarge},
	{"cells.csv", func(*testing.T) []byte { return bytes.Repeat([]byte(","), 19_000_000) }, ErrTooLarge},
	{"one cell.csv", func(*testing.T) []byte {
		return append([]byte("a,b\n\""), bytes.Repeat([]byte("many words\n"), 1_700_000)...)
	}, ErrTooLarge},
	{"another alphabet.csv", func(*testing.T) []byte {
		return bytes.Repeat([]byte("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80,b\n"), 1_400_000)
	}, ErrTooLarge},
	{"paragraphs.md", func(*testing.T) []byte { return append([]byte("# a\n\n"), bytes.Repeat([]byte("a\n\n"), 1_300_000)...) }, ErrTooLarge},
	{"marks.md", func(*testing.T) []byte { return append([]byte("# a\n\n"), bytes.Repeat([]byte("*a* "), 1_000_000)...) }, nil},
	{"tables.md", func(*testing.T) []byte {
		return append([]byte("|a|b|\n|-|-|\n"), bytes.Repeat([]byte("|a|b|\n"), 650_000)...)
	}, ErrTooLarge},
	{"paragraphs.txt", func(*testing.T) []byte { return bytes.Repeat([]byte("a\n\n"), 1_300_000) }, ErrTooLarge},
	{"two bytes a letter.txt", func(*testing.T) []byte {
		return append([]byte{0xFF, 0xFE}, bytes.Repeat([]byte("a\x00"), 10_000_000)...)
	}, ErrTooLarge},
	{"letters.pdf", func(*testing.T) []byte {
		pages := make([]string, 20)
		for i := range pages {
			line := fmt.Sprintf("(%s on page %d) Tj 0 -11 Td ", strings.Repeat("many words ", 10), i)
			pages[i] = "BT /F1 4 Tf 10 780 Td " + strings.Repeat(line, 65) + " ET"
		}
		return []byte(pdfOf(pages...))
	}, nil},
	{"files.zip", func(t *testing.T) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for i := range 180_000 {
			if _, err := z.CreateHeader(&zip.FileHeader{Name: strconv.Itoa(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}, ErrTooLarge},
}

func sheetXML(rows string) string {
	return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
}

// book builds a workbook of one sheet, of which the test replaces parts.
func book(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	files := map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="` + office + `"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + office + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + office + `/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId3" Type="` + office + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml": sheetXML(`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>`),
	}
	for name, text := range parts {
		files[name] = text
	}
	return zipped(t, files)
}

// peakFile is the file that a process of its own reads.
const peakFile = "CONCORDAT_PEAK_FILE"

func TestMemoryOfHostileFiles(t *testing.T) {
	t.Parallel()
	if file := os.Getenv(peakFile); file != "" {
		readForPeak(t, file)
		return
	}
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("NOT TESTED: the memory that hostile files take; this system does not tell it")
	}
	for _, x := range hostileFiles {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			file := t.TempDir() + "/" + x.name
			if err := os.WriteFile(file, x.build(t), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMemoryOfHostileFiles$", "-test.v")
			cmd.Env = append(os.Environ(), peakFile+"="+file, "GOGC=100") // as the program runs
			out, err := cmd.CombinedOutput()
			found := regexp.MustCompile(`peak (\d+) MB: (.*)`).FindSubmatch(out)
			if err != nil || found == nil {
				t.Fatalf("%v: %.2000s", err, out)
			}
			peak, _ := strconv.Atoi(string(found[1]))
			t.Logf("peak %d MB: %s", peak, found[2])
			if peak > mostMemory {
				t.Errorf("reading it took %d MB, want at most %d", peak, mostMemory)
			}
			if x.want != nil && !strings.Contains(string(found[2]), x.want.Error()) {
				t.Errorf("read as %.200s, want %v", found[2], x.want)
			}
		})
	}
}

func readForPeak(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	name := file[strings.LastIndexByte(file, '/')+1:]
	parts, _, err := Book(name, data)
	status, readErr := os.ReadFile("/proc/self/status")
	found := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	if readErr != nil || found == nil {
		t.Fatal("no peak: ", readErr)
	}
	kb, _ := strconv.Atoi(string(found[1]))
	fmt.Printf("peak %d MB: %d parts, %v\n", kb>>10, len(parts), err)
}
