package intake

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// TestHostilePDF: files that no program would print. Each is read or refused for a reason, in a few seconds.
func TestHostilePDF(t *testing.T) {
	t.Parallel()
	text := func(s string) string { return "BT /F 10 Tf 50 700 Td (" + s + ") Tj ET" }
	for _, tc := range []struct {
		name, data string
		want       error // nil when it may be read
	}{
		{"10,000 pages", pdfOf(make([]string, 10_000)...), ErrTooLarge},
		{"a page count that is a lie", strings.Replace(pdfOf(text("words")), "/Count 1 ", "/Count 2000000000 ", 1), nil},
		{"1 MB of one word", pdfOf(text(strings.Repeat("w", 1<<20))), nil},
		{"a page within itself", formPDF(1, 1, 1), nil},
		{"5,000 pages within pages", nestedPages(5000), nil},
		{"100,000 brackets", pdfOf(strings.Repeat("[", 100_000) + text("words")), nil},
		{"100,000 saved states", pdfOf(strings.Repeat("q ", 100_000) + text("words")), nil},
		{"10,000 lines that cross", pdfOf(crossing(10_000) + text("words")), nil},
		{"20,000 letters at one place", pdfOf("BT /F 10 Tf " + strings.Repeat("1 0 0 1 50 700 Tm (w) Tj ", 20_000) + "ET"), nil},
		{"20,000 letters anywhere", pdfOf(scattered(20_000)), nil},
		{"400 MB of nothing, packed", packedPDF(400 << 20), ErrTooMuch},
		{"letters of size 0 and of no size", pdfOf("BT /F 0 Tf 50 700 Td (a) Tj /F 1e38 Tf (b) Tj /F -1e38 Tf (c) Tj ET"), nil},
		{"a matrix that squeezes all", pdfOf("0 0 0 0 0 0 cm " + text("words")), nil},
		{"half a file", pdfOf(text("words"))[:300], nil},
	} {
		at := time.Now()
		doc, err := Read(tc.name, []byte(tc.data))
		checkAnswer(t, doc, err)
		if tc.want != nil && !errors.Is(err, tc.want) {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
		t.Logf("%s: %v, %.60q, %v", tc.name, time.Since(at).Round(time.Millisecond), doc.Markdown, err)
	}
}

// TestHostileTextInEveryFormat: one word of a megabyte, and 10,000 quotations in each other.
func TestHostileTextInEveryFormat(t *testing.T) {
	t.Parallel()
	word := strings.Repeat("w", 1<<20)
	const deep = 10_000
	for name, data := range map[string]string{
		"word.txt":    word,
		"word.md":     "# " + word,
		"word.html":   "<html><p>" + word,
		"word.csv":    "a,b\n" + word + ",x\n",
		"word.docx":   string(docx(t, map[string]string{"body.xml": p(word)})),
		"word.pdf":    pdfOf("BT /F 10 Tf 50 700 Td (" + word + ") Tj ET"),
		"quotes.txt":  "words\n\n" + strings.Repeat("> ", deep) + "deep",
		"quotes.md":   "# Title\n\n" + strings.Repeat("> ", deep) + "deep",
		"quotes.html": "<html>" + strings.Repeat("<blockquote>", 400) + "deep",
		"deeper.html": "<html>" + strings.Repeat("<blockquote>", deep) + "deep",
		"quotes.docx": string(docx(t, map[string]string{"body.xml": strings.Repeat("<w:tbl><w:tr><w:tc>", deep) + p("deep") + strings.Repeat("</w:tc></w:tr></w:tbl>", deep)})),
		"quotes.pdf":  pdfOf("BT /F 10 Tf 50 700 Td (" + strings.Repeat("> ", deep) + "deep) Tj ET"),
	} {
		at := time.Now()
		doc, err := Read(name, []byte(data))
		if _, ok := Reason(err); err != nil && !ok {
			t.Errorf("%s: an error without a reason: %v", name, err)
		}
		whole := strings.Contains(doc.Markdown, word) || len(doc.Losses) > 0 // paper ends
		if strings.HasPrefix(name, "word.") && (err != nil || !whole) {
			t.Errorf("%s: %d bytes, %v", name, len(doc.Markdown), err)
		}
		t.Logf("%s: %v, %d bytes, %v", name, time.Since(at).Round(time.Millisecond), len(doc.Markdown), err)
	}
}

// endless has drawings that each call the next ten times. Whether its time or its memory ends first depends on the
// machine.
var endless = []byte(formPDF(14, 10, 0))

// TestPDFThatAsksTooMuch: a file that runs out, in whichever way, is refused for that; the next file is read by a
// fresh copy.
func TestPDFThatAsksTooMuch(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name string
		read func(*testing.T, *pdfEngine) error
	}{
		{"its time is over before it begins", func(t *testing.T, p *pdfEngine) error {
			ctx, stop := context.WithCancel(t.Context())
			stop()
			return fileError(ctx, p, endless)
		}},
		{"its time ends while it is read", func(t *testing.T, p *pdfEngine) error {
			ctx, stop := context.WithCancel(t.Context())
			go stop()
			return fileError(ctx, p, endless)
		}},
		{"its pages take too long", func(t *testing.T, _ *pdfEngine) error {
			ctx, stop := context.WithCancel(t.Context())
			stop()
			r := &pdfReader{file: &pdfFile{pages: []*pdfPage{{number: 1}}}, losses: &losses{}}
			return r.pages(ctx)
		}},
		{"no memory for the file itself", func(t *testing.T, p *pdfEngine) error {
			p.fill()
			return fileError(t.Context(), p, make([]byte, 1<<20))
		}},
		{"no memory for its drawings", func(t *testing.T, p *pdfEngine) error {
			room := p.call("malloc", 1<<20)
			p.fill()
			p.call("free", room)
			return fileError(t.Context(), p, endless)
		}},
		{"a fault in PDFium", func(t *testing.T, p *pdfEngine) error {
			const nowhere = 0xFFFFFF00
			p.work(t.Context(), "FPDF_GetPageCount", nowhere)
			return p.err
		}},
		{"PDFium ends itself", func(t *testing.T, p *pdfEngine) error {
			return cmp.Or(p.module.CloseWithExitCode(t.Context(), 3), fileError(t.Context(), p, endless))
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tooMuch(t, tc.read)
			if doc, err := readPDFUntil(t.Context(), []byte(pdfOf("BT /F 10 Tf 50 700 Td (next) Tj ET"))); err != nil || doc.Markdown != "next\n" {
				t.Errorf("the file after it: %q, %v", doc.Markdown, err)
			}
		})
	}
}

