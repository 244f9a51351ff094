package textdiff

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sign is a word, a mark or a quantity of a wording as the proof of a claim sees it: without what is typography and ways
// of spelling. Two wordings say the same in equal words when their signs are equal.
type sign struct {
	text string
	kind signKind
	// Of a quantity: the comparator in its own short form, "" for none; the value, in unit.
	compare string
	value   float64
	unit    string
	known   bool // it was written in words that are only known to be equal to these
}

type signKind uint8

const (
	wordSign signKind = iota
	markSign
	numberSign
	quantitySign
	listSign // the mark of a list, by its place in it: 1 for "1.", "(a)" and "i)"
)

// Folds are wordings taken apart, by their words, each once: many clauses hang from one, and texts on one treatment say much
// in equal words. What they hold is shared and never changed.
type Folds map[string][]sign

func (f Folds) of(words string) []sign {
	ss, ok := f[words]
	if !ok {
		ss = fold(words)
		f[words] = ss
	}
	return ss
}

// fold takes a wording apart. Nothing is left out but white space, quotation marks and the marks at the end.
func fold(words string) []sign {
	out := lexSigns(words)
	out = withListMark(out)
	for len(out) > 0 && out[len(out)-1].kind == markSign && strings.Contains(".,;:", out[len(out)-1].text) {
		out = out[:len(out)-1]
	}
	return foldQuantities(knownEqual(out))
}

// lexSigns reads words, numbers and marks.
func lexSigns(s string) []sign {
	out := make([]sign, 0, len(s)/5+1)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= '0' && r <= '9':
			end := i + numberLength(s[i:])
			out = append(out, numberOf(s[i:end]))
			i = end
			continue
		case unicode.IsLetter(r):
			end := i + wordLength(s[i:])
			out = append(out, wordOf(strings.ToLower(s[i:end])))
			i = end
			continue
		case (r == '\'' || r == '"' || r == '’' || r == '”' || r == '*') && i > 0 && digitAt(s, i-1): // feet, inches, a note
			out = append(out, sign{text: string(r), kind: markSign})
		case unicode.IsSpace(r) || r == softHyphen || strings.ContainsRune("\"'“”‘’*_", r):
		case readAloud[r] != "":
			for part := range strings.FieldsSeq(readAloud[r]) {
				out = append(out, sign{text: part})
			}
		case isHyphen(r):
			// Between two letters a hyphen is a way of spelling; elsewhere it may join numbers or set words apart.
			if !letterAt(s, i+size) || i == 0 || !endsWithLetter(s[:i]) {
				out = append(out, sign{text: "-", kind: markSign})
			}
		default:
			out = append(out, sign{text: string(r), kind: markSign})
		}
		i += size
	}
	return out
}

// readAloud are the marks that stand for words.
var readAloud = map[rune]string{'≥': "at least", '⩾': "at least", '≤': "at most", '⩽': "at most", '>': "more than", '<': "less than", '%': "percent", '°': "degrees",
	'&': "and", '×': "x", '+': "plus", '=': "equals"}

func isHyphen(r rune) bool { return strings.ContainsRune("-‐‑‒–—−", r) }

func endsWithLetter(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}

// numberLength is how many bytes a number begins with: figures with a point between two of them, and with commas before
// groups of three.
func numberLength(s string) int {
	i, point := 0, false
	for i < len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			i++
		case s[i] == '.' && !point && digitAt(s, i+1):
			point = true
			i++
		case s[i] == ',' && !point && digitAt(s, i+1) && digitAt(s, i+2) && digitAt(s, i+3) && !digitAt(s, i+4):
			i++
		default:
			return i
		}
	}
	return i
}

func numberOf(s string) sign {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		return sign{text: s}
	}
	return sign{text: strconv.FormatFloat(v, 'f', -1, 64), kind: numberSign, value: v}
}

// wordLength is how many bytes a word has: letters and figures, and apostrophes between letters.
func wordLength(s string) int {
	i := 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == softHyphen || r == '²' || r == '³':
		case (r == '\'' || r == '’') && letterAt(s, i+size):
		default:
			return i
		}
		i += size
	}
	return i
}

// wordOf folds the spelling of a word of small letters.
func wordOf(s string) sign {
	if !plain(s) {
		s = plainLetters.Replace(s)
	}
	if v, ok := spokenNumbers[s]; ok {
		return sign{text: strconv.FormatFloat(v, 'f', -1, 64), kind: numberSign, value: v}
	}
	s = british.Replace(s)
	for _, end := range [][2]string{{"isation", "ization"}, {"isations", "izations"}, {"ise", "ize"}, {"ised", "ized"}, {"ises", "izes"}, {"ising", "izing"}} {
		if len(s) > len(end[0])+3 && strings.HasSuffix(s, end[0]) {
			return sign{text: strings.TrimSuffix(s, end[0]) + end[1]}
		}
	}
	return sign{text: s}
}

// withListMark makes one sign of the mark of a list that was typed: "(a)", "1.", "iv)".
func withListMark(ss []sign) []sign {
	from := 0
	if len(ss) > 0 && ss[0].kind == markSign && ss[0].text == "(" {
		from = 1
	}
	if len(ss) < from+3 || ss[from+1].kind != markSign {
		return ss
	}
	// A letter with a point may be a word cut short: "v. severe".
	if dotted := from == 0 && ss[from+1].text == "." && ss[from].kind == numberSign; ss[from+1].text != ")" && !dotted {
		return ss
	}
	place := listPlace(ss[from])
	if place == 0 {
		return ss
	}
	ss[from+1] = sign{text: strconv.Itoa(place), kind: listSign}
	return ss[from+1:]
}

// listPlace is the place in a list that a figure, a letter or a small roman number names; 0 for others.
func listPlace(s sign) int {
	switch at := slices.Index(romanNumbers, s.text); {
	case s.kind == numberSign && s.value < 100 && s.value == float64(int(s.value)):
		return int(s.value)
	case s.kind == wordSign && at >= 0:
		return at + 1
	case s.kind == wordSign && len(s.text) == 1 && s.text[0] >= 'a' && s.text[0] <= 'z':
		return int(s.text[0]-'a') + 1
	}
	return 0
}

var romanNumbers = strings.Fields("i ii iii iv v vi vii viii ix x")

// knownEqual puts one wording for those that are known to be equal.
func knownEqual(ss []sign) []sign {
	var out []sign
	for i := 0; i < len(ss); i++ {
		p, ok := phraseAt(ss[i:], "equal")
		if !ok {
			if out != nil {
				out = append(out, ss[i])
			}
			continue
		}
		if out == nil {
			out = slices.Clone(ss[:i])
		}
		out = append(out, p.kept...)
		i += len(p.words) - 1
	}
	if out == nil {
		return ss
	}
	return out
}

// phraseAt finds the longest phrase of a list with which signs begin.
func phraseAt(ss []sign, list string) (phraseOf, bool) {
	for _, p := range vocabulary.phrases[list] {
		if startsWithTexts(ss, p.words) {
			return p, true
		}
	}
	return phraseOf{}, false
}

func startsWithTexts(ss []sign, texts []string) bool {
	if len(ss) < len(texts) {
		return false
	}
	for i, t := range texts {
		if ss[i].text != t || ss[i].kind == quantitySign {
			return false
		}
	}
	return len(texts) > 0
}

const softHyphen = '\u00AD'

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// plain tells whether a word has nothing that plainLetters would take away or replace: most have only letters.
func plain(word string) bool {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var plainLetters = strings.NewReplacer("’", "'", "\u00AD", "", "²", "2", "³", "3")

var spokenNumbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
