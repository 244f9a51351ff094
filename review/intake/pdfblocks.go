package intake

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A headLook tells the headings of one level from those of others.
type headLook struct {
	size float64
	bold bool
	caps bool
}

// joinWords stand alone between criteria, and are no headings however they look.
var joinWords = regexp.MustCompile(`^(?i)[-–—( ]*(?:and|or|and/or|either|both|plus|not|but|with|without)[-–—): ,]*$`)

// headingLook is how a paragraph looks when it may be a heading.
func (u usual) headingLook(p para) (headLook, bool) {
	size, letters := 0.0, 0
	all := true
	for _, l := range p.lines {
		size = max(size, l.size)
		letters += l.letters()
		all = all && l.look&bold != 0
	}
	text := p.text()
	if len(p.lines) > 4 || !looksLikeHeading(text) && (size < 1.3*u.size || letters > 150) || joinWords.MatchString(text) {
		return headLook{}, false
	}
	if p.mark.typed && (p.mark.bullet() || !unicode.IsDigit([]rune(p.mark.kind)[0])) {
		return headLook{}, false
	}
	k := headLook{size: math.Round(size*2) / 2, bold: all, caps: isCapitals(text)}
	switch {
	case size >= 1.12*u.size:
		k.caps = false
	case size < 0.93*u.size:
		return headLook{}, false
	case all && len(p.lines) <= 2:
		k.size = u.size
	case k.caps && len(p.lines) == 1:
		k.size = u.size
	default:
		return headLook{}, false
	}
	return k, strings.ContainsFunc(text, isLetter)
}

func isCapitals(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			letters++
		}
	}
	return letters >= 5
}

func (p para) text() string {
	parts := make([]string, 0, len(p.lines))
	for _, l := range p.lines {
		parts = append(parts, l.text())
	}
	return strings.Join(parts, " ")
}

// headingLevels gives each look its level: the larger first, then the bolder. Headings as large as the text
// itself begin at level 2, under the document's title.
func (u usual) headingLevels(flow []flowing) map[headLook]int {
	seen := map[headLook]bool{}
	for i, f := range flow {
		if f.para == nil || i+1 == len(flow) {
			continue
		}
		if k, ok := u.headingLook(*f.para); ok {
			seen[k] = true
		}
	}
	var looks []headLook
	for k := range seen {
		looks = append(looks, k)
	}
	slices.SortFunc(looks, func(a, b headLook) int {
		return cmp.Or(-cmp.Compare(a.size, b.size), -cmp.Compare(btoi(a.bold), btoi(b.bold)), -cmp.Compare(btoi(a.caps), btoi(b.caps)))
	})
	levels, level := map[headLook]int{}, 0
	for _, k := range looks {
		level++
		if k.size == u.size {
			level = max(level, 2)
		}
		levels[k] = min(level, 6)
	}
	return levels
}

// A pdfWriter makes blocks of paragraphs.
type pdfWriter struct {
	u      usual
	spell  *spelling
	losses *losses
	levels map[headLook]int
	out    []block
	open   []pdfLevel
	level  int // of the last heading
}

// A pdfLevel is a list that is open.
type pdfLevel struct {
	paraMark
	isRoman bool
	last    int // the number of its last item
}

// paragraph writes one as a block.
func (w *pdfWriter) paragraph(p para) {
	if k, ok := w.u.headingLook(p); ok {
		if level := w.levels[k]; level > 0 {
			w.heading(p, level)
			return
		}
	}
	if p.mark.typed {
		w.item(p)
		return
	}
	depth := w.depthOf(p)
	w.open = w.open[:depth]
	b := block{depth: depth, runs: w.spell.runs(p, 0)}
	w.out = append(w.out, b)
}

func (w *pdfWriter) heading(p para, level int) {
	w.open = nil
	for i := range p.broken {
		p.broken[i] = false
	}
	runs := without(w.spell.runs(p, 0), bold)
	w.level = level
	w.losses.under(plain(runs))
	w.out = append(w.out, block{kind: heading, level: level, runs: runs})
}

