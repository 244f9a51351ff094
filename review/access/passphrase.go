package access

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concordat/review/record"
)

// Lengths of a passphrase in characters. There are no rules about which characters (NIST SP 800-63B-4, section 3.1.1.2:
// length and a list of common ones in place of composition rules).
const (
	MinPassphrase = 12
	MaxPassphrase = 200
)

//go:embed common.txt
var commonWords string

// CheckPassphrase says what is wrong with a new passphrase. own are words that stand for its owner or for the
// service: names, the e-mail address. The field is "passphrase".
func CheckPassphrase(passphrase string, own ...string) (faults record.Faults) {
	length := utf8.RuneCountInString(passphrase)
	switch {
	case !utf8.ValidString(passphrase):
		faults.Add(true, "passphrase", "Enter a passphrase that your keyboard can type again")
	case length < MinPassphrase:
		faults.Add(true, "passphrase", "Enter 12 characters or more. Three or four words that do not belong together are easy to remember")
	case length > MaxPassphrase:
		faults.Add(true, "passphrase", "Enter 200 characters or fewer")
	case isCommon(passphrase, own):
		faults.Add(true, "passphrase", "Choose another one: this is among those that are guessed first. Three or four words that do not belong together are better")
	}
	return faults
}

// fewNew is how many characters must be left when common words, years and runs are taken out;
// manyWords is how many common words together are as good as those characters.
const (
	fewNew    = 4
	manyWords = 4
)

// isCommon tells whether little is left of a passphrase once what everybody tries first is taken out of it. Digits are
// taken as themselves, as in a year, and as the letters they stand in for.
func isCommon(passphrase string, own []string) bool {
	plain := fold(passphrase)
	return littleLeft(plain, own) || littleLeft(standIns.Replace(plain), own)
}

func littleLeft(s string, own []string) bool {
	if repeats(s) || distinct(s) < 5 {
		return true
	}
	s, _ = without(s, ownWords(own))
	s, found := without(s, strings.Fields(commonWords))
	left := strings.ReplaceAll(withoutRuns(s), " ", "")
	return utf8.RuneCountInString(left) < fewNew && found < manyWords
}

// without takes words out, the longest first, or "pass" would spoil "passphrase". found is how many there were.
func without(s string, words []string) (left string, found int) {
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	for _, w := range words {
		found += strings.Count(s, w)
		s = strings.ReplaceAll(s, w, " ")
	}
	return s, found
}

var standIns = strings.NewReplacer("4", "a", "3", "e", "1", "i", "0", "o", "5", "s", "7", "t")

// fold makes a passphrase lower case, without signs but those that stand in for letters.
func fold(s string) string {
	s = strings.NewReplacer("@", "a", "$", "s").Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// ownWords are the parts of names and addresses, of three letters or more.
func ownWords(own []string) []string {
	var out []string
	for _, o := range own {
		for _, w := range strings.FieldsFunc(strings.ToLower(o), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if w = fold(w); utf8.RuneCountInString(w) >= 3 {
				out = append(out, w)
			}
		}
	}
	return out
}

// repeats tells whether a text is one short piece over and over.
func repeats(s string) bool {
	for n := 1; n <= len(s)/2; n++ {
		if strings.HasPrefix(strings.Repeat(s[:n], len(s)/n+1), s) {
			return true
		}
	}
	return false
}

func distinct(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		seen[r] = true
	}
	return len(seen)
}

// runs are rows of keys and alphabets that fingers walk along, forwards or backwards.
var runs = []string{"abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm"}

// withoutRuns takes out pieces of four or more that follow a run, and whole numbers of up to four digits: years, "123".
func withoutRuns(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		if n := runLength(s); n >= 4 {
			b.WriteByte(' ')
			s = s[n:]
			continue
		}
		r, size := utf8.DecodeRuneInString(s)
		b.WriteRune(r)
		s = s[size:]
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return unicode.IsDigit(r) || r == ' ' }), " ")
}

func runLength(s string) int {
	longest := 0
	for _, run := range runs {
		for _, way := range []string{run, backwards(run)} {
			for start := range way {
				longest = max(longest, shared(s, way[start:]))
			}
		}
	}
	return longest
}

func shared(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func backwards(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}
