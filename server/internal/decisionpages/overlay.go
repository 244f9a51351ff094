package decisionpages

import (
	"html/template"
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/textdiff"
	"concordat/web/markdown"
	"concordat/web/view"
)

// overlayForm builds a local variation, change by change: which clause, what is done with it, and the text. It works
// without a script: a button sends the form and brings it back with one more change, or with the text as it would read.
type overlayForm struct {
	ID      string // begins the ids of its parts
	Open    bool
	Error   string
	Carried string // where what is filled in comes from
	Touched []touchedView
	Changes []changeForm
	Action  string // address of the page, to which the buttons add where to look
	More    string // what the button for one more change sends
	Next    string // id of that change
	Show    string // what the button for a look at the text sends
	Reads   *overlayView
}

type changeForm struct {
	ID, Title   string
	Row         string // name of the field that says that the change is there
	Anchor, Act view.Select
	Text        view.Textarea
}

// touchedView is what a new version changed of what a variation was about.
type touchedView struct {
	Title string
	Runs  []run
	Yours string // what the variation says there
	Taken bool   // the new version says that too
	Anew  bool   // the paragraph was parted or joined
}

// overlayView is what a variation changes, and the text that it leads to.
type overlayView struct {
	Changes []changeView
	Text    template.HTML // "" where only the changes are shown
}

type changeView struct {
	Title string
	Lines [][]run
}

// run is a stretch of words.
type run struct {
	Text           string
	Added, Removed bool
}

// takeOut is the choice by which a change is taken out of the form.
const takeOut = "nothing"

// fieldOf names a field of an answer; key is "" on a page that asks for one answer only.
func fieldOf(key, name string) string {
	if key == "" {
		return name
	}
	return key + "-" + name
}

func changeID(key string, n int) string { return fieldOf(key, "o"+strconv.Itoa(n)) }

// typedOverlay reads the changes as they were typed, without those that were left empty or are to be taken out. there
// is false when the form had none.
func typedOverlay(v values, key string) (o decision.Overlay, there bool) {
	for n := range decision.MostChanges + 1 {
		id := changeID(key, n)
		if v(id+"-row") == "" {
			return o, n > 0
		}
		c := decision.Change{Act: decision.Act(v(id + "-act")), Anchor: v(id + "-anchor"), Text: v(id + "-text")}
		if c.Act != takeOut && c != (decision.Change{}) {
			o = append(o, c)
		}
	}
	return o, true
}

// newOverlayForm shows the changes of an overlay, and as many empty ones as are asked for.
func newOverlayForm(key, action string, text clause.Text, o decision.Overlay, blank int, errs view.Errors) overlayForm {
	f := overlayForm{ID: fieldOf(key, "overlay"), Action: action, Error: errs.Of(fieldOf(key, "overlay")),
		More: strings.TrimSpace("more " + key), Show: strings.TrimSpace("show " + key)}
	if blank == 0 && f.Error != "" && len(o) == 0 {
		blank = 1
	}
	for n, c := range append(o[:len(o):len(o)], make(decision.Overlay, blank)...) {
		f.Changes = append(f.Changes, newChangeForm(changeID(key, n), n, text, c, errs))
	}
	f.Next = changeID(key, len(f.Changes))
	f.Open = len(f.Changes) > 0
	return f
}

func newChangeForm(id string, n int, text clause.Text, c decision.Change, errs view.Errors) changeForm {
	f := changeForm{ID: id, Title: "Change " + strconv.Itoa(n+1), Row: id + "-row"}
	f.Anchor = view.Select{Name: id + "-anchor", Value: c.Anchor, Label: view.Label{Text: "Paragraph"}, Error: errs.Of(id + "-anchor"),
		Options: append([]view.Option{{Text: "Choose a paragraph"}}, choices(text)...)}
	f.Act = view.Select{Name: id + "-act", Value: string(c.Act), Label: view.Label{Text: "What is done with it here"}, Error: errs.Of(id + "-act"),
		Options: []view.Option{{Text: "Choose"}}}
	for _, a := range decision.Acts {
		f.Act.Options = append(f.Act.Options, view.Option{Text: a.Words(), Value: string(a)})
	}
	f.Act.Options = append(f.Act.Options, view.Option{Text: "Nothing: take this change out", Value: takeOut})
	f.Text = view.Textarea{Name: id + "-text", Value: c.Text, Rows: 3, Label: view.Label{Text: "Text that applies here"},
		Hint: view.Hint{Text: "Not needed if it is left out. Cells of a table: | first | second |"}, Error: errs.Of(id + "-text")}
	return f
}

