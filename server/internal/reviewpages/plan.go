package reviewpages

import (
	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// planPage is what is said about a policy beside its text: whether people must be consulted, and when it is decided.
type planPage struct {
	Frame    view.Frame
	Head     policyhead.Head
	Errors   view.Errors
	Path     string
	Revision int64
	Said     string // the need in words
	Records  []needRow
	MaySay   bool
	Need     view.Radios
	Reason   view.Textarea
	Source   view.Input
	Planned  string
	MayPlan  bool
	Month    view.DateInput
	Promises []promiseRow
	AllOf    string // address of all promises of the programme
}

// promiseRow is a promise about the policy.
type promiseRow struct{ Href, Words, Line string }

// needRow is one record, the newest first.
type needRow struct{ Words, Reason, Source, Who, When string }

var planTemplate = view.Define[planPage]("review/plan.html")

// planTyped is what stands in the two forms.
type planTyped struct {
	need, reason, source string
	month                typedDate
}

func planOf(pol *review.Policy) planTyped {
	n := pol.Need()
	return planTyped{string(n.Need), n.Reason, n.Source, dateTyped(pol.Planned)}
}

func (p *Pages) showPlan(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.planForm(c, pol, planOf(pol), nil)
}

func (p *Pages) planForm(c *gin.Context, pol *review.Policy, t planTyped, errs view.Errors) (page.Result, error) {
	d := planPage{Frame: p.frame(c, pol, "Consultation and decision"), Head: p.head(c, pol, ""), Errors: errs, Path: address(pol.ID), Revision: pol.Revision,
		Said: pol.Need().Need.Words(), MaySay: may(c, access.PolicyNeed, pol), Planned: pol.Planned.MonthWords(), MayPlan: may(c, access.PolicyEdit, pol)}
	d.Frame.HasErrors = errs.Any()
	for i := len(pol.Needs) - 1; i >= 0; i-- {
		n := pol.Needs[i]
		d.Records = append(d.Records, needRow{Words: n.Need.Words(), Reason: n.Reason, Source: n.Source,
			Who: p.Name(c.Request.Context(), n.By), When: record.DateOf(n.At).Words()})
	}
	if err := d.promises(c, p, pol); err != nil {
		return page.Result{}, err
	}
	d.Need = view.Radios{Name: "need", Value: t.need, Small: true, Legend: view.Legend{Text: "Is a consultation needed?", Size: "s"}, Error: errs.Of("need")}
	for _, n := range review.Needs {
		d.Need.Items = append(d.Need.Items, view.Choice{Text: n.Words(), Value: string(n)})
	}
	d.Reason = area("reason", "Why?", "For whom does it change, and how? The record can be read by whoever asks why they were not consulted", t.reason, 4, errs)
	d.Source = input("source", "Where was it settled?", "Such as a minute, or the level of change document with its date", t.source, errs)
	d.Month = dateField("month", "Commissioners are to decide in", "For example, 4 2027. Leave it empty while nothing is planned", t.month, errs)
	d.Month.Error, d.Month.Parts = errs.Of("month-month-month"), d.Month.Parts[1:]
	return answer(planTemplate.Page(d), errs), nil
}

// promises are those that are open about the policy, or about all of its programme.
func (d *planPage) promises(c *gin.Context, p *Pages, pol *review.Policy) error {
	list, err := p.Programmes.Promised(c.Request.Context(), page.Actor(c), pol.Programme)
	d.AllOf = "/desk/programmes/" + pol.Programme + "/promises"
	for _, m := range list {
		if m.Standing == programme.Open && (m.Policy == "" || m.Policy == pol.ID) {
			d.Promises = append(d.Promises, promiseRow{d.AllOf + "/" + m.ID, "“" + m.Words + "”", m.Promise.Words() + ". " + m.Source()})
		}
	}
	return err
}

// sayNeed records the need for a consultation.
func (p *Pages) sayNeed(c *gin.Context) (page.Result, error) {
	return p.plan(c, "What you said about consulting is recorded", func(e record.Edit) error {
		_, err := p.Review.SayNeed(c.Request.Context(), e, review.Need(line(c, "need")), line(c, "source"))
		return err
	})
}

// planDecision keeps the month in which commissioners are to decide.
func (p *Pages) planDecision(c *gin.Context) (page.Result, error) {
	return p.plan(c, "The month is saved", func(e record.Edit) error {
		month, err := record.DateParts(firstOf(c), c.PostForm("month-month"), c.PostForm("month-year"))
		if err != nil {
			return record.Faults{{Field: "month-month-month", Message: "The month must be a real one between 1900 and 2199, such as 4 2027"}}
		}
		_, err = p.Review.PlanDecision(c.Request.Context(), e, month)
		return err
	})
}

// firstOf is the day that makes a typed month a date; none when nothing was typed.
func firstOf(c *gin.Context) string {
	if line(c, "month-month") == "" && line(c, "month-year") == "" {
		return ""
	}
	return "1"
}

// plan does one of the page's acts. A form that is refused or overtaken is shown again as it was typed.
func (p *Pages) plan(c *gin.Context, done string, act func(record.Edit) error) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	t := planOf(pol)
	if _, sent := c.GetPostForm("source"); sent {
		t.need, t.reason, t.source = line(c, "need"), e.Reason, line(c, "source")
	}
	if _, sent := c.GetPostForm("month-year"); sent {
		t.month.Month, t.month.Year = line(c, "month-month"), line(c, "month-year")
	}
	err = act(e)
	if errs, ok := refused(err); ok {
		return p.planForm(c, pol, t, errs)
	}
	if page.Overtaken(err) {
		kept := planOf(pol)
		errs, _ := refused(page.Kept(c, map[string]string{"need": kept.need, "reason": kept.reason, "source": kept.source}))
		return page.Conflict(p.planForm(c, pol, t, errs))
	}
	return page.Result{SeeOther: address(pol.ID, "plan"), Flash: done}, err
}
