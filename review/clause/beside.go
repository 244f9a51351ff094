package clause

import "strings"

// withoutNumber takes a typed number off the start of a sentence: "2.1", "(b)", "A.", "(iv)".
func withoutNumber(ts []token) []token {
	at := func(i int) string {
		if i < len(ts) {
			return ts[i].text
		}
		return ""
	}
	short := len(at(1)) <= 3
	switch {
	case at(0) == "(" && at(2) == ")" && short:
		return ts[3:]
	case len(ts) > 2 && ts[0].kind == wordToken && (len(at(0)) == 1 || len(at(0)) < 5 && len(at(0)) > 0 && strings.Trim(at(0), "ivx") == "") && (at(1) == ")" || at(1) == "." && ts[0].to == ts[1].from) && at(0) != "a":
		return ts[2:]
	case len(ts) > 2 && at(0) == "a" && (at(1) == ")" || at(1) == "." && ts[0].to == ts[1].from):
		return ts[2:]
	case len(ts) > 2 && ts[0].kind == numberToken && isDigit(at(0)[0]) && strings.Contains(at(0), ".") && units[at(1)].measure == "" && ts[1].kind == wordToken && at(1) != "or" && at(1) != "to":
		return ts[1:]
	case len(ts) > 4 && ts[0].kind == numberToken && isDigit(at(0)[0]) && at(1) == "." && ts[2].kind == numberToken:
		return withoutNumber(ts[2:])
	case len(ts) > 2 && ts[0].kind == numberToken && isDigit(at(0)[0]) && (at(1) == ")" || at(1) == "."):
		return ts[2:]
	}
	return ts
}

// speaks tells whether a sentence says something beyond that there are criteria: "funded if the criteria below are met"
// does not.
func speaks(ts []token) bool {
	for _, t := range ts {
		if t.kind == wordToken && len(t.text) > 2 && !t.is(gateWords|monthNames) && !isCode(t.text) {
			return true
		}
	}
	return hasQuantity(ts)
}

// isCode tells whether a word is a code of OPCS-4 or ICD-10: a letter and two or more digits.
func isCode(word string) bool {
	return len(word) >= 3 && len(word) <= 5 && !isDigit(word[0]) && isDigit(word[1]) && isDigit(word[2])
}

var gateWords = set("the this that these those are and criteria criterion threshold thresholds following below above listed met meet meets meeting satisfied satisfies apply applies " +
	"policy patient patients procedure treatment only will must should for who where when which with all any each both either one more funded fund commissioned offered eligible " +
	"considered must has have been provided set out fulfil fulfils fulfilled conditions condition can may requests request they their")

// exceptionalRoute tells whether a sentence is only about requests for those who do not meet the policy (SI 2012/2996
// reg. 34), which every policy has and which is no criterion.
func exceptionalRoute(ts []token) bool {
	if !anyWord(ts, exceptionalWords) && !hasWords(ts, "individual", "funding") && !hasWords(ts, "individual", "requests") {
		return false
	}
	own := 0
	for _, t := range ts {
		if t.kind == wordToken && len(t.text) > 3 && !t.is(routeWords) {
			own++
		}
	}
	quantities, _ := quantities(ts)
	return own < 2 || len(quantities) == 0 && own < 4 && !hasWords(ts, "not", "routinely") && !hasWords(ts, "by", "individual")
}

var (
	exceptionalWords = set("exceptional exceptionality exceptionally ifr ifrs")
	routeWords       = set("exceptional exceptionality exceptionally individual funding request requests panel route apply application applications clinician clinicians patient " +
		"patients outside meet meets this these those criteria policy commissioner commissioners circumstances where there their they does treatment through with within considered " +
		"consider made submit submitted evidence case cases demonstrate from should will must have that which when other than above behalf using process requests clinical which been " +
		"whose who falls fall using form contact team treating also still only such request set out behalf funded routinely not fit listed board demonstrated different differs doctor")
)

// asks tells whether a sentence is a question to the reader, as over a part of a form: "Does your patient need it?".
func asks(words string, ts []token) bool {
	end := ts[len(ts)-1].to
	return end < len(words) && words[end] == '?' && ts[0].is(questionWords) && !hasQuantity(ts)
}

var questionWords = set("what when why how who which where does do is are can should will")

// tells tells whether a sentence is about the document itself.
func tells(ts []token) bool {
	for i := range ts {
		if !ts[i].is(documentWords) {
			continue
		}
		if ts[i].text == "version" && i+1 < len(ts) && ts[i+1].kind == numberToken {
			return true
		}
		for _, words := range aboutDocument[ts[i].text] {
			if startsWith(ts[i+1:], words) {
				return true
			}
		}
	}
	return false
}

// aboutDocument are words that show it, by the first of them.
var aboutDocument = func() map[string][][]string {
	out := map[string][][]string{}
	for _, s := range []string{"this policy * reviewed", "this policy replaces", "this policy will be", "applies to patients referred", "apply to patients referred", "patients referred before", "patients referred on", "review date", "supersedes", "opcs -", "opcs :", "opcs codes", "icd - 10", "icd 10", "icd :", "for more information", "date of approval",
		"approved by", "effective from", "owner :", "status : approved", "next review", "ratified", "reviewed by", "policy reference", "background :", "equality :", "will be * reviewed",
		"document control", "this chapter is", "review :", "version :", "version control", "version history", "( picture :", "within * working days", "looked at again", "keep evidence", "keeps evidence", "audits are", "section replaces",
		"chapter replaces"} {
		words := strings.Fields(s)
		out[words[0]] = append(out[words[0]], words[1:])
	}
	return out
}()

var documentWords = setOf(aboutDocument)
