package view

import "strings"

// slug makes an id of words: lower case, spaces as hyphens, at most max bytes of ASCII letters and digits.
func slug(words string, max int) string {
	var b strings.Builder
	for _, r := range strings.ToLower(words) {
		switch {
		case b.Len() == max:
			return b.String()
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r == '-':
			b.WriteByte('-')
		}
	}
	return b.String()
}
