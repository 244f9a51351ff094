package publicpages

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
	"concordat/web/view"
)

// appliesPage asks for a patient's dates and answers which text applies.
type appliesPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Policy   view.Select
	Area     view.Select
	Referred view.DateInput
	Treated  view.DateInput
	Answer   *public.Said
	Fields   []fieldAbout
}

type fieldAbout struct{ Name, About string }

var appliesTemplate = view.Define[appliesPage]("public/applies.html")

// fields document the JSON.
var fields = []fieldAbout{
	{"policy", "Asked: the last part of the policy’s address, such as carpal-tunnel-surgery. Needed"},
	{"area", "Asked: the last part of the area’s address, such as brindlewick. Needed"},
	{"referred", "Asked: date of referral, such as 2027-01-31. Needed"},
	{"treated", "Asked: date of treatment. The later of today and the referral when it is left out"},
	{"outcome", "Answered: “applies”, “nothing” or “where” (the area’s places differ)"},
	{"kind", "Answered: “version”, “local” (the area’s own policy), “without” (the area has no policy), “unpublished” (there is a text that is not public yet) or “none”"},
	{"name", "Answered: the text in words"},
	{"policy, version, local", "Answered: which text it is; a version as it was last corrected"},
	{"without", "Answered: what it means that the area has no policy: “open” (clinicians decide), “national” (the national text is used) or “unknown”"},
	{"url", "Answered: the text’s address"},
	{"position, treatments", "Answered: whether it is funded, in words; for each treatment where they differ"},
	{"variations", "Answered, a list: the paragraphs that the area varied, whether it has another text (replace), an addition after it (add) or is left out (leave out), and the text there"},
	{"from, to", "Answered: first day, and the first day on which it no longer applies; left out when open or not known"},
	{"rule", "Answered: “referred” (by date of referral) or “treated” (by date of treatment)"},
	{"decidedBy", "Answered: the area whose commissioner decided"},
	{"missing", "Answered: why there is no text, in words"},
	{"waiting", "Answered: what was adopted besides and starts with a named event whose date is not known yet: event, policy, version, url and rule of each"},
	{"choose", "Answered: the same for each of the area’s places, for “where”"},
	{"error", "Answered with status 400, or 404 for a policy or an area that is not there: what is wrong with the question"},
}

// asked is a question as it was typed.
type asked struct {
	policy            *public.Policy
	area              *review.Commissioner
	referred, treated record.Date
}

func (p *Pages) applies(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	x := p.appliesForm(c, s)
	if !c.Request.URL.Query().Has("referred-day") {
		return page.Result{Page: appliesTemplate.Page(x)}, nil
	}
	q, faults := readAsked(c, s)
	if len(faults) > 0 {
		x.refuse(faults)
		return page.Result{Page: appliesTemplate.Page(x), Status: http.StatusBadRequest}, nil
	}
	said := s.Say(s.Reply(q.policy, q.area, q.referred, q.treated), q.referred, q.treated)
	x.Answer = &said
	x.Frame.Title = said.Heading
	return page.Result{Page: appliesTemplate.Page(x)}, nil
}

func (p *Pages) appliesForm(c *gin.Context, s *public.Snapshot) appliesPage {
	x := appliesPage{Frame: p.Site.PublicFrame("What applies to a patient", "applies"), Fields: fields}
	x.Frame.NoIndex = len(c.Request.URL.RawQuery) > 0
	x.Policy = view.Select{Name: "policy", Label: view.Label{Text: "Policy"}, Value: c.Query("policy"), Options: []view.Option{{Text: "Choose a policy"}}}
	for _, pol := range s.Policies {
		x.Policy.Options = append(x.Policy.Options, view.Option{Value: pol.Slug, Text: pol.Now.Title})
	}
	area := c.Query("area")
	if remembered, err := c.Cookie(public.AreaCookie); area == "" && err == nil {
		area = remembered
	}
	x.Area = view.Select{Name: "area", Label: view.Label{Text: "Where the patient’s GP is"}, Value: area, Options: []view.Option{{Text: "Choose an area"}}}
	for _, a := range s.AllAreas() {
		x.Area.Options = append(x.Area.Options, view.Option{Value: a.Slug, Text: a.Short})
	}
	x.Referred = dateBoxes(c, "referred", "Date of referral", "For example, 31 1 2027")
	x.Treated = dateBoxes(c, "treated", "Date of treatment, if it is known", "")
	return x
}

// dateBoxes are three boxes that are named as queryDate reads them.
func dateBoxes(c *gin.Context, name, legend, hint string) view.DateInput {
	d := view.DateInput{ID: name, Legend: view.Legend{Text: legend}, Hint: view.Hint{Text: hint}}
	for _, p := range []struct{ part, label, width string }{{"-day", "Day", "2"}, {"-month", "Month", "2"}, {"-year", "Year", "4"}} {
		d.Parts = append(d.Parts, view.DatePart{Name: name + p.part, Label: p.label, Width: p.width, Value: c.Query(name + p.part)})
	}
	return d
}

// refuse says what is wrong, above the form and at each field.
func (x *appliesPage) refuse(faults record.Faults) {
	x.Frame.HasErrors = true
	for _, f := range faults {
		switch f.Field {
		case "referred":
			f.Field, x.Referred.Error = x.Referred.FieldID(), f.Message
		case "treated":
			f.Field, x.Treated.Error = x.Treated.FieldID(), f.Message
		}
		x.Errors.Add(f.Field, f.Message)
	}
	x.Policy.Error, x.Area.Error = x.Errors.Of("policy"), x.Errors.Of("area")
}

func readAsked(c *gin.Context, s *public.Snapshot) (asked, record.Faults) {
	var faults record.Faults
	q := asked{policy: s.Policy(c.Query("policy")), area: s.Area(c.Query("area"))}
	faults.Add(q.policy == nil, "policy", "Choose a policy")
	faults.Add(q.area == nil, "area", "Choose an area")
	var isDate bool
	q.referred, isDate = queryDate(c, "referred", "The date of referral", &faults)
	faults.Add(isDate && q.referred == 0, "referred", "Enter the date of referral")
	q.treated, _ = queryDate(c, "treated", "The date of treatment", &faults)
	faults.Add(q.treated != 0 && q.treated < q.referred, "treated", "The date of treatment must be the date of referral or later")
	if q.treated == 0 {
		q.treated = max(s.Today, q.referred)
	}
	return q, faults
}

// queryDate reads the three boxes of a date, which is 0 when they are empty. What is no date is a fault.
func queryDate(c *gin.Context, name, label string, faults *record.Faults) (d record.Date, ok bool) {
	d, err := record.DateParts(c.Query(name+"-day"), c.Query(name+"-month"), c.Query(name+"-year"))
	faults.Add(err != nil, name, label+" must be a real date, such as 31 1 2027")
	return d, err == nil
}
