package reviewpages

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// savesPage is the history of a policy's saves, and the versions that were issued.
type savesPage struct {
	Frame      view.Frame
	Path       string
	Versions   []versionRow
	Saves      []saveRow
	Pages      view.Pagination
	MayCorrect bool
}

type versionRow struct {
	Number, Note, By string
	Issued           time.Time
	Save             int
	Kind             string
	Final            bool
	Before           string // the version before, for the link to the differences
}

type saveRow struct {
	Number, Before int
	By             string
	At             time.Time
	Version        string // that was issued from it
}

var savesTemplate = view.Define[savesPage]("review/saves.html")

// eventsPerPage is how many events one page of a history reads.
const eventsPerPage = 50

func (p *Pages) saves(c *gin.Context) (page.Result, error) {
	ctx := c.Request.Context()
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	d := savesPage{Frame: below(p.frame(c, pol, "History"), pol), Path: address(pol.ID), MayCorrect: may(c, access.PolicyErratum, pol)}
	for i := len(pol.Issued) - 1; i >= 0; i-- {
		d.Versions = append(d.Versions, p.versionRow(c, pol, i))
	}
	list, next, err := p.Events.Events(ctx, pol.Kind(), pol.ID, page.After(c), eventsPerPage)
	if err != nil {
		return page.Result{}, err
	}
	for _, e := range list {
		body, err := e.Read()
		if err != nil {
			return page.Result{}, err
		}
		if n, err := strconv.Atoi(fact(body, "save")); err == nil {
			d.Saves = append(d.Saves, saveRow{Number: n, Before: n - 1, By: p.Name(ctx, e.Actor), At: e.At, Version: issuedFrom(pol, n)})
		}
	}
	d.Pages = pages(c, address(pol.ID, "saves"), url.Values{}, next, "Pages of saves")
	return page.Result{Page: savesTemplate.Page(d)}, nil
}

// fact is one particular of an event, empty when it has none.
func fact(b record.Body, name string) string {
	for _, f := range b.Facts {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

func (p *Pages) versionRow(c *gin.Context, pol *review.Policy, i int) versionRow {
	m := pol.Issued[i]
	row := versionRow{Number: m.Number.String(), Note: m.Note, By: p.Name(c.Request.Context(), m.By), Issued: m.Issued, Save: m.Save, Kind: "Draft", Final: m.Final}
	switch {
	case !m.Corrects.Zero():
		row.Kind = "Corrects " + m.Corrects.String()
	case m.Final:
		row.Kind = "Final"
	}
	if i > 0 {
		row.Before = pol.Issued[i-1].Number.String()
	}
	return row
}

func issuedFrom(pol *review.Policy, save int) string {
	for _, m := range pol.Issued {
		if m.Save == save && m.Corrects.Zero() {
			return m.Number.String()
		}
	}
	return ""
}

// textPage is one save or version as a reader sees it.
type textPage struct {
	Frame    view.Frame
	Path     string
	Title    string
	Name     string // "Version 0.4"
	Line     string
	Note     string
	Word     string
	Markdown string
	Compare  string
	Control  []Field
	Sections []readSection
	Files    []fileRow
}

type readSection struct {
	Number, Title string
	Anchor        string
	HTML          template.HTML
	Advice        string
}

var textTemplate = view.Define[textPage]("review/text.html")

func (p *Pages) readSave(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	n, err := strconv.Atoi(c.Param("number"))
	if err != nil || n < 1 {
		return page.Result{}, fmt.Errorf("save %q: %w", c.Param("number"), record.ErrNotFound)
	}
	s, err := p.Review.ReadSave(c.Request.Context(), page.Actor(c), pol.ID, n)
	if err != nil {
		return page.Result{}, err
	}
	d := textPage{Name: fmt.Sprintf("Save %d", n), Line: "by " + p.Name(c.Request.Context(), s.By) + " on " + p.moment(s.Created), Control: p.control(pol, s.Content, "Save "+strconv.Itoa(n))}
	d.Compare = fmt.Sprintf("%s?from=s%d&to=s%d", address(pol.ID, "differences"), n, pol.Saves)
	return p.textPage(c, pol, s.Content, d)
}

func (p *Pages) readVersion(c *gin.Context) (page.Result, error) {
	pol, v, err := p.version(c, c.Param("number"))
	if err != nil {
		return page.Result{}, err
	}
	d := textPage{Name: "Version " + v.Number.String(), Note: v.Note, Line: "issued by " + p.Name(c.Request.Context(), v.By) + " on " + p.moment(v.Issued),
		Control: p.control(pol, v.Content, v.Number.String())}
	q := "?" + url.Values{"version": {v.Number.String()}}.Encode()
	d.Word, d.Markdown = address(pol.ID, "word")+q, address(pol.ID, "markdown")+q
	d.Compare = fmt.Sprintf("%s?from=v%s&to=s%d", address(pol.ID, "differences"), v.Number, pol.Saves)
	return p.textPage(c, pol, v.Content, d)
}

func (p *Pages) version(c *gin.Context, number string) (*review.Policy, *review.Version, error) {
	pol, err := p.policy(c)
	if err != nil {
		return nil, nil, err
	}
	n, err := review.ParseNumber(number)
	if err != nil {
		return nil, nil, err
	}
	v, err := p.Review.ReadVersion(c.Request.Context(), page.Actor(c), pol.ID, n)
	return pol, v, err
}

func (p *Pages) textPage(c *gin.Context, pol *review.Policy, content review.Content, d textPage) (page.Result, error) {
	d.Frame, d.Path, d.Title = below(p.frame(c, pol, d.Name), pol), address(pol.ID), content.Title
	list, err := render(content.Text(), content, nil)
	if err != nil {
		return page.Result{}, err
	}
	for i, s := range content.Sections {
		if list[i].HTML != "" || list[i].Advice != "" {
			d.Sections = append(d.Sections, readSection{list[i].Number, s.Title, list[i].Anchor, list[i].HTML, list[i].Advice})
		}
	}
	for _, f := range content.Files {
		d.Files = append(d.Files, fileRow{f.ID, f.Title, f.Name, size(f.Size)})
	}
	return page.Result{Page: textTemplate.Page(d)}, nil
}
