package decision

import (
	"slices"
	"strconv"
	"strings"

	"concordat/review/clause"
)

// join reads the joined Markdown and makes sure that each change stayed in its place: whatever was not varied must be
// the clause that it was, with the same words, hanging from the same clause.
func (p *plan) join() (Joined, error) {
	read := clause.Parse(p.out.String())
	in := p.pieceOf(read)
	p.took(read, in)
	p.stayed(read, in)
	if err := p.faults.Err(); err != nil {
		return Joined{}, err
	}
	j := Joined{Text: clause.Text{Markdown: read.Markdown, Clauses: slices.Clone(read.Clauses), Lineage: p.text.Lineage}}
	p.name(j.Text.Clauses, in)
	j.Marks = p.marks(in)
	return j, nil
}

// pieceOf tells for each clause that was read in which piece it begins.
func (p *plan) pieceOf(read clause.Text) []int {
	in := make([]int, len(read.Clauses))
	k := 0
	for i, c := range read.Clauses {
		for k+1 < len(p.pieces) && p.pieces[k+1].from <= c.Start {
			k++
		}
		in[i] = k
	}
	return in
}

// stayed blames a change for what it did to a clause that it is not about: the nearest change before it, or after it
// when there is none before.
func (p *plan) stayed(read clause.Text, in []int) {
	if len(p.faults) > 0 {
		return
	}
	i := 0
	for k, piece := range p.pieces {
		var own []int
		for ; i < len(in) && in[i] == k; i++ {
			own = append(own, i)
		}
		if piece.change < 0 && (len(own) != 1 || !p.same(read, in, own[0], piece.core)) {
			p.fault(p.blame(k), "text", "This text would change what stands before or after it. Write it as plain paragraphs, or as items of a list")
			return
		}
	}
}

func (p *plan) same(read clause.Text, in []int, i, core int) bool {
	is, was := read.Clauses[i], p.text.Clauses[core]
	if is.Kind != was.Kind || is.Level != was.Level || is.Words != was.Words || (is.Parent < 0) != (was.Parent < 0) {
		return false
	}
	return is.Parent < 0 || p.pieces[in[is.Parent]].core == was.Parent && !p.adds(in[is.Parent])
}

func (p *plan) adds(piece int) bool {
	n := p.pieces[piece].change
	return n >= 0 && p.overlay[n].Act == Add
}

func (p *plan) blame(piece int) int {
	for k := piece; k >= 0; k-- {
		if n := p.pieces[k].change; n >= 0 {
			return n
		}
	}
	for k := piece; k < len(p.pieces); k++ {
		if n := p.pieces[k].change; n >= 0 {
			return n
		}
	}
	return 0
}

// took refuses a text that became nothing, a heading, or a row with other cells than its table has.
func (p *plan) took(read clause.Text, in []int) {
	for k, piece := range p.pieces {
		if piece.change < 0 {
			continue
		}
		from, _ := slices.BinarySearch(in, k)
		to, _ := slices.BinarySearch(in, k+1)
		if message := unfit(p.text.Clauses[piece.core], read.Clauses[from:to], p.overlay[piece.change].Text); message != "" {
			p.fault(piece.change, "text", message)
		}
	}
}

// unfit says why clauses cannot stand where a change puts them, in place of a clause of the version or after it; "" when
// they can.
func unfit(core clause.Clause, list []clause.Clause, typed string) string {
	seen := false
	for _, c := range list {
		seen = seen || c.Words != ""
		switch {
		case c.Kind == clause.Heading:
			return "Write it without headings: the sections are the same in all places"
		case core.Kind == clause.Row && (c.Kind != clause.Row || bars(typed) != strings.Count(core.Words, " | ")):
			return "Write it as a row of the table, with as many cells: | first | second |"
		}
	}
	if !seen {
		return "Enter the text that applies here: nothing of this would be seen"
	}
	return ""
}

// bars counts those between the cells of a row. Markdown drops cells that are too many, and with them their words.
func bars(row string) int {
	row = strings.TrimSuffix(strings.TrimPrefix(trim(row), "|"), "|")
	return strings.Count(row, "|") - strings.Count(row, `\|`)
}

// name gives the clauses the anchors, numbers and labels that they have in the version.
func (p *plan) name(list []clause.Clause, in []int) {
	taken := map[string]bool{}
	for _, c := range p.text.Clauses {
		taken[c.Anchor] = true
	}
	for i := range list {
		c, piece := &list[i], p.pieces[in[i]]
		was := p.text.Clauses[piece.core]
		first := i == 0 || in[i-1] != in[i]
		if first && !p.adds(in[i]) {
			c.Anchor, c.Number, c.Label = was.Anchor, was.Number, was.Label
			continue
		}
		if c.Kind != clause.Item || c.Parent < 0 || in[c.Parent] != in[i] || p.leads(in[i]) {
			c.Number = ""
		}
		c.Label = "after " + was.Label + c.Number
		c.Anchor = free(was.Anchor, taken)
	}
}

// leads tells whether items of the version hang from what a change put in the place of their introduction.
func (p *plan) leads(piece int) bool {
	i := p.pieces[piece].core
	return !p.adds(piece) && below(p.text, i) > i+1
}

// free is an anchor for what was added after a clause.
func free(after string, taken map[string]bool) string {
	for n := 1; ; n++ {
		if a := after + "-" + strconv.Itoa(n); !taken[a] {
			taken[a] = true
			return a
		}
	}
}

func (p *plan) marks(in []int) []Mark {
	var out []Mark
	for k, piece := range p.pieces {
		if piece.change < 0 {
			continue
		}
		from, _ := slices.BinarySearch(in, k)
		to, _ := slices.BinarySearch(in, k+1)
		m := Mark{Change: piece.change, Core: piece.core, CoreTo: piece.core, From: from, To: to}
		if !p.adds(k) {
			m.CoreTo++
		}
		out = append(out, m)
	}
	for n, c := range p.overlay {
		if c.Act == LeaveOut {
			out = append(out, p.gone(n, in))
		}
	}
	slices.SortStableFunc(out, func(a, b Mark) int { return a.From - b.From })
	return out
}

// gone marks what was left out: before the first clause that stands after it.
func (p *plan) gone(n int, in []int) Mark {
	core := p.core[n]
	at := len(in)
	for i, k := range in {
		if p.pieces[k].core > core {
			at = i
			break
		}
	}
	return Mark{Change: n, Core: core, CoreTo: below(p.text, core), From: at, To: at}
}
