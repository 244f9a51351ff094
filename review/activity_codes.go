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
	for _, code := range slices.Compact(codes) {
		file.Codes = append(file.Codes, CodeUse{Code: code})
	}
	for after := ""; len(file.Codes) > 0; {
		list, next, err := s.List(ctx, by, Filter{}, after)
		if err != nil {
			return err
		}
		for _, p := range list {
			for i := range file.Codes {
				file.Codes[i].by(p)
			}
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

// by notes the code's use by one policy.
func (u *CodeUse) by(p *Policy) {
	for _, x := range p.Interventions {
		if holdsCode(x.Codes.OPCS4, opcs4, u.Code) {
			u.Policies = addOnce(u.Policies, p.Reference)
		}
		if holdsCode(x.Codes.ICD10, icd10, u.Code) {
			u.Diagnosis = addOnce(u.Diagnosis, p.Reference)
		}
	}
}

// holdsCode tells whether a code is one of a list of codes and ranges, or within one.
func holdsCode(list []string, system *regexp.Regexp, code string) bool {
	return slices.ContainsFunc(list, func(x string) bool {
		return codeFault(x, system, "") == "" && spanOf(code).within(spanOf(x))
	})
}
