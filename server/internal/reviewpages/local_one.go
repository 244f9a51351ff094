package reviewpages

import (
	"errors"
	"fmt"
	"html/template"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// localPage is one local policy as it was read, to be compared with the original and corrected.
type localPage struct {
	Frame     view.Frame
	Errors    view.Errors
	Path      string
	Place     string
	Title     string
	Revision  int64
	ID        string
	MayEdit   bool
	HasPolicy bool
	Without   string
	Meaning   string // of having no policy
	Checked   bool
	Facts     []Field
	Original  *fileRow
	Losses    []string
	Typed     []string
	HTML      template.HTML
	Advice    string
	Compare   string
	Read      string // address that shows how it was read for the matrix
	Before    []earlierLocal
	Fields    localFields
}

// earlierLocal is a local policy that a later one replaced.
type earlierLocal struct{ Title, Since, Href string }

// localFields are what is said of a local policy beside its text.
type localFields struct {
	Without   view.Radios
	Title     view.Input
	Reference view.Input
	Effective view.DateInput
	Review    view.DateInput
	Position  view.Select
	OPCS4     view.Input
	ICD10     view.Input
	Source    view.Input
	File      view.FileUpload
	Text      view.Textarea
}

// accepted are the endings of files that are read as a text.
const accepted = ".docx,.pdf,.xlsx,.csv,.html,.htm,.md,.txt"

var localTemplate = view.Define[localPage]("review/local.html")

// localTyped is a local policy as it stands in a form.
type localTyped struct {
	review.LocalInput
	effective, review typedDate
}

func localTypedOf(l *review.LocalPolicy) localTyped {
	return localTyped{review.LocalInput{Policy: l.Policy, Commissioner: l.Commissioner, Without: l.Without, Title: l.Title, Reference: l.Reference, Effective: l.Effective,
		Review: l.Review, Position: l.Position, Codes: l.Codes, Source: l.Source, Markdown: l.Markdown}, dateTyped(l.Effective), dateTyped(l.Review)}
}

var localDates = []string{"effective", "review"}

func newLocalFields(t localTyped, errs view.Errors) localFields {
	f := localFields{
		Without: view.Radios{Name: "without", ID: "without", Value: withoutValue(t.Without), Small: true, Error: errs.Of("without"),
			Legend: view.Legend{Text: "Does it have a policy?", Size: "s"}, Items: []view.Choice{{Text: review.HasPolicy.Words(), Value: "policy"}}},
		Title:     input("title", "Title", "Left empty, the title in the file or the first heading of the text is taken", t.Title, errs),
		Reference: input("reference", "Reference", "As the commissioner has it", t.Reference, errs),
		Effective: dateField("effective", "In force since", "Left empty: since before records began. Needed where a text with a date is recorded", t.effective, errs),
		Review:    dateField("review", "Its own review date", "", t.review, errs),
		Position:  view.Select{Name: "position", Label: view.Label{Text: "Position", Size: "s"}, Value: string(t.Position), Options: positionOptions(), Error: errs.Of("position")},
		OPCS4:     input("opcs4", "OPCS-4 codes", "Divided by commas; ranges such as F34.1-F34.4", strings.Join(t.Codes.OPCS4, ", "), errs),
		ICD10:     input("icd10", "ICD-10 codes", "Divided by commas; ranges such as C71-C75", strings.Join(t.Codes.ICD10, ", "), errs),
		Source:    input("source", "Where it came from", "A web address, or who sent it and when", t.Source, errs),
		File: view.FileUpload{Name: "file", Label: view.Label{Text: "File", Size: "s"}, Accept: accepted, Error: errs.Of("file"),
			Hint: view.Hint{Text: "Word (.docx), PDF, a sheet (.xlsx or .csv), a web page, Markdown or plain text, up to 20 MB. It is kept as it came"}},
		Text: view.Textarea{Name: "text", Label: view.Label{Text: "Text", Size: "s"}, Value: t.Markdown, Rows: max(rows(t.Markdown), 10), Error: errs.Of("text"), Spellcheck: "true"}}
	for _, w := range []review.Without{review.OpenAccess, review.NationalText, review.NotKnown} {
		f.Without.Items = append(f.Without.Items, view.Choice{Text: w.Words(), Value: string(w), Hint: view.Hint{Text: w.Meaning()}})
	}
	return f
}

func withoutValue(w review.Without) string {
	if w == review.HasPolicy {
		return "policy"
	}
	return string(w)
}

func readLocal(c *gin.Context, pol *review.Policy) (t localTyped, faults record.Faults) {
	t.Policy, t.Commissioner = pol.ID, c.Param("commissioner")
	t.Without = review.Without(line(c, "without"))
	faults.Add(t.Without == "", "without", "Choose whether it has a policy")
	if t.Without == "policy" {
		t.Without = review.HasPolicy
	}
	t.Title, t.Reference, t.Source = line(c, "title"), line(c, "reference"), line(c, "source")
	t.Position = review.Position(line(c, "position"))
	t.Codes = review.Codes{OPCS4: codes(c.PostForm("opcs4")), ICD10: codes(c.PostForm("icd10"))}
	t.Effective, t.effective = readDate(c, "effective", "The date since when it is in force", &faults)
	t.Review, t.review = readDate(c, "review", "The review date", &faults)
	t.Markdown = page.Text(c, "text")
	return t, faults
}

// current reads the policy and the local policy of the commissioner in the address.
func (p *Pages) current(c *gin.Context) (*review.Policy, *review.LocalPolicy, error) {
	pol, err := p.policy(c)
	if err != nil {
		return nil, nil, err
	}
	list, err := p.Review.LocalsOf(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return nil, nil, err
	}
	l := localOf(list, c.Param("commissioner"))
	if l == nil {
		return nil, nil, fmt.Errorf("local policy of %s: %w", c.Param("commissioner"), record.ErrNotFound)
	}
	return pol, l, nil
}

// concerned reads the policy when the commissioner in the address is one of those it is meant for.
func (p *Pages) concerned(c *gin.Context) (*review.Policy, error) {
	pol, err := p.policy(c)
	if err != nil {
		return nil, err
	}
	places, err := p.Review.AllCommissioners(c.Request.Context())
	if err == nil && !pol.Concerns(c.Param("commissioner"), review.PlacesOf(places)) {
		err = fmt.Errorf("commissioner %s: not of this policy: %w", c.Param("commissioner"), record.ErrNotFound)
	}
	return pol, err
}

func (p *Pages) local(c *gin.Context) (page.Result, error) {
	pol, l, err := p.current(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.localForm(c, pol, l, localTypedOf(l), nil)
}

func (p *Pages) localForm(c *gin.Context, pol *review.Policy, l *review.LocalPolicy, t localTyped, errs view.Errors) (page.Result, error) {
	place, err := p.place(c, l.Commissioner)
	if err != nil {
		return page.Result{}, err
	}
	d := localPage{Frame: below(p.frame(c, pol, place.Short), pol), Errors: errs, Path: address(pol.ID, "local", l.Commissioner), Place: place.Short, Title: l.Title, Revision: l.Revision, ID: l.ID,
		MayEdit: access.May(page.Actor(c), access.LocalEdit, access.For(l.Commissioner)), HasPolicy: l.Without == review.HasPolicy, Without: l.Without.Words(), Meaning: l.Without.Meaning(), Checked: l.Checked,
		Facts: localFacts(l), Typed: l.Typed, Compare: address(pol.ID, "differences") + "?from=local:" + l.ID, Read: address(pol.ID, "matrix", "places", l.Commissioner), Fields: newLocalFields(t, errs)}
	if d.Before, err = p.before(c, pol, l); err != nil {
		return page.Result{}, err
	}
	if l.Original != nil {
		d.Original = &fileRow{l.Original.ID, l.Original.Title, l.Original.Name, size(l.Original.Size)}
	}
	for _, x := range l.Losses {
		d.Losses = append(d.Losses, lossWords(x))
	}
	if d.HTML, d.Advice, err = localHTML(l.Text(), t.Markdown); err != nil {
		return page.Result{}, err
	}
	d.Frame.HasErrors = errs.Any()
	return answer(localTemplate.Page(d), errs), nil
}

// before are the earlier local policies of the commissioner, the latest first. Their texts are read beside the one
// that came after them.
func (p *Pages) before(c *gin.Context, pol *review.Policy, now *review.LocalPolicy) (out []earlierLocal, err error) {
	list, err := p.Review.LocalHistory(c.Request.Context(), page.Actor(c), pol.ID)
	for _, l := range list {
		if l.Commissioner != now.Commissioner || l.ID == now.ID {
			continue
		}
		row := earlierLocal{Title: l.Title, Since: sinceWhen(l)}
		if l.Without != review.HasPolicy {
			row.Title = l.Without.Words()
		} else if now.Without == review.HasPolicy {
			row.Href = address(pol.ID, "differences") + "?from=local:" + l.ID + "&to=local:" + now.ID
		} else {
			row.Href = address(pol.ID, "differences") + "?from=local:" + l.ID
		}
		out = append(out, row)
	}
	return out, err
}

// localFacts are what is said of a local policy, without what nobody said.
func localFacts(l *review.LocalPolicy) (out []Field) {
	position := ""
	if l.Position != "" {
		position = l.Position.Words()
	}
	for _, f := range []Field{{"Reference", l.Reference}, {"In force since", l.Effective.Words()}, {"Its own review date", l.Review.Words()}, {"Position", position},
		{"OPCS-4", strings.Join(l.Codes.OPCS4, ", ")}, {"ICD-10", strings.Join(l.Codes.ICD10, ", ")}, {"From", l.Source}} {
		if f.Value != "" {
			out = append(out, f)
		}
	}
	return out
}

// localHTML shows a text as it was typed, with its numbers and with the anchors that are kept of it.
func localHTML(kept clause.Text, typed string) (template.HTML, string, error) {
	s := shown{Key: "local"}
	err := s.fill(typed, numbered(clause.Parse(typed).Inherit(kept, unsaved())), nil)
	return s.HTML, s.Advice, err
}

func lossWords(x review.Loss) string {
	s := x.What
	if x.Where != "" {
		s += ", " + x.Where
	}
	if x.Count > 1 {
		s += fmt.Sprintf(" (%d times)", x.Count)
	}
	return s
}

func (p *Pages) editLocal(c *gin.Context) (page.Result, error) {
	pol, l, err := p.current(c)
	if err == nil {
		err = access.Check(page.Actor(c), access.LocalEdit, access.For(l.Commissioner))
	}
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, l.ID)
	if err != nil {
		return page.Result{}, err
	}
	t, faults := readLocal(c, pol)
	if errs, ok := refused(faults.Err(), localDates...); ok {
		return p.localForm(c, pol, l, t, errs)
	}
	if c.PostForm("local") != l.ID {
		// Another local policy has taken the place of the one on the screen.
		err = record.ErrConflict
	} else {
		_, err = p.Review.EditLocal(c.Request.Context(), e, t.LocalInput)
	}
	if errs, ok := refused(err, localDates...); ok {
		return p.localForm(c, pol, l, t, errs)
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("text", "Somebody else changed this local policy meanwhile. What you typed is still here: compare it with what is kept, then save again")
		return p.localForm(c, pol, l, t, errs)
	}
	return page.Result{SeeOther: address(pol.ID, "local"), Flash: "Saved, and marked as compared with the original"}, err
}

func (p *Pages) original(c *gin.Context) (page.Result, error) {
	_, l, err := p.current(c)
	if err != nil {
		return page.Result{}, err
	}
	f, body, err := p.Review.OpenOriginal(c.Request.Context(), page.Actor(c), l.ID)
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{File: &page.File{Name: f.Name, ContentType: f.Type, Body: body}}, nil
}
