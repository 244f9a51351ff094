package textdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokens splits text into words, spaces and punctuation; joined they are the text. What stands without a space
// is one word, so "6/12", "38.3", "C71-C75", "≥7" and "30°" are never split; only the punctuation around a word
// is its own token, mark by mark.
func tokens(text string) []string {
	out := make([]string, 0, len(text)/3)
	for len(text) > 0 {
		n := strings.IndexFunc(text, unicode.IsSpace)
		if n == 0 {
			n = len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
			out = append(out, text[:n])
			text = text[n:]
			continue
		}
		if n < 0 {
			n = len(text)
		}
		out = appendWord(out, text[:n])
		text = text[n:]
	}
	return out
}

func appendWord(out []string, word string) []string {
	for word != "" {
		r, n := utf8.DecodeRuneInString(word)
		if !opens(r) {
			break
		}
		out = append(out, word[:n])
		word = word[n:]
	}
	end := len(word)
	for end > 0 {
		r, n := utf8.DecodeLastRuneInString(word[:end])
		if !closes(r) {
			break
		}
		end -= n
	}
	if end > 0 {
		out = appendDashed(out, word[:end])
	}
	for _, r := range word[end:] {
		out = append(out, string(r))
	}
	return out
}

// appendDashed parts words that a long dash joins: it parts clauses of a sentence, not parts of a word.
func appendDashed(out []string, word string) []string {
	const dash = "—"
	for {
		before, after, found := strings.Cut(word, dash)
		if before != "" {
			out = append(out, before)
		}
		if !found {
			return out
		}
		out = append(out, dash)
		word = after
	}
}

func opens(r rune) bool { return strings.ContainsRune(`([{"'“‘«`, r) }

func closes(r rune) bool { return strings.ContainsRune(`)]}"'”’».,;:!?…`, r) }
