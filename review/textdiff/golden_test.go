package textdiff

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"concordat/review/clause"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, pattern, want string, f func(parts map[string]string) string) {
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
			parts := map[string]string{}
			kept := archive.Files[:0:0]
			for _, part := range archive.Files {
				parts[part.Name] = string(part.Data)
				if part.Name != want {
					kept = append(kept, part)
				}
			}
			got := f(parts)
			if *update {
				archive.Files = append(kept, txtar.File{Name: want, Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(parts[want], got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

func TestCompareGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/diff/*.txtar", "changes", func(parts map[string]string) string {
		before, after := clause.Parse(parts["before.md"]), clause.Parse(parts["after.md"])
		return show(Compare(before, after), before, after)
	})
}

func show(d Diff, before, after clause.Text) string {
	var b strings.Builder
	for _, c := range d.Changes {
		fmt.Fprintf(&b, "%s", c.Kind)
		if c.Markup {
			b.WriteString(" (markup)")
		}
		if c.Before >= 0 {
			fmt.Fprintf(&b, " | was %s", before.Clauses[c.Before].Label)
		}
		if c.After >= 0 {
			fmt.Fprintf(&b, " | is %s", after.Clauses[c.After].Label)
		}
		fmt.Fprintf(&b, "\n\t%s\n", inline(c.Words))
	}
	fmt.Fprintf(&b, "%+v\n", d.Counts())
	return b.String()
}

func inline(words []Span) string {
	var b strings.Builder
	for _, s := range words {
		switch s.Op {
		case Insert:
			b.WriteString("{+" + s.Text + "+}")
		case Delete:
			b.WriteString("[-" + s.Text + "-]")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func TestMergeGolden(t *testing.T) {
	t.Parallel()
	golden(t, "testdata/merge/*.txtar", "merged", func(parts map[string]string) string {
		m := Merge(clause.Parse(parts["base.md"]), clause.Parse(parts["mine.md"]), clause.Parse(parts["theirs.md"]))
		var b strings.Builder
		b.WriteString(m.Markdown)
		fmt.Fprintf(&b, "== joined %d\n", m.Joined)
		for _, c := range m.Conflicts {
			fmt.Fprintf(&b, "== conflict at %s, line %d\nbase   %q\nmine   %q\ntheirs %q\n", c.Label,
				1+strings.Count(m.Markdown[:c.Offset], "\n"), c.Base, c.Mine, c.Theirs)
		}
		return b.String()
	})
}
