package review

import (
	"strings"
	"time"
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

// Check looks a draft over, in the order of the sections. now is for dates.
func Check(p *Policy, now time.Time) []Finding {
	var out []Finding
	kind, err := KindByID(p.KindID)
	if err != nil {
		return out
	}
	for _, t := range kind.Sections {
		if t.Required && strings.TrimSpace(p.Section(t.Key).Markdown) == "" {
			out = append(out, Finding{Rule: "K-01", Grade: Block, Section: t.Key, About: t.Key, Message: "“" + t.Title + "” is empty"})
		}
	}
	return out
}
