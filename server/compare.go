package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"concordat/review/textdiff"
	"concordat/server/internal/diffview"
	"concordat/server/internal/export"
)

// comparison is what differs between two files. Its JSON is what "server compare -format json" prints.
type comparison struct {
	Before      string     `json:"before"`
	After       string     `json:"after"`
	Level       int        `json:"level"` // proposed by the words alone, 0 to 3
	Steps       []string   `json:"steps"`
	Substantive bool       `json:"substantive"`
	Proof       string     `json:"proof"`          // how much of the changes is proved, in words
	NotCarried  []string   `json:"notCarriedOver"` // what could not be read of either file
	Unread      []unread   `json:"unread"`         // statements of either text that were read as no criterion
	Changes     []compared `json:"changes"`

	view diffview.View
}

// unread is a statement of a text that was read as no criterion: where it differs, that is told by its words alone.
type unread struct {
	Text  string `json:"text"` // "before" or "after"
	File  string `json:"file"`
	Where string `json:"where"` // "paragraph 3.1(a)"
	Words string `json:"words"`
}

// compared is one clause that differs.
type compared struct {
	Where  string          `json:"where"` // "Paragraph 3.1(a), was 3.2"
	Class  textdiff.Class  `json:"class"`
	Effect textdiff.Effect `json:"effect"` // "cannot be told" where nothing is proved
	Why    string          `json:"why"`
	Before string          `json:"before"` // the words; empty when it is new
	After  string          `json:"after"`  // empty when it was removed

	runs []diffview.Run
}

func newComparison(before, after textFile) comparison {
	v := diffview.Rows(diffview.Labelled{Name: before.name, Text: before.text}, diffview.Labelled{Name: after.name, Text: after.text}, diffview.Inline)
	x := comparison{Before: before.name, After: after.name, Substantive: textdiff.Substantive(v.Found), NotCarried: []string{}, Unread: []unread{}, Changes: []compared{}, view: v}
	x.Level, x.Steps = textdiff.Level(v.Found)
	x.Proof = textdiff.Proved(v.Found).Words()
	for i, f := range []textFile{before, after} {
		for _, l := range f.losses {
			x.NotCarried = append(x.NotCarried, f.name+": "+l)
		}
		for _, s := range f.text.Criteria().Unread() {
			x.Unread = append(x.Unread, unread{[]string{"before", "after"}[i], f.name, f.text.Clauses[s.Clause].Label, s.In(f.text)})
		}
	}
	for _, c := range v.Changes {
		x.Changes = append(x.Changes, compared{Where: c.Title, Class: c.Class.Class, Effect: c.Class.Effect, Why: strings.TrimSpace(c.Why + " " + c.Note),
			Before: wordsOf(c.Before), After: wordsOf(c.After), runs: c.Inline})
	}
	return x
}

func wordsOf(runs []diffview.Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
	}
	return b.String()
}

func (x comparison) write(w io.Writer, format string) error {
	switch format {
	case "json":
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(x)
	case "csv":
		return x.csv(w)
	case "html":
		return x.html(w)
	}
	_, err := io.WriteString(w, x.text())
	return err
}

// text marks removed words as [-so-] and added ones as {+so+}.
func (x comparison) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s compared with %s\n%s\nProposed level of change, from the words alone: %d\n", x.Before, x.After, x.view.Heading, x.Level)
	for _, s := range x.Steps {
		fmt.Fprintf(&b, "- %s\n", s)
	}
	if x.Proof != "" {
		fmt.Fprintf(&b, "%s\n", x.Proof)
	}
	for _, l := range x.NotCarried {
		fmt.Fprintf(&b, "Not carried over from %s\n", l)
	}
	if n := len(x.Unread); n > 0 {
		fmt.Fprintf(&b, "Read as no criterion: %s, listed at the end\n", statements(n))
	}
	for _, c := range x.Changes {
		fmt.Fprintf(&b, "\n%s: %s, %s\n  ", c.Where, c.Class, c.Effect.Words())
		for _, r := range c.runs {
			switch {
			case r.Added:
				b.WriteString("{+" + r.Text + "+}")
			case r.Removed:
				b.WriteString("[-" + r.Text + "-]")
			default:
				b.WriteString(r.Text)
			}
		}
		fmt.Fprintf(&b, "\n  %s\n", c.Why)
	}
	if len(x.Unread) > 0 {
		b.WriteString("\nRead as no criterion:\n")
	}
	for _, u := range x.Unread {
		fmt.Fprintf(&b, "  %s, %s: %s\n", u.File, u.Where, u.Words)
	}
	return b.String()
}

func statements(n int) string {
	if n == 1 {
		return "1 statement"
	}
	return fmt.Sprintf("%d statements", n)
}

// csv has a row for each change, then rows of other classes: how much is proved, what was lost from a file, and what was read
// as no criterion.
func (x comparison) csv(w io.Writer) error {
	t := export.Table{Name: "Differences"}
	for _, title := range []string{"Where", "Class", "Effect for patients", "Why", "Before", "After"} {
		t.Columns = append(t.Columns, export.Column{Title: title})
	}
	for _, c := range x.Changes {
		t.Rows = append(t.Rows, []any{c.Where, string(c.Class), c.Effect.Words(), c.Why, c.Before, c.After})
	}
	if x.Proof != "" {
		t.Rows = append(t.Rows, []any{"", "how much is proved", "", x.Proof, "", ""})
	}
	for _, l := range x.NotCarried {
		t.Rows = append(t.Rows, []any{"", "not carried over", "", l, "", ""})
	}
	for _, u := range x.Unread {
		row := []any{u.Where, "read as no criterion", "", u.File, u.Words, ""}
		if u.Text == "after" {
			row[4], row[5] = "", u.Words
		}
		t.Rows = append(t.Rows, row)
	}
	return export.CSV(w, t)
}

// html is a page that stands alone: it needs no other file.
func (x comparison) html(w io.Writer) error {
	title := html.EscapeString(x.Before + " compared with " + x.After)
	var steps, lost, left strings.Builder
	for _, s := range x.Steps {
		steps.WriteString("<li>" + html.EscapeString(s) + "</li>")
	}
	for _, l := range x.NotCarried {
		lost.WriteString("<p>Not carried over from " + html.EscapeString(l) + "</p>\n")
	}
	if n := len(x.Unread); n > 0 {
		left.WriteString("<details><summary>Read as no criterion: " + statements(n) + "</summary><ul>")
		for _, u := range x.Unread {
			left.WriteString("<li>" + html.EscapeString(u.File+", "+u.Where+": "+u.Words) + "</li>")
		}
		left.WriteString("</ul></details>\n")
	}
	_, err := fmt.Fprintf(w, `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>%s</title>
<style>
body { font: 1rem/1.5 sans-serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem; }
ins { background: #cfe8d5; } del { background: #f6d4d2; }
.app-mark { border: 1px solid; padding: 0 .25rem; font-weight: bold; }
.nhsuk-u-visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%%); white-space: nowrap; }
</style>
</head>
<body>
<main>
<h1>%s</h1>
<p>Proposed level of change, from the words alone: <b>%d</b></p>
<ul>%s</ul>
<p>%s</p>
%s%s%s</main>
</body>
</html>
`, title, title, x.Level, steps.String(), html.EscapeString(x.Proof), lost.String(), x.view.HTML(), left.String())
	return err
}
