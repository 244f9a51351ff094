package clause

import (
	"strings"
)

// Bounds within which the Markdown parser's time stays in proportion to the text. Policies are far below them.
const (
	maxBytes    = 8 << 20
	maxNesting  = 64       // markers of quotes and lists at the start of one line
	maxIndent   = 256      // columns
	maxBlock    = 64 << 10 // bytes between two blank lines that hold any markup
	maxBrackets = 2000     // [ and ] between two blank lines
	maxEmphasis = 4000     // *, _ and ~ between two blank lines
	maxCells    = 100_000  // lines between two blank lines times the most cells in one of them
	maxNotes    = 4000     // marks and texts of footnotes
)

// wellShaped says whether the Markdown parser can be trusted with the text.
func wellShaped(markdown string) bool {
	if len(markdown) > maxBytes || strings.Count(markdown, "[^") > maxNotes {
		return false
	}
	var b blockShape
	for line := range strings.Lines(markdown) {
		if strings.TrimSpace(line) == "" {
			b = blockShape{}
			continue
		}
		if nesting(line) > maxNesting || !b.add(line) {
			return false
		}
	}
	return true
}

// blockShape counts, between two blank lines, what makes the parser look back and forth.
type blockShape struct {
	bytes, lines, cells, brackets, emphasis, other int
}

func (b *blockShape) add(line string) bool {
	b.bytes += len(line)
	b.lines++
	cells := 1
	for i := range len(line) {
		switch line[i] {
		case '[', ']':
			b.brackets++
		case '*', '_', '~':
			b.emphasis++
		case '|':
			cells++
		case '<', '`', '!', '&', '\\':
			b.other++
		}
	}
	b.cells = max(b.cells, cells)
	marked := b.brackets + b.emphasis + b.other
	return (b.cells < 16 || b.lines*b.cells <= maxCells) && b.brackets <= maxBrackets && b.emphasis <= maxEmphasis &&
		(b.bytes <= maxBlock || marked < maxBrackets)
}

// nesting counts the markers that open quotes and lists at the start of a line; a deep indent counts as deep
// nesting, for that is what it may continue.
func nesting(line string) int {
	n, indent := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>' || (c == '-' || c == '+' || c == '*') && i+1 < len(line) && isSpace(line[i+1]):
			n++
		case c >= '0' && c <= '9' || (c == '.' || c == ')') && i > 0 && isDigit(line[i-1]):
			if c == '.' || c == ')' {
				n++
			}
		default:
			return max(n, nestingOf(indent))
		}
	}
	return max(n, nestingOf(indent))
}

func nestingOf(indent int) int {
	if indent > maxIndent {
		return maxNesting + 1
	}
	return 0
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// byLine reads each line that is not blank as one clause, section headings as such.
func byLine(markdown string) []piece {
	var out []piece
	var c counter
	section, from := -1, 0
	for line := range strings.Lines(markdown) {
		words := collapse([]byte(line))
		pos := from + strings.Index(line, strings.TrimSpace(line))
		p := piece{pos: pos, end: from + len(line), Clause: Clause{Kind: Paragraph, Parent: section, Offset: pos}}
		from += len(line)
		if words == "" {
			continue
		}
		var at place
		if title, ok := strings.CutPrefix(words, "## "); ok {
			p.Kind, p.Level, p.Parent, section = Heading, 2, -1, len(out)
			words = title
			at = c.heading(2, title)
		} else {
			at = c.standing()
		}
		p.Words, p.Number, p.Label = words, at.number, at.label
		out = append(out, p)
	}
	return out
}
