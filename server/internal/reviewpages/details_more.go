package reviewpages

import (
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// mostOffered bounds the policies that are offered as superseded.
const mostOffered = 200

// offered chooses the programme whose policies are offered.
func (p *Pages) offered(c *gin.Context, programme string) (view.Select, error) {
	list, err := p.Programmes.All(c.Request.Context(), page.Actor(c))
	return view.Select{Name: "offered", Value: programme, Label: view.Label{Text: "Policies that could be superseded are in", Size: "s"}, Options: programmeOptions(list, "Choose a programme")}, err
}

// supersedes offers the policies of the chosen programme. What was chosen from others is offered too, so that it is
// not lost.
func (p *Pages) supersedes(c *gin.Context, pol *review.Policy, t detailsTyped) (view.Checkboxes, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	boxes := view.Checkboxes{Name: "supersedes", Small: true, Values: t.Supersedes, Legend: view.Legend{Text: "Takes the place of", Size: "s"},
		Hint: view.Hint{Text: "Where a commissioner adopts this policy, these end on the same date"}}
	known := []string{pol.ID}
	offer := func(x *review.Policy) {
		if !slices.Contains(known, x.ID) {
			known = append(known, x.ID)
			boxes.Items = append(boxes.Items, view.Choice{Text: x.Reference + " " + x.Title, Value: x.ID})
		}
	}
	for _, id := range t.Supersedes {
		if x, err := p.Review.Policy(ctx, by, id); err == nil {
			offer(x)
		}
	}
	for after := ""; t.offered != "" && len(known) < mostOffered; {
		list, next, err := p.Review.List(ctx, by, review.Filter{Programme: t.offered}, after)
		if err != nil {
			return boxes, err
		}
		for _, x := range list {
			offer(x)
		}
		if after = next; next == "" {
			break
		}
	}
	return boxes, nil
}

// mostSuperseded bounds what one policy takes the place of.
const mostSuperseded = 100

// known refuses ids of policies that there are not, or that the person may not read.
func (p *Pages) known(c *gin.Context, ids []string, faults *record.Faults) error {
	faults.Add(len(ids) > mostSuperseded, "supersedes", "A policy can take the place of up to 100 others")
	for _, id := range ids[:min(len(ids), mostSuperseded)] {
		_, err := p.Review.Policy(c.Request.Context(), page.Actor(c), id)
		switch {
		case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrForbidden):
			faults.Add(true, "supersedes", "Choose policies from the list")
		case err != nil:
			return err
		}
	}
	return nil
}

func (p *Pages) leads(c *gin.Context, pol *review.Policy, errs view.Errors) (view.Select, error) {
	list, err := p.Leads(c.Request.Context())
	s := view.Select{Name: "lead", Label: view.Label{Text: "Give the policy to", Size: "s"}, Error: errs.Of("lead"), Options: []view.Option{{Text: "Choose a person", Value: ""}}}
	for _, x := range list {
		if x.ID != pol.Lead {
			s.Options = append(s.Options, view.Option{Text: x.Name, Value: x.ID})
		}
	}
	return s, err
}

// hand gives the policy to another lead.
func (p *Pages) hand(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	list, err := p.Leads(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	lead := line(c, "lead")
	if lead != "" && !slices.ContainsFunc(list, func(x Person) bool { return x.ID == lead }) {
		var errs view.Errors
		errs.Add("lead", "Choose a person from the list")
		return p.detailsForm(c, pol, detailsOf(pol), errs)
	}
	_, err = p.Review.Hand(c.Request.Context(), e, lead)
	if errs, ok := refused(err); ok {
		return p.detailsForm(c, pol, detailsOf(pol), errs)
	}
	return page.Result{SeeOther: address(pol.ID), Flash: "The policy is handed over"}, err
}
