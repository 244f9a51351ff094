package textdiff

import (
	"strings"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// Op says whether a run of words stayed, came or went.
type Op int

// The operations.
const (
	Equal Op = iota
	Insert
	Delete
)

// Span is a run of words and what became of it.
type Span struct {
	Op   Op
	Text string
}

// Before joins the runs of the text before.
func Before(words []Span) string { return joined(words, Delete) }

// After joins the runs of the text after.
func After(words []Span) string { return joined(words, Insert) }

func joined(words []Span, op Op) string {
	var b strings.Builder
	for _, s := range words {
		if s.Op == Equal || s.Op == op {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func spans(op Op, text string) []Span {
	if text == "" {
		return nil
	}
	return []Span{{op, text}}
}

// Above these products of the numbers of differing tokens, words are not compared one by one: the time would
// grow with the square. A time limit would make the result depend on the load of the machine.
const (
	clauseProduct = 1 << 20
	totalProduct  = 1 << 25
)

// context is how many equal tokens about a change the library is shown, so that it can choose where the change
// begins.
const context = 32

// contextWords is how many words have at least so many tokens: each is followed by a space, the first perhaps cut.
const contextWords = context/2 + 1

// words compares two texts word by word. The ends that are equal are cut off before the rest is taken apart.
func (c *comparer) words(before, after string) []Span {
	first, last := equalEnds(before, after)
	x, y := tokens(before[first:len(before)-last]), tokens(after[first:len(after)-last])
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	product := (len(x) - head - tail) * (len(y) - head - tail)
	var parts []Span
	if product <= clauseProduct && product <= c.budget {
		c.budget -= product
		head, tail = max(head-context, 0), max(tail-context, 0)
		parts = c.alphabet.compare(x[head:len(x)-tail], y[head:len(y)-tail])
	} else {
		parts = []Span{
			{Delete, strings.Join(x[head:len(x)-tail], "")},
			{Insert, strings.Join(y[head:len(y)-tail], "")},
		}
	}
	all := []Span{{Equal, before[:first]}, {Equal, strings.Join(x[:head], "")}}
	all = append(all, parts...)
	return assemble(append(all, Span{Equal, strings.Join(x[len(x)-tail:], "")}, Span{Equal, before[len(before)-last:]})...)
}

// equalEnds gives how many bytes at the beginning and at the end of two texts are equal and too far from the change
// to be of its context. They end and begin at a space, so that no token is split.
func equalEnds(x, y string) (first, last int) {
	same := 0
	for same < len(x) && same < len(y) && x[same] == y[same] {
		same++
	}
	first = farStart(x[:same])
	x, y = x[first:], y[first:]
	same = 0
	for same < len(x) && same < len(y) && x[len(x)-1-same] == y[len(y)-1-same] {
		same++
	}
	return first, farEnd(x[len(x)-same:])
}

// farStart is how much of an equal beginning is too far from its end to be of a change's context.
func farStart(text string) int {
	i, spaces := len(text), 0
	for i > 0 && spaces < contextWords {
		if i--; betweenWords(text, i) {
			spaces++
		}
	}
	return i
}

// farEnd is how much of an equal end is too far from its beginning to be of a change's context.
func farEnd(text string) int {
	i, spaces := 0, 0
	for i < len(text) && spaces < contextWords {
		if i++; betweenWords(text, i) {
			spaces++
		}
	}
	return len(text) - i
}

// betweenWords tells whether a run of spaces begins at a place in a text. Before it stands a plain letter: other
// spaces than these take more bytes.
func betweenWords(text string, i int) bool {
	return i > 0 && i < len(text) && text[i] == ' ' && text[i-1] > ' ' && text[i-1] < utf8.RuneSelf
}

// compare lets the library compare tokens as if each were one character, and joins changes that only a few words
// part, for a reader follows one long change more easily than five short ones.
func (a *alphabet) compare(x, y []string) []Span {
	a.forget()
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0
	diffs := dmp.DiffCleanupSemantic(dmp.DiffMainRunes(a.spell(x), a.spell(y), false))
	out := make([]Span, len(diffs))
	for i, d := range diffs {
		out[i] = Span{op(d.Type), a.read(d.Text)}
	}
	return out
}

func op(t diffmatchpatch.Operation) Op {
	switch t {
	case diffmatchpatch.DiffInsert:
		return Insert
	case diffmatchpatch.DiffDelete:
		return Delete
	default:
		return Equal
	}
}

// assemble drops empty runs, puts what went before what came between two equal runs, and joins runs of one kind.
func assemble(parts ...Span) []Span {
	var out []Span
	var went, came strings.Builder
	flush := func() {
		out = append(out, spans(Delete, went.String())...)
		out = append(out, spans(Insert, came.String())...)
		went.Reset()
		came.Reset()
	}
	for _, p := range parts {
		switch {
		case p.Text == "":
		case p.Op == Delete:
			went.WriteString(p.Text)
		case p.Op == Insert:
			came.WriteString(p.Text)
		case len(out) > 0 && out[len(out)-1].Op == Equal && went.Len()+came.Len() == 0:
			out[len(out)-1].Text += p.Text
		default:
			flush()
			out = append(out, p)
		}
	}
	flush()
	return out
}

// alphabet gives each token a character of its own. A single mark or space is its own, so that the library knows
// where sentences end; all else gets one from a range without meaning to it.
type alphabet struct {
	letter map[string]rune
	token  []string // from firstLetter on
}

const (
	firstLetter    = 0x4E00
	surrogateFirst = 0xD800
	surrogateLast  = 0xDFFF
)

// forget makes room for the tokens of another clause. A map that one long clause filled would take long to clear for
// each short one.
func (a *alphabet) forget() {
	const small = 1 << 12
	if a.letter == nil || len(a.letter) > small {
		a.letter = map[string]rune{}
	}
	clear(a.letter)
	a.token = a.token[:0]
}

func (a *alphabet) spell(tokens []string) []rune {
	out := make([]rune, len(tokens))
	for i, t := range tokens {
		out[i] = a.letterOf(t)
	}
	return out
}

func (a *alphabet) letterOf(token string) rune {
	if isMark(token) {
		return rune(token[0])
	}
	r, ok := a.letter[token]
	if !ok {
		if r = rune(firstLetter + len(a.token)); r >= surrogateFirst {
			r += surrogateLast + 1 - surrogateFirst
		}
		a.letter[token] = r
		a.token = append(a.token, token)
	}
	return r
}

func isMark(token string) bool {
	if len(token) != 1 {
		return false
	}
	return token[0] == ' ' || opens(rune(token[0])) || closes(rune(token[0]))
}

func (a *alphabet) read(word string) string {
	var b strings.Builder
	for _, r := range word {
		switch {
		case r < firstLetter:
			b.WriteByte(byte(r))
		case r < surrogateFirst:
			b.WriteString(a.token[r-firstLetter])
		default:
			b.WriteString(a.token[r-firstLetter-(surrogateLast+1-surrogateFirst)])
		}
	}
	return b.String()
}
