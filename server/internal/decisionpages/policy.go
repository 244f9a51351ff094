package decisionpages

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// policyPage is the policy's tab of decisions: who decided what, and what applies where.
type policyPage struct {
	Frame     view.Frame
	Head      policyhead.Head
	Errors    view.Errors
	ID        string
	Revision  int64
	Sum       string // the heading: what was decided, in numbers
	Rows      []placeRow
	Missing   []missingDate
	Version   view.Select // final versions that can be published
	From      view.DateInput
	Despite   *view.Textarea // why a promise is passed over; nil while none is in the way
	Public    string         // what the public reads today
	Address   string         // where; "" for nowhere
	Coming    string         // what it reads later, and from when
	CanCancel bool
	Cancel    view.Input // why what was to come does not come
	CanUnpub  bool
	Reason    view.Input // why it is taken out
	CanPub    bool
	HasFinals bool
}

type placeRow struct {
	ID          string
	Place, Href string
	Effect      string // address of what changes for its patients
	Mark        mark
	Before      string   // what was decided on an earlier version, where a newer one asks again
	Detail      string   // version, day
	Recorded    string   // address
	Touched     []string // what the newer version does to paragraphs that are different here
	Applies     string   // what applies today
	Next        string   // what applies later
	Suspended   bool     // today, by the place itself
}

type missingDate struct{ Place, Event, Href string }

var policyTemplate = view.Define[policyPage]("decision/policy.html")

func (p *Pages) policy(c *gin.Context) (page.Result, error) { return p.policyForm(c, kept(nil), nil) }

func (p *Pages) policyForm(c *gin.Context, v values, errs view.Errors) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	x, err := p.Policies.Policy(ctx, by, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	where, err := p.places(ctx)
	if err != nil {
		return page.Result{}, err
	}
	made, err := p.Decisions.OfPolicy(ctx, by, x.ID)
	if err != nil {
		return page.Result{}, err
	}
	now, err := p.standing(ctx, by, x.ID, where)
	if err != nil {
		return page.Result{}, err
	}
	d := policyPage{Head: p.head(c, x), Errors: errs, ID: x.ID, Revision: x.Revision, Frame: p.policyFrame(c, x, "Decisions", errs)}
	d.rows(x, where, made, now)
	if err := p.touch(c, x, made, &d); err != nil {
		return page.Result{}, err
	}
	pub, err := p.Policies.PublicationOf(ctx, by, x.ID)
	if err != nil {
		return page.Result{}, err
	}
	d.publication(x, by, v, errs)
	d.public(pub, p.Site.Now(), v, errs)
	return page.Result{Status: again(errs), Page: policyTemplate.Page(d)}, nil
}

func (p *Pages) head(c *gin.Context, x *review.Policy) policyhead.Head {
	h := policyhead.Of(x, page.Actor(c), p.Name(c.Request.Context(), x.Lead), policyhead.Decisions, 0)
	if levels, err := p.Policies.LevelsOf(c.Request.Context(), x); err == nil {
		h.Level = levels.Words()
	}
	return h
}

func (p *Pages) policyFrame(c *gin.Context, x *review.Policy, title string, errs view.Errors, crumbs ...view.Link) view.Frame {
	f := p.Site.Frame(c, title+": "+x.Title, "policies")
	f.HasErrors, f.Crumbs = errs.Any(), crumbs
	return f
}

func (d *policyPage) rows(x *review.Policy, where places, made []*decision.Decision, now standing) {
	adopted := 0
	version, asked := lastFinal(x)
	for _, id := range where.among(x.Commissioners) {
		row := placeRow{ID: id, Place: where.short(id), Mark: markOf(""), Href: "/desk/policies/" + x.ID + "/register/" + id}
		if !where.ended(id, now.today) {
			row.Effect = "/desk/policies/" + x.ID + "/effects/" + id
		}
		if last := newest(made, id); last != nil {
			row.Mark, row.Recorded = markOf(last.Outcome), recordedHref(last)
			row.Detail = "Version " + last.Version + ", " + last.DecidedOn.Words()
			switch {
			case asked && last.Version != version:
				row.Mark, row.Before = mark{"waiting", "Asked again"}, last.Outcome.Done()
			case last.Outcome.Adopts():
				adopted++
			}
		}
		row.Applies, row.Next = now.in(id)
		if r := now.registers[id]; r != nil {
			row.Suspended = suspended(r, now.today)
			for _, w := range r.Pending {
				d.Missing = append(d.Missing, missingDate{Place: row.Place, Event: w.Event, Href: row.Href + "#dates"})
			}
		}
		d.Rows = append(d.Rows, row)
	}
	d.Sum = fmt.Sprintf("Adopted by %d of %d", adopted, len(d.Rows))
	if slices.ContainsFunc(d.Rows, func(r placeRow) bool { return r.Before != "" }) {
		d.Sum = "Version " + version + ": " + strings.ToLower(d.Sum[:1]) + d.Sum[1:]
	}
}

