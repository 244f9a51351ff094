package intake

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What is written in place of the value of a formula that the file does not hold.
const formulaSign = "[formula]"

// nothingAndFraction is how excelize shows a number below one in a format for fractions.
var nothingAndFraction = regexp.MustCompile(`^(-?)0 (\d+/\d+)$`)

// shown is the text of a cell with what its facts add.
func (c cellFact) shown(text string) string {
	switch {
	case c.formula != "" && strings.TrimSpace(text) == "":
		return formulaSign
	case c.words != "":
		return c.words
	case c.number:
		text = nothingAndFraction.ReplaceAllString(text, "$1$2")
	}
	if c.struck {
		return struckLines(text)
	}
	return text
}

// mend puts the facts of a sheet into its rows and tells what a reader should look at.
func (f *sheetFacts) mend(rows [][]string, where string, l *losses) [][]string {
	t := &cellTeller{losses: l, where: where}
	var at [][2]int
	for cell := range f.cells {
		at = append(at, cell)
	}
	slices.SortFunc(at, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	padding := 0
	for _, cell := range at {
		row, column := cell[0]-1, cell[1]-1
		if row < 0 || row >= maxSheetRows || column < 0 || column >= 16_384 {
			continue
		}
		c := f.cells[cell]
		before := ""
		if row < len(rows) && column < len(rows[row]) {
			before = rows[row][column]
		}
		after := c.shown(before)
		c.tell(t, cell, before, after)
		if after == before {
			continue
		}
		for len(rows) <= row {
			rows = append(rows, nil)
		}
		if missing := column + 1 - len(rows[row]); missing > 0 {
			if padding += missing; padding > maxPadding {
				break
			}
			rows[row] = append(rows[row], make([]string, missing)...)
		}
		rows[row][column] = after
	}
	f.tellHidden(rows, t)
	for _, n := range f.notes {
		t.cell("the note of a cell, left out", n.cell, n.words)
	}
	if words := plain([]run{{text: normalise(f.margins)}}); strings.ContainsFunc(words, isLetter) {
		l.addAt(withWords("the words of a printed header or footer", words), where)
	}
	for _, d := range f.drawn {
		l.addAt(d, where)
	}
	return rows
}

func (c cellFact) tell(t *cellTeller, at [2]int, before, after string) {
	name, _ := excelize.CoordinatesToCellName(at[1], at[0])
	switch {
	case after == formulaSign:
		t.cell("a formula without a stored value, shown as "+formulaSign, name, c.formula)
	case c.words != "" || c.struck && after != before:
		t.cell(struckKept, name, after)
	case c.wrong:
		t.cell("an error in place of a value", name, before)
	case c.number && strings.TrimSpace(before) == "":
		t.cell("a number that the cell's format does not show, left out", name, c.value)
	}
}

func (f *sheetFacts) tellHidden(rows [][]string, t *cellTeller) {
	for i, row := range rows {
		if f.rows[i+1] && len(row) > 0 {
			t.cell("a hidden row, kept as if shown", "row "+strconv.Itoa(i+1), strings.Join(slices.DeleteFunc(slices.Clone(row), func(s string) bool { return s == "" }), " | "))
		}
	}
	for _, span := range f.columns {
		for c := max(span[0], 1); c <= min(span[1], 16_384); c++ {
			words := ""
			for _, row := range rows {
				if c <= len(row) && row[c-1] != "" && words == "" {
					words = row[c-1]
				}
			}
			if name, err := excelize.ColumnNumberToName(c); err == nil && words != "" {
				t.cell("a hidden column, kept as if shown", "column "+name, words)
			}
		}
	}
}

// A cellTeller tells of the first cells of a kind by their words, and counts the rest.
type cellTeller struct {
	losses *losses
	where  string
	told   map[string]int
}

const mostCellsTold = 30

func (t *cellTeller) cell(what, cell, words string) {
	if t.told == nil {
		t.told = map[string]int{}
	}
	if t.told[what]++; t.told[what] > mostCellsTold {
		t.losses.addAt(what+", in more places", t.where)
		return
	}
	t.losses.addAt(withWords(what, words)+" ("+cell+")", t.where)
}
