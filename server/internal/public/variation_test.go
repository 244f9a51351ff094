package public

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/services"
	"concordat/web/markdown"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A variation shows at its paragraph: in the area's own text as it reads there, in everybody's as a box.
func TestVariationGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/variation/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p, s := variedPolicy(t, string(archive.Files[0].Data), string(archive.Files[1].Data))
			got := []txtar.File{{Name: "all areas", Data: shownIn(t, s, p, nil)}, {Name: "here", Data: shownIn(t, s, p, s.places["b"])}}
			if *update {
				archive.Files = append(archive.Files[:2], got...)
				if err := os.WriteFile(file, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(archive.Files[2:], got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// variedPolicy is a policy with a criteria section, which Brind & wick adopted with changes: "replace 2 the text" is of
// the second paragraph as the section counts.
func variedPolicy(t *testing.T, criteria, changes string) (*Policy, *Snapshot) {
	t.Helper()
	v := &review.Version{Policy: "P1", Mark: review.Mark{Number: review.Number{Major: 1}, Final: true}, Content: review.Content{
		Sections: []review.Section{{Key: review.CriteriaKey, Title: "Criteria", Markdown: criteria}}}}
	n := 0
	v.Anchors = clause.Anchors(clause.Parse(v.Markdown()).Inherit(clause.Text{}, func() string { n++; return "p" + strconv.Itoa(n) }))
	d := &decision.Decision{Head: record.Head{ID: decision.ID("P1", "1.0", "b")}, Policy: "P1", Version: "1.0", Commissioner: "b",
		Ruling: decision.Ruling{Said: decision.Said{Outcome: decision.Vary}, DecidedOn: record.Day(2026, 12, 10)}}
	for line := range strings.Lines(changes) {
		for _, act := range decision.Acts {
			if rest, ok := strings.CutPrefix(strings.TrimSpace(line), string(act)+" "); ok {
				anchor, text, _ := strings.Cut(rest, " ")
				d.Overlay = append(d.Overlay, decision.Change{Act: act, Anchor: "p" + anchor, Label: "1." + anchor, Text: text})
			}
		}
	}
	html, err := markdown.RenderNumbered(v.Markdown(), services.Paragraphs(v.Text()))
	if err != nil {
		t.Fatal(err)
	}
	s := &Snapshot{facts: &facts{places: review.Places{"b": {Head: record.Head{ID: "b"}, Short: "Brind & wick"}}}, Today: record.Day(2027, 1, 1)}
	return &Policy{policyFacts: &policyFacts{policy: &review.Policy{}, decisions: map[string]*decision.Decision{d.ID: d}}, ID: "P1", Now: v, HTML: string(html)}, s
}

func shownIn(t *testing.T, s *Snapshot, p *Policy, area *review.Commissioner) []byte {
	t.Helper()
	_, rest, err := s.text(p, area)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.ReplaceAll(string(rest), "<div ", "\n<div ") + "\n")
}

// A link to a paragraph that was joined into another finds it, also where an area reads other words.
func TestLinksToWhatWasJoined(t *testing.T) {
	t.Parallel()
	p, s := variedPolicy(t, "One paragraph.\n\nAnother that was two.\n", "replace 3 Our own words.")
	lineage := clause.Lineage{{From: []string{"p3", "p9"}, Into: []string{"p3"}}}
	v := *p.Now
	v.Lineage = lineage
	p.Now = &v
	html, err := markdown.RenderNumbered(v.Markdown(), services.Paragraphs(v.Text()))
	if err != nil {
		t.Fatal(err)
	}
	p.HTML = string(html)
	for _, area := range []*review.Commissioner{nil, s.places["b"]} {
		shown := string(shownIn(t, s, p, area))
		if strings.Count(shown, `id="p9"`) != 1 || strings.Index(shown, `id="p9"`) < strings.Index(shown, `id="p3"`) {
			t.Errorf("no place p9 within p3:\n%s", shown)
		}
	}
}
