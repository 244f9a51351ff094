package intake

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"regexp"
	"strings"
)

// Bounds on what a PDF may hold; a book of all policies of a region comes to half of them.
const (
	maxPages       = 2000
	maxGlyphs      = maxMarkdown
	maxPageGlyphs  = 200_000
	maxPageObjects = 50_000
	maxPageLinks   = 1000
	maxForms       = 8 // drawings inside drawings
)

// A pdfFile is what is read of a PDF: no more than characters, lines and pictures at their places.
type pdfFile struct {
	title string
	pages []*pdfPage
}

// A pdfPage is a page turned so that its text stands upright. Places are in points from the top left corner.
type pdfPage struct {
	number        int
	width, height float64
	glyphs        []glyph
	rules         []rule
	pictures      []box
	dots          []box
	links         []pdfLink
	unread        int // characters without a letter
	sideways      int // characters that stand at an angle
	beyond        int // characters beyond the edge of the page
	lost          bool
	told          []string // what stands beside the text
	struck        []box    // what is struck out
}

// A glyph is one character.
type glyph struct {
	r           rune
	left, right float64
	base        float64 // how far down the line is that it stands on
	size        float64 // of its font, as shown
	em          float64 // how wide its font is, as shown: another size where letters are stretched
	at          float64 // its place in the order of a line
	order       int     // its place in the file
	style       style
	gap         gap
	superior    bool   // a digit of those that a font has above the line
	hidden      bool   // not painted, such as the letters behind a scanned page
	object      uint64 // which stretch of text in the file it comes from
}

type box struct{ left, top, right, bottom float64 }

func (b box) width() float64  { return b.right - b.left }
func (b box) height() float64 { return b.bottom - b.top }

func (b box) holds(x, y float64) bool {
	return x >= b.left && x <= b.right && y >= b.top && y <= b.bottom
}

type pdfLink struct {
	box
	href string
}

// readPDFFile takes from a PDF what this package needs of it. It ends when ctx does, whatever the file.
func readPDFFile(ctx context.Context, data []byte) (*pdfFile, error) {
	p, err := newPDFEngine(ctx)
	if err != nil {
		return nil, err
	}
	defer p.close()
	return p.file(ctx, data)
}

// file reads the one file of this copy of PDFium.
func (p *pdfEngine) file(ctx context.Context, data []byte) (*pdfFile, error) {
	at := p.work(ctx, "malloc", uint64(len(data)))
	if at == 0 || !p.module.Memory().Write(uint32(at), data) {
		return nil, cmp.Or(p.err, ErrTooMuch)
	}
	document := p.work(ctx, "FPDF_LoadMemDocument", at, uint64(len(data)), 0)
	if document == 0 {
		return nil, p.refused()
	}
	pages := int(int32(p.work(ctx, "FPDF_GetPageCount", document)))
	switch {
	case p.err != nil:
		return nil, p.err
	case pages > maxPages:
		return nil, fmt.Errorf("%w (%d pages)", ErrTooLarge, pages)
	case pages <= 0:
		return nil, fmt.Errorf("%w (no pages)", ErrDamaged)
	}
	f := &pdfFile{title: p.meta(document, "Title")}
	form := p.form(ctx, document)
	glyphs, rules := 0, 0
	for i := range pages {
		page, err := p.page(ctx, document, form, i)
		if err != nil {
			return nil, err
		}
		if glyphs += len(page.glyphs); glyphs > maxGlyphs {
			return nil, ErrTooLarge
		}
		if rules += len(page.rules); rules > maxRules { // a drawing; its lines are no tables
			page.rules = nil
		}
		f.pages = append(f.pages, page)
	}
	return f, p.err
}

// form opens the document's form, without any of the programs in it.
func (p *pdfEngine) form(ctx context.Context, document uint64) uint64 {
	const version, length = 1, 256 // of a table of functions, none of which is given
	table := p.call("calloc", 1, length)
	if table == 0 {
		return 0
	}
	p.module.Memory().WriteUint32Le(uint32(table), version)
	return p.work(ctx, "FPDFDOC_InitFormFillEnvironment", document, table)
}

// refused says why a document was not opened.
func (p *pdfEngine) refused() error {
	const passwordWanted, unknownSecurity = 4, 5
	code := p.call("FPDF_GetLastError")
	switch {
	case p.err != nil:
		return p.err
	case code == passwordWanted || code == unknownSecurity:
		return ErrEncrypted
	}
	return fmt.Errorf("%w (PDF error %d)", ErrDamaged, code)
}

