package reviewpages

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// correctionsPage lists what people put right of a matrix, each of which can be undone.
type correctionsPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Matrix   string
	Revision int64
	MayEdit  bool
	Rows     []correctedRow
}

type correctedRow struct {
	Number int
	What   string
	By, At string
	Idle   string // why it finds nothing to do; "" when it does something
}

var correctionsTemplate = view.Define[correctionsPage]("review/matrix-corrections.html")

func (p *Pages) showCorrections(c *gin.Context) (page.Result, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.correctionsList(c, m, nil)
}

func (p *Pages) correctionsList(c *gin.Context, m *review.Matrix, errs view.Errors) (page.Result, error) {
	pol := m.Policy
	d := correctionsPage{Frame: p.belowMatrix(c, pol, "What was put right in the matrix"), Errors: errs, Path: address(pol.ID, "matrix", "corrections"), Matrix: address(pol.ID, "matrix"),
		Revision: m.Made.Revision, MayEdit: may(c, access.PolicyEdit, pol)}
	d.Frame.HasErrors = errs.Any()
	idle, words := m.Made.Idle(m.Idle), wordsOf(m)
	for _, x := range slices.Backward(m.Made.Corrected) {
		row := correctedRow{Number: x.Number, What: describe(m, words, x.List), By: p.Name(c.Request.Context(), x.By), At: p.moment(x.At)}
		if slices.Contains(idle, x.Number) {
			row.Idle = idleWords(x.List[0])
		}
		d.Rows = append(d.Rows, row)
	}
	return page.Result{Page: correctionsTemplate.Page(d)}, nil
}

func idleWords(c harmony.Correction) string {
	if c.Act == harmony.Belong {
		return "Nothing to do: the text does not stand apart now"
	}
	return "Nothing to do: no text has these words now"
}

// undo takes back one correction.
func (p *Pages) undo(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, m.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	number, err := strconv.Atoi(c.PostForm("number"))
	if err != nil {
		return page.Result{}, fmt.Errorf("correction %q: %w", c.PostForm("number"), record.ErrConflict)
	}
	if _, err = p.Review.Undo(c.Request.Context(), e, number); errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("maincontent", "Somebody else has undone this already")
		result, err := p.correctionsList(c, m, errs)
		result.Status = http.StatusConflict
		return result, err
	}
	return page.Result{SeeOther: address(m.Policy.ID, "matrix", "corrections"), Flash: "Undone"}, err
}

// wordsOf are the wordings of a matrix as texts have them, by how corrections know them.
func wordsOf(m *review.Matrix) map[string]string {
	out := map[string]string{}
	for _, x := range m.Columns {
		for _, b := range m.Beside(x.Place) {
			out[b.Folded] = b.Words
		}
	}
	for i := range m.Rows {
		for _, w := range m.Wordings(&m.Rows[i]) {
			out[w.Folded] = w.Words
		}
	}
	return out
}

// describe says in words what somebody put right.
func describe(m *review.Matrix, words map[string]string, list []harmony.Correction) string {
	said := func(folded string) string {
		if w, ok := words[folded]; ok {
			folded = w
		}
		return "“" + firstWords(folded) + "”"
	}
	var about []string
	for _, x := range list {
		if x.Act == list[0].Act {
			about = append(about, said(x.Words))
		}
	}
	first, all := list[0], strings.Join(about, ", ")
	where := ""
	if t, _ := m.Text(first.Place); t != nil {
		where = " of " + t.Name
	}
	switch first.Act {
	case harmony.Take:
		if first.With == "" {
			return all + where + ": a criterion, in a row of its own"
		}
		return all + where + ": a criterion, in the row of " + said(first.With)
	case harmony.Belong:
		return "The text" + where + " is about this treatment"
	case harmony.Merge:
		return "The rows of " + all + " and of " + said(first.With) + " are one"
	case harmony.Part:
		return all + where + ": a row of its own"
	case harmony.Move:
		return all + where + ": moved to the row of " + said(first.With)
	case harmony.Drop:
		return all + where + ": no criterion"
	case harmony.Name:
		return "The row of " + all + " is called “" + first.Name + "”"
	case harmony.Confirm:
		return "The wordings in the row of " + all + " belong together"
	}
	return string(first.Act)
}
