package diffview

import (
	"fmt"
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/textdiff"
)

// arranger collects the items.
type arranger struct {
	before, after Labelled
	diff          textdiff.Diff
	tell          func(i int) told
	items         []Item
	changes       []*Change
	gap           []int // clauses of the text after
}

// byChange gives each change what it is, nil for those that are equal.
func byChange(found []textdiff.Classified, changes int) []*textdiff.Classified {
	out := make([]*textdiff.Classified, changes)
	for i := range found {
		for _, k := range found[i].Changes {
			out[k] = &found[i]
		}
	}
	return out
}

func (a *arranger) add(i int) {
	ch := &a.diff.Changes[i]
	in, at := a.clauseOf(ch)
	c := &in.Text.Clauses[at]
	if ch.Kind == textdiff.Same && !ch.Markup {
		if c.Words != "" {
			a.gap = append(a.gap, at)
		}
		return
	}
	a.closeGap()
	n := len(a.changes) + 1
	out := &Change{ID: "c" + strconv.Itoa(n), Number: n, Label: c.Label, Title: a.title(i, c),
		Moved: ch.Kind == textdiff.Moved || ch.Kind == textdiff.MovedEdited,
		Row:   c.Kind == clause.Row, Heading: c.Kind == clause.Heading, Note: note(ch, c), Href: in.at(at), In: in.Name}
	t := a.tell(i)
	out.Mark, out.More, out.Class, out.Why = t.marks[0], t.marks[1:], t.class, t.why
	out.Inline, out.Before, out.After = runs(ch.Words)
	a.changes = append(a.changes, out)
	a.items = append(a.items, Item{Change: out})
}

// clauseOf is the clause as it is now, or as it was when it is gone: in which text, and its index there.
func (a *arranger) clauseOf(ch *textdiff.Change) (Labelled, int) {
	if ch.After >= 0 {
		return a.after, ch.After
	}
	return a.before, ch.Before
}

func (a *arranger) title(i int, c *clause.Clause) string {
	ch := &a.diff.Changes[i]
	title := named(c.Label)
	switch ch.Kind {
	case textdiff.Added:
		return title + ", new"
	case textdiff.Removed:
		return title + ", removed"
	case textdiff.Parted:
		n, of := a.partOf(i)
		return fmt.Sprintf("%s, part %d of %d of what was %s", title, n, of, a.before.Text.Clauses[ch.Before].Label)
	case textdiff.Joined:
		n, of := a.partOf(i)
		return fmt.Sprintf("%s, joined from %d: part %d is what was %s", title, of, n, a.before.Text.Clauses[ch.Before].Label)
	}
	if was := a.before.Text.Clauses[ch.Before].Label; was != c.Label {
		return title + ", was " + was
	}
	return title
}

// partOf tells which part of a clause that was parted or joined change i is about, from 1, and of how many. The parts stand
// together.
func (a *arranger) partOf(i int) (n, of int) {
	list := a.diff.Changes
	same := func(k int) bool {
		return k >= 0 && k < len(list) && list[k].Kind == list[i].Kind && (list[i].Kind == textdiff.Parted && list[k].Before == list[i].Before ||
			list[i].Kind == textdiff.Joined && list[k].After == list[i].After)
	}
	first, last := i, i
	for same(first - 1) {
		first--
	}
	for same(last + 1) {
		last++
	}
	return i - first + 1, last - first + 1
}

// named writes a label as the beginning of a heading: "Paragraph 3.1(a)", "Section 2".
func named(label string) string {
	if startsWithDigit(label) {
		return "Paragraph " + label
	}
	return strings.ToUpper(label[:1]) + label[1:]
}

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

func (a *arranger) closeGap() {
	if len(a.gap) == 0 {
		return
	}
	all := a.after.Text.Clauses
	g := &Gap{Title: gapTitle(all[a.gap[0]].Label, all[a.gap[len(a.gap)-1]].Label, len(a.gap)), Lines: make([]Line, 0, len(a.gap))}
	for _, i := range a.gap {
		g.Lines = append(g.Lines, line(a.after, i))
	}
	a.items = append(a.items, Item{Gap: g})
	a.gap = a.gap[:0]
}

func gapTitle(first, last string, count int) string {
	if count == 1 {
		return named(first) + ": not changed"
	}
	title := strconv.Itoa(count) + " parts"
	if startsWithDigit(first) && startsWithDigit(last) {
		title = strconv.Itoa(count) + " paragraphs"
	}
	return title + ", " + first + " to " + last + ": not changed"
}

// link tells each change its neighbours.
func (a *arranger) link() {
	for i, c := range a.changes {
		c.Of = len(a.changes)
		if i > 0 {
			c.Previous = a.changes[i-1].ID
		}
		if i+1 < len(a.changes) {
			c.Next = a.changes[i+1].ID
		}
	}
}

func line(of Labelled, i int) Line {
	c := &of.Text.Clauses[i]
	out := Line{Number: c.Number, Words: c.Words, Heading: c.Kind == clause.Heading}
	if c.Number != "" {
		out.Href = of.at(i)
	}
	return out
}

func lines(of Labelled) []Line {
	var out []Line
	for i := range of.Text.Clauses {
		if of.Text.Clauses[i].Words != "" {
			out = append(out, line(of, i))
		}
	}
	return out
}
