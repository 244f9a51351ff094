package reviewpages

import (
	"html/template"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// nationalPage shows the national text that local texts are compared with, and is where it is given.
type nationalPage struct {
	Frame     view.Frame
	Errors    view.Errors
	Path      string
	Matrix    string
	Revision  int64
	MayEdit   bool
	Given     string // who gave what is kept now, and when
	Facts     []Field
	Original  *fileRow
	Losses    []string
	HTML      template.HTML // the text that is kept
	Advice    string
	File      view.FileUpload
	Text      view.Textarea
	Title     view.Input
	Source    view.Input
	Published view.DateInput
}

var nationalTemplate = view.Define[nationalPage]("review/matrix-national.html")

// nationalTyped is a national text as it stands in the form.
type nationalTyped struct {
	review.NationalInput
	published typedDate
}

func (p *Pages) showNational(c *gin.Context) (page.Result, error) {
	m, err := p.matrixOf(c)
	if err != nil {
		return page.Result{}, err
	}
	n := m.Made.National
	return p.nationalForm(c, m, nationalTyped{review.NationalInput{Title: n.Title, Source: n.Source, Markdown: n.Markdown}, dateTyped(n.Published)}, nil)
}

func (p *Pages) nationalForm(c *gin.Context, m *review.Matrix, t nationalTyped, errs view.Errors) (page.Result, error) {
	pol, n := m.Policy, m.Made.National
	d := nationalPage{Frame: p.belowMatrix(c, pol, "The national text"), Errors: errs, Path: address(pol.ID, "matrix", "national"), Matrix: address(pol.ID, "matrix"), Revision: m.Made.Revision,
		MayEdit: may(c, access.PolicyEdit, pol)}
	d.Frame.HasErrors, d.Frame.Scripts = errs.Any(), []string{"js/paste.js"}
	if n.Given() {
		d.Given = n.Title + ", given by " + p.Name(c.Request.Context(), n.By) + " on " + p.moment(n.At)
		if err := d.show(n); err != nil {
			return page.Result{}, err
		}
	}
	d.File = view.FileUpload{Name: "file", Label: view.Label{Text: "File", Size: "s"}, Accept: accepted, Error: errs.Of("file"), Hint: view.Hint{Text: "Word, PDF, a sheet, a web page, Markdown or plain text, up to 20 MB. It is kept as it came"}}
	d.Text = area("text", "Or paste the text here", "Used when no file is chosen. The part that says who is treated is enough", t.Markdown, max(rows(t.Markdown), 10), errs)
	d.Text.Attrs = []view.Attr{{Name: "data-paste", Value: "html"}}
	d.Title = input("title", "What it is called", "Such as EBI 2018, or NICE NG202", t.Title, errs)
	d.Source = input("source", "Where it can be read", "A web address", t.Source, errs)
	d.Published = dateField("published", "When it was published", "", t.published, errs)
	return answer(nationalTemplate.Page(d), errs), nil
}

// show shows the text that is kept, as it was read.
func (d *nationalPage) show(n review.NationalReference) (err error) {
	for _, f := range []Field{{"Published", n.Published.Words()}, {"From", n.Source}} {
		if f.Value != "" {
			d.Facts = append(d.Facts, f)
		}
	}
	if f := n.Original; f != nil {
		d.Original = &fileRow{f.ID, f.Title, f.Name, size(f.Size)}
	}
	for _, x := range n.Losses {
		d.Losses = append(d.Losses, lossWords(x))
	}
	d.HTML, d.Advice, err = localHTML(clause.Text{}, n.Markdown)
	return err
}

func (p *Pages) nationalOriginal(c *gin.Context) (page.Result, error) {
	f, body, err := p.Review.OpenNational(c.Request.Context(), page.Actor(c), c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{File: &page.File{Name: f.Name, ContentType: f.Type, Body: body}}, nil
}

// setNational keeps the national text. An empty form takes it away.
func (p *Pages) setNational(c *gin.Context) (page.Result, error) {
	m, err := p.mendable(c)
	if err != nil {
		return page.Result{}, err
	}
	var faults record.Faults
	t := nationalTyped{NationalInput: review.NationalInput{Title: line(c, "title"), Source: line(c, "source"), HTML: c.PostForm("html"), Markdown: page.Text(c, "text")}}
	t.Published, t.published = readDate(c, "published", "The date when it was published", &faults)
	if t.FileName, t.File, err = readFile(c, &faults); err != nil {
		return page.Result{}, err
	}
	if errs, ok := refused(faults.Err(), "published"); ok {
		return p.nationalForm(c, m, t, errs)
	}
	e, err := page.Edit(c, m.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	_, err = p.Review.SetNational(c.Request.Context(), e, t.NationalInput)
	if errs, ok := refused(err, "published"); ok {
		return p.nationalForm(c, m, t, errs)
	}
	if page.Overtaken(err) {
		kept := m.Made.National
		errs := page.Errors(page.Kept(c, map[string]string{"title": kept.Title, "source": kept.Source, "text": kept.Markdown}))
		return page.Conflict(p.nationalForm(c, m, t, errs))
	}
	return page.Result{SeeOther: address(m.Policy.ID, "matrix"), Flash: "The national text is kept"}, err
}
