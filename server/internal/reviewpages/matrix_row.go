package reviewpages

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// matrixRowPage is where a person puts one row right, and notes what the evidence says on it.
type matrixRowPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string // of this row
	Matrix   string // of the matrix, at this row
	Draft    string // where the row is drafted
	Revision int64
	Words    string // by which the row is known, whatever its address
	Name     string
	Line     string
	Unsure   bool
	NewName  view.Input
	With     view.Select
	Wordings view.Checkboxes
	What     view.Radios
	To       view.Select
	Only     view.Select
	Kind     view.Select
	Text     view.Textarea
	Source   view.Input
}

var matrixRowTemplate = view.Define[matrixRowPage]("review/matrix-row.html")

// The acts of the page's forms, beside harmony's own.
const (
	actNote     = "note"
	actWordings = "wordings" // what is ticked: parted, moved or dropped
)

// mendable reads the matrix for somebody who may put it right.
func (p *Pages) mendable(c *gin.Context) (*review.Matrix, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return nil, err
	}
	return m, access.Check(page.Actor(c), access.PolicyEdit, access.For(m.Policy.Commissioners...))
}

// rowOf finds the row that a form or the address names: by the words that the form saw, which may have gone to another
// row, else by what the address was given for.
func rowOf(c *gin.Context, m *review.Matrix) (*harmony.Row, bool) {
	if r, ok := m.RowOf(c.PostForm("words")); ok {
		return r, true
	}
	return m.Row(c.Param("row"))
}

func (p *Pages) showMatrixRow(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.matrixRowForm(c, m, nil)
}

func (p *Pages) matrixRowForm(c *gin.Context, m *review.Matrix, errs view.Errors) (page.Result, error) {
	r, ok := rowOf(c, m)
	if !ok {
		return p.noRow(c, m)
	}
	pol := m.Policy
	d := matrixRowPage{Frame: p.belowMatrix(c, pol, "Correct a row of the matrix"), Errors: errs, Path: address(pol.ID, "matrix", "rows", r.Key), Matrix: address(pol.ID, "matrix") + "#" + r.Key,
		Draft: address(pol.ID, "matrix", "draft", r.Key), Revision: m.Made.Revision, Words: r.Lead, Name: r.Name, Unsure: r.Unsure(), Line: fmt.Sprintf("Same in %d of %d places", r.Same, r.Same+r.Differs)}
	d.Frame.HasErrors = errs.Any()
	d.NewName = input("name", "Name of the row", "", typedOr(c, "name", r.Name), errs)
	d.With = view.Select{Name: "with", Value: c.PostForm("with"), Label: view.Label{Text: "Join it with", Size: "s"}, Options: otherRows(m, r), Error: errs.Of("with")}
	d.wordings(c, m, r, errs)
	d.note(c, m, r, errs)
	return answer(matrixRowTemplate.Page(d), errs), nil
}

func typedOr(c *gin.Context, name, otherwise string) string {
	if _, sent := c.GetPostForm(name); sent {
		return c.PostForm(name)
	}
	return otherwise
}

// otherRows are the rows that one can be joined with, by name. The words tell apart those of one name.
func otherRows(m *review.Matrix, not *harmony.Row) []view.Option {
	var out []view.Option
	for i := range m.Rows {
		if r := &m.Rows[i]; r.Key != not.Key {
			out = append(out, view.Option{Text: r.Name + ": " + firstWords(leadOf(m, r)), Value: r.Lead})
		}
	}
	slices.SortFunc(out, func(a, b view.Option) int { return strings.Compare(a.Text, b.Text) })
	return append([]view.Option{{Text: "Choose a row", Value: ""}}, out...)
}

// leadOf is the wording that stands for a row, as a text has it.
func leadOf(m *review.Matrix, r *harmony.Row) string {
	for _, w := range m.Wordings(r) {
		if w.Folded == r.Lead {
			return w.Words
		}
	}
	return r.Lead
}

func firstWords(s string) string {
	const most = 60
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + " …"
}

