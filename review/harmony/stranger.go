package harmony

import "concordat/review/clause"

// strangers takes out the texts that seem to be about another treatment: hardly any of their words are words of the
// others. With fewer than three texts nobody could tell which one is the stranger.
func strangers(t Topic) (own, other []Text) {
	texts := make([]map[string]bool, len(t.Locals))
	df := map[string]int{}
	n := 0
	for i, x := range t.Locals {
		if x.Without != "" || len(x.Reading.Criteria) == 0 {
			continue
		}
		n++
		texts[i] = map[string]bool{}
		for _, c := range x.Reading.Text.Clauses {
			for _, term := range clause.Terms(c.Words) {
				texts[i][term] = true
			}
		}
		for term := range texts[i] {
			df[term]++
		}
	}
	for i, x := range t.Locals {
		if n >= 3 && texts[i] != nil && strange(texts[i], df, n) {
			other = append(other, x)
			continue
		}
		own = append(own, x)
	}
	return own, other
}

// strange tells whether a text lacks nearly all of the words that most of the others have, and most of its own words are
// in none of them. A short text says too little to be judged.
func strange(own map[string]bool, df map[string]int, n int) bool {
	const enough = 10
	usual, shared, alone := 0, 0, 0
	for term, k := range df {
		if own[term] {
			k--
			if k == 0 {
				alone++
			}
		}
		if k < 2 || 2*k < n-1 {
			continue
		}
		usual++
		if own[term] {
			shared++
		}
	}
	return len(own) >= enough && usual >= 4 && 5*shared < usual && 2*alone > len(own)
}
