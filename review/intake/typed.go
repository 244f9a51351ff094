package intake

import (
	"regexp"
	"strconv"
	"strings"
)

// A label is a mark typed by hand at the start of a paragraph: a bullet, "(a)", "iv)", "3.".
type label struct {
	kind  string // "bullet •", or a number's kind with its brackets, such as "(a)" or "1."
	value int    // 3 for "3.", "c)" and "iii)"; 0 for bullets
	roman int    // the value when its letter may also be a Roman number, else 0
	rest  int    // where the words begin, in bytes
}

var (
	bulletMark = regexp.MustCompile(`^(?:[•·∙▪▫●○◦■□◆◇❖►▶▸‣⁃➢➤➔✓✔\x{F0B7}\x{F0A7}][ \t]*|[-–—−*o][ ]*\t[ \t]*|[-–][ ]+)`)
	numberMark = regexp.MustCompile(`^(\(?)([0-9]{1,3}|[a-z]{1,5}|[A-Z]{1,5})([.)])([ \t]+)`)
)

// typedLabel reads the mark at the start of a line.
func typedLabel(line string) (label, bool) {
	if m := bulletMark.FindString(line); m != "" && len(m) < len(line) {
		return label{kind: "bullet " + strings.TrimSpace(m), rest: len(m)}, true
	}
	m := numberMark.FindStringSubmatch(line)
	if m == nil || m[1] == "(" && m[3] == "." || len(m[0]) == len(line) {
		return label{}, false
	}
	l := label{rest: len(m[0])}
	switch c := m[2][0]; {
	case c >= '0' && c <= '9':
		l.value, _ = strconv.Atoi(m[2])
		l.kind = m[1] + "1" + m[3]
		return l, true
	case len(m[2]) == 1:
		l.value = int(strings.ToLower(m[2])[0]-'a') + 1
	}
	l.roman = romanValue(strings.ToLower(m[2]))
	if l.value == 0 && l.roman == 0 {
		return label{}, false
	}
	letter := "a"
	if strings.ToUpper(m[2]) == m[2] {
		letter = "A"
	}
	l.kind = m[1] + letter + m[3]
	return l, true
}

var romanUnits = map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50}

// romanValue reads small Roman numbers as lists have them, 0 for anything else.
func romanValue(s string) int {
	n := 0
	for i := range len(s) {
		v, ok := romanUnits[s[i]]
		switch {
		case !ok:
			return 0
		case i+1 < len(s) && romanUnits[s[i+1]] > v:
			n -= v
		default:
			n += v
		}
	}
	if roman(n) != s {
		return 0
	}
	return n
}

func roman(n int) string {
	var b strings.Builder
	for _, u := range []struct {
		value int
		text  string
	}{{90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= u.value {
			b.WriteString(u.text)
			n -= u.value
		}
	}
	return b.String()
}

// typedLists makes real lists of paragraphs that carry their marks as text. A bullet is enough by itself; a
// number needs a neighbour that goes on counting, so that "7. or more" and a lone heading stay as they are.
func typedLists(blocks []block) []block {
	blocks = splitLines(blocks)
	var out []block
	for i := 0; i < len(blocks); {
		end := i
		for end < len(blocks) && isTyped(blocks[end]) {
			end++
		}
		if end == i {
			out = append(out, blocks[i])
			i++
			continue
		}
		out = append(out, typedRun(blocks[i:end])...)
		i = end
	}
	return out
}

func isTyped(b block) bool {
	if b.kind != paragraph || b.depth > 0 || len(b.runs) == 0 {
		return false
	}
	_, ok := typedLabel(leading(b.runs))
	return ok
}

// leading is enough of the text of runs to hold a mark and what follows.
func leading(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		if b.WriteString(r.text); b.Len() > 64 || r.note > 0 {
			break
		}
	}
	return strings.TrimLeft(b.String(), " \t")
}

// A typedLevel is a list that is open while a run of typed items is read.
type typedLevel struct {
	kind  string
	roman bool
	value int
	items int // how many it has
	first int // the place of its first
}

