package decisionpages

import (
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// meetingLine is a meeting in a list.
type meetingLine struct {
	Href, Title, Body, Date, Who string
	Items                        int
	Waits                        bool // its day has passed and nothing is recorded
	Cancelled                    bool
}

type listPage struct {
	Frame   view.Frame
	Coming  []meetingLine
	Before  []meetingLine
	Next    string // address of the next page of earlier ones
	CanPlan bool
}

var listTemplate = view.Define[listPage]("decision/meetings.html")

func (p *Pages) list(c *gin.Context) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	where, err := p.places(ctx)
	if err != nil {
		return page.Result{}, err
	}
	coming, err := p.Decisions.Coming(ctx, by, p.today())
	if err != nil {
		return page.Result{}, err
	}
	before, next, err := p.Decisions.Before(ctx, by, p.today(), page.After(c))
	if err != nil {
		return page.Result{}, err
	}
	d := listPage{Frame: p.frame(c, "Meetings", nil), Coming: p.lines(coming, where), Before: p.lines(before, where),
		CanPlan: access.Ever(by, access.MeetingEdit)}
	if next != "" {
		d.Next = "/desk/meetings?after=" + next
	}
	return page.Result{Page: listTemplate.Page(d)}, nil
}

func (p *Pages) lines(list []*decision.Meeting, where places) []meetingLine {
	var out []meetingLine
	for _, m := range list {
		out = append(out, meetingLine{Cancelled: m.State == decision.Cancelled, Href: "/desk/meetings/" + m.ID, Title: m.Title, Body: m.Body, Date: m.Date.Words(), Items: len(m.Items),
			Who: who(where, m.Commissioners), Waits: m.State == decision.Planned && m.Date < p.today() && len(m.Items) > 0})
	}
	return out
}

// who names one or two commissioners and counts more.
func who(where places, ids []string) string {
	if len(ids) == 1 {
		return where.short(ids[0])
	}
	if len(ids) == 2 {
		return where.short(ids[0]) + " and " + where.short(ids[1])
	}
	return number(len(ids)) + " commissioners"
}

type planPage struct {
	Frame         view.Frame
	Errors        view.Errors
	Action        string
	Revision      int64
	New           bool
	Fixed         bool   // decisions are recorded: date and commissioners stay
	Cancel        string // address of the act; "" when the meeting is new or decided something
	Why           view.Input
	Title, Body   view.Input
	Date          view.DateInput
	Commissioners view.Checkboxes
	Recommended   view.Input
	RecommendedOn view.DateInput
}

var planTemplate = view.Define[planPage]("decision/plan.html")

func (p *Pages) showPlan(c *gin.Context) (page.Result, error) {
	return p.planForm(c, nil, kept(nil), nil, nil)
}

