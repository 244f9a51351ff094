package clause

import "strings"

var notWords = set("not no never cannot neither nor isn't aren't won't can't n't without non nothing nobody")

// negatedBefore tells whether one of the n words before token i is a negation. That of "no more than" belongs to its
// number.
func negatedBefore(ts []token, i, n int) bool {
	for j := i - 1; j >= max(0, i-n); j-- {
		if ts[j].is(notWords) && !(j+1 < len(ts) && ts[j+1].is(comparatives)) {
			return true
		}
		if ts[j].kind == markToken && ts[j].text != "-" && ts[j].text != "(" && ts[j].text != ")" {
			return false
		}
	}
	return false
}

// denied tells whether a negation before the verb at i is that verb's: "is not needed", "no form is needed", "does not ask
// for". It is another's where the verb describes a noun, "the required course", "treatment offered by the GP", stands in a
// clause of its own, "the relief that is needed", or tells what somebody had, "has never required admission".
func denied(ts []token, i int) bool {
	j := i - 1
	for j >= 0 && ts[j].is(adverbs) {
		j--
	}
	switch {
	case j < 0:
		return false
	case ts[j].is(notWords):
		return ts[j].text != "never" || j == 0 || !ts[j-1].is(having)
	case participle(ts[i].text) && !ts[j].is(beings):
		return false
	}
	if len(ts) > 1 && ts[0].text == "no" && ts[1].is(people) {
		return true // "no patient who smokes is treated"
	}
	beside := true
	for ; j >= 0; j-- {
		t := ts[j]
		switch {
		case t.is(notWords) && !(j+1 < len(ts) && ts[j+1].is(comparatives)):
			return beside || t.is(noneWords)
		case t.is(relatives) || t.text == "that" || t.text == "which" || t.kind == markToken && t.text != "-" && t.text != "(" && t.text != ")":
			return false
		case !t.is(beings | having | auxiliaries | adverbs):
			beside = false
		}
	}
	return false
}

func participle(word string) bool {
	return strings.HasSuffix(word, "ed") || word == "done" || word == "paid" || word == "undertaken"
}

var (
	beings      = set("is are was were be being been")
	having      = set("have has had having")
	auxiliaries = set("to will would shall should must may can could do does did")
	adverbs     = set("routinely normally usually strictly generally currently longer also always ordinarily yet ever")
	noneWords   = set("no neither nor none nothing nobody") // a subject that makes its verb a negation
)

// ruledOut tells whether "excluded" at i is said of an illness that was looked for, and not of patients.
func ruledOut(ts []token, i int) bool {
	if i == 0 || ts[i].text != "excluded" {
		return false
	}
	switch ts[i-1].text {
	case "been":
		return true
	case "is", "was", "were":
		return !anyWord(ts[:i], people) && !hasQuantity(ts[:i]) && (ts[i-1].text != "is" || anyWord(ts[:i], subordinate))
	}
	return false
}

var subordinate = set("if when where once until unless after")
