package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// excerpt is the criteria of some clauses of a text: only they are read, with what they hang from and what stands
// beside them in their list, for that is what the reading of a clause depends on.
type excerpt struct {
	reading  clause.Reading
	criteria map[int][]int // by clause of the whole text
	at       map[int]int   // where a clause of the whole text is in the reading's
}

// beside is how many clauses before and after an item may be in its list.
const beside = 32

func newExcerpt(t clause.Text, wanted []int) *excerpt {
	keep := make([]bool, len(t.Clauses))
	for _, i := range wanted {
		keepAround(t, i, keep)
	}
	x := &excerpt{criteria: map[int][]int{}, at: make(map[int]int, 8*len(wanted))}
	part := clause.Text{Markdown: t.Markdown}
	var whole []int
	for i := range t.Clauses {
		if !keep[i] {
			continue
		}
		c := t.Clauses[i]
		if c.Parent >= i {
			c.Parent = -1
		}
		if c.Parent >= 0 {
			c.Parent = x.at[c.Parent]
		}
		if len(c.Words) > longest {
			c.Words = "" // what is too long to be judged is not read
		}
		x.at[i] = len(whole)
		part.Clauses, whole = append(part.Clauses, c), append(whole, i)
	}
	x.reading = part.Criteria()
	for k, c := range x.reading.Criteria {
		i := whole[c.Clause]
		x.criteria[i] = append(x.criteria[i], k)
	}
	return x
}

// keepAround keeps a clause, all that it hangs from, and of its list and of the list that hangs from it what is near.
func keepAround(t clause.Text, i int, keep []bool) {
	up := func(i int) {
		for ; i >= 0 && !keep[i]; i = t.Clauses[i].Parent { // a clause already kept has all above it
			keep[i] = true
		}
	}
	up(i)
	c := t.Clauses[i]
	for k := max(0, i-beside); k < min(len(t.Clauses), i+beside+1); k++ {
		switch near := t.Clauses[k]; {
		case near.Parent == i, near.Parent == c.Parent && near.Kind == clause.Item && c.Kind == clause.Item:
			up(k)
		}
	}
}

// holding is what some clauses say.
func (x *excerpt) holding(clauses []int) Holding {
	h := Holding{Reading: &x.reading}
	for _, i := range clauses {
		h.Criteria = append(h.Criteria, x.criteria[i]...)
	}
	return h
}

// firm is what a clause says that by its own words decides who is treated.
func (x *excerpt) firm(i int) Holding {
	h := x.holding([]int{i})
	h.Criteria = slices.DeleteFunc(h.Criteria, func(k int) bool { return x.reading.Criteria[k].Weak })
	return h
}

// alone is what words say that stand in a list of criteria: for clauses in which the reading saw none.
func alone(words string, side clause.Side) Holding {
	title := "Criteria"
	if side == clause.Bars {
		title = "Exclusions"
	}
	t := clause.Text{Clauses: []clause.Clause{{Kind: clause.Heading, Level: 2, Parent: -1, Words: title}, {Kind: clause.Paragraph, Parent: 0, Words: words}}}
	r := t.Criteria()
	h := Holding{Reading: &r}
	for k := range r.Criteria {
		h.Criteria = append(h.Criteria, k)
	}
	return h
}
