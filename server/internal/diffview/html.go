package diffview

import (
	"html/template"
	"strconv"
	"strings"
)

// HTML writes the differences as a page shows them: what there is in short, then each change between what stayed.
// It is no template, which would take ten times as long for so many words.
func (v View) HTML() template.HTML {
	w := &writer{}
	w.Grow(v.size())
	w.summary(v)
	if v.Unlike {
		w.unlike(v)
	}
	if len(v.Changes) > 0 {
		w.markup(`<p class="app-key">`)
		w.runs([]Run{{Text: "Removed words", Removed: true}, {Text: " "}, {Text: "Added words", Added: true}})
		w.markup(` <span class="app-change__text--moved">Moved</span></p>`)
	}
	for _, x := range v.Items {
		if x.Gap != nil {
			w.markup(`<details class="app-gap">`)
			w.lines(x.Gap.Title, x.Gap.Lines)
		} else {
			w.change(v, x.Change)
		}
	}
	return template.HTML(w.String()) //nolint:gosec // the writer escapes all that is no markup of its own
}

// size is about how long the HTML will be.
func (v View) size() int {
	n := 2048 + 1024*len(v.Changes)
	for _, x := range v.Items {
		if x.Gap != nil {
			for i := range x.Gap.Lines {
				n += len(x.Gap.Lines[i].Words) + 32
			}
		}
	}
	return n
}

// writer writes HTML: markup is ours, text is anybody's.
type writer struct{ strings.Builder }

func (w *writer) markup(parts ...string) {
	for _, p := range parts {
		w.WriteString(p)
	}
}

func (w *writer) text(s string) { w.WriteString(template.HTMLEscapeString(s)) }

func (w *writer) summary(v View) {
	w.markup(`<section class="app-sum" aria-labelledby="sum-h"><h2 class="nhsuk-heading-m" id="sum-h">`)
	w.text(v.Heading)
	w.markup(`</h2><p>`)
	w.text(v.Before)
	w.markup(` compared with `)
	w.text(v.After)
	w.markup(`.</p>`)
	if len(v.Changes) > 0 && !v.Unlike {
		w.markup(`<ol class="app-sum__list">`)
		for _, c := range v.Changes {
			w.markup("\n", `<li><a href="#`, c.ID, `">`)
			w.text(c.Label)
			w.markup(`</a> `)
			w.mark(c.Mark)
			w.markup(`</li>`)
		}
		w.markup(`</ol>`)
	}
	w.level(v.Level)
	w.markup("</section>\n")
}

func (w *writer) level(l *Level) {
	if l == nil {
		return
	}
	w.markup(`<h3 class="nhsuk-heading-s">Level of change by the words alone. `)
	w.text(l.Words)
	w.markup(`</h3><ul class="nhsuk-list nhsuk-list--bullet">`)
	for _, s := range l.Steps {
		w.markup(`<li>`)
		w.text(s)
		w.markup(`</li>`)
	}
	w.markup(`</ul>`)
}

func (w *writer) mark(m Mark) {
	w.markup(`<span class="app-mark app-mark--`, m.State, `">`, m.Word, `</span>`)
}

// unlike shows two texts in full that share too little for a list of changes to help.
func (w *writer) unlike(v View) {
	w.markup(`<div class="nhsuk-inset-text"><span class="nhsuk-u-visually-hidden">Information: </span>`,
		`<p>These two texts have little in common, so the changes say less than both texts read in full.</p></div>`)
	if v.SideBySide {
		w.markup(`<div class="app-change__pair">`)
	}
	for _, text := range []struct {
		name  string
		lines []Line
	}{{v.Before, v.WasInFull}, {v.After, v.IsInFull}} {
		w.markup(`<details class="app-gap" open>`)
		w.lines(text.name+", in full", text.lines)
	}
	if v.SideBySide {
		w.markup("</div>\n")
	}
}

