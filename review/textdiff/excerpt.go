package textdiff

import (
	"slices"

	"concordat/review/clause"
)

// beside is how many clauses before and after an item may be in its list.
const beside = 32

// read is what some clauses say of who is treated. Only they are read, with what they hang from and with how the items
// beside them end, for that is what the reading of a clause depends on.
func read(t clause.Text, wanted []int) Holding {
	kept := make([]int, 0, 16)
	for _, i := range wanted {
		kept = keepAround(kept, t, i)
	}
	slices.Sort(kept)
	kept = slices.Compact(kept)
	part := clause.Text{Markdown: t.Markdown, Clauses: make([]clause.Clause, len(kept))}
	for k, i := range kept {
		c := t.Clauses[i]
		parent, found := slices.BinarySearch(kept[:k], c.Parent)
		if c.Parent = parent; !found {
			c.Parent = -1
		}
		part.Clauses[k] = c
		if len(c.Words) > Longest {
			part.Clauses[k].Words = "" // what is too long to be judged is not read
		}
		if c.Kind == clause.Item && !slices.Contains(wanted, i) && !leads(kept, t, i) {
			part.Clauses[k].Words = jointOf(c.Words)
		}
	}
	r := part.Criteria()
	h := Holding{Reading: &r}
	for k, c := range r.Criteria {
		if slices.Contains(wanted, kept[c.Clause]) {
			h.Criteria = append(h.Criteria, k)
		}
	}
	return h
}

// keepAround adds a clause, all that it hangs from, and what is near of its list and of the list that hangs from it.
func keepAround(kept []int, t clause.Text, i int) []int {
	c := t.Clauses[i]
	for up := i; up >= 0 && up < len(t.Clauses); {
		kept = append(kept, up)
		if t.Clauses[up].Parent >= up {
			break
		}
		up = t.Clauses[up].Parent
	}
	for k := max(0, i-beside); k < min(len(t.Clauses), i+beside+1); k++ {
		if near := t.Clauses[k]; near.Kind == clause.Item && (near.Parent == i || near.Parent == c.Parent && c.Kind == clause.Item) {
			kept = append(kept, k)
		}
	}
	return kept
}

// leads tells whether one of the clauses that are kept hangs from an item.
func leads(kept []int, t clause.Text, item int) bool {
	return slices.ContainsFunc(kept, func(i int) bool { return t.Clauses[i].Parent == item })
}

// jointOf is what of an item's words binds its list: "and" or "or" at one of its ends.
func jointOf(words string) string {
	switch b, _ := joint(words); b {
	case allOfList:
		return "; and"
	case oneOfList:
		return "; or"
	}
	return ""
}