// depthOf is how many lists a paragraph without a mark stands in: those whose words begin where it does.
func (w *pdfWriter) depthOf(p para) int {
	at := p.at(p.lines[0].left)
	for d := len(w.open); d > 0; d-- {
		if v := w.open[d-1]; abs(at-v.textLeft) <= 5 && at > v.left+5 && (p.columned || at > w.u.left+5) {
			return d
		}
	}
	return 0
}

// at is a place from the left of a column, so that what goes on in the next column is as far in.
func (p para) at(x float64) float64 { return x - p.left }

// item writes an item of a list. Where it stands says how deep it is; where two kinds of marks stand at one
// place, their kinds do.
func (w *pdfWriter) item(p para) {
	m := p.mark
	m.left, m.textLeft = p.at(m.left), p.at(m.textLeft)
	depth, fresh := w.place(m)
	if depth == len(w.open) {
		w.open = append(w.open, pdfLevel{paraMark: m, isRoman: m.startsRoman()})
	}
	w.open = w.open[:depth+1]
	level := &w.open[depth]
	if m.kind != level.kind {
		level.kind, level.isRoman = m.kind, m.startsRoman()
	}
	level.last, level.left, level.textLeft = m.in(level.isRoman), m.left, m.textLeft
	w.out = append(w.out, block{kind: item, depth: depth + 1, ordered: !m.bullet(), number: level.last, label: m.shown, fresh: fresh, runs: w.spell.runs(p, 1)})
}

// place finds the open list that a mark belongs to, the innermost first; one that is not open yet is one deeper
// than those it stands in. Another kind of mark at the same place is another list, or, after a colon, one inside.
func (w *pdfWriter) place(m paraMark) (depth int, fresh bool) {
	const near = 4.0
	d := len(w.open)
	for d > 0 && m.left < w.open[d-1].left-near && abs(m.textLeft-w.open[d-1].textLeft) > near {
		d--
	}
	for i := d - 1; i >= 0; i-- {
		v := w.open[i]
		if m.left > v.left+near && abs(m.textLeft-v.textLeft) > near {
			break
		}
		if m.kind != v.kind {
			continue
		}
		if m.bullet() || m.in(v.isRoman) == v.last+1 {
			return i, false
		}
		if v.isRoman == m.startsRoman() && (m.in(v.isRoman) == 1 || m.in(v.isRoman) > v.last) {
			return i, m.in(v.isRoman) <= v.last
		}
	}
	if d > 0 && m.left <= w.open[d-1].left+near && !w.colon() {
		return d - 1, !m.bullet() || !w.open[d-1].bullet()
	}
	return d, false
}

// colon says whether the block before ends with one.
func (w *pdfWriter) colon() bool {
	return len(w.out) > 0 && strings.HasSuffix(plain(w.out[len(w.out)-1].runs), ":")
}

// loneNumbers makes text again of numbers that count nothing: no other item of their list follows or goes
// before. A list that headings and tables interrupt goes on.
func loneNumbers(blocks []block) []block {
	counted := func(i, step int) bool {
		const far = 2000
		for j := i + step; j >= 0 && j < len(blocks) && j-i < far && i-j < far; j += step {
			b := blocks[j]
			if b.kind == item && b.depth == blocks[i].depth && b.ordered && sameLabel(b.label, blocks[i].label) {
				return b.number == blocks[i].number+step
			}
			if b.kind == item && b.depth < blocks[i].depth {
				return false
			}
		}
		return false
	}
	out := slices.Clone(blocks)
	for i, b := range blocks {
		if b.kind != item || !b.ordered || counted(i, 1) || counted(i, -1) {
			continue
		}
		out[i] = block{depth: b.depth - 1, runs: append([]run{{text: b.label + " "}}, b.runs...)}
	}
	return out
}

// sameLabel says whether two numbers are written alike: (a) and (b), but not (a) and b).
func sameLabel(a, b string) bool {
	strip := func(s string) string {
		return strings.TrimFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	}
	outer := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return -1
			}
			return r
		}, s)
	}
	return strip(a) != "" && outer(a) == outer(b)
}
