package harmony

import (
	"math"
	"math/bits"
	"slices"
)

const (
	together = 0.13 // how alike two groups must be to be one row
	overlap  = 0.85 // how much less alike two groups are that have criteria of all the same texts
)

// cluster joins the likest groups until none are alike enough. A group is as like another as the sums of their items'
// terms are: what one paraphrase lacks, another has.
func (a *aligner) cluster() {
	n := len(a.items)
	c := clusters{n: n, live: make([]int, n), texts: make([]textSet, n), like: make([]float32, n*n), nearest: make([]int, n), most: make([]float32, n), stale: make([]bool, n), sums: make([]vector, n), members: make([][]int, n)}
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
		c.look(i)
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
	most    []float32 // how like that is; at most so much where it is stale
	stale   []bool    // whether the nearest is to be looked for again
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

// likest is a group that is alike enough to its nearest, and more than any other; -1 when there is none. Who is nearest
// is looked for again only here, for those that may be the likest: doing it at each join would take a cube of the time
// where many are equally alike.
func (c *clusters) likest() int {
	for {
		best, most := -1, float32(together)
		for _, i := range c.live {
			if s := c.most[i]; s > most || best < 0 && s == most {
				best, most = i, s
			}
		}
		if best < 0 || !c.stale[best] {
			return best
		}
		c.look(best)
	}
}

// look finds which group is nearest to one.
func (c *clusters) look(i int) {
	c.stale[i] = false
	if c.nearest[i] = c.closest(i); c.nearest[i] >= 0 {
		c.most[i] = c.like[i*c.n+c.nearest[i]]
		return
	}
	c.most[i] = apart
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

// join puts group j into group i, and notes for each group which is nearest, or that this is not known any more.
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
		s := float32(apart)
		if c.like[i*n+k] != apart && c.like[j*n+k] != apart {
			s = float32(c.sums[i].like(c.sums[k]) * (1 - overlap*c.texts[i].shared(c.texts[k])))
		}
		c.like[i*n+k], c.like[k*n+i] = s, s
		switch {
		case s > c.most[k]:
			c.nearest[k], c.most[k], c.stale[k] = i, s, false
		case c.nearest[k] == i || c.nearest[k] == j:
			c.stale[k] = true
		}
	}
	c.look(i)
}
