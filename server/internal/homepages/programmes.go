package homepages

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

type programmeLine struct{ Href, Name, Dates, Commissioners, Next string }

type listPage struct {
	Frame  view.Frame
	Lines  []programmeLine
	MayNew bool
}

var listTemplate = view.Define[listPage]("home/programmes.html")

func (p *Pages) list(c *gin.Context) (page.Result, error) {
	by := page.Actor(c)
	all, err := p.Programmes.All(c.Request.Context(), by)
	if err != nil {
		return page.Result{}, err
	}
	d := listPage{Frame: p.frame(c, "Programmes", "programmes", nil), MayNew: access.Ever(by, access.ProgrammeEdit)}
	for _, g := range all {
		l := programmeLine{Href: "/desk/programmes/" + g.ID, Name: g.Name, Dates: g.Start.Words() + " to " + g.End.Words(),
			Commissioners: plural(len(g.Commissioners), "commissioner", "commissioners")}
		if next := g.Next(p.today()); len(next) > 0 {
			l.Next = next[0].Name + ", " + next[0].Date.Words()
		}
		d.Lines = append(d.Lines, l)
	}
	return page.Result{Page: listTemplate.Page(d)}, nil
}

func programmeCrumbs(g *programme.Programme) []view.Link {
	return []view.Link{{Text: "Programmes", Href: "/desk/programmes"}, {Text: g.Name, Href: "/desk/programmes/" + g.ID}}
}

type formPage struct {
	Frame         view.Frame
	Errors        view.Errors
	Action        string
	Revision      int64
	New           bool
	Name          view.Input
	Start, End    view.DateInput
	Commissioners view.Checkboxes
	Milestones    []milestoneLine
	MilestoneWord string // what is wrong with a line
}

type milestoneLine struct {
	Name    view.Input
	Date    view.DateInput
	Reached view.Checkboxes
}

var formTemplate = view.Define[formPage]("home/programme.html")

// spareLines are the empty lines after the milestones that are there.
const spareLines = 3

func (p *Pages) showNew(c *gin.Context) (page.Result, error) {
	return p.form(c, nil, values(nil), nil, 0, nil)
}

