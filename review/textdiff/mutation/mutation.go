// Package mutation is about texts of which one word that decides was changed, to test that nobody is told that nothing did.
package mutation

import (
	"regexp"
	"strconv"
)

// Mutation is a text with one change.
type Mutation struct {
	Kind string // what was changed: "number", "unit", "comparator", "negation" and so on
	Text string
	At   int // where, in bytes of the text as it was
}

// turns are the small changes that turn the sense of a text: what is looked for, and what is put in its place.
var turns = []struct {
	name, find, put string
}{
	{"unit", `\bweeks\b`, "months"}, {"unit", `\bmonths\b`, "weeks"}, {"unit", `\bmonths\b`, "years"}, {"unit", `\byears\b`, "months"}, {"unit", `\bkg\b`, "g"}, {"unit", `\bcm\b`, "mm"},
	{"comparator", `\bover\b`, "under"}, {"comparator", `\bunder\b`, "over"}, {"comparator", `\babove\b`, "below"}, {"comparator", `\bbelow\b`, "above"}, {"comparator", `\bat least\b`, "at most"},
	{"comparator", `\bor more\b`, "or less"}, {"comparator", `\bmore than\b`, "less than"}, {"comparator", `\bless than\b`, "more than"}, {"comparator", `\bminimum\b`, "maximum"},
	{"comparator", `\bor older\b`, "or younger"}, {"comparator", `\bwithin\b`, "after"}, {"comparator", `\bbefore\b`, "after"}, {"comparator", `\bup to\b`, "at least"}, {"comparator", `≥`, "≤"}, {"comparator", `<`, ">"},
	{"negation", `\bnot `, ""}, {"negation", `\bno `, "a "}, {"negation", `\bwithout\b`, "with"}, {"negation", `\bwith\b`, "without"}, {"negation", `\b(is|are|will|has|have) `, "$1 not "},
	{"negation", `\bnon-`, ""}, {"negation", `\bincluding\b`, "excluding"}, {"negation", `\bincluded\b`, "excluded"}, {"negation", `\beligible\b`, "ineligible"},
	{"modal", `\bmust\b`, "may"}, {"modal", `\bmust\b`, "should"}, {"modal", `\bshould\b`, "must"}, {"modal", `\bmay\b`, "must"}, {"modal", `\bwill\b`, "may"},
	{"connective", `\band\b`, "or"}, {"connective", `\bor\b`, "and"}, {"connective", `, `, " or "}, {"connective", `;`, "; or"},
	{"limit", `\bonly `, ""}, {"limit", `\bfunded\b`, "only funded"}, {"limit", `\bunless\b`, "if"}, {"limit", `\bif\b`, "unless"}, {"limit", `\bexcept\b`, "including"},
	{"binding", `\ball\b`, "any"}, {"binding", `\bany\b`, "all"}, {"binding", `\bboth\b`, "either"}, {"binding", `\beither\b`, "both"}, {"binding", `\bone of\b`, "two of"},
	{"heading", `(?m)^(#+) .*$`, "$1 Exclusions"}, {"heading", `(?m)^(#+) .*$`, "$1 Who cannot have it"},
}

// digits are the numbers of a text, each of which is raised and lowered; those of list marks are typography.
var digits = regexp.MustCompile(`\d+(?:\.\d+)?`)

// listMarks are the numbers and letters with which items begin, at which nothing is changed.
var listMarks = regexp.MustCompile(`(?m)^\s*(?:\(?\w{1,3}[.)]|[-*])\s`)

// Of gives each mutation of a text that is no number, one at a time.
func Of(text string, give func(Mutation)) {
	marks := listMarks.FindAllStringIndex(text, -1)
	for _, m := range turns {
		find := regexp.MustCompile(m.find)
		for _, at := range find.FindAllStringSubmatchIndex(text, -1) {
			mutated := text[:at[0]] + string(find.ExpandString(nil, m.put, text, at)) + text[at[1]:]
			if !within(marks, at[0]) && mutated != text {
				give(Mutation{m.name, mutated, at[0]})
			}
		}
	}
}

// Numbers gives for each number of a text, but zero, the two texts in which it is raised and lowered, and where it stands.
func Numbers(text string, give func(raised, lowered Mutation, at [2]int)) {
	marks := listMarks.FindAllStringIndex(text, -1)
	for _, at := range digits.FindAllStringIndex(text, -1) {
		n, err := strconv.ParseFloat(text[at[0]:at[1]], 64)
		if err != nil || n == 0 || within(marks, at[0]) {
			continue
		}
		other := func(n float64) Mutation {
			return Mutation{"number", text[:at[0]] + strconv.FormatFloat(n, 'f', -1, 64) + text[at[1]:], at[0]}
		}
		give(other(n+1), other(max(n-1, n/2)), [2]int{at[0], at[1]})
	}
}

func within(ranges [][]int, at int) bool {
	for _, r := range ranges {
		if r[0] <= at && at < r[1] {
			return true
		}
	}
	return false
}
