package review

import (
	"regexp"
	"slices"
	"strings"
)

var (
	codeWords  = regexp.MustCompile(`(?i)\bopcs(?:[-\s]?4(?:\.\d{1,2})?)?|\bicd(?:[-\s]?10)?|\bdiagnos\w+ codes?\b|\b(?:procedure |treatment )?codes?\b`)
	oneCode    = `[A-Z]\d{2}(?:\.[0-9X]{1,2})?[DA]?`
	codeOrSpan = regexp.MustCompile(`\b(` + oneCode + `)(?:\s*(?:[-–]|to)\s*(` + oneCode + `))?\b`)
	goesOn     = regexp.MustCompile(`^(?:[-*+|]|\d+[.)]|` + oneCode + `)`) // an item, a row, or a line of codes
	tableRule  = regexp.MustCompile(`^[|\s:-]+$`)
)

type codeSystem int

const (
	noSystem codeSystem = iota
	opcsSystem
	icdSystem
)

func systemOf(words string) codeSystem {
	words = strings.ToLower(words)
	if strings.HasPrefix(words, "icd") || strings.HasPrefix(words, "diagnos") {
		return icdSystem
	}
	return opcsSystem
}

// FindCodes are the codes that a text gives as such: after a word that announces codes, in the same line, in the lines
// that go on with codes, or under a heading with such a word. Elsewhere letters and digits are no codes: “vitamin B12”,
// “at T10”. Codes that are merely called codes are taken for OPCS-4.
func FindCodes(markdown string) Codes {
	var out Codes
	system := noSystem
	for _, line := range strings.Split(markdown, "\n") {
		if line = strings.TrimSpace(line); line == "" || tableRule.MatchString(line) {
			continue
		}
		if !goesOn.MatchString(line) {
			system = noSystem
		}
		found, last := out.inLine(line, system)
		if last != noSystem || !found {
			system = last
		}
	}
	return out
}

// inLine takes the codes of one line. last is the system that was announced, none when two were: then nobody can tell
// of which of them the next lines are.
func (c *Codes) inLine(line string, system codeSystem) (found bool, last codeSystem) {
	labels := codeWords.FindAllStringIndex(line, -1)
	for _, at := range labels {
		last = systemOf(line[at[0]:at[1]])
	}
	if len(labels) > 1 && systemOf(line[labels[0][0]:]) != last {
		last = noSystem
	}
	for _, m := range codeOrSpan.FindAllStringSubmatchIndex(line, -1) {
		of := system
		for _, at := range labels {
			if at[1] <= m[0] {
				of = systemOf(line[at[0]:at[1]])
			}
		}
		code := line[m[2]:m[3]]
		if m[4] >= 0 {
			code += "-" + line[m[4]:m[5]]
		}
		found = c.add(of, code) || found
	}
	return found, last
}

func (c *Codes) add(system codeSystem, code string) bool {
	switch {
	case system == opcsSystem && codeFault(code, opcs4, "") == "":
		c.OPCS4 = addOnce(c.OPCS4, code)
	case system == icdSystem && codeFault(code, icd10, "") == "":
		c.ICD10 = addOnce(c.ICD10, code)
	default:
		return false
	}
	return true
}

func addOnce(list []string, code string) []string {
	if slices.Contains(list, code) {
		return list
	}
	return append(list, code)
}

// ParseCodes reads codes as people type them into one field, each after a comma, a semicolon, a slash or a space; ok is
// false when anything in it is no code. Without a word that says ICD they are taken for OPCS-4.
func ParseCodes(typed string) (c Codes, ok bool) {
	rest := codeWords.ReplaceAllString(typed, "")
	rest = codeOrSpan.ReplaceAllString(rest, "")
	if strings.Trim(rest, " ,;/:&+()\n\t") != "" {
		return Codes{}, false
	}
	c.inLine(typed, opcsSystem)
	return c, !c.Empty()
}

var bracketed = regexp.MustCompile(`\s*[(\[]([^()\[\]]*)[)\]]`)

// TitleCodes are the codes that stand in brackets in a title, and its name without them: “Varicose veins (L84-L88)”.
// Brackets with anything else in them are part of the name.
func TitleCodes(title string) (name string, codes Codes) {
	name = bracketed.ReplaceAllStringFunc(title, func(s string) string {
		c, ok := ParseCodes(bracketed.FindStringSubmatch(s)[1])
		if !ok {
			return s
		}
		codes = codes.and(c)
		return ""
	})
	return strings.TrimSpace(name), codes
}

func (c Codes) and(o Codes) Codes {
	for _, x := range o.OPCS4 {
		c.OPCS4 = addOnce(c.OPCS4, x)
	}
	for _, x := range o.ICD10 {
		c.ICD10 = addOnce(c.ICD10, x)
	}
	return c
}

// TextCodes are the codes of a text with its title: those in the brackets of the title, and those that FindCodes finds.
func TextCodes(title, markdown string) Codes {
	_, codes := TitleCodes(title)
	return codes.and(FindCodes(markdown))
}

// Shares tells whether any code is in both, by itself or within a range: F34.1 is within F34 and within F30-F36.
func (c Codes) Shares(o Codes) bool {
	return shareCode(c.OPCS4, o.OPCS4) || shareCode(c.ICD10, o.ICD10)
}

func shareCode(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool {
		return slices.ContainsFunc(b, func(y string) bool {
			f, g := spanOf(x), spanOf(y)
			return f.letter == g.letter && f.from <= g.to && g.from <= f.to
		})
	})
}

// A codeSpan is a code or a range as numbers of hundredths: F34 is F, 3400 to 3499.
type codeSpan struct {
	letter   byte
	from, to int
}

func spanOf(code string) codeSpan {
	from, to, isRange := rangeEnds(code)
	s := hundredths(from)
	if isRange {
		s.to = hundredths(to).to
	}
	return s
}

func hundredths(code string) codeSpan {
	if code == "" {
		return codeSpan{}
	}
	n, width := 0, 10_000
	for _, r := range code[1:] {
		if r >= '0' && r <= '9' && width > 1 {
			width /= 10
			n += int(r-'0') * width
		}
	}
	return codeSpan{letter: code[0], from: n, to: n + width - 1}
}
