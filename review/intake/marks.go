package intake

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// An edit puts other words in place of a stretch of text.
type edit struct {
	from, to int // bytes
	with     string
	told     string // what a reader should look at, "" for nothing
}

const (
	raisedDigit  = "[⁰¹²³⁴⁵⁶⁷⁸⁹]"
	loweredDigit = "[₀₁₂₃₄₅₆₇₈₉]"
)

// smallSigns are fractions, and stretches of raised signs, as characters.
var smallSigns = regexp.MustCompile(`(` + raisedDigit + `+|\d+)([⁄/])(` + loweredDigit + `+|\d+)|([¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]|⁄)|((?:` + raisedDigit + `|[⁺⁻⁽⁾])+(?:[˒‚,;–-] ?` + raisedDigit + `+)*)`)

// marksApart writes fractions, powers and reference marks so that no number joins them, wherever the runs part them.
func marksApart(runs []run, l *losses) []run {
	var b strings.Builder
	for _, r := range runs {
		if r.note > 0 {
			b.WriteRune(noteStands)
		}
		b.WriteString(r.text)
	}
	text := b.String()
	edits := markEdits(text)
	if len(edits) == 0 {
		return runs
	}
	for _, e := range edits {
		tell(e, text, l)
	}
	return applied(edits, runs)
}

// noteStands stands for a footnote mark in text that is looked at.
const noteStands = '\uFFFC'

func tell(e edit, text string, l *losses) {
	if e.told != "" {
		l.add(e.told + ": " + quote(text[max(0, e.from-nearby):e.from], e.with, text[e.to:min(len(text), e.to+nearby)]))
	}
}

// applied puts edits into runs: the words of an edit go where it begins.
func applied(edits []edit, runs []run) []run {
	out := make([]run, len(runs))
	at := 0
	for i, r := range runs {
		if r.note > 0 {
			at += utf8.RuneLen(noteStands)
		}
		from, to, pos := at, at+len(r.text), 0
		at = to
		var b strings.Builder
		for len(edits) > 0 && edits[0].from < to {
			e := edits[0]
			if e.from >= from {
				b.WriteString(r.text[pos:e.from-from] + e.with)
			}
			pos = min(e.to, to) - from
			if e.to > to {
				break // the rest of it is in the next run
			}
			edits = edits[1:]
		}
		r.text = b.String() + r.text[pos:]
		out[i] = r
	}
	return out
}

// unmarked is a text with its marks as marksApart leaves them.
func unmarked(text string, l *losses) string {
	var b strings.Builder
	last := 0
	for _, e := range markEdits(text) {
		tell(e, text, l)
		b.WriteString(text[last:e.from] + e.with)
		last = e.to
	}
	return b.String() + text[last:]
}

// markEdits finds what is to be written otherwise. What it writes it leaves alone when it reads it again.
func markEdits(text string) []edit {
	if !strings.ContainsFunc(text, isSmall) {
		return nil
	}
	var out []edit
	for _, m := range smallSigns.FindAllStringSubmatchIndex(text, -1) {
		e := edit{from: m[0], to: m[1]}
		switch before, after := text[max(0, m[0]-nearby):m[0]], text[m[1]:]; {
		case m[10] >= 0:
			e = raisedEdit(before, text[m[0]:m[1]], after, e)
		default:
			e = fractionEdit(before, text[m[0]:m[1]], after, e)
		}
		if e.with != text[m[0]:m[1]] {
			out = append(out, e)
		}
	}
	return out
}

// isSmall knows signs that are drawn smaller than letters.
func isSmall(r rune) bool {
	switch {
	case r < 0xB2:
		return false
	case r == '²', r == '³', r == '¹', r == '⁄':
		return true
	}
	return r >= '⁰' && r <= '₉' || vulgar(r)
}

// vulgar says whether a character is a fraction by itself.
func vulgar(r rune) bool { return r >= '¼' && r <= '¾' || r >= '⅐' && r <= '⅞' }

// fractionEdit writes a fraction as 6/12, and a whole number before it as a word of its own.
func fractionEdit(before, signs, after string, e edit) edit {
	e.with = strings.ReplaceAll(norm.NFKC.String(signs), "⁄", "/")
	if e.with == signs || e.with == "/" {
		return e // 6/12 as people type it
	}
	if last, _ := utf8.DecodeLastRuneInString(before); isAlnum(last) || last == '/' || last == '⁄' {
		if e.with = " " + e.with; unicode.IsDigit(last) {
			e.told = "a whole number and a fraction, parted by a space"
		}
	}
	if first, _ := utf8.DecodeRuneInString(after); isAlnum(first) {
		e.with += " "
	}
	return e
}

