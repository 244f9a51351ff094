package intake

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestGolden reads each fixture of testdata and compares what came of it with what stands beside it. A fixture
// holds parts of a Word file, or in.html, paste.html, in.md, in.txt.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { golden(t, f) })
	}
}

func golden(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	var kept []txtar.File
	for _, f := range ar.Files {
		parts[f.Name] = string(f.Data)
		if f.Name != "want.md" && f.Name != "want.losses" {
			kept = append(kept, f)
		}
	}
	doc, err := readFixture(t, parts)
	if err != nil {
		t.Fatal(err)
	}
	var lost strings.Builder
	lost.WriteString("title: " + doc.Title + "\n")
	for _, l := range doc.Losses {
		lost.WriteString(l.String() + "\n")
	}
	stable(t, doc)
	if *update {
		ar.Files = append(kept, txtar.File{Name: "want.md", Data: []byte(doc.Markdown)}, txtar.File{Name: "want.losses", Data: []byte(lost.String())})
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(parts["want.md"], doc.Markdown); d != "" {
		t.Errorf("Markdown (-want +got):\n%s", d)
	}
	if d := cmp.Diff(parts["want.losses"], lost.String()); d != "" {
		t.Errorf("losses (-want +got):\n%s", d)
	}
}

func readFixture(t *testing.T, parts map[string]string) (Document, error) {
	for _, name := range []string{"in.html", "in.md", "in.txt", "in.csv"} {
		if in, ok := parts[name]; ok {
			return Read(name, []byte(in))
		}
	}
	if in, ok := parts["paste.html"]; ok {
		return FromHTML(in)
	}
	return Read("fixture.docx", docx(t, parts))
}

// stable checks that reading what was written changes nothing.
func stable(t testing.TB, doc Document) {
	t.Helper()
	if doc.Markdown == "" {
		return
	}
	again, err := Read("again.md", []byte(doc.Markdown))
	if err != nil {
		t.Fatalf("reading the Markdown again: %v\n%s", err, doc.Markdown)
	}
	if d := cmp.Diff(doc.Markdown, again.Markdown); d != "" {
		t.Errorf("read again as %s, it changed (-first +second):\n%s", again.Format, d)
	}
	if len(again.Losses) > 0 {
		t.Errorf("read again, it lost %v", again.Losses)
	}
}
