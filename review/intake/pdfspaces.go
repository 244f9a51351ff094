package intake

import (
	"cmp"
	"math"
	"slices"
)

// A gap is what the file says about the place before a glyph.
type gap uint8

const (
	noGap     gap = iota
	likelyGap     // PDFium takes the distance for a space: between two stretches of text, or a jump within one
	space         // the file has a space there
)

// How wide an empty place parts words, in widths of the font. The spaces of a font are a quarter of it and more, and
// justified lines may halve them; letters that are kerned or set apart stand closer, or all equally far.
const (
	wordGap      = 0.18
	likelyWord   = 0.1  // where PDFium takes it for a space
	mostTracking = 0.22 // words of one letter stand farther apart than letters that are set apart by jumps
	mostSpread   = 0.8  // and cells of a table farther than letters that are set apart in the one way for all
)

// splitWords parts the glyphs of one line at spaces and gaps. What is printed twice for a bolder look counts once.
func splitWords(glyphs []glyph) []word {
	glyphs = inLine(glyphs)
	t := tracking{glyphs: glyphs}
	var out []word
	open := false
	for i, g := range glyphs {
		if g.space() {
			open = false
			continue
		}
		if open {
			w := &out[len(out)-1]
			last := w.glyphs[len(w.glyphs)-1]
			if last.r == g.r && last.object != g.object && math.Abs(last.left-g.left) < 0.15*g.size {
				continue
			}
			open = !t.parts(i, g.left-w.right) && !g.otherNumber(last)
		}
		if !open {
			out = append(out, word{left: g.left, right: g.right, base: g.base, size: g.size, raised: btoi(g.superior)})
			open = true
		}
		w := &out[len(out)-1]
		w.glyphs = append(w.glyphs, g)
		w.right = max(w.right, g.right)
	}
	return out
}

func (g glyph) space() bool { return g.r <= ' ' || g.r == '\u00a0' }

// inLine puts the glyphs of one line in order, from left to right. Within a stretch of text that is the file's own
// order as long as a glyph steps back no more than kerning does: what is narrow may then stand before what it
// follows. A space within a stretch stands before the next glyph, wherever its box is.
func inLine(glyphs []glyph) []glyph {
	const kerning = 0.3
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.order, b.order) })
	out := glyphs[:0]
	at := 0.0 // the place of the last glyph in the order
	for i, g := range glyphs {
		if same := i > 0 && glyphs[i-1].object == g.object; same && g.left < at && g.left > at-kerning*g.em {
			g.at = at
		} else {
			g.at = g.left
		}
		at = g.at
		if g.space() && i+1 < len(glyphs) && glyphs[i+1].object == g.object {
			glyphs[i+1].gap = space
			continue
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b glyph) int { return cmp.Compare(a.at, b.at) })
	return out
}

// tracking knows how far apart the letters of a line stand.
type tracking struct {
	glyphs []glyph
	usual  map[uint64]float64 // in widths of the font, by stretch of text; 0 is the whole line
}

// parts says whether a word ends before a glyph that stands this far behind the last.
func (t *tracking) parts(i int, empty float64) bool {
	g, last := t.glyphs[i], t.glyphs[i-1]
	empty /= max(g.em, 0.1)
	same := g.object == last.object
	switch {
	case same && g.gap == space:
		return true
	case empty <= likelyWord || g.gap == noGap && empty <= wordGap:
		return false
	}
	usual, most, least := t.between(g, last), mostTracking, wordGap
	switch {
	case g.gap != noGap:
		least = likelyWord
	case same: // no jump: the letters themselves are set apart
		most = mostSpread
	}
	if usual > most {
		usual = 0
	}
	return empty > usual+least
}

// between is how far apart the letters of the stretches of two glyphs usually stand.
func (t *tracking) between(a, b glyph) float64 {
	if t.usual == nil {
		t.measure()
	}
	x, known := t.usual[a.object]
	y, too := t.usual[b.object]
	switch {
	case known && too:
		return min(x, y)
	case known:
		return x
	case too:
		return y
	}
	return t.usual[0]
}

// measure takes the middle one of the distances of each stretch that has some, and of the line.
func (t *tracking) measure() {
	const few, fewInLine = 4, 8
	apart := map[uint64][]float64{}
	for i, g := range t.glyphs {
		if i == 0 || g.gap == space || g.space() || t.glyphs[i-1].space() {
			continue
		}
		last := t.glyphs[i-1]
		d := (g.left - last.right) / max(g.em, 0.1)
		apart[0] = append(apart[0], d)
		if last.object == g.object {
			apart[g.object] = append(apart[g.object], d)
		}
	}
	t.usual = map[uint64]float64{}
	for object, d := range apart {
		if len(d) < few || object == 0 && len(d) < fewInLine {
			continue
		}
		slices.Sort(d)
		t.usual[object] = max(d[len(d)/2], 0)
	}
}
