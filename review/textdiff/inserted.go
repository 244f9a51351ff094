package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// oneSided judges words that only came, or only went. What went is judged as if it had come, and turned about.
func (e *edit) oneSided() []Finding {
	gone, came := e.changed()
	var out []Finding
	if len(content(came)) > 0 {
		out = e.inserted()
	} else {
		for _, f := range e.reversed().inserted() {
			out = append(out, undone(f))
		}
	}
	if hasNumber(gone) && hasNumber(came) {
		if f, ok := e.quantity(); ok {
			out = append(lighter(out), f)
		}
	}
	return out
}

// lighter takes words that came beside a changed number, and of which nobody can tell what they do, for its explanation.
func lighter(found []Finding) []Finding {
	for i, f := range found {
		if f.Effect == Unclear {
			found[i].Class = Clarification
		}
	}
	return found
}

// reversed is the edit taken back.
func (e *edit) reversed() *edit {
	r := edit{before: e.after, after: e.before, x: e.y, y: e.x, context: e.context, was: e.is, is: e.was}
	for _, h := range e.hunks {
		r.hunks = append(r.hunks, hunk{gone: h.came, came: h.gone, before: h.after, after: h.before})
	}
	return &r
}

// undone is what it is to take something back.
func undone(f Finding) Finding {
	f.Effect = f.Effect.Reverse()
	if f.Class == CriterionAdded {
		f.Class = CriterionRemoved
	}
	if w, ok := takenBack[f.Why]; ok {
		f.Why = w
	} else if what, ok := strings.CutPrefix(f.Why, "A new "); ok {
		article := "A "
		if strings.IndexByte("aeiou", what[0]) >= 0 {
			article = "An "
		}
		f.Why = article + strings.TrimSuffix(what, ".") + " is gone."
	}
	return f
}

// Reasons for what came, and for the same taken back.
const (
	moreRequired   = "Something more is asked of patients."
	moreExcluded   = "Something more turns patients away."
	moreWays       = "There is one more way to qualify."
	moreExempt     = "One more group need not meet a condition."
	fewerExcluded  = "An exception to what turns patients away."
	fewerCovered   = "An exception to what is offered."
	whoCannotTell  = "Words came that may decide who is treated; which way cannot be told."
	saysMore       = "It says more exactly what is meant; nobody gains or loses."
	saysMoreNumber = "It says more exactly what is meant, with a number; whether that leaves somebody out cannot be told."
)

var takenBack = map[string]string{
	"One more way to qualify.": "One way fewer to qualify.",
	moreRequired:               "Something less is asked of patients.", moreExcluded: "Something turns patients away no longer.", moreWays: "There is one way fewer to qualify.",
	moreExempt: "One group fewer is free of a condition.", fewerExcluded: "An exception to what turns patients away is gone.", fewerCovered: "An exception to what is offered is gone.",
	whoCannotTell: "Words went that may have decided who is treated; which way cannot be told.", saysMore: "An explanation is gone; nobody gains or loses.",
	saysMoreNumber: "An explanation with a number is gone; whether that let somebody in cannot be told.",
}

// inserted judges the words that came by how they are joined to what stands there.
func (e *edit) inserted() []Finding {
	var out []Finding
	for _, h := range e.hunks {
		if len(content(h.came)) == 0 {
			continue
		}
		out = append(out, e.insertion(h))
	}
	return out
}

func (e *edit) insertion(h hunk) Finding {
	if e.onlyQuantity(h) {
		if f, ok := e.quantity(); ok {
			return f
		}
	}
	if (h.came[0].first || h.after == 0 && endsAtSentence(e.y, h)) && !marked(h.came) && !(h.after > 0 && marked(e.y[h.after-1:])) {
		return e.newSentence(h.came)
	}
	if explains(e.y, h) {
		return clarified(h.came)
	}
	return e.joined(h)
}

// marked tells whether words begin with the mark of a list that was typed: "b. ulnar nerve symptoms".
func marked(ws []word) bool {
	return len(ws) > 1 && marker(ws[:1]) > 0 && strings.ContainsAny(ws[1].mark, ".)")
}

