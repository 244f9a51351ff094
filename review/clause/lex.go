package clause

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexeme says what a token is.
type lexeme uint8

const (
	wordToken lexeme = iota
	numberToken
	ratioToken // two numbers with a stroke, as in visual acuity: 6/12
	markToken
)

// token is a word, a number or a mark of a clause's words.
type token struct {
	text     string // lower case, with plain apostrophes and hyphens
	from, to int    // bytes of the clause's words
	value    float64
	per      float64 // of a ratio, what stands below the stroke
	kind     lexeme
	sets     wordSet
}

// lex takes words apart. White space, soft hyphens and what is not shown part tokens and are none.
func lex(words string) []token {
	out := make([]token, 0, len(words)/5+1)
	for i := 0; i < len(words); {
		r, size := utf8.DecodeRuneInString(words[i:])
		switch {
		case r >= '0' && r <= '9':
			t := lexNumber(words, i)
			out, i = append(out, t), t.to
		case isWordRune(r):
			t := lexWord(words, i)
			out, i = append(out, t), t.to
		case r == ' ' || unicode.IsSpace(r) || r == '\u00AD' || r == '\u200B' || r == '\uFEFF':
			i += size
		case noteMark(words, i, r): // it points to a note, and is no part of what it stands beside
			i += size
		default:
			mark := foldMark(r, words[i:i+size])
			out = append(out, token{text: mark, from: i, to: i + size, kind: markToken, sets: vocabulary[mark]})
			i += size
		}
	}
	return out
}

// noteMark tells whether a raised figure stands apart from what is before it, as the mark of a note does. One that
// stands at a number is a power.
func noteMark(s string, i int, r rune) bool {
	raised := r == '¹' || r == '˒' || r >= '⁰' && r <= '⁹'
	for i > 0 && raised {
		before, size := utf8.DecodeLastRuneInString(s[:i])
		if before == ' ' {
			return true
		}
		raised = before == '¹' || before == '˒' || before == '²' || before == '³' || before >= '⁰' && before <= '⁹'
		i -= size
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || r == '²' || r == '³' }

// lexNumber reads digits with their points and thousands commas, and a ratio.
func lexNumber(s string, from int) token {
	value, to := digits(s, from)
	t := token{from: from, to: to, value: value, kind: numberToken}
	if to+1 < len(s) && s[to] == '/' && isDigit(s[to+1]) {
		t.per, t.to = digits(s, to+1)
		t.kind = ratioToken
		if t.to+1 < len(s) && s[t.to] == '/' && isDigit(s[t.to+1]) { // a date: 01/04/2018
			_, t.to = digits(s, t.to+1)
			t.kind = markToken
		}
	}
	t.text = s[t.from:t.to]
	return t
}

func digits(s string, i int) (value float64, end int) {
	divide := 0.0
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case isDigit(c):
			value = value*10 + float64(c-'0')
			divide *= 10
		case c == '.' && divide == 0 && i+1 < len(s) && isDigit(s[i+1]):
			divide = 1
		case c == ',' && divide == 0 && thousands(s[i+1:]):
		default:
			return value / max(divide, 1), i
		}
	}
	return value / max(divide, 1), i
}

// thousands tells whether three digits and no fourth follow.
func thousands(s string) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && (len(s) == 3 || !isDigit(s[3]))
}

// lexWord reads letters, with digits, apostrophes and strokes within: "F34.1" is "f34" and more, "kg/m2" is one word.
func lexWord(s string, from int) token {
	i := from + plainRun(s[from:])
	for i < len(s) && !endsPlain(s[i]) {
		r, size := utf8.DecodeRuneInString(s[i:])
		inner := (r == '\'' || r == '’' || r == '/') && i > from && nextIsLetter(s[i+size:])
		if !isWordRune(r) && !(r >= '0' && r <= '9') && r != '\u00AD' && !inner {
			break
		}
		i += size
	}
	t := token{text: foldWord(s[from:i]), from: from, to: i}
	t.sets = vocabulary[t.text]
	if t.is(spelled) {
		t.kind, t.value = numberToken, numberWords[t.text]
	}
	return t
}

// plainRun is how many letters and digits without accents a text begins with.
func plainRun(s string) int {
	i := 0
	for i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || isDigit(s[i])) {
		i++
	}
	return i
}

// endsPlain tells whether a byte ends a word whatever follows it.
func endsPlain(b byte) bool { return b == ' ' || b == ',' || b == '.' || b == ';' || b == ')' }

func nextIsLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func foldWord(s string) string {
	ascii := true
	for i := range len(s) {
		ascii = ascii && s[i] < utf8.RuneSelf
	}
	s = strings.ToLower(s)
	if ascii {
		return s
	}
	return wordFolder.Replace(s)
}

var wordFolder = strings.NewReplacer("’", "'", "\u00AD", "", "²", "2", "³", "3")

// foldMark gives marks that mean the same one text.
func foldMark(r rune, own string) string {
	switch r {
	case '‐', '‑', '‒', '–', '—', '−':
		return "-"
	case '‘', '’':
		return "'"
	case '“', '”':
		return "\""
	case '⩾', '≧':
		return "≥"
	case '⩽', '≦':
		return "≤"
	case 'º', '˚':
		return "°"
	}
	return own
}

// numberWords are the numbers that are written as words.
var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"once": 1, "twice": 2, "thrice": 3,
}

var spelled = setOf(numberWords)
