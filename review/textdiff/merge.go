package textdiff

import (
	"concordat/review/clause"
)

// Merged is one text made of what two people made of the same text.
type Merged struct {
	// Markdown holds the changes of both. Where they conflict it holds mine.
	Markdown  string
	Conflicts []Conflict // in the order of Markdown
	Joined    int        // changes of theirs that were taken over
}

// Conflict is a clause that both changed, each differently. The three texts are Markdown; Base is empty when both
// added a clause of like words at one place, Mine or Theirs when that side removed it.
type Conflict struct {
	Base, Mine, Theirs string
	Label              string // which clause of the base, as people cite it
	Offset             int    // where Mine stands, or would stand, in Merged.Markdown
}

// Merge joins what two editors made of base, a whole text or the body of one section. Changes to different
// clauses join by themselves: edits, removals, moves, and additions, even at one place (mine come first). A
// clause that both changed differently is a conflict, be the new words like the old or quite others. Nothing that
// either typed is lost: it is in the Markdown or in a conflict. If only one side changed the result is that side,
// byte for byte. With mine and theirs exchanged the conflicts are the same, exchanged.
func Merge(base, mine, theirs clause.Text) Merged {
	switch {
	case mine.Markdown == theirs.Markdown || theirs.Markdown == base.Markdown:
		return Merged{Markdown: mine.Markdown}
	case mine.Markdown == base.Markdown:
		return Merged{Markdown: theirs.Markdown, Joined: joinedBy(Compare(base, theirs))}
	}
	m := newMerger(base, mine, theirs)
	m.layMine()
	m.layRemoved()
	m.layTheirs()
	return m.write()
}

func joinedBy(d Diff) int {
	c := d.Counts()
	return max(c.Changed()+c.Markup, 1) // the bytes differ, be it in white space only
}

// node is a clause of the merged text, in a list of such.
type node struct {
	next              *node
	base, mine, their int    // indexes, -1 for none
	text              string // the Markdown that is written; empty for the place of a clause that mine removed
	conflict          *Conflict
}

// merger holds the texts and the merged text as it grows.
type merger struct {
	base, mine, theirs         clause.Text
	toMine, toTheirs           clause.Alignment
	first                      *node   // a node before the first, without text
	ofBase                     []*node // the node of each clause of base, nil for none
	ofMine                     []*node
	twins                      map[int]twinned // clauses of theirs that mine added too
	joined                     int
	mineChanged, theirsChanged []bool // by clause of base: whether its Markdown was changed or removed
}

func newMerger(base, mine, theirs clause.Text) *merger {
	m := &merger{
		base: base, mine: mine, theirs: theirs,
		toMine: clause.Align(base, mine), toTheirs: clause.Align(base, theirs),
		first:  &node{base: -1, mine: -1, their: -1},
		ofBase: make([]*node, len(base.Clauses)), ofMine: make([]*node, len(mine.Clauses)),
	}
	m.mineChanged = changed(base, mine, m.toMine)
	m.theirsChanged = changed(base, theirs, m.toTheirs)
	m.twins = m.findTwins()
	m.pairRewrites()
	return m
}

func changed(base, side clause.Text, al clause.Alignment) []bool {
	out := make([]bool, len(base.Clauses))
	for b, s := range al.After {
		out[b] = s < 0 || base.Source(b) != side.Source(s)
	}
	return out
}

// layMine lays out the clauses of mine, with the edits and removals of theirs, and leaves out those that only
// theirs moved: they are laid where theirs has them.
func (m *merger) layMine() {
	last := m.first
	for i := range m.mine.Clauses {
		n := m.node(i)
		if n == nil || m.movedByTheirs(n) {
			continue
		}
		last.next = n
		last = n
	}
}

// node makes the node of clause i of mine, nil when theirs removed it and mine did not change it.
func (m *merger) node(i int) *node {
	n := &node{base: m.toMine.Before[i], mine: i, their: -1, text: m.mine.Source(i)}
	if n.base < 0 {
		m.ofMine[i] = n
		return n
	}
	n.their = m.toTheirs.After[n.base]
	switch b := n.base; {
	case !m.theirsChanged[b]:
	case !m.mineChanged[b]:
		m.joined++
		if n.their < 0 {
			return nil
		}
		n.text = m.theirs.Source(n.their)
	case n.their < 0:
		n.conflict = m.conflict(b, n.text, "")
	case m.theirs.Source(n.their) != n.text:
		n.conflict = m.conflict(b, n.text, m.theirs.Source(n.their))
	}
	m.ofBase[n.base], m.ofMine[i] = n, n
	return n
}

func (m *merger) conflict(b int, mine, theirs string) *Conflict {
	return &Conflict{Base: m.base.Source(b), Mine: mine, Theirs: theirs, Label: m.base.Clauses[b].Label}
}

func (m *merger) movedByTheirs(n *node) bool {
	return n.base >= 0 && n.their >= 0 && m.toTheirs.Moved[n.their] && !m.toMine.Moved[n.mine]
}

// layRemoved marks the places, in the order of base, of what mine removed and theirs changed: conflicts without
// text.
func (m *merger) layRemoved() {
	last := m.first
	for b, n := range m.ofBase {
		j := m.toTheirs.After[b]
		switch {
		case n != nil && !m.movedByTheirs(n):
			last = n
		case n == nil && j >= 0 && m.theirsChanged[b]:
			n = &node{next: last.next, base: b, mine: -1, their: j, conflict: m.conflict(b, "", m.theirs.Source(j))}
			m.ofBase[b], last.next = n, n
			last = n
		}
	}
}

// layTheirs adds, each after the clause that it follows in theirs, what theirs added or moved.
func (m *merger) layTheirs() {
	last := m.first
	for j := range m.theirs.Clauses {
		n := m.nodeOfTheirs(j)
		switch {
		case n == nil || n.text == "" && n.mine < 0:
			continue // removed by mine
		case n.mine >= 0 && !m.movedByTheirs(n):
			last = n
			continue
		case n.mine >= 0:
			m.joined++
		}
		if last == m.first || last.mine >= 0 {
			last = m.afterAdded(last)
		}
		n.next, last.next = last.next, n
		last = n
	}
}

// nodeOfTheirs finds or makes the node of clause j of theirs; nil when it is not to be written.
func (m *merger) nodeOfTheirs(j int) *node {
	b := m.toTheirs.Before[j]
	if b < 0 {
		return m.added(j)
	}
	return m.ofBase[b]
}

// added makes the node of a clause that theirs added, unless mine added it too: then that one stands for both,
// and what differs is a conflict.
func (m *merger) added(j int) *node {
	t, twin := m.twins[j]
	if !twin {
		m.joined++
		return &node{base: -1, mine: -1, their: j, text: m.theirs.Source(j)}
	}
	n := m.ofMine[t.mine]
	n.their = j
	if theirs := m.theirs.Source(j); theirs != n.text {
		n.conflict = &Conflict{Mine: n.text, Theirs: theirs, Label: m.slotLabel(t.slot)}
	}
	return n
}

// afterAdded is the last of the clauses that mine added after n.
func (m *merger) afterAdded(n *node) *node {
	last := n
	for n = n.next; n != nil && n.their < 0 && n.base < 0 || n != nil && n.mine < 0 && n.text == ""; n = n.next {
		last = n
	}
	return last
}