// lines ends what begins with "<details".
func (w *writer) lines(title string, l []Line) {
	w.markup(`<summary>`)
	w.text(title)
	w.markup(`</summary>`)
	for i := range l {
		w.line(&l[i])
	}
	w.markup("</details>\n")
}

func (w *writer) line(x *Line) {
	w.markup(`<p>`)
	if x.Number != "" {
		w.number(x)
	}
	if x.Heading {
		w.markup(`<b>`)
		w.text(x.Words)
		w.markup(`</b></p>`)
		return
	}
	w.text(x.Words)
	w.markup(`</p>`)
}

// number is the clause's, as a link to it where it has an address.
func (w *writer) number(x *Line) {
	if x.Href == "" {
		w.markup(`<b>`)
		w.text(x.Number)
		w.markup(`</b> `)
		return
	}
	w.markup(`<b><a href="`)
	w.text(x.Href)
	w.markup(`">`)
	w.text(x.Number)
	w.markup(`</a></b> `)
}

func (w *writer) change(v View, c *Change) {
	w.markup(`<article class="app-change" id="`, c.ID, `" tabindex="-1" aria-labelledby="`, c.ID, `-h"><div class="app-change__head"><h3 id="`, c.ID, `-h">`)
	w.text(c.Title)
	w.markup(`</h3><p>`)
	w.mark(c.Mark)
	for _, m := range c.More {
		w.markup(` `)
		w.mark(m)
	}
	w.markup(`</p><p class="app-change__nav">`, strconv.Itoa(c.Number), ` of `, strconv.Itoa(c.Of))
	w.neighbour("Previous", c.Previous)
	w.neighbour("Next", c.Next)
	w.inText(c)
	w.markup("</p></div>\n")
	switch {
	case v.SideBySide:
		w.markup(`<div class="app-change__pair">`)
		w.side(v.Before, c.Before)
		w.side(v.After, c.After)
		w.markup("</div>\n")
	case len(c.Inline) > 0:
		class := "app-change__text"
		if c.Moved {
			class += " app-change__text--moved"
		}
		w.markup(`<div class="`, class, `"><p>`)
		w.runs(c.Inline)
		w.markup("</p></div>\n")
	}
	for _, text := range []string{c.Why, c.Note} {
		if text != "" {
			w.markup(`<p class="app-change__why">`)
			w.text(text)
			w.markup(`</p>`)
		}
	}
	w.markup("</article>\n")
}

func (w *writer) neighbour(word, id string) {
	if id != "" {
		w.markup(` <a href="#`, id, `">`, word, `<span class="nhsuk-u-visually-hidden"> change</span></a>`)
	}
}

// inText leads to the clause where it can be read with what stands around it.
func (w *writer) inText(c *Change) {
	if c.Href == "" {
		return
	}
	w.markup(` <a href="`)
	w.text(c.Href)
	w.markup(`">In the text<span class="nhsuk-u-visually-hidden"> of `)
	w.text(c.In)
	w.markup(`: `)
	w.text(c.Label)
	w.markup(`</span></a>`)
}

func (w *writer) side(name string, r []Run) {
	w.markup(`<div><h4>`)
	w.text(name)
	w.markup(`</h4><p>`)
	if len(r) == 0 {
		w.markup(`Not in this text`)
	}
	w.runs(r)
	w.markup(`</p></div>`)
}

// runs says aloud what is drawn as added or removed, for not everybody sees it.
func (w *writer) runs(r []Run) {
	const ends = `<span class="nhsuk-u-visually-hidden"> end]</span>`
	for i := range r {
		switch {
		case r[i].Added:
			w.markup(`<ins><span class="nhsuk-u-visually-hidden">[added: </span>`)
			w.text(r[i].Text)
			w.markup(ends, `</ins>`)
		case r[i].Removed:
			w.markup(`<del><span class="nhsuk-u-visually-hidden">[removed: </span>`)
			w.text(r[i].Text)
			w.markup(ends, `</del>`)
		default:
			w.text(r[i].Text)
		}
	}
}
