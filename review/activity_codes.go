package review

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"concordat/review/record"
)

// CodeUse says for which policies a code of a file of activity is counted.
type CodeUse struct {
	Code     string
	Policies []string // references of those with the code, or a code or range that holds it, as a procedure code
	// Diagnosis are references of those with the code as a diagnosis code, for which it is not counted.
	Diagnosis []string
}

const onlyProcedures = "Activity is counted by procedure codes (OPCS-4), such as F34.1. Diagnosis codes (ICD-10) and SNOMED CT codes are refused, for a diagnosis does not say that somebody was treated"

// otherCodes tells whether a column is of codes that are no procedure codes.
func otherCodes(heading string) bool {
	heading = Fold(heading)
	return strings.HasPrefix(heading, "icd") || strings.HasPrefix(heading, "diagnosis") || strings.HasPrefix(heading, "snomed")
}

var (
	snomed   = regexp.MustCompile(`^[0-9]{6,18}$`)
	undotted = regexp.MustCompile(`^[A-Z][0-9]{3}$`)
)

// notProcedure says why a code is not one by which activity is counted.
func notProcedure(code string) string {
	_, _, isRange := rangeEnds(code)
	switch {
	case code == "":
		return "There is no code. Codes look like F34.1"
	case snomed.MatchString(code):
		return fmt.Sprintf("“%s” looks like a SNOMED CT code. %s", code, onlyProcedures)
	case isRange && codeFault(code, opcs4, "") == "":
		return fmt.Sprintf("“%s” is a range. Give a line for each code", code)
	case undotted.MatchString(code):
		return fmt.Sprintf("“%s” has no dot. As a procedure code (OPCS-4) it is %s.%s", code, code[:3], code[3:])
	case icd10.MatchString(code):
		return fmt.Sprintf("“%s” looks like a diagnosis code (ICD-10). %s", code, onlyProcedures)
	}
	return fmt.Sprintf("“%s” is not a procedure code. Codes look like F34.1", code)
}

// sex is what people write for it in one way; what is not known is not given.
func sex(s string) string {
	switch Fold(s) {
	case "f", "female", "2": // NHS Data Dictionary, person stated gender code
		return "Female"
	case "m", "male", "1":
		return "Male"
	case "9", "indeterminate":
		return "Indeterminate"
	case "x", "0", "u", "unknown", "not known", "not specified":
		return ""
	}
	return s
}

// quintile is the fifth of areas by deprivation, from "1", the most deprived, to "5", of a fifth or, where there is
// none, of a tenth; "" where it is not known.
func quintile(fifth, tenth string) (string, bool) {
	size := 1
	if fifth == "" {
		fifth, size = tenth, 2
	}
	switch fifth = strings.TrimPrefix(Fold(fifth), "q"); fifth {
	case "", "unknown", "not known":
		return "", true
	}
	digits := strings.TrimLeft(fifth, "0123456789")
	n, err := strconv.Atoi(strings.TrimSuffix(fifth, digits))
	if err != nil || n < 1 || n > 5*size {
		return "", false
	}
	return strconv.Itoa((n + size - 1) / size), true
}

// use finds for each code of a file the policies that it is counted for, of those that the reader may read.
func (s *Service) use(ctx context.Context, by record.Actor, file *ActivityFile) error {
	var codes []string
	for _, p := range file.Places {
		codes = append(codes, p.Codes()...)
	}
	slices.Sort(codes)
	var spans []codeSpan
	for _, code := range slices.Compact(codes) {
		file.Codes, spans = append(file.Codes, CodeUse{Code: code}), append(spans, spanOf(code))
	}
	for after := ""; len(file.Codes) > 0; {
		list, next, err := s.List(ctx, by, Filter{}, after)
		if err != nil {
			return err
		}
		for _, p := range list {
			file.usedBy(p, spans)
		}
		if after = next; after == "" {
			break
		}
	}
	for _, u := range file.Codes {
		slices.Sort(u.Policies)
		slices.Sort(u.Diagnosis)
	}
	return nil
}

// usedBy notes for which of the codes, whose spans are given in their order, a policy counts.
func (f *ActivityFile) usedBy(p *Policy, spans []codeSpan) {
	var procedures, diagnoses []codeSpan
	for _, x := range p.Interventions {
		procedures = append(procedures, spansOf(x.Codes.OPCS4, opcs4)...)
		diagnoses = append(diagnoses, spansOf(x.Codes.ICD10, icd10)...)
	}
	for i, s := range spans {
		u := &f.Codes[i]
		if slices.ContainsFunc(procedures, s.within) {
			u.Policies = append(u.Policies, p.Reference)
		}
		if slices.ContainsFunc(diagnoses, s.within) {
			u.Diagnosis = append(u.Diagnosis, p.Reference)
		}
	}
}

// spansOf are the codes and ranges of a list; what is neither is left out.
func spansOf(list []string, system *regexp.Regexp) (out []codeSpan) {
	for _, code := range list {
		if codeFault(code, system, "") == "" {
			out = append(out, spanOf(code))
		}
	}
	return out
}
