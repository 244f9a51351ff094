package reviewpages

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// places are all commissioners by their ids.
func (p *Pages) places(ctx context.Context) (map[string]*review.Commissioner, error) {
	list, err := p.Review.AllCommissioners(ctx)
	out := map[string]*review.Commissioner{}
	for _, x := range list {
		out[x.ID] = x
	}
	return out, err
}

func placeName(places map[string]*review.Commissioner, id string) string {
	if x := places[id]; x != nil {
		return x.Short
	}
	return id
}

func sortedKeys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// shortHash is enough of a hash to name an event.
func shortHash(h []byte) string { return hex.EncodeToString(h[:min(len(h), 6)]) }

// commissionersPage lists all commissioners.
type commissionersPage struct {
	Frame  view.Frame
	MayAdd bool
	Rows   []placeRow
}

type placeRow struct {
	Name, Short, Href, Start, End, Contact string
	Successors                             []string
}

var commissionersTemplate = view.Define[commissionersPage]("review/commissioners.html")

const placesSection = "commissioners"

var placesCrumb = view.Link{Text: "Commissioners", Href: "/desk/commissioners"}

func (p *Pages) commissioners(c *gin.Context) (page.Result, error) {
	list, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	names := map[string]string{}
	for _, x := range list {
		names[x.ID] = x.Name
	}
	d := commissionersPage{Frame: p.Site.Frame(c, "Commissioners", placesSection), MayAdd: access.Ever(page.Actor(c), access.CommissionerEnd)}
	for _, x := range list {
		row := placeRow{Name: x.Name, Short: x.Short, Href: placePath(x.ID), Start: x.Start.Words(), End: x.End.Words(), Contact: x.Contact.Name}
		for _, id := range x.Successors {
			row.Successors = append(row.Successors, names[id])
		}
		d.Rows = append(d.Rows, row)
	}
	return page.Result{Page: commissionersTemplate.Page(d)}, nil
}

func placePath(id string) string { return "/desk/commissioners/" + id }

// commissionerPage is one commissioner, to be read or changed.
type commissionerPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Action   string
	Revision int64
	New      bool
	MayEdit  bool
	EndPath  string // where it is ended; empty when it cannot be
	Ended    string // "Ended on … . Its successors: …"
	Facts    view.SummaryList
	Name     view.Input
	Short    view.Input
	Start    view.DateInput
	Contact  contactFields
	IFR      ifrFields
}

type contactFields struct{ Name, Email, Phone view.Input }

type ifrFields struct {
	Email, Phone, URL view.Input
	Text              view.Textarea
}

var commissionerTemplate = view.Define[commissionerPage]("review/commissioner.html")

func (p *Pages) showNewCommissioner(c *gin.Context) (page.Result, error) {
	return p.placeForm(c, &review.Commissioner{}, typedDate{}, nil)
}

