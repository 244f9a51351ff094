package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"concordat/review/record"
)

// Grade says what a finding does.
type Grade string

// The grades.
const (
	Block Grade = "block" // no final version until it is mended
	Warn  Grade = "warn"  // it can be kept, with a reason
)

// Finding is something a check noticed.
type Finding struct {
	Rule    string // "K-07"
	Grade   Grade
	Section string // key of the section, "" when it is in the details
	Field   string // field of the details, "" when it is in the text
	Message string // what, in one line: "Section 6 is empty"
	Why     string // why the rule exists and what to do
	Source  string // where the rule comes from
	About   string // what exactly it is about, so that a kept warning is known again
	Words   string // doubtful words of the text, to be marked; "" for none
	Kept    string // the reason with which it is kept; "" when it is not
}

// draft is what the checks look at.
type draft struct {
	Content
	kind  Kind
	today record.Date
}

// check is one rule. find gives findings with what is particular to them; the rest is filled in from the table.
type check struct {
	rule   string
	grade  Grade
	find   func(draft) []Finding
	why    string
	source string
}

const house = "How commissioners control policy documents"

// checks are all rules.
var checks = []check{
	{"K-01", Block, emptySections, "Readers look for this section in every policy of this kind. Write it, if only to say that there is nothing to say.",
		"Template of the kind of policy; R v North and East Devon HA ex p Coughlan: patients must be able to know the rule"},
	{"K-02", Block, noPosition, "Without a position nobody can tell whether the treatment is funded. Choose one for each intervention.",
		"NHS Commissioning Board Regulations, SI 2012/2996, regulation 34"},
	{"K-03", Block, noCriteria, "A restricted treatment is for those who meet the criteria, so there must be criteria. Write them, or choose another position.",
		"SI 2012/2996, regulation 34"},
	{"K-04", Warn, noCodes, "Without codes nobody can count who was treated, so it cannot be seen whether the policy works. Add the OPCS-4 or ICD-10 codes.",
		"OPCS-4 and ICD-10, as used in commissioning data sets"},
	{"K-05", Block, noExceptions, "A policy with no way round for exceptional cases is unlawful. Add the standard clause on individual funding requests.",
		"R v North West Lancashire HA ex p A, D and G [1999]; SI 2012/2996, regulation 34"},
	{"K-06", Block, datesDisagree, "A patient's treatment can turn on the date, so the text and the details must say the same. Correct one of them.", house},
	{"K-07", Block, reviewTooEarly, "A policy cannot be looked at again before it has begun. Correct one of the dates.", house},
	{"K-08", Warn, reviewTooLate, "Policies are usually looked at again within three years, because evidence and guidance change. Choose an earlier date, or say why it can wait.",
		"Custom of commissioners: every two or three years"},
	{"K-09", Warn, noReview, "Without a review date nobody is reminded to look at the policy again. Enter one, usually within three years.",
		"Custom of commissioners: every two or three years"},
	{"K-10", Block, badCodes, "Activity is counted by code, and a wrong code counts the wrong patients. Correct it.", "OPCS-4 and ICD-10 classifications"},
	{"K-11", Block, departsUnsaid, "A commissioner that departs from national guidance must say that it does, and why. Write it in the section on national guidance.",
		"R (Rose) v Thanet CCG [2014]"},
	{"K-12", Warn, guidanceUnsaid, "Readers of the text cannot see how the policy stands to this guidance. Mention it, or take it off the list.",
		"SI 2012/2996, regulation 34; duty to have regard to NICE guidance"},
	{"K-13", Block, appraisalRefused, "A treatment that NICE recommends in a technology appraisal must be funded within the period that NICE sets. Change the position, or take the appraisal off the list if it does not recommend the treatment.",
		"NICE Regulations, SI 2013/259, regulation 7"},
	{"K-14", Block, noExpiry, "A policy statement is interim: it must say when it ends. Enter the date, after the one on which it takes effect.",
		"NHS England, method for urgent policy statements"},
	{"K-15", Warn, vagueWords, "Two clinicians may read this word differently, so that like patients are treated differently. Say what can be measured: a number, a time, a grade, a score.",
		"Criteria should be objective, so that they are applied alike"},
	{"K-16", Warn, bigHeadings, "The section has its title already, and a large heading inside it upsets contents and screen readers. Begin with three # signs.",
		"WCAG 2.2, 1.3.1 and 2.4.6"},
	{"K-17", Warn, typedNumbers, "Paragraph numbers are worked out when the text is shown. A typed number stands beside them and is wrong as soon as a paragraph is added. Take it off.",
		"Design of this service"},
	{"K-18", Warn, appraisalDoubtful, "What NICE recommends in a technology appraisal must be funded. Say which intervention the appraisal is about, and that it is not the one that is refused.",
		"NICE Regulations, SI 2013/259, regulation 7"},
}

// Check looks a draft over: the details first, then the sections in their order. now is for dates.
func Check(p *Policy, now time.Time) []Finding {
	kind, err := KindByID(p.KindID)
	if err != nil {
		return []Finding{{Rule: "K-00", Grade: Block, Field: "kind", About: p.KindID, Message: "This kind of policy is not known", Why: "Its template and checks are missing. Ask the administrator."}}
	}
	d := draft{Content: p.Content, kind: kind, today: record.DateOf(now)}
	var out []Finding
	for _, c := range checks {
		for _, f := range c.find(d) {
			f.Rule, f.Grade, f.Why, f.Source = c.rule, c.grade, c.why, c.source
			f.Kept = p.kept(f)
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Compare(d.place(a.Section), d.place(b.Section)) })
	return out
}

func (d draft) place(section string) int {
	return slices.IndexFunc(d.Sections, func(s Section) bool { return s.Key == section })
}

// kept is the reason with which a warning is kept, while what it is about stays the same.
func (p *Policy) kept(f Finding) string {
	for _, a := range p.Accepted {
		if f.Grade == Warn && a.Rule == f.Rule && a.About == f.About {
			return a.Reason
		}
	}
	return ""
}

// words are the section's words, "" when it has none.
func (d draft) words(key string) string { return strings.TrimSpace(d.Section(key).Markdown) }

// about names a passage by its place and content, so that a changed passage is another.
func about(section, passage string) string {
	sum := sha256.Sum256([]byte(passage))
	return section + ":" + hex.EncodeToString(sum[:6])
}
