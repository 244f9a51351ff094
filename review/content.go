// Package review is about policies: how one text is drafted, checked, issued and published for many
// commissioners, what each of them has today, and which text applies where and when.
package review

import (
	"slices"
	"strings"

	"concordat/review/clause"
	"concordat/review/record"
)

// Content is everything that a save or a version holds and a reader of it may rely on.
type Content struct {
	Title         string         `bson:"title"`
	OtherNames    []string       `bson:"otherNames"` // what people call it: "IVF", "tummy tuck"
	Specialty     string         `bson:"specialty"`
	Interventions []Intervention `bson:"interventions"`
	Guidance      []Guidance     `bson:"guidance"`
	Effective     record.Date    `bson:"effective"`
	Review        record.Date    `bson:"review"`     // look at it again by
	Expires       record.Date    `bson:"expires"`    // only for kinds that expire
	Supersedes    []string       `bson:"supersedes"` // ids of policies that this one replaces where it is adopted
	Sections      []Section      `bson:"sections"`   // in the order of the kind's template
	Anchors       []string       `bson:"anchors"`    // of the clauses of Markdown, in order
	Lineage       clause.Lineage `bson:"lineage"`    // what became of clauses that were parted or joined, since the first save
	Files         []File         `bson:"files"`
}

// Section is one part of the text. Its title comes from the kind's template and is kept, so that an issued
// version reads as it did.
type Section struct {
	Key      string `bson:"key"`
	Title    string `bson:"title"`
	Markdown string `bson:"markdown"`
}

// Position is the answer to "is it funded?".
type Position string

// The positions, in the field's terms (Knowsley's policies have both kinds of restriction).
const (
	Routine       Position = "routine"        // routinely commissioned
	Restricted    Position = "restricted"     // for patients who meet the criteria, no prior approval
	PriorApproval Position = "prior-approval" // for patients who meet the criteria, approved before treatment
	Evaluation    Position = "evaluation"     // commissioning through evaluation
	NotRoutine    Position = "not-routine"    // not routinely commissioned
)

// Positions are all positions, widest first.
var Positions = []Position{Routine, Restricted, PriorApproval, Evaluation, NotRoutine}

// Words is the position in the field's words.
func (p Position) Words() string {
	switch p {
	case Routine:
		return "Routinely commissioned"
	case Restricted:
		return "Restricted: criteria, no prior approval"
	case PriorApproval:
		return "Restricted: criteria and prior approval"
	case Evaluation:
		return "Commissioning through evaluation"
	case NotRoutine:
		return "Not routinely commissioned"
	}
	return "No position yet"
}

// Plain is the position in a patient's words, to follow "In Brindlewick:".
func (p Position) Plain() string {
	switch p {
	case Routine:
		return "funded"
	case Restricted:
		return "funded if the patient meets the criteria"
	case PriorApproval:
		return "funded if the patient meets the criteria, with approval first"
	case Evaluation:
		return "funded only as part of an evaluation"
	case NotRoutine:
		return "not routinely funded"
	}
	return "no position given"
}

// known tells whether it is a position, or none yet.
func (p Position) known() bool { return p == "" || slices.Contains(Positions, p) }

// Restricts tells whether the position depends on criteria.
func (p Position) Restricts() bool { return p == Restricted || p == PriorApproval }

// Intervention is a treatment for an indication. Its criteria are in the text; Criteria names the section's key.
type Intervention struct {
	Name       string   `bson:"name"`
	Indication string   `bson:"indication"`
	Position   Position `bson:"position"`
	Criteria   string   `bson:"criteria"` // key of the section with its criteria
	Codes      Codes    `bson:"codes"`
}

// Codes are as typed: single codes and ranges such as "C71-C75".
type Codes struct {
	OPCS4 []string `bson:"opcs4"`
	ICD10 []string `bson:"icd10"`
}

// Guidance is a piece of national guidance that the policy stands on or departs from.
type Guidance struct {
	Ref     string `bson:"ref"` // "NICE NG77"
	Title   string `bson:"title"`
	Departs bool   `bson:"departs"` // the policy is narrower than the guidance recommends
}

// File is a supporting document: a form, a leaflet.
type File struct {
	ID     string `bson:"id"`
	Name   string `bson:"name"`  // file name
	Title  string `bson:"title"` // what readers see
	Type   string `bson:"type"`  // content type, told from the content
	Size   int64  `bson:"size"`  // bytes
	SHA256 string `bson:"sha256"`
}

// Section finds a section by key; the zero Section when there is none.
func (c Content) Section(key string) Section {
	for _, s := range c.Sections {
		if s.Key == key {
			return s
		}
	}
	return Section{}
}

// Markdown is the whole text: each section that has words, under its title as a second-level heading.
func (c Content) Markdown() string {
	text, _ := c.joined()
	return text
}

// Bodies says where in Markdown the body of each section begins, in bytes; -1 for a section without words.
func (c Content) Bodies() []int {
	_, at := c.joined()
	return at
}

func (c Content) joined() (text string, at []int) {
	var b strings.Builder
	at = make([]int, len(c.Sections))
	for i, s := range c.Sections {
		body := strings.TrimSpace(s.Markdown)
		if at[i] = -1; body == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		b.WriteString("## " + s.Title + "\n\n")
		at[i] = b.Len()
		b.WriteString(body + "\n")
	}
	return b.String(), at
}

// Text is the whole text as clauses, with their anchors and lineage when they fit the text.
func (c Content) Text() clause.Text { return c.anchored(clause.Parse(c.Markdown())) }

func (c Content) anchored(t clause.Text) clause.Text {
	anchored, err := t.WithAnchors(c.Anchors)
	if err != nil {
		return t
	}
	if known, err := anchored.WithLineage(c.Lineage); err == nil {
		return known
	}
	return anchored
}

// inherit gives a content the anchors and the lineage that follow from the text before it. What is new in others too has
// one anchor in all.
func (p *Policy) inherit(c *Content, before clause.Text, others ...clause.Text) {
	t := clause.Parse(c.Markdown()).Inherit(before, p.nextAnchor, others...)
	c.Anchors, c.Lineage = clause.Anchors(t), t.Lineage
}

// Position is the one position that all interventions share; ok is false when they differ or there are none.
func (c Content) Position() (p Position, ok bool) {
	for i, x := range c.Interventions {
		if i > 0 && x.Position != p {
			return "", false
		}
		p = x.Position
	}
	return p, p != ""
}
