package importpages

import (
	"io"
	"mime/multipart"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/bulk"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// beginPage asks for the texts.
type beginPage struct {
	Frame     view.Frame
	Errors    view.Errors
	Policy    string // id, when the texts are all about one
	About     string // its title
	File      view.FileUpload
	Sort      view.Radios
	Place     view.Select
	Effective view.DateInput
	Source    view.Input
	Earlier   []earlier
}

type earlier struct{ Text, Href, State string }

var beginTemplate = view.Define[beginPage]("import/begin.html")

// typed is the form as it was sent.
type typed struct {
	bulk.Start
	day, month, year string
}

func (p *Pages) begin(c *gin.Context) (page.Result, error) {
	return p.form(c, typed{Start: bulk.Start{Policy: c.Query("policy"), Commissioner: c.Query("commissioner")}}, nil)
}

const (
	sortTexts = "texts"
	sortBook  = "book"
)

func (p *Pages) form(c *gin.Context, t typed, errs view.Errors) (page.Result, error) {
	list, err := p.Bulk.Recent(c.Request.Context(), page.Actor(c))
	if err != nil {
		return page.Result{}, err
	}
	d := beginPage{Frame: p.Site.Frame(c, "Bring in many texts at once", "policies"), Errors: errs, Policy: t.Policy,
		File: view.FileUpload{Name: "file", Multiple: true, Label: view.Label{Text: "Files", Size: "s"}, Error: errs.Of("file"),
			Hint: view.Hint{Text: "One or many: Word (.docx), PDF, sheets (.xlsx or .csv), web pages, Markdown or plain text, or a ZIP of them. Up to 100 MB together, 20 MB each"}},
		Sort: view.Radios{Name: "sort", ID: "sort", Value: sortTexts, Small: true, Legend: view.Legend{Text: "What is in each file?", Size: "s"},
			Items: []view.Choice{{Text: "One text", Value: sortTexts, Hint: view.Hint{Text: "A manifest among them may say whose each is"}},
				{Text: "A book of many policies", Value: sortBook, Hint: view.Hint{Text: "It is parted by its headings, or by the rows of its table"}}}},
		Effective: view.DateInput{ID: "effective", Legend: view.Legend{Text: "In force since", Size: "s"}, Error: errs.Of("effective-effective-day"),
			Hint:  view.Hint{Text: "For texts whose date no manifest says. Leave it empty when it differs or is not known; a text without a date cannot take the place of one with a date"},
			Parts: []view.DatePart{{Name: "effective-day", Label: "Day", Value: t.day}, {Name: "effective-month", Label: "Month", Value: t.month}, {Name: "effective-year", Label: "Year", Value: t.year, Width: "4"}}},
		Source: view.Input{Name: "source", Label: view.Label{Text: "Where they came from", Size: "s"}, Value: t.Source, Error: errs.Of("source"), Autocomplete: "off",
			Hint: view.Hint{Text: "A web address, or who sent them and when"}}}
	if t.Book {
		d.Sort.Value = sortBook
	}
	if d.Place, err = p.places(c, t.Commissioner); err != nil {
		return page.Result{}, err
	}
	if t.Policy != "" {
		pol, err := p.Review.Policy(c.Request.Context(), page.Actor(c), t.Policy)
		if err != nil {
			return page.Result{}, err
		}
		d.About = pol.Title
	}
	for _, i := range list {
		d.Earlier = append(d.Earlier, earlier{Text: names(i), Href: address(i.ID), State: state(i) + ", " + i.Created.In(record.London()).Format("2 January 2006 at 15:04")})
	}
	d.Frame.Crumbs, d.Frame.HasErrors = crumbs(), errs.Any()
	return answer(beginTemplate.Page(d), errs), nil
}

func crumbs() []view.Link { return []view.Link{{Text: "Policies", Href: "/desk/policies"}} }

// places are the commissioners for whom the person may record.
func (p *Pages) places(c *gin.Context, chosen string) (view.Select, error) {
	all, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return view.Select{}, err
	}
	s := view.Select{Name: "commissioner", Value: chosen, Label: view.Label{Text: "Whose they are", Size: "s"}, Options: []view.Option{{Text: "Each file or the manifest says", Value: ""}},
		Hint: view.Hint{Text: "Choose one when all are of the same commissioner"}}
	for _, x := range all {
		if access.May(page.Actor(c), access.LocalEdit, access.For(x.ID)) {
			s.Options = append(s.Options, view.Option{Text: x.Name, Value: x.ID})
		}
	}
	return s, nil
}

// names are what was sent, as a heading.
func names(i *bulk.Import) string {
	if len(i.Files) == 1 {
		return i.Files[0].Name
	}
	return i.Files[0].Name + " and " + count(len(i.Files)-1, "other file", "other files")
}

func (p *Pages) send(c *gin.Context) (page.Result, error) {
	t := typed{Start: bulk.Start{Book: page.Text(c, "sort") == sortBook, Policy: page.Text(c, "policy"), Commissioner: page.Text(c, "commissioner"),
		Source: strings.Join(strings.Fields(page.Text(c, "source")), " ")}, day: page.Text(c, "effective-day"), month: page.Text(c, "effective-month"), year: page.Text(c, "effective-year")}
	var faults record.Faults
	t.Effective = page.Date(c, "effective", "The date", &faults)
	t.Files = sent(c)
	if len(faults) > 0 {
		return p.form(c, t, errorsOf(faults))
	}
	i, err := p.Bulk.Begin(c.Request.Context(), page.Actor(c), t.Start)
	if faults := page.Faults(err); faults != nil {
		return p.form(c, t, errorsOf(faults))
	}
	if err != nil {
		return page.Result{}, err
	}
	soon(c, p.read(page.Actor(c), i.ID))
	return page.Result{SeeOther: address(i.ID)}, nil
}

// sent are the files of the form.
func sent(c *gin.Context) (out []bulk.Sent) {
	if c.Request.MultipartForm == nil {
		return nil
	}
	for _, f := range c.Request.MultipartForm.File["file"] {
		out = append(out, bulk.Sent{Name: f.Filename, Open: opened(f)})
	}
	return out
}

func opened(f *multipart.FileHeader) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return f.Open() }
}

// errorsOf are faults at their fields; a message about the date leads to its first box.
func errorsOf(faults record.Faults) (errs view.Errors) {
	for _, f := range faults {
		switch f.Field {
		case "effective":
			f.Field = "effective-effective-day"
		case "":
			f.Field = "maincontent"
		}
		errs.Add(f.Field, f.Message)
	}
	return errs
}

// state is how far an import is, in words.
func state(i *bulk.Import) string {
	s := i.Sum()
	switch i.Stage {
	case bulk.Reading:
		return "Being read"
	case bulk.Unreadable:
		return "Could not be read"
	case bulk.Planned:
		words := count(s.In-s.Done, "text", "texts") + " not brought in yet"
		if s.Done > 0 {
			words += ", " + strconv.Itoa(s.Done) + " brought in"
		}
		return words
	case bulk.Running:
		return "Coming in: " + count(s.Done, "text", "texts") + " so far"
	}
	return count(s.Done, "text", "texts") + " brought in, " + others(s)
}
