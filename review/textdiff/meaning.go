package textdiff

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"concordat/review/clause"
)

// meaning tells what the words that differ do.
func (e *edit) meaning() []Finding {
	gone, came := e.changed()
	switch {
	case e.bare(gone) && e.bare(came):
		if f := e.small(); len(f) > 0 {
			return f
		}
		if e.reordered() {
			return []Finding{{WordingOnly, Unclear, "The same words stand in another order; whether they mean the same a person must say."}}
		}
		return []Finding{{WordingOnly, NoEffect, "Only words without a meaning of their own differ."}}
	case len(content(gone)) == 0 && len(gone) <= few, len(content(came)) == 0 && len(came) <= few:
		return e.oneSided()
	}
	return e.reworded(gone, came)
}

// reordered tells whether words with a meaning changed their places where the order decides: before and after a "not", or
// among "and" and "or".
func (e *edit) reordered() bool {
	if !anyOf(e.x, negators) && !(about(e.x, "and") && about(e.x, "or")) {
		return false
	}
	return slices.ContainsFunc(e.hunks, func(h hunk) bool { return len(content(minus(h.gone, h.came))) > 0 })
}

// few is how many small words may change beside what was put in or taken out.
const few = 3

// changed are all words that went and that came, without those that only changed their number or their place.
func (e *edit) changed() (gone, came []word) {
	for _, h := range e.hunks {
		gone, came = append(gone, h.gone...), append(came, h.came...)
	}
	return minus(gone, came), minus(came, gone)
}

// minus leaves out of x the words of which y has as many, plural or not.
func minus(x, y []word) []word {
	count := map[string]int{}
	for _, w := range y {
		count[singular(w.text)]++
	}
	var out []word
	for _, w := range x {
		if s := singular(w.text); count[s] > 0 && !w.number {
			count[s]--
			continue
		}
		out = append(out, w)
	}
	return out
}

func singular(s string) string {
	if n := len(s); n > 3 && s[n-1] == 's' && s[n-2] != 's' {
		return s[:n-1]
	}
	return s
}

// content are the words that carry a meaning which no list here accounts for.
func content(ws []word) []word {
	var out []word
	for _, w := range ws {
		if !w.number && !digitAt(w.text, 0) && !grammar[w.text] && !negators[w.text] && !binders[w.text] && !subjects[w.text] && !comparators[w.text] && !unitWords[w.text] && modalStrength[w.text] == 0 {
			out = append(out, w)
		}
	}
	return out
}

func (e *edit) bare(ws []word) bool { return len(content(ws)) == 0 }

// small judges a change that is only of small words: negations, joints, verbs of duty, numbers.
func (e *edit) small() []Finding {
	for _, look := range []func(*edit) (Finding, bool){(*edit).negation, (*edit).binding, (*edit).quantity, (*edit).modality} {
		if f, ok := look(e); ok {
			return []Finding{f}
		}
	}
	return nil
}

// negation finds that a "not" came or went.
func (e *edit) negation() (Finding, bool) {
	x, y := e.nots(e.x), e.nots(e.y)
	gone, came := e.changed()
	if (x-y)%2 == 0 || !anyOf(gone, negators) && !anyOf(came, negators) {
		return Finding{}, false
	}
	return e.turned(x < y), true
}

// nots counts negations. "Not" and "no" before "more", "less", "later" belong to a number.
func (e *edit) nots(ws []word) int {
	n := 0
	for i, w := range ws {
		if negators[w.text] && !(i+1 < len(ws) && comparators[ws[i+1].text] && ws[i+1].text != "to") {
			n++
		}
	}
	return n
}

// turned is a clause that says the contrary of what it said; added tells whether a "not" came.
func (e *edit) turned(added bool) Finding {
	f := Finding{Class: NegationChanged, Effect: Narrower, Why: "What was allowed is barred."}
	if bars(e.hunkSentence()) == added {
		f.Effect, f.Why = Wider, "What was barred is allowed."
	}
	return f
}

// bars tells whether a sentence speaks of turning patients away, its negations aside.
func bars(ws []word) bool {
	return anyOf(ws, barWords) || phrase(ws, "count", "towards") || phrase(ws, "counts", "towards")
}

// hunkSentence is the sentence of the text after, or before, in which the first change stands.
func (e *edit) hunkSentence() []word {
	if len(e.hunks) == 0 {
		return e.y
	}
	h := e.hunks[0]
	if len(h.came) > 0 || len(h.gone) == 0 {
		return sentenceAt(e.y, h.after)
	}
	return sentenceAt(e.x, h.before)
}

func sentenceAt(ws []word, i int) []word {
	if len(ws) == 0 {
		return nil
	}
	i = min(i, len(ws)-1)
	from, to := i, i+1
	for from > 0 && !ws[from].first {
		from--
	}
	for to < len(ws) && !ws[to].first {
		to++
	}
	return ws[from:to]
}

