package decisionpages

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

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
	Variation   overlayForm
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
	switch step, key, _ := strings.Cut(v("step"), " "); step {
	case "change":
		return s.formOf(v, nil, http.StatusOK), nil
	case "more":
		s.more = key
		return s.formOf(v, nil, http.StatusOK), nil
	case "show":
		return s.reading(v, key)
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
	i.Said = s.fields(a, key, a.only(), v, errs)
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
	o := otherPlace{Place: name, Said: s.fields(a, key, a.open[n], v, errs)}
	o.Outcome = view.Select{Name: key + "-outcome", Value: v(key + "-outcome"), Label: view.Label{Text: "What " + name + " decided"}, Error: errs.Of(key + "-outcome"),
		Options: []view.Option{{Text: "The same as above"}}}
	for _, x := range outcomes() {
		if x.Divider == "" {
			o.Outcome.Options = append(o.Outcome.Options, view.Option{Text: x.Text, Value: x.Value})
		}
	}
	o.Open = o.Outcome.Value != "" || o.Said.Variation.Open
	return o
}

// fields are those of one answer; place is the one that it is of, "" for several.
func (s *sheet) fields(a asked, key, place string, v values, errs view.Errors) saidFields {
	return saidFields{
		Reason:    textarea(key+"-reason", "Reasons", "Needed unless adopted as it is", 2, v, errs),
		Due:       textarea(key+"-due", "Due regard to equality: what was considered", "Needed unless deferred", 2, v, errs),
		Variation: s.variation(a, key, place, v, errs),
		Effective: dateInput(key+"-effective", "Applies from", "For example, 1 4 2027", v, errs),
	}
}

// variation is the part of an answer that builds a local variation. It starts from that of the version adopted before.
func (s *sheet) variation(a asked, key, place string, v values, errs view.Errors) overlayForm {
	o, there := typedOverlay(v, key)
	before, varied := a.carried[place]
	if varied && !there && v(a.key+"-policy") == "" {
		o = before.start()
	}
	blank := 0
	if s.more == key {
		blank = 1
	}
	f := newOverlayForm(key, "/desk/meetings/"+s.m.ID+"/decide", a.text, o, blank, errs)
	if varied {
		f.Open, f.Carried, f.Touched = true, before.words(s.where.short(place), a.item.Version), touched(before.Carried)
	}
	if s.show == key {
		f.Reads = s.reads
	}
	return f
}

// reading is the form with the text that one variation leads to.
func (s *sheet) reading(v values, key string) (page.Result, error) {
	o, _ := typedOverlay(v, key)
	for _, a := range s.asked {
		if key != a.key && !strings.HasPrefix(key, a.key+"-") {
			continue
		}
		err := s.p.Decisions.Try(o, a.text)
		if faults := page.Faults(err); faults != nil {
			for i := range faults {
				faults[i].Field = fieldOf(key, faults[i].Field)
			}
			return s.formOf(v, s.errors(faults), http.StatusUnprocessableEntity), nil
		}
		if err != nil {
			return page.Result{}, err
		}
		s.show = key
		if s.reads, err = reading(o, a.text); err != nil {
			return page.Result{}, err
		}
	}
	return s.formOf(v, nil, http.StatusOK), nil
}