func (p *Pages) commissioner(c *gin.Context) (page.Result, error) {
	x, err := p.place(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	return p.placeForm(c, x, dateTyped(x.Start), nil)
}

func (p *Pages) place(c *gin.Context, id string) (*review.Commissioner, error) {
	places, err := p.places(c.Request.Context())
	if err != nil {
		return nil, err
	}
	if x := places[id]; x != nil {
		return x, nil
	}
	return nil, record.ErrNotFound
}

func (p *Pages) placeForm(c *gin.Context, x *review.Commissioner, start typedDate, errs view.Errors) (page.Result, error) {
	by := page.Actor(c)
	d := commissionerPage{Frame: p.Site.Frame(c, "Add a commissioner", placesSection), Errors: errs, Action: placePath("new"), New: x.ID == "", MayEdit: true, Revision: x.Revision,
		Name:  input("name", "Name", "In full, such as NHS Brindlewick", x.Name, errs),
		Short: input("short", "Short name", "For tables and for the public, such as Brindlewick. 18 characters at most", x.Short, errs),
		Start: dateField("start", "Began on", "For example 1 4 2013", start, errs),
		Contact: contactFields{input("contact-name", "Name", "", x.Contact.Name, errs), input("contact-email", "E-mail address", "", x.Contact.Email, errs),
			input("contact-phone", "Telephone", "", x.Contact.Phone, errs)},
		IFR: ifrFields{input("ifr-email", "E-mail address", "", x.IFR.Email, errs), input("ifr-phone", "Telephone", "", x.IFR.Phone, errs),
			input("ifr-url", "Web address of the form", "It begins with https://", x.IFR.URL, errs),
			area("ifr-text", "What if I do not meet the criteria?", "Plain English, for patients and clinicians", x.IFR.Text, 5, errs)}}
	d.Frame.HasErrors, d.Frame.Crumbs = errs.Any(), []view.Link{placesCrumb}
	if !d.New {
		d.Frame.Title, d.Action = cmp.Or(x.Name, "Change a commissioner"), placePath(x.ID)
		d.MayEdit = access.May(by, access.CommissionerEdit, access.For(x.ID))
		if x.End == 0 && access.May(by, access.CommissionerEnd, access.For(x.ID)) {
			d.EndPath = placePath(x.ID) + "/end"
		}
		d.Facts = placeFacts(x)
	}
	if x.End != 0 {
		places, err := p.places(c.Request.Context())
		if err != nil {
			return page.Result{}, err
		}
		d.Ended = endedWords(x, places)
	}
	return answer(commissionerTemplate.Page(d), errs), nil
}

func placeFacts(x *review.Commissioner) view.SummaryList {
	var list view.SummaryList
	for _, r := range [][2]string{{"Short name", x.Short}, {"Began on", x.Start.Words()}, {"Contact", x.Contact.Name}, {"Contact’s e-mail address", x.Contact.Email},
		{"Contact’s telephone", x.Contact.Phone}, {"Requests outside the criteria", x.IFR.Text}, {"Requests by e-mail", x.IFR.Email}, {"Requests by telephone", x.IFR.Phone}, {"Form", x.IFR.URL}} {
		if r[1] != "" {
			list.Rows = append(list.Rows, view.SummaryRow{Key: r[0], Value: r[1]})
		}
	}
	return list
}

func endedWords(x *review.Commissioner, places map[string]*review.Commissioner) string {
	words := "Ended: it is no more from " + x.End.Words() + " on. "
	if len(x.Successors) == 0 {
		return words + "It has no successor."
	}
	words += "Its area is decided for by "
	for i, id := range x.Successors {
		if i > 0 {
			words += ", "
		}
		words += placeName(places, id)
	}
	return words + "."
}

func readPlace(c *gin.Context) (x review.Commissioner, start typedDate, faults record.Faults) {
	x.Name, x.Short = line(c, "name"), line(c, "short")
	x.Start, start = readDate(c, "start", "The date on which it began", &faults)
	x.Contact = review.Person{Name: line(c, "contact-name"), Email: line(c, "contact-email"), Phone: line(c, "contact-phone")}
	x.IFR = review.IFR{Email: line(c, "ifr-email"), Phone: line(c, "ifr-phone"), URL: line(c, "ifr-url"), Text: page.Text(c, "ifr-text")}
	return x, start, faults
}

func (p *Pages) createCommissioner(c *gin.Context) (page.Result, error) {
	x, start, faults := readPlace(c)
	if errs, ok := refused(faults.Err(), "start"); ok {
		return p.placeForm(c, &x, start, errs)
	}
	made, err := p.Review.AddCommissioner(c.Request.Context(), page.Actor(c), x)
	if errs, ok := placeRefused(err); ok {
		return p.placeForm(c, &x, start, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: placePath(made.ID), Flash: "The commissioner is added"}, nil
}

func (p *Pages) editCommissioner(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	old, err := p.place(c, e.ID)
	if err != nil {
		return page.Result{}, err
	}
	x, start, faults := readPlace(c)
	x.Head, x.End, x.Successors = old.Head, old.End, old.Successors
	if errs, ok := refused(faults.Err(), "start"); ok {
		return p.placeForm(c, &x, start, errs)
	}
	_, err = p.Review.EditCommissioner(c.Request.Context(), e, x)
	if errs, ok := placeRefused(err); ok {
		return p.placeForm(c, &x, start, errs)
	}
	return page.Result{SeeOther: placePath(e.ID), Flash: "Saved"}, err
}

// placeRefused turns what a person can put right into messages.
func placeRefused(err error) (errs view.Errors, ok bool) {
	var taken *record.Taken
	var stale *record.Stale
	switch {
	case errors.As(err, &taken):
		errs.Add("short", "Another commissioner has this short name already")
		return errs, true
	case errors.As(err, &stale):
		errs.Add("name", "Somebody else saved this commissioner meanwhile. What you typed is still here: open the page in another window, compare, then save again")
		return errs, true
	}
	return refused(err, "start")
}

// endPage asks when a commissioner ends, and who follows it.
type endPage struct {
	Frame      view.Frame
	Errors     view.Errors
	Action     string
	Revision   int64
	End        view.DateInput
	Successors view.Checkboxes
}

var endTemplate = view.Define[endPage]("review/end.html")

func (p *Pages) showEnd(c *gin.Context) (page.Result, error) {
	x, err := p.place(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	return p.endForm(c, x, typedDate{}, nil, nil)
}

func (p *Pages) endForm(c *gin.Context, x *review.Commissioner, on typedDate, chosen []string, errs view.Errors) (page.Result, error) {
	list, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	d := endPage{Frame: p.Site.Frame(c, "End "+x.Name, placesSection), Errors: errs, Action: placePath(x.ID) + "/end", Revision: x.Revision,
		End: dateField("end", "The first day on which it is no more", "Its successors decide for its area from this day on", on, errs),
		Successors: view.Checkboxes{Name: "successors", Small: true, Values: chosen, Error: errs.Of("successors"), Legend: view.Legend{Text: "Successors", Size: "s"},
			Hint: view.Hint{Text: "Its policies stay in force in its area until a successor replaces them"}}}
	for _, s := range list {
		if s.ID != x.ID {
			d.Successors.Items = append(d.Successors.Items, view.Choice{Text: s.Name, Value: s.ID})
		}
	}
	d.Frame.HasErrors, d.Frame.Crumbs = errs.Any(), []view.Link{placesCrumb, {Text: x.Name, Href: placePath(x.ID)}}
	return answer(endTemplate.Page(d), errs), nil
}

func (p *Pages) end(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	x, err := p.place(c, e.ID)
	if err != nil {
		return page.Result{}, err
	}
	var faults record.Faults
	on, typedOn := readDate(c, "end", "The date", &faults)
	successors := c.PostFormArray("successors")
	if errs, ok := refused(faults.Err(), "end"); ok {
		return p.endForm(c, x, typedOn, successors, errs)
	}
	_, err = p.Review.EndCommissioner(c.Request.Context(), e, on, successors)
	if errs, ok := refused(err, "end"); ok {
		return p.endForm(c, x, typedOn, successors, errs)
	}
	return page.Result{SeeOther: placePath(e.ID), Flash: "The end is noted"}, err
}