// modality finds that a verb of duty is stronger or weaker.
func (e *edit) modality() (Finding, bool) {
	gone, came := e.changed()
	x, y := strongest(gone), strongest(came)
	if x == 0 && y == 0 || x == y {
		return Finding{}, false
	}
	if x == 0 || y == 0 {
		return Finding{ModalityChanged, Unclear, "How strongly it is meant is said on one side only."}, true
	}
	ws := e.hunkSentence()
	at := slices.IndexFunc(ws, func(w word) bool { return modalStrength[w.text] == y })
	if y == x || at < 0 {
		return Finding{}, false
	}
	effect, why := bindsWhom(ws, at)
	if x > y {
		effect = effect.Reverse()
	}
	return Finding{ModalityChanged, effect, why}, true
}

func strongest(ws []word) int {
	n := 0
	for _, w := range ws {
		n = max(n, modalStrength[w.text])
	}
	return n
}

// bindsWhom tells what a stronger verb at a place of a sentence does: on the offer it is wider, on what the patient must
// meet it is narrower, and on the duties of those who treat nobody can tell.
func bindsWhom(ws []word, at int) (Effect, string) {
	from := at
	for from > 0 && ws[from].mark == "" && ws[from].text != "and" && ws[from].text != "or" {
		from--
	}
	subject, rest := ws[from:at], ws[at+1:]
	if anyOf(subject, duties) {
		return Unclear, "It binds those who refer or treat, and says nothing of who may be treated."
	}
	if offers(rest) {
		if about(rest, "before") {
			return Unclear, "It is about the order of treatments."
		}
		if anyOf(rest[:min(len(rest), 2)], negators) {
			return Narrower, "How firmly the treatment is refused changed."
		}
		return Wider, "How firmly the treatment is offered changed."
	}
	return Narrower, "How firmly it is asked of patients changed."
}

// offers tells whether the first verb after a verb of duty is about giving the treatment.
func offers(ws []word) bool {
	for i, w := range ws {
		if i > 3 {
			return false
		}
		if w.text == "have" {
			return false
		}
		if offerVerbs[w.text] {
			return true
		}
	}
	return false
}

var offerVerbs = list("funded commissioned offered available provided treated referred accepted approved supported listed allowed permitted considered covered supplied given pay fund offer provide requested performed undertaken")

// binding finds that another number of members of a list is needed.
func (e *edit) binding() (Finding, bool) {
	for _, h := range e.hunks {
		x, y := bindingRank(h.gone, e.x, h.before), bindingRank(h.came, e.y, h.after)
		if x == y || x == 0 && y == 0 {
			continue
		}
		if x == 0 || y == 0 {
			continue
		}
		return e.bound(x < y), true
	}
	return Finding{}, false
}

func (e *edit) bound(more bool) Finding {
	f := Finding{BindingChanged, Narrower, "More of the conditions are needed at once."}
	if !more {
		f.Effect, f.Why = Wider, "Fewer of the conditions are needed at once."
	}
	if bars(e.hunkSentence()) || e.side() == clause.Bars {
		f.Effect = f.Effect.Reverse()
		f.Why = "More reasons at once are needed to turn a patient away."
		if !more {
			f.Why = "Fewer reasons are enough to turn a patient away."
		}
	}
	return f
}

// allOf ranks above any number of members.
const allOf = 1000

// bindingRank is how many members of a list words ask for: 1 for "or", "any", "either", allOf for "and", "all", "both".
func bindingRank(ws []word, all []word, at int) int {
	for i, w := range ws {
		switch w.text {
		case "all", "both", "each", "and", "every", "well":
			return allOf
		case "any", "either", "or":
			if n := i + 1; n < len(ws) && ws[n].number {
				return max(1, int(ws[n].value))
			}
			return 1
		}
		if w.number && at+i > 0 && all[at+i-1].text == "all" {
			return allOf
		}
		if w.number && countsMembers(all, at+i+1) {
			return max(1, int(w.value))
		}
	}
	return 0
}

// countsMembers tells whether what follows a number says that it counts members of a list: "of the following".
func countsMembers(all []word, i int) bool {
	for k := i; k < min(len(all), i+5); k++ {
		switch all[k].text {
		case "of":
			return k+1 == len(all) || all[k+1].mark == ":" || memberWords[all[k+1].text] || all[k+1].number || all[k+1].text == "the"
		case "or", "more", "least":
		default:
			return false
		}
	}
	return false
}

var memberWords = list("following these those criteria conditions features below listed them items")

// quantity finds that a number, a unit or a comparator changed, and weighs it.
func (e *edit) quantity() (Finding, bool) {
	gone, came := e.changed()
	if !measures(gone) && !measures(came) || e.onlyBinds() {
		return Finding{}, false
	}
	effect, why := e.weigh()
	if effect == NoEffect {
		return Finding{}, false
	}
	return Finding{QuantityChanged, effect, sentence(why)}, true
}

// onlyBinds tells whether all that changed says how many members of a list are needed: "all three" and "both".
func (e *edit) onlyBinds() bool {
	return !slices.ContainsFunc(e.hunks, func(h hunk) bool {
		return bindingRank(h.gone, e.x, h.before) == 0 || bindingRank(h.came, e.y, h.after) == 0
	})
}

// measures tells whether words are of a quantity.
func measures(ws []word) bool {
	return hasNumber(ws) || anyOf(ws, comparators) || anyOf(ws, unitWords)
}

// sentence writes a reason with a capital and a full stop.
func sentence(why string) string {
	r, size := utf8.DecodeRuneInString(why)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + why[size:] + "."
}
