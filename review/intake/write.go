package intake

import (
	"fmt"
	"strings"
)

// A writer writes blocks as Markdown.
type writer struct {
	strings.Builder
	open []openList // the lists that the last block stood in, outermost first
}

// An openList is what the writer must know of a list that may go on.
type openList struct {
	ordered bool
	number  int  // of the last item
	marker  byte // '-' or '*'; '.' or ')'
	indent  int  // of what stands inside its items, from its own margin
}

func (w *writer) document(blocks []block, notes []note) {
	blocks = shown(blocks)
	for i := 0; i < len(blocks); {
		end := i + 1
		for blocks[i].depth > 0 && end < len(blocks) && blocks[end].depth > 0 && blocks[end].quote == blocks[i].quote {
			end++
		}
		w.group(blocks[i:end], i > 0 && blocks[i-1].quote > 0 && blocks[i].quote > 0)
		i = end
	}
	for i, n := range notes {
		w.note(i+1, n)
	}
}

// shown leaves out blocks without words and puts impossible depths right.
func shown(blocks []block) []block {
	var out []block
	inside := 0
	for _, b := range blocks {
		if b.kind == table && len(b.rows) == 0 || b.kind != table && blank(b.runs) {
			continue
		}
		if b.kind == item {
			b.depth = max(1, min(b.depth, inside+1))
		}
		b.depth = min(b.depth, maxDepth)
		if b.kind != item {
			b.depth = min(b.depth, inside)
		}
		b.number = listNumber(b.number)
		inside = b.depth
		out = append(out, b)
	}
	return out
}

// maxDepth is as deep as lists are nested: more is a mistake, and indents each line once more.
const maxDepth = 9

// listNumber keeps to the numbers that Markdown has.
func listNumber(n int) int {
	if n < 0 || n > 999_999_999 {
		return 1
	}
	return n
}

// group writes a block, or a list with all that is in it.
func (w *writer) group(blocks []block, sameQuote bool) {
	w.open = nil
	loose := isLoose(blocks)
	for i, b := range blocks {
		switch {
		case i > 0 && loose:
			w.blankLine(b.quote)
		case i == 0 && w.Len() > 0 && sameQuote:
			w.blankLine(b.quote)
		case i == 0 && w.Len() > 0:
			w.WriteByte('\n')
		}
		w.block(b)
	}
}

func (w *writer) blankLine(quote int) {
	w.WriteString(strings.TrimRight(strings.Repeat("> ", quote), " "))
	w.WriteByte('\n')
}

// isLoose says whether a list needs empty lines between its items: for anything but plain items, and for a
// nested list that does not begin with 1, which may not follow a line of text directly.
func isLoose(blocks []block) bool {
	last := map[int]block{}
	for i, b := range blocks {
		if b.kind != item {
			return true
		}
		before, ok := last[b.depth]
		if i > 0 && b.ordered && b.number != 1 && !(ok && before.ordered && before.number+1 == b.number) {
			return true
		}
		for d := range last {
			if d > b.depth {
				delete(last, d)
			}
		}
		last[b.depth] = b
	}
	return false
}

func (w *writer) block(b block) {
	margin := strings.Repeat("> ", b.quote)
	if b.kind == item {
		w.item(b, margin)
		return
	}
	margin += strings.Repeat(" ", w.indent(b.depth))
	switch b.kind {
	case heading:
		w.lines(margin+strings.Repeat("#", b.level)+" ", margin, inline(b.runs, inHeading))
	case table:
		w.table(b.rows, margin)
	default:
		w.lines(margin, margin, inline(b.runs, inParagraph))
	}
}

func (w *writer) indent(depth int) int {
	n := 0
	for _, l := range w.open[:min(depth, len(w.open))] {
		n += l.indent
	}
	return n
}

func (w *writer) item(b block, margin string) {
	l := w.list(b)
	mark := string(l.marker) + " "
	if b.ordered {
		mark = fmt.Sprintf("%d%c ", b.number, l.marker)
	}
	l.indent, l.number = len(mark), b.number
	outer := w.indent(b.depth - 1)
	w.open = append(w.open[:b.depth-1], l)
	first := margin + strings.Repeat(" ", outer)
	w.lines(first+mark, first+strings.Repeat(" ", len(mark)), inline(b.runs, inParagraph))
}

// list says which list an item belongs to: the one that is open at its depth, or a new one, which has another
// marker where Markdown would otherwise join the two.
func (w *writer) list(b block) openList {
	l := openList{ordered: b.ordered, marker: '-'}
	if b.ordered {
		l.marker = '.'
	}
	if len(w.open) < b.depth {
		return l
	}
	before := w.open[b.depth-1]
	if before.ordered != b.ordered {
		return l
	}
	if !b.fresh && (!b.ordered || before.number+1 == b.number) {
		return before
	}
	if before.marker == l.marker {
		l.marker = map[byte]byte{'-': '*', '.': ')'}[l.marker]
	}
	return l
}

func (w *writer) lines(first, rest, text string) {
	for i, line := range strings.Split(text, "\n") {
		if i == 0 {
			w.WriteString(first)
		} else {
			w.WriteString(rest)
		}
		w.WriteString(line)
		w.WriteByte('\n')
	}
}

func (w *writer) table(rows [][]cell, margin string) {
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	for i, r := range rows {
		w.WriteString(margin + "|")
		for c := range width {
			text := ""
			if c < len(r) {
				text = inline(r[c].runs, inCell)
			}
			if text != "" {
				w.WriteString(" " + text)
			}
			w.WriteString(" |")
		}
		w.WriteByte('\n')
		if i == 0 {
			w.WriteString(margin + "|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
}

// note writes a footnote; further paragraphs are indented by four spaces, as the syntax wants.
func (w *writer) note(number int, n note) {
	inner := &writer{}
	inner.document(n.blocks, nil)
	fmt.Fprintf(w, "\n[^%d]: ", number)
	for i, line := range strings.Split(strings.TrimRight(inner.String(), "\n"), "\n") {
		if i > 0 && line != "" {
			w.WriteString("    ")
		}
		w.WriteString(line + "\n")
	}
}
