package reviewpages

import (
	"errors"
	"net/url"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// listPage is the list of policies.
type listPage struct {
	Frame     view.Frame
	Begins    view.Input
	Programme view.Select
	Stage     view.Select
	Mine      bool
	MayCreate bool
	MayBring  bool // many texts at once
	MayCount  bool // who was treated
	Rows      []policyRow
	Narrowed  bool
	Pages     view.Pagination
}

type policyRow struct {
	Title, Href, Reference, Version, Lead, Review string
	Stage                                         view.Tag
}

var listTemplate = view.Define[listPage]("review/policies.html")

func (p *Pages) list(c *gin.Context) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	q := url.Values{"q": {c.Query("q")}, "programme": {c.Query("programme")}, "lead": {c.Query("lead")}, "stage": {c.Query("stage")}}
	f := review.Filter{Begins: c.Query("q"), Programme: c.Query("programme"), Stage: review.Stage(c.Query("stage"))}
	if c.Query("lead") == "mine" {
		f.Lead = by.ID
	}
	list, next, err := p.Review.List(ctx, by, f, page.After(c))
	if err != nil {
		return page.Result{}, err
	}
	programmes, err := p.Programmes.All(ctx, by)
	if err != nil {
		return page.Result{}, err
	}
	d := listPage{Frame: p.Site.Frame(c, "Policies", "policies"), Mine: f.Lead != "", MayCreate: access.Ever(by, access.PolicyCreate), MayBring: access.Ever(by, access.LocalEdit), MayCount: access.Ever(by, access.ActivityEdit),
		Narrowed: f != review.Filter{}, Begins: view.Input{Name: "q", Value: f.Begins, Label: view.Label{Text: "Title or reference begins with"}, Autocomplete: "off"},
		Programme: view.Select{Name: "programme", Value: f.Programme, Label: view.Label{Text: "Programme"}, Options: programmeOptions(programmes, "All programmes")},
		Stage:     view.Select{Name: "stage", Value: string(f.Stage), Label: view.Label{Text: "Stage"}, Options: []view.Option{{Text: "All stages", Value: ""}}}}
	for _, s := range review.Stages {
		d.Stage.Options = append(d.Stage.Options, view.Option{Text: s.Words(), Value: string(s)})
	}
	for _, x := range list {
		d.Rows = append(d.Rows, policyRow{Title: x.Title, Href: address(x.ID), Reference: x.Reference, Version: versionLine(x),
			Lead: p.Name(ctx, x.Lead), Review: x.Review.Words(), Stage: stageTag(x.Stage)})
	}
	d.Pages = pages(c, "/desk/policies", q, next, "Pages of policies")
	return page.Result{Page: listTemplate.Page(d)}, nil
}

// pages leads through a list whose pages are found by a cursor: to the first one and to the next.
func pages(c *gin.Context, path string, q url.Values, next, label string) view.Pagination {
	out := view.Pagination{Label: label}
	if page.After(c) != "" {
		out.Previous = view.PageLink{Text: "First page", Href: path + "?" + q.Encode()}
	}
	if next != "" {
		q.Set("after", next)
		out.Next = view.PageLink{Href: path + "?" + q.Encode()}
	}
	return out
}

func versionLine(p *review.Policy) string {
	m, ok := p.Latest()
	switch {
	case !ok:
		return "Not issued yet"
	case m.Save != p.Saves:
		return "Draft after " + m.Number.String()
	}
	return m.Number.String()
}

func stageTag(s review.Stage) view.Tag {
	colours := map[review.Stage]string{review.Drafting: "blue", review.ForDecision: "purple", review.Published: "green", review.Withdrawn: "grey"}
	return view.Tag{Text: s.Words(), Colour: colours[s]}
}

func programmeOptions(list []*programme.Programme, first string) []view.Option {
	out := []view.Option{{Text: first, Value: ""}}
	for _, x := range list {
		out = append(out, view.Option{Text: x.Name, Value: x.ID})
	}
	return out
}

