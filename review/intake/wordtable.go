package intake

func (w *wordReader) table(n *node) {
	w.lists = nil
	w.depth++
	rows := w.tableRows(n, nil)
	w.depth--
	w.blocks = append(w.blocks, shapeTable(rows, w.headLevel, w.losses)...)
}

func (w *wordReader) tableRows(n *node, rows [][]rawCell) [][]rawCell {
	for _, k := range n.kids {
		switch k.name {
		case "tr":
			if k.first("trPr", "del") != nil {
				w.losses.add("a table row deleted with tracked changes, left out as if accepted")
				continue
			}
			if row := w.tableRow(k); len(row) > 0 {
				rows = append(rows, row)
			}
		case "sdt":
			if c := k.child("sdtContent"); c != nil {
				rows = w.tableRows(c, rows)
			}
		case "customXml", "ins", "moveTo", "sdtContent":
			rows = w.tableRows(k, rows)
		case "AlternateContent":
			rows = w.tableRows(alternative(k), rows)
		}
	}
	return rows
}

func (w *wordReader) tableRow(tr *node) []rawCell {
	var row []rawCell
	pad := func(n int) {
		n = min(max(n, 0), maxColumns-len(row), maxPadding-w.padding)
		w.padding += max(n, 0)
		for range n {
			row = append(row, rawCell{})
		}
	}
	pad(number(tr.first("trPr", "gridBefore").val(), 0))
	w.rowCells(tr, &row)
	pad(number(tr.first("trPr", "gridAfter").val(), 0))
	return row
}

func (w *wordReader) rowCells(n *node, row *[]rawCell) {
	for _, k := range n.kids {
		switch k.name {
		case "tc":
			w.tableCell(k, row)
		case "sdt":
			if c := k.child("sdtContent"); c != nil {
				w.rowCells(c, row)
			}
		case "customXml":
			w.rowCells(k, row)
		}
	}
}

func (w *wordReader) tableCell(tc *node, row *[]rawCell) {
	if len(*row) >= maxColumns {
		return
	}
	c := rawCell{blocks: w.capture(func() { w.body(tc) })}
	pr := tc.child("tcPr")
	if pr.first("cellDel") != nil {
		w.losses.add("a table cell deleted with tracked changes, kept with its words")
	}
	for _, name := range []string{"vMerge", "hMerge"} {
		if m := pr.first(name); m != nil && m.val() != "restart" && len(shown(c.blocks)) == 0 {
			c.merged = true
		}
	}
	*row = append(*row, c)
	n := min(number(pr.first("gridSpan").val(), 1)-1, maxColumns-len(*row), maxPadding-w.padding)
	w.padding += max(n, 0)
	for range n {
		*row = append(*row, rawCell{merged: true})
	}
}
