package textdiff

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a word as it is heard: without case, quotes, hyphens and the ways of spelling it.
type word struct {
	text     string
	from, to int // bytes of the words that it came from
	number   bool
	value    float64
	mark     string // what stands between it and the word before, without spaces: ", ", "("
	first    bool   // of a sentence
	kind     wordKind
}

// wordKind tells words that masked made of several, or knows by their form, from others.
type wordKind uint8

const (
	plainWord wordKind = iota
	dateWord
	codeWord
)

// heard takes words apart into what one would hear, read aloud: "Seven" is 7, "haemorrhoid" is "hemorrhoid", "≥" is
// "at least". Between two equal rows of them only the writing differs.
func heard(s string) []word {
	out := make([]word, 0, len(s)/5+1)
	mark, first := "", true
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '²' || r == '³':
			w := nextWord(s, i)
			w.mark, w.first = mark, first
			mark, first = "", false
			out, i = append(out, w), w.to
			continue
		case r == ' ' || r == '\'' || r == '’' || r == softHyphen:
		case symbols[r] != "":
			for part := range strings.FieldsSeq(symbols[r]) {
				out = append(out, word{text: part, from: i, to: i + size, mark: mark})
				mark, first = "", false
			}
		case !unicode.IsSpace(r):
			mark += s[i : i+size]
			first = first || endsSentence(s, i, r)
		}
		i += size
	}
	return out
}

const softHyphen = '\u00AD'

// symbols are the marks that are read aloud.
var symbols = map[rune]string{'≥': "at least", '⩾': "at least", '≤': "at most", '⩽': "at most", '>': "more than", '<': "less than", '%': "percent", '°': "degrees",
	'£': "pounds", '+': "plus", '±': "plus minus", '=': "equals", '&': "and", '×': "times"}

// endsSentence tells whether a mark at i ends a sentence: none goes on with a small letter, as after "e.g.".
func endsSentence(s string, i int, r rune) bool {
	if r != '.' && r != '?' && r != '!' {
		return false
	}
	return i+1 == len(s) || s[i+1] == ' ' && (i+2 == len(s) || s[i+2] < 'a' || s[i+2] > 'z')
}

// nextWord reads a word of letters and digits. A point, a stroke or a comma is in it only between two digits.
func nextWord(s string, from int) word {
	i := from + letters(s[from:])
	if i < len(s) && i > from && (s[i] == ' ' || s[i] == ',' || s[i] == '-' || s[i] == ';' || s[i] == '.' && !digitAt(s, i+1)) {
		return foldWord(s, from, i)
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsLetter(r) && digitAt(s, i-1) && digitAt(s, from) && !ordinal(s[i:]):
			return foldWord(s, from, i) // "400mg" is two words
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == softHyphen || r == '²' || r == '³':
		case (r == '\'' || r == '’') && letterAt(s, i+size):
		case (r == '.' || r == '/' || r == ',') && digitAt(s, i-1) && (digitAt(s, i+size) || codeEnds(s, i)):
		default:
			return foldWord(s, from, i)
		}
		i += size
	}
	return foldWord(s, from, i)
}

// letters is how many letters without accents a text begins with.
func letters(s string) int {
	i := 0
	for i < len(s) && s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
		i++
	}
	return i
}

func ordinal(s string) bool {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(s, end) && !letterAt(s, len(end)) {
			return true
		}
	}
	return false
}

// codeEnds tells whether the X of a code without a fourth figure follows: "N62.X".
func codeEnds(s string, i int) bool {
	return strings.HasPrefix(s[i:], ".X") && !letterAt(s, i+2) && !digitAt(s, i+2)
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

func foldWord(s string, from, to int) word {
	w := word{from: from, to: to, text: strings.ToLower(s[from:to])}
	if strings.ContainsAny(w.text, "'’\u00AD²³") {
		w.text = plainLetters.Replace(w.text)
	}
	if v, ok := spokenNumbers[w.text]; ok {
		w.number, w.value, w.text = true, v, strconv.FormatFloat(v, 'f', -1, 64)
		return w
	}
	if digitAt(w.text, 0) {
		plain := strings.ReplaceAll(strings.TrimRight(w.text, "stndrh"), ",", "")
		if v, err := strconv.ParseFloat(plain, 64); err == nil {
			w.number, w.value = true, v
			w.text = strings.ReplaceAll(w.text, ",", "")
		}
		return w
	}
	if respelt(w.text) {
		w.text = spelling.Replace(w.text)
	}
	return w
}

// respelt tells whether a word may have two spellings; most have not.
func respelt(s string) bool {
	for i := 1; i < len(s); i++ {
		switch s[i-1 : i+1] {
		case "ae", "oe", "ys", "mm", "lu", "nc", "tr", "dg":
			return true
		case "ou", "is":
			if i+1 < len(s) && strings.IndexByte("eair", s[i+1]) >= 0 {
				return true
			}
		}
	}
	return false
}

var plainLetters = strings.NewReplacer("'", "", "’", "", "\u00AD", "", "²", "2", "³", "3")

// spelling folds British and American spelling into one. The results need not be words.
var spelling = strings.NewReplacer("ae", "e", "oe", "e", "our", "or", "isation", "ization", "ise", "ize", "ising", "izing", "yse", "yze", "programme", "program", "centre", "center",
	"judgement", "judgment", "metre", "meter", "aluminium", "aluminum", "licence", "license", "practise", "practice")

var spokenNumbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	"once": 1, "twice": 2,
}

