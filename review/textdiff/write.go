package textdiff

import (
	"strings"

	"concordat/review/clause"
)

// write joins the nodes into Markdown, each with the white space that it had before it where its neighbour is
// still the same.
func (m *merger) write() Merged {
	var b strings.Builder
	var out Merged
	last := m.first
	for n := m.first.next; n != nil; n = n.next {
		if n.text != "" || n.mine >= 0 {
			b.WriteString(m.gap(last, n))
			last = n
		}
		if n.conflict != nil {
			n.conflict.Offset = b.Len()
			out.Conflicts = append(out.Conflicts, *n.conflict)
		}
		b.WriteString(n.text)
	}
	b.WriteString(m.tail())
	out.Markdown = b.String()
	out.Joined = m.joined
	return out
}

// gap is the white space between two nodes.
func (m *merger) gap(last, n *node) string {
	gap, found := m.keptGap(last, n)
	switch {
	case !found && last == m.first:
		return ""
	case !found:
		return m.freshGap(last, n)
	case last != m.first && !strings.Contains(gap, "\n") && !(m.isMine(last) && m.isMine(n)):
		return "\n" // two markers that shared a line; the other side's text needs one of its own
	}
	return gap
}

func (m *merger) isMine(n *node) bool {
	return n.mine >= 0 && n.text == m.mine.Source(n.mine)
}

// keptGap is the gap where last and n are neighbours in mine or theirs: that of the side which changed it.
func (m *merger) keptGap(last, n *node) (string, bool) {
	follows := func(before, i int) bool {
		return i >= 0 && before == i-1 && (before >= 0 || last == m.first)
	}
	inMine, inTheirs, inBase := follows(last.mine, n.mine), follows(last.their, n.their), follows(last.base, n.base)
	switch {
	case inMine && inTheirs && inBase && m.mine.Gap(n.mine) == m.base.Gap(n.base):
		return m.theirs.Gap(n.their), true
	case inMine:
		return m.mine.Gap(n.mine), true
	case inTheirs:
		return m.theirs.Gap(n.their), true
	}
	return "", false
}

// freshGap parts new neighbours: a blank line, but none within a table or a list.
func (m *merger) freshGap(last, n *node) string {
	x, y := m.kind(last), m.kind(n)
	if x == y && (x == clause.Item || x == clause.Row) {
		return "\n"
	}
	return "\n\n"
}

func (m *merger) kind(n *node) clause.Kind {
	if n.mine >= 0 {
		return m.mine.Clauses[n.mine].Kind
	}
	return m.theirs.Clauses[n.their].Kind
}

// tail is the white space after the last clause.
func (m *merger) tail() string {
	base, mine := m.base.Gap(len(m.base.Clauses)), m.mine.Gap(len(m.mine.Clauses))
	if base == mine {
		return m.theirs.Gap(len(m.theirs.Clauses))
	}
	return mine
}
