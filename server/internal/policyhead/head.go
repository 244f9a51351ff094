// Package policyhead is about the head that all pages of one policy share: its title, the facts of the day, and the
// row of tabs.
package policyhead

import (
	"fmt"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
)

// Head is the head of a policy's pages. Its template is the block "policy-head".
type Head struct {
	ID        string
	Title     string
	Line      string // "CP-041, version 0.4, draft"
	Stage     review.Stage
	With      string // who holds it, since when
	WaitsFor  string // "" when for nobody else
	Review    string
	Need      string // whether people must be consulted
	Level     string // of change, over all places; "" when it is not known
	Planned   string // the month of the decision; "" when none is planned
	Tabs      []Tab
	Specialty string
	Programme string // id
}

// Tab is one page of the policy.
type Tab struct {
	Text, Href string
	Current    bool
	Count      int    // what must be done there; 0 shows nothing
	CountWords string // "checks to fix"
}

// The tabs, by name.
const (
	Text        = "text"
	Differences = "differences"
	Local       = "local"
	Effects     = "effects"
	Decisions   = "decisions"
	Trail       = "trail"
)

// Of makes the head of a policy for one reader, with the tabs that the reader may open. lead is the name of its lead;
// fix is how many checks block it.
func Of(p *review.Policy, by record.Actor, lead, current string, fix int) Head {
	h := Head{ID: p.ID, Title: p.Title, Line: line(p), Stage: p.Stage, Specialty: p.Specialty, Programme: p.Programme, Review: p.Review.Words(),
		Need: p.Need().Need.Words(), Planned: p.Planned.MonthWords()}
	h.With = lead + ", since " + day(p)
	if p.Stage == review.ForDecision {
		h.WaitsFor = "Decisions of commissioners"
	}
	base := "/desk/policies/" + p.ID
	h.Tabs = []Tab{
		{Text: "Text", Href: base, Current: current == Text, Count: fix, CountWords: "checks to fix"},
		{Text: "Differences", Href: base + "/differences", Current: current == Differences},
		{Text: "Local policies", Href: base + "/matrix", Current: current == Local},
		{Text: "What changes", Href: base + "/effects", Current: current == Effects},
		{Text: "Decisions", Href: base + "/decisions", Current: current == Decisions},
	}
	if access.May(by, access.TrailRead, access.For(p.Commissioners...)) {
		h.Tabs = append(h.Tabs, Tab{Text: "Trail", Href: base + "/trail", Current: current == Trail})
	}
	return h
}

func line(p *review.Policy) string {
	last, issued := p.Latest()
	switch {
	case !issued:
		return p.Reference + ", not issued yet"
	case last.Save != p.Saves:
		return fmt.Sprintf("%s, draft after version %s", p.Reference, last.Number)
	case last.Final:
		return fmt.Sprintf("%s, version %s", p.Reference, last.Number)
	}
	return fmt.Sprintf("%s, version %s, draft", p.Reference, last.Number)
}

func day(p *review.Policy) string { return record.DateOf(p.Since).Words() }
