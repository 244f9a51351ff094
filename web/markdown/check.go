package markdown

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// ErrUnfit is wrapped by every refusal of Check. Its message is for the person who wrote the text.
var ErrUnfit = errors.New("the text cannot be shown")

// Unfit is a text that is too large or too intricate, with what to do about it.
type Unfit struct{ Advice string }

func (u *Unfit) Error() string { return u.Advice }

// Is makes an Unfit an ErrUnfit.
func (u *Unfit) Is(target error) bool { return target == ErrUnfit }

func tooLarge(advice string) error { return &Unfit{Advice: advice} }

// Bounds within which rendering takes time and space in proportion to the text. Policies are far below them.
const (
	maxBytes    = 1 << 20
	maxNesting  = 16       // markers of quotes and lists at the start of one line
	maxIndent   = 160      // columns
	maxBlock    = 64 << 10 // bytes between two blank lines that hold markup
	maxBrackets = 1000     // [ and ] between two blank lines
	maxEmphasis = 2000     // *, _, ~ and ` between two blank lines
	maxColumns  = 60       // of a table
	maxCells    = 20000    // of all tables together
	maxNotes    = 1000     // footnotes
)

// Check tells whether a text can be rendered, before anything is spent on it. Its errors are an *Unfit each,
// which says what to do.
func Check(src string) error {
	switch {
	case len(src) > maxBytes:
		return tooLarge(fmt.Sprintf("The text is longer than %d characters. Split it.", maxBytes))
	case !utf8.ValidString(src):
		return tooLarge("The text holds characters that cannot be read. Save it as UTF-8 and try again.")
	case strings.Count(src, "[^") > maxNotes:
		return tooLarge(fmt.Sprintf("The text has more than %d footnotes. Use fewer.", maxNotes))
	}
	var b block
	n, cells := 0, 0
	for line := range strings.Lines(src) {
		n++
		if strings.TrimSpace(line) == "" {
			cells += b.cells()
			b = block{}
			continue
		}
		if nested(line) {
			return tooLarge(fmt.Sprintf("Line %d is nested too deeply. Use fewer levels of lists and quotations.", n))
		}
		if err := b.add(line, n); err != nil {
			return err
		}
		if cells+b.cells() > maxCells {
			return tooLarge(fmt.Sprintf("The text has tables of more than %d cells together, reached at line %d. Split the text.", maxCells, n))
		}
	}
	return nil
}

// block counts, between two blank lines, what makes a parser look back and forth.
type block struct {
	bytes, lines, columns, brackets, emphasis, other int
}

func (b *block) add(line string, n int) error {
	b.bytes += len(line)
	b.lines++
	pipes := 0
	for i := range len(line) {
		switch line[i] {
		case '[', ']':
			b.brackets++
		case '*', '_', '~', '`':
			b.emphasis++
		case '|':
			pipes++
		case '<', '!', '&', '\\', ':', '@':
			b.other++
		}
	}
	b.columns = max(b.columns, pipes)
	marked := b.brackets + b.emphasis + b.other
	switch {
	case b.columns > maxColumns:
		return tooLarge(fmt.Sprintf("Line %d belongs to a table of more than %d columns. Split the table.", n, maxColumns))
	case b.brackets > maxBrackets:
		return tooLarge(fmt.Sprintf("The paragraph at line %d has too many brackets. Split it by an empty line.", n))
	case b.emphasis > maxEmphasis:
		return tooLarge(fmt.Sprintf("The paragraph at line %d has too many marks such as * and _. Split it by an empty line.", n))
	case b.bytes > maxBlock && marked > maxBrackets:
		return tooLarge(fmt.Sprintf("The paragraph at line %d is too long. Split it by an empty line.", n))
	}
	return nil
}

// cells is how many a table of this block would have: short rows are filled up to the widest.
func (b *block) cells() int { return b.columns * b.lines }

// nested tells whether the markers at the start of a line, or its indent, go too deep.
func nested(line string) bool {
	markers, indent := 0, 0
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == ' ':
			indent++
		case c == '\t':
			indent += 4
		case c == '>' || c == '-' || c == '+' || c == '*' || c == ')' || c == '.':
			if i+1 < len(line) && (line[i+1] == ' ' || line[i+1] == '\t' || line[i+1] == '\n' || c == '>') {
				markers++
			}
		case c >= '0' && c <= '9':
		default:
			return markers > maxNesting || indent > maxIndent
		}
	}
	return markers > maxNesting || indent > maxIndent
}
