package intake

// alignedRows makes the rows of a table of what stands in columns without lines. A row of the page goes on with
// the row above it when its first column is empty, or when it is closer to it than rows are.
func alignedRows(rows []row, b band, page int) [][][]line {
	close := lineGap(rows)
	var out [][][]line
	for i, r := range rows {
		cells := make([][]word, len(b.gutters)+1)
		for _, p := range r.pieces {
			cells[b.column(p)] = append(cells[b.column(p)], p.words...)
		}
		goesOn := i > 0 && len(out) > 0 && (len(cells[0]) == 0 || close > 0 && r.base-rows[i-1].base <= close)
		if !goesOn {
			out = append(out, make([][]line, len(cells)))
		}
		last := out[len(out)-1]
		for c, words := range cells {
			if len(words) > 0 {
				last[c] = append(last[c], newLine(words, page))
			}
		}
	}
	return out
}

// lineGap is the greatest distance of two lines of one cell, 0 when the rows of a table are all equally far apart.
func lineGap(rows []row) float64 {
	least, most := 0.0, 0.0
	for i := 1; i < len(rows); i++ {
		gap := rows[i].base - rows[i-1].base
		if least == 0 || gap < least {
			least = gap
		}
		most = max(most, gap)
	}
	if most < 1.25*least {
		return 0
	}
	return 1.1 * least
}
