package intake

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// escaped is one atom as Markdown that shows just that character, whatever stands around it.
func (e *emitter) escaped(i int) string {
	a := e.atoms[i]
	if a.note > 0 {
		return "[^" + strconv.Itoa(a.note) + "]"
	}
	if a.r == '\n' {
		if e.at(i-1) == '\\' {
			return " " // three backslashes before a line's end are misread
		}
		return "\\\n"
	}
	if e.special(i) || e.lineStart(i) {
		return `\` + string(a.r)
	}
	return string(a.r)
}

// special says whether a character would be markup anywhere in a line.
func (e *emitter) special(i int) bool {
	switch r := e.atoms[i].r; r {
	case '\\', '`', '*', '[', '~':
		return true
	case ']':
		return e.atoms[i].href != ""
	case '_':
		return !e.wordAt(i-1) || !e.wordAt(i+1)
	case '<':
		n := e.at(i + 1)
		return unicode.IsLetter(n) || n == '/' || n == '!' || n == '?'
	case '&':
		n := e.at(i + 1)
		return n == '#' || unicode.IsLetter(n)
	case '!':
		return i+1 < len(e.atoms) && (e.atoms[i+1].href != "" || e.atoms[i+1].note > 0)
	case '|':
		return e.where == inCell || e.first(i)
	case '{':
		return e.where == inHeading
	case '#':
		return e.where == inHeading && i == len(e.atoms)-1
	}
	return false
}

// lineStart says whether a character at or near the start of a line would begin a block.
func (e *emitter) lineStart(i int) bool {
	if e.where != inParagraph {
		return false
	}
	r := e.atoms[i].r
	switch r {
	case '#', '>', '+', '-', '=':
		return e.first(i)
	case ':':
		return e.first(i)
	case '.', ')':
		return e.afterNumber(i)
	}
	return false
}

// afterNumber says whether the line up to here is a number that a list could begin with ("1986.").
func (e *emitter) afterNumber(i int) bool {
	if n := e.at(i + 1); n != 0 && n != ' ' && n != '\n' {
		return false
	}
	j := i - 1
	for j >= 0 && e.atoms[j].r >= '0' && e.atoms[j].r <= '9' && i-j <= 10 {
		j--
	}
	return j < i-1 && (j < 0 || e.atoms[j].r == '\n')
}

func (e *emitter) first(i int) bool { return i == 0 || e.atoms[i-1].r == '\n' }

func (e *emitter) at(i int) rune {
	if i < 0 || i >= len(e.atoms) || e.atoms[i].note > 0 {
		return 0
	}
	return e.atoms[i].r
}

// wordAt says whether there is a letter or digit here with no mark between it and its neighbours.
func (e *emitter) wordAt(i int) bool {
	if i < 0 || i >= len(e.atoms) || !e.atoms[i].word() {
		return false
	}
	return (i == 0 || e.atoms[i-1].style == e.atoms[i].style) && (i == len(e.atoms)-1 || e.atoms[i+1].style == e.atoms[i].style)
}

// link gives the address to keep for a link, "" when it leads nowhere that a reader could go.
func link(href string) string {
	href = strings.TrimSpace(href)
	u, err := url.Parse(href)
	if err != nil || len(href) > 2000 {
		return ""
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		if u.Host == "" {
			return ""
		}
	case "mailto", "tel":
		if u.Opaque == "" {
			return ""
		}
	default:
		return ""
	}
	return u.String()
}

// autolinkable says whether an address may stand alone in angle brackets.
func autolinkable(href string) bool {
	return strings.HasPrefix(href, "http") && !strings.ContainsAny(href, "<>\" \\`|*_")
}

var destinationEscapes = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E", `\`, "%5C",
	"|", "%7C", "*", "%2A", "`", "%60", "\n", "", "\t", "", "&", "&amp;")

// destination is an address as it stands in a link. Ampersands would otherwise begin entities such as "&copy".
func destination(href string) string { return destinationEscapes.Replace(href) }
