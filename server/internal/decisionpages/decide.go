package decisionpages

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// decidePage asks what a meeting decided: for each policy one answer for all, and places that decided otherwise.
type decidePage struct {
	Frame      view.Frame
	Errors     view.Errors
	Action     string
	Revision   string
	Only       string // the one policy that is asked about; "" for all
	Places     string // ids, so that a form knows whether they are still the same
	Line       string
	Present    int
	Members    int
	MembersURL string
	Interests  []decision.Member
	First      []string       // what must be done or come before decisions can be recorded
	Despite    *view.Textarea // why a promise is passed over; nil while none is in the way
	Items      []decideItem
}

type decideItem struct {
	Title, Line, Href string
	For               string // "Brindlewick", "15 commissioners"
	Done              []countedMark
	Outcome           view.Radios
	Said              saidFields
	Rule              view.Radios
	Minute            view.Input
	Event             view.Input
	Others            []otherPlace
	Known             []hidden // revisions of the decisions that were on the screen
}

type otherPlace struct {
	Place   string
	Open    bool
	Outcome view.Select
	Said    saidFields
}

// saidFields are what one answer needs, for all or for one place.
type saidFields struct {
	Reason, Due view.Textarea
	Paragraph   view.Input
	Variation   view.Textarea
	Effective   view.DateInput
}

type hidden struct{ Name, Value string }

var decideTemplate = view.Define[decidePage]("decision/decide.html")

// nothing is the answer that nothing was decided at this meeting.
const nothing = "nothing"

func decideHref(m *decision.Meeting, i decision.Item, made []*decision.Decision, by record.Actor) string {
	for _, c := range m.Commissioners {
		if decision.MayRecord(by, c) && openFor(m, i, c, made) {
			return "/desk/meetings/" + m.ID + "/decide?policy=" + i.Policy
		}
	}
	return ""
}

func found(i decision.Item, commissioner string, made []*decision.Decision) *decision.Decision {
	for _, d := range made {
		if d.Policy == i.Policy && d.Version == i.Version && d.Commissioner == commissioner {
			return d
		}
	}
	return nil
}

func openFor(m *decision.Meeting, i decision.Item, commissioner string, made []*decision.Decision) bool {
	d := found(i, commissioner, made)
	return d == nil || d.Open(m.ID)
}

func (p *Pages) showDecide(c *gin.Context) (page.Result, error) {
	s, err := p.sheet(c, c.Query("policy"))
	if err != nil {
		return page.Result{}, err
	}
	d := s.data(kept(nil), nil)
	for _, f := range s.m.Ready(p.today()) { // told before anything is typed
		d.First = append(d.First, f.Message)
	}
	return page.Result{Page: decideTemplate.Page(d)}, nil
}

// decide checks the form, shows what would be recorded, and records it when that was seen.
func (p *Pages) decide(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	e.Reason = page.Text(c, "despite")
	s, err := p.sheet(c, page.Text(c, "policy"))
	if err != nil {
		return page.Result{}, err
	}
	v := posted(c)
	if v("step") == "change" {
		return s.formOf(v, nil, http.StatusOK), nil
	}
	if s.overtaken(c) {
		return s.form(v, conflict()), nil
	}
	entries, faults := s.entries(c)
	if len(faults) > 0 {
		// What the service would find is told together with what could not be read.
		found := page.Faults(p.Decisions.Check(c.Request.Context(), e, entries))
		faults = append(faults, withoutDates(found, faults)...)
		return s.formOf(v, s.errors(faults), http.StatusUnprocessableEntity), nil
	}
	if v("step") != "record" {
		err = p.Decisions.Check(c.Request.Context(), e, entries)
	} else {
		_, err = p.Decisions.Record(c.Request.Context(), e, entries)
	}
	return p.answer(c, s, entries, err)
}

func (p *Pages) answer(c *gin.Context, s *sheet, entries []decision.Entry, err error) (page.Result, error) {
	v := posted(c)
	if faults := page.Faults(err); faults != nil {
		return s.formOf(v, s.errors(faults), http.StatusUnprocessableEntity), nil
	}
	if errors.Is(err, record.ErrConflict) {
		return s.form(v, conflict()), nil
	}
	switch {
	case err != nil:
		return page.Result{}, err
	case v("step") == "record":
		return page.Result{SeeOther: "/desk/meetings/" + s.m.ID, Flash: plural(len(entries), "decision is", "decisions are") + " recorded"}, nil
	}
	return s.check(entries), nil
}

func conflict() (errs view.Errors) {
	errs.Add("form", "Somebody recorded a decision or changed the agenda after you opened this page. Look at it again, then continue")
	return errs
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}

// formOf is the form as it came: with the revisions that were on the screen then.
func (s *sheet) formOf(v values, errs view.Errors, status int) page.Result {
	d := s.data(v, errs)
	d.Revision = v("revision")
	for i := range d.Items {
		for k, known := range d.Items[i].Known {
			if was := v(known.Name); was != "" {
				d.Items[i].Known[k].Value = was
			}
		}
	}
	return page.Result{Status: status, Page: decideTemplate.Page(d)}
}

