package view

import "strings"

// An ErrorSummary lists, above a form, everything that is wrong in it, each as a link to its field.
type ErrorSummary struct {
	Heading   string // "There is a problem" when empty
	Text      string
	Content   Component // in place of Text
	Errors    []Link
	AutoFocus string // "true" or "false" says so, empty leaves it to the kit
}

func (ErrorSummary) component() string { return "error-summary" }

// Words are the heading.
func (e ErrorSummary) Words() string { return orElse(e.Heading, "There is a problem") }

// A SummaryList is pairs of a name and what it is.
type SummaryList struct {
	Rows         []SummaryRow
	NoBorder     bool
	NoLastBorder bool
	Card         *Card // around it
	Classes      string
}

// A SummaryRow is one pair.
type SummaryRow struct {
	Key      string
	KeyWidth string // such as one-half
	Value    string
	Content  Component // in place of Value
	Actions  []Action
	NoBorder bool
}

func (SummaryList) component() string { return "summary-list" }

// Class is the class of the list.
func (s SummaryList) Class() string {
	return classes("nhsuk-summary-list", when(s.NoBorder, "nhsuk-summary-list--no-border"),
		when(s.NoLastBorder && !s.NoBorder, "nhsuk-summary-list--no-last-row-border"), s.Classes)
}

// Cards is the list in its card, or nil without one.
func (s SummaryList) Cards() *Card {
	if s.Card == nil {
		return nil
	}
	c, inner := *s.Card, s
	inner.Card = nil
	c.Content = listIn{SummaryList: inner, heading: c.Heading}
	return &c
}

// Lines are the rows with everything decided.
func (s SummaryList) Lines() []summaryLine { return s.lines("") }

func (s SummaryList) lines(heading string) []summaryLine {
	acting := false
	for _, r := range s.Rows {
		acting = acting || len(r.Actions) > 0
	}
	lines := make([]summaryLine, len(s.Rows))
	for i, r := range s.Rows {
		covered := s.NoLastBorder && i == len(s.Rows)-1
		lines[i] = summaryLine{SummaryRow: r, Acts: actions(r.Actions, heading), Class: classes("nhsuk-summary-list__row",
			when(acting && len(r.Actions) == 0, "nhsuk-summary-list__row--no-actions"),
			when(r.NoBorder && !covered, "nhsuk-summary-list__row--no-border"))}
	}
	return lines
}

// listIn is a list inside a card, whose heading its actions say.
type listIn struct {
	SummaryList
	heading string
}

func (l listIn) Lines() []summaryLine { return l.lines(l.heading) }

type summaryLine struct {
	SummaryRow
	Class string
	Acts  []action
}

// KeyClass is the class of the name.
func (l summaryLine) KeyClass() string {
	return classes("nhsuk-summary-list__key", suffixed("nhsuk-u-width-", l.KeyWidth))
}

// important is said before a warning, unless its heading says it.
func important(heading string) string {
	if heading == "" || strings.Contains(heading, "Important") || strings.Contains(heading, "important") {
		return ""
	}
	return "Important"
}
