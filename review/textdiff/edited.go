package textdiff

import (
	"slices"
	"strings"

	"concordat/review/clause"
)

// edit is a clause before and after, as words and, once it is asked for, as what it says of patients.
type edit struct {
	before, after string
	x, y          []word
	hunks         []hunk
	context       string // the words that it hangs from: a header row, a heading
	was, is       *says
}

// says is what clauses say of patients, read when it is first asked for: most edits can be judged without.
type says struct {
	text    clause.Text
	clauses []int
	stretch string // the words that are read, where there is one clause; "" for all
	holding Holding
}

func (s *says) read() Holding {
	if s.holding.Reading == nil {
		s.holding = read(s.text, s.clauses, s.stretch)
	}
	return s.holding
}

// changedSentences leaves out the sentences at both ends that are equal.
func changedSentences(x, y string) (string, string) {
	head, tail, least := 0, 0, min(len(x), len(y))
	for head < least && x[head] == y[head] {
		head++
	}
	for tail < least-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	from := 0
	for i := head - 2; i > 0; i-- {
		if sentenceBegins(x, i+1) && sentenceBegins(y, i+1) {
			from = i + 1
			break
		}
	}
	to := 0
	for i := tail; i > 0; i-- {
		if sentenceBegins(x, len(x)-i) && sentenceBegins(y, len(y)-i) {
			to = i
			break
		}
	}
	if len(x)-to <= from || len(y)-to <= from {
		return x, y
	}
	return x[from : len(x)-to], y[from : len(y)-to]
}

func sentenceBegins(s string, i int) bool {
	return i > 1 && i < len(s) && s[i-1] == ' ' && endsSentence(s, i-2, rune(s[i-2]))
}

// side is on which side the clause stands: that of its criteria, else what its own words say.
func (e *edit) side() clause.Side {
	if was := e.was.read(); !was.Empty() {
		return was.at(0).Side
	}
	if is := e.is.read(); !is.Empty() {
		return is.at(0).Side
	}
	if anyOf(e.x, barWords) {
		return clause.Bars
	}
	return clause.Requires
}

// edited tells what was done to a clause, or to several that were joined or parted.
func (j *judge) edited(u unit) []Finding {
	before, after := joinWords(j.before, u.before), joinWords(j.after, u.after)
	x, y := j.before.Clauses[u.before[0]], j.after.Clauses[u.after[0]]
	e := edit{context: j.context(u), was: &says{text: j.before, clauses: u.before}, is: &says{text: j.after, clauses: u.after}}
	if len(u.before) == 1 && len(u.after) == 1 && x.Kind != clause.Row {
		before, after = changedSentences(before, after)
		e.was.stretch, e.is.stretch = before, after
	}
	e.before, e.after, e.x, e.y = before, after, heard(before), heard(after)
	e.hunks = hunks(e.x, e.y)
	found := e.wayOfWriting(u, x.Kind != y.Kind)
	if found != nil {
		return found
	}
	if masked := e.mask(); masked {
		e.hunks = hunks(e.x, e.y)
	}
	if x.Kind == clause.Heading {
		return heading(x, y)
	}
	if u.kind == Parted || u.kind == Joined {
		e.unrepeat()
	}
	for _, look := range []func(*edit) []Finding{(*edit).positions, (*edit).dates, (*edit).codes} {
		found = append(found, look(&e)...)
	}
	if len(e.hunks) > 0 {
		found = append(found, e.meaning()...)
	}
	if u.kind == Parted || u.kind == Joined {
		return append(found, j.parted(u))
	}
	if len(found) == 0 {
		found = append(found, Finding{WordingOnly, NoEffect, "Other words, and nobody gains or loses by them."})
	}
	return found
}

// heading judges other words over what stays: whether criteria under them would be read otherwise.
func heading(x, y clause.Clause) []Finding {
	was, is := under(x), under(y)
	switch {
	case was.Empty() != is.Empty():
		return []Finding{{Clarification, Unclear, "Under the new heading it may or may not decide who is treated."}}
	case was.Empty() || was.at(0).Side == is.at(0).Side && was.Reading.Alternative(was.Criteria[0]) == is.Reading.Alternative(is.Criteria[0]):
		return []Finding{{WordingOnly, NoEffect, "A heading has other words; what stands under it means the same."}}
	case was.at(0).Side == is.at(0).Side:
		return []Finding{{BindingChanged, Unclear, "The heading binds what stands under it otherwise."}}
	}
	return []Finding{{NegationChanged, Unclear, "What stands under the heading was a reason for treatment and is one against, or the reverse."}}
}

// under is how a criterion under a heading is read.
func under(h clause.Clause) Holding {
	h.Parent = -1
	return read(clause.Text{Clauses: []clause.Clause{h, {Kind: clause.Item, Level: 1, Parent: 0, Words: "severe pain"}}}, []int{1}, "")
}