// form is the form about what is kept now.
func (s *sheet) form(v values, errs view.Errors) page.Result {
	status := http.StatusOK
	if errs.Any() {
		status = http.StatusConflict
	}
	return page.Result{Status: status, Page: decideTemplate.Page(s.data(v, errs))}
}

func (s *sheet) data(v values, errs view.Errors) decidePage {
	m := s.m
	d := decidePage{Errors: errs, Action: "/desk/meetings/" + m.ID + "/decide", Revision: number(int(m.Revision)), Only: s.only,
		Frame: s.p.frame(s.c, "What the meeting decided", errs, view.Link{Text: "Meetings", Href: "/desk/meetings"}, view.Link{Text: m.Title, Href: "/desk/meetings/" + m.ID}),
		Line:  m.Title + ", " + m.Date.Words(), Present: m.Present(), Members: len(m.Members), MembersURL: "/desk/meetings/" + m.ID + "/members"}
	d.Despite = despite(v, errs)
	for _, x := range m.Members {
		if x.Interest != "" {
			d.Interests = append(d.Interests, x)
		}
	}
	d.Places = strings.Join(s.where.among(m.Commissioners), " ")
	for _, a := range s.asked {
		d.Items = append(d.Items, s.item(a, v, errs))
	}
	return d
}

func (s *sheet) item(a asked, v values, errs view.Errors) decideItem {
	key := a.key
	v = s.typed(a, v)
	i := decideItem{Title: a.item.Title, Line: a.item.Reference + ", version " + a.item.Version, Href: "/desk/policies/" + a.item.Policy,
		For: who(s.where, a.open), Done: agenda(s.m, a.item, s.made, s.where).Marks}
	i.Outcome = view.Radios{Name: key + "-outcome", Value: v(key + "-outcome"), Small: true, Error: errs.Of(key + "-outcome"),
		Legend: view.Legend{Text: "What " + i.For + " decided", Size: "s"}, Items: outcomes()}
	i.Said = fields(key, v, errs)
	i.Event = input(key+"-event", "Or the event that it starts with", "Such as start of the new contract. Leave the date empty while it is not known", "", v, errs)
	i.Minute = input(key+"-minute", "Reference of the minute", "", "10", v, errs)
	rule := v(key + "-rule")
	i.Rule = view.Radios{Name: key + "-rule", Value: rule, Small: true, Error: errs.Of(key + "-rule"), Legend: view.Legend{Text: "If adopted, it is for"},
		Items: []view.Choice{{Text: "Patients referred on or after that date", Value: decision.Referred}, {Text: "All patients from that date, whenever they were referred", Value: decision.Treated}}}
	i.Known = []hidden{{key + "-policy", a.item.Policy}}
	for n, id := range a.open {
		i.Known = append(i.Known, hidden{a.place(n) + "-revision", number(int(s.revision(a.item, id)))})
		if len(a.open) > 1 {
			i.Others = append(i.Others, s.other(a, n, v, errs))
		}
	}
	return i
}

func outcomes() []view.Choice {
	var out []view.Choice
	for _, o := range decision.Outcomes {
		out = append(out, view.Choice{Text: o.Words(), Value: string(o)})
	}
	return append(out, view.Choice{Divider: "or"}, view.Choice{Text: "Nothing was decided", Value: nothing})
}

func (s *sheet) other(a asked, n int, v values, errs view.Errors) otherPlace {
	key, name := a.place(n), s.where.short(a.open[n])
	o := otherPlace{Place: name, Said: fields(key, v, errs)}
	o.Outcome = view.Select{Name: key + "-outcome", Value: v(key + "-outcome"), Label: view.Label{Text: "What " + name + " decided"}, Error: errs.Of(key + "-outcome"),
		Options: []view.Option{{Text: "The same as above"}}}
	for _, x := range outcomes() {
		if x.Divider == "" {
			o.Outcome.Options = append(o.Outcome.Options, view.Option{Text: x.Text, Value: x.Value})
		}
	}
	o.Open = o.Outcome.Value != ""
	return o
}

func fields(key string, v values, errs view.Errors) saidFields {
	return saidFields{
		Reason:    textarea(key+"-reason", "Reasons", "Needed unless adopted as it is", 2, v, errs),
		Due:       textarea(key+"-due", "Due regard to equality: what was considered", "Needed unless deferred", 2, v, errs),
		Paragraph: input(key+"-anchor", "Paragraph that is different", "As the text numbers it, such as 3.1(a)", "10", v, errs),
		Variation: textarea(key+"-variation", "Text that applies in its place", "", 3, v, errs),
		Effective: dateInput(key+"-effective", "Applies from", "For example, 1 4 2027", v, errs),
	}
}

// paragraph finds a clause of a version as people cite it. What cannot be found stays, for the service to refuse.
func paragraph(v *review.Version, label string) (anchor string) {
	want := strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(strings.ToLower(label), "paragraph ")), ""))
	for _, c := range v.Text().Clauses {
		cited := strings.ToLower(strings.Join(strings.Fields(c.Label), ""))
		if want != "" && (cited == want || strings.TrimPrefix(cited, "section") == want) {
			return c.Anchor
		}
	}
	return label
}
