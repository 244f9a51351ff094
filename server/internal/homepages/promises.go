package homepages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// promisesPage is what was promised for a programme.
type promisesPage struct {
	Frame  view.Frame
	New    string // address of the form
	Open   []promiseLine
	Ended  []promiseLine
	MayNew bool
}

// promiseLine is one promise in a list.
type promiseLine struct{ Href, Words, Line, State, Word string }

var promisesTemplate = view.Define[promisesPage]("home/promises.html")

// promises are a programme's commitments with the names that are needed to tell them.
type promises struct {
	*Pages
	g      *programme.Programme
	list   []*programme.Commitment
	where  places
	titles map[string]string // of policies, by id
	today  record.Date
}

func (p *Pages) readPromises(c *gin.Context) (x promises, err error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	x = promises{Pages: p, today: p.today()}
	if x.g, err = p.Programmes.Programme(ctx, by, c.Param("id")); err != nil {
		return x, err
	}
	if x.list, err = p.Programmes.Promised(ctx, by, x.g.ID); err != nil {
		return x, err
	}
	if x.where, _, err = p.places(ctx); err != nil {
		return x, err
	}
	x.titles, err = p.titles(c, x.g.ID)
	return x, err
}

func (p *Pages) promiseList(c *gin.Context) (page.Result, error) {
	x, err := p.readPromises(c)
	if err != nil {
		return page.Result{}, err
	}
	d := promisesPage{Frame: p.frame(c, "What was promised", "programmes", nil, programmeCrumbs(x.g)...), MayNew: access.Ever(page.Actor(c), access.CommitmentEdit), New: promisesHref(x.g.ID) + "/new"}
	for _, m := range x.list {
		if m.Standing == programme.Open {
			d.Open = append(d.Open, x.line(m))
			continue
		}
		d.Ended = append(d.Ended, x.line(m))
	}
	return page.Result{Page: promisesTemplate.Page(d)}, nil
}

func promisesHref(programme string) string { return "/desk/programmes/" + programme + "/promises" }

func (x promises) line(m *programme.Commitment) promiseLine {
	l := promiseLine{Href: promisesHref(x.g.ID) + "/" + m.ID, Words: "“" + m.Words + "”", Line: strings.Join([]string{m.Promise.Words(), x.about(m), x.whose(m), m.Source()}, ". ")}
	l.State, l.Word = x.standing(m)
	return l
}

// standing is the mark of a promise.
func (x promises) standing(m *programme.Commitment) (state, word string) {
	switch {
	case m.Late(x.today):
		return "late", "Late, due " + m.Due.Words()
	case m.Standing == programme.Open && m.Due != 0:
		return "waiting", "Due " + m.Due.Words()
	case m.Standing == programme.Open:
		return "waiting", "Open"
	case m.Standing == programme.Kept:
		return "same", "Kept"
	}
	return "none", m.Standing.Words()
}

func (x promises) about(m *programme.Commitment) string {
	if m.Policy == "" {
		return "All policies"
	}
	if t := x.titles[m.Policy]; t != "" {
		return t
	}
	return "A policy that you cannot read"
}

func (x promises) whose(m *programme.Commitment) string {
	if len(m.Commissioners) == len(x.g.Commissioners) {
		return "All " + plural(len(m.Commissioners), "commissioner", "commissioners")
	}
	names := x.where.among(m.Commissioners)
	for i, id := range names {
		names[i] = x.where.short[id]
	}
	return strings.Join(names, ", ")
}

// promisePage is one promise, with the form that ends it.
type promisePage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	Words    string
	State    string
	Word     string
	Facts    []promiseFact
	Link     string
	MayEnd   bool
	As       view.Radios
	Reason   view.Textarea
	Breaks   bool // steps that would break it ask for a reason
}

type promiseFact struct{ Name, Text string }

var promiseTemplate = view.Define[promisePage]("home/promise.html")

func (p *Pages) promise(c *gin.Context) (page.Result, error) {
	return p.promiseForm(c, values(nil), nil)
}

func (p *Pages) promiseForm(c *gin.Context, v func(string) string, errs view.Errors) (page.Result, error) {
	x, err := p.readPromises(c)
	if err != nil {
		return page.Result{}, err
	}
	i := slices.IndexFunc(x.list, func(m *programme.Commitment) bool { return m.ID == c.Param("promise") })
	if i < 0 {
		return page.Result{}, fmt.Errorf("promise %s of programme %s: %w", c.Param("promise"), x.g.ID, record.ErrNotFound)
	}
	m := x.list[i]
	crumbs := append(programmeCrumbs(x.g), view.Link{Text: "What was promised", Href: promisesHref(x.g.ID)})
	d := promisePage{Frame: p.frame(c, m.Promise.Words(), "programmes", errs, crumbs...), Errors: errs, Path: promisesHref(x.g.ID) + "/" + m.ID, Revision: m.Revision,
		Words: m.Words, Link: m.Link, Breaks: m.Standing == programme.Open && m.Promise == programme.ToConsult,
		MayEnd: m.Standing == programme.Open && programme.MayPromise(page.Actor(c), m.Commissioners)}
	d.State, d.Word = x.standing(m)
	d.Facts = []promiseFact{{"About", x.about(m)}, {"Whose promise", x.whose(m)}, {"Source", m.Source()}, {"Due", m.Due.Words()},
		{"Recorded", p.Name(c.Request.Context(), m.By) + ", " + record.DateOf(m.At).Words()}}
	if m.Standing != programme.Open {
		d.Facts = append(d.Facts, promiseFact{m.Standing.Words(), m.Ended.Words + " (" + p.Name(c.Request.Context(), m.Ended.By) + ", " + record.DateOf(m.Ended.At).Words() + ")"})
	}
	d.Facts = slices.DeleteFunc(d.Facts, func(f promiseFact) bool { return f.Text == "" })
	d.As = view.Radios{Name: "as", Value: v("as"), Small: true, Legend: view.Legend{Text: "What became of it?", Size: "s"}, Error: errs.Of("as"), Items: []view.Choice{
		{Text: "It was kept", Value: string(programme.Kept), Hint: view.Hint{Text: "Say how, and where that can be seen"}},
		{Text: "It does not bind any more", Value: string(programme.Released), Hint: view.Hint{Text: "Say why, and who said so"}}}}
	d.Reason = view.Textarea{Name: "reason", Value: v("reason"), Rows: 3, Label: view.Label{Text: "How, or why?", Size: "s"}, Error: errs.Of("reason")}
	return page.Result{Status: again(errs), Page: promiseTemplate.Page(d)}, nil
}

// endPromise notes that a promise was kept or released.
func (p *Pages) endPromise(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("promise"))
	if err != nil {
		return page.Result{}, err
	}
	as, done := programme.Standing(page.Text(c, "as")), "The promise is released"
	if as == programme.Kept {
		done = "The promise is kept"
	}
	_, err = p.Programmes.End(c.Request.Context(), e, as)
	if page.Overtaken(err) {
		return page.Conflict(p.promiseForm(c, posted(c), formErrors(page.Kept(c, nil))))
	}
	if faults := page.Faults(err); faults != nil {
		return p.promiseForm(c, posted(c), formErrors(faults))
	}
	return page.Result{SeeOther: promisesHref(c.Param("id")), Flash: done}, err
}
