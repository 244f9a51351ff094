package textdiff

import (
	_ "embed"
	"strconv"
	"strings"
)

//go:embed vocabulary.txt
var vocabularyText string

// vocabulary is what the proof of a claim knows of words, by the lists of vocabulary.txt.
var vocabulary = readVocabulary(vocabularyText)

// british folds beginnings and endings that are spelt in two ways.
var british = readSpelling(vocabularyText)

func readSpelling(text string) *strings.Replacer {
	_, list, _ := strings.Cut(text, "[british]\n")
	list, _, _ = strings.Cut(list, "\n[")
	var pairs []string
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); len(f) == 2 && f[0] != "#" {
			pairs = append(pairs, f...)
		}
	}
	return strings.NewReplacer(pairs...)
}

// wordList is a list of single words.
type wordList map[string]bool

type vocabularyOf struct {
	words   map[string]wordList
	phrases map[string][]phraseOf // the longest first
	units   map[string]unitOfTime
}

// phraseOf is a row of words, and what is kept for it.
type phraseOf struct {
	words []string
	kept  []sign
}

// unitOfTime is in what a unit is counted, and how many of these it is: a year is 12 months. Weeks are not counted in
// months, for they do not divide them evenly.
type unitOfTime struct {
	in    string
	times float64
}

func readVocabulary(text string) vocabularyOf {
	v := vocabularyOf{words: map[string]wordList{}, phrases: map[string][]phraseOf{}, units: map[string]unitOfTime{}}
	section := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			section = strings.Trim(line, "[]")
			v.words[section] = wordList{}
		case section == "units":
			f := strings.Fields(line)
			n, err := strconv.ParseFloat(f[2], 64)
			if err != nil {
				panic("vocabulary.txt: " + err.Error()) // a fault of the file that is compiled in, found by any test
			}
			v.units[f[0]] = unitOfTime{f[1], n}
		case section == "british": // needed before any phrase can be read
		case section == "equal":
			kept, others, _ := strings.Cut(line, " = ")
			for other := range strings.SplitSeq(others, " | ") {
				v.addPhrase(section, other, kept)
			}
		default:
			v.addPhrase(section, line, "")
			for w := range strings.FieldsSeq(line) {
				v.words[section][w] = true
			}
		}
	}
	return v
}

// addPhrase keeps phrases in the order in which they must be tried: none is hidden by a shorter one.
func (v *vocabularyOf) addPhrase(section, words, kept string) {
	list := v.phrases[section]
	p := phraseOf{texts(lexSigns(words)), lexSigns(kept)}
	for i := range p.kept {
		p.kept[i].known = true
	}
	at := 0
	for at < len(list) && len(list[at].words) >= len(p.words) {
		at++
	}
	list = append(list, phraseOf{})
	copy(list[at+1:], list[at:])
	list[at] = p
	v.phrases[section] = list
}

func texts(ss []sign) []string {
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = s.text
	}
	return out
}

// has tells whether a word is in a list.
func (v *vocabularyOf) has(list, word string) bool { return v.words[list][word] }

// turning tells whether a word can turn the sense of what stands beside it.
func (v *vocabularyOf) turning(word string) bool {
	if v.has("turns", word) {
		return true
	}
	if v.has("safe", word) {
		return false
	}
	for beginning := range v.words["turning beginnings"] {
		if len(word) > len(beginning)+2 && strings.HasPrefix(word, beginning) {
			return true
		}
	}
	return false
}
