package reviewpages

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// detailsPage is what is said of a policy beside its text.
type detailsPage struct {
	Frame         view.Frame
	Head          policyhead.Head
	Errors        view.Errors
	Path          string
	Revision      int64
	Title         view.Input
	OtherNames    view.Textarea
	Specialty     view.Input
	Interventions []interventionFields
	Guidance      []guidanceFields
	Effective     view.DateInput
	Review        view.DateInput
	Expires       *view.DateInput // only for kinds that expire
	Offered       view.Select     // the programme whose policies are offered as superseded
	Supersedes    view.Checkboxes
	Files         int
	Leads         view.Select
	Lead          string
}

type interventionFields struct {
	Number     int // from 1
	Index      int
	Name       view.Input
	Indication view.Input
	Position   view.Select
	Criteria   view.Select
	OPCS4      view.Input
	ICD10      view.Input
}

type guidanceFields struct {
	Number  int
	Index   int
	Ref     view.Input
	Title   view.Input
	Departs view.Checkboxes
}

var detailsTemplate = view.Define[detailsPage]("review/details.html")

// detailsTyped are the details as they stand in the form.
type detailsTyped struct {
	review.Content
	effective, review, expires typedDate
	offered                    string // programme whose policies are offered as superseded
}

func detailsOf(pol *review.Policy) detailsTyped {
	c := pol.Content
	return detailsTyped{c, dateTyped(c.Effective), dateTyped(c.Review), dateTyped(c.Expires), pol.Programme}
}

func (p *Pages) showDetails(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyEdit)
	if err != nil {
		return page.Result{}, err
	}
	return p.detailsForm(c, pol, detailsOf(pol), nil)
}

func (p *Pages) detailsForm(c *gin.Context, pol *review.Policy, t detailsTyped, errs view.Errors) (page.Result, error) {
	d := detailsPage{Frame: below(p.frame(c, pol, "Details"), pol), Head: p.head(c, pol, ""), Errors: errs, Path: address(pol.ID), Revision: pol.Revision, Files: len(pol.Files),
		Title:      input("title", "Title", "", t.Title, errs),
		OtherNames: area("otherNames", "Other names", "What people call it, one in each line: IVF, tummy tuck. Searches find them", strings.Join(t.OtherNames, "\n"), 3, errs),
		Specialty:  input("specialty", "Specialty", "Such as Ear, nose and throat", t.Specialty, errs),
		Effective:  dateField("effective", "Applies from", "For example 1 4 2027. Each commissioner may decide on another date", t.effective, errs),
		Review:     dateField("review", "Review by", "Usually within three years", t.review, errs)}
	kind, err := review.KindByID(pol.KindID)
	if err != nil {
		return page.Result{}, err
	}
	if kind.Expires {
		x := dateField("expires", "Ends on", "A statement is interim: say when it ends", t.expires, errs)
		d.Expires = &x
	}
	for i, x := range t.Interventions {
		d.Interventions = append(d.Interventions, newInterventionFields(i, x, pol.Sections, errs))
	}
	for i, x := range t.Guidance {
		d.Guidance = append(d.Guidance, newGuidanceFields(i, x, errs))
	}
	if d.Offered, err = p.offered(c, t.offered); err != nil {
		return page.Result{}, err
	}
	if d.Supersedes, err = p.supersedes(c, pol, t); err != nil {
		return page.Result{}, err
	}
	d.Supersedes.Error = errs.Of("supersedes")
	if d.Leads, err = p.leads(c, pol, errs); err != nil {
		return page.Result{}, err
	}
	d.Lead = p.Name(c.Request.Context(), pol.Lead)
	d.Frame.HasErrors = errs.Any()
	return answer(detailsTemplate.Page(d), errs), nil
}

func newInterventionFields(i int, x review.Intervention, sections []review.Section, errs view.Errors) interventionFields {
	name := "i" + strconv.Itoa(i) + "-"
	f := interventionFields{Number: i + 1, Index: i,
		Name:       input(name+"name", "Treatment", "", x.Name, errs),
		Indication: input(name+"indication", "For", "The condition or the patients, such as recurrent tonsillitis", x.Indication, errs),
		Position:   view.Select{Name: name + "position", Label: view.Label{Text: "Position", Size: "s"}, Value: string(x.Position), Options: positionOptions(), Error: errs.Of(name + "position")},
		Criteria:   view.Select{Name: name + "criteria", Label: view.Label{Text: "Section with its criteria", Size: "s"}, Value: x.Criteria, Options: []view.Option{{Text: "None", Value: ""}}, Error: errs.Of(name + "criteria")},
		OPCS4:      input(name+"opcs4", "OPCS-4 codes", "Divided by commas; ranges such as F34.1-F34.4", strings.Join(x.Codes.OPCS4, ", "), errs),
		ICD10:      input(name+"icd10", "ICD-10 codes", "Divided by commas; ranges such as C71-C75", strings.Join(x.Codes.ICD10, ", "), errs)}
	for _, s := range sections {
		f.Criteria.Options = append(f.Criteria.Options, view.Option{Text: s.Title, Value: s.Key})
	}
	return f
}

func newGuidanceFields(i int, x review.Guidance, errs view.Errors) guidanceFields {
	name := "g" + strconv.Itoa(i) + "-"
	f := guidanceFields{Number: i + 1, Index: i, Ref: input(name+"ref", "Reference", "Such as NICE NG77", x.Ref, errs), Title: input(name+"title", "Title", "", x.Title, errs),
		Departs: view.Checkboxes{Name: name + "departs", Small: true, Items: []view.Choice{{Text: "The policy is narrower than this guidance", Value: "yes"}}}}
	if x.Departs {
		f.Departs.Values = []string{"yes"}
	}
	return f
}

