package harmony

import (
	"math"
	"slices"

	"concordat/review/clause"
)

// How much a criterion's own words, its context and its measure weigh.
const (
	contextShare = 0.1
	measureShare = 1.6
	tellingShare = 2.5
	roleShare    = 3.0
	alone        = 1.0 // the weight of a word that only one criterion has
)

// item is one criterion of one text.
type item struct {
	text, criterion int
	words           string // folded, what corrections know it by
	role            clause.Role
	vector          vector
	measures        []clause.Measure
	taken           bool // a person said that it is one
}

// read gathers the items with their terms.
func (a *aligner) read() {
	c := corpus{ids: map[string]int{}, contexts: map[string][]int{}}
	a.aligned = make([]int, len(a.texts))
	for k, t := range a.texts {
		a.aligned[k] = min(len(t.Reading.Criteria), mostOfText, mostOfAll-len(a.items))
		for i := range a.aligned[k] {
			x := &t.Reading.Criteria[i]
			a.items = append(a.items, item{text: k, criterion: i, words: Fold(t.Reading.Words(i)), role: x.Role, measures: measuresOf(x)})
			c.add(k, x)
		}
	}
	a.giveRoles(func(i int) (beyond int) {
		for _, id := range c.own[i] {
			if 2*c.criteria[id] < 3*c.texts[id] || 2*c.texts[id] < len(a.texts) {
				beyond++
			}
		}
		return beyond
	})
	for i := range a.items {
		a.items[i].weigh(c.own[i], c.context[i], c.rarity)
	}
}

// corpus are the terms of all items, by number.
type corpus struct {
	ids                   map[string]int
	contexts              map[string][]int // of words that items hang from
	own, context          [][]int          // of each item
	criteria, texts, last []int            // of each term: in how many criteria, in how many texts, and the last of these
	all                   int              // criteria that were counted
}

// add takes in the next item, and counts its terms. What people take for criteria is not counted, or it would change
// how the program puts the others together.
func (c *corpus) add(text int, x *clause.Criterion) {
	own := c.numbers(x.Terms)
	if seen(x) {
		c.count(text, own)
	}
	var context []int
	for _, w := range x.Context {
		if _, ok := c.contexts[w]; !ok {
			c.contexts[w] = c.numbers(clause.Terms(w))
		}
		context = append(context, c.contexts[w]...)
	}
	c.own, c.context = append(c.own, own), append(c.context, context)
}

func (c *corpus) count(text int, own []int) {
	c.all++
	for _, id := range own {
		c.criteria[id]++
		if c.last[id] != text {
			c.last[id] = text
			c.texts[id]++
		}
	}
}

func (c *corpus) numbers(terms []string) []int {
	out := make([]int, len(terms))
	for i, t := range terms {
		id, ok := c.ids[t]
		if !ok {
			id = len(c.ids)
			c.ids[t] = id
			c.criteria, c.texts, c.last = append(c.criteria, 0), append(c.texts, 0), append(c.last, -1)
		}
		out[i] = id
	}
	return out
}

// rarity is what a term says: the more, the rarer it is among the criteria. One that is in several criteria of each text
// is of the topic and tells no row from another.
func (c *corpus) rarity(id int) float64 {
	if c.criteria[id] <= 1 {
		return alone
	}
	spread := float64(c.criteria[id]) / float64(c.texts[id])
	return math.Log(1+float64(c.all)/float64(1+c.criteria[id])) / (spread * spread)
}

// giveRoles finds what each text says about the treatment as a whole: what says that somebody is funded and has hardly a
// word beyond those that are all over the topic; and where a text has no such statement, the first that says so in more
// words. beyond tells how many words an item has beyond those.
func (a *aligner) giveRoles(beyond func(i int) int) {
	said := make([]bool, len(a.texts))
	first := make([]int, len(a.texts))
	for k := range first {
		first[k] = -1
	}
	for i := range a.items {
		it := &a.items[i]
		c := a.of(it)
		if !seen(c) {
			continue
		}
		if c.Role == clause.Condition && c.Funds && len(c.Quantities) == 0 {
			n := beyond(i)
			switch {
			case n == 0 || n == 1 && c.Side == clause.Requires:
				it.role = clause.Position
			case n <= 4 && c.Side == clause.Requires && !c.Weak && first[it.text] < 0:
				first[it.text] = i
			}
		}
		said[it.text] = said[it.text] || it.role == clause.Position
	}
	for k, i := range first {
		if i >= 0 && !said[k] {
			a.items[i].role = clause.Position
		}
	}
}

func measuresOf(c *clause.Criterion) []clause.Measure {
	var out []clause.Measure
	for _, q := range c.Quantities {
		if q.Measure != clause.Count && q.Measure != clause.Percentage && !slices.Contains(out, q.Measure) {
			out = append(out, q.Measure)
		}
	}
	if len(out) == 0 {
		for _, t := range c.Terms {
			if m, ok := named[t]; ok {
				out = append(out, m)
			}
		}
	}
	return out
}

// named are the measures that a term names without a number: "no threshold of visual acuity".
var named = map[string]clause.Measure{"acuity": clause.Acuity, "bmi": clause.BMI}

// roleTerms are terms for the roles, of ids that no word has.
var roleTerms = map[clause.Role]int{clause.Position: -100, clause.Approval: -101}

// weigh gives each term its weight.
func (it *item) weigh(own, context []int, rarity func(id int) float64) {
	weights := map[int]float64{}
	for _, id := range own {
		weights[id] = rarity(id)
	}
	for _, id := range context {
		weights[id] = max(weights[id], contextShare*rarity(id))
	}
	for id, w := range weights {
		it.vector.terms = append(it.vector.terms, term{id, w})
	}
	for _, m := range it.measures {
		share := measureShare
		if telling[m] {
			share = tellingShare
		}
		it.vector.terms = append(it.vector.terms, term{-1 - slices.Index(clause.Measures, m), share})
	}
	if it.role != clause.Condition {
		it.vector.terms = append(it.vector.terms, term{roleTerms[it.role], roleShare})
	}
	if len(own) == 0 && len(it.measures) == 0 && it.role == clause.Condition {
		it.vector.terms = append(it.vector.terms, term{noTerm - it.criterion - mostOfText*it.text, alone})
	}
	it.vector.settle()
}

// noTerm and what is below it are terms of those that have none of their own: what they hang from is not what they say.
const noTerm = -1000

// likeness of two items: 1 for equal words.
func likeness(x, y *item) float64 {
	s := x.vector.like(y.vector)
	if x.role != y.role {
		return s / 2
	}
	if x.role != clause.Condition {
		return max(s, 0.55)
	}
	shared := slices.ContainsFunc(x.measures, func(m clause.Measure) bool { return slices.Contains(y.measures, m) })
	switch {
	case shared && decisive(x.measures, y.measures):
		return max(s, 0.55)
	case len(x.measures) > 0 && len(y.measures) > 0 && !shared:
		return s / 2
	}
	return s
}

// decisive tells whether two criteria each have one measure of a kind that a policy has one criterion of.
func decisive(x, y []clause.Measure) bool {
	if len(x) != 1 || len(y) != 1 || x[0] != y[0] {
		return false
	}
	return telling[x[0]]
}

// telling are the measures of which a policy has one criterion, whatever else its words say.
var telling = map[clause.Measure]bool{clause.BMI: true, clause.Hearing: true, clause.Acuity: true, clause.Cycles: true, clause.Episodes: true}