// unrepeat leaves out what the parts of a clause need to stand alone: words that are said again, and small ones.
func (e *edit) unrepeat() {
	all := map[string]bool{}
	for _, w := range append(slices.Clone(e.x), e.y...) {
		all[w.text] = true
	}
	said := map[string]int{}
	for _, w := range e.x {
		said[w.text]++
	}
	for _, w := range e.y {
		if said[w.text] > 0 {
			all[w.text] = false
		}
	}
	again := func(w word) bool {
		return !all[w.text] || subjects[w.text] || w.text == "and" || !w.number && grammar[w.text]
	}
	e.hunks = slices.DeleteFunc(e.hunks, func(h hunk) bool {
		return !slices.ContainsFunc(append(slices.Clone(h.gone), h.came...), func(w word) bool { return !again(w) })
	})
}

// subjects are the words for those whom a policy is about.
var subjects = list("patient patients person people treatment woman women child children they he she it surgery procedure")

// wayOfWriting tells what only the writing of two clauses differs by; nil when more does.
func (e *edit) wayOfWriting(u unit, kinds bool) []Finding {
	switch {
	case u.kind != Parted && u.kind != Joined && (len(e.hunks) == 0 || sound(e.x) == sound(e.y)):
		if kinds {
			return []Finding{{Layout, NoEffect, "Only the layout differs."}}
		}
		return []Finding{{Typographic, NoEffect, "Read aloud it is the same: spelling, punctuation, capitals or figures for number words."}}
	case e.onlyMarkers():
		return []Finding{{Layout, NoEffect, "Only the marks of a list differ."}}
	}
	return nil
}

// onlyMarkers tells whether two clauses differ by the marks of a list alone: "(a)" and "1.", in the order of counting.
func (e *edit) onlyMarkers() bool {
	for _, h := range e.hunks {
		first := h.before == 0 && h.after == 0 && (marked(e.x) || marked(e.y))
		if len(h.gone) > 1 && len(h.gone) != len(h.came) || len(h.gone) != len(h.came) && !first {
			return false
		}
		for i := range max(len(h.gone), len(h.came)) {
			a, b := marker(h.gone[min(i, len(h.gone)):]), marker(h.came[min(i, len(h.came)):])
			if a < 0 || b < 0 || a != b && !first {
				return false
			}
		}
	}
	letters := func(w word) bool { return !w.number && marker([]word{w}) > 0 }
	return len(e.hunks) > 0 && (e.hunks[0].before == 0 || slices.ContainsFunc(append(slices.Clone(e.x), e.y...), letters))
}

// bound tells whether the parts stand where one of them is enough, and the whole asked for all of them.
func (j *judge) bound(u unit) bool {
	whole, parts := joinWords(j.before, u.before), read(j.after, u.after, "")
	if u.kind == Joined {
		whole, parts = joinWords(j.after, u.after), read(j.before, u.before, "")
	}
	if parts = parts.outer(); parts.Empty() || !parts.Reading.Alternative(parts.Criteria[0]) {
		return false
	}
	ws := heard(whole)
	return about(ws, "and") && !about(ws, "or")
}

// marker is the place in a list that a letter, a small roman number or a figure names; 0 for no words, -1 for others.
func marker(ws []word) int {
	if len(ws) == 0 {
		return 0
	}
	w := ws[0]
	switch {
	case w.number:
		return int(w.value)
	case len(w.text) == 1 && w.text[0] >= 'a' && w.text[0] <= 'h':
		return int(w.text[0]-'a') + 1
	}
	if k := slices.Index([]string{"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"}, w.text); k >= 0 {
		return k + 1
	}
	return -1
}

// context is what the clause hangs from, nearest first.
func (j *judge) context(u unit) string {
	var out []string
	for p := j.after.Clauses[u.after[0]].Parent; p >= 0 && len(out) < 3; p = j.after.Clauses[p].Parent {
		out = append(out, j.after.Clauses[p].Words)
	}
	return strings.Join(out, "\n")
}

// parted says that one clause became several or several one. Where the parts became items of a list, or were such, only
// the layout differs.
func (j *judge) parted(u unit) Finding {
	items := func(t clause.Text, which []int) bool {
		return slices.ContainsFunc(which, func(i int) bool { return t.Clauses[i].Kind == clause.Item || marked(heard(t.Clauses[i].Words)) })
	}
	switch {
	case items(j.before, u.before) != items(j.after, u.after):
		return Finding{Layout, NoEffect, "Sentences became a list, or a list sentences."}
	case j.bound(u):
		f := Finding{BindingChanged, Wider, "Each part is enough by itself now."}
		if u.kind == Joined {
			f = Finding{BindingChanged, Narrower, "Each part was enough by itself, and now all are needed."}
		}
		return f
	case u.kind == Parted:
		return Finding{ClauseSplit, NoEffect, "One clause became several with the same words."}
	}
	return Finding{ClausesMerged, NoEffect, "Several clauses became one with the same words."}
}
