package reviewpages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/harmony"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// draftRowPage is where one row is drafted.
type draftRowPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Matrix   string
	All      string // address of the list
	Revision int64
	Save     int
	Words    string
	Name     string
	Line     string
	Compare  []comparedWords
	From     view.Radios
	Text     view.Textarea
	Reason   view.Textarea
	Where    view.Radios
}

// comparedWords are shown beside the sources, since what most places have is no reason for it.
type comparedWords struct{ Title, Words, Places string }

var draftRowTemplate = view.Define[draftRowPage]("review/matrix-draft-row.html")

func (p *Pages) showDraftRow(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.draftRowForm(c, m, nil)
}

func (p *Pages) draftRowForm(c *gin.Context, m *review.Matrix, errs view.Errors) (page.Result, error) {
	r, ok := rowOf(c, m)
	if !ok {
		return p.noRow(c, m)
	}
	pol := m.Policy
	d := draftRowPage{Frame: p.belowMatrix(c, pol, "Draft a row of the matrix"), Errors: errs, Path: address(pol.ID, "matrix", "draft", r.Key), Matrix: address(pol.ID, "matrix") + "#w-" + r.Key,
		All: address(pol.ID, "matrix", "draft"), Revision: pol.Revision, Save: pol.Saves, Words: r.Lead, Name: r.Name, Line: fmt.Sprintf("%d of %d places speak of it", speak(r), len(m.Columns))}
	d.Frame.HasErrors = errs.Any()
	d.From = fromRadios(c, m, r, errs)
	d.Text = area("text", "Words in the draft", "Left empty, the words of the source are taken as they stand", c.PostForm("text"), 4, errs)
	d.Reason = area("reason", "Why these words, and not the national text or the evidence?", "Needed when they are one place’s. That most places have a rule is no reason for it", c.PostForm("reason"), 3, errs)
	d.Where = whereRadios(c, pol, r, errs)
	d.Compare = compared(m, r)
	return answer(draftRowTemplate.Page(d), errs), nil
}

// fromRadios offers the national text and the evidence first, then each wording of the places.
func fromRadios(c *gin.Context, m *review.Matrix, r *harmony.Row, errs view.Errors) view.Radios {
	out := view.Radios{Name: "from", ID: "from", Small: true, Legend: view.Legend{Text: "From which text?", Size: "s"}, Error: errs.Of("from")}
	add := func(value, name, words string) {
		out.Items = append(out.Items, view.Choice{Text: name, Value: value, Hint: view.Hint{Text: "“" + words + "”"}})
	}
	if !r.National.Empty() {
		add(string(review.FromNational), "National: "+m.Made.National.Title, r.National.Line())
	}
	if n, ok := m.Made.NoteOn(r); ok && n.Kind != review.NoneFound {
		add(string(review.FromEvidence), "Evidence: "+n.Source, n.Text)
	}
	preselected := ""
	if len(out.Items) > 0 {
		preselected = out.Items[0].Value
		out.Items = append(out.Items, view.Choice{Divider: "or one place’s words"})
	}
	seen := map[string]int{}
	for i := range r.Cells {
		words := r.Cells[i].Line()
		if words == "" {
			continue
		}
		if k, ok := seen[harmony.Fold(words)]; ok {
			out.Items[k].Text += ", " + m.Columns[i].Name
			continue
		}
		seen[harmony.Fold(words)] = len(out.Items)
		add(string(review.FromLocal)+" "+m.Columns[i].Place, m.Columns[i].Name, words)
	}
	out.Value = typedOr(c, "from", preselected)
	return out
}

// whereRadios offers the paragraphs of the draft that speak of the row, then the sections that decide.
func whereRadios(c *gin.Context, pol *review.Policy, r *harmony.Row, errs view.Errors) view.Radios {
	out := view.Radios{Name: "where", ID: "where", Small: true, Legend: view.Legend{Text: "Where in the draft?", Size: "s"}, Error: errs.Of("where")}
	t := pol.Text()
	for _, i := range r.Draft.Criteria {
		x := t.Clauses[r.Draft.Reading.Criteria[i].Clause]
		value := "in " + x.Anchor
		if x.Anchor == "" || x.Kind != clause.Item && x.Kind != clause.Paragraph || slices.ContainsFunc(out.Items, func(y view.Choice) bool { return y.Value == value }) {
			continue
		}
		out.Items = append(out.Items, view.Choice{Text: "In place of " + x.Label, Value: value, Hint: view.Hint{Text: "“" + x.Words + "”"}})
	}
	preselected := "at " + sectionFor(pol, r)
	if len(out.Items) > 0 {
		preselected = out.Items[0].Value
	}
	for _, s := range pol.Sections {
		if slices.Contains(review.Deciding(), s.Key) {
			out.Items = append(out.Items, view.Choice{Text: "A new paragraph at the end of “" + s.Title + "”", Value: "at " + s.Key})
		}
	}
	out.Value = typedOr(c, "where", preselected)
	return out
}

// sectionFor is the section in which a new paragraph on a row belongs; the first of those that decide when the policy
// has no such section.
func sectionFor(pol *review.Policy, r *harmony.Row) string {
	key := review.CriteriaKey
	switch r.Subject() {
	case harmony.Excluded, harmony.Exempt:
		key = review.ExcludedKey
	case harmony.Funding, harmony.Approving:
		key = review.PositionKey
	}
	if pol.Section(key).Key == "" {
		return review.PositionKey
	}
	return key
}

func compared(m *review.Matrix, r *harmony.Row) (out []comparedWords) {
	if r.Common.Line() == "" {
		out = append(out, comparedWords{Title: "Most common", Words: "Nothing like it found in most texts"})
	} else {
		out = append(out, comparedWords{Title: "Most common", Words: r.Common.Line()})
	}
	if e, places, ok := m.Narrowest(r); ok {
		out = append(out, comparedWords{"Narrowest: fewest patients", e.Line(), whose(m, places)})
	}
	if e, places, ok := m.Widest(r); ok {
		out = append(out, comparedWords{"Widest: most patients", e.Line(), whose(m, places)})
	}
	return out
}

// draftRow writes one row into the draft.
func (p *Pages) draftRow(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	r, ok := rowOf(c, m)
	if !ok {
		return p.noRow(c, m)
	}
	d := review.RowDraft{Words: r.Lead, Text: page.Text(c, "text"), Reason: page.Text(c, "reason")}
	from, place, _ := strings.Cut(c.PostForm("from"), " ")
	d.From, d.Place = review.From(from), place
	switch verb, object, _ := strings.Cut(c.PostForm("where"), " "); verb {
	case "in":
		d.Anchor = object
	case "at":
		d.Section = object
	}
	return p.drafted(c, m, []review.RowDraft{d}, address(m.Policy.ID, "matrix", "draft"), func(errs view.Errors) (page.Result, error) {
		now, err := p.mendable(c)
		if err != nil {
			return page.Result{}, err
		}
		return p.draftRowForm(c, now, errs)
	})
}
