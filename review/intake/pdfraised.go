package intake

import (
	"math"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// raise finds the small words that stand a little above or below the line of a larger one, and puts them on it.
func raise(words []word) {
	const near = 120 // words to look at on either side; pages of people have a few dozen
	for i := range words {
		w := &words[i]
		for d := 1; d <= near && w.raised == 0; d++ {
			done := true
			for _, j := range []int{i - d, i + d} {
				if j < 0 || j >= len(words) || math.Abs(words[j].base-w.base) > 3*w.size {
					continue
				}
				done = false
				w.beside(words[j])
			}
			if done {
				break
			}
		}
	}
}

var markAlone = regexp.MustCompile(`^(?:[0-9]{1,3}(?:[,–-][0-9]{1,3}){0,3}|[a-z]|[*†‡§]{1,3})$`)

func (w *word) beside(host word) {
	const mostHost = 0.95 // a mark is seldom larger than what it stands at
	if host.raised != 0 || w.size > host.size/mostHost {
		return
	}
	small := host.size >= 1.2*w.size
	after, before := w.left-host.right, host.left-w.right
	follows := after > -0.2*host.size && after < 0.3*host.size
	leads := before > -0.1*host.size && before < 0.4*host.size
	switch up := (host.base - w.base) / host.size; {
	case small && (follows || leads) && up > 0.15 && up < 0.75:
		w.raised = 1
	case small && (follows || leads) && up < -0.04 && up > -0.4:
		w.raised = -1
	case small && follows && up >= 0 && up < 0.75 && host.endsInDigit() && w.beginsWithDigit():
		w.raised = 1 // hardly raised, but no part of the number
	case follows && after < 0.12*host.size && up > 0.2 && up < 0.6 && markAlone.MatchString(w.text()):
		w.raised = 1 // as large as the text
	default:
		return
	}
	w.base, w.glued = host.base, follows
}

func (w word) endsInDigit() bool     { return unicode.IsDigit(w.glyphs[len(w.glyphs)-1].r) }
func (w word) beginsWithDigit() bool { return unicode.IsDigit(w.glyphs[0].r) }

// otherNumber says whether a glyph begins something else than the number before it goes on with: a mark in smaller
// digits, or in the raised digits that some fonts have.
func (g glyph) otherNumber(last glyph) bool {
	const small = 0.8
	if g.superior != last.superior {
		return true
	}
	return unicode.IsDigit(g.r) && unicode.IsDigit(last.r) && g.size < small*last.size
}

// Beside the digits that are raised in themselves: what marks of notes are made of.
const (
	markFrom = ",.–abcdefghijklmnoprstuvwxyz*†‡§"
	markTo   = "˒·⁻ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*†‡§"
)

// raisedText writes a raised or lowered word behind the text before it: in letters that are so themselves, and what
// has none in brackets where it would join a number.
func raisedText(s string, up bool, before rune) string {
	if text, ok := shifted(s, up); ok {
		return text
	}
	first, _ := utf8.DecodeRuneInString(s)
	digits := unicode.IsDigit(before) || unicode.IsDigit(first) && unicode.IsLetter(before)
	word := utf8.RuneCountInString(s) > 1 && !strings.ContainsFunc(s, unicode.IsDigit) // as in Mme
	if text, ok := markText(s); ok && up && (digits || !word) {
		return text
	}
	if digits && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
		return "[" + s + "]"
	}
	return s
}

func markText(s string) (string, bool) {
	from, to := []rune(raisedFrom+markFrom), []rune(raisedTo+markTo)
	var b strings.Builder
	for _, r := range s {
		i := indexRune(from, r)
		if i < 0 {
			return "", false
		}
		b.WriteRune(to[i])
	}
	return b.String(), true
}

var fractionText = regexp.MustCompile(`^[0-9]{1,3}[/⁄][0-9]{1,3}$`)

// fraction is a fraction that is set in small digits, above and below a stroke that may be drawn or slant, and how
// many words it takes; size is that of the line.
func fraction(words []word, size float64) (text string, n int) {
	if len(words) < 2 || words[0].raised == 0 || !allDigits(words[0].text()) {
		return "", 0
	}
	a, b := words[0], words[1]
	if a.raised*b.raised < 0 && allDigits(b.text()) && b.left < a.right-0.2*a.size {
		if a.raised < 0 {
			a, b = b, a
		}
		return a.text() + "/" + b.text(), 2
	}
	if a.raised < 0 {
		return "", 0
	}
	text = a.text()
	for n = 1; n < min(len(words), 3) && words[n].glued; n++ {
		text += words[n].text()
		last := words[n].glyphs[len(words[n].glyphs)-1]
		if fractionText.MatchString(text) && (last.size < 0.85*size || strings.Contains(text, "⁄")) {
			return strings.Replace(text, "⁄", "/", 1), n + 1
		}
	}
	return "", 0
}

func allDigits(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
}

// severally parts the raised words that name several notes into one for each.
func severally(words []word) []word {
	var out []word
	for _, w := range words {
		if w.raised <= 0 || !strings.Contains(w.text(), ",") || !markAlone.MatchString(w.text()) {
			out = append(out, w)
			continue
		}
		for i, g := range w.glyphs {
			if i > 0 && (g.r == ',') == (w.glyphs[i-1].r == ',') {
				last := &out[len(out)-1]
				last.glyphs, last.right = append(last.glyphs, g), g.right
				continue
			}
			part := w
			part.glyphs, part.left, part.right, part.glued = []glyph{g}, g.left, g.right, i > 0 || w.glued
			out = append(out, part)
		}
	}
	return out
}