// raisedEdit tells powers from reference marks by what stands before and after.
func raisedEdit(before, signs, after string, e edit) edit {
	s := shift{up: true, before: before, after: after}
	last, _ := utf8.DecodeLastRuneInString(before)
	e.with = signs
	switch {
	case before == "" || unicode.IsSpace(last) || opens(last):
		if first, _ := utf8.DecodeRuneInString(after); isAlnum(first) && !strings.ContainsAny(signs, "⁺⁻") && !startsIsotope(signs, after) {
			e.with = s.parted(signs)
		}
	case unicode.IsDigit(last) || vulgar(last):
		return s.atDigit(signs, e)
	case strings.ContainsAny(signs, "⁺⁻") || isPower(before, signs):
	case isAlnum(last) || strings.ContainsRune(".,;:!?)]}”’\"'%°*_»₀₁₂₃₄₅₆₇₈₉", last):
		e.with, e.told = s.parted(signs), s.ifNumber(markAtNumber)
	}
	return e
}

// atDigit tells what is raised after a number: degrees, a charge, a power of ten, or else a reference mark.
func (s shift) atDigit(signs string, e edit) edit {
	signed := strings.ContainsAny(signs, "⁺⁻")
	switch ten := afterTen.MatchString(s.before); {
	case signs == "⁰":
		e.with = "°"
	case signed && !ten:
	case ten && (signed || timesTen.MatchString(s.before) || perSomething.MatchString(s.after)):
		e.with = s.power(signs)
	case ten && highPower.MatchString(signs) && !countedThing.MatchString(s.after):
		e.with, e.told = s.power(signs), "a raised number after 10, written as a power"
	default:
		e.with, e.told = s.parted(signs), markAtNumber
	}
	return e
}

func (s shift) power(signs string) string {
	signs = "^" + strings.ReplaceAll(norm.NFKC.String(signs), "−", "-")
	if first, _ := utf8.DecodeRuneInString(s.after); isAlnum(first) {
		signs += " "
	}
	return signs
}

var (
	afterTen     = regexp.MustCompile(`(?:^|[^\d.,])10$`)
	timesTen     = regexp.MustCompile(`[×xX*·∙⋅] ?10$`)
	perSomething = regexp.MustCompile(`^ ?(?:/|per\b|cells?\b|cfu\b|copies\b|platelets?\b|neutrophils?\b|leucocytes?\b|m?mol|[mµ]?[lL]\b|g\b|i?u\b|IU\b)`)
	countedThing = regexp.MustCompile(`^ ?(?:years?|months?|weeks?|days?|hours?|minutes?|sessions?|episodes?|times|visits?|appointments?|cycles?|kg|mg|cm|mm|points?|%)(?:\PL|$)`)
	highPower    = regexp.MustCompile(`^(?:[³⁴⁵⁶⁷⁸⁹]|¹[⁰¹²³⁴⁵])$`)
	lastWord     = regexp.MustCompile(`\pL+$`)
)

// powerUnits are the words that are squared or cubed. Single letters are, as in r² and m².
var powerUnits = map[string]bool{
	"cm": true, "mm": true, "km": true, "dm": true, "nm": true, "µm": true, "μm": true, "in": true, "ft": true, "yd": true, "sec": true,
	"inch": true, "inches": true, "metre": true, "metres": true, "chi": true,
	"CO": true, "SpO": true, "SaO": true, "PO": true, "PaO": true, "pO": true, "PCO": true, "PaCO": true, "pCO": true, "FiO": true, // gases, raised by mistake
}

func isPower(before, signs string) bool {
	word := lastWord.FindString(before)
	return (signs == "²" || signs == "³") && (powerUnits[word] || utf8.RuneCountInString(word) == 1)
}

// startsIsotope knows the mass number of an element: ¹³¹I.
func startsIsotope(signs, after string) bool {
	word := strings.TrimPrefix(after, "ᵐ")
	return utf8.RuneCountInString(signs) > 1 && (word != after || startsUpper(word) && !longWord.MatchString(word))
}

var longWord = regexp.MustCompile(`^\pL{3}`)
