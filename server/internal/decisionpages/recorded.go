package decisionpages

import (
	"fmt"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
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
	Open    bool // the form is being filled in

	Revision  int64
	Reason    view.Textarea
	Due       view.Textarea
	Minute    view.Input
	Variation *overlayForm
	Why       view.Textarea
}

// rulingView is a decision of a meeting, in words.
type rulingView struct {
	Mark          mark
	On, Meeting   string // day and address
	Facts         []fact
	Varied        *overlayView
	By, Recommend string
	Corrected     string // the day on which By put it right; "" as it was first recorded
}

var recordedTemplate = view.Define[recordedPage]("decision/recorded.html")

func (p *Pages) recorded(c *gin.Context) (page.Result, error) {
	d, err := p.decisionOf(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.recordedForm(c, d, kept(recordedValues(d)), shownForm{overlay: d.Overlay})
}

// shownForm is how a form is shown: what is typed of the variation, and what came of it.
type shownForm struct {
	overlay decision.Overlay
	blank   int // further changes
	reads   *overlayView
	open    bool
	errs    view.Errors
}

func recordedValues(d *decision.Decision) map[string]string {
	return map[string]string{"reason": d.Reason, "due": d.DueRegard, "minute": d.Minute}
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

func (p *Pages) recordedForm(c *gin.Context, d *decision.Decision, v values, shown shownForm) (page.Result, error) {
	ctx, by, errs := c.Request.Context(), page.Actor(c), shown.errs
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
	text, err := p.text(c, d.Policy, d.Version)
	if err != nil {
		return page.Result{}, err
	}
	given := eventDate(registers, d.ID)
	place := where.short(d.Commissioner)
	told := func(r decision.Ruling) rulingView {
		out := rulingView{Mark: markOf(r.Outcome), On: r.DecidedOn.Words(), Meeting: "/desk/meetings/" + r.Meeting, Facts: facts(r.Said, given), Varied: newOverlayView(r.Overlay, text), By: p.Name(ctx, r.RecordedBy)}
		if r.Why != "" {
			out.Corrected, out.Facts = record.DateOf(r.RecordedAt).Words(), append(out.Facts, fact{"Why it was put right", r.Why})
		}
		if r.Recommended.Body != "" {
			out.Recommend = r.Recommended.Body + ", " + r.Recommended.Date.Words()
		}
		return out
	}
	out := recordedPage{Head: p.head(c, x), Errors: errs, Action: recordedHref(d), Place: place, Version: d.Version, Now: told(d.Ruling), Revision: d.Revision, Correct: decision.MayRecord(by, d.Commissioner), Open: shown.open || errs.Any(),
		Frame: p.policyFrame(c, x, place, errs, view.Link{Text: x.Title, Href: "/desk/policies/" + x.ID}, view.Link{Text: "Decisions", Href: "/desk/policies/" + x.ID + "/decisions"})}
	for i := len(d.Past) - 1; i >= 0; i-- {
		out.Past = append(out.Past, told(d.Past[i]))
	}
	out.Reason = textarea("reason", "Reasons", "", 3, v, errs)
	out.Due = textarea("due", "Due regard to equality: what was considered", "", 3, v, errs)
	out.Minute = input("minute", "Reference of the minute", "", "10", v, errs)
	if d.Outcome == decision.Vary {
		f := newOverlayForm("", recordedHref(d), text, shown.overlay, shown.blank, errs)
		f.Reads, out.Variation = shown.reads, &f
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
	if err := access.Check(page.Actor(c), access.DecisionRecord, access.For(c.Param("place"))); err != nil {
		return page.Result{}, err
	}
	d, err := p.decisionOf(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, d.ID)
	if err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, "why")
	shown := shownForm{open: true}
	shown.overlay, _ = typedOverlay(posted(c), "")
	if step := page.Text(c, "step"); step != "" {
		d.Revision = e.Revision // a form shown again still stands for what was first on the screen
		return p.build(c, d, step, shown)
	}
	_, err = p.Decisions.Correct(c.Request.Context(), e, decision.Correction{Reason: page.Text(c, "reason"), DueRegard: page.Text(c, "due"),
		Minute: page.Text(c, "minute"), Overlay: shown.overlay})
	if page.Overtaken(err) {
		if d, err = p.decisionOf(c); err != nil {
			return page.Result{}, err
		}
		shown.errs = formErrors(page.Kept(c, recordedValues(d)))
		return page.Conflict(p.recordedForm(c, d, posted(c), shown))
	}
	if faults := page.Faults(err); faults != nil {
		d.Revision, shown.errs = e.Revision, formErrors(faults)
		return p.recordedForm(c, d, posted(c), shown)
	}
	return page.Result{SeeOther: recordedHref(d), Flash: "The record is put right"}, err
}

// build shows the form with one more change of the variation, or with how it reads.
func (p *Pages) build(c *gin.Context, d *decision.Decision, step string, shown shownForm) (page.Result, error) {
	if step == "more" {
		shown.blank = 1
		return p.recordedForm(c, d, posted(c), shown)
	}
	text, err := p.text(c, d.Policy, d.Version)
	if err != nil {
		return page.Result{}, err
	}
	err = p.Decisions.Try(shown.overlay, text)
	if faults := page.Faults(err); faults != nil {
		shown.errs = formErrors(faults)
		return p.recordedForm(c, d, posted(c), shown)
	}
	if err == nil {
		shown.reads, err = reading(shown.overlay, text)
	}
	if err != nil {
		return page.Result{}, err
	}
	return p.recordedForm(c, d, posted(c), shown)
}
