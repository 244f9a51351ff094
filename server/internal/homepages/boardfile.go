package homepages

import (
	"bytes"
	"fmt"
	"io"

	"github.com/gin-gonic/gin"

	"concordat/server/internal/export"
	"concordat/server/internal/page"
)

// boardXLSX is the board as a workbook, narrowed as the page is.
func (p *Pages) boardXLSX(c *gin.Context) (page.Result, error) {
	return p.boardFile(c, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.XLSX)
}

// boardCSV is the board as comma-separated values, narrowed as the page is.
func (p *Pages) boardCSV(c *gin.Context) (page.Result, error) {
	return p.boardFile(c, "csv", "text/csv; charset=utf-8", export.CSV)
}

func (p *Pages) boardFile(c *gin.Context, ending, contentType string, write func(io.Writer, export.Table) error) (page.Result, error) {
	t, err := p.table(c)
	if err != nil {
		return page.Result{}, err
	}
	var out bytes.Buffer
	if err := write(&out, t.cells()); err != nil {
		return page.Result{}, fmt.Errorf("writing the board of %s: %w", t.g.ID, err)
	}
	name := fmt.Sprintf("%s, %s.%s", t.g.Name, t.facts.today, ending)
	return page.Result{File: &page.File{Name: name, ContentType: contentType, Body: io.NopCloser(&out)}}, nil
}

// cells are the rows of the board in words.
func (t table) cells() export.Table {
	out := export.Table{Name: t.g.Name, Columns: []export.Column{{Title: "Policy", Width: 36}, {Title: "Reference", Width: 12}, {Title: "Stage", Width: 14}, {Title: "Lead", Width: 20},
		{Title: "Waits for", Width: 28}, {Title: "Days", Width: 7}, {Title: "Late", Width: 7}, {Title: "Decision in", Width: 16}, {Title: "Consultation", Width: 24}, {Title: "Adopted", Width: 9}}}
	for _, name := range t.names {
		out.Columns = append(out.Columns, export.Column{Title: name, Width: 13})
	}
	for _, g := range t.shown {
		for _, r := range g.Rows {
			out.Rows = append(out.Rows, r.cells(len(t.names)))
		}
	}
	return out
}

// cells are the row in words. What is not for decision yet says so at every place.
func (r boardRow) cells(places int) []any {
	out := []any{r.Title, r.Reference, r.stage.Words(), r.Lead, r.Waits, r.Days, "", r.month.MonthWords(), r.need.Words(), r.Adopted}
	if r.Waits == "" {
		out[5] = ""
	}
	if r.Late {
		out[6] = "Late"
	}
	for i := range places {
		if r.Quiet != "" {
			out = append(out, r.Quiet)
			continue
		}
		out = append(out, r.Cells[i].Word())
	}
	return out
}
