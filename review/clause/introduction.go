package clause

import (
	"slices"
	"strings"
)

// introducing reads the words from which a list hangs: what they state themselves, and how they bind its items.
func (r *criteriaReader) introducing(i int, ts []token, f *frame, up frame) {
	item := r.out.Text.Clauses[i].Kind == Item
	binding, _ := bindingOf(ts)
	f.read = f.read || normative(ts) || binding != "" || item
	if side, ok := sideOf(ts); ok {
		f.side = side
	}
	if anyWord(ts, otherIntroductions) && !normative(ts) && !hasQuantity(ts) {
		f.barred = true
	}
	head, tail := introducing(ts)
	if _, n := bindingOf(tail); n > 0 && !f.barred && folds(tail) {
		r.fold(i, tail, up, n)
		f.barred = true
		return
	}
	if len(tail) > 0 {
		r.introduction(i, f, tail)
	} else {
		r.introduction(i, f, ts)
	}
	if own := stating(tail); len(head) == 0 && !f.barred && !funds(tail) && (item && up.read || hasQuantity(own)) {
		head = own
	}
	if len(head) > 0 {
		r.statements(i, head, up, item)
	}
	if funds(tail) && !f.barred {
		r.out.Criteria = append(r.out.Criteria, Criterion{Clause: i, From: tail[0].from, To: tail[len(tail)-1].to, Group: up.group, Role: Position, Side: f.side,
			Modality: modality(tail), Funds: true, Terms: termsOf(tail), Context: r.contextOf(i)})
	}
}

// stating is what words say themselves before its list: "tonsillitis that is disabling, in one of these patterns:". What
// binds the list, or is complete only with it, as "and has not responded to:" is, is cut off.
func stating(ts []token) []token {
	words := trimJoints(ts)
	if len(words) > mostOfSentence {
		return nil
	}
	for len(words) > 0 {
		last := len(words) - 1
		for last > 0 && words[last].text != "and" && words[last].text != "," && !orBinds(words[last:]) {
			last--
		}
		if b, _ := bindingOf(words[last:]); b == "" && !words[len(words)-1].is(completed) {
			break
		}
		words = words[:last]
	}
	if onlyBinds(words) {
		return nil
	}
	return words
}

// orBinds tells whether "or" stands before what binds a list: "or any of the following".
func orBinds(ts []token) bool {
	if ts[0].text != "or" {
		return false
	}
	b, _ := bindingOf(ts)
	return b != ""
}

// completed are words that ask for more.
var completed = set("to with by of for from despite after")

// folds tells whether a list of which so many are needed is one criterion: its introduction says of what they are signs,
// as "an episode counts with two of these" does and "at least two of the following" does not.
func folds(ts []token) bool {
	return !funds(ts) && slices.ContainsFunc(termsOf(ts), func(t string) bool { return !slices.Contains(holding, t) })
}

// holding are the terms for what members do, which says of no sign: "at least two of the following are true".
var holding = Terms("true met present satisfied fulfilled hold apply applies statement")

// fold makes one criterion of an introduction and its list.
func (r *criteriaReader) fold(i int, ts []token, f frame, n int) {
	c := Criterion{Clause: i, From: ts[0].from, To: ts[len(ts)-1].to, Group: f.group, Role: Condition, Side: f.side, Modality: modality(ts), Context: r.contextOf(i)}
	c.Quantities = []Quantity{signs(ts, n)}
	cs := r.out.Text.Clauses
	words := cs[i].Words
	for j := i + 1; j < len(cs) && cs[j].Parent >= i; j++ {
		c.Also = append(c.Also, j)
		words += " " + cs[j].Words
	}
	c.Terms = Terms(words)
	r.out.Criteria = append(r.out.Criteria, c)
}

// signs is the quantity of a list of which so many are needed.
func signs(ts []token, n int) Quantity {
	return Quantity{Measure: Count, Of: "sign", Compare: AtLeast, Low: float64(n), High: float64(n), From: ts[0].from, To: ts[len(ts)-1].to}
}

// introduction makes the group of the list that hangs from a clause.
func (r *criteriaReader) introduction(i int, f *frame, ts []token) {
	b, n := bindingOf(ts)
	if b == "" {
		b, n = r.bindingFrom(i + 1)
	}
	f.group = r.newGroup(f.group, b, n, i)
	r.lists[i] = f.group
}

// listGroup is the group of the items that an item is one of: made by its introduction, else by how the items end.
func (r *criteriaReader) listGroup(i int, up frame) int {
	p := r.out.Text.Clauses[i].Parent
	if g, ok := r.lists[p]; ok {
		return g
	}
	if up.group >= 0 && r.out.Groups[up.group].Clause == -1 { // a heading binds
		r.lists[p] = up.group
		return up.group
	}
	b, n := r.bindingFrom(i)
	g := r.newGroup(up.group, b, n, -1)
	r.lists[p] = g
	return g
}

// bindingFrom tells from the ends of an item and of those beside it how they are bound.
func (r *criteriaReader) bindingFrom(first int) (Binding, int) {
	cs := r.out.Text.Clauses
	ands, ors := 0, 0
	for j := first; j < len(cs) && j < first+64; j++ {
		if cs[j].Kind == Heading || cs[j].Parent < cs[first].Parent {
			break
		}
		if cs[j].Parent != cs[first].Parent || cs[j].Kind != Item {
			continue
		}
		switch words := strings.ToLower(strings.TrimRight(cs[j].Words, " .,;:)")); {
		case strings.HasSuffix(words, " and"), strings.HasSuffix(words, ";and"), strings.HasPrefix(words, "and "):
			ands++
		case strings.HasSuffix(words, " or"), strings.HasSuffix(words, ";or"), strings.HasPrefix(words, "or "), strings.HasSuffix(words, " and/or"):
			ors++
		}
	}
	switch {
	case ors > 0 && ands == 0:
		return AnyOf, 0
	case ands > 0 && ors == 0:
		return AllOf, 0
	}
	return LooseGroup, 0
}
