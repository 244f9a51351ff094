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
	"concordat/review/harmony"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// draftPage lists the rows of a matrix with what the draft has of each.
type draftPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Matrix   string
	Revision int64
	Save     int
	Sum      string
	Rows     []draftedRow
	Ticks    bool // some rows can take the national text together
}

type draftedRow struct {
	Words    string // value of the box that is ticked
	ID       string // of the box
	Name     string
	Line     string
	Href     string
	Draft    string
	From     string
	National string
	Tick     bool
}

var draftTemplate = view.Define[draftPage]("review/matrix-draft.html")

func (p *Pages) showDraft(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.draftList(c, m, nil)
}

func (p *Pages) draftList(c *gin.Context, m *review.Matrix, errs view.Errors) (page.Result, error) {
	pol := m.Policy
	d := draftPage{Frame: p.belowMatrix(c, pol, "Draft from the matrix"), Errors: errs, Path: address(pol.ID, "matrix", "draft"), Matrix: address(pol.ID, "matrix"), Revision: pol.Revision, Save: pol.Saves}
	d.Frame.HasErrors = errs.Any()
	in, origin := 0, originWords(m)
	for i := range m.Rows {
		r := &m.Rows[i]
		x := draftedRow{Words: r.Lead, ID: "tick-" + r.Key, Name: r.Name, Href: address(pol.ID, "matrix", "draft", r.Key), Line: fmt.Sprintf("%d of %d places speak of it", speak(r), len(m.Columns)),
			Draft: r.Draft.Line(), National: r.National.Line(), From: origin(&r.Draft)}
		if x.Draft != "" {
			in++
		}
		x.Tick = x.Draft == "" && x.National != ""
		d.Ticks = d.Ticks || x.Tick
		d.Rows = append(d.Rows, x)
	}
	d.Sum = fmt.Sprintf("%d of %d criteria are in the draft", in, len(m.Rows))
	slices.SortStableFunc(d.Rows, func(a, b draftedRow) int { return strings.Compare(lacking(a), lacking(b)) })
	return answer(draftTemplate.Page(d), errs), nil
}

// lacking sorts the rows that the draft lacks before the others.
func lacking(r draftedRow) string {
	if r.Draft == "" {
		return "0"
	}
	return "1"
}

func speak(r *harmony.Row) int {
	n := 0
	for i := range r.Cells {
		if !r.Cells[i].Empty() {
			n++
		}
	}
	return n
}

// belowMatrix is the frame of a page that lies under the matrix.
func (p *Pages) belowMatrix(c *gin.Context, pol *review.Policy, title string) view.Frame {
	f := below(p.frame(c, pol, title), pol)
	f.Crumbs = append(f.Crumbs, view.Link{Text: "Local policies side by side", Href: address(pol.ID, "matrix")})
	return f
}

// draftNational takes the national text for the rows that are ticked.
func (p *Pages) draftNational(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	var errs view.Errors
	var list []review.RowDraft
	for _, words := range c.PostFormArray("row") {
		if r, ok := m.RowOf(words); ok {
			list = append(list, review.RowDraft{Words: words, From: review.FromNational, Section: sectionFor(m.Policy, r)})
		}
	}
	if len(list) == 0 {
		errs.Add("maincontent", "Tick at least one row")
		return p.draftList(c, m, errs)
	}
	return p.drafted(c, m, list, address(m.Policy.ID, "matrix", "draft"), func(errs view.Errors) (page.Result, error) { return p.draftList(c, m, errs) })
}

// drafted saves paragraphs, or shows the form again with what is wrong.
func (p *Pages) drafted(c *gin.Context, m *review.Matrix, list []review.RowDraft, next string, again func(view.Errors) (page.Result, error)) (page.Result, error) {
	e, err := page.Edit(c, m.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	base, err := strconv.Atoi(c.PostForm("save"))
	if err != nil || base < 1 || base > m.Policy.Saves {
		return page.Result{}, errNoSave
	}
	_, joined, err := p.Review.DraftRows(c.Request.Context(), e, base, list...)
	var clash *review.MergeNeeded
	if errors.As(err, &clash) {
		var errs view.Errors
		errs.Add("text", "Somebody changed this paragraph while you were writing. It reads now: “"+strings.TrimSpace(clash.Conflicts[0].Theirs)+"”. Send yours again to put it in its place")
		result, err := again(errs)
		result.Status = http.StatusConflict
		return result, err
	}
	if errs, ok := refused(err); ok {
		return again(errs)
	}
	flash := "Written into the draft"
	if joined {
		flash = "Written into the draft. Somebody else saved other paragraphs meanwhile: both changes are in the text now"
	}
	return page.Result{SeeOther: next, Flash: flash}, err
}

// originWords says where the draft's words on rows came from; "" when that is not known.
func originWords(m *review.Matrix) func(*harmony.Entry) string {
	draft := m.Policy.Text()
	all := m.Made.OriginsIn(draft)
	return func(e *harmony.Entry) string {
		var said []string
		for _, i := range e.Criteria {
			for _, o := range review.OriginsOf(all, draft.Clauses[e.Reading.Criteria[i].Clause].Anchor) {
				if words := o.Said(columnName(m, o.Place)); !slices.Contains(said, words) {
					said = append(said, words)
				}
			}
		}
		return strings.Join(said, "; ")
	}
}

func columnName(m *review.Matrix, place string) string {
	for _, x := range m.Columns {
		if x.Place == place {
			return x.Name
		}
	}
	return place
}
