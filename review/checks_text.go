package review

import (
	"regexp"
	"strings"

	"concordat/review/clause"
)

// vague are words that two readers may take differently. A word that is measured in the same breath ("severe
// (grade III or more)", "a score of 20") is let pass by measured.
var vague = regexp.MustCompile(`(?i)\b(severe(?:ly)?|significant(?:ly)?|appropriate(?:ly)?|frequent(?:ly)?|adequate(?:ly)?|sufficient(?:ly)?|substantial(?:ly)?|considerable|reasonable|reasonably|usually|normally|generally|often|regular(?:ly)?|recent(?:ly)?|persistent(?:ly)?|prolonged|marked(?:ly)?|major|minor|excessive(?:ly)?|poor(?:ly)?|large|small|young|elderly|as soon as possible|where possible)\b`)

var measured = regexp.MustCompile(`\d|\b(?:grade|stage|class) [IVX]+\b`)

func vagueWords(d draft) (list []Finding) {
	for _, key := range d.criteriaKeys() {
		for _, c := range clause.Parse(d.Section(key).Markdown).Clauses {
			if c.Kind == clause.Heading || c.Kind == clause.Code {
				continue
			}
			list = append(list, vagueIn(key, c.Words)...)
		}
	}
	return list
}

func vagueIn(key, words string) (list []Finding) {
	seen := map[string]bool{}
	for _, m := range vague.FindAllStringIndex(words, -1) {
		word := words[m[0]:m[1]]
		// A number close behind the word says what is meant by it.
		if seen[strings.ToLower(word)] || measured.MatchString(words[m[1]:min(len(words), m[1]+40)]) {
			continue
		}
		seen[strings.ToLower(word)] = true
		list = append(list, Finding{Section: key, Words: word, About: strings.ToLower(word) + "@" + about(key, words),
			Message: "“" + word + "” in the criteria cannot be measured"})
	}
	return list
}

// criteriaKeys are the sections in which criteria stand, each once.
func (d draft) criteriaKeys() []string {
	keys := []string{}
	for _, s := range d.Sections {
		for _, x := range append([]Intervention{{Criteria: CriteriaKey}, {Criteria: StartStopKey}}, d.Interventions...) {
			if x.Criteria == s.Key {
				keys = append(keys, s.Key)
				break
			}
		}
	}
	return keys
}

func bigHeadings(d draft) (list []Finding) {
	for _, s := range d.Sections {
		for _, c := range clause.Parse(s.Markdown).Clauses {
			if c.Kind == clause.Heading && c.Level < 3 {
				list = append(list, Finding{Section: s.Key, Words: c.Words, About: about(s.Key, c.Words), Message: "The heading “" + short(c.Words) + "” is as large as a section's title"})
			}
		}
	}
	return list
}

func typedNumbers(d draft) (list []Finding) {
	for _, s := range d.Sections {
		_, typed := clause.Untype(s.Markdown)
		for _, t := range typed {
			list = append(list, Finding{Section: s.Key, Words: t.Number, About: about(s.Key, t.Number+t.Words), Message: "The number “" + t.Number + "” was typed before “" + short(t.Words) + "”"})
		}
	}
	return list
}

// short is the beginning of a passage, for a message.
func short(words string) string {
	runes := []rune(words)
	if len(runes) <= 60 {
		return words
	}
	return strings.TrimSpace(string(runes[:60])) + "…"
}
