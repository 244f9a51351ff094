package decision

import (
	"slices"
	"strconv"
	"strings"

	"concordat/review/clause"
	"concordat/review/record"
)

// plan is how an overlay is laid over a text.
type plan struct {
	overlay Overlay
	text    clause.Text
	core    []int         // for each change, its clause; -1 for none
	left    map[int]int   // clauses that are left out, by the change that does it
	instead map[int]int   // clauses that are replaced, by the change
	after   map[int][]int // changes that add after the clause with this index has been written
	faults  record.Faults

	out    strings.Builder
	pieces []laid
}

// laid is a stretch of the joined Markdown: a clause of the version, or what a change put there.
type laid struct {
	core, change int // change is -1 for a clause as it was
	from, to     int
}

func changeField(n int, name string) string { return "o" + strconv.Itoa(n) + "-" + name }

func newPlan(o Overlay, text clause.Text) *plan {
	p := &plan{overlay: o, text: text, core: make([]int, len(o)), left: map[int]int{}, instead: map[int]int{}, after: map[int][]int{}}
	for n, c := range o {
		p.core[n] = find(text, c.Anchor)
		p.check(n)
	}
	if len(p.faults) > 0 {
		return p
	}
	for n, c := range o {
		p.place(n, p.core[n], c.Act)
	}
	p.overlaps()
	return p
}

// check refuses what is wrong with one change by itself.
func (p *plan) check(n int) {
	c, i := p.overlay[n], p.core[n]
	if i < 0 {
		p.fault(n, "anchor", "This version has no such paragraph. Choose one from the list")
		return
	}
	possible := acts(p.text, i)
	switch {
	case c.Act == "":
		p.fault(n, "act", "Choose what is done with the paragraph")
	case !slices.Contains(possible, c.Act) && p.text.Clauses[i].Kind == clause.Heading:
		p.fault(n, "act", "A heading is the same in all places. Change the paragraphs under it")
	case !slices.Contains(possible, c.Act):
		p.fault(n, "act", "This cannot be done with this part of the text")
	case c.Act != LeaveOut && trim(c.Text) == "":
		p.fault(n, "text", "Enter the text that applies here")
	}
}

func (p *plan) fault(n int, name, message string) { p.faults.Add(true, changeField(n, name), message) }

// place notes where a change acts.
func (p *plan) place(n, i int, act Act) {
	switch act {
	case Replace:
		if _, twice := p.instead[i]; twice {
			p.fault(n, "anchor", "This is replaced twice. Write both in one change")
		}
		p.instead[i] = n
	case LeaveOut:
		for j := i; j < below(p.text, i); j++ {
			if _, already := p.left[j]; already {
				p.fault(n, "anchor", "This is left out already")
				return
			}
		}
		for j := i; j < below(p.text, i); j++ {
			p.left[j] = n
		}
	case Add:
		at := i
		if c := p.text.Clauses[i]; c.Kind != clause.Heading && !isHead(p.text, i) {
			at = below(p.text, i) - 1
		}
		p.after[at] = p.inOrder(append(p.after[at], n))
	}
}

// inOrder puts what is added at one place into order: what belongs deeper comes first, then as it was typed.
func (p *plan) inOrder(list []int) []int {
	for k := len(list) - 1; k > 0 && p.core[list[k]] > p.core[list[k-1]]; k-- {
		list[k], list[k-1] = list[k-1], list[k]
	}
	return list
}

// overlaps refuses to change what another change leaves out.
func (p *plan) overlaps() {
	for n, i := range p.core {
		if by, gone := p.left[i]; gone && by != n {
			p.fault(n, "anchor", "This is left out with "+p.text.Clauses[p.core[by]].Label+". Change it, or leave it out")
		}
	}
}

// write writes the joined Markdown, and which stretch of it came from where.
func (p *plan) write() {
	blank := false // a blank line must follow
	for i, c := range p.text.Clauses {
		if _, gone := p.left[i]; !gone {
			p.gap(p.text.Gap(i), blank)
			blank = false
			if n, varied := p.instead[i]; varied {
				p.put(i, n, own(p.text, i)+hanging(p.overlay[n].Text, own(p.text, i)))
			} else {
				p.put(i, -1, p.text.Markdown[c.Start:c.End])
			}
		}
		for _, n := range p.after[i] {
			blank = p.add(n) || blank
		}
	}
	p.gap(p.text.Gap(len(p.text.Clauses)), false)
}

func (p *plan) gap(gap string, blank bool) {
	if blank && strings.Count(gap, "\n") < 2 {
		gap = "\n\n"
	}
	p.out.WriteString(gap)
}

func (p *plan) put(core, change int, markdown string) {
	from := p.out.Len()
	p.out.WriteString(markdown)
	p.pieces = append(p.pieces, laid{core, change, from, p.out.Len()})
}

// add writes what a change adds, in the manner of the clause that it follows: an item becomes an item, a row a row. It
// tells whether a blank line must follow.
func (p *plan) add(n int) (blank bool) {
	i := p.core[n]
	c := p.text.Clauses[i]
	between := "\n\n"
	if c.Kind == clause.Item || c.Kind == clause.Row {
		between = "\n"
	}
	lead := ""
	if c.Kind != clause.Heading {
		lead = own(p.text, i)
	}
	p.out.WriteString(between)
	p.put(i, n, lead+hanging(p.overlay[n].Text, lead))
	return between == "\n\n"
}

// own is what stands before a clause's own text: its indent and marker. A row has none; its bars belong to its text.
func own(text clause.Text, i int) string {
	c := text.Clauses[i]
	if c.Kind == clause.Row || c.Kind == clause.Definition {
		return ""
	}
	return text.Markdown[c.Start:c.Offset]
}

// hanging indents the lines of a text after the first, so that they stay with the marker.
func hanging(text, marker string) string {
	indent := strings.Map(func(r rune) rune {
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, marker)
	lines := strings.Split(strings.ReplaceAll(trim(text), "\r\n", "\n"), "\n")
	for k, line := range lines {
		switch {
		case k == 0:
		case strings.TrimSpace(line) == "":
			lines[k] = strings.TrimRight(indent, " \t")
		default:
			lines[k] = indent + line
		}
	}
	return strings.Join(lines, "\n")
}