// meta is one of the properties of a document.
func (p *pdfEngine) meta(document uint64, name string) string {
	key := append([]byte(name), 0)
	p.module.Memory().Write(uint32(p.scratch), key)
	const room = 1024
	n := p.int("FPDF_GetMetaText", document, p.scratch, p.scratch+room, room)
	if p.err != nil || n <= 2 || n > room {
		return ""
	}
	return utf16Text(p.bytes(room + n)[room:])
}

func utf16Text(b []byte) string {
	text := decodeUTF16(b, func(b []byte) uint16 { return uint16(b[0]) | uint16(b[1])<<8 })
	return strings.TrimRight(text, "\x00")
}

// page reads one page. One that cannot be read at all is left empty: the others may be whole.
func (p *pdfEngine) page(ctx context.Context, document, form uint64, index int) (*pdfPage, error) {
	out := &pdfPage{number: index + 1}
	page := p.work(ctx, "FPDF_LoadPage", document, uint64(index))
	if page == 0 {
		out.lost = true
		return out, p.err
	}
	p.call("FPDF_GetPageBoundingBox", page, p.scratch)
	v := sheet{left: p.float(0), top: p.float(4), right: p.float(8), bottom: p.float(12)}
	links := p.pageLinks(document, page)
	notes := p.annotations(ctx, form, page)
	if notes.paint {
		page = p.painted(ctx, document, page, index)
	}
	defer p.work(ctx, "FPDF_ClosePage", page)
	text := p.work(ctx, "FPDFText_LoadPage", page)
	if text == 0 {
		out.lost = true
		return out, p.err
	}
	defer p.work(ctx, "FPDFText_ClosePage", text)
	n := p.int("FPDFText_CountChars", text)
	if n > maxPageGlyphs {
		return nil, ErrTooLarge
	}
	raw := p.characters(ctx, text, n)
	v.turn = mostTurned(raw)
	out.width, out.height = v.size()
	out.place(raw, v)
	out.levelDigits()
	out.annotate(notes, v)
	if len(out.glyphs) > maxPageGlyphs {
		return nil, ErrTooLarge
	}
	p.drawings(ctx, page, v, out)
	for _, l := range links {
		out.links = append(out.links, pdfLink{v.box(l.box), l.href})
	}
	return out, p.err
}

// painted makes what is drawn on a page a part of it.
func (p *pdfEngine) painted(ctx context.Context, document, page uint64, index int) uint64 {
	const asShown, done = 0, 1
	if p.work(ctx, "FPDFPage_Flatten", page, asShown)&0xFF != done {
		return page
	}
	p.work(ctx, "FPDF_ClosePage", page)
	return p.work(ctx, "FPDF_LoadPage", document, uint64(index))
}

// A rawGlyph is a character as the file places it.
type rawGlyph struct {
	glyph
	box    box // with its bottom below its top, as in the file
	x, y   float64
	turn   int  // as turnOf says
	letter bool // it says which letter it is
}

// characters reads the characters of a page. What belongs to a stretch of text is asked once for each stretch.
func (p *pdfEngine) characters(ctx context.Context, text uint64, n int) []rawGlyph {
	var out []rawGlyph
	var of pdfStretch
	before := noGap
	for i := range uint64(max(n, 0)) {
		if p.err != nil || i&1023 == 0 && p.late(ctx) {
			return nil
		}
		object := p.call("FPDFText_GetTextObject", text, i)
		r := rune(p.call("FPDFText_GetUnicode", text, i) & 0x1FFFFF)
		if object == 0 || r <= ' ' && p.call("FPDFText_IsGenerated", text, i)&0xFF == 1 {
			before = likelyGap // a space or line break that the file does not hold, at no place of its own
			continue
		}
		if object != of.object {
			of = p.stretch(text, i, object)
		}
		p.call("FPDFText_GetLooseCharBox", text, i, p.scratch)
		b := box{left: p.float(0), top: p.float(4), right: p.float(8), bottom: p.float(12)}
		p.call("FPDFText_GetCharOrigin", text, i, p.scratch, p.scratch+8)
		g := rawGlyph{box: b, x: p.double(0), y: p.double(8), turn: of.turn}
		g.r, g.size, g.style, g.hidden, g.object = r, of.size, of.style, of.hidden, object
		g.em, g.order, g.gap, before = of.em, len(out), before, noGap
		g.superior = r >= '0' && r <= '9' && p.aboveLine(text, i, g)
		g.letter = r != 0 && r != 0xFFFD && p.call("FPDFText_HasUnicodeMapError", text, i)&0xFFFFFFFF == 0
		out = append(out, g.signs(of.font)...)
	}
	return out
}

