package reviewpages

import (
	"bytes"
	"io"

	"github.com/gin-gonic/gin"

	"concordat/review/harmony"
	"concordat/server/internal/export"
	"concordat/server/internal/page"
)

func (p *Pages) matrixXLSX(c *gin.Context) (page.Result, error) {
	return p.matrixFile(c, ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export.XLSX)
}

func (p *Pages) matrixCSV(c *gin.Context) (page.Result, error) {
	return p.matrixFile(c, ".csv", "text/csv; charset=utf-8", export.CSV)
}

// matrixFile is the whole matrix against the base that is asked for, for a spreadsheet.
func (p *Pages) matrixFile(c *gin.Context, extension, contentType string, write func(io.Writer, export.Table) error) (page.Result, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return page.Result{}, err
	}
	var b bytes.Buffer
	head, rows := m.Grid(func(r *harmony.Row) string { return noteWords(m, r) })
	if err := write(&b, export.Grid(m.Policy.Reference+" and "+m.Base.Words(), head, rows)); err != nil {
		return page.Result{}, err
	}
	return download(m.Policy.Reference+" matrix"+extension, contentType, b.Bytes()), nil
}
