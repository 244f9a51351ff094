package decisionpages

import (
	"cmp"
	"context"
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

// registerPage is what one commissioner has of one policy, when, and the acts that change it.
type registerPage struct {
	Frame      view.Frame
	Head       policyhead.Head
	Errors     view.Errors
	Base       string // address that the acts' addresses begin with
	Place      string
	Revision   int64
	Today      string
	Next       string
	Intervals  []intervalRow
	Waiting    []waitingForm
	Suspension string // "Suspended since …"
	Approval   string // who must approve it, or who did
	Acts       []actForm
}

type intervalRow struct{ Text, From, To, For, Why string }

// waitingForm is an adoption whose day is not known yet, with the form that gives it.
type waitingForm struct {
	Source, Event, Text, Name string
	May                       bool
	Date                      view.DateInput
}

// actForm is an act with its form.
type actForm struct {
	Act, Title, What, Button string
	To                       string // where its form goes, below Base
	Source                   string // the decision whose date is corrected; "" for other acts
	Dated                    bool
	From                     view.DateInput
	Reason                   view.Textarea
}

var registerTemplate = view.Define[registerPage]("decision/register.html")

func (p *Pages) register(c *gin.Context) (page.Result, error) {
	return p.registerForm(c, kept(nil), nil)
}

// registerForm shows the page. Each act has fields of its own, so that one form can be shown again with what was typed.
func (p *Pages) registerForm(c *gin.Context, v values, errs view.Errors) (page.Result, error) {
	d, err := p.registerData(c, v, errs)
	return page.Result{Status: again(errs), Page: registerTemplate.Page(d)}, err
}

func (p *Pages) registerData(c *gin.Context, v values, errs view.Errors) (registerPage, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	x, err := p.Policies.Policy(ctx, by, c.Param("id"))
	if err != nil {
		return registerPage{}, err
	}
	where, err := p.places(ctx)
	if err != nil {
		return registerPage{}, err
	}
	id := c.Param("place")
	if !slices.Contains(x.Commissioners, id) {
		return registerPage{}, fmt.Errorf("register of %s in %s: %w", x.ID, id, record.ErrNotFound)
	}
	now, err := p.standing(ctx, by, x.ID, where)
	if err != nil {
		return registerPage{}, err
	}
	r := now.registers[id]
	if r == nil {
		r = &review.Register{Head: record.Head{ID: review.RegisterID(x.ID, id)}, Policy: x.ID, Commissioner: id}
	}
	place := where.short(r.Commissioner)
	d := registerPage{Head: p.head(c, x), Errors: errs, Place: place, Revision: r.Revision, Base: "/desk/policies/" + x.ID + "/register/" + r.Commissioner,
		Frame: p.policyFrame(c, x, place, errs, view.Link{Text: x.Title, Href: "/desk/policies/" + x.ID}, view.Link{Text: "Decisions", Href: "/desk/policies/" + x.ID + "/decisions"})}
	d.Today, d.Next = now.in(id)
	d.intervals(r, now)
	d.waiting(r, now, by, v, errs)
	p.acts(ctx, &d, r, by, v, errs)
	d.corrections(r, now, by, v, errs)
	return d, nil
}

// dated tells whether an act's form asks for a day.
func (d registerPage) dated(act string) bool {
	return slices.ContainsFunc(d.Acts, func(a actForm) bool { return a.Act == act && a.Dated }) || strings.HasPrefix(act, "w")
}

// offers tells whether the page has the form of an act.
func (d registerPage) offers(act string) bool {
	return slices.ContainsFunc(d.Acts, func(a actForm) bool { return a.Act == act }) ||
		slices.ContainsFunc(d.Waiting, func(w waitingForm) bool { return w.May && w.Name == act+"-from" })
}

// intervals are the rows of which text applied when. A suspension covers what stands beside it.
func (d *registerPage) intervals(r *review.Register, now standing) {
	add := func(from record.Date, row intervalRow) {
		row.From = from.Words()
		if from <= review.SinceRecords {
			row.From = "Before records"
		}
		row.To = cmp.Or(row.To, "No end")
		d.Intervals = append(d.Intervals, row)
	}
	stops := r.Suspensions
	stopped := func(before record.Date) {
		for len(stops) > 0 && (before == 0 || stops[0].From < before) {
			add(stops[0].From, intervalRow{Text: "Suspended", To: stops[0].Lifted.Words(), For: whom(review.TreatedFrom)})
			stops = stops[1:]
		}
	}
	for _, x := range r.Intervals {
		stopped(x.From)
		add(x.From, intervalRow{Text: now.words(x.Text), To: x.To.Words(), Why: x.Event, For: whom(x.Rule)})
	}
	stopped(0)
}

func whom(r review.ReferralRule) string {
	if r == review.TreatedFrom {
		return "All patients, whenever referred"
	}
	return "Patients referred in that time"
}

func (d *registerPage) waiting(r *review.Register, now standing, by record.Actor, v values, errs view.Errors) {
	for n, w := range r.Pending {
		name := "w" + number(n) + "-from"
		d.Waiting = append(d.Waiting, waitingForm{Source: w.Source.ID, Event: w.Event, Text: now.words(w.Text), Name: name,
			May:  access.May(by, access.RegisterDate, access.For(r.Commissioner)),
			Date: dateInput(name, "Date of the "+w.Event, "For example, 1 4 2027", v, errs)})
	}
}

// acts puts the acts on the page that this person may do now.
func (p *Pages) acts(ctx context.Context, d *registerPage, r *review.Register, by record.Actor, v values, errs view.Errors) {
	scope := access.For(r.Commissioner)
	suspension, suspended := r.Suspended()
	if suspended {
		d.Suspension = "Suspended from " + suspension.From.Words() + " by " + p.Name(ctx, suspension.By)
		d.Approval = "A second person must approve it"
		if suspension.Approved != "" {
			d.Approval = "Approved by " + p.Name(ctx, suspension.Approved)
		}
	}
	for _, x := range []struct {
		on                       bool
		action                   access.Action
		act, title, what, button string
		dated                    bool
	}{
		{suspended && suspension.Approved == "" && suspension.By != by.ID, access.RegisterApprove, "approve", "Approve the suspension",
			"You confirm that treatment under this policy stops here for all patients.", "Approve the suspension", false},
		{suspended, access.RegisterSuspend, "lift", "Lift the suspension", "What applied before applies again.", "Lift the suspension", true},
		{!suspended && len(r.Intervals) > 0, access.RegisterSuspend, "suspend", "Suspend in an emergency",
			"It stops today for all patients, whenever referred. Somebody else must approve it afterwards.", "Suspend the policy", false},
		{len(r.Intervals) > 0, access.RegisterWithdraw, "withdraw", "Withdraw",
			"From that day no text applies here to newly referred patients.", "Withdraw the policy", true},
	} {
		if !x.on || !access.May(by, x.action, scope) {
			continue
		}
		d.Acts = append(d.Acts, actForm{Act: x.act, To: x.act, Title: x.title, What: x.what, Button: x.button, Dated: x.dated,
			From:   dateInput(x.act+"-from", "From which day", "For example, 1 4 2027", v, errs),
			Reason: textarea(x.act+"-reason", "Reason", "It is kept in the history", 2, v, errs)})
	}
}

// corrections puts on the page the forms that correct the date of an event.
func (d *registerPage) corrections(r *review.Register, now standing, by record.Actor, v values, errs view.Errors) {
	if !access.May(by, access.RegisterDate, access.For(r.Commissioner)) {
		return
	}
	n := 0
	for _, x := range r.Intervals {
		if x.Event == "" || x.Text.Policy != r.Policy {
			continue
		}
		act := "d" + number(n)
		n++
		d.Acts = append(d.Acts, actForm{Act: act, To: "date", Source: x.Source.ID, Dated: true, Title: "Correct the date of the " + x.Event,
			What: now.words(x.Text) + " applies from " + x.From.Words() + ". If the event came on another day, give that day.", Button: "Correct the date",
			From:   dateInput(act+"-from", "Date of the "+x.Event, "For example, 1 4 2027", v, errs),
			Reason: textarea(act+"-reason", "Reason", "It is kept in the history", 2, v, errs)})
	}
}

// change reads an act's form, does it, and shows the page again when it is refused. said is what is told afterwards.
func (p *Pages) change(c *gin.Context, act, said string, do func(e record.Edit, from record.Date) error) (page.Result, error) {
	e, err := page.Edit(c, review.RegisterID(c.Param("id"), c.Param("place")))
	if err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, act+"-reason")
	var faults record.Faults
	from := page.Date(c, act+"-from", "The date", &faults)
	if err = faults.Err(); err == nil {
		err = do(e, from)
	}
	if page.Overtaken(err) {
		errs := formErrors(page.Kept(c, nil))
		// Where the act is no longer to be done, the page of conflicts gives back what was typed.
		if d, broken := p.registerData(c, posted(c), errs); broken != nil || d.offers(act) {
			return page.Conflict(page.Result{Page: registerTemplate.Page(d)}, broken)
		}
	}
	if faults := page.Faults(err); faults != nil {
		d, err := p.registerData(c, posted(c), nil)
		if err != nil {
			return page.Result{}, err
		}
		for i, f := range faults {
			switch {
			case !d.offers(act) || f.Field == "from" && !d.dated(act):
				faults[i].Field = "" // its form, or the field, is not on the page
			case f.Field == "from" || f.Field == "reason":
				faults[i].Field = act + "-" + f.Field
			}
		}
		return p.registerForm(c, posted(c), formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/policies/" + c.Param("id") + "/register/" + c.Param("place"), Flash: said}, err
}

func (p *Pages) giveDate(c *gin.Context) (page.Result, error) {
	act := strings.TrimSuffix(page.Text(c, "name"), "-from")
	return p.change(c, act, "The date is given", func(e record.Edit, from record.Date) error {
		_, err := p.Acts.GiveDate(c.Request.Context(), e, page.Text(c, "source"), from)
		return err
	})
}

func (p *Pages) withdraw(c *gin.Context) (page.Result, error) {
	return p.change(c, "withdraw", "The policy is withdrawn here", func(e record.Edit, from record.Date) error {
		_, err := p.Acts.Withdraw(c.Request.Context(), e, from)
		return err
	})
}

func (p *Pages) suspend(c *gin.Context) (page.Result, error) {
	return p.change(c, "suspend", "The policy is suspended here", func(e record.Edit, _ record.Date) error {
		_, err := p.Acts.Suspend(c.Request.Context(), e, p.today())
		return err
	})
}

func (p *Pages) approve(c *gin.Context) (page.Result, error) {
	return p.change(c, "approve", "The suspension is approved", func(e record.Edit, _ record.Date) error {
		_, err := p.Acts.ApproveSuspension(c.Request.Context(), e)
		return err
	})
}

func (p *Pages) lift(c *gin.Context) (page.Result, error) {
	return p.change(c, "lift", "The suspension is lifted", func(e record.Edit, from record.Date) error {
		_, err := p.Acts.Lift(c.Request.Context(), e, from)
		return err
	})
}
