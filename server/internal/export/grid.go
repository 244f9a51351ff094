package export

// Grid is a table of words: a heading for each column, and the cells below.
func Grid(name string, head []string, rows [][]string) Table {
	t := Table{Name: name}
	for _, title := range head {
		t.Columns = append(t.Columns, Column{Title: title, Width: 28})
	}
	for _, row := range rows {
		cells := make([]any, len(row))
		for i, words := range row {
			cells[i] = words
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
