package intake

import (
	"context"
	"math"
)

// A rule is a straight line that is drawn on a page, upright or level.
type rule struct {
	level    bool
	at       float64 // how far down a level one is, how far right an upright one
	from, to float64
}

// Lines are thinner than this, and longer.
const (
	maxRuleWidth  = 3.0
	minRuleLength = 6.0
	maxPageRules  = 20_000
	maxRules      = 200_000 // of a document
	maxDots       = 1000
)

// A matrix places a drawing within another: x' = a·x + c·y + e, y' = b·x + d·y + f.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) at(x, y float64) (float64, float64) {
	return finite(m.a*x + m.c*y + m.e), finite(m.b*x + m.d*y + m.f)
}

// within is this matrix after an inner one.
func (m matrix) within(in matrix) matrix {
	return matrix{
		a: m.a*in.a + m.c*in.b, b: m.b*in.a + m.d*in.b,
		c: m.a*in.c + m.c*in.d, d: m.b*in.c + m.d*in.d,
		e: m.a*in.e + m.c*in.f + m.e, f: m.b*in.e + m.d*in.f + m.f,
	}
}

// drawings reads the lines and pictures of a page.
func (p *pdfEngine) drawings(ctx context.Context, page uint64, v sheet, out *pdfPage) {
	left := maxPageObjects
	count := func() int { return p.int("FPDFPage_CountObjects", page) }
	object := func(i int) uint64 { return p.call("FPDFPage_GetObject", page, uint64(i)) }
	p.objects(ctx, count(), object, matrix{a: 1, d: 1}, v, out, 0, &left)
}

func (p *pdfEngine) objects(ctx context.Context, n int, object func(int) uint64, m matrix, v sheet, out *pdfPage, depth int, left *int) {
	const path, image, form = 2, 3, 5
	for i := range max(n, 0) {
		if *left--; *left < 0 || p.err != nil {
			return
		}
		if i&1023 == 0 && p.late(ctx) {
			return
		}
		o := object(i)
		switch p.call("FPDFPageObj_GetType", o) & 0xFF {
		case path:
			p.path(o, m, v, out)
		case image:
			out.picture(p.bounds(o, m, v))
		case form:
			if depth >= maxForms {
				continue
			}
			inner := m.within(p.matrix(o))
			p.objects(ctx, p.int("FPDFFormObj_CountObjects", o), func(i int) uint64 {
				return p.call("FPDFFormObj_GetObject", o, uint64(i))
			}, inner, v, out, depth+1, left)
		}
	}
}

// path notes the lines of one path: a line or a box by its bounds, what has more parts by each of them.
func (p *pdfEngine) path(o uint64, m matrix, v sheet, out *pdfPage) {
	const box, most = 5, 5000
	whole := p.bounds(o, m, v)
	if out.dot(whole) {
		return
	}
	n := p.int("FPDFPath_CountSegments", o)
	if n <= box {
		out.draw(whole)
		return
	}
	const line = 0
	inner := m.within(p.matrix(o))
	var x0, y0 float64
	for i := range uint64(min(n, most)) {
		segment := p.call("FPDFPath_GetPathSegment", o, i)
		p.call("FPDFPathSegment_GetPoint", segment, p.scratch, p.scratch+4)
		x, y := v.at(inner.at(p.float(0), p.float(4)))
		if p.call("FPDFPathSegment_GetType", segment)&0xFF == line && i > 0 {
			b := boxOf(x0, y0, x, y)
			if b.width() <= maxRuleWidth || b.height() <= maxRuleWidth {
				out.draw(b)
			}
		}
		x0, y0 = x, y
	}
}

func (p *pdfEngine) matrix(object uint64) matrix {
	if p.call("FPDFPageObj_GetMatrix", object, p.scratch)&0xFF == 0 {
		return matrix{a: 1, d: 1}
	}
	return matrix{p.float(0), p.float(4), p.float(8), p.float(12), p.float(16), p.float(20)}
}

func (p *pdfEngine) bounds(object uint64, m matrix, v sheet) box {
	p.call("FPDFPageObj_GetBounds", object, p.scratch, p.scratch+4, p.scratch+8, p.scratch+12)
	x0, y0 := m.at(p.float(0), p.float(4))
	x1, y1 := m.at(p.float(8), p.float(12))
	return v.box(box{left: x0, bottom: y0, right: x1, top: y1})
}

// draw notes a path: a line, or the four sides of a box. What has the size of the page is its background.
func (pg *pdfPage) draw(b box) {
	w, h := b.width(), b.height()
	switch {
	case len(pg.rules) > maxPageRules, w > 0.95*pg.width && h > 0.9*pg.height:
		return
	case h <= maxRuleWidth && w >= minRuleLength:
		pg.rules = append(pg.rules, rule{level: true, at: (b.top + b.bottom) / 2, from: b.left, to: b.right})
	case w <= maxRuleWidth && h >= minRuleLength:
		pg.rules = append(pg.rules, rule{at: (b.left + b.right) / 2, from: b.top, to: b.bottom})
	case w > minRuleLength && h > minRuleLength:
		pg.rules = append(pg.rules,
			rule{level: true, at: b.top, from: b.left, to: b.right}, rule{level: true, at: b.bottom, from: b.left, to: b.right},
			rule{at: b.left, from: b.top, to: b.bottom}, rule{at: b.right, from: b.top, to: b.bottom})
	}
}

// dot notes a small drawing that is as wide as it is high: browsers draw the bullets of lists.
func (pg *pdfPage) dot(b box) bool {
	const least, most = 1.5, 9
	w, h := b.width(), b.height()
	if w < least || w > most || abs(w-h) > 0.3*w || len(pg.dots) >= maxDots {
		return false
	}
	pg.dots = append(pg.dots, b)
	return true
}

// picture notes a picture that a reader would notice.
func (pg *pdfPage) picture(b box) {
	if pg.dot(b) {
		return
	}
	seen := box{max(b.left, 0), max(b.top, 0), min(b.right, pg.width), min(b.bottom, pg.height)}
	if seen.width() > 15 && seen.height() > 15 && len(pg.pictures) < maxPageLinks {
		pg.pictures = append(pg.pictures, seen)
	}
}

// covered is the share of the page that its largest picture takes.
func (pg *pdfPage) covered() float64 {
	best := 0.0
	for _, b := range pg.pictures {
		best = math.Max(best, b.width()*b.height())
	}
	return best / math.Max(pg.width*pg.height, 1)
}
