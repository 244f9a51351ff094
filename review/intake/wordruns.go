package intake

import (
	"cmp"
	"strings"
)

// inlines gives what stands in a paragraph.
func (w *wordReader) inlines(n *node, base look) []run {
	var out []run
	w.walk(n, base, "", &out)
	return settled(out, w.losses)
}

// walk goes through the level of runs.
func (w *wordReader) walk(n *node, base look, href string, out *[]run) {
	for _, k := range n.kids {
		switch k.name {
		case "r":
			w.run(k, base, href, out)
		case "hyperlink":
			w.walk(k, base, w.address(k), out)
		case "ins":
			w.losses.add("a tracked insertion, kept as if accepted")
			w.walk(k, base, href, out)
		case "moveTo":
			w.losses.add("a tracked move, kept as if accepted")
			w.walk(k, base, href, out)
		case "del":
			w.losses.add(trackedDeletion)
		case "fldSimple":
			w.simpleField(k, base, href, out)
		case "sdt":
			w.inlineControl(k, base, href, out)
		case "smartTag", "customXml", "dir", "bdo", "rubyBase":
			w.walk(k, base, href, out)
		case "AlternateContent":
			w.walk(alternative(k), base, href, out)
		case "oMath", "oMathPara":
			w.math(k, base, out)
		}
	}
}

// customMark says whether a note's mark was typed, and follows in the same run.
func customMark(k *node) bool {
	v := k.attr("customMarkFollows")
	return v != "" && v != "0" && v != "false" && v != "off"
}

// address of a hyperlink; one within the document leads nowhere once clauses have their own anchors.
func (w *wordReader) address(n *node) string {
	r, ok := w.links[n.relAttr("id")]
	if !ok || !r.external {
		return ""
	}
	if a := link(r.target); a != "" {
		return a
	}
	w.losses.add("a link that leads to a file or to nowhere; its words are kept")
	return ""
}

// run reads one run: text in one look.
func (w *wordReader) run(n *node, base look, href string, out *[]run) {
	rPr := n.child("rPr")
	l := base
	if s, ok := w.styles.byID[rPr.first("rStyle").val()]; ok {
		l = l.over(s.look)
	}
	l = l.over(readLook(rPr))
	fonts := rPr.first("rFonts")
	font := strings.ToLower(cmp.Or(fonts.attr("ascii"), fonts.attr("hAnsi")))
	for _, k := range n.kids {
		w.runChild(k, l, font, href, out)
		if customMark(k) {
			return // the mark that follows stands for the note that was read
		}
	}
}

func (w *wordReader) runChild(k *node, l look, font, href string, out *[]run) {
	switch k.name {
	case "t":
		w.text(symbolText(k.text, font), l, href, out)
	case "tab", "ptab":
		w.text("\t", l, href, out)
	case "br":
		if t := k.attr("type"); t == "" || t == "textWrapping" {
			w.text("\n", l, href, out)
		}
	case "cr":
		w.text("\n", l, href, out)
	case "noBreakHyphen":
		w.text("-", l, href, out)
	case "sym":
		w.text(w.symbol(k), l, href, out)
	case "footnoteReference", "endnoteReference":
		if w.silent() || yes(l.hidden) {
			return
		}
		if n := w.note(strings.TrimSuffix(k.name, "Reference"), k.attr("id")); n > 0 {
			w.show(out, run{note: n})
		}
	case "commentReference":
		w.losses.add(withWords("a comment", allText(w.parts["comment"][k.attr("id")])))
	case "fldChar":
		w.fieldMark(k, l, out)
	case "instrText":
		if f, _ := w.instructed(); f != nil {
			f.instruction.WriteString(k.text)
		}
	case "ruby":
		w.walk(&node{kids: k.all("rubyBase")}, l, href, out)
	case "drawing", "pict", "object":
		w.picture(k, out)
	case "AlternateContent":
		for _, c := range alternative(k).kids {
			w.runChild(c, l, font, href, out)
		}
	}
}

// text adds text in a look, unless it is hidden or belongs to what is left out.
func (w *wordReader) text(s string, l look, href string, out *[]run) { w.addText(s, l, href, 0, out) }

func (w *wordReader) addText(s string, l look, href string, more style, out *[]run) {
	if f, within := w.instructed(); f != nil {
		f.instruction.WriteString(s) // what a field within another gives
		for _, inner := range within {
			inner.shown = true
		}
		return
	}
	if s == "" || w.silent() {
		return
	}
	if yes(l.hidden) {
		if strings.TrimSpace(s) != "" {
			w.losses.add(withWords(hiddenText, s))
		}
		return
	}
	r := run{text: s, href: href, style: more}
	for _, p := range []struct {
		on *bool
		s  style
	}{{l.bold, bold}, {l.italic, italic}, {l.strike, strike}, {l.raised, raised}, {l.lowered, lowered}, {l.lifted, lifted}} {
		if yes(p.on) {
			r.style |= p.s
		}
	}
	if n := len(w.fields); n > 0 {
		r = w.fields[n-1].marked(r, *out)
	}
	w.show(out, r)
}

// show adds what readers see, which is also seen of all fields that are open.
func (w *wordReader) show(out *[]run, r run) {
	if !blank([]run{r}) {
		for _, f := range w.fields {
			f.shown = true
		}
	}
	*out = append(*out, r)
}

// picture is anything drawn. Words in it are kept: those of text boxes, and the description of a picture.
func (w *wordReader) picture(n *node, out *[]run) {
	if w.silent() {
		return
	}
	for _, f := range w.fields {
		f.shown = true
	}
	boxes := textBoxes(n, nil)
	w.boxes = append(w.boxes, boxes...)
	switch {
	case len(boxes) > 0:
		return
	case n.name == "object":
		w.losses.add("a file inside the document")
	case n.find("chart") != nil:
		w.losses.add(withWords("a chart", w.wordsOf(n.find("chart").relAttr("id"))))
	case n.find("relIds") != nil:
		w.losses.add(withWords("a diagram", w.wordsOf(n.find("relIds").relAttr("dm"))))
	case n.find("pic") != nil || n.find("imagedata") != nil:
		w.losses.add("a picture")
	case n.find("rect") != nil && n.find("rect").attr("hr") != "":
		return // a line across the page
	default:
		w.losses.add("a drawing")
	}
	if alt := strings.TrimSpace(n.find("docPr").attr("descr")); alt != "" {
		*out = append(*out, run{text: " (Picture: " + alt + ") "})
	}
}

// wordsOf are the words of a part that a drawing refers to; a part that cannot be read has none.
func (w *wordReader) wordsOf(id string) string {
	r, ok := w.links[id]
	if !ok || r.external {
		return ""
	}
	n, err := w.archive.tree(strings.TrimPrefix(r.target, "/"))
	if err != nil {
		return ""
	}
	return allText(n)
}

// textBoxes finds the text inside shapes, once where a shape is given in two forms.
func textBoxes(n *node, found []*node) []*node {
	for _, k := range n.kids {
		switch k.name {
		case "txbxContent":
			found = append(found, k)
		case "AlternateContent":
			found = textBoxes(alternative(k), found)
		default:
			found = textBoxes(k, found)
		}
	}
	return found
}
