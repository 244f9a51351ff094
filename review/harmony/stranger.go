package harmony

import (
	"slices"

	"concordat/review/clause"
)

// setStrangersApart finds the texts that seem to be about another treatment: they have hardly any of the words that most
// of the others have and that are not common to many policies, and hardly any of their criteria went to a row with
// others. With fewer than three texts nobody could tell, nor of a text that says next to nothing: "Not funded." Those that
// a person says belong here stay.
func (a *aligner) setStrangersApart(list []Correction) {
	words, df, n := a.vocabularies()
	for k := range a.locals {
		apart := n >= 3 && words[k] != nil && len(a.locals[k].Reading.Criteria) >= fewest && strange(words[k], df, n) && a.aloneIn(k)
		place := a.locals[k].Place
		a.kept[place] = apart && slices.ContainsFunc(list, func(c Correction) bool { return c.Act == Belong && c.Place == place })
		if !apart || a.kept[place] {
			a.columns = append(a.columns, k)
			continue
		}
		a.strangers = append(a.strangers, a.locals[k])
		var own []int
		for i := range a.items {
			if a.items[i].text == k {
				own = append(own, i)
			}
		}
		a.send(own, -1)
	}
}

// fewest is how many criteria a text has at least of which can be told that it is about another treatment.
const fewest = 2

// vocabularies are the words of each local text, how many texts have each, and how many texts there are.
func (a *aligner) vocabularies() (words []map[string]bool, df map[string]int, n int) {
	words, df = make([]map[string]bool, len(a.locals)), map[string]int{}
	for k, x := range a.locals {
		if x.Without != "" || !slices.ContainsFunc(x.Reading.Criteria, func(c clause.Criterion) bool { return seen(&c) }) {
			continue
		}
		n++
		words[k] = map[string]bool{}
		for _, term := range naming(x) {
			if !words[k][term] && !clause.Common(term) {
				words[k][term] = true
				df[term]++
			}
		}
	}
	return words, df, n
}

// seen tells whether the program saw a criterion by itself.
func seen(c *clause.Criterion) bool { return !c.Taken }

// unlike is the average likeness to the others below which a text may be a stranger.
const unlike = 0.54

// aloneIn tells whether a text's criteria are hardly like any of the others': on average less than unlike.
func (a *aligner) aloneIn(text int) bool {
	n, count, sum := len(a.items), 0, 0.0
	for i := range a.items {
		if a.items[i].text != text || !seen(a.of(&a.items[i])) {
			continue
		}
		best := float32(0)
		for j := range a.items {
			if a.items[j].text != text {
				best = max(best, a.like[i*n+j])
			}
		}
		count++
		sum += float64(best)
	}
	return sum < unlike*float64(max(count, 1))
}

// naming are the terms of a text's criteria, of its headings and of its beginning, which name the treatment.
func naming(x Text) []string {
	const beginning = 4
	var out []string
	for i, c := range x.Reading.Text.Clauses {
		if c.Kind == clause.Heading || i < beginning {
			out = append(out, clause.Terms(c.Words)...)
		}
	}
	for _, c := range x.Reading.Criteria {
		if seen(&c) {
			out = append(out, c.Terms...)
		}
	}
	return out
}

// strange tells whether a text has less than a sixth of the words that two of three others have.
func strange(own map[string]bool, df map[string]int, n int) bool {
	usual, shared := 0, 0
	for term, k := range df {
		if own[term] {
			k--
		}
		if k < 2 || 3*k < 2*(n-1) {
			continue
		}
		usual++
		if own[term] {
			shared++
		}
	}
	return usual >= 3 && 6*shared < usual
}
