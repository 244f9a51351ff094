package decisionpages

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// recordedPage is what one commissioner decided on one version, and what was recorded before.
type recordedPage struct {
	Frame   view.Frame
	Head    policyhead.Head
	Errors  view.Errors
	Action  string
	Place   string
	Version string
	Now     rulingView
	Past    []rulingView
	Correct bool // this person may put the record right

	Revision  int64
	Reason    view.Textarea
	Due       view.Textarea
	Minute    view.Input
	Variation *view.Textarea
	Why       view.Textarea
}

// rulingView is a decision of a meeting, in words.
type rulingView struct {
	Mark          mark
	On, Meeting   string // day and address
	Facts         []fact
	By, Recommend string
	Corrected     string // the day on which By put it right; "" as it was first recorded
}

var recordedTemplate = view.Define[recordedPage]("decision/recorded.html")

func (p *Pages) recorded(c *gin.Context) (page.Result, error) {
	d, err := p.decisionOf(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.recordedForm(c, d, kept(recordedValues(d)), nil)
}

func recordedValues(d *decision.Decision) map[string]string {
	return map[string]string{"reason": d.Reason, "due": d.DueRegard, "minute": d.Minute, "variation": d.Variation.Text}
}

// decisionOf finds the decision of the address among those on the policy, which the actor must be allowed to read.
func (p *Pages) decisionOf(c *gin.Context) (*decision.Decision, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	if _, err := p.Policies.Policy(ctx, by, c.Param("id")); err != nil {
		return nil, err
	}
	list, err := p.Decisions.OfPolicy(ctx, by, c.Param("id"))
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		if d.Version == c.Param("version") && d.Commissioner == c.Param("place") {
			return d, nil
		}
	}
	return nil, fmt.Errorf("decision of %s on version %s of %s: %w", c.Param("place"), c.Param("version"), c.Param("id"), record.ErrNotFound)
}

func recordedHref(d *decision.Decision) string {
	return "/desk/policies/" + d.Policy + "/decisions/" + d.Version + "/" + d.Commissioner
}

func (p *Pages) recordedForm(c *gin.Context, d *decision.Decision, v values, errs view.Errors) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	x, err := p.Policies.Policy(ctx, by, d.Policy)
	if err != nil {
		return page.Result{}, err
	}
	where, err := p.places(ctx)
	if err != nil {
		return page.Result{}, err
	}
	registers, err := p.Policies.RegistersOf(ctx, by, x.ID)
	if err != nil {
		return page.Result{}, err
	}
	given := eventDate(registers, d.ID)
	place := where.short(d.Commissioner)
	told := func(r decision.Ruling) rulingView {
		out := rulingView{Mark: markOf(r.Outcome), On: r.DecidedOn.Words(), Meeting: "/desk/meetings/" + r.Meeting, Facts: facts(r.Said, r.Variation.Label, given), By: p.Name(ctx, r.RecordedBy)}
		if r.Why != "" {
			out.Corrected, out.Facts = record.DateOf(r.RecordedAt).Words(), append(out.Facts, fact{"Why it was put right", r.Why})
		}
		if r.Recommended.Body != "" {
			out.Recommend = r.Recommended.Body + ", " + r.Recommended.Date.Words()
		}
		return out
	}
	out := recordedPage{Head: p.head(c, x), Errors: errs, Action: recordedHref(d), Place: place, Version: d.Version, Now: told(d.Ruling), Revision: d.Revision, Correct: decision.MayRecord(by, d.Commissioner),
		Frame: p.policyFrame(c, x, place, errs, view.Link{Text: x.Title, Href: "/desk/policies/" + x.ID}, view.Link{Text: "Decisions", Href: "/desk/policies/" + x.ID + "/decisions"})}
	for i := len(d.Past) - 1; i >= 0; i-- {
		out.Past = append(out.Past, told(d.Past[i]))
	}
	out.Reason = textarea("reason", "Reasons", "", 3, v, errs)
	out.Due = textarea("due", "Due regard to equality: what was considered", "", 3, v, errs)
	out.Minute = input("minute", "Reference of the minute", "", "10", v, errs)
	if d.Outcome == decision.Vary {
		text := textarea("variation", "Text that applies in place of "+d.Variation.Label, "", 4, v, errs)
		out.Variation = &text
	}
	out.Why = textarea("why", "Why the record is put right", "What it said before is kept", 2, v, errs)
	return page.Result{Status: again(errs), Page: recordedTemplate.Page(out)}, nil
}

// eventDate is the day on which the named event of a decision came; 0 while that is not known.
func eventDate(registers []*review.Register, source string) record.Date {
	for _, r := range registers {
		for _, x := range r.Intervals {
			if x.Source.ID == source && x.Event != "" {
				return x.From
			}
		}
	}
	return 0
}

func (p *Pages) correct(c *gin.Context) (page.Result, error) {
	d, err := p.decisionOf(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, d.ID)
	if err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, "why")
	_, err = p.Decisions.Correct(c.Request.Context(), e, decision.Correction{Reason: page.Text(c, "reason"), DueRegard: page.Text(c, "due"),
		Minute: page.Text(c, "minute"), Variation: page.Text(c, "variation")})
	if page.Overtaken(err) {
		if d, err = p.decisionOf(c); err != nil {
			return page.Result{}, err
		}
		return page.Conflict(p.recordedForm(c, d, posted(c), formErrors(page.Kept(c, recordedValues(d)))))
	}
	if faults := page.Faults(err); faults != nil {
		d.Revision = e.Revision // a form shown again still stands for what was first on the screen
		return p.recordedForm(c, d, posted(c), formErrors(faults))
	}
	return page.Result{SeeOther: recordedHref(d), Flash: "The record is put right"}, err
}
