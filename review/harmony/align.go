package harmony

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// Bounds of what is aligned. A policy has some twenty criteria.
const (
	mostOfText = 200
	mostOfAll  = 2400
)

// How alike two criteria, or two groups of them on average, must be to be one row.
const (
	together = 0.13
	sure     = 0.60 // from here on an alignment is as good as certain
)

// How much a criterion's own words, its context and its measure weigh.
const (
	contextShare = 0.1
	measureShare = 1.6
	tellingShare = 2.5
	overlap      = 0.85 // how much less alike two groups are that have criteria of all the same texts
	roleShare    = 3.0
	vouched      = 0.25 // how like a criterion such a sentence must be to be one too
	weakly       = 0.6  // how much less what reads like background is like anything
	alone        = 1.0  // the weight of a word that only one criterion has
)

// aligner finds which criteria of many texts are one.
type aligner struct {
	locals    []Text
	columns   []int // the locals that have a column, as indexes into texts
	strangers []Text
	draft     int // index into texts, -1 when there is none
	national  int
	texts     []*Text
	items     []item
	like      []float32 // similarity of each pair of items, row by row
	all       []*group
	homes     []int // the group of each item, index into all; -1 for none
}

// item is one criterion of one text.
type item struct {
	text, criterion int
	words           string // folded, what corrections know it by
	role            clause.Role
	vector          vector
	measures        []clause.Measure
}

// group are items that make one row.
type group struct {
	items []int
	name  string
}

func newAligner(t Topic) *aligner {
	a := &aligner{draft: -1, national: -1}
	a.locals = t.Locals
	for i := range a.locals {
		a.texts = append(a.texts, &a.locals[i])
	}
	if t.Draft != nil {
		a.draft = len(a.texts)
		a.texts = append(a.texts, t.Draft)
	}
	if t.National != nil {
		a.national = len(a.texts)
		a.texts = append(a.texts, t.National)
	}
	a.read()
	return a
}

// read gathers the items with their terms.
func (a *aligner) read() {
	ids := map[string]int{}
	var df, texts, last []int // of each term: in how many criteria, in how many texts, and the last of these
	type raw struct{ own, context []int }
	var raws []raw
	number := func(words []string) []int {
		out := make([]int, len(words))
		for i, w := range words {
			id, ok := ids[w]
			if !ok {
				id = len(ids)
				ids[w] = id
				df, texts, last = append(df, 0), append(texts, 0), append(last, -1)
			}
			out[i] = id
		}
		return out
	}
	contexts := map[string][]int{}
	for k, t := range a.texts {
		for i := range min(len(t.Reading.Criteria), mostOfText) {
			if len(a.items) == mostOfAll {
				break
			}
			c := &t.Reading.Criteria[i]
			words := t.Reading.Words(i)
			it := item{text: k, criterion: i, words: Fold(words), measures: measuresOf(c)}
			x := raw{own: number(c.Terms)}
			it.role = c.Role
			for _, id := range x.own {
				df[id]++
				if last[id] != k {
					last[id] = k
					texts[id]++
				}
			}
			for _, w := range c.Context {
				if _, ok := contexts[w]; !ok {
					contexts[w] = number(clause.Terms(w))
				}
				x.context = append(x.context, contexts[w]...)
			}
			a.items, raws = append(a.items, it), append(raws, x)
		}
	}
	// The rarer a term among the criteria, the more it says. One that is in several criteria of each text is of the topic
	// and tells no row from another.
	rarity := func(id int) float64 {
		if df[id] <= 1 {
			return alone
		}
		spread := float64(df[id]) / float64(texts[id])
		return math.Log(1+float64(len(a.items))/float64(1+df[id])) / (spread * spread)
	}
	a.giveRoles(func(i int) (beyond int) {
		for _, id := range raws[i].own {
			if 2*df[id] < 3*texts[id] || 2*texts[id] < len(a.texts) {
				beyond++
			}
		}
		return beyond
	})
	for i := range a.items {
		a.items[i].weigh(raws[i].own, raws[i].context, rarity)
	}
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
	it.vector.settle()
}

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

