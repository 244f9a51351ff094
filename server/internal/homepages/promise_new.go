package homepages

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// newPromisePage is the form that records what was promised.
type newPromisePage struct {
	Frame         view.Frame
	Errors        view.Errors
	Action        string
	Promise       view.Radios
	Words         view.Textarea
	Policy        view.Select
	Commissioners view.Checkboxes
	Who           view.Input
	Where         view.Input
	Link          view.Input
	Said, Due     view.DateInput
}

var newPromiseTemplate = view.Define[newPromisePage]("home/promise-new.html")

// titles are those of a programme's policies that the reader may read.
func (p *Pages) titles(c *gin.Context, programme string) (map[string]string, error) {
	list, err := p.policies(c.Request.Context(), page.Actor(c), review.Filter{Programme: programme})
	out := map[string]string{}
	for _, x := range list {
		out[x.ID] = x.Reference + " " + x.Title
	}
	return out, err
}

func (p *Pages) showNewPromise(c *gin.Context) (page.Result, error) {
	return p.newPromiseForm(c, values(map[string]string{"policy": c.Query("policy")}), nil, nil)
}

func (p *Pages) newPromiseForm(c *gin.Context, v func(string) string, chosen []string, errs view.Errors) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	g, err := p.Programmes.Programme(ctx, by, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	where, _, err := p.places(ctx)
	if err != nil {
		return page.Result{}, err
	}
	titles, err := p.titles(c, g.ID)
	if err != nil {
		return page.Result{}, err
	}
	crumbs := append(programmeCrumbs(g), view.Link{Text: "What was promised", Href: promisesHref(g.ID)})
	d := newPromisePage{Frame: p.frame(c, "Record a promise", "programmes", errs, crumbs...), Errors: errs, Action: promisesHref(g.ID) + "/new"}
	d.Promise = view.Radios{Name: "promise", Value: v("promise"), Small: true, Legend: view.Legend{Text: "What was promised?", Size: "s"}, Error: errs.Of("promise"), Items: []view.Choice{
		{Text: programme.ToConsult.Words(), Value: string(programme.ToConsult), Hint: view.Hint{Text: "A final version, an adoption or a publication will ask for a reason until this is kept"}},
		{Text: programme.ToReview.Words(), Value: string(programme.ToReview), Hint: view.Hint{Text: "By a day, which the timetable shows"}}}}
	d.Words = view.Textarea{Name: "words", Value: v("words"), Rows: 3, Label: view.Label{Text: "In which words?", Size: "s"}, Hint: view.Hint{Text: "As they were said or written"}, Error: errs.Of("words")}
	d.Policy = view.Select{Name: "policy", Value: v("policy"), Label: view.Label{Text: "About which policy?", Size: "s"}, Error: errs.Of("policy"), Options: policyOptions(titles)}
	d.Commissioners = view.Checkboxes{Name: "commissioners", Values: chosen, Small: true, Legend: view.Legend{Text: "Whose promise is it?", Size: "s"}, Error: errs.Of("commissioners")}
	for _, id := range where.among(g.Commissioners) {
		if programme.MayPromise(by, []string{id}) {
			d.Commissioners.Items = append(d.Commissioners.Items, view.Choice{Text: where.short[id], Value: id})
		}
	}
	d.Who = box("who", "Who said it?", "A person or a body", v, errs)
	d.Where = box("where", "Where can it be read?", "Such as a minute, a board paper or a letter", v, errs)
	d.Link = box("link", "Link (optional)", "To that paper, such as https://example.nhs.uk/board/paper-7", v, errs)
	d.Said, d.Due = dateInput("said", "When was it said? (optional)", v, errs), dateInput("due", "By when is it to be done? (optional for consulting)", v, errs)
	return page.Result{Status: again(errs), Page: newPromiseTemplate.Page(d)}, nil
}

func policyOptions(titles map[string]string) []view.Option {
	out := []view.Option{{Text: "All policies of the programme"}}
	for id, t := range titles {
		out = append(out, view.Option{Text: t, Value: id})
	}
	slices.SortFunc(out[1:], func(a, b view.Option) int { return cmp.Compare(a.Text, b.Text) })
	return out
}

func box(name, label, hint string, v func(string) string, errs view.Errors) view.Input {
	return view.Input{Name: name, Value: v(name), Label: view.Label{Text: label, Size: "s"}, Hint: view.Hint{Text: hint}, Error: errs.Of(name)}
}

// again is the status of a form that is shown again.
func again(errs view.Errors) int {
	if errs.Any() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (p *Pages) newPromise(c *gin.Context) (page.Result, error) {
	var faults record.Faults
	x := programme.Promised{Promise: programme.Promise(page.Text(c, "promise")), Words: page.Text(c, "words"), Policy: page.Text(c, "policy"),
		Commissioners: slices.Clone(c.PostFormArray("commissioners")), Who: page.Text(c, "who"), Where: page.Text(c, "where"), Link: page.Text(c, "link"),
		Said: page.Date(c, "said", "The day on which it was said", &faults), Due: page.Date(c, "due", "The day by which it is to be done", &faults)}
	// Who may not promise learns nothing of what is wrong with the form.
	if err := access.Check(page.Actor(c), access.CommitmentEdit, access.For(x.Commissioners...)); err != nil && len(x.Commissioners) > 0 {
		return page.Result{}, err
	}
	titles, err := p.titles(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	faults.Add(x.Policy != "" && titles[x.Policy] == "", "policy", "Choose a policy from the list")
	err = faults.Err()
	if err == nil {
		_, err = p.Programmes.Promise(c.Request.Context(), page.Actor(c), c.Param("id"), x)
	}
	if faults := page.Faults(err); faults != nil {
		return p.newPromiseForm(c, posted(c), x.Commissioners, formErrors(faults))
	}
	return page.Result{SeeOther: promisesHref(c.Param("id")), Flash: "The promise is recorded"}, err
}