// newPage asks for what a policy begins with.
type newPage struct {
	Frame     view.Frame
	Errors    view.Errors
	Reference view.Input
	Title     view.Input
	Kind      view.Radios
	Programme view.Select
}

var newTemplate = view.Define[newPage]("review/new.html")

func (p *Pages) showNew(c *gin.Context) (page.Result, error) {
	return p.newForm(c, review.NewPolicy{Programme: c.Query("programme")}, nil)
}

func (p *Pages) newForm(c *gin.Context, n review.NewPolicy, errs view.Errors) (page.Result, error) {
	programmes, err := p.Programmes.All(c.Request.Context(), page.Actor(c))
	if err != nil {
		return page.Result{}, err
	}
	d := newPage{Frame: p.Site.Frame(c, "Start a policy", "policies"), Errors: errs,
		Title:     input("title", "Title", "The treatment and the condition, such as “Tonsillectomy for recurrent tonsillitis”", n.Title, errs),
		Reference: input("reference", "Reference", "Such as CP-041. No other policy may have it", n.Reference, errs),
		Kind:      view.Radios{Name: "kind", Value: n.Kind, Small: true, Legend: view.Legend{Text: "Kind of policy", Size: "s"}, Error: errs.Of("kind")},
		Programme: view.Select{Name: "programme", Value: n.Programme, Label: view.Label{Text: "Programme", Size: "s"}, Error: errs.Of("programme"),
			Hint: view.Hint{Text: "The policy is meant for the programme’s commissioners"}, Options: programmeOptions(programmes, "Choose a programme")}}
	for _, k := range review.Kinds {
		d.Kind.Items = append(d.Kind.Items, view.Choice{Text: k.Name, Value: k.ID})
	}
	d.Reference.Width = "10"
	d.Frame.HasErrors = errs.Any()
	d.Frame.Crumbs = []view.Link{{Text: "Policies", Href: "/desk/policies"}}
	return answer(newTemplate.Page(d), errs), nil
}

func (p *Pages) create(c *gin.Context) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	n := review.NewPolicy{Reference: line(c, "reference"), Title: line(c, "title"), Kind: line(c, "kind"), Programme: line(c, "programme"), Lead: by.ID}
	errs, err := p.chosen(c, &n)
	if err != nil {
		return page.Result{}, err
	}
	if errs.Any() {
		return p.newForm(c, n, errs)
	}
	pol, err := p.Review.Create(ctx, by, n)
	var taken *record.Taken
	if errors.As(err, &taken) {
		if taken.Index == "slug" {
			errs.Add("title", "Another policy has this title already. Choose one that tells them apart")
			return p.newForm(c, n, errs)
		}
		errs.Add("reference", "Another policy has this reference already. Choose another one")
		return p.newForm(c, n, errs)
	}
	if errs, ok := refused(err); ok {
		return p.newForm(c, n, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: address(pol.ID), Flash: "The policy is begun. It has the sections of its kind"}, nil
}

// chosen checks what was chosen from lists, and takes over the programme's commissioners.
func (p *Pages) chosen(c *gin.Context, n *review.NewPolicy) (errs view.Errors, err error) {
	if n.Title == "" {
		errs.Add("title", "Enter the policy’s title")
	}
	if n.Reference == "" {
		errs.Add("reference", "Enter a reference, such as CP-041")
	}
	if _, err := review.KindByID(n.Kind); err != nil {
		errs.Add("kind", "Choose the kind of policy")
	}
	x, err := p.Programmes.Programme(c.Request.Context(), page.Actor(c), n.Programme)
	switch {
	case n.Programme == "" || errors.Is(err, record.ErrNotFound):
		errs.Add("programme", "Choose a programme")
	case err != nil:
		return nil, err
	case len(x.Commissioners) == 0:
		errs.Add("programme", "This programme has no commissioners yet. Give it some, or choose another one")
	default:
		n.Commissioners = x.Commissioners
	}
	return errs, nil
}
