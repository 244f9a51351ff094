package clause

import "strings"

// row reads a row of a table, cell by cell: a short first cell is the label of the others that hold criteria, a column of codes or of
// names of treatments holds no criteria.
func (r *criteriaReader) row(i int, f *frame, up frame) {
	cs := r.out.Text.Clauses
	c := &cs[i]
	f.words = ""
	if c.Parent < 0 || cs[c.Parent].Kind != Row {
		f.words, f.read = c.Words, true
		return // the header
	}
	if up.barred {
		return
	}
	header := cells(cs[c.Parent].Words)
	own := cells(c.Words)
	label, skip := "", -1
	other := func(k int) bool { return k < len(header) && anyWord(lex(header[k].text), otherColumns) }
	beside := false // whether a column beside the first may hold criteria
	for k := 1; k < len(own); k++ {
		beside = beside || !other(k)
	}
	if beside && sideOfColumn(header, 0) == "" && !hasQuantity(lex(own[0].text)) && len(own[0].text) < 90 {
		label, skip = own[0].text, 0
	}
	for k, cell := range own {
		if k == skip || other(k) {
			continue
		}
		from := len(r.out.Criteria)
		ts := lex(cell.text)
		for j := range ts {
			ts[j].from += cell.from
			ts[j].to += cell.from
		}
		column := *f
		if side := sideOfColumn(header, k); side != "" {
			column.side = side
		}
		r.statements(i, ts, column, true)
		for j := from; j < len(r.out.Criteria); j++ {
			if x := &r.out.Criteria[j]; label != "" {
				x.Context = append([]string{label}, x.Context...)
			}
		}
	}
}

// sideOfColumn is what the name of a column says against those of whom its cells speak: "Not funded"; "" for nothing.
func sideOfColumn(header []tableCell, k int) Side {
	if k >= len(header) {
		return ""
	}
	if side, ok := sideOfHeading(lex(header[k].text)); ok && side != Requires {
		return side
	}
	return ""
}

// otherColumns are the columns of a table that hold no criteria.
var otherColumns = set("evidence proof code codes opcs opcs-4 icd icd-10 reference source date review notes contact version owner author approved")

type tableCell struct {
	text string
	from int // bytes of the row's words
}

// cells parts the words of a row at the bars between its cells.
func cells(words string) []tableCell {
	var out []tableCell
	from := 0
	for {
		i := strings.Index(words[from:], " | ")
		if i < 0 {
			return append(out, tableCell{words[from:], from})
		}
		out = append(out, tableCell{words[from : from+i], from})
		from += i + 3
	}
}
