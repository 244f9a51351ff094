package intake

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"
)

// TestBooks parts each fixture of testdata/books and compares what came of it with what stands beside it.
func TestBooks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/books/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { goldenBook(t, f) })
	}
}

func goldenBook(t *testing.T, file string) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	in := map[string]string{}
	want := ""
	var kept []txtar.File
	for _, f := range ar.Files {
		if f.Name == "want" {
			want = string(f.Data)
			continue
		}
		in[f.Name] = string(f.Data)
		kept = append(kept, f)
	}
	name, data := "x.docx", []byte(nil)
	for _, n := range []string{"in.html", "in.md", "in.csv"} {
		if in[n] != "" {
			name, data = n, []byte(in[n])
		}
	}
	if data == nil {
		data = docx(t, in)
	}
	parts, losses, err := Book(name, data)
	if err != nil {
		t.Fatal(err)
	}
	got := shownParts(parts, losses)
	if *update {
		ar.Files = append(kept, txtar.File{Name: "want", Data: []byte(got)})
		if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("parts (-want +got):\n%s", d)
	}
}

func shownParts(parts []Part, losses []Loss) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "=== %s\n", p.Title)
		for _, l := range p.Losses {
			fmt.Fprintf(&b, "lost: %s\n", l)
		}
		b.WriteString("\n" + p.Markdown)
	}
	for _, l := range losses {
		fmt.Fprintf(&b, "=== lost in no part: %s\n", l)
	}
	return b.String()
}

// TestBooksLoseNoWords: whatever the headings, each word of a file stands in one part, and in one only.
func TestBooksLoseNoWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		var page strings.Builder
		page.WriteString("<html><body>")
		n := rapid.IntRange(1, 30).Draw(r, "blocks")
		for i := range n {
			word := rapid.SampledFrom([]string{"Criteria", "Codes", "Hip", "Knee", fmt.Sprint("Word", i)}).Draw(r, "word")
			switch kind := rapid.IntRange(0, 8).Draw(r, "kind"); kind {
			case 0, 1, 2, 3:
				fmt.Fprintf(&page, "<h%d>%s</h%d>", kind+1, word, kind+1)
			case 4:
				fmt.Fprintf(&page, "<ul><li>%s one<li>two %s</ul>", word, word)
			case 5:
				fmt.Fprintf(&page, "<table><tr><td>a %s<td>b<tr><td>c<td>d %s</table>", word, word)
			default:
				fmt.Fprintf(&page, "<p>%s in a sentence.</p>", word)
			}
		}
		doc, err := Read("x", []byte(page.String()))
		if err != nil {
			r.Skip()
		}
		parts, _, err := Book("x", []byte(page.String()))
		if err != nil {
			r.Fatal(err)
		}
		var all strings.Builder
		for _, p := range parts {
			all.WriteString(p.Markdown + "\n")
		}
		if want, got := words(doc.Markdown), words(all.String()); share(want, got) < 1 && len(parts) > 1 {
			lost := cmp.Diff(want, got)
			if headingsOnly(doc.Markdown, want, got) {
				return
			}
			r.Fatalf("%d parts:\n%s\nof\n%s\n%s", len(parts), all.String(), doc.Markdown, lost)
		}
	})
}

// headingsOnly tells whether the words that are missing stand only in headings that nothing follows.
func headingsOnly(md string, want, got map[string]int) bool {
	for _, line := range strings.Split(md, "\n") {
		if strings.HasPrefix(line, "#") {
			for w, n := range words(line) {
				want[w] -= n
			}
		}
	}
	for w, n := range want {
		if got[w] < n {
			return false
		}
	}
	return true
}