func (d *matrixRowPage) wordings(c *gin.Context, m *review.Matrix, r *harmony.Row, errs view.Errors) {
	d.Wordings = view.Checkboxes{Name: "wording", Values: c.PostFormArray("wording"), Small: true, Legend: view.Legend{Text: "Which wordings?", Size: "s"}, Error: errs.Of("wording")}
	for _, w := range m.Wordings(r) {
		d.Wordings.Items = append(d.Wordings.Items, view.Choice{Text: w.Words, Value: w.Folded, Hint: view.Hint{Text: whose(m, w.Places)}})
	}
	d.What = view.Radios{Name: "what", Value: c.PostForm("what"), Small: true, Legend: view.Legend{Text: "What are they?", Size: "s"}, Error: errs.Of("what"), Items: []view.Choice{
		{Text: "A criterion of their own: make a row of them", Value: string(harmony.Part)},
		{Text: "A part of another row, which is chosen below", Value: string(harmony.Move)},
		{Text: "No criterion: leave them out of the matrix", Value: string(harmony.Drop)}}}
	d.To = view.Select{Name: "to", Value: c.PostForm("to"), Label: view.Label{Text: "To which row, if to another", Size: "s"}, Options: otherRows(m, r), Error: errs.Of("to")}
	d.Only = view.Select{Name: "only", Value: c.PostForm("only"), Label: view.Label{Text: "Where", Size: "s"}, Options: []view.Option{{Text: "In all texts that have these words", Value: ""}},
		Hint: view.Hint{Text: "The same words elsewhere follow, now and when a text is read in again"}}
	for _, x := range m.Columns {
		if x.Without == "" {
			d.Only.Options = append(d.Only.Options, view.Option{Text: "Only in the text of " + x.Name, Value: x.Place})
		}
	}
}

// whose says which texts have a wording.
func whose(m *review.Matrix, places []string) string {
	if len(places) == 0 {
		return "The draft or the national text"
	}
	var names []string
	for _, x := range m.Columns {
		if slices.Contains(places, x.Place) {
			names = append(names, x.Name)
		}
	}
	return strings.Join(names, ", ")
}

func (d *matrixRowPage) note(c *gin.Context, m *review.Matrix, r *harmony.Row, errs view.Errors) {
	n, _ := m.Made.NoteOn(r)
	d.Kind = view.Select{Name: "kind", Value: typedOr(c, "kind", string(n.Kind)), Label: view.Label{Text: "What was found", Size: "s"}, Error: errs.Of("kind"), Options: []view.Option{{Text: "Nothing is noted", Value: ""}}}
	for _, k := range review.EvidenceKinds {
		d.Kind.Options = append(d.Kind.Options, view.Option{Text: k.Words(), Value: string(k)})
	}
	d.Text = area("text", "What it says", "In the words of the recommendation or the statement", typedOr(c, "text", n.Text), 3, errs)
	d.Source = input("source", "Where it stands", "Such as NICE NG202, 1.4.2. When nothing was found: where somebody looked", typedOr(c, "source", n.Source), errs)
}