// choices are the clauses that can be varied, by number and first words.
func choices(text clause.Text) []view.Option {
	var out []view.Option
	for _, i := range decision.Choices(text) {
		c := text.Clauses[i]
		words := c.Label
		if !strings.Contains(c.Label, c.Words) {
			words += " " + cut(c.Words)
		}
		out = append(out, view.Option{Text: strings.ToUpper(words[:1]) + words[1:], Value: c.Anchor})
	}
	return out
}

// cut is the beginning of a clause, for a list.
func cut(words string) string {
	const most = 70
	r := []rune(words)
	if len(r) <= most {
		return words
	}
	return strings.TrimSpace(string(r[:most])) + "…"
}

// touched says what a new version changed of what a variation was about.
func touched(x decision.Carried) []touchedView {
	var out []touchedView
	for _, t := range x.Touched {
		c := x.Overlay[t.Change]
		out = append(out, touchedView{Title: "The new version " + t.Told(), Runs: runs(t.Words()), Anew: t.Turned(), Yours: c.Text, Taken: t.Taken})
	}
	return out
}

// newOverlayView shows what a variation changes. What cannot be applied is shown as it was written; nil for none.
func newOverlayView(o decision.Overlay, text clause.Text) *overlayView {
	if len(o) == 0 {
		return nil
	}
	differences, _, err := o.Differences(text)
	if err != nil {
		return writtenDown(o)
	}
	out := new(overlayView)
	for _, d := range differences {
		c := o[d.Change]
		c.Label = labelOf(text, c)
		v := changeView{Title: capital(c.Told())}
		for _, x := range d.Clauses {
			v.Lines = append(v.Lines, runs(x.Words))
		}
		out.Changes = append(out.Changes, v)
	}
	return out
}

// reading is what a variation changes, and the text that it leads to. It fails when that cannot be shown.
func reading(o decision.Overlay, text clause.Text) (*overlayView, error) {
	joined, err := o.Apply(text)
	if err != nil || len(o) == 0 {
		return nil, err
	}
	out := newOverlayView(o, text)
	out.Text, err = markdown.RenderNumbered(joined.Text.Markdown, readingParagraphs(joined.Text))
	return out, err
}

func writtenDown(o decision.Overlay) *overlayView {
	out := new(overlayView)
	for _, c := range o {
		out.Changes = append(out.Changes, changeView{Title: capital(c.Told()), Lines: [][]run{{{Text: c.Text}}}})
	}
	return out
}

// labelOf is how a version cites the clause of a change that nobody has recorded yet.
func labelOf(text clause.Text, c decision.Change) string {
	for _, x := range text.Clauses {
		if x.Anchor == c.Anchor {
			return x.Label
		}
	}
	return c.Label
}

// readingParagraphs have ids of their own: the form beside the text has some too.
func readingParagraphs(t clause.Text) []markdown.Paragraph {
	var out []markdown.Paragraph
	for _, c := range t.Clauses {
		if c.Anchor != "" {
			out = append(out, markdown.Paragraph{Offset: c.Offset, Anchor: "reads-" + c.Anchor, Number: c.Number, Label: c.Label})
		}
	}
	return out
}

func runs(words []textdiff.Span) []run {
	var out []run
	for _, s := range words {
		out = append(out, run{Text: s.Text, Added: s.Op == textdiff.Insert, Removed: s.Op == textdiff.Delete})
	}
	return out
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
