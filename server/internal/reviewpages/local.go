package reviewpages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// localsPage shows what each commissioner has today.
type localsPage struct {
	Frame   view.Frame
	Head    policyhead.Head
	Path    string
	Matrix  string // address of the matrix
	Sum     string
	Rows    []localRow
	Bring   string // address at which many are brought in at once; empty when the person may not
	Version string
}

type localRow struct {
	Place     string
	Ended     string
	From      string // the commissioner before it, whose text it is
	Recorded  bool
	HasPolicy bool
	Without   string
	Title     string
	Href      string
	Reference string
	Effective string
	Position  string
	Codes     string
	Look      []string // what a person should look at
	Compare   string
	Add       string // address of the form; empty when the person may not
}

var localsTemplate = view.Define[localsPage]("review/locals.html")

func (p *Pages) locals(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	list, err := p.Review.LocalsOf(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	places, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	d := localsPage{Frame: p.frame(c, pol, "Local policies"), Head: p.head(c, pol, policyhead.Local), Path: address(pol.ID, "local"), Matrix: address(pol.ID, "matrix")}
	if access.Ever(page.Actor(c), access.LocalEdit) {
		d.Bring = "/desk/imports?policy=" + pol.ID
	}
	where, asked, recorded, with := review.PlacesOf(places), 0, 0, 0
	for _, place := range places {
		if !slices.Contains(pol.Commissioners, place.ID) {
			continue
		}
		rows := newLocalRows(c, pol, place, where, where.LocalsIn(list, place.ID, record.DateOf(p.Site.Now())))
		asked++
		if rows[0].Recorded {
			recorded++
		}
		if slices.ContainsFunc(rows, func(r localRow) bool { return r.HasPolicy }) {
			with++
		}
		d.Rows = append(d.Rows, rows...)
	}
	d.Sum = fmt.Sprintf("%d of %d recorded: %d with a policy, %d without", recorded, asked, with, recorded-with)
	return page.Result{Page: localsTemplate.Page(d)}, nil
}

// newLocalRows are one row, or one for each text that a commissioner took over from those before it.
func newLocalRows(c *gin.Context, pol *review.Policy, place *review.Commissioner, where review.Places, list []*review.LocalPolicy) []localRow {
	if len(list) == 0 {
		return []localRow{newLocalRow(c, pol, place, nil)}
	}
	var out []localRow
	for _, l := range list {
		row := newLocalRow(c, pol, place, l)
		if l.Commissioner != place.ID {
			row.From = "taken over from " + where[l.Commissioner].Short
		}
		out = append(out, row)
	}
	return out
}

func localOf(list []*review.LocalPolicy, place string) *review.LocalPolicy {
	for _, l := range list {
		if l.Commissioner == place {
			return l
		}
	}
	return nil
}

func newLocalRow(c *gin.Context, pol *review.Policy, place *review.Commissioner, l *review.LocalPolicy) localRow {
	row := localRow{Place: place.Short}
	if place.End != 0 {
		row.Ended = "ended on " + place.End.Words()
	}
	if access.May(page.Actor(c), access.LocalEdit, access.For(place.ID)) {
		row.Add = address(pol.ID, "local", place.ID, "new")
	}
	if l == nil {
		return row
	}
	row.Recorded, row.Href, row.HasPolicy, row.Without = true, address(pol.ID, "local", l.Commissioner), l.Without == review.HasPolicy, l.Without.Words()
	row.Effective = l.Effective.Words()
	if row.HasPolicy {
		row.Title, row.Reference, row.Look = l.Title, l.Reference, lookAt(l)
		row.Codes = strings.Join(append(slices.Clone(l.Codes.OPCS4), l.Codes.ICD10...), ", ")
		row.Compare = address(pol.ID, "differences") + "?from=local:" + l.ID
		if l.Position != "" {
			row.Position = l.Position.Words()
		}
	}
	return row
}

// lookAt lists what a person should look at.
func lookAt(l *review.LocalPolicy) (out []string) {
	if !l.Checked {
		out = append(out, "Not compared with the original yet")
	}
	if n := len(l.Losses); n > 0 && !l.Checked {
		out = append(out, plural(n, "thing", "things")+" could not be carried over")
	}
	if l.Position == "" {
		out = append(out, "No position noted")
	}
	if l.Effective == 0 {
		out = append(out, "No date noted")
	}
	return out
}
