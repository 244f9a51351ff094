package harmony

import (
	"cmp"
	"fmt"
	"slices"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Bounds of what is aligned. A policy has some twenty criteria.
const (
	mostOfText = 200
	mostOfAll  = 2400
)

// What reads like background: how much less it is like anything, and how like a criterion it must be to be one too.
const (
	weakly  = 0.6
	vouched = 0.25
)

// aligner finds which criteria of many texts are one.
type aligner struct {
	locals    []Text
	columns   []int // the locals that have a column, as indexes into texts
	strangers []Text
	kept      map[string]bool // the places of texts that a person kept from being strangers
	draft     int             // index into texts, -1 when there is none
	national  int
	texts     []*Text
	aligned   []int // how many criteria of each text are aligned
	items     []item
	like      []float32 // similarity of each pair of items, row by row
	all       []*group
	homes     []int // the group of each item, index into all; -1 for none
	folds     textdiff.Folds
}

// group are items that make one row.
type group struct {
	items []int
	name  string
}

func newAligner(t Topic) *aligner {
	a := &aligner{draft: -1, national: -1, kept: map[string]bool{}, folds: textdiff.Folds{}}
	a.locals = taken(t.Locals, t.Corrections)
	for i := range a.locals {
		a.texts = append(a.texts, &a.locals[i])
	}
	if t.Draft != nil {
		a.draft = len(a.texts)
		a.texts = append(a.texts, t.Draft)
	}
	if t.National != nil {
		a.national = len(a.texts)
		a.texts = append(a.texts, &taken([]Text{*t.National}, t.Corrections)[0])
	}
	a.read()
	return a
}

// past says why texts are not compared whole, by their place; the draft and the national text by their base.
func (a *aligner) past() map[string]string {
	out := map[string]string{}
	for k, t := range a.texts {
		place := t.Place
		switch k {
		case a.draft:
			place = string(Draft)
		case a.national:
			place = string(National)
		}
		switch {
		case a.aligned[k] < len(t.Reading.Criteria):
			out[place] = fmt.Sprintf("has %d criteria, of which only the first %d are compared", len(t.Reading.Criteria), a.aligned[k])
		case slices.ContainsFunc(t.Reading.Text.Clauses, func(c clause.Clause) bool { return len(c.Words) > textdiff.Longest }):
			out[place] = "has a paragraph that is too long to be read whole"
		}
	}
	return out
}

// affinity is the likeness of two items for clustering. Two criteria of the draft, or of the national text, are two rows
// by intention; two of one local text are one row only when they are ways to meet one thing.
func (a *aligner) affinity(i, j int) float64 {
	x, y := &a.items[i], &a.items[j]
	switch {
	case !seen(a.of(x)) || !seen(a.of(y)): // a person says where these go
		return apart
	case x.words == y.words:
		return 1
	case x.role != y.role: // whether it is funded at all is no criterion
		return apart
	}
	s := likeness(x, y)
	if a.of(x).Weak || a.of(y).Weak {
		s *= weakly
	}
	if x.text != y.text {
		return s
	}
	if x.text == a.draft || x.text == a.national {
		if x.role != clause.Condition && x.role == y.role {
			return s
		}
		if len(x.measures) == 1 && slices.Equal(x.measures, y.measures) && a.alternatives(x, y) {
			return s
		}
		return apart
	}
	if len(x.measures) > 0 && slices.Equal(x.measures, y.measures) {
		return s
	}
	return s * 0.6
}

// of is the criterion of an item.
func (a *aligner) of(it *item) *clause.Criterion {
	return &a.texts[it.text].Reading.Criteria[it.criterion]
}

// alternatives tells whether two criteria of one text are members of one group of which one is enough.
func (a *aligner) alternatives(x, y *item) bool {
	r := &a.texts[x.text].Reading
	p, q := &r.Criteria[x.criterion], &r.Criteria[y.criterion]
	return p.Group == q.Group && p.Group >= 0 && r.Alternative(x.criterion)
}

// groups are the rows in order of their first item.
func (a *aligner) groups() []*group {
	out := slices.DeleteFunc(slices.Clone(a.all), a.background)
	slices.SortFunc(out, func(x, y *group) int { return cmp.Compare(x.items[0], y.items[0]) })
	return out
}

// background tells whether a group is no row: it is empty, or nothing in it shows by its words that it decides.
func (a *aligner) background(g *group) bool {
	return len(g.items) == 0 || g.name == "" && !slices.ContainsFunc(g.items, a.decides)
}

// decides tells whether an item shows by its words that it decides, or a person says so.
func (a *aligner) decides(i int) bool {
	c := a.of(&a.items[i])
	return a.items[i].taken || seen(c) && !c.Weak
}

// dropWeak takes out of their rows the criteria whose words do not show that they decide, unless one that does is like
// them.
func (a *aligner) dropWeak() {
	n := len(a.items)
	for i := range a.items {
		if !a.of(&a.items[i]).Weak || a.homes[i] < 0 {
			continue
		}
		if !slices.ContainsFunc(a.all[a.homes[i]].items, func(j int) bool { return !a.of(&a.items[j]).Weak && a.like[i*n+j] >= vouched }) {
			a.send([]int{i}, -1)
		}
	}
}

// entry is what a text says on a row.
func (a *aligner) entry(g *group, text int) Entry {
	if text < 0 {
		return Entry{}
	}
	e := Entry{Holding: textdiff.Holding{Reading: &a.texts[text].Reading}}
	for _, i := range g.items {
		if a.items[i].text == text {
			e.Criteria = append(e.Criteria, a.items[i].criterion)
		}
	}
	e.Short, e.passages = short(e.Holding), e.Passages(a.folds)
	return e
}

// sure is how sure a group is: how like its items are to one another on average.
func (g *group) sure(a *aligner) float64 {
	n, pairs, sum := len(a.items), 0, 0.0
	for k, i := range g.items {
		for _, j := range g.items[:k] {
			sum += max(0, float64(a.like[i*n+j]))
			pairs++
		}
	}
	if pairs == 0 {
		return 1
	}
	return min(1, sum/float64(pairs))
}
