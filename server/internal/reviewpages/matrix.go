package reviewpages

import (
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/server/internal/matrixview"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// matrixPage shows the local policies side by side, criterion by criterion.
type matrixPage struct {
	Frame    view.Frame
	Head     policyhead.Head
	Path     string
	MayEdit  bool
	National bool // there is a national text
	Base     view.Select
	Order    view.Select
	Place    view.Select
	Query    string
	Made     int // corrections
	Idle     int // of them, those that find nothing to do
	Missing  []string
	View     matrixview.View
	Again    string // the query of this page, for files
}

var matrixTemplate = view.Define[matrixPage]("review/matrix.html")

func (p *Pages) matrixRoutes() []page.Route {
	return []page.Route{
		{Method: get, Path: "/desk/policies/:id/matrix", Action: access.PolicyRead, Handler: p.matrix},
		{Method: get, Path: "/desk/policies/:id/matrix.xlsx", Action: access.PolicyRead, Handler: p.matrixXLSX},
		{Method: get, Path: "/desk/policies/:id/matrix.csv", Action: access.PolicyRead, Handler: p.matrixCSV},
		{Method: get, Path: "/desk/policies/:id/matrix/national", Action: access.PolicyRead, Handler: p.showNational},
		{Method: get, Path: "/desk/policies/:id/matrix/national/original", Action: access.PolicyRead, Handler: p.nationalOriginal},
		{Method: post, Path: "/desk/policies/:id/matrix/national", Action: access.PolicyEdit, Handler: p.setNational, Body: page.UploadBody},
		{Method: get, Path: "/desk/policies/:id/matrix/rows/:row", Action: access.PolicyEdit, Handler: p.showMatrixRow},
		{Method: post, Path: "/desk/policies/:id/matrix/rows/:row", Action: access.PolicyEdit, Handler: p.mendRow, Body: page.TextBody},
		{Method: get, Path: "/desk/policies/:id/matrix/places/:place", Action: access.PolicyRead, Handler: p.showMatrixPlace},
		{Method: post, Path: "/desk/policies/:id/matrix/places/:place", Action: access.PolicyEdit, Handler: p.mendPlace, Body: page.TextBody},
		{Method: get, Path: "/desk/policies/:id/matrix/corrections", Action: access.PolicyRead, Handler: p.showCorrections},
		{Method: post, Path: "/desk/policies/:id/matrix/corrections", Action: access.PolicyEdit, Handler: p.undo},
		{Method: get, Path: "/desk/policies/:id/matrix/draft", Action: access.PolicyEdit, Handler: p.showDraft},
		{Method: post, Path: "/desk/policies/:id/matrix/draft", Action: access.PolicyEdit, Handler: p.draftNational, Body: page.TextBody},
		{Method: get, Path: "/desk/policies/:id/matrix/draft/:row", Action: access.PolicyEdit, Handler: p.showDraftRow},
		{Method: post, Path: "/desk/policies/:id/matrix/draft/:row", Action: access.PolicyEdit, Handler: p.draftRow, Body: page.TextBody},
	}
}

func (p *Pages) matrix(c *gin.Context) (page.Result, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return page.Result{}, err
	}
	pol := m.Policy
	q := c.Request.URL.Query()
	d := matrixPage{Frame: p.frame(c, pol, "Local policies side by side"), Head: p.head(c, pol, policyhead.Local), Path: address(pol.ID, "matrix"),
		MayEdit: may(c, access.PolicyEdit, pol), Query: q.Get("q"), Made: len(m.Made.Corrected), Idle: len(m.Made.Idle(m.Idle)), Missing: m.Missing, National: m.Made.National.Given()}
	d.View = matrixview.Of(&m.Matrix, p.ask(m, d.Path, q, d.MayEdit))
	d.Base = view.Select{Name: "base", Value: string(m.Base), Label: view.Label{Text: "Compare with"}, Options: baseOptions(m)}
	d.Order = view.Select{Name: "order", Value: q.Get("order"), Label: view.Label{Text: "Order"}, Options: []view.Option{{Text: "Most different first", Value: string(matrixview.ByDifference)},
		{Text: "As in the draft", Value: string(matrixview.ByDraft)}, {Text: "By kind of criterion", Value: string(matrixview.BySubject)}}}
	d.Place = view.Select{Name: "place", Value: d.View.Chosen.Place, Label: view.Label{Text: "Place"}}
	for _, x := range d.View.Columns {
		d.Place.Options = append(d.Place.Options, view.Option{Text: x.Name, Value: x.Place})
	}
	if len(q) > 0 {
		d.Again = "?" + q.Encode()
	}
	return page.Result{Page: matrixTemplate.Page(d)}, nil
}

