package intake

import (
	"math"
	"regexp"
	"strings"
	"unicode"
)

// A para is the lines of one paragraph, possibly of several columns and pages.
type para struct {
	lines       []line
	broken      []bool // whether a line was ended by hand, by its number
	left, right float64
	columned    bool
	mark        paraMark
}

// A paraMark is what a paragraph begins with when it is an item: a bullet or a number.
type paraMark struct {
	label
	shown    string  // as it is printed
	typed    bool    // it is one that lists can have
	left     float64 // where it stands
	textLeft float64 // where its words begin
	hanging  bool    // there is a wide gap after it
}

// usual is what most of a document looks like.
type usual struct {
	size    float64 // of its letters
	leading float64 // from line to line, in sizes
	left    float64 // of most lines
	indent  float64 // where the first lines of paragraphs begin when that is further in, else 0
}

// usually measures a document by its lines.
func usually(parts []region) usual {
	sizes, leads, lefts := map[float64]int{}, map[float64]int{}, map[float64]int{}
	all := 0
	for _, p := range parts {
		for i, l := range p.lines {
			sizes[math.Round(l.size*2)/2] += l.letters()
			all += l.letters()
			if _, ok := markOf(l); !ok && p.left == 0 {
				lefts[math.Round(l.left)] += l.letters()
			}
			if i == 0 {
				continue
			}
			gap := (l.base - p.lines[i-1].base) / max(l.size, 1)
			if full(p.lines[i-1], l, p.right) && gap > 0.9 && gap < 2.6 {
				leads[math.Round(gap*20)/20]++
			}
		}
	}
	u := usual{size: most(sizes, 10), leading: most(leads, 1.2), left: most(lefts, 0)}
	if 5*lefts[u.left] < all { // nearly all is in lists
		u.left = 0
	}
	u.indent = u.indented(parts)
	return u
}

// indented is where lines begin, several times, that are followed by one at the usual margin.
func (u usual) indented(parts []region) float64 {
	steps := map[float64]int{}
	for _, p := range parts {
		for i := 1; i < len(p.lines); i++ {
			a, b := p.lines[i-1], p.lines[i]
			_, marked := markOf(a)
			if step := a.left - b.left; !marked && p.left == 0 && abs(b.left-u.left) < 1.5 && step > 0.8*u.size && step < 4*u.size && u.near(a, b) {
				steps[math.Round(a.left)]++
			}
		}
	}
	if at := most(steps, 0); steps[at] > 1 {
		return at
	}
	return 0
}

// most is the most frequent of numbers, the least where several are.
func most(m map[float64]int, otherwise float64) float64 {
	best, n := otherwise, 0
	for _, k := range sortedKeys(m) {
		if m[k] > n {
			best, n = k, m[k]
		}
	}
	return best
}

// full says whether a line ends where it does because the next word had no more room.
func full(l, next line, right float64) bool {
	first := next.words[0]
	return l.right+0.25*l.size+first.right-first.left > right-0.1*l.size
}

// paragraphs parts lines of one column into paragraphs.
func (u usual) paragraphs(p region) []para {
	var out []para
	for i, l := range p.lines {
		m, marked := markOf(l)
		if n := len(out) - 1; n >= 0 {
			prev := p.lines[i-1]
			fits := !full(prev, l, localRight(p, i, u))
			if !u.begins(out[n], prev, l, m, marked, fits) {
				out[n].broken[len(out[n].lines)-1] = fits && p.breaks(prev, l)
				out[n].lines = append(out[n].lines, l)
				out[n].broken = append(out[n].broken, false)
				continue
			}
		}
		x := para{lines: []line{l}, broken: []bool{false}, left: p.left, right: p.right, columned: p.left > 0}
		if marked {
			x.mark = m
		}
		out = append(out, x)
	}
	return out
}

// breaks says whether a line with room for more was ended by hand, as those of an address are.
func (p region) breaks(prev, next line) bool {
	return prev.lastRune() != '-' && !ends(prev) && !unicode.IsLower(next.firstRune()) && prev.right < prev.left+0.75*(p.right-prev.left)
}

// localRight is how far lines around the i-th reach: of its own stretch of lines when that has several, as a text
// in a frame has, else of the whole column.
func localRight(p region, i int, u usual) float64 {
	const look = 40
	from, to := i-1, i+1
	for from > 0 && i-from < look && u.near(p.lines[from-1], p.lines[from]) {
		from--
	}
	for to < len(p.lines) && to-i < look && u.near(p.lines[to-1], p.lines[to]) {
		to++
	}
	if to-from < 4 {
		return p.right
	}
	right := 0.0
	for _, l := range p.lines[from:to] {
		right = max(right, l.right)
	}
	return right
}

