package reviewpages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// localsPage shows what each commissioner has today.
type localsPage struct {
	Frame   view.Frame
	Head    policyhead.Head
	Path    string
	Sum     string
	Rows    []localRow
	Version string
}

type localRow struct {
	Place     string
	Ended     string
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
	d := localsPage{Frame: p.frame(c, pol, "Local policies"), Head: p.head(c, pol, policyhead.Local), Path: address(pol.ID, "local")}
	recorded, with := 0, 0
	for _, place := range places {
		if !slices.Contains(pol.Commissioners, place.ID) {
			continue
		}
		row := newLocalRow(c, pol, place, localOf(list, place.ID))
		if row.Recorded {
			recorded++
		}
		if row.HasPolicy {
			with++
		}
		d.Rows = append(d.Rows, row)
	}
	d.Sum = fmt.Sprintf("%d of %d recorded: %d with a policy, %d without", recorded, len(d.Rows), with, recorded-with)
	return page.Result{Page: localsTemplate.Page(d)}, nil
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
	base := address(pol.ID, "local", place.ID)
	if place.End != 0 {
		row.Ended = "ended on " + place.End.Words()
	}
	if access.May(page.Actor(c), access.LocalEdit, access.For(place.ID)) {
		row.Add = base + "/new"
	}
	if l == nil {
		return row
	}
	row.Recorded, row.Href, row.HasPolicy, row.Without = true, base, l.Without == review.HasPolicy, l.Without.Words()
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
		out = append(out, fmt.Sprintf("%d things could not be carried over", n))
	}
	if l.Position == "" {
		out = append(out, "No position noted")
	}
	if l.Effective == 0 {
		out = append(out, "No date noted")
	}
	return out
}
