package intake

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// What people put on pages is bounded: no panel writes a thousand notes on one.
const (
	maxPageAnnots = 1000
	maxTold       = 500 // notes of a document
	toldLength    = 300 // of one note, in characters
)

// pdfAnnots is what people put on a page after it was made, and the values of a form's fields. Places are the file's.
type pdfAnnots struct {
	typed  []typedIn
	struck []box
	told   []string // what stands beside the text
	paint  bool     // some of it shows as a drawing does, and is to be made part of the page
}

// typedIn is words that belong at a place of the page.
type typedIn struct {
	box
	text  string
	size  float64 // 0 when it is not known
	drawn bool    // the file says how they look; they need not be set here
}

// The kinds of annotations by PDFium's numbers.
const (
	annotLink       = 2
	annotFreeText   = 3
	annotLine       = 4
	annotStrikeOut  = 12
	annotStamp      = 13
	annotInk        = 15
	annotPopup      = 16 // the window of a note, which is told for itself
	annotAttachment = 17
	annotWidget     = 20
	annotRedact     = 28
)

// annotKinds names those that say something even without words of their own.
var annotKinds = map[uint64]string{
	annotStamp: "a stamp on the page", annotInk: "a drawing by hand on the page", annotAttachment: "a file that is attached to the page",
	annotRedact: "words that are marked to be taken out; compare them with the original", 18: "a sound", 19: "a film", 25: "a model", 26: "a film or sound",
}

// annotations reads what people put on a page, and hides what is not to be read as a part of it.
func (p *pdfEngine) annotations(ctx context.Context, form, page uint64) pdfAnnots {
	var out pdfAnnots
	n := p.int("FPDFPage_GetAnnotCount", page)
	for i := range uint64(min(max(n, 0), maxPageAnnots)) {
		if p.late(ctx) {
			return out
		}
		if a := p.call("FPDFPage_GetAnnot", page, i); a != 0 {
			p.annotation(form, a, &out)
			p.call("FPDFPage_CloseAnnot", a)
		}
	}
	if n > maxPageAnnots {
		out.tell("more notes than can be told", "")
	}
	return out
}

func (p *pdfEngine) annotation(form, a uint64, out *pdfAnnots) {
	const hidden, noView = 1 << 1, 1 << 5
	kind := p.call("FPDFAnnot_GetSubtype", a) & 0xFF
	flags := p.call("FPDFAnnot_GetFlags", a) & 0xFFFF
	words := p.annotText(a, "Contents")
	part := false // of what the page shows
	switch {
	case kind == annotLink || kind == annotPopup:
		return
	case flags&(hidden|noView) != 0:
		if kind == annotWidget {
			words = p.fieldText(form, a)
		}
		out.tell("hidden text", words)
		return
	case kind == annotWidget:
		part = p.field(form, a, out)
	case kind == annotFreeText:
		part = true
		if words != "" {
			out.typed = append(out.typed, p.typedIn(a, words))
			out.tell("words that were typed onto the page, read where they stand", words)
		}
	case kind == annotStrikeOut:
		out.struck = append(out.struck, p.quads(a)...)
		out.note(kind, words)
	default:
		part = kind == annotLine // a reviewer may draw it through words
		out.note(kind, words)
	}
	if !part {
		p.call("FPDFAnnot_SetFlags", a, flags|hidden)
	}
	out.paint = out.paint || part
}

// field reads a field of a form, and says whether the page shows it as the file draws it. Boxes to tick get the sign
// that says what was chosen, and a list that shows all choices gives the chosen.
func (p *pdfEngine) field(form, a uint64, out *pdfAnnots) (part bool) {
	const button, checkBox, radio, list = 1, 2, 3, 5
	switch kind := p.call("FPDFAnnot_GetFormFieldType", form, a); kind & 0xFF {
	case button:
		return false
	case checkBox, radio:
		sign := "☐"
		if state := p.annotText(a, "AS"); state != "" && state != "Off" {
			sign = "☒"
		}
		out.typed = append(out.typed, typedIn{box: p.annotRect(a), text: sign})
		return false
	case list:
		if text := p.fieldText(form, a); text != "" {
			out.typed = append(out.typed, typedIn{box: p.annotRect(a), text: text})
		}
		return false
	}
	if text := p.fieldText(form, a); text != "" {
		out.typed = append(out.typed, p.typedIn(a, text))
	}
	return true
}

var fontSize = regexp.MustCompile(`([0-9]+(?:\.[0-9]+)?) +Tf\b`)

func (p *pdfEngine) typedIn(a uint64, text string) typedIn {
	x := typedIn{box: p.annotRect(a), text: text, drawn: p.annotHas(a, "AP")}
	if m := fontSize.FindStringSubmatch(p.annotText(a, "DA")); m != nil {
		x.size, _ = strconv.ParseFloat(m[1], 64)
	}
	return x
}

// note tells of what stands beside the text.
func (o *pdfAnnots) note(kind uint64, words string) {
	switch what, silent := annotKinds[kind]; {
	case silent:
		o.tell(what, words)
	case words != "":
		o.tell("a note beside the text", words)
	}
}

// tell notes something, with the words that are in it.
func (o *pdfAnnots) tell(what, words string) {
	if words = strings.Join(strings.Fields(words), " "); words != "" {
		what += ": “" + shorten(words, toldLength) + "”"
	}
	o.told = append(o.told, what)
}