// touch tells each place that is asked again what the newer version does to the paragraphs that it varied.
func (p *Pages) touch(c *gin.Context, x *review.Policy, made []*decision.Decision, d *policyPage) error {
	version, asked := lastFinal(x)
	if !asked || !slices.ContainsFunc(made, func(m *decision.Decision) bool { return len(m.Overlay) > 0 }) {
		return nil
	}
	to, err := p.text(c, x.ID, version)
	if err != nil {
		return err
	}
	list, err := decision.Adopters(made, to, func(version string) (clause.Text, error) { return p.text(c, x.ID, version) })
	if err != nil {
		return err
	}
	for i, row := range d.Rows {
		for _, a := range list {
			if a.Commissioner != row.ID || row.Before == "" {
				continue
			}
			for _, t := range a.Touched {
				d.Rows[i].Touched = append(d.Rows[i].Touched, "The new version "+t.Told())
			}
		}
	}
	return nil
}

// newest is a commissioner's decision on the newest version that it decided on.
func newest(made []*decision.Decision, commissioner string) *decision.Decision {
	var out *decision.Decision
	for _, d := range made {
		if d.Commissioner != commissioner {
			continue
		}
		if out == nil || numberOf(out.Version).Compare(numberOf(d.Version)) < 0 {
			out = d
		}
	}
	return out
}

func numberOf(version string) review.Number {
	n, err := review.ParseNumber(version)
	if err != nil {
		return review.Number{}
	}
	return n
}

func (d *policyPage) publication(x *review.Policy, by record.Actor, v values, errs view.Errors) {
	d.Version = view.Select{Name: "version", Value: v("version"), Label: view.Label{Text: "Version"}, Error: errs.Of("version")}
	for i := len(x.Issued) - 1; i >= 0; i-- {
		if m := x.Issued[i]; m.Final {
			d.Version.Options = append(d.Version.Options, view.Option{Text: m.Number.String() + ", " + m.Note, Value: m.Number.String()})
		}
	}
	d.Reason = input("reason", "Reason", "", "", v, errs)
	d.HasFinals = len(d.Version.Options) > 0
	d.Despite = despite(v, errs)
	d.From = dateInput("from", "Public from (optional)", "Leave empty for now", v, errs)
	d.CanPub = d.HasFinals && access.May(by, access.PolicyPublish, access.For(x.Commissioners...))
}

// public says what the public reads today, and what it will.
func (d *policyPage) public(pub *review.Publication, now time.Time, v values, errs view.Errors) {
	if shown, ok := pub.At(now); ok && !shown.Withdrawn {
		d.Public, d.Address, d.CanUnpub = "Version "+shown.Version.String(), "/policies/"+pub.Slug, d.CanPub
	}
	if pub.From.After(now) {
		d.Coming, d.CanCancel = "Version "+pub.Version.String()+" from "+record.DateOf(pub.From).Words(), d.CanPub
		d.Cancel = input("cancel-reason", "Reason", "", "", v, errs)
	}
}

func (p *Pages) publish(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	// Who may not publish learns nothing of what is wrong with the form.
	x, err := p.Policies.Policy(c.Request.Context(), e.By, e.ID)
	if err != nil {
		return page.Result{}, err
	}
	if err := access.Check(e.By, access.PolicyPublish, access.For(x.Commissioners...)); err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, "despite")
	var faults record.Faults
	from := page.Date(c, "from", "The date", &faults)
	n, err := review.ParseNumber(page.Text(c, "version"))
	faults.Add(err != nil, "version", "Choose a version")
	if err = faults.Err(); err == nil {
		_, err = p.Acts.Publish(c.Request.Context(), e, n, start(from))
	}
	if page.Overtaken(err) {
		return page.Conflict(p.policyForm(c, posted(c), formErrors(page.Kept(c, nil))))
	}
	if faults := page.Faults(err); faults != nil {
		return p.policyForm(c, posted(c), formErrors(faults))
	}
	said := "Version " + n.String() + " is published"
	if from > p.today() {
		said = "Version " + n.String() + " will be public from " + from.Words()
	}
	return page.Result{SeeOther: "/desk/policies/" + e.ID + "/decisions", Flash: said}, err
}

func (p *Pages) unschedule(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, "cancel-reason")
	err = p.Acts.Unschedule(c.Request.Context(), e)
	if page.Overtaken(err) {
		return page.Conflict(p.policyForm(c, posted(c), formErrors(page.Kept(c, nil))))
	}
	if faults := page.Faults(err); faults != nil {
		for i := range faults {
			if faults[i].Field == "reason" {
				faults[i].Field = "cancel-reason"
			}
		}
		return p.policyForm(c, posted(c), formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/policies/" + e.ID + "/decisions", Flash: "It will not be published"}, err
}

// start is the first instant of a day; none for no day, which means now.
func start(d record.Date) time.Time {
	if d == 0 {
		return time.Time{}
	}
	return d.Start()
}

func (p *Pages) unpublish(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	err = p.Acts.WithdrawPublication(c.Request.Context(), e)
	if faults := page.Faults(err); faults != nil {
		return p.policyForm(c, posted(c), formErrors(faults))
	}
	return page.Result{SeeOther: "/desk/policies/" + e.ID + "/decisions", Flash: "The policy is no longer in the public library"}, err
}
