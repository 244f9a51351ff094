package clause

import (
	"strings"
	"unicode"
)

// bag counts words.
type bag map[string]int

func bagOf(words string) bag {
	out := bag{}
	for w := range strings.FieldsSeq(words) {
		if w = plainOf(w); w != "" {
			out[w]++
		}
	}
	return out
}

func plainOf(w string) string { return strings.ToLower(strings.TrimFunc(w, unicode.IsPunct)) }

func count(words string) int {
	n := 0
	for w := range strings.FieldsSeq(words) {
		if plainOf(w) != "" {
			n++
		}
	}
	return n
}

// take takes words out of the bag and tells how many it had; taken, where given, lists them.
func (b bag) take(words string, taken *[]string) int {
	n := 0
	for w := range strings.FieldsSeq(words) {
		if w = plainOf(w); b[w] > 0 {
			b[w]--
			n++
			if taken != nil {
				*taken = append(*taken, w)
			}
		}
	}
	return n
}

// holds takes the words of a part out of the bag when it has enough of them, and adds them to the sums.
func (b bag) holds(words string, shared, total *int) bool {
	var taken []string
	n, all := b.take(words, &taken), count(words)
	if n == 0 || float64(n) < ofPart*float64(all) {
		for _, w := range taken {
			b[w]++
		}
		return false
	}
	*shared, *total = *shared+n, *total+all
	return true
}
