package view

// A Table shows rows of the same kind.
type Table struct {
	Caption         string
	CaptionSize     string // s, m, l or xl
	CaptionID       string
	CaptionClasses  string // nhsuk-u-visually-hidden keeps it for screen readers
	Head            []Column
	Rows            [][]Cell
	FirstCellHeader bool // the first cell of each row names the row
	Responsive      bool // on a phone each row is a block, each cell with its heading
	Compact         bool
	Striped         bool
	Scroll          bool // scrolls sideways in a box of its own
	NoBorder        bool
	NoLastBorder    bool
	Reverse         bool
	Card            *Card // around it
	ID              string
	Classes         string
}

// A Column is the heading of one. Sort makes the table sortable: by the browser, or by the server when
// the heading has an address.
type Column struct {
	Text     string
	Hidden   string // further words for screen readers
	Format   string // numeric: to the right, and so its cells
	Align    string // left, centre or right
	Width    string // such as one-half
	Sort     string // ascending, descending or none
	SortNext string // which way the next press sorts
	Href     string
	Classes  string
}

// A Cell is one cell.
type Cell struct {
	Text    string
	Content Component // in place of Text
	Href    string
	Hidden  string // further words for screen readers
	Format  string // that of its column when empty; string in a numeric column keeps it to the right
	Align   string
	Width   string
	Sort    string // value to sort by, when it is not the words
	Classes string
}

func (Table) component() string { return "table" }

// Sortable tells whether any column is.
func (t Table) Sortable() bool {
	for _, c := range t.Head {
		if c.Sort != "" {
			return true
		}
	}
	return false
}

// SortedHere tells whether the browser sorts.
func (t Table) SortedHere() bool {
	for _, c := range t.Head {
		if c.Sort != "" && c.Href != "" {
			return false
		}
	}
	return t.Sortable()
}

// Class is the class of the table.
func (t Table) Class() string {
	return classes("nhsuk-table", when(t.Reverse, "nhsuk-table--reverse"), when(t.Compact, "nhsuk-table--compact"),
		when(t.Responsive, "nhsuk-table--responsive"), when(t.NoBorder, "nhsuk-table--no-border"),
		when(t.NoLastBorder && !t.NoBorder, "nhsuk-table--no-last-row-border"),
		when(t.Sortable(), "nhsuk-table--sortable"), when(t.Striped, "nhsuk-table--striped"), t.Classes)
}

// CaptionClass is the class of the caption.
func (t Table) CaptionClass() string {
	return classes("nhsuk-table__caption", suffixed("nhsuk-table__caption--", t.CaptionSize), t.CaptionClasses)
}

// CaptionKey is the id of the caption. A box that scrolls must be named by it.
func (t Table) CaptionKey() string {
	switch {
	case t.CaptionID != "" || !t.Scroll:
		return t.CaptionID
	case t.ID != "":
		return t.ID + "-caption"
	case t.Caption == "":
		return ""
	}
	return "table-" + slug(t.Caption, 40) + "-caption"
}

// Cards is the table in its card, or nil without one.
func (t Table) Cards() *Card {
	if t.Card == nil {
		return nil
	}
	c, inner := *t.Card, t
	inner.Card = nil
	c.Content = inner
	return &c
}

// Columns are the headings with everything decided.
func (t Table) Columns() []tableCell {
	var cells []tableCell
	for _, c := range t.Head {
		cell := tableCell{
			Cell: Cell{Text: c.Text, Hidden: c.Hidden, Href: c.Href, Format: c.Format, Align: c.Align, Width: c.Width, Classes: c.Classes},
			Tag:  "th", Scope: "col",
			Sorting: c.Sort != "", SortNext: when(t.SortedHere(), c.SortNext),
		}
		if c.Sort != "none" {
			cell.Sorted = c.Sort
		}
		cells = append(cells, cell)
	}
	return cells
}

// Lines are the rows with everything decided.
func (t Table) Lines() [][]tableCell {
	lines := make([][]tableCell, len(t.Rows))
	for i, row := range t.Rows {
		for j, c := range row {
			lines[i] = append(lines[i], t.cell(c, j))
		}
	}
	return lines
}

func (t Table) cell(c Cell, column int) tableCell {
	names := t.FirstCellHeader && column == 0
	cell := tableCell{Cell: c, Tag: "td"}
	if names {
		cell.Tag, cell.Scope = "th", "row"
	}
	if column >= len(t.Head) {
		return cell
	}
	head := t.Head[column]
	if c.Format == "string" && head.Format == "numeric" && c.Align == "" {
		cell.Align = "right"
	}
	cell.Align = orElse(cell.Align, head.Align)
	cell.Format = orElse(c.Format, head.Format)
	if t.Responsive {
		cell.Heading, cell.HeadingHidden = head.Text, head.Hidden
	}
	return cell
}

type tableCell struct {
	Cell
	Tag           string // th or td
	Scope         string
	Heading       string // of its column, shown on a phone
	HeadingHidden string
	Sorting       bool
	Sorted        string
	SortNext      string
}

// Class is the class of the cell.
func (c tableCell) Class() string {
	base := "nhsuk-table__cell"
	if c.Tag == "th" {
		base = "nhsuk-table__header"
	}
	return classes(base, when(c.Format == "numeric", base+"--numeric"), suffixed("nhsuk-u-text-align-", c.Align),
		suffixed("nhsuk-u-width-", c.Width), c.Classes)
}
