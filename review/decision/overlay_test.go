package decision_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/review/textdiff"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// anchored reads a text and gives its clauses the anchors a0, a1 …
func anchored(markdown string) clause.Text {
	n := -1
	return clause.Parse(markdown).Inherit(clause.Text{}, func() string {
		n++
		return "a" + strconv.Itoa(n)
	})
}

// readOverlay reads "replace 2.3(a)" with the text in the lines that follow, until a line of three bars.
func readOverlay(text clause.Text, s string) decision.Overlay {
	var out decision.Overlay
	for part := range strings.SplitSeq(s, "===\n") {
		head, body, _ := strings.Cut(part, "\n")
		var c decision.Change
		for _, act := range decision.Acts {
			if label, ok := strings.CutPrefix(head, string(act)+" "); ok {
				c = decision.Change{Act: act, Anchor: "missing", Text: body}
				for _, x := range text.Clauses {
					if x.Label == label {
						c.Anchor = x.Anchor
					}
				}
			}
		}
		out = append(out, c)
	}
	return out
}

// showJoined writes a joined text as people cite it, with what is marked; or why it is refused.
func showJoined(o decision.Overlay, text clause.Text) string {
	differences, joined, err := o.Differences(text)
	var faults record.Faults
	if errors.As(err, &faults) {
		var b strings.Builder
		for _, f := range faults {
			fmt.Fprintf(&b, "%s: %s\n", f.Field, f.Message)
		}
		return b.String()
	}
	var b strings.Builder
	marked := func(i int) string {
		for _, m := range joined.Marks {
			if m.From <= i && i < m.To {
				return " <- " + string(o[m.Change].Act)
			}
		}
		return ""
	}
	for i, c := range joined.Text.Clauses {
		for _, m := range joined.Marks {
			if m.From == i && m.To == i {
				fmt.Fprintf(&b, "    (%s left out)\n", text.Clauses[m.Core].Label)
			}
		}
		fmt.Fprintf(&b, "%s [%s] %s%s\n", c.Label, c.Anchor, c.Words, marked(i))
	}
	for _, d := range differences {
		for _, c := range d.Clauses {
			fmt.Fprintf(&b, "change %d, %s: %s\n", d.Change, c.Kind, spans(c.Words))
		}
	}
	return b.String() + "\n" + joined.Text.Markdown
}

func spans(list []textdiff.Span) string {
	var b strings.Builder
	for _, s := range list {
		b.WriteString(map[textdiff.Op]string{textdiff.Equal: "", textdiff.Insert: "+", textdiff.Delete: "-"}[s.Op] + "[" + s.Text + "]")
	}
	return b.String()
}

func TestOverlayGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/overlay/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text := anchored(string(archive.Files[0].Data))
			o := readOverlay(text, string(archive.Files[1].Data))
			got := showJoined(o, text)
			if *update {
				archive.Files = append(archive.Files[:2], txtar.File{Name: "joined", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[2].Data), got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
