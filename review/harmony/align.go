package harmony

import (
	"cmp"
	"math"
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
	together = 0.30
	sure     = 0.60 // from here on an alignment is as good as certain
)

// How much a criterion's own words, its context and its measure weigh.
const (
	contextShare = 0.25
	measureShare = 1.2
)

// aligner finds which criteria of many texts are one.
type aligner struct {
	locals    []Text
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
	terms           []term
	norm            float64
	measures        []clause.Measure
}

type term struct {
	id     int
	weight float64
}

// group are items that make one row.
type group struct {
	items []int
	name  string
}

func newAligner(t Topic) *aligner {
	a := &aligner{draft: -1, national: -1}
	a.locals, a.strangers = strangers(t)
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
	var df []int
	type raw struct{ own, context []int }
	var raws []raw
	number := func(words []string) []int {
		out := make([]int, len(words))
		for i, w := range words {
			id, ok := ids[w]
			if !ok {
				id = len(ids)
				ids[w] = id
				df = append(df, 0)
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
			x := raw{own: number(append(clause.Terms(words), roleTerm(c)...))}
			for _, id := range x.own {
				df[id]++
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
	for i := range a.items {
		a.items[i].weigh(raws[i].own, raws[i].context, df, len(a.items))
	}
}

func roleTerm(c *clause.Criterion) []string {
	if c.Role == clause.Condition {
		return nil
	}
	return []string{"role " + string(c.Role), "role " + string(c.Role) + " again"}
}

func measuresOf(c *clause.Criterion) []clause.Measure {
	var out []clause.Measure
	for _, q := range c.Quantities {
		if q.Measure != clause.Count && q.Measure != clause.Percentage && !slices.Contains(out, q.Measure) {
			out = append(out, q.Measure)
		}
	}
	return out
}

// weigh gives each term its weight: the rarer among the criteria, the more it says.
func (it *item) weigh(own, context []int, df []int, n int) {
	weights := map[int]float64{}
	rarity := func(id int) float64 { return math.Log(1 + float64(n)/float64(1+df[id])) }
	for _, id := range own {
		weights[id] = rarity(id)
	}
	for _, id := range context {
		weights[id] = max(weights[id], contextShare*rarity(id))
	}
	for id, w := range weights {
		it.terms = append(it.terms, term{id, w})
	}
	slices.SortFunc(it.terms, func(x, y term) int { return cmp.Compare(x.id, y.id) })
	for _, t := range it.terms {
		it.norm += t.weight * t.weight
	}
	for range it.measures {
		it.norm += measureShare * measureShare
	}
	it.norm = math.Sqrt(it.norm)
}

// likeness of two items: 1 for equal words.
func likeness(x, y *item) float64 {
	if x.norm == 0 || y.norm == 0 {
		return 0
	}
	dot := 0.0
	for i, j := 0, 0; i < len(x.terms) && j < len(y.terms); {
		switch {
		case x.terms[i].id == y.terms[j].id:
			dot += x.terms[i].weight * y.terms[j].weight
			i, j = i+1, j+1
		case x.terms[i].id < y.terms[j].id:
			i++
		default:
			j++
		}
	}
	shared := 0
	for _, m := range x.measures {
		if slices.Contains(y.measures, m) {
			shared++
		}
	}
	dot += float64(shared) * measureShare * measureShare
	s := dot / (x.norm * y.norm)
	switch {
	case decisive(x.measures, y.measures) && shared > 0:
		s = max(s, 0.55)
	case len(x.measures) > 0 && len(y.measures) > 0 && shared == 0:
		s *= 0.5
	}
	return s
}

// decisive tells whether two criteria each have one measure of a kind that a policy has one criterion of.
func decisive(x, y []clause.Measure) bool {
	if len(x) != 1 || len(y) != 1 || x[0] != y[0] {
		return false
	}
	switch x[0] {
	case clause.BMI, clause.Hearing, clause.Acuity, clause.Cycles, clause.Episodes:
		return true
	}
	return false
}

// cluster joins the likest groups until none are alike enough: average linkage, by nearest neighbours.
func (a *aligner) cluster() {
	n := len(a.items)
	a.like = make([]float32, n*n)
	for i := range n {
		for j := i + 1; j < n; j++ {
			s := float32(a.affinity(i, j))
			a.like[i*n+j], a.like[j*n+i] = s, s
		}
	}
	dist := slices.Clone(a.like)
	size := make([]int, n)
	members := make([][]int, n)
	nearest := make([]int, n)
	for i := range n {
		size[i], members[i] = 1, []int{i}
	}
	for i := range n {
		nearest[i] = closest(dist, size, n, i)
	}
	for {
		best, bestLike := -1, float32(together)
		for i := range n {
			if size[i] > 0 && nearest[i] >= 0 && dist[i*n+nearest[i]] >= bestLike && (best < 0 || dist[i*n+nearest[i]] > bestLike) {
				best, bestLike = i, dist[i*n+nearest[i]]
			}
		}
		if best < 0 {
			break
		}
		i, j := best, nearest[best]
		if j < i {
			i, j = j, i
		}
		for k := range n {
			if size[k] == 0 || k == i || k == j {
				continue
			}
			x, y := dist[i*n+k], dist[j*n+k]
			s := (x*float32(size[i]) + y*float32(size[j])) / float32(size[i]+size[j])
			if x <= apart || y <= apart {
				s = apart
			}
			dist[i*n+k], dist[k*n+i] = s, s
		}
		members[i] = append(members[i], members[j]...)
		size[i] += size[j]
		size[j] = 0
		for k := range n {
			if size[k] > 0 && (nearest[k] == i || nearest[k] == j || k == i || dist[k*n+i] > dist[k*n+max(nearest[k], 0)]) {
				nearest[k] = closest(dist, size, n, k)
			}
		}
	}
	a.homes = make([]int, n)
	for i := range n {
		if size[i] == 0 {
			continue
		}
		slices.Sort(members[i])
		for _, k := range members[i] {
			a.homes[k] = len(a.all)
		}
		a.all = append(a.all, &group{items: members[i]})
	}
}

// apart is the likeness of what must not be joined.
const apart = -1

func closest(dist []float32, size []int, n, i int) int {
	best := -1
	if size[i] == 0 {
		return best
	}
	for k := range n {
		if k != i && size[k] > 0 && (best < 0 || dist[i*n+k] > dist[i*n+best]) {
			best = k
		}
	}
	return best
}

// affinity is the likeness of two items for clustering. Two criteria of the draft, or of the national text, are two rows
// by intention; two of one local text are one row only when they are ways to meet one thing.
func (a *aligner) affinity(i, j int) float64 {
	x, y := &a.items[i], &a.items[j]
	if x.words == y.words {
		return 1
	}
	s := likeness(x, y)
	if x.text != y.text {
		return s
	}
	if x.text == a.draft || x.text == a.national {
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

// alternatives tells whether two criteria of one text are members of one group of which one is enough.
func (a *aligner) alternatives(x, y *item) bool {
	r := &a.texts[x.text].Reading
	p, q := &r.Criteria[x.criterion], &r.Criteria[y.criterion]
	return p.Group == q.Group && p.Group >= 0 && r.Alternative(x.criterion)
}

// groups are the rows in order of their first item.
func (a *aligner) groups() []*group {
	out := slices.DeleteFunc(slices.Clone(a.all), func(g *group) bool { return len(g.items) == 0 })
	slices.SortFunc(out, func(x, y *group) int { return cmp.Compare(x.items[0], y.items[0]) })
	return out
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
