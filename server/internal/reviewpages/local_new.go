package reviewpages

import (
	"cmp"
	"errors"
	"io"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// newLocalPage asks for what a commissioner has today.
type newLocalPage struct {
	Frame  view.Frame
	Errors view.Errors
	Path   string
	Place  string
	Before string // what is recorded now
	Fields localFields
}

var newLocalTemplate = view.Define[newLocalPage]("review/local-new.html")

func (p *Pages) showNewLocal(c *gin.Context) (page.Result, error) {
	pol, err := p.receiving(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.newLocalForm(c, pol, localTyped{LocalInput: review.LocalInput{Commissioner: c.Param("commissioner")}}, nil)
}

// receiving is the policy for somebody who may say what the commissioner of the address has.
func (p *Pages) receiving(c *gin.Context) (*review.Policy, error) {
	pol, err := p.concerned(c)
	if err != nil {
		return nil, err
	}
	return pol, access.Check(page.Actor(c), access.LocalEdit, access.For(c.Param("commissioner")))
}

func (p *Pages) newLocalForm(c *gin.Context, pol *review.Policy, t localTyped, errs view.Errors) (page.Result, error) {
	place, err := p.place(c, t.Commissioner)
	if err != nil {
		return page.Result{}, err
	}
	list, err := p.Review.LocalsOf(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	places, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return page.Result{}, err
	}
	d := newLocalPage{Frame: below(p.frame(c, pol, "What "+place.Short+" has today"), pol), Errors: errs, Path: address(pol.ID, "local", place.ID, "new"), Place: place.Short, Fields: newLocalFields(t, errs)}
	d.Fields.Text.Label.Text = "Or paste the text here"
	d.Fields.Text.Hint.Text = "Used when no file is chosen. With a script, headings, lists and tables pasted from Word stay"
	d.Fields.Text.Attrs = []view.Attr{{Name: "data-paste", Value: "html"}}
	var before []string
	for _, l := range review.PlacesOf(places).LocalsIn(list, place.ID, record.DateOf(p.Site.Now())) {
		before = append(before, cmp.Or(l.Title, l.Without.Words()))
	}
	d.Before = strings.Join(before, "; ")
	d.Frame.HasErrors, d.Frame.Scripts = errs.Any(), []string{"js/paste.js"}
	return answer(newLocalTemplate.Page(d), errs), nil
}

func (p *Pages) addLocal(c *gin.Context) (page.Result, error) {
	pol, err := p.receiving(c)
	if err != nil {
		return page.Result{}, err
	}
	t, faults := readLocal(c, pol)
	if line(c, "without") == "" {
		t.Without = "unchosen"
	}
	t.HTML = c.PostForm("html")
	if t.FileName, t.File, err = readFile(c, &faults); err != nil {
		return page.Result{}, err
	}
	if errs, ok := refused(faults.Err(), localDates...); ok {
		return p.newLocalForm(c, pol, t, errs)
	}
	_, err = p.Review.AddLocal(c.Request.Context(), page.Actor(c), t.LocalInput)
	if errs, ok := refused(err, localDates...); ok {
		return p.newLocalForm(c, pol, t, errs)
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("text", "Somebody else recorded a local policy meanwhile. Look at what is recorded, then send the form again")
		return p.newLocalForm(c, pol, t, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	next := address(pol.ID, "local")
	if t.Without == review.HasPolicy {
		next = address(pol.ID, "local", t.Commissioner)
	}
	return page.Result{SeeOther: next, Flash: "Recorded"}, nil
}

func readFile(c *gin.Context, faults *record.Faults) (string, []byte, error) {
	f, name, err := upload(c, "file")
	if f == nil || err != nil {
		return "", nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, review.MaxFile+1))
	faults.Add(err == nil && len(data) == 0, "file", "The file is empty. Choose another one")
	return name, data, err
}
