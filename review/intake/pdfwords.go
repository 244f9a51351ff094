package intake

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is a stretch of glyphs without a space, from left to right on one line.
type word struct {
	glyphs      []glyph
	left, right float64
	base        float64
	size        float64
	raised      int // 1 for m², -1 for H₂O: it stands beside a word that is larger
	glued       bool
	href        string
	note        int // it is the mark of this footnote
}

func (w word) text() string {
	var b strings.Builder
	for _, g := range w.glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// words puts the glyphs of a page together, whatever order the file has them in.
func (pg *pdfPage) words() []word {
	glyphs := slices.Clone(pg.glyphs)
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(a.base, b.base) })
	var out []word
	for len(glyphs) > 0 {
		n := 1
		for n < len(glyphs) && glyphs[n].base-glyphs[0].base <= max(0.8, 0.1*glyphs[0].size) {
			n++
		}
		out = append(out, splitWords(glyphs[:n])...)
		glyphs = glyphs[n:]
	}
	out = append(out, pg.bullets(out)...)
	raise(out)
	out = severally(out)
	pg.mark(out)
	return out
}

// bullets makes words of the dots that are drawn before a line.
func (pg *pdfPage) bullets(words []word) []word {
	var out []word
	for _, d := range pg.dots {
		middle := (d.top + d.bottom) / 2
		first := -1
		for i, w := range words {
			beside := middle > w.base-0.75*w.size && middle < w.base && d.height() < 0.65*w.size
			if beside && w.left >= d.right && w.left-d.right < 3*w.size && (first < 0 || w.left < words[first].left) {
				first = i
			}
		}
		if first >= 0 {
			w := words[first]
			bullet := glyph{r: '•', left: d.left, right: d.right, base: w.base, size: w.size}
			out = append(out, word{glyphs: []glyph{bullet}, left: d.left, right: d.right, base: w.base, size: w.size})
		}
	}
	return out
}

// mark notes which words are links, and which are struck out.
func (pg *pdfPage) mark(words []word) {
	for i := range words {
		w := &words[i]
		x, y := (w.left+w.right)/2, w.base-0.3*w.size
		for _, l := range pg.links {
			if l.holds(x, y) {
				w.href = l.href
				break
			}
		}
	}
	pg.strikeOut(words)
	pg.strikeMarked(words)
}

// strikeMarked strikes what somebody marked as struck out.
func (pg *pdfPage) strikeMarked(words []word) {
	for _, b := range pg.struck {
		for i := range words {
			w := &words[i]
			for j, g := range w.glyphs {
				if b.holds((g.left+g.right)/2, g.base-0.3*g.size) {
					w.glyphs[j].style |= strike
				}
			}
		}
	}
}

// strikeOut looks for lines through the middle of words: in a marked-up draft they are what is not the text.
func (pg *pdfPage) strikeOut(words []word) {
	var level []rule
	for _, r := range pg.rules {
		if r.level {
			level = append(level, r)
		}
	}
	slices.SortFunc(level, func(a, b rule) int { return cmp.Compare(a.at, b.at) })
	for i := range words {
		w := &words[i]
		from, _ := slices.BinarySearchFunc(level, w.base-0.45*w.size, func(r rule, at float64) int { return cmp.Compare(r.at, at) })
		for _, r := range level[from:min(len(level), from+50)] {
			if r.at > w.base-0.15*w.size {
				break
			}
			for j := range w.glyphs {
				if middle := (w.glyphs[j].left + w.glyphs[j].right) / 2; middle > r.from && middle < r.to {
					w.glyphs[j].style |= strike
				}
			}
		}
	}
}

// A line is the words that stand on one line of a column or cell.
type line struct {
	words       []word
	left, right float64
	base        float64
	size        float64 // of most of it
	look        style   // of all its letters
	page        int
}

// linesIn puts words into lines, from top to bottom.
func linesIn(words []word, page int) []line {
	words = slices.Clone(words)
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.base, b.base) })
	var out []line
	for len(words) > 0 {
		n := 1
		for n < len(words) && words[n].base-words[0].base <= 0.3*min(words[0].size, words[n].size) {
			n++
		}
		out = append(out, newLine(words[:n:n], page))
		words = words[n:]
	}
	return out
}

func newLine(words []word, page int) line {
	slices.SortStableFunc(words, func(a, b word) int { return cmp.Compare(a.left, b.left) })
	for i := 1; i < len(words); i++ {
		if a, b := words[i-1], words[i]; a.raised != 0 || b.raised != 0 {
			words[i].glued = b.left-a.right <= wordGap*max(a.size, b.size)
		}
	}
	l := line{words: words, left: words[0].left, page: page, look: bold | italic}
	sizes := map[float64]int{}
	some := false
	for _, w := range words {
		l.right = max(l.right, w.right)
		if w.raised != 0 {
			continue
		}
		l.base = max(l.base, w.base)
		for _, g := range w.glyphs {
			sizes[g.size]++
			if unicode.IsLetter(g.r) || unicode.IsDigit(g.r) {
				some = true
				l.look &= g.style
			}
		}
	}
	if !some {
		l.look = 0
	}
	for _, size := range sortedKeys(sizes) {
		if sizes[size] > sizes[l.size] {
			l.size = size
		}
	}
	if l.size == 0 { // only raised words
		l.size, l.base = words[0].size, words[0].base
	}
	return l
}

func sortedKeys[V any](m map[float64]V) []float64 {
	out := make([]float64, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// text is the line as a reader sees it.
func (l line) text() string {
	var b strings.Builder
	for i, w := range l.words {
		if i > 0 && !w.glued {
			b.WriteByte(' ')
		}
		b.WriteString(w.text())
	}
	return b.String()
}

// letters is how many characters a line has.
func (l line) letters() int {
	n := 0
	for _, w := range l.words {
		n += len(w.glyphs)
	}
	return n
}

// lastRune is the last character that is not raised, which would be the mark of a footnote.
func (l line) lastRune() rune {
	for i := len(l.words) - 1; i >= 0; i-- {
		if l.words[i].raised == 0 {
			return l.words[i].glyphs[len(l.words[i].glyphs)-1].r
		}
	}
	return 0
}

func (l line) firstRune() rune {
	r, _ := utf8.DecodeRuneInString(l.words[0].text())
	return r
}
