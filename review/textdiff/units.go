package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// unit is what is judged as one: a changed clause, or several to which one thing was done.
type unit struct {
	changes       []int
	before, after []int // clauses
	kind          Kind
	columns       bool // the rows of a table of which a column came or went
}

// units groups the changes of a difference.
func units(before, after clause.Text, d Diff) []unit {
	g := grouper{before: before, after: after, d: d, column: map[[2]int]int{}}
	for i := range d.Changes {
		g.add(i)
	}
	g.closeGap()
	return slices.DeleteFunc(g.out, func(u unit) bool { return u.changes == nil })
}

type grouper struct {
	before, after clause.Text
	d             Diff
	out           []unit
	gone, came    []int          // units since the last clause that stayed
	column        map[[2]int]int // by the headers of a table, its unit
}

func (g *grouper) add(i int) {
	ch := &g.d.Changes[i]
	if ch.Kind == Same && !ch.Markup {
		g.closeGap()
		return
	}
	u := unit{changes: []int{i}, kind: ch.Kind}
	if ch.Before >= 0 {
		u.before = []int{ch.Before}
	}
	if ch.After >= 0 {
		u.after = []int{ch.After}
	}
	switch ch.Kind {
	case Parted, Joined:
		if g.d.goesOn(i) {
			last := &g.out[len(g.out)-1]
			last.changes = append(last.changes, i)
			if ch.Kind == Parted {
				last.after = append(last.after, ch.After)
			} else {
				last.before = append(last.before, ch.Before)
			}
			return
		}
	case Removed:
		g.gone = append(g.gone, len(g.out))
	case Added:
		g.came = append(g.came, len(g.out))
	case Edited, MovedEdited:
		if g.joinColumns(ch, u) {
			return
		}
	}
	g.out = append(g.out, u)
}

// joinColumns makes one unit of the rows of a table that have now more or fewer cells.
func (g *grouper) joinColumns(ch *Change, u unit) bool {
	x, y := &g.before.Clauses[ch.Before], &g.after.Clauses[ch.After]
	if x.Kind != clause.Row || y.Kind != clause.Row || len(cells(x.Words)) == len(cells(y.Words)) {
		return false
	}
	key := [2]int{head(g.before, ch.Before), head(g.after, ch.After)}
	if k, ok := g.column[key]; ok {
		first := &g.out[k]
		first.changes, first.before, first.after = append(first.changes, u.changes...), append(first.before, u.before...), append(first.after, u.after...)
		return true
	}
	g.column[key] = len(g.out)
	u.columns = true
	g.out = append(g.out, u)
	return true
}

// head is the header row of a row's table.
func head(t clause.Text, row int) int {
	if p := t.Clauses[row].Parent; p >= 0 && t.Clauses[p].Kind == clause.Row {
		return p
	}
	return row
}

// closeGap takes clauses that were written anew for what stood there before: those that sound the same, and all, one for
// one, when as many went as came.
func (g *grouper) closeGap() {
	g.pair(g.sameWords())
	const most = 1 << 10 // pairs; policies have a handful
	if len(g.gone)*len(g.came) <= most {
		g.pair(g.likest)
	}
	if len(g.gone) == len(g.came) {
		for k, b := range g.gone {
			g.rewrite(&g.out[b], &g.out[g.came[k]])
		}
	}
	g.gone, g.came = g.gone[:0], g.came[:0]
}

// pair makes one unit of each clause that went and the one that a choice gives for it, if any.
func (g *grouper) pair(choose func(b int) int) {
	for _, b := range g.gone {
		if a := choose(b); a >= 0 {
			replaced(&g.out[b], &g.out[a])
		}
	}
	g.gone = slices.DeleteFunc(g.gone, func(b int) bool { return len(g.out[b].after) > 0 })
	g.came = slices.DeleteFunc(g.came, func(a int) bool { return g.out[a].changes == nil })
}

// sameWords chooses a clause of the same words, be it of another kind.
func (g *grouper) sameWords() func(b int) int {
	by := map[string]int{}
	for _, a := range g.came {
		by[g.after.Clauses[g.out[a].after[0]].Words] = a
	}
	return func(b int) int {
		if a, ok := by[g.before.Clauses[g.out[b].before[0]].Words]; ok && g.out[a].changes != nil {
			return a
		}
		return -1
	}
}

// likest chooses the clause of the same kind that says most of the same.
func (g *grouper) likest(b int) int {
	p := g.before.Clauses[g.out[b].before[0]]
	best, at := mostly, -1
	for _, a := range g.came {
		if y := &g.out[a]; y.changes != nil {
			q := g.after.Clauses[y.after[0]]
			if l := likenessOf(p.Words, q.Words); p.Kind == q.Kind && p.Kind != clause.Row && l > best {
				best, at = l, a
			}
		}
	}
	return at
}

// mostly is the share of meaning words in common above which a clause is known among several that were written anew.
const mostly = 0.6

// rewrite joins y to x when they have enough in common. A heading is the name of what stands under it, whatever its words.
func (g *grouper) rewrite(x, y *unit) {
	p, q := g.before.Clauses[x.before[0]], g.after.Clauses[y.after[0]]
	switch {
	case (p.Kind == clause.Row) != (q.Kind == clause.Row), (p.Kind == clause.Heading) != (q.Kind == clause.Heading):
	case p.Kind == clause.Heading, likenessOf(p.Words, q.Words) >= rewritten:
		replaced(x, y)
	}
}

// replaced makes one unit of what went and what came in its place, and leaves the other without changes.
func replaced(x, y *unit) {
	x.after, x.kind = y.after, Edited
	x.changes = append(x.changes, y.changes...)
	slices.Sort(x.changes)
	y.changes = nil
}

// rewritten is the share of meaning words that a clause written anew has in common with the one it replaced.
const rewritten = 0.2

// likenessOf is the share of their meaning words that two texts have in common, from 0 to 1.
func likenessOf(a, b string) float64 {
	x, y := clause.Terms(a), clause.Terms(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for _, t := range x {
		if _, ok := slices.BinarySearch(y, t); ok {
			both++
		}
	}
	return float64(both) / float64(min(len(x), len(y)))
}
