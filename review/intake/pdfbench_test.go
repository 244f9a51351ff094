package intake

import (
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkPDF reads the files of testdata/pdf and says how many pages come out in a second.
func BenchmarkPDF(b *testing.B) {
	files, err := filepath.Glob("testdata/pdf/*.pdf")
	if err != nil || len(files) == 0 {
		b.Fatalf("no files: %v", err)
	}
	if _, err := pdfReaderPool(); err != nil { // its start takes seconds, once
		b.Fatal(err)
	}
	pages := 0
	for b.Loop() {
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				b.Fatal(err)
			}
			file, err := readPDFFile(b.Context(), data)
			if err != nil {
				b.Fatal(err)
			}
			r := &pdfReader{file: file, losses: &losses{}}
			if err := r.pages(b.Context()); err != nil {
				b.Fatal(err)
			}
			r.margins()
			if _, err := r.document(); err != nil {
				b.Fatal(err)
			}
			pages += len(file.pages)
		}
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}