func tooMuch(t *testing.T, read func(*testing.T, *pdfEngine) error) {
	t.Helper()
	p, err := newPDFEngine(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer p.close()
	err = read(t, p)
	if reason, ok := Reason(err); !errors.Is(err, ErrTooMuch) || !ok || reason != ErrTooMuch.Error() {
		t.Errorf("got %v, want %v", err, ErrTooMuch)
	}
}

func fileError(ctx context.Context, p *pdfEngine, data []byte) error {
	_, err := p.file(ctx, data)
	return err
}

// fill leaves no memory but what is in pieces too small for use.
func (p *pdfEngine) fill() {
	for size := uint64(64 << 20); size >= 64; {
		if p.call("malloc", size) == 0 {
			size /= 2
		}
	}
}

// TestManyPDFsAtOnce: more than there are readers wait for one.
func TestManyPDFsAtOnce(t *testing.T) {
	t.Parallel()
	done := make(chan error)
	const files = 3 * pdfReaders
	for i := range files {
		go func() {
			doc, err := Read("x.pdf", []byte(pdfOf(fmt.Sprintf("BT /F 10 Tf 50 700 Td (file %d) Tj ET", i))))
			if want := fmt.Sprintf("file %d\n", i); err == nil && doc.Markdown != want {
				err = fmt.Errorf("got %q, want %q", doc.Markdown, want)
			}
			done <- err
		}()
	}
	for range files {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// formPDF is a page with forms in forms: levels of them, each drawn so often by the one before. The last draws
// the first when loop is 1.
func formPDF(levels, often, loop int) string {
	const first = 4
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R /Resources << /XObject << /X 4 0 R >> >> >>", first+levels)}
	for i := range levels {
		next, draw := first+i+1, strings.Repeat("/X Do ", often)
		if i == levels-1 {
			next = first
			draw = strings.Repeat("/X Do ", loop) + "0 0 5 5 re f"
		}
		objects = append(objects, fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /X %d 0 R >> >> /Length %d >>\nstream\n%s\nendstream", next, len(draw), draw))
	}
	return pdfOfObjects(append(objects, "<< /Length 5 >>\nstream\n/X Do\nendstream"), "")
}

func nestedPages(depth int) string {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>"}
	for i := range depth {
		objects = append(objects, fmt.Sprintf("<< /Type /Pages /Count 1 /Kids [%d 0 R] >>", i+3))
	}
	return pdfOfObjects(append(objects, "<< /Type /Page /MediaBox [0 0 600 800] >>"), "")
}

func crossing(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%d 0 m %d 800 l S 0 %d m 600 %d l S ", i%600, i%600, i%800, i%800)
	}
	return b.String()
}

func scattered(n int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("BT /F 10 Tf ")
	for range n {
		fmt.Fprintf(&b, "1 0 0 1 %d %d Tm (w) Tj ", r.IntN(600), r.IntN(800))
	}
	return b.String() + "ET"
}

// packedPDF has a page of n spaces.
func packedPDF(n int) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	for range n >> 20 {
		if _, err := z.Write(bytes.Repeat([]byte(" "), 1<<20)); err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return pdfOfObjects([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
		fmt.Sprintf("<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", b.Len(), b.String())}, "")
}