// endsAtSentence tells whether the words that came are followed by a new sentence.
func endsAtSentence(all []word, h hunk) bool {
	end := h.after + len(h.came)
	return end < len(all) && all[end].first
}

// onlyQuantity tells whether the words that came are of a quantity: "grade III and".
func (e *edit) onlyQuantity(h hunk) bool { return hasNumber(h.came) && len(content(h.came)) == 0 }

func clarified(came []word) Finding {
	if limits(came) {
		return Finding{Clarification, Unclear, saysMoreNumber}
	}
	return Finding{Clarification, NoEffect, saysMore}
}

// limits tells whether words of explanation hold a number that may shut somebody out. Numbers of guidelines, groups and
// grades name things, and one of a thing is no limit.
func limits(ws []word) bool {
	for i, w := range ws {
		if ordinals[w.text] {
			return true
		}
		if w.number && w.value > 1 && !(w.value >= 1900 && w.value < 2200) && (i == 0 || !names[ws[i-1].text]) {
			return true
		}
	}
	return false
}

var (
	ordinals = list("second third fourth fifth sixth")
	names    = list("group grade class stage table section figure type appendix chapter category line level version annex note policy guideline guidance paragraph")
)

// explains tells whether words that came explain what stands before them: in parentheses, after a colon, or begun with
// "such as", "that is", "by".
func explains(all []word, h hunk) bool {
	first := h.came[0]
	if strings.ContainsAny(first.mark, "(:") && !sums(all, h) {
		return true
	}
	for _, cue := range explanations {
		if startsAs(h.came, cue) {
			return true
		}
	}
	return false
}

// sums tells whether the words stand in a list after a colon, where each is a member.
func sums(all []word, h hunk) bool {
	end := h.after + len(h.came)
	return end < len(all) && strings.ContainsAny(all[end].mark, ";,") && strings.Contains(h.came[0].mark, ":")
}

func startsAs(ws []word, cue []string) bool {
	if len(ws) < len(cue) {
		return false
	}
	for i, c := range cue {
		if ws[i].text != c {
			return false
		}
	}
	return true
}

var explanations = func() [][]string {
	var out [][]string
	for _, cue := range []string{"for example", "for instance", "such as", "eg", "e g", "ie", "i e", "that is", "this means", "meaning", "which means", "namely", "including", "as found", "as judged",
		"as defined", "as measured", "as described", "as set", "as listed", "by", "counted from", "measured", "defined as", "of which", "in other words", "known as", "also known", "usually", "and is", "and are"} {
		out = append(out, texts(heard(cue)))
	}
	return out
}()

// newSentence judges a sentence that came.
func (e *edit) newSentence(ws []word) Finding {
	switch {
	case startsAs(ws, []string{"this", "means"}), startsAs(ws, []string{"that", "is"}), !decides(ws):
		return clarified(ws)
	case frees(ws):
		return Finding{CriterionAdded, Wider, moreExempt}
	case anyOf(ws, barWords) || turnsAway(ws):
		return Finding{CriterionAdded, Narrower, moreExcluded}
	case about(ws, "also") && (offers(ws) || anyOf(ws, offerVerbs) || anyOf(ws, exemptWords)):
		return Finding{CriterionAdded, Wider, moreWays}
	case binding(ws):
		return Finding{CriterionAdded, Narrower, moreRequired}
	}
	return Finding{CriterionAdded, Unclear, whoCannotTell}
}

// decides tells whether a sentence says who is treated, not what a word means or who does what.
func decides(ws []word) bool {
	return binding(ws) || anyOf(ws, barWords) || turnsAway(ws) || about(ws, "also") || frees(ws) || anyOf(ws, offerVerbs) && !about(ws, "by")
}

// binding tells whether a sentence asks for something.
func binding(ws []word) bool {
	return slices.ContainsFunc(ws, func(w word) bool { return modalStrength[w.text] >= 2 && w.text != "will" && w.text != "shall" }) || about(ws, "only") || about(ws, "unless")
}