// matrixOf builds the matrix of the policy in the address, against the base that is asked for.
func (p *Pages) matrixOf(c *gin.Context) (*review.Matrix, error) {
	return p.Review.Matrix(c.Request.Context(), page.Actor(c), c.Param("id"), harmony.Base(c.Query("base")))
}

// ask is what the address asks to see, with what else the page knows.
func (p *Pages) ask(m *review.Matrix, path string, q url.Values, mayEdit bool) matrixview.Ask {
	pol := m.Policy
	a := matrixview.Ask{DraftName: draftName(pol), NationalName: "National and evidence", Place: q.Get("place"), Order: matrixview.Order(q.Get("order")), Only: q.Get("only") != "",
		Query: q.Get("q"), Unsure: q.Get("unsure") != "", Open: openRow(m, q.Get("row")),
		Text: func(place, anchor string) string {
			if l := m.Locals[place]; l == nil || l.Without != review.HasPolicy {
				return ""
			}
			return at(address(pol.ID, "local", place), anchor)
		},
		Read: func(place string) string { return address(pol.ID, "matrix", "places", place) },
		At: func(place string) string {
			own := url.Values{}
			for k, v := range q {
				own[k] = v
			}
			own.Set("place", place)
			return path + "?" + own.Encode()
		}}
	self := url.Values{}
	for k, v := range q {
		if k != "row" {
			self[k] = v
		}
	}
	a.Self = path + "?" + self.Encode()
	t := pol.Text()
	a.Number = func(clause int) string { return t.Clauses[clause].Label }
	a.Origin = originWords(m)
	a.Evidence = func(r *harmony.Row) string { return noteWords(m, r) }
	if mayEdit {
		a.Draft = func(key string) string { return address(pol.ID, "matrix", "draft", key) }
		a.Correct = func(key string) string { return address(pol.ID, "matrix", "rows", key) }
	}
	return a
}

// openRow is the key that the row has now which an address names.
func openRow(m *review.Matrix, key string) string {
	if r, ok := m.Row(key); ok {
		return r.Key
	}
	return ""
}

// noteWords are what the evidence says on a row.
func noteWords(m *review.Matrix, r *harmony.Row) string {
	n, ok := m.Made.NoteOn(r)
	switch {
	case !ok:
		return ""
	case n.Kind == review.NoneFound:
		return n.Source + ": none found"
	}
	return n.Source + ": " + n.Text
}

// draftName is the draft's heading: "Draft 0.4", or after which version it stands.
func draftName(pol *review.Policy) string {
	last, issued := pol.Latest()
	switch {
	case !issued:
		return "Draft"
	case last.Save != pol.Saves:
		return "Draft after " + last.Number.String()
	case last.Final:
		return "Version " + last.Number.String()
	}
	return "Draft " + last.Number.String()
}

func baseOptions(m *review.Matrix) []view.Option {
	var out []view.Option
	if slices.ContainsFunc(m.Rows, func(r harmony.Row) bool { return !r.Draft.Empty() }) {
		out = append(out, view.Option{Text: draftName(m.Policy), Value: string(harmony.Draft)})
	}
	if m.Made.National.Given() {
		out = append(out, view.Option{Text: "National: " + m.Made.National.Title, Value: string(harmony.National)})
	}
	return append(out, view.Option{Text: "Most common", Value: string(harmony.Common)})
}
