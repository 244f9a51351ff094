package reviewpages

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// matrixPlacePage shows how the text of one place was read: what stands in no row, to be made criteria, and what stands
// in which row.
type matrixPlacePage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Matrix   string
	Text     string // address of the text
	Name     string
	Sum      string
	Revision int64
	MayEdit  bool
	Apart    bool // it seems to be about another treatment
	Beside   view.Checkboxes
	What     view.Radios
	To       view.Select
	Only     view.Select
	Rows     []readRow
}

// readRow is a row of the matrix with the words of one place.
type readRow struct {
	Name, Href, Words string
}

var matrixPlaceTemplate = view.Define[matrixPlacePage]("review/matrix-place.html")

// Where what is made a criterion goes.
const (
	ownRow   = "own"
	otherRow = "other"
)

func (p *Pages) showMatrixPlace(c *gin.Context) (page.Result, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.matrixPlace(c, m, nil)
}

func (p *Pages) matrixPlace(c *gin.Context, m *review.Matrix, errs view.Errors) (page.Result, error) {
	pol, place := m.Policy, c.Param("place")
	text, column := m.Text(place)
	if text == nil || text.Without != "" {
		return page.Result{}, fmt.Errorf("the text of %q: %w", place, record.ErrNotFound)
	}
	d := matrixPlacePage{Frame: p.belowMatrix(c, pol, "How a text was read"), Errors: errs, Path: address(pol.ID, "matrix", "places", place), Matrix: address(pol.ID, "matrix"), Text: address(pol.ID, "local", place),
		Name: text.Name, Revision: m.Made.Revision, MayEdit: may(c, access.PolicyEdit, pol), Apart: column < 0}
	d.Frame.HasErrors = errs.Any()
	left := m.Beside(place)
	for i := range m.Rows {
		if r := &m.Rows[i]; column >= 0 && !r.Cells[column].Empty() {
			d.Rows = append(d.Rows, readRow{Name: r.Name, Href: d.Matrix + "#" + r.Key, Words: r.Cells[column].Line()})
		}
	}
	d.Sum = fmt.Sprintf("%d in rows, %d read as background", len(d.Rows), len(left))
	d.take(c, m, left, errs)
	return answer(matrixPlaceTemplate.Page(d), errs), nil
}

// take is the form that makes criteria of statements.
func (d *matrixPlacePage) take(c *gin.Context, m *review.Matrix, left []harmony.Beside, errs view.Errors) {
	d.Beside = view.Checkboxes{Name: "wording", Values: c.PostFormArray("wording"), Small: true, Legend: view.Legend{Text: "Which of these decide who is treated?", Size: "s"}, Error: errs.Of("wording")}
	for _, x := range left {
		hint := x.Cite
		if x.Under != "" {
			hint += ", under " + x.Under
		}
		if dropped(m, x.Folded) {
			hint += ". Left out by hand"
		}
		d.Beside.Items = append(d.Beside.Items, view.Choice{Text: x.Words, Value: x.Folded, Hint: view.Hint{Text: hint}})
	}
	d.What = view.Radios{Name: "what", Value: c.PostForm("what"), Small: true, Legend: view.Legend{Text: "What are they?", Size: "s"}, Error: errs.Of("what"), Items: []view.Choice{
		{Text: "A criterion of their own: make a row of them", Value: ownRow}, {Text: "A part of a row, which is chosen below", Value: otherRow}}}
	d.To = view.Select{Name: "to", Value: c.PostForm("to"), Label: view.Label{Text: "Of which row, if of another", Size: "s"}, Options: otherRows(m, &harmony.Row{}), Error: errs.Of("to")}
	d.Only = view.Select{Name: "only", Value: c.PostForm("only"), Label: view.Label{Text: "Where", Size: "s"}, Hint: view.Hint{Text: "The same words elsewhere follow, now and when a text is read in again"},
		Options: []view.Option{{Text: "In all texts that have these words", Value: ""}, {Text: "Only in the text of " + d.Name, Value: c.Param("place")}}}
}

// dropped tells whether a person said that a wording is no criterion.
func dropped(m *review.Matrix, folded string) bool {
	return slices.ContainsFunc(m.Made.Corrections(), func(c harmony.Correction) bool { return c.Act == harmony.Drop && c.Words == folded })
}

// mendPlace makes criteria of statements, or keeps a text that stands apart.
func (p *Pages) mendPlace(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, m.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	list, flash := []harmony.Correction{{Act: harmony.Belong, Place: c.Param("place")}}, "The text is compared with the others now"
	if c.PostForm("act") == actWordings {
		flash = "Made a criterion"
		if list, err = ofStatements(c); err != nil {
			return p.mendPlaceAgain(c, err)
		}
	}
	if _, err = p.Review.Correct(c.Request.Context(), e, list...); err != nil {
		return p.mendPlaceAgain(c, err)
	}
	return page.Result{SeeOther: address(m.Policy.ID, "matrix", "places", c.Param("place")), Flash: flash}, nil
}

// ofStatements are the corrections of the statements that are ticked. Several make one row.
func ofStatements(c *gin.Context) (out []harmony.Correction, err error) {
	what, with := c.PostForm("what"), ""
	switch what {
	case ownRow:
	case otherRow:
		if with = c.PostForm("to"); with == "" {
			return nil, record.Faults{{Field: "to", Message: "Choose the other row"}}
		}
	default:
		return nil, record.Faults{{Field: "what", Message: "Choose what they are"}}
	}
	for _, words := range c.PostFormArray("wording") {
		out = append(out, harmony.Correction{Act: harmony.Take, Words: words, With: with, Place: c.PostForm("only")})
		if what == ownRow {
			with = out[0].Words
		}
	}
	return out, nil
}

// mendPlaceAgain shows the form again with what is wrong, and what others did meanwhile.
func (p *Pages) mendPlaceAgain(c *gin.Context, failed error) (page.Result, error) {
	m, err := p.mendable(c) // as it is now
	if err != nil {
		return page.Result{}, err
	}
	if errs, ok := refused(failed); ok {
		return p.matrixPlace(c, m, formFields(c, errs))
	}
	var others *review.CorrectedMeanwhile
	if !errors.As(failed, &others) {
		return page.Result{}, failed
	}
	result, err := p.matrixPlace(c, m, p.meanwhile(c, m, others))
	result.Status = http.StatusConflict
	return result, err
}
