package clause

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden runs f over each archive of a folder and compares the part named want.
func golden(t *testing.T, pattern, want string, f func(part func(string) string) string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files %s: %v", pattern, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := func(name string) *txtar.File {
				for i := range archive.Files {
					if archive.Files[i].Name == name {
						return &archive.Files[i]
					}
				}
				archive.Files = append(archive.Files, txtar.File{Name: name})
				return &archive.Files[len(archive.Files)-1]
			}
			got := f(func(name string) string { return string(part(name).Data) })
			if *update {
				part(want).Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(part(want).Data), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func TestParseGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/parse/*.txtar", "clauses", func(part func(string) string) string {
		return outline(Parse(part("text.md")))
	})
}

func outline(t Text) string {
	var b strings.Builder
	for i, c := range t.Clauses {
		fmt.Fprintf(&b, "%d %s level %d parent %d [%s] %s\n\t%s\n", i, c.Kind, c.Level, c.Parent, c.Number, c.Label, c.Words)
	}
	return b.String()
}

func TestInheritGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/inherit/*.txtar", "anchors", func(part func(string) string) string {
		next := serial("")
		before := Parse(part("before.md")).Inherit(Text{}, next)
		var b strings.Builder
		after := Parse(part("after.md")).Inherit(before, serial("new"))
		for _, c := range after.Clauses {
			fmt.Fprintf(&b, "%s\t%s\n", c.Anchor, c.Words)
		}
		for _, turn := range after.Lineage {
			fmt.Fprintf(&b, "%s became %s\n", strings.Join(turn.From, " and "), strings.Join(turn.Into, " and "))
		}
		return b.String()
	})
}

func serial(prefix string) func() string {
	n := 0
	return func() string {
		n++
		return fmt.Sprintf("%s%d", prefix, n)
	}
}

func TestUntypeGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/untype/*.txtar", "untyped", func(part func(string) string) string {
		text, typed := Untype(part("text.md"))
		var b strings.Builder
		b.WriteString(text)
		for _, n := range typed {
			fmt.Fprintf(&b, "== %s\t%s\n", n.Number, n.Words)
		}
		return b.String()
	})
}

func TestUntypeLeavesAlone(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"testdata/untype/kept.txtar"} {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		src := string(archive.Files[0].Data)
		if got, typed := Untype(src); got != src || typed != nil {
			t.Errorf("%s changed: %v\n%s", file, typed, cmp.Diff(src, got))
		}
	}
}
