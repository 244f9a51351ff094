package intake

import (
	"strconv"
	"strings"
)

const numLevels = 9

// A numRef is what a paragraph or style says of its numbering; parts it does not say are -1.
type numRef struct {
	set   bool
	num   int // the list, 0 for "none after all", -1 not said
	level int // -1 not said
}

func readNumRef(numPr *node) numRef {
	if numPr == nil {
		return numRef{}
	}
	return numRef{set: true, num: number(numPr.first("numId").val(), -1), level: number(numPr.first("ilvl").val(), -1)}
}

// over puts what b says on top of a.
func (a numRef) over(b numRef) numRef {
	if !b.set {
		return a
	}
	if !a.set {
		return b
	}
	if b.num >= 0 {
		a.num = b.num
	}
	if b.level >= 0 {
		a.level = b.level
	}
	return a
}

func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return otherwise
	}
	return n
}

// A numLevel is how one level of a list counts.
type numLevel struct {
	start   int
	format  string // "bullet", "decimal", "none", …
	text    string // "%1.%2", or the bullet
	style   string // the paragraph style that stands for this level
	restart int    // the level after which it starts again; -1 the usual, 0 never
	left    int
}

// A numList is one numbering instance: it counts together with all that share its definition.
type numList struct {
	shared int
	levels [numLevels]numLevel
	starts [numLevels]int // where this instance begins again, -1 for nowhere
}

// wordNumbers knows the lists of a document and counts through it.
type wordNumbers struct {
	lists  map[int]*numList
	counts map[int]*[numLevels]int // by shared definition; -1 for a level that has not begun
	begun  map[int]*[numLevels]bool
	styles map[string]numRef // levels that a style stands for
}

func readNumbers(root *node, styles wordStyles) *wordNumbers {
	w := &wordNumbers{lists: map[int]*numList{}, counts: map[int]*[numLevels]int{}, begun: map[int]*[numLevels]bool{}, styles: map[string]numRef{}}
	shared := map[int]*node{}
	linked := map[string]int{} // a numbering style to the definition that carries it
	for _, a := range root.all("abstractNum") {
		id := number(a.attr("abstractNumId"), -1)
		shared[id] = a
		if s := a.first("styleLink").val(); s != "" {
			linked[s] = id
		}
	}
	for _, n := range root.all("num") {
		id := number(n.first("abstractNumId").val(), -1)
		a := shared[id]
		if s := a.first("numStyleLink").val(); s != "" {
			if to, ok := linked[s]; ok {
				id, a = to, shared[to]
			} else if to := number(root.numOf(styles.byID[s].num.num).first("abstractNumId").val(), -1); shared[to] != nil {
				id, a = to, shared[to]
			}
		}
		w.add(number(n.attr("numId"), -1), id, a, n)
	}
	return w
}

func (n *node) numOf(id int) *node {
	for _, c := range n.all("num") {
		if number(c.attr("numId"), -1) == id {
			return c
		}
	}
	return nil
}

func (w *wordNumbers) add(id, shared int, abstract, num *node) {
	l := &numList{shared: shared}
	for i := range l.levels {
		l.levels[i] = numLevel{start: 1, format: "none", restart: -1}
		l.starts[i] = -1
	}
	for _, lvl := range abstract.all("lvl") {
		l.readLevel(lvl)
	}
	for _, o := range num.all("lvlOverride") {
		i := number(o.attr("ilvl"), -1)
		if i < 0 || i >= numLevels {
			continue
		}
		if lvl := o.child("lvl"); lvl != nil {
			l.readLevel(lvl)
		}
		if s := o.child("startOverride"); s != nil {
			l.starts[i] = number(s.val(), 1)
		}
	}
	w.lists[id] = l
	for i, lvl := range l.levels {
		if _, taken := w.styles[lvl.style]; lvl.style != "" && !taken {
			w.styles[lvl.style] = numRef{set: true, num: id, level: i}
		}
	}
}

func (l *numList) readLevel(n *node) {
	i := number(n.attr("ilvl"), -1)
	if i < 0 || i >= numLevels {
		return
	}
	left, _ := leftIndent(n.first("pPr"))
	format := n.first("numFmt").val()
	if format == "" {
		format = "decimal"
	}
	l.levels[i] = numLevel{
		start: number(n.first("start").val(), 0), format: format, text: n.first("lvlText").val(),
		style: n.first("pStyle").val(), restart: number(n.first("lvlRestart").val(), -1), left: left,
	}
}

// level is what a reference leads to; nil when it leads to no number and no bullet.
func (w *wordNumbers) level(r numRef) *numLevel {
	l := w.lists[r.num]
	if !r.set || r.num <= 0 || l == nil || r.level >= numLevels {
		return nil
	}
	v := &l.levels[max(r.level, 0)]
	if v.format == "none" || v.text == "" && v.format != "bullet" {
		return nil
	}
	return v
}

// count moves a list on by one at a level and gives its number there.
func (w *wordNumbers) count(r numRef) int {
	l, at := w.lists[r.num], max(r.level, 0)
	c := w.counts[l.shared]
	if c == nil {
		c = &[numLevels]int{}
		for i := range c {
			c[i] = -1
		}
		w.counts[l.shared] = c
	}
	b := w.begun[r.num]
	if b == nil {
		b = &[numLevels]bool{}
		w.begun[r.num] = b
	}
	switch {
	case l.starts[at] >= 0 && !b[at]: // the instance begins again, once
		c[at] = l.starts[at]
	case c[at] < 0 && l.starts[at] >= 0:
		c[at] = l.starts[at]
	case c[at] < 0:
		c[at] = l.levels[at].start
	default:
		c[at]++
	}
	b[at] = true
	for i := at + 1; i < numLevels; i++ {
		if r := l.levels[i].restart; r < 0 || r > 0 && at < r {
			c[i] = -1
		}
	}
	return c[at]
}

// label is the number of a level as Word shows it, after count.
func (w *wordNumbers) label(r numRef) string {
	l, lvl := w.lists[r.num], w.level(r)
	if lvl == nil {
		return ""
	}
	if lvl.format == "bullet" {
		return "•"
	}
	out := []byte{}
	for i := 0; i < len(lvl.text); i++ {
		if lvl.text[i] != '%' || i+1 == len(lvl.text) || lvl.text[i+1] < '1' || lvl.text[i+1] > '9' {
			out = append(out, lvl.text[i])
			continue
		}
		i++
		at := int(lvl.text[i] - '1')
		n := w.counts[l.shared][at]
		if n < 0 {
			n = l.levels[at].start
		}
		out = append(out, formatted(n, l.levels[at].format)...)
	}
	return string(out)
}

// formatted writes a number as a level does; kinds of other languages become figures.
func formatted(n int, format string) string {
	switch {
	case format == "lowerLetter" && n > 0 && n < 1000:
		return letters(n, 'a')
	case format == "upperLetter" && n > 0 && n < 1000:
		return letters(n, 'A')
	case format == "lowerRoman" && n > 0 && n < 100:
		return roman(n)
	case format == "upperRoman" && n > 0 && n < 100:
		return strings.ToUpper(roman(n))
	}
	return strconv.Itoa(n)
}

// letters counts a … z, aa, bb … as Word does.
func letters(n int, first byte) string {
	return strings.Repeat(string(first+byte((n-1)%26)), (n-1)/26+1)
}
