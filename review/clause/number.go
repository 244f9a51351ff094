package clause

import (
	"strconv"
	"strings"
)

// counter gives numbers and labels in reading order. Sections are counted by their headings of level 2, what
// stands alone in a section is section.paragraph, and items below it are (a), (i), (A).
type counter struct {
	section, paragraph, note int
}

// place is the address of one clause, from which those below it derive theirs.
type place struct {
	number, label string
	depth         int // how many item numbers the label ends in
}

func (c *counter) heading(level int, words string) place {
	if level != 2 {
		return place{label: c.where() + "heading “" + words + "”"}
	}
	c.section++
	c.paragraph = 0
	number := strconv.Itoa(c.section)
	return place{number: number, label: "section " + number}
}

// where names the section for a clause that has no number of its own.
func (c *counter) where() string {
	if c.section == 0 {
		return ""
	}
	return "section " + strconv.Itoa(c.section) + ", "
}

// standing numbers a clause that stands alone. Before the first section there is nothing to number from, so it
// has a label only.
func (c *counter) standing() place {
	c.paragraph++
	paragraph := strconv.Itoa(c.paragraph)
	if c.section == 0 {
		return place{label: "paragraph " + paragraph}
	}
	number := strconv.Itoa(c.section) + "." + paragraph
	return place{number: number, label: number}
}

func (c *counter) footnote() place {
	c.note++
	return place{label: "note " + strconv.Itoa(c.note)}
}

// item numbers the nth item below p.
func (p place) item(n int) place {
	number := "(" + itemNumber(p.depth, n) + ")"
	return place{number: number, label: p.label + number, depth: p.depth + 1}
}

func (p place) row(n int) place {
	return place{label: p.label + " row " + strconv.Itoa(n)}
}

func (p place) continued() place {
	return place{label: p.label + " continued", depth: p.depth}
}

func itemNumber(depth, n int) string {
	switch depth % 4 {
	case 0:
		return letters(n)
	case 1:
		return roman(n)
	case 2:
		return strings.ToUpper(letters(n))
	default:
		return strings.ToUpper(roman(n))
	}
}

// letters counts a to z, then aa to az, ba and so on.
func letters(n int) string {
	var out []byte
	for ; n > 0; n = (n - 1) / 26 {
		out = append([]byte{byte('a' + (n-1)%26)}, out...)
	}
	return string(out)
}

// roman writes n in small Roman figures; beyond 3,999, which they do not reach, in Arabic ones.
func roman(n int) string {
	if n >= 4000 {
		return strconv.Itoa(n)
	}
	var out strings.Builder
	for _, f := range []struct {
		value  int
		figure string
	}{
		{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"},
		{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
	} {
		for ; n >= f.value; n -= f.value {
			out.WriteString(f.figure)
		}
	}
	return out.String()
}