// sound is a row of words without the spaces between letters, so that "non smoker" and "non-smoker" are the same, and
// "10 0" and "100" are not.
func sound(ws []word) string {
	var b strings.Builder
	for _, w := range ws {
		if w.number {
			b.WriteByte(' ')
		}
		b.WriteString(w.text)
		if w.number {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// hunk is a stretch of words that went and of words that came in its place; one of them may be empty.
type hunk struct {
	gone, came    []word
	before, after int // where it begins, in words
}

// mostPairs bounds how many pairs of words are compared; beyond, all between the equal ends is one hunk.
const mostPairs = 1 << 16

// hunks tells by which words two rows differ.
func hunks(x, y []word) []hunk {
	head := 0
	for head < len(x) && head < len(y) && x[head].text == y[head].text {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail].text == y[len(y)-1-tail].text {
		tail++
	}
	rows, cols := len(x)-head-tail, len(y)-head-tail
	if rows == 0 && cols == 0 {
		return nil
	}
	if rows == 0 || cols == 0 || rows*cols > mostPairs {
		return []hunk{{gone: x[head : head+rows], came: y[head : head+cols], before: head, after: head}}
	}
	return slide(x, y, commonHunks(x, y, head, rows, cols))
}

// commonHunks finds a longest row of common words between two stretches.
func commonHunks(x, y []word, head, rows, cols int) []hunk {
	length := make([]int32, (rows+1)*(cols+1))
	at := func(i, j int) *int32 { return &length[i*(cols+1)+j] }
	for i := rows - 1; i >= 0; i-- {
		for j := cols - 1; j >= 0; j-- {
			*at(i, j) = max(*at(i+1, j), *at(i, j+1))
			if x[head+i].text == y[head+j].text {
				*at(i, j) = max(*at(i, j), *at(i+1, j+1)+1)
			}
		}
	}
	var out []hunk
	i, j := 0, 0
	for i < rows || j < cols {
		b, a := i, j
		for i < rows || j < cols {
			if i < rows && j < cols && x[head+i].text == y[head+j].text && *at(i, j) == *at(i+1, j+1)+1 {
				break
			}
			if j >= cols || i < rows && *at(i+1, j) >= *at(i, j+1) {
				i++
			} else {
				j++
			}
		}
		if i > b || j > a {
			out = append(out, hunk{gone: x[head+b : head+i], came: y[head+a : head+j], before: head + b, after: head + a})
		}
		for i < rows && j < cols && x[head+i].text == y[head+j].text {
			i, j = i+1, j+1
		}
	}
	return out
}

// slide moves what only came, or only went, to the left as far as the words allow and there is a mark or a joint to
// begin at: "A, B and C" that becomes "A, X, B and C" has ", X" new, not "X,".
func slide(x, y []word, hs []hunk) []hunk {
	for k := range hs {
		h := &hs[k]
		switch {
		case len(h.gone) == 0:
			h.came, h.after, h.before = slideIn(y, h.came, h.after, h.before, floorOf(hs, k, false))
		case len(h.came) == 0:
			h.gone, h.before, h.after = slideIn(x, h.gone, h.before, h.after, floorOf(hs, k, true))
		}
	}
	return hs
}

// floorOf is where the hunk before ends.
func floorOf(hs []hunk, k int, before bool) int {
	if k == 0 {
		return 0
	}
	if before {
		return hs[k-1].before + len(hs[k-1].gone)
	}
	return hs[k-1].after + len(hs[k-1].came)
}

func slideIn(all, part []word, from, other, floor int) ([]word, int, int) {
	best := from
	for at := from; at > floor && all[at-1].text == all[at+len(part)-1].text; at-- {
		if w := all[at-1]; w.first || w.mark != "" || w.text == "and" || w.text == "or" {
			best = at - 1
			if w.first {
				break
			}
		}
	}
	return all[best : best+len(part)], best, other - (from - best)
}

// texts are the words of a row.
func texts(ws []word) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.text
	}
	return out
}

// anyOf tells whether one of the words is in a list.
func anyOf(ws []word, list map[string]bool) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return list[w.text] })
}