// form shows the form of a new programme, or of g. lines is how many milestones it has.
func (p *Pages) form(c *gin.Context, g *programme.Programme, v func(string) string, chosen []string, lines int, errs view.Errors) (page.Result, error) {
	_, all, err := p.places(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	d := formPage{Errors: errs, New: g == nil, Action: "/desk/programmes/new", MilestoneWord: errs.Of("milestones")}
	title, crumbs := "New programme", []view.Link{{Text: "Programmes", Href: "/desk/programmes"}}
	if g != nil {
		title, crumbs, d.Action, d.Revision = "Change the programme", programmeCrumbs(g), "/desk/programmes/"+g.ID+"/edit", g.Revision
	}
	d.Frame = p.frame(c, title, "programmes", errs, crumbs...)
	d.Name = view.Input{Name: "name", Value: v("name"), Label: view.Label{Text: "Name"}, Error: errs.Of("name")}
	d.Start, d.End = dateInput("start", "Starts", v, errs), dateInput("end", "Ends", v, errs)
	d.Commissioners = view.Checkboxes{Name: "commissioners", Values: chosen, Items: p.choices(all, g), Small: true, Error: errs.Of("commissioners"),
		Legend: view.Legend{Text: "Commissioners"}, Hint: view.Hint{Text: "A new policy takes them over. Policies that are there keep their own."}}
	for n := range lines + spareLines {
		key := "m" + strconv.Itoa(n)
		d.Milestones = append(d.Milestones, milestoneLine{
			Name:    view.Input{Name: key + "-name", Value: v(key + "-name"), Label: view.Label{Text: "What happens"}},
			Date:    dateInput(key+"-date", "When", v, errs),
			Reached: view.Checkboxes{Name: key + "-reached", Values: []string{v(key + "-reached")}, Small: true, Items: []view.Choice{{Text: "It was reached", Value: "yes"}}}})
	}
	status := http.StatusOK
	if errs.Any() {
		status = http.StatusUnprocessableEntity
	}
	return page.Result{Status: status, Page: formTemplate.Page(d)}, nil
}

// choices are those who are there today, and those whom the programme has already: saving must not drop them unseen.
func (p *Pages) choices(all []*review.Commissioner, g *programme.Programme) []view.Choice {
	var out []view.Choice
	for _, c := range all {
		switch {
		case !c.Ended(p.today()):
			out = append(out, view.Choice{Text: c.Short, Value: c.ID})
		case g != nil && slices.Contains(g.Commissioners, c.ID):
			out = append(out, view.Choice{Text: c.Short, Value: c.ID, Hint: view.Hint{Text: "Ended on " + c.End.Words()}})
		}
	}
	return out
}

func (p *Pages) create(c *gin.Context) (page.Result, error) {
	d, lines, faults := details(c)
	var g *programme.Programme
	err := faults.Err()
	if err == nil {
		g, err = p.Programmes.Create(c.Request.Context(), page.Actor(c), d)
	}
	if faults := page.Faults(err); faults != nil {
		return p.form(c, nil, posted(c), d.Commissioners, lines, formErrors(faults))
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: "/desk/programmes/" + g.ID, Flash: "The programme is made"}, nil
}

// details reads the form; lines is how many milestones were typed.
func details(c *gin.Context) (d programme.Details, lines int, faults record.Faults) {
	d = programme.Details{Name: page.Text(c, "name"), Commissioners: slices.Clone(c.PostFormArray("commissioners"))}
	d.Start, d.End = page.Date(c, "start", "The start", &faults), page.Date(c, "end", "The end", &faults)
	for n := range programme.Most + spareLines {
		key := "m" + strconv.Itoa(n)
		if _, there := c.GetPostForm(key + "-name"); !there {
			break
		}
		m := programme.Milestone{Name: page.Text(c, key+"-name"), Date: page.Date(c, key+"-date", "The date", &faults),
			Reached: page.Text(c, key+"-reached") == "yes"}
		d.Milestones = append(d.Milestones, m)
		if m != (programme.Milestone{}) {
			lines = n + 1
		}
	}
	return d, lines, faults
}

func (p *Pages) editable(c *gin.Context) (*programme.Programme, error) {
	g, err := p.Programmes.Programme(c.Request.Context(), page.Actor(c), c.Param("id"))
	if err != nil {
		return nil, err
	}
	return g, access.Check(page.Actor(c), access.ProgrammeEdit, access.For(g.Commissioners...))
}

func (p *Pages) showEdit(c *gin.Context) (page.Result, error) {
	g, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.form(c, g, values(programmeValues(g)), g.Commissioners, len(g.Milestones), nil)
}

func programmeValues(g *programme.Programme) map[string]string {
	v := map[string]string{"name": g.Name}
	dateValues(v, "start", g.Start)
	dateValues(v, "end", g.End)
	for n, m := range g.Milestones {
		key := "m" + strconv.Itoa(n)
		v[key+"-name"] = m.Name
		dateValues(v, key+"-date", m.Date)
		if m.Reached {
			v[key+"-reached"] = "yes"
		}
	}
	return v
}

// overtaken shows the form again as it was typed, with what is kept now.
func (p *Pages) overtaken(c *gin.Context, typed programme.Details, lines int) (page.Result, error) {
	g, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	where, _, err := p.places(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	faults := page.Kept(c, programmeValues(g))
	if list := where.among(g.Commissioners); !slices.Equal(list, where.among(typed.Commissioners)) {
		for i, id := range list {
			list[i] = where.short[id]
		}
		faults.Add(true, "commissioners", "Kept now: "+strings.Join(list, ", "))
	}
	return page.Conflict(p.form(c, g, posted(c), typed.Commissioners, max(lines, len(g.Milestones)), formErrors(faults)))
}

func (p *Pages) edit(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	d, lines, faults := details(c)
	if err = faults.Err(); err == nil {
		_, err = p.Programmes.Edit(c.Request.Context(), e, d)
	}
	if page.Overtaken(err) {
		return p.overtaken(c, d, lines)
	}
	if faults := page.Faults(err); faults != nil {
		g, err := p.editable(c)
		if err != nil {
			return page.Result{}, err
		}
		g.Revision = e.Revision // a form shown again still stands for what was first on the screen
		return p.form(c, g, posted(c), d.Commissioners, lines, formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/programmes/" + e.ID, Flash: "The programme is changed"}, err
}
