package public

import "strings"

// stem takes the endings off an English word that tell only number and time, so that "veins" finds "vein" and
// "snoring" finds "snore". It is light on purpose: a heavier one makes "organ" of "organisation". What it makes need
// not be a word.
func stem(w string) string {
	if len(w) < 4 || strings.ContainsAny(w, "0123456789") {
		return w
	}
	w = singular(w)
	for _, end := range []string{"ing", "ed"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= 3 && strings.ContainsAny(s, "aeiouy") {
			w = undouble(s)
			break
		}
	}
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "e")
	}
	return w
}

func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "sses"), strings.HasSuffix(w, "xes"), strings.HasSuffix(w, "ches"), strings.HasSuffix(w, "shes"):
		return w[:len(w)-2]
	case strings.HasSuffix(w, "ss"), strings.HasSuffix(w, "us"), strings.HasSuffix(w, "is"):
		return w
	case strings.HasSuffix(w, "s"):
		return w[:len(w)-1]
	}
	return w
}

// undouble makes "stop" of "stopp", and leaves "fall", "pass" and "buzz".
func undouble(w string) string {
	n := len(w)
	if n < 4 || w[n-1] != w[n-2] || strings.ContainsRune("aeiouylsz", rune(w[n-1])) {
		return w
	}
	return w[:n-1]
}

// chunks are the words of a text in lower case without accents; what joins words ("x-ray", "A65.1") stays inside.
func chunks(text string) []string {
	return strings.FieldsFunc(fold(text), func(r rune) bool { return !wordRune(r) && !strings.ContainsRune(joiners, r) })
}

const joiners = ".-/'’"

func wordRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f && r != '’' && r != '“' && r != '”' && r != '–'
}

// parts are the words inside a chunk, and joined is the chunk without what joins them; joined is "" for a single word.
func parts(chunk string) (words []string, joined string) {
	chunk = strings.Trim(chunk, joiners)
	for _, end := range []string{"'s", "’s"} {
		chunk = strings.TrimSuffix(chunk, end)
	}
	words = strings.FieldsFunc(chunk, func(r rune) bool { return strings.ContainsRune(joiners, r) })
	if len(words) > 1 {
		joined = strings.Join(words, "")
	}
	return words, joined
}

// accents are the letters that people leave out when they type.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "ø", "o", "ú", "u", "ù", "u", "û", "u", "ü", "u",
	"ç", "c", "ñ", "n", "œ", "oe", "æ", "ae")

func fold(s string) string { return accents.Replace(strings.ToLower(s)) }

// off tells whether one typing error makes a of b: a letter wrong, left out, too many, or two in the wrong order.
func off(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	if a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