// key writes a name for PDFium to read.
func (p *pdfEngine) key(name string) uint64 {
	p.module.Memory().Write(uint32(p.scratch), append([]byte(name), 0))
	return p.scratch
}

func (p *pdfEngine) annotHas(a uint64, key string) bool {
	return p.call("FPDFAnnot_HasKey", a, p.key(key))&0xFF == 1
}

func (p *pdfEngine) annotText(a uint64, key string) string {
	return p.text16(func(at, room uint64) int { return p.int("FPDFAnnot_GetStringValue", a, p.key(key), at, room) })
}

// fieldText is the value of a field, also of one that is said elsewhere in the file.
func (p *pdfEngine) fieldText(form, a uint64) string {
	return p.text16(func(at, room uint64) int { return p.int("FPDFAnnot_GetFormFieldValue", form, a, at, room) })
}

// text16 reads a text that PDFium writes to memory. One that is longer than a note may be is cut.
func (p *pdfEngine) text16(write func(at, room uint64) int) string {
	const most = 1 << 20
	n := write(0, 0)
	if p.err != nil || n <= 2 || n > most {
		return ""
	}
	at := p.call("malloc", uint64(n))
	if at == 0 {
		return ""
	}
	defer p.call("free", at)
	write(at, uint64(n))
	b, _ := p.module.Memory().Read(uint32(at), uint32(n))
	if p.err != nil {
		return ""
	}
	return strings.TrimSpace(normalise(utf16Text(b)))
}

func (p *pdfEngine) annotRect(a uint64) box {
	p.call("FPDFAnnot_GetRect", a, p.scratch)
	return boxOf(p.float(0), p.float(4), p.float(8), p.float(12))
}

// quads is the places that a mark covers, line by line.
func (p *pdfEngine) quads(a uint64) []box {
	const corners = 4
	n := p.int("FPDFAnnot_CountAttachmentPoints", a)
	var out []box
	for i := range uint64(min(max(n, 0), maxPageAnnots)) {
		if p.call("FPDFAnnot_GetAttachmentPoints", a, i, p.scratch)&0xFF == 0 {
			continue
		}
		b := boxOf(p.float(0), p.float(4), p.float(0), p.float(4))
		for c := range uint64(corners) {
			x, y := p.float(8*c), p.float(8*c+4)
			b = box{min(b.left, x), min(b.top, y), max(b.right, x), max(b.bottom, y)}
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		out = append(out, p.annotRect(a))
	}
	return out
}

// annotate puts on the upright page what people put on the file's.
func (pg *pdfPage) annotate(x pdfAnnots, v sheet) {
	pg.told = x.told
	for _, b := range x.struck {
		pg.struck = append(pg.struck, v.box(b))
	}
	for i, t := range x.typed {
		if len(pg.glyphs) > maxPageGlyphs {
			return
		}
		t.box = v.box(t.box)
		shown := lettersOf(pg.textIn(t.box))
		switch holds := strings.Contains(shown, lettersOf(t.text)); {
		case t.drawn && holds && lettersOf(t.text) != "":
		case t.drawn && shown != "":
			more := pdfAnnots{}
			more.tell("words whose place shows others; compare them with the original", t.text)
			pg.told = append(pg.told, more.told...)
		default:
			pg.set(t, uint64(i))
		}
	}
}

// textIn is the characters within a place, in the file's order.
func (pg *pdfPage) textIn(b box) string {
	var out strings.Builder
	for _, g := range pg.glyphs {
		if b.holds((g.left+g.right)/2, g.base-0.2*g.size) {
			out.WriteRune(g.r)
		}
	}
	return out.String()
}

// lettersOf is a text without its spaces and signs.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// set sets words in their place, as a viewer does with those that the file does not draw: the widths of letters
// are a guess.
func (pg *pdfPage) set(t typedIn, number uint64) {
	const stretches = 1 << 40 // beyond all that the file has
	lines := t.wrapped()
	size := t.fontSize(len(lines))
	base := t.top + (t.height()+0.7*size)/2
	if len(lines) > 1 {
		base = t.top + size
	}
	for n, l := range lines {
		wide := min(0.5*size, t.width()/max(float64(len([]rune(l))), 1))
		x := t.left
		for _, r := range l {
			pg.glyphs = append(pg.glyphs, glyph{r: r, left: x, right: x + wide, base: base + 1.2*size*float64(n), size: size, em: size,
				order: len(pg.glyphs), object: stretches + number<<16 + uint64(n)})
			x += wide
		}
	}
}

func (t typedIn) fontSize(lines int) float64 {
	if t.size > 0 {
		return min(t.size, 100)
	}
	return max(min(t.height()/float64(lines)*0.7, 12), 2)
}

// wrapped is the lines that words make in their place.
func (t typedIn) wrapped() []string {
	const most = 1000
	size := t.fontSize(1)
	wide := int(max(t.width()/(0.5*size), 1))
	if t.height() < 2*size {
		return []string{strings.Join(strings.Fields(t.text), " ")}
	}
	var out []string
	for _, l := range strings.Split(t.text, "\n") {
		line := ""
		for _, w := range strings.Fields(l) {
			if line != "" && len(line)+len(w) >= wide && len(out) < most {
				out, line = append(out, line), ""
			}
			line = strings.TrimPrefix(line+" "+w, " ")
		}
		out = append(out, line)
	}
	return out
}
