package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// A field is a Word field that is open: its instruction, then its result.
type field struct {
	instruction strings.Builder
	result      bool
	href        string
	contents    bool
}

// inlines gives what stands in a paragraph.
func (w *wordReader) inlines(n *node, base look) []run {
	var out []run
	w.walk(n, base, "", &out)
	return out
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
			w.losses.add("a tracked deletion, left out as if accepted")
		case "fldSimple":
			f := &field{result: true}
			f.instruction.WriteString(k.attr("instr"))
			w.fields = append(w.fields, f)
			w.settleField(f)
			w.walk(k, base, href, out)
			w.fields = w.fields[:len(w.fields)-1]
		case "sdt":
			if c := k.child("sdtContent"); c != nil {
				w.walk(c, base, href, out)
			}
		case "smartTag", "customXml", "dir", "bdo", "rubyBase":
			w.walk(k, base, href, out)
		case "AlternateContent":
			w.walk(alternative(k), base, href, out)
		case "oMath", "oMathPara":
			*out = append(*out, w.math(k)...)
		}
	}
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

func (w *wordReader) math(n *node) []run {
	w.losses.add("the layout of an equation")
	return []run{{text: allText(n)}}
}

// run reads one run: text in one look.
func (w *wordReader) run(n *node, base look, href string, out *[]run) {
	rPr := n.child("rPr")
	l := base
	if s, ok := w.styles.byID[rPr.first("rStyle").val()]; ok {
		l = l.over(s.look)
	}
	l = l.over(readLook(rPr))
	font := strings.ToLower(rPr.first("rFonts").attr("ascii"))
	for _, k := range n.kids {
		w.runChild(k, l, font, href, out)
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
			*out = append(*out, run{note: n})
		}
	case "commentReference":
		w.losses.add("a comment")
	case "fldChar":
		w.fieldMark(k, l, out)
	case "instrText":
		if len(w.fields) > 0 {
			w.fields[len(w.fields)-1].instruction.WriteString(k.text)
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
func (w *wordReader) text(s string, l look, href string, out *[]run) {
	if s == "" || w.silent() {
		return
	}
	if yes(l.hidden) {
		if strings.TrimSpace(s) != "" {
			w.losses.add("hidden text")
		}
		return
	}
	r := run{text: s, href: href}
	for _, p := range []struct {
		on *bool
		s  style
	}{{l.bold, bold}, {l.italic, italic}, {l.strike, strike}} {
		if yes(p.on) {
			r.style |= p.s
		}
	}
	if yes(l.raised) || yes(l.lowered) {
		var ok bool
		if r.text, ok = shifted(s, yes(l.raised)); !ok {
			w.losses.add("raised or lowered text, kept on the line")
		}
	}
	if n := len(w.fields); n > 0 && r.href == "" {
		r.href = w.fields[n-1].href
	}
	*out = append(*out, r)
}

// silent says whether words here are a field's instruction, or the result of one that is left out.
func (w *wordReader) silent() bool {
	for _, f := range w.fields {
		if !f.result || f.contents {
			return true
		}
	}
	return false
}

func (w *wordReader) fieldMark(k *node, l look, out *[]run) {
	switch k.attr("fldCharType") {
	case "begin":
		if data := k.child("ffData"); data != nil {
			w.text(formField(data), l, "", out)
		}
		if len(w.fields) < 50 { // deeper is no document
			w.fields = append(w.fields, &field{})
		}
	case "separate":
		if len(w.fields) > 0 {
			f := w.fields[len(w.fields)-1]
			f.result = true
			w.settleField(f)
		}
	case "end":
		if len(w.fields) > 0 {
			w.fields = w.fields[:len(w.fields)-1]
		}
	}
}

var hyperlinkField = regexp.MustCompile(`(?i)^\s*HYPERLINK\s+"([^"]+)"`)

// settleField decides what an instruction means for its result.
func (w *wordReader) settleField(f *field) {
	text := f.instruction.String()
	words := strings.Fields(text)
	if len(words) > 0 && strings.EqualFold(words[0], "TOC") {
		f.contents = true
		w.loseContents()
	}
	if m := hyperlinkField.FindStringSubmatch(text); m != nil {
		f.href = link(m[1])
	}
}

// formField is what an old form field shows: a box, or the choice from a list.
func formField(data *node) string {
	if box := data.child("checkBox"); box != nil {
		on, set := box.on("checked")
		if !set {
			on, _ = box.on("default")
		}
		if on {
			return "☒"
		}
		return "☐"
	}
	if list := data.child("ddList"); list != nil {
		entries := list.all("listEntry")
		if i, _ := strconv.Atoi(list.first("result").val()); i >= 0 && i < len(entries) {
			return entries[i].val()
		}
	}
	return ""
}

// picture is anything drawn. Words in it are kept: those of text boxes, and the description of a picture.
func (w *wordReader) picture(n *node, out *[]run) {
	if w.silent() {
		return
	}
	boxes := textBoxes(n, nil)
	w.boxes = append(w.boxes, boxes...)
	switch {
	case len(boxes) > 0:
		return
	case n.name == "object":
		w.losses.add("a file inside the document")
	case n.find("chart") != nil:
		w.losses.add("a chart")
	case n.find("relIds") != nil:
		w.losses.add("a diagram")
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
