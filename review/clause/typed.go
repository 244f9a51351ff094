package clause

import (
	"regexp"
	"strconv"
	"strings"
)

// class says how a typed number counts.
type class int

const (
	dotted  class = iota // 1.2, 3.1.4; a heading's plain number is one of a single part
	arabic               // (1), 1\.
	letter               // (a), B)
	numeral              // (i), IV.
)

// mark is a number that may have been typed by hand, at the start of a line.
type mark struct {
	line    int
	indent  int
	prefix  string // what stands before it: indent, list marker, heading marks
	text    string // the number as typed, with its brackets
	rest    string // the line without it
	shape   string // its brackets and case: numbers of one sequence share it
	path    []int  // of a dotted number
	values  map[class]int
	heading bool
	item    bool // in an item of a Markdown list already
}

var (
	linePrefix = regexp.MustCompile(`^([ \t]*)(?:(#{1,6})[ \t]+|(?:[-*+]|\d{1,9}[.)])[ \t]+)?`)
	typedMark  = regexp.MustCompile(`^(\*\*|__)?(\\?\(?)([0-9]{1,2}(?:\.[0-9]{1,2}){0,3}|[a-z]{1,5}|[A-Z]{1,5})(\\?[.)]?)(\*\*|__)?[ \t\x{00A0}]+`)
	// What follows a quantity rather than a clause's number.
	unitAhead = regexp.MustCompile(`(?i)^(%|°|x\b|(mg|mcg|g|kg|ml|l|cm|mm|m|km|db|dbhl|hz|or|and|to|per|of|times|percent|hours?|days?|weeks?|months?|years?|cycles?|episodes?|points?|units?)\b)`)
)

// findMark looks for a typed number at the start of a line.
func findMark(line string, index int) (mark, bool) {
	p := linePrefix.FindStringSubmatch(line)
	m := mark{line: index, prefix: p[0], indent: width(p[1]), heading: p[2] != ""}
	m.item = !m.heading && len(strings.TrimSpace(p[0])) > 0
	body := line[len(p[0]):]
	f := typedMark.FindStringSubmatch(body)
	if f == nil {
		return m, false
	}
	bold, open, number, end, unbold := f[1], strings.TrimPrefix(f[2], `\`), f[3], strings.TrimPrefix(f[4], `\`), f[5]
	if open == "(" && end != ")" || unbold != "" && unbold != bold {
		return m, false
	}
	m.text = open + number + end
	m.rest = body[len(f[0]):]
	if bold != unbold {
		m.rest = bold + m.rest // the whole line is bold, not the number alone
	}
	return m, strings.TrimSpace(m.rest) != "" && m.read(open, number, end)
}

// read finds what the number may count as; false when it is none.
func (m *mark) read(open, number, end string) bool {
	if isDigit(number[0]) {
		return m.readFigures(open, number, end)
	}
	if end == "" {
		return false
	}
	low := strings.ToLower(number)
	m.values = map[class]int{}
	if v := letterValue(low); v > 0 {
		m.values[letter] = v
	}
	if v := romanValue(low); v > 0 {
		m.values[numeral] = v
	}
	m.shape = open + caseOf(number) + end
	return len(m.values) > 0
}

func (m *mark) readFigures(open, number, end string) bool {
	parts := strings.Split(number, ".")
	if len(parts) == 1 && !m.heading {
		if end == "" {
			return false // "7 or more"
		}
		v, _ := strconv.Atoi(number)
		m.values = map[class]int{arabic: v}
		m.shape = open + "1" + end
		return true
	}
	if open != "" || unitAhead.MatchString(m.rest) {
		return false
	}
	for _, part := range parts {
		v, _ := strconv.Atoi(part)
		m.path = append(m.path, v)
	}
	m.values = map[class]int{dotted: m.path[len(m.path)-1]}
	m.shape = "dotted"
	return true
}

func caseOf(number string) string {
	if number[0] >= 'a' {
		return "a"
	}
	return "A"
}

// letterValue reads a, b … z, aa, ab … as letters writes them.
func letterValue(s string) int {
	if len(s) > 2 {
		return 0
	}
	v := 0
	for i := range len(s) {
		v = v*26 + int(s[i]-'a') + 1
	}
	return v
}

// romanValue reads Roman figures; 0 when s is not a number as roman writes it.
func romanValue(s string) int {
	const most = 50
	for n := 1; n <= most; n++ {
		if roman(n) == s {
			return n
		}
	}
	return 0
}

func width(indent string) int {
	return len(strings.ReplaceAll(indent, "\t", "    "))
}
