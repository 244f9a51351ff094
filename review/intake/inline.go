package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An atom is one character with how it looks. Working on characters, not runs, lets every rule see its neighbours.
type atom struct {
	r     rune
	style style
	href  string
	note  int
}

func (a atom) space() bool { return a.note == 0 && (a.r == ' ' || a.r == '\n') }
func (a atom) punct() bool { return a.note > 0 || unicode.IsPunct(a.r) || unicode.IsSymbol(a.r) }
func (a atom) word() bool  { return !a.space() && !a.punct() }

// inline writes runs as Markdown. Where it goes decides what would be taken for markup.
type place uint8

const (
	inParagraph place = iota
	inHeading
	inCell
)

func inline(runs []run, where place) string {
	atoms := settle(atomise(runs, where != inParagraph))
	e := &emitter{atoms: atoms, where: where}
	e.links(0, len(atoms))
	return e.out.String()
}

// atomise takes runs apart, leaving out what has no place in text, and joins white space.
func atomise(runs []run, oneLine bool) []atom {
	var out []atom
	for _, r := range runs {
		if r.note > 0 {
			out = append(out, atom{note: r.note, href: r.href})
			continue
		}
		for _, c := range r.text {
			c, keep := cleanRune(c)
			if !keep {
				continue
			}
			if c == '\n' && oneLine || c == '\t' {
				c = ' '
			}
			a := atom{r: c, style: r.style, href: r.href}
			if !a.space() {
				out = append(out, a)
				continue
			}
			out = appendSpace(out, a)
		}
	}
	for len(out) > 0 && out[len(out)-1].space() {
		out = out[:len(out)-1]
	}
	return out
}

// appendSpace adds white space that is not first and not a second one; a break wins over a space.
func appendSpace(out []atom, a atom) []atom {
	if len(out) == 0 {
		return out
	}
	if last := &out[len(out)-1]; last.space() {
		if a.r == '\n' {
			last.r = '\n'
		}
		return out
	}
	return append(out, a)
}

// settle moves the ends of emphasis to where Markdown recognises them: not at white space, and not between
// punctuation and a letter.
func settle(atoms []atom) []atom {
	for i := 1; i < len(atoms); i++ { // inside a word that is struck out or bold, other looks do not change
		switch both := atoms[i].style & atoms[i-1].style; {
		case both&strike != 0 && !atoms[i].space():
			atoms[i].style = atoms[i-1].style
		case both&bold != 0 && atoms[i].word() && atoms[i-1].word(): // "***a*b*c***" is read in another way
			atoms[i].style = atoms[i].style&^italic | atoms[i-1].style&italic
		}
	}
	for i := range atoms {
		if !atoms[i].space() || i == 0 || i == len(atoms)-1 {
			continue
		}
		atoms[i].style = between(atoms[i-1], atoms[i+1])
		if atoms[i].href = ""; atoms[i-1].href == atoms[i+1].href {
			atoms[i].href = atoms[i-1].href
		}
	}
	for i := 1; i < len(atoms); i++ { // "a(b" with bold from "(": the bracket joins the letter before it
		if lost := atoms[i].style &^ atoms[i-1].style; lost != 0 && atoms[i].punct() && atoms[i-1].word() {
			atoms[i].style &^= lost
		}
	}
	for i := len(atoms) - 2; i >= 0; i-- {
		if lost := atoms[i].style &^ atoms[i+1].style; lost != 0 && atoms[i].punct() && atoms[i+1].word() {
			atoms[i].style &^= lost
		}
	}
	return dropSpaceEnds(atoms)
}

// between is the style of white space: what both neighbours share, and nothing inside a mark that ends there.
func between(a, b atom) style {
	shared := a.style & b.style
	differ := a.style ^ b.style
	switch {
	case a.href != b.href || differ&bold != 0:
		return 0
	case differ&italic != 0:
		return shared &^ strike
	}
	return shared
}

// dropSpaceEnds takes the style off white space that has become the end of a styled stretch.
func dropSpaceEnds(atoms []atom) []atom {
	for i := 1; i < len(atoms)-1; i++ {
		if atoms[i].space() {
			atoms[i].style &= between(atoms[i-1], atoms[i+1])
		}
	}
	return atoms
}

// An emitter writes atoms with their marks, always in the order link, bold, italic, strike.
type emitter struct {
	atoms  []atom
	where  place
	out    strings.Builder
	inside bool // within marks, where one more between two signs could close them
	closed byte // the mark that the last thing written closed with: the same mark opening now would be misread
}

// stretches calls do for each longest stretch in [from, to) over which key is equal.
func stretches[K comparable](atoms []atom, from, to int, key func(atom) K, do func(from, to int, k K)) {
	for from < to {
		k, end := key(atoms[from]), from+1
		for end < to && key(atoms[end]) == k {
			end++
		}
		do(from, end, k)
		from = end
	}
}

func (e *emitter) links(from, to int) {
	stretches(e.atoms, from, to, func(a atom) string { return a.href }, func(from, to int, href string) {
		if href == "" {
			e.styled(from, to, bold)
			return
		}
		if e.bare(from, to) == href && autolinkable(href) {
			e.write("<" + href + ">")
			return
		}
		e.write("[")
		e.styled(from, to, bold)
		e.write("](" + destination(href) + ")")
	})
}

func (e *emitter) bare(from, to int) string {
	var b strings.Builder
	for _, a := range e.atoms[from:to] {
		b.WriteRune(a.r)
	}
	return b.String()
}

// mark is how a style is written, and the style that is written inside it. What is struck out is innermost: it
// is the one that must not be dropped where marks do not fit.
func mark(s style) (string, style) {
	switch s {
	case bold:
		return "**", italic
	case italic:
		return "*", strike
	}
	return "~~", 0
}

func (e *emitter) styled(from, to int, s style) {
	if s == 0 {
		e.text(from, to)
		return
	}
	m, inner := mark(s)
	stretches(e.atoms, from, to, func(a atom) bool { return a.style&s != 0 }, func(from, to int, on bool) {
		if !on {
			e.styled(from, to, inner)
			return
		}
		within := &emitter{atoms: e.atoms, where: e.where, inside: true}
		within.styled(from, to, inner)
		text := within.out.String()
		if e.touches(m, from, to) || !e.fits(m, strings.Trim(text, m), to) {
			e.styled(from, to, inner)
			return
		}
		e.write(m + text + m)
		e.closed = m[0]
	})
}

// touches says whether a sign like the mark stands at either side of where the mark would: "~~\~~~" is misread.
func (e *emitter) touches(m string, from, to int) bool {
	for _, i := range []int{from - 1, from, to - 1, to} {
		if e.at(i) == rune(m[0]) {
			return true
		}
	}
	return false
}

// fits says whether marks around a text will be read as marks: they may not touch a mark of their kind that has
// just closed, nor stand between a letter and punctuation.
func (e *emitter) fits(m, text string, to int) bool {
	if e.closed == m[0] || text == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, _ := utf8.DecodeLastRuneInString(text)
	before, _ := utf8.DecodeLastRuneInString(e.out.String())
	if e.out.Len() > 0 && !(atom{r: before}).space() && (atom{r: first}).punct() && (e.inside || (atom{r: before}).word()) {
		return false
	}
	return !(to < len(e.atoms) && e.atoms[to].word() && (atom{r: last}).punct())
}

func (e *emitter) write(s string) {
	e.out.WriteString(s)
	e.closed = 0
}

func (e *emitter) text(from, to int) {
	for i := from; i < to; i++ {
		e.write(e.escaped(i))
	}
}
