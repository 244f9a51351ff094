package reviewpages

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/harmony"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// matrixGonePage says that a row is no longer in the matrix, and where its words are now.
type matrixGonePage struct {
	Frame  view.Frame
	Matrix string
	Words  string // that the address was given for; "" when no text has them any more
	Name   string // whose they are
	Read   string // address that shows how that text was read
	Now    view.Link
}

var matrixGoneTemplate = view.Define[matrixGonePage]("review/matrix-gone.html")

// noRow answers for an address whose row is gone. It is a 404 with a way on.
func (p *Pages) noRow(c *gin.Context, m *review.Matrix) (page.Result, error) {
	pol := m.Policy
	d := matrixGonePage{Frame: p.belowMatrix(c, pol, "A row that is gone"), Matrix: address(pol.ID, "matrix")}
	if text, words, ok := m.Left(c.Param("row")); ok {
		d.Words, d.Name = words, text.Name
		if _, of := m.Locals[text.Place]; of {
			d.Read = address(pol.ID, "matrix", "places", text.Place)
		}
		if r, ok := m.RowOf(harmony.Fold(words)); ok {
			d.Now = view.Link{Text: r.Name, Href: d.Matrix + "#" + r.Key}
		}
	}
	return page.Result{Page: matrixGoneTemplate.Page(d), Status: http.StatusNotFound}, nil
}
