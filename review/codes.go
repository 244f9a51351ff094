package review

import (
	"fmt"
	"regexp"
	"strings"

	"concordat/review/record"
)

var (
	opcs4 = regexp.MustCompile(`^[A-Z]\d{2}(\.\d)?$`)
	icd10 = regexp.MustCompile(`^[A-Z]\d{2}(\.?[0-9X]{1,2})?[DA]?$`)
)

// rangeEnds are the first and the last code of a range such as "C71-C75"; of a code alone, it and "".
func rangeEnds(code string) (from, to string, isRange bool) {
	from, to, isRange = strings.Cut(strings.ReplaceAll(code, "–", "-"), "-")
	return strings.TrimSpace(from), strings.TrimSpace(to), isRange
}

// codeFault says what is wrong with a code or a range such as "C71-C75" of one system; "" when nothing is.
func codeFault(code string, pattern *regexp.Regexp, example string) string {
	from, to, isRange := rangeEnds(code)
	switch {
	case !pattern.MatchString(from), isRange && !pattern.MatchString(to):
		return fmt.Sprintf("“%s” is not a code. Codes look like %s", code, example)
	case isRange && from[0] != to[0]:
		return fmt.Sprintf("The range “%s” crosses chapters. Enter a range for each letter", code)
	case isRange && to <= from:
		return fmt.Sprintf("The range “%s” runs backwards. Enter the lower code first", code)
	}
	return ""
}

// wrong lists what is wrong with the codes, in their order.
func (c Codes) wrong() (list []codeProblem) {
	for _, x := range c.OPCS4 {
		if m := codeFault(x, opcs4, "F34.1, F34 or C71-C75"); m != "" {
			list = append(list, codeProblem{"opcs4", x, m})
		}
	}
	for _, x := range c.ICD10 {
		if m := codeFault(x, icd10, "J35.0, J35 or H25-H26"); m != "" {
			list = append(list, codeProblem{"icd10", x, m})
		}
	}
	return list
}

type codeProblem struct{ field, code, message string }

// faults are the same for a form whose fields' names begin with prefix.
func (c Codes) faults(prefix string) (faults record.Faults) {
	for _, p := range c.wrong() {
		faults.Add(true, prefix+p.field, p.message)
	}
	return faults
}

// Empty tells whether there are no codes at all.
func (c Codes) Empty() bool { return len(c.OPCS4) == 0 && len(c.ICD10) == 0 }