// typedRun nests neighbouring typed items: a label of a new kind is inside the one before, a label that goes on
// counting belongs to the list it counts.
func typedRun(blocks []block) []block {
	var open, ended []typedLevel
	out := make([]block, len(blocks))
	for i, b := range blocks {
		l, _ := typedLabel(leading(b.runs))
		depth, fresh := findLevel(open, l)
		if depth == len(open) {
			open = append(open, typedLevel{kind: l.kind, roman: l.startsRoman(), first: i})
		}
		ended = append(ended, open[depth+1:]...)
		open = open[:depth+1]
		level := &open[depth]
		level.value = l.in(level.roman)
		level.items++
		out[i] = block{kind: item, depth: depth + 1, quote: b.quote, ordered: !l.bullet(), number: level.value, fresh: fresh, runs: cut(b.runs, l.rest)}
	}
	for _, level := range append(ended, open...) {
		if level.items == 1 && out[level.first].ordered {
			out[level.first] = blocks[level.first]
		}
	}
	return out
}

func (l label) bullet() bool { return strings.HasPrefix(l.kind, "bullet") }

// startsRoman says whether a label that begins a list is a Roman number: (i), but not (c).
func (l label) startsRoman() bool {
	return !l.bullet() && (l.value == 0 || l.roman == 1 && l.value != 1)
}

func (l label) in(roman bool) int {
	if roman {
		return l.roman
	}
	return l.value
}

// findLevel finds the open list that a label goes on with, from the inside out, and whether it starts that list
// afresh; a list that is not open yet is one deeper than all.
func findLevel(open []typedLevel, l label) (depth int, fresh bool) {
	for d := len(open) - 1; d >= 0; d-- {
		if v := open[d]; v.kind == l.kind && (l.bullet() || l.in(v.roman) == v.value+1) {
			return d, false
		}
	}
	for d := len(open) - 1; d >= 0; d-- {
		if v := open[d]; v.kind == l.kind && v.roman == l.startsRoman() && (l.in(v.roman) == 1 || l.in(v.roman) > v.value) {
			return d, l.in(v.roman) <= v.value
		}
	}
	return len(open), false
}

// cut takes the first n bytes of text off runs, after any leading white space.
func cut(runs []run, n int) []run {
	out := make([]run, 0, len(runs))
	started := false
	for _, r := range runs {
		if !started {
			r.text = strings.TrimLeft(r.text, " \t")
			started = r.text != ""
		}
		k := min(n, len(r.text))
		r.text, n = r.text[k:], n-k
		if r.text != "" || r.note > 0 {
			out = append(out, r)
		}
	}
	return out
}

// splitLines parts a paragraph whose lines are items: one of them carries a bullet, or two a number.
func splitLines(blocks []block) []block {
	var out []block
	for _, b := range blocks {
		lines := linesOf(b)
		marked := 0
		for _, l := range lines {
			switch t, ok := typedLabel(leading(l)); {
			case ok && t.bullet() && len(lines) > 1:
				marked += 2
			case ok:
				marked++
			}
		}
		if b.kind != paragraph || marked < 2 {
			out = append(out, b)
			continue
		}
		out = append(out, joinUnmarked(b, lines)...)
	}
	return out
}

func linesOf(b block) [][]run {
	lines := [][]run{nil}
	for _, r := range b.runs {
		for i, part := range strings.Split(r.text, "\n") {
			if i > 0 {
				lines = append(lines, nil)
			}
			p := r
			p.text = part
			lines[len(lines)-1] = append(lines[len(lines)-1], p)
		}
	}
	return lines
}

// joinUnmarked makes a paragraph of each marked line, with the unmarked lines that follow it.
func joinUnmarked(b block, lines [][]run) []block {
	var out []block
	for _, l := range lines {
		if _, ok := typedLabel(leading(l)); ok || len(out) == 0 {
			p := b
			p.runs = l
			out = append(out, p)
			continue
		}
		last := &out[len(out)-1]
		last.runs = append(append(last.runs, run{text: "\n"}), l...)
	}
	return out
}