// near says whether two lines are as close as lines of one paragraph.
func (u usual) near(a, b line) bool {
	return sameSize(a.size, b.size) && b.base-a.base <= u.leading*b.size+0.3*b.size
}

func sameSize(a, b float64) bool { return a < 1.09*b && b < 1.09*a }

// begins says whether a line begins a new paragraph rather than going on with one. fits says that its first word
// would have had room in the line before.
func (u usual) begins(p para, prev, next line, m paraMark, marked, fits bool) bool {
	gap, normal, size := next.base-prev.base, u.leading*next.size, next.size
	switch {
	case gap < 0.3*size || !sameSize(prev.size, next.size) && !sameSize(prev.words[len(prev.words)-1].size, next.words[0].size):
		return true
	case gap > normal+0.45*size, gap > normal+0.2*size && (fits || ends(prev)):
		return true
	case marked && (fits || m.hanging || abs(m.left-p.textLeft()) > 0.5*size || m.follows(p.mark)):
		return true
	case prev.look != next.look && (fits || (prev.look^next.look)&bold != 0 && !unicode.IsLower(next.firstRune())):
		return true
	case next.words[0].raised > 0 && next.words[0].note == 0, (fits || ends(prev)) && p.mark.shown != "" && next.left < p.mark.left-0.5*size:
		return true
	case fits && ends(prev), u.indent > 0 && abs(next.left-u.indent) < 1.5 && p.mark.shown == "":
		return true
	}
	return u.shifted(p, prev, next, fits)
}

// shifted says whether the margin tells that a paragraph begins.
func (u usual) shifted(p para, prev, next line, fits bool) bool {
	step := next.left - prev.left
	switch size := next.size; {
	case p.mark.shown != "" && len(p.lines) == 1:
		return fits && abs(next.left-p.mark.textLeft) > size
	case abs(step) < 0.8*size:
		return false
	case len(p.lines) == 1:
		return step > 0 && ends(prev) || fits
	}
	return step < 0 || fits || ends(prev)
}

// textLeft is where the words of a paragraph begin.
func (p para) textLeft() float64 {
	if p.mark.shown != "" {
		return p.mark.textLeft
	}
	return p.lines[0].left
}

// legalNumber is a number of a clause such as 1.2 or 1.2.3.
var legalNumber = regexp.MustCompile(`^[0-9]{1,2}(?:\.[0-9]{1,3}){1,4}[.)]?$`)

// markOf reads the bullet or number at the start of a line.
func markOf(l line) (paraMark, bool) {
	if len(l.words) < 2 {
		return paraMark{}, false
	}
	first, second := l.words[0], l.words[1]
	m := paraMark{shown: first.text(), left: first.left, textLeft: second.left, hanging: second.left-first.right > 0.55*l.size}
	if legalNumber.MatchString(m.shown) && first.raised == 0 {
		return m, m.hanging || strings.Count(m.shown, ".") > 1 || unicode.IsUpper(second.glyphs[0].r)
	}
	space := " "
	if m.hanging {
		space = "\t"
	}
	var ok bool
	m.label, ok = typedLabel(m.shown + space + "x")
	m.typed = ok && first.raised == 0
	return m, m.typed
}

// follows says whether a mark is the next of the list of another.
func (m paraMark) follows(before paraMark) bool {
	return m.typed && before.typed && m.kind == before.kind && (m.bullet() || m.value == before.value+1 || m.roman > 0 && m.roman == before.roman+1)
}

// ends says whether a line ends a sentence.
func ends(l line) bool { return strings.ContainsRune(".:;!?”", l.lastRune()) }

// joinAcross joins paragraphs that go on in the next column or on the next page.
func joinAcross(flow []flowing) []flowing {
	var out []flowing
	for _, f := range flow {
		if n := len(out) - 1; n >= 0 && f.first && f.para != nil && out[n].para != nil && out[n].para.goesOn(*f.para) {
			p := out[n].para
			p.broken[len(p.lines)-1] = false
			p.lines, p.broken = append(p.lines, f.para.lines...), append(p.broken, f.para.broken...)
			continue
		}
		out = append(out, f)
	}
	return out
}

func (p para) goesOn(next para) bool {
	last, first := p.lines[len(p.lines)-1], next.lines[0]
	if next.mark.shown != "" || !sameSize(last.size, first.size) || last.look != first.look {
		return false
	}
	lower := unicode.IsLower(first.firstRune())
	if ends(last) {
		return lower && !strings.ContainsRune(".!?", last.lastRune())
	}
	return lower || full(last, first, p.right) && first.look&bold == 0
}

// A flowing is a paragraph or a table in the order in which a reader meets them.
type flowing struct {
	para   *para
	table  [][]rawCell
	unsure string // why a person should look at it
	first  bool   // of its column or page
	page   int
}
