package textdiff

import "strings"

// cells parts the words of a row at the bars between its cells, which stand by themselves: joined with a bar they are
// the words. An empty cell is a space, or nothing at the ends.
func cells(words string) []string {
	var out []string
	from := 0
	for i := 0; i < len(words); i++ {
		if words[i] == '|' && (i == 0 || words[i-1] == ' ') && (i+1 == len(words) || words[i+1] == ' ') {
			out = append(out, words[from:i])
			from = i + 1
		}
	}
	return append(out, words[from:])
}

// rows compares two rows of a table cell by cell, so that no run of words goes over a cell's edge. Where there are more
// or fewer cells than there were, those at the end that are equal stay, and what is left over came or went whole.
func (c *comparer) rows(before, after string) []Span {
	x, y := cells(before), cells(after)
	tail := 0
	if len(x) != len(y) {
		for tail < min(len(x), len(y)) && strings.TrimSpace(x[len(x)-1-tail]) == strings.TrimSpace(y[len(y)-1-tail]) {
			tail++
		}
	}
	var r rowRuns
	both := min(len(x), len(y)) - tail
	for i := range both {
		r.cell(true, true, c.words(x[i], y[i])...)
	}
	for _, cell := range x[both : len(x)-tail] {
		r.cell(true, false, Span{Delete, cell})
	}
	for _, cell := range y[both : len(y)-tail] {
		r.cell(false, true, Span{Insert, cell})
	}
	for i := range tail {
		r.cell(true, true, c.words(x[len(x)-tail+i], y[len(y)-tail+i])...)
	}
	return assemble(r.out...)
}

// rowRuns are the runs of a row as its cells are added, with a bar between two cells of each side.
type rowRuns struct {
	out      []Span
	was, had bool // whether there is a cell before, and after
}

func (r *rowRuns) cell(before, after bool, runs ...Span) {
	switch {
	case before && r.was && after && r.had:
		r.out = append(r.out, Span{Equal, "|"})
	default:
		if before && r.was {
			r.out = append(r.out, Span{Delete, "|"})
		}
		if after && r.had {
			r.out = append(r.out, Span{Insert, "|"})
		}
	}
	r.was, r.had = r.was || before, r.had || after
	r.out = append(r.out, runs...)
}
