package clause

import (
	"cmp"
	"slices"
	"strings"
)

// settle brings what was found into the order of the source, widens each clause to its lines, and makes sure
// that nothing but white space is left between clauses.
func settle(markdown string, found []piece) []Clause {
	order := sortedByPos(found)
	index := make([]int, len(found)) // where each found clause went
	out := make([]Clause, 0, len(found))
	for k, i := range order {
		limit := len(markdown)
		if k+1 < len(order) {
			limit = found[order[k+1]].pos
		}
		out = claim(markdown, out, found[i].pos)
		index[i] = len(out)
		out = append(out, widen(markdown, found[i], lastEnd(out), limit))
	}
	out = claim(markdown, out, len(markdown))
	for i := range found {
		if parent := found[i].Parent; parent >= 0 {
			out[index[i]].Parent = index[parent]
		}
	}
	return out
}

func sortedByPos(found []piece) []int {
	order := make([]int, len(found))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(found[a].pos, found[b].pos) })
	return order
}

func lastEnd(out []Clause) int {
	if len(out) == 0 {
		return 0
	}
	return out[len(out)-1].End
}

// widen makes a found range one of whole lines: from the start of its line, or from the clause before on the
// same line, to the end of its last line, or to the clause that begins there.
func widen(markdown string, p piece, from, limit int) Clause {
	c := p.Clause
	pos := max(p.pos, from)
	c.Start = max(strings.LastIndexByte(markdown[:pos], '\n')+1, from)
	limit = max(limit, pos)
	end := max(min(p.end, limit), pos)
	if end > c.Start && markdown[end-1] == '\n' {
		end--
	}
	if eol := strings.IndexByte(markdown[end:limit], '\n'); eol >= 0 {
		limit = end + eol
	}
	c.End = max(c.Start+len(strings.TrimRight(markdown[c.Start:limit], " \t\r\n")), codeEnd(c, end))
	c.Offset = min(max(c.Offset, c.Start), c.End)
	return c
}

// codeEnd keeps blank lines at the end of code in its range, so that the fence that closes it adjoins.
func codeEnd(c Clause, end int) int {
	if c.Kind != Code {
		return c.Start
	}
	return end
}

// claim gives what the parser left behind before to a clause: lines that adjoin the last clause, such as the
// end of a fence or the rule under a table's header, are part of it; anything else becomes a clause of kind Other.
func claim(markdown string, out []Clause, to int) []Clause {
	from := lastEnd(out)
	if to <= from || strings.TrimSpace(markdown[from:to]) == "" {
		return out
	}
	adjoins := len(out) > 0
	for first := true; from < to; first = false {
		line := markdown[from:to]
		if eol := strings.IndexByte(line, '\n'); eol >= 0 {
			line = line[:eol+1]
		}
		end := from + len(strings.TrimRight(line, " \t\r\n"))
		switch {
		case end == from:
			// What is left of the last clause's own line does not part it from the next.
			adjoins = adjoins && first
		case adjoins:
			out[len(out)-1].End = end
		default:
			out = append(out, unseen(from, end))
			adjoins = true
		}
		from += len(line)
	}
	return out
}

func unseen(start, end int) Clause {
	return Clause{Kind: Other, Parent: -1, Start: start, End: end, Offset: start, Label: "unseen"}
}