// cluster joins the likest groups until none are alike enough. A group is as like another as the sums of their items'
// terms are: what one paraphrase lacks, another has.
func (a *aligner) cluster() {
	n := len(a.items)
	c := clusters{n: n, live: make([]int, n), texts: make([]textSet, n), like: make([]float32, n*n), nearest: make([]int, n), sums: make([]vector, n), members: make([][]int, n)}
	for i := range n {
		c.live[i], c.sums[i], c.members[i] = i, a.items[i].vector, []int{i}
		c.texts[i] = c.texts[i].with(a.items[i].text)
		for j := i + 1; j < n; j++ {
			s := float32(a.affinity(i, j))
			c.like[i*n+j], c.like[j*n+i] = s, s
		}
	}
	a.like = slices.Clone(c.like)
	for i := range n {
		c.nearest[i] = c.closest(i)
	}
	for {
		i := c.likest()
		if i < 0 {
			break
		}
		c.join(min(i, c.nearest[i]), max(i, c.nearest[i]))
	}
	a.homes = make([]int, n)
	for _, i := range c.live {
		slices.Sort(c.members[i])
		for _, k := range c.members[i] {
			a.homes[k] = len(a.all)
		}
		a.all = append(a.all, &group{items: c.members[i]})
	}
}

// clusters are groups of items while they grow.
type clusters struct {
	n       int
	live    []int     // the groups that were not joined to another, rising
	like    []float32 // of each pair of groups; apart for those that must not be joined
	nearest []int     // the group likest to each, -1 for none
	sums    []vector
	members [][]int
	texts   []textSet
}

// textSet are texts, by bits.
type textSet []uint64

func (s textSet) with(text int) textSet {
	out := make(textSet, max(len(s), text/64+1))
	copy(out, s)
	out[text/64] |= 1 << (text % 64)
	return out
}

func (s textSet) or(x textSet) textSet {
	out := make(textSet, max(len(s), len(x)))
	copy(out, s)
	for i, w := range x {
		out[i] |= w
	}
	return out
}

func (s textSet) size() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// shared is which share of the smaller of two sets is in both.
func (s textSet) shared(x textSet) float64 {
	n := 0
	for i := range min(len(s), len(x)) {
		n += bits.OnesCount64(s[i] & x[i])
	}
	return float64(n) / float64(max(1, min(s.size(), x.size())))
}

// apart is the likeness of what must not be joined.
const apart = -1

// likest is a group that is alike enough to its nearest, and more than any other; -1 when there is none.
func (c *clusters) likest() int {
	best, most := -1, float32(together)
	for _, i := range c.live {
		if s := c.toNearest(i); s > most || best < 0 && s == most {
			best, most = i, s
		}
	}
	return best
}

// toNearest is how like a group is to its nearest.
func (c *clusters) toNearest(i int) float32 {
	if c.nearest[i] < 0 {
		return apart
	}
	return c.like[i*c.n+c.nearest[i]]
}

// closest is the first of the groups that are likest to one.
func (c *clusters) closest(i int) int {
	row := c.like[i*c.n : (i+1)*c.n]
	best, most := -1, float32(math.Inf(-1))
	for _, k := range c.live {
		if row[k] > most && k != i {
			best, most = k, row[k]
		}
	}
	return best
}

// join puts group j into group i, and finds for each group anew which is nearest where that may have changed.
func (c *clusters) join(i, j int) {
	n := c.n
	c.live = slices.DeleteFunc(c.live, func(k int) bool { return k == j })
	c.members[i] = append(c.members[i], c.members[j]...)
	c.sums[i] = c.sums[i].plus(c.sums[j])
	c.texts[i] = c.texts[i].or(c.texts[j])
	for _, k := range c.live {
		if k == i {
			continue
		}
		before := c.toNearest(k)
		s := float32(c.sums[i].like(c.sums[k]) * (1 - overlap*c.texts[i].shared(c.texts[k])))
		if c.like[i*n+k] == apart || c.like[j*n+k] == apart {
			s = apart
		}
		c.like[i*n+k], c.like[k*n+i] = s, s
		switch {
		case s > before:
			c.nearest[k] = i
		case c.nearest[k] == i || c.nearest[k] == j:
			c.nearest[k] = c.closest(k)
		}
	}
	c.nearest[i] = c.closest(i)
}

// affinity is the likeness of two items for clustering. Two criteria of the draft, or of the national text, are two rows
// by intention; two of one local text are one row only when they are ways to meet one thing.
func (a *aligner) affinity(i, j int) float64 {
	x, y := &a.items[i], &a.items[j]
	if x.words == y.words {
		return 1
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
	return len(g.items) == 0 || g.name == "" && !slices.ContainsFunc(g.items, func(i int) bool { return !a.of(&a.items[i]).Weak })
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
	e.Short = short(e.Holding)
	return e
}

// sure is how sure a group is: the least that one of its items is like the others on average.
func (g *group) sure(a *aligner) float64 {
	least := 1.0
	n := len(a.items)
	for _, i := range g.items {
		sum := 0.0
		for _, j := range g.items {
			if i != j {
				sum += max(0, float64(a.like[i*n+j]))
			}
		}
		if len(g.items) > 1 {
			least = min(least, sum/float64(len(g.items)-1)/sure)
		}
	}
	return min(1, least)
}
