package markdown

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// Each file of testdata holds in.md, perhaps paragraphs (words at which one begins, anchor and those that went into it,
// number, label), and the HTML wanted.
func TestGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("golden files: %v, %v", files, err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	a, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var src string
	var o Options
	var want *txtar.File
	for i := range a.Files {
		switch f := &a.Files[i]; f.Name {
		case "in.md":
			src = string(f.Data)
		case "paragraphs":
			o.Paragraphs = readParagraphs(t, src, string(f.Data))
		case "out.html":
			want = f
		}
	}
	got, err := o.Render(src)
	if err != nil {
		t.Fatal(err)
	}
	if err := safe(string(got)); err != nil {
		t.Error(err)
	}
	if *update {
		want.Data = []byte(got)
		if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want.Data), string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func readParagraphs(t *testing.T, src, lines string) []Paragraph {
	t.Helper()
	var list []Paragraph
	for line := range strings.Lines(lines) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) != 4 {
			t.Fatalf("paragraph %q: want words | anchor | number | label", line)
		}
		at := strings.Index(src, f[0])
		if at < 0 {
			t.Fatalf("paragraph %q: not in the text", f[0])
		}
		ids := strings.Fields(f[1])
		list = append(list, Paragraph{Offset: at, Anchor: ids[0], Former: ids[1:], Number: strings.Trim(f[2], "-"), Label: f[3]})
	}
	return list
}

func TestHeadingLevels(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		src, want string
		top       int
	}{
		{"# A\n## B\n### C\n# D", "h3 h4 h5 h3", 0},
		{"### A\n###### B\n# C", "h2 h3 h2", 2},
		{"# A\n### B\n## C\n#### D", "h4 h5 h5 h6", 4},
		{"# A\n## B\n### C\n#### D", "h5 h6 h6 h6", 5},
	} {
		got, err := Options{Top: tc.top}.Render(tc.src)
		if err != nil {
			t.Fatal(err)
		}
		var levels []string
		for _, part := range strings.Split(string(got), "<h")[1:] {
			levels = append(levels, "h"+part[:1])
		}
		if s := strings.Join(levels, " "); s != tc.want {
			t.Errorf("%q: levels %s, want %s", tc.src, s, tc.want)
		}
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, src, want string }{
		{"empty", "", ""},
		{"plain", "A paragraph.\n\n- one\n- two\n", ""},
		{"long", strings.Repeat("word ", maxBytes/5+1), "longer than"},
		{"not UTF-8", "caf\xe9", "UTF-8"},
		{"columns", strings.Repeat("|a", 61) + "|\n" + strings.Repeat("|-", 61) + "|\n", "60 columns"},
		{"cells", "|" + strings.Repeat("a|", 50) + "\n|" + strings.Repeat("-|", 50) + "\n" + strings.Repeat("|\n", 500), "20000 cells"},
		{"cells of many tables", strings.Repeat("|"+strings.Repeat("a|", 50)+"\n|"+strings.Repeat("-|", 50)+"\n|\n|\n\n", 150), "20000 cells"},
		{"quotations", strings.Repeat("> ", 40) + "x", "nested"},
		{"quotations without spaces", strings.Repeat(">", 40) + "x", "nested"},
		{"lists", strings.Repeat("- ", 40) + "x", "nested"},
		{"numbers", strings.Repeat("1. ", 40) + "x", "nested"},
		{"indent", strings.Repeat("\t", 60) + "x", "nested"},
		{"brackets", strings.Repeat("[a](", 1200), "brackets"},
		{"stars", strings.Repeat("*a _", 1200), "marks"},
		{"footnotes", strings.Repeat("[^1] ", 1200), "footnotes"},
		{"one long line of markup", strings.Repeat("a<b ", 20000), "too long"},
		{"one long line of words", strings.Repeat("word ", 20000), ""},
	} {
		err := Check(tc.src)
		switch {
		case tc.want == "" && err != nil:
			t.Errorf("%s: %v", tc.name, err)
		case tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
			t.Errorf("%s: error %v, want one with %q", tc.name, err, tc.want)
		case tc.want != "" && !errors.Is(err, ErrUnfit):
			t.Errorf("%s: %v is not ErrUnfit", tc.name, err)
		}
		if _, rendered := Render(tc.src); (err == nil) != (rendered == nil) {
			t.Errorf("%s: Check says %v, Render %v", tc.name, err, rendered)
		}
	}
}

func TestOutputIsCapped(t *testing.T) {
	t.Parallel()
	out := capped{left: 10}
	if _, err := out.Write(bytes.Repeat([]byte("x"), 11)); !errors.Is(err, errTooLong) {
		t.Errorf("writing 11 of 10 bytes: %v, want errTooLong", err)
	}
}

func TestAnchorsAreIDs(t *testing.T) {
	t.Parallel()
	for _, anchor := range []string{"", "2", `a"b`, "a b", "é"} {
		if _, err := RenderNumbered("x", []Paragraph{{Anchor: anchor, Number: "1"}}); err == nil {
			t.Errorf("anchor %q was accepted", anchor)
		}
		if _, err := RenderNumbered("x", []Paragraph{{Anchor: "p1", Former: []string{anchor}, Number: "1"}}); err == nil {
			t.Errorf("former anchor %q was accepted", anchor)
		}
	}
	if _, err := (Options{Prefix: "a b"}).Render("x"); err == nil {
		t.Error("a prefix with a space was accepted")
	}
}