// mendRow puts a row right as the pressed button says.
func (p *Pages) mendRow(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	r, ok := rowOf(c, m)
	if !ok {
		return p.noRow(c, m)
	}
	e, err := page.Edit(c, m.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	ctx, done := c.Request.Context(), "Noted"
	if c.PostForm("act") == actNote {
		_, err = p.Review.NoteEvidence(ctx, e, review.EvidenceNote{Words: r.Lead, Kind: review.EvidenceKind(c.PostForm("kind")), Text: page.Text(c, "text"), Source: line(c, "source")})
	} else {
		var list []harmony.Correction
		if list, err = corrections(c, r); err == nil {
			done = "Put right"
			_, err = p.Review.Correct(ctx, e, list...)
		}
	}
	if err != nil {
		return p.mendAgain(c, err)
	}
	return page.Result{SeeOther: address(m.Policy.ID, "matrix") + afterwards(c, r), Flash: done + ": " + r.Name}, nil
}

// afterwards leads back to the row.
func afterwards(c *gin.Context, r *harmony.Row) string {
	if c.PostForm("act") == string(harmony.Confirm) && c.PostForm("next") != "" {
		return "?" + url.Values{"unsure": {"yes"}}.Encode()
	}
	return "#" + r.Key
}

// mendAgain shows the form again with what is wrong, and what others did meanwhile.
func (p *Pages) mendAgain(c *gin.Context, failed error) (page.Result, error) {
	m, err := p.mendable(c) // as it is now
	if err != nil {
		return page.Result{}, err
	}
	if errs, ok := refused(failed); ok {
		return p.matrixRowForm(c, m, formFields(c, errs))
	}
	var errs view.Errors
	var others *review.CorrectedMeanwhile
	switch {
	case errors.As(failed, &others):
		errs = p.meanwhile(c, m, others)
	case page.Overtaken(failed):
		r, ok := rowOf(c, m)
		if !ok {
			return p.noRow(c, m)
		}
		n, _ := m.Made.NoteOn(r)
		errs.Add("maincontent", p.Name(c.Request.Context(), n.By)+" noted something here while you were writing. Kept now: "+n.Kind.Words()+" “"+n.Text+"”, "+n.Source+". Send yours again to put it in its place")
	default:
		return page.Result{}, failed
	}
	result, err := p.matrixRowForm(c, m, errs)
	result.Status = http.StatusConflict
	return result, err
}

// meanwhile says what others put right while somebody was writing.
func (p *Pages) meanwhile(c *gin.Context, m *review.Matrix, others *review.CorrectedMeanwhile) (errs view.Errors) {
	words := wordsOf(m)
	for _, x := range others.By {
		errs.Add("maincontent", p.Name(c.Request.Context(), x.By)+" put this right while you were writing: "+describe(m, words, x.List)+". Look at it as it is now, then send yours again if it still holds")
	}
	return errs
}

// formFields leads messages of the rules to the fields of the form that was sent.
func formFields(c *gin.Context, errs view.Errors) (out view.Errors) {
	ofWordings := c.PostForm("act") == actWordings
	for _, x := range errs {
		switch {
		case x.Field == "with" && ofWordings:
			x.Field = "to"
		case x.Field == "words" && ofWordings:
			x.Field = "wording"
		case x.Field == "words":
			x.Field = "maincontent"
		}
		out.Add(x.Field, x.Message)
	}
	return out
}

// corrections are what the form asks for.
func corrections(c *gin.Context, r *harmony.Row) ([]harmony.Correction, error) {
	switch act := harmony.Act(c.PostForm("act")); act {
	case harmony.Name:
		return []harmony.Correction{{Act: act, Words: r.Lead, Name: line(c, "name")}}, nil
	case harmony.Merge:
		return []harmony.Correction{{Act: act, Words: r.Lead, With: c.PostForm("with")}}, nil
	case actWordings:
		return ofWordings(c, r)
	default:
		return []harmony.Correction{{Act: act, Words: r.Lead}}, nil
	}
}

// ofWordings are the corrections of those that are ticked. Several that are parted make one row.
func ofWordings(c *gin.Context, r *harmony.Row) (out []harmony.Correction, err error) {
	act, ticked := harmony.Act(c.PostForm("what")), c.PostFormArray("wording")
	if act != harmony.Part && act != harmony.Move && act != harmony.Drop {
		return nil, record.Faults{{Field: "what", Message: "Choose what they are"}}
	}
	for i, w := range ticked {
		if !r.Has(w) {
			return nil, record.Faults{{Field: "words", Message: "A wording that you ticked is not in this row any more. Look at the row again"}}
		}
		x := harmony.Correction{Act: act, Words: w, Place: c.PostForm("only")}
		if act == harmony.Move {
			x.With = c.PostForm("to")
		}
		out = append(out, x)
		if act == harmony.Part && i > 0 {
			out = append(out, harmony.Correction{Act: harmony.Merge, Words: w, With: ticked[0]})
		}
	}
	return out, nil
}
