package demo

import (
	"fmt"
	"slices"
	"strings"

	"concordat/review"
)

// sections are the words of a draft, made from the facts. A section without facts is left out.
func (x fact) sections() []part {
	list := []part{
		{review.PositionKey, x.positionWords()},
		{review.SummaryKey, x.one("What") + " " + x.plain()},
		{review.CriteriaKey, x.criteria()},
		{review.InsteadKey, x.one("Instead")},
		{review.ExceptionsKey, "@standard"},
		{review.ReasonsKey, x.one("Why")},
		{review.ConditionKey, x.one("What")},
		{review.EvidenceKey, x.one("Evidence")},
		{review.GuidanceKey, x.guidance()},
		{review.EqualityKey, x.one("Due")},
		{review.CodesKey, x.codes()},
	}
	return slices.DeleteFunc(list, func(p part) bool { return p.text == "" })
}

func (x fact) positionWords() string {
	words := "This policy funds " + x.treatment + " for " + x.indication
	switch x.position {
	case review.Restricted:
		words += ", for patients who meet the criteria below. Prior approval is not needed."
	case review.PriorApproval:
		words += ", for patients who meet the criteria below. Prior approval is needed."
	case review.Evaluation:
		words += " only within an evaluation with a set number of patients."
	case review.NotRoutine:
		words = "This policy does not fund " + x.treatment + " for " + x.indication + " as a rule."
	default:
		words += "."
	}
	if x.effective == 0 {
		return words
	}
	return words + "\n\nThis policy applies to patients referred on or after " + x.effective.Words() + "."
}

// plain is the position as a patient would put it.
func (x fact) plain() string {
	switch x.position {
	case review.NotRoutine:
		return "The NHS here does not pay for it as a rule."
	case review.Evaluation:
		return "The NHS here pays for it only while it is being evaluated."
	case review.PriorApproval:
		return "The NHS here pays for it when the criteria are met, and is asked first."
	}
	return "The NHS here pays for it when the criteria are met."
}

func (x fact) criteria() string {
	for _, bound := range []string{"One", "All"} {
		list := x.list(bound + " of")
		if len(list) == 0 {
			continue
		}
		words := "The patient meets **" + strings.ToLower(bound) + "** of these:\n"
		for i, c := range list {
			words += fmt.Sprintf("\n%d. %s", i+1, c)
		}
		return words
	}
	return ""
}

func (x fact) guidance() string {
	ref, _, ok := strings.Cut(x.one("Guidance"), " |")
	if !ok {
		return ""
	}
	return "The policy follows " + ref + "."
}

func (x fact) codes() string {
	words := "OPCS-4 " + strings.ReplaceAll(x.opcs4, ";", ",")
	if x.icd10 != "" {
		words += " with ICD-10 " + strings.ReplaceAll(x.icd10, ";", ",")
	}
	return words + "."
}
