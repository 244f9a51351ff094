package clause

import "strings"

// wordSet is a set of words that mean one thing to the reading, as one bit; wordSets joined by "|" are a set too. Each
// word of a text is looked up once and knows all sets that it is in.
type wordSet uint64

// vocabulary are the words that are in a set.
var vocabulary = map[string]wordSet{}

var sets wordSet = 1 // the bit of the next set

// set makes a set of the words in a string. Sets are made while the package starts, and there are at most 64.
func set(words string) wordSet {
	own := sets
	if own == 0 {
		panic("clause: more than 64 sets of words")
	}
	sets <<= 1
	for _, w := range strings.Fields(words) {
		vocabulary[w] |= own
	}
	return own
}

func setOf[V any](words map[string]V) wordSet {
	own := set("")
	for w := range words {
		vocabulary[w] |= own
	}
	return own
}

func (s wordSet) has(word string) bool { return vocabulary[word]&s != 0 }

// is tells whether a token is a word of a set.
func (t token) is(s wordSet) bool { return t.sets&s != 0 }

func anyWord(ts []token, s wordSet) bool {
	for i := range ts {
		if ts[i].sets&s != 0 {
			return true
		}
	}
	return false
}
