package clause

import (
	"sort"
	"strings"
)

// Typed is a number that was typed by hand and taken off.
type Typed struct {
	Number string // as it was typed: "1.2", "(a)", "iv)"
	Words  string // the words of the clause that it stood before
	Clause int    // that clause's index in Parse of the text without typed numbers
}

// Untype takes off the numbers typed by hand at the start of headings, paragraphs and list items, and says which
// they were. Only numbers that count on from one to the next are taken: a paragraph that begins with a quantity,
// a date or a single letter keeps it. Lettered and bracketed lines become Markdown lists, nested as they count.
// Code, tables and quotes are left alone, and a text without typed numbers comes back as it was.
func Untype(markdown string) (string, []Typed) {
	u := newUntyper(markdown)
	if len(u.marks) == 0 {
		return markdown, nil
	}
	u.write()
	return u.out.String(), u.typed()
}

// untyper rewrites a text line by line.
type untyper struct {
	lines   []string
	marks   map[int]placed // the marks to take off, by line
	indents []int          // columns to add to each line
	list    []int          // columns of the Markdown list that each line stands in
	out     strings.Builder
	taken   []taken
}

// placed is a mark that belongs to a sequence.
type placed struct {
	mark
	list  bool // to be made an item of a list
	first bool // the first of its list
	level int
}

// taken is a number that was taken off and where its text now begins.
type taken struct {
	number string
	offset int
}

func newUntyper(markdown string) *untyper {
	u := &untyper{lines: strings.SplitAfter(markdown, "\n"), marks: map[int]placed{}}
	u.indents, u.list = make([]int, len(u.lines)), make([]int, len(u.lines))
	for _, q := range u.sequences() {
		if q.counts() {
			u.place(q)
		}
	}
	return u
}

// sequences reads the lines for typed numbers, passing over code, tables and quotes.
func (u *untyper) sequences() []*sequence {
	var s sequencer
	fence, blank, list := "", true, 0
	for i, line := range u.lines {
		text := strings.TrimSpace(line)
		if fence != "" || isFence(text) {
			fence = nextFence(fence, text)
			continue
		}
		if text == "" {
			blank = true
			continue
		}
		m, found := findMark(line, i)
		switch {
		case m.item:
			list = len(m.prefix)
		case blank && m.indent == 0:
			list = 0
		}
		u.list[i] = list
		if m.heading {
			s.reset()
		}
		switch {
		case text[0] == '|' || text[0] == '>':
			s.part()
		case found:
			s.add(m)
		case blank && !m.heading && m.indent == 0:
			s.part()
		}
		blank = false
	}
	return s.done
}

func isFence(text string) bool {
	return strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
}

// nextFence is the fence that is open after a line; empty for none.
func nextFence(open, text string) string {
	if open == "" {
		return text[:3]
	}
	if strings.HasPrefix(text, open) {
		return ""
	}
	return open
}

// place notes the marks of a sequence, and the lines between items of a list as parts of the items.
func (u *untyper) place(q *sequence) {
	level := q.level()
	for k, m := range q.marks {
		list := q.isList() && !m.item && !m.heading
		u.marks[m.line] = placed{mark: m, list: list, first: k == 0, level: level}
		if !list {
			continue
		}
		end := m.line + 1
		if k+1 < len(q.marks) {
			end = q.marks[k+1].line
		}
		for i := m.line + 1; i < end || i < len(u.lines) && end == m.line+1 && u.goesOn(i); i++ {
			u.indents[i] = max(u.indents[i], 2*(level+1))
			if i >= end {
				end = i + 1
			}
		}
	}
}

// goesOn says whether line i is more of the paragraph that the line before belongs to.
func (u *untyper) goesOn(i int) bool {
	line := u.lines[i]
	text := strings.TrimSpace(line)
	if text == "" || isFence(text) || strings.ContainsRune("|>#-*+", rune(text[0])) {
		return false
	}
	_, found := findMark(line, i)
	return !found
}

func (u *untyper) write() {
	blank := true
	for i, line := range u.lines {
		m, ok := u.marks[i]
		switch {
		case ok && m.list:
			u.writeItem(m, blank)
		case ok:
			if !blank && !m.item && !m.heading {
				u.out.WriteByte('\n') // numbered lines without a blank line between are paragraphs
			}
			u.out.WriteString(m.prefix)
			u.take(m)
		case u.indents[i] > 0 && strings.TrimSpace(line) != "":
			u.out.WriteString(strings.Repeat(" ", u.indents[i]))
			u.out.WriteString(strings.TrimLeft(line, " \t"))
		default:
			u.out.WriteString(line)
		}
		blank = strings.TrimSpace(line) == ""
	}
}

func (u *untyper) writeItem(m placed, blank bool) {
	if m.first && !blank && m.level == 0 {
		u.out.WriteByte('\n')
	}
	u.out.WriteString(strings.Repeat(" ", u.list[m.line]+2*m.level))
	u.out.WriteString("- ")
	u.take(m)
}

func (u *untyper) take(m placed) {
	u.taken = append(u.taken, taken{m.text, u.out.Len()})
	u.out.WriteString(m.rest)
}

// typed finds the clause of each number that was taken off.
func (u *untyper) typed() []Typed {
	text := Parse(u.out.String())
	var out []Typed
	for _, t := range u.taken {
		i := sort.Search(len(text.Clauses), func(i int) bool { return text.Clauses[i].End > t.offset })
		if i < len(text.Clauses) {
			out = append(out, Typed{Number: t.number, Words: text.Clauses[i].Words, Clause: i})
		}
	}
	return out
}
