package public

import (
	"slices"
	"strings"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
)

// Criterion is one line of the answer, with a link to its paragraph.
type Criterion struct {
	Words  string
	Label  string // "2.1(a)"
	Href   string // of the paragraph
	Varied bool   // the words are those of the area's variation
	Sub    []Criterion
}

// CriteriaGroup is a paragraph that introduces a list, with the list; or paragraphs that stand alone.
type CriteriaGroup struct {
	Lead  *Criterion
	Items []Criterion
	Alone bool // paragraphs after a list, which are not among its items
}

// mostCriteria is how many lines the answer shows; the rest is in the text below it.
const mostCriteria = 14

// criteria are the clauses of a version's criteria section, in order; more tells how many were left out. page is the
// address of the text, "" when it stands on the same page; joined is the text, with the area's variation if there is one.
func criteria(v *review.Version, key, page string, joined decision.Joined) (list []CriteriaGroup, more int) {
	text := joined.Text
	from, to := sectionOf(text, v.Section(key).Title)
	lines := 0
	for i := from; i < to; i++ {
		c := text.Clauses[i]
		if c.Words == "" || c.Kind == clause.Heading || c.Kind == clause.Other || c.Kind == clause.Note {
			continue
		}
		if lines++; lines > mostCriteria {
			more++
			continue
		}
		x := Criterion{Words: c.Words, Label: c.Label, Href: page + "#" + c.Anchor}
		x.Varied = slices.ContainsFunc(joined.Marks, func(m decision.Mark) bool { return m.From <= i && i < m.To })
		list = addCriterion(list, x, depth(c), leads(text, i))
	}
	return list, more
}

// addCriterion puts a line where it belongs: a paragraph that introduces a list begins a group, items of items stand
// under these. What is deeper still stands with them: an answer is no place for four levels.
func addCriterion(list []CriteriaGroup, x Criterion, depth int, leads bool) []CriteriaGroup {
	last := len(list) - 1
	switch {
	case leads && depth == 0:
		return append(list, CriteriaGroup{Lead: &x})
	case last < 0 || depth == 0 && list[last].Lead != nil:
		return append(list, CriteriaGroup{Items: []Criterion{x}, Alone: last >= 0})
	case depth > 1 && len(list[last].Items) > 0 && !list[last].Alone:
		parent := &list[last].Items[len(list[last].Items)-1]
		parent.Sub = append(parent.Sub, x)
		return list
	}
	list[last].Items = append(list[last].Items, x)
	return list
}

func depth(c clause.Clause) int {
	if c.Kind == clause.Item {
		return c.Level
	}
	return 0
}

// leads tells whether items hang from a clause.
func leads(t clause.Text, i int) bool {
	return i+1 < len(t.Clauses) && t.Clauses[i+1].Kind == clause.Item && t.Clauses[i+1].Parent == i
}

// sectionOf finds the clauses between a section's heading and the next section.
func sectionOf(t clause.Text, title string) (from, to int) {
	if title == "" {
		return 0, 0
	}
	for i, c := range t.Clauses {
		if c.Kind != clause.Heading || c.Level != 2 {
			continue
		}
		if from > 0 {
			return from, i
		}
		if c.Words == title {
			from = i + 1
		}
	}
	if from == 0 {
		return 0, 0
	}
	return from, len(t.Clauses)
}

// plainWords are the words of a Markdown text.
func plainWords(markdown string) string {
	var out []string
	for _, c := range clause.Parse(markdown).Clauses {
		if c.Words != "" {
			out = append(out, c.Words)
		}
	}
	return strings.Join(out, " ")
}

// anchorOf is the anchor of a section's heading; "" when the text has no such section.
func anchorOf(v *review.Version, key string) string {
	text := v.Text()
	from, _ := sectionOf(text, v.Section(key).Title)
	if from == 0 {
		return ""
	}
	return text.Clauses[from-1].Anchor
}