// turnsAway tells whether a sentence says that something is not offered.
func turnsAway(ws []word) bool {
	return anyOf(ws, negators) && (anyOf(ws, offerVerbs) || about(ws, "eligible"))
}

// frees tells whether a sentence says that somebody need not meet something.
func frees(ws []word) bool {
	for i, w := range ws {
		if negators[w.text] && w.text != "non" && w.text != "without" && anyOf(ws[i+1:min(len(ws), i+4)], needs) {
			return true
		}
	}
	return anyOf(ws, exemptWords)
}

var needs = list("need needs needed apply applies required")

// joined judges words that came within a sentence.
func (e *edit) joined(h hunk) Finding {
	all := sentenceAt(e.y, h.after)
	around := slices.DeleteFunc(slices.Clone(all), func(w word) bool {
		return slices.ContainsFunc(h.came, func(c word) bool { return c.from == w.from })
	})
	bar, free := bars(around) || turnsAway(around) || e.side() == clause.Bars, frees(around) || e.side() == clause.Exempts || e.side() == clause.Waives
	first := h.came[0].text
	switch {
	case first == "except" || first == "unless" || first == "excluding" || phrase(h.came, "other", "than"):
		if bar {
			return Finding{CriterionAdded, Wider, fewerExcluded}
		}
		return Finding{CriterionAdded, Narrower, fewerCovered}
	case provisos[first]:
		if bar {
			return Finding{CriterionAdded, Wider, fewerExcluded}
		}
		return Finding{CriterionAdded, Narrower, moreRequired}
	case free:
		return Finding{CriterionAdded, Wider, moreExempt}
	case bar:
		return Finding{CriterionAdded, Narrower, moreExcluded}
	case e.alternatives(h, around):
		return Finding{CriterionAdded, Wider, moreWays}
	case first == "and" || e.member(h):
		return Finding{CriterionAdded, Narrower, moreRequired}
	}
	return Finding{CriterionAdded, Unclear, whoCannotTell}
}

// provisos begin a condition.
var provisos = list("if provided when where who with after only once subject")

// alternatives tells whether the words came into a list of which one is enough: joined by "or", or by "and for".
func (e *edit) alternatives(h hunk, around []word) bool {
	if b := bindingWord(around); b != 0 {
		return b == 1
	}
	if h.came[0].text == "or" || h.came[len(h.came)-1].text == "or" {
		return true
	}
	end := h.after + len(h.came)
	if nextJoint(e.y, h.after, end) == "or" {
		return true
	}
	if strings.Contains(h.came[0].mark, ";") && anyOf(around, openWords) {
		return true
	}
	return slices.ContainsFunc(h.came, func(w word) bool { return w.text == "for" || w.text == "where" }) && anyOf(around, offerWords) || about(around, "also") || anyOf(around, exemptWords)
}

// openWords are what a list of ways to qualify is called.
var openWords = list("eligible permitted accepted indication indications allowed available")

// bindingWord is what a sentence says of the members that it lists, 0 when nothing.
func bindingWord(ws []word) int {
	for i, w := range ws {
		switch {
		case (w.text == "any" || w.text == "one" || w.text == "1" || w.text == "either") && countsMembers(ws, i+1):
			return 1
		case w.text == "all" || w.text == "both":
			return allOf
		}
	}
	return 0
}

// nextJoint is the first "and" or "or" after the words that came, in their sentence.
func nextJoint(all []word, from, end int) string {
	for i := max(from, 0); i < len(all); i++ {
		if i >= end && all[i].first {
			break
		}
		if all[i].text == "and" || all[i].text == "or" {
			return all[i].text
		}
	}
	return ""
}

// member tells whether the words stand between the marks or joints of a list.
func (e *edit) member(h hunk) bool {
	end := h.after + len(h.came)
	return h.came[0].mark != "" || end == len(e.y) || e.y[end].mark != "" || e.y[end].text == "and"
}