// planForm shows the form of a new meeting, or of m.
func (p *Pages) planForm(c *gin.Context, m *decision.Meeting, v values, chosen []string, errs view.Errors) (page.Result, error) {
	where, err := p.places(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	d := planPage{New: m == nil, Errors: errs, Action: "/desk/meetings/new"}
	title, crumbs := "Plan a meeting", []view.Link{{Text: "Meetings", Href: "/desk/meetings"}}
	if m != nil {
		title, d.Action, d.Revision, d.Fixed = "Change the meeting", "/desk/meetings/"+m.ID+"/edit", m.Revision, m.State == decision.Held
		crumbs = append(crumbs, view.Link{Text: m.Title, Href: "/desk/meetings/" + m.ID})
	}
	if m != nil && m.State == decision.Planned {
		d.Cancel, d.Why = "/desk/meetings/"+m.ID+"/cancel", input("reason", "Reason", "", "", v, errs)
	}
	d.Frame = p.frame(c, title, errs, crumbs...)
	d.Title = input("title", "Name", "Such as Joint committee, March", "", v, errs)
	d.Body = input("body", "Body that sits", "Such as Joint committee of the fifteen places", "", v, errs)
	d.Date = dateInput("date", "Date", "For example, 18 3 2027", v, errs)
	d.Commissioners = view.Checkboxes{Name: "commissioners", Values: chosen, Items: where.choices(p.today(), m), Small: true, Error: errs.Of("commissioners"),
		Legend: view.Legend{Text: "Commissioners that decide"}, Hint: view.Hint{Text: "One, or several of a joint committee"}}
	d.Recommended = input("recommended", "Body that recommended the policies (optional)", "Such as the clinical forum", "", v, errs)
	d.RecommendedOn = dateInput("recommended-date", "Date of the recommendation (optional)", "", v, errs)
	return page.Result{Status: again(errs), Page: planTemplate.Page(d)}, nil
}

func (p *Pages) plan(c *gin.Context) (page.Result, error) {
	d, faults := details(c)
	var m *decision.Meeting
	err := faults.Err()
	if err == nil {
		m, err = p.Decisions.Plan(c.Request.Context(), page.Actor(c), d)
	}
	if faults := page.Faults(err); faults != nil {
		return p.planForm(c, nil, posted(c), d.Commissioners, formErrors(faults))
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: "/desk/meetings/" + m.ID, Flash: "The meeting is planned"}, nil
}

func details(c *gin.Context) (decision.Details, record.Faults) {
	var faults record.Faults
	d := decision.Details{Title: page.Text(c, "title"), Body: page.Text(c, "body"), Commissioners: slices.Clone(c.PostFormArray("commissioners"))}
	d.Date = page.Date(c, "date", "The date", &faults)
	d.Recommended = decision.Recommendation{Body: page.Text(c, "recommended"), Date: page.Date(c, "recommended-date", "The date of the recommendation", &faults)}
	return d, faults
}

// editable reads the meeting of the address for those who may change it.
func (p *Pages) editable(c *gin.Context) (*decision.Meeting, error) {
	m, err := p.Decisions.Meeting(c.Request.Context(), page.Actor(c), c.Param("id"))
	if err != nil {
		return nil, err
	}
	return m, access.Check(page.Actor(c), access.MeetingEdit, access.For(m.Commissioners...))
}

func (p *Pages) showEdit(c *gin.Context) (page.Result, error) {
	m, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.planForm(c, m, kept(meetingValues(m)), m.Commissioners, nil)
}

func meetingValues(m *decision.Meeting) map[string]string {
	v := map[string]string{"title": m.Title, "body": m.Body, "recommended": m.Recommended.Body}
	dateValues(v, "date", m.Date)
	dateValues(v, "recommended-date", m.Recommended.Date)
	return v
}

func (p *Pages) edit(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	d, faults := details(c)
	if err = faults.Err(); err == nil {
		_, err = p.Decisions.Edit(c.Request.Context(), e, d)
	}
	if page.Overtaken(err) {
		return p.overtakenEdit(c, d)
	}
	if faults := page.Faults(err); faults != nil {
		m, err := p.editable(c)
		if err != nil {
			return page.Result{}, err
		}
		m.Revision = e.Revision // a form shown again still stands for what was first on the screen
		return p.planForm(c, m, posted(c), d.Commissioners, formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/meetings/" + e.ID, Flash: "The meeting is changed"}, err
}

func (p *Pages) cancel(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	_, err = p.Decisions.Cancel(c.Request.Context(), e)
	if faults := page.Faults(err); faults != nil {
		m, err := p.editable(c)
		if err != nil {
			return page.Result{}, err
		}
		m.Revision = e.Revision
		v := meetingValues(m)
		v["reason"] = e.Reason
		return p.planForm(c, m, kept(v), m.Commissioners, formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/meetings", Flash: "The meeting is cancelled"}, err
}

// overtakenEdit shows the form again as it was typed, with what is kept now.
func (p *Pages) overtakenEdit(c *gin.Context, typed decision.Details) (page.Result, error) {
	m, err := p.editable(c)
	if err != nil {
		return page.Result{}, err
	}
	where, err := p.places(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	faults := page.Kept(c, meetingValues(m))
	faults.Add(!slices.Equal(where.among(typed.Commissioners), where.among(m.Commissioners)), "commissioners", "Kept now: "+strings.Join(where.shorts(where.among(m.Commissioners)), ", "))
	return page.Conflict(p.planForm(c, m, posted(c), typed.Commissioners, formErrors(faults)))
}