// aboveLine says whether a character begins well above the line that it stands on.
func (p *pdfEngine) aboveLine(text, i uint64, g rawGlyph) bool {
	const least, upright, bottom = 0.2, 0, 16
	if g.turn != upright {
		return false
	}
	p.call("FPDFText_GetCharBox", text, i, p.scratch, p.scratch+8, p.scratch+bottom, p.scratch+24)
	return p.double(bottom)-g.y > least*g.size
}

// signs puts letters in place of ligatures and of signs in symbol fonts.
func (g rawGlyph) signs(font string) []rawGlyph {
	text := string(g.r)
	switch {
	case g.r == 2 || g.r == 0xAD:
		text = "-" // PDFium marks a hyphen at the end of a line so
	case g.r >= 0xFB00 && g.r <= 0xFB06:
		text = []string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[g.r-0xFB00]
	case !g.letter && (g.r == 0 || g.r == 0xFFFD):
		text = unknownSign
	default:
		text = symbolText(text, font)
		g.letter = g.letter || symbolsOf(font) != nil
	}
	if text == unknownSign {
		g.letter = false
	}
	var out []rawGlyph
	for _, r := range text {
		g.r = r
		out = append(out, g)
		g.gap = noGap
	}
	return out
}

// A pdfStretch is what the characters of one stretch of text share.
type pdfStretch struct {
	object uint64
	size   float64
	em     float64
	style  style
	font   string // in small letters, without the mark of a part of a font
	turn   int
	hidden bool
}

var (
	boldFont  = regexp.MustCompile(`bold|black|heavy|demi|-bd|,bd`)
	slantFont = regexp.MustCompile(`italic|oblique|-it\b`)
)

func (p *pdfEngine) stretch(text, i, object uint64) pdfStretch {
	const room = 256
	const forcedBold, italicFlag = 1 << 18, 1 << 6
	const fillAndStroke, invisible, clip = 2, 3, 7
	s := pdfStretch{object: object}
	n := p.int("FPDFText_GetFontInfo", text, i, p.scratch, room, p.scratch+room)
	b := p.bytes(room + 4)
	if len(b) == room+4 && n > 0 && n <= room {
		s.font = strings.ToLower(strings.TrimRight(string(b[:n]), "\x00"))
		if _, after, cut := strings.Cut(s.font, "+"); cut {
			s.font = after
		}
		flags := int(b[room]) | int(b[room+1])<<8 | int(b[room+2])<<16
		if flags&forcedBold != 0 || boldFont.MatchString(s.font) {
			s.style |= bold
		}
		if flags&italicFlag != 0 || slantFont.MatchString(s.font) {
			s.style |= italic
		}
	}
	switch p.call("FPDFTextObj_GetTextRenderMode", object) & 0xFF {
	case fillAndStroke:
		s.style |= bold
	case invisible, clip:
		s.hidden = true
	}
	size := finite(math.Float64frombits(p.call("FPDFText_GetFontSize", text, i)))
	p.call("FPDFText_GetMatrix", text, i, p.scratch)
	a, b2, c, d := p.float(0), p.float(4), p.float(8), p.float(12)
	s.size, s.em = math.Abs(finite(size*math.Hypot(c, d))), math.Abs(finite(size*math.Hypot(a, b2)))
	way := math.Copysign(1, size) // a font of a negative size is upside down, and mostly set right by its matrix
	s.turn = turnOf(way*a, way*b2, way*d)
	return s
}

// levelDigits puts digits back on the line where most of a page stand above it: its font is drawn so.
func (pg *pdfPage) levelDigits() {
	digits, above := 0, 0
	for _, g := range pg.glyphs {
		digits += btoi(g.r >= '0' && g.r <= '9')
		above += btoi(g.superior)
	}
	for i := range pg.glyphs {
		pg.glyphs[i].superior = pg.glyphs[i].superior && 2*above <= digits
	}
}

// place puts the characters that a reader sees on the upright page.
func (pg *pdfPage) place(raw []rawGlyph, v sheet) {
	for _, g := range raw {
		_, base := v.at(g.x, g.y)
		b := v.box(g.box)
		middle := (b.left + b.right) / 2
		switch {
		case g.size < 1:
			continue
		case middle < -1 || middle > pg.width+1 || base < -1 || base > pg.height+1:
			pg.beyond += btoi(g.r > ' ')
			continue
		case g.turn != v.turn:
			if g.r != ' ' {
				pg.sideways++
			}
			continue
		}
		if !g.letter {
			pg.unread++
		}
		g.left, g.right, g.base = b.left, b.right, base
		pg.glyphs = append(pg.glyphs, g.glyph)
	}
}