// saveDetails saves, or adds or takes away a row and shows the form again.
func (p *Pages) saveDetails(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyEdit)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	t, faults := readDetails(c, pol)
	if t.row(readAfter(c)) {
		return p.detailsForm(c, pol, t, nil)
	}
	if err := p.known(c, t.Supersedes, &faults); err != nil {
		return page.Result{}, err
	}
	if errs, ok := refused(faults.Err(), detailDates...); ok {
		return p.detailsForm(c, pol, t, errs)
	}
	_, err = p.Review.SaveDetails(c.Request.Context(), e, t.Content)
	if errs, ok := refused(err, detailDates...); ok {
		return p.detailsForm(c, pol, t, errs)
	}
	if page.Overtaken(err) {
		if pol, err = p.policy(c); err != nil {
			return page.Result{}, err
		}
		errs, _ := refused(page.Kept(c, detailValues(pol)), detailDates...)
		return page.Conflict(p.detailsForm(c, pol, t, errs))
	}
	return page.Result{SeeOther: address(pol.ID), Flash: "The details are saved"}, err
}

// detailValues are the details that are kept, by field.
func detailValues(pol *review.Policy) map[string]string {
	v := map[string]string{"title": pol.Title, "specialty": pol.Specialty, "otherNames": strings.Join(pol.OtherNames, "\n")}
	for name, d := range map[string]record.Date{"effective": pol.Effective, "review": pol.Review, "expires": pol.Expires} {
		t := dateTyped(d)
		v[name+"-day"], v[name+"-month"], v[name+"-year"] = t.Day, t.Month, t.Year
	}
	for i, x := range pol.Interventions {
		name := "i" + strconv.Itoa(i) + "-"
		v[name+"name"], v[name+"indication"], v[name+"position"], v[name+"criteria"] = x.Name, x.Indication, string(x.Position), x.Criteria
		v[name+"opcs4"], v[name+"icd10"] = strings.Join(x.Codes.OPCS4, ", "), strings.Join(x.Codes.ICD10, ", ")
	}
	for i, x := range pol.Guidance {
		name := "g" + strconv.Itoa(i) + "-"
		v[name+"ref"], v[name+"title"] = x.Ref, x.Title
	}
	return v
}

var detailDates = []string{"effective", "review", "expires"}

// mostRows bounds the rows of treatments and of guidance.
const mostRows = 50

func readDetails(c *gin.Context, pol *review.Policy) (t detailsTyped, faults record.Faults) {
	t.Content = pol.Content
	t.Title, t.Specialty = line(c, "title"), line(c, "specialty")
	t.OtherNames = lines(c.PostForm("otherNames"))
	t.Effective, t.effective = readDate(c, "effective", "The date from which it applies", &faults)
	t.Review, t.review = readDate(c, "review", "The review date", &faults)
	t.Expires, t.expires = readDate(c, "expires", "The date on which it ends", &faults)
	t.Supersedes, t.offered = c.PostFormArray("supersedes"), line(c, "offered")
	t.Interventions, t.Guidance = nil, nil
	faults.Add(!counted(c, "interventions") || !counted(c, "guidance"), "", "The form did not arrive as it was sent. Open the page again and send it once more")
	for i := range count(c, "interventions") {
		name := "i" + strconv.Itoa(i) + "-"
		x := review.Intervention{Name: line(c, name+"name"), Indication: line(c, name+"indication"), Position: review.Position(line(c, name+"position")),
			Criteria: line(c, name+"criteria"), Codes: review.Codes{OPCS4: codes(c.PostForm(name + "opcs4")), ICD10: codes(c.PostForm(name + "icd10"))}}
		faults.Add(x.Name == "", name+"name", "Enter the treatment, or remove the row")
		faults.Add(x.Position != "" && !slices.Contains(review.Positions, x.Position), name+"position", "Choose a position from the list")
		faults.Add(x.Criteria != "" && pol.Section(x.Criteria).Key == "", name+"criteria", "Choose a section from the list")
		t.Interventions = append(t.Interventions, x)
	}
	for i := range count(c, "guidance") {
		name := "g" + strconv.Itoa(i) + "-"
		x := review.Guidance{Ref: line(c, name+"ref"), Title: line(c, name+"title"), Departs: line(c, name+"departs") != ""}
		faults.Add(x.Ref == "", name+"ref", "Enter the guidance’s reference, or remove the row")
		t.Guidance = append(t.Guidance, x)
	}
	return t, faults
}

// counted tells whether the form says how many rows it has: without that, all of them would be taken away.
func counted(c *gin.Context, name string) bool {
	n, err := strconv.Atoi(c.PostForm(name))
	return err == nil && n >= 0
}

func count(c *gin.Context, name string) int {
	n, err := strconv.Atoi(c.PostForm(name))
	if err != nil || n < 0 {
		return 0
	}
	return min(n, mostRows)
}

// row adds or takes away a row when the pressed button asks for it; it is false when the form is to be saved.
func (t *detailsTyped) row(do after) bool {
	i, err := strconv.Atoi(do.object)
	switch do.verb {
	case "offer": // nothing but showing the form again
	case "add-intervention":
		t.Interventions = append(t.Interventions, review.Intervention{})
	case "add-guidance":
		t.Guidance = append(t.Guidance, review.Guidance{})
	case "remove-intervention":
		if err == nil && i >= 0 && i < len(t.Interventions) {
			t.Interventions = slices.Delete(t.Interventions, i, i+1)
		}
	case "remove-guidance":
		if err == nil && i >= 0 && i < len(t.Guidance) {
			t.Guidance = slices.Delete(t.Guidance, i, i+1)
		}
	default:
		return false
	}
	return true
}
