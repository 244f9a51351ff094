package importpages

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/bulk"
	"concordat/review/intake"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// showPage is an import: what would become of each text, or what became of it.
type showPage struct {
	Frame    view.Frame
	Path     string
	Revision int64
	Heading  string
	Sent     string
	About    string // the policy that all texts are about
	Stage    stage
	Sum      bulk.Sum
	Refusal  string
	Lost     []string // of a book, of no text in particular
	Open     list     // rows to choose
	Coming   list
	In       list // that came in
	Refused  list
	Go       string // words of the button; empty when there is nothing to bring in
}

// stage tells a template which parts of the page there are.
type stage struct {
	Unreadable, Busy, Stopped, Failed, Planned, Ended bool
	Ran, Of                                           int
}

// list is a part of the rows, one page of it.
type list struct {
	Caption string
	Count   int
	Rows    []row
	Pages   view.Pagination
}

type row struct {
	Number    int // its place in the import
	Where     string
	Title     string
	Place     string
	Policy    string
	Effective string
	Review    string
	Source    string
	Outcome   string
	Mark      string
	Reason    string
	Matched   string   // by what the program is sure of the policy
	Guessed   []string // which policies are proposed, and why
	Notes     []string
	Look      []string
	Without   string
	Codes     string
	Href      string // of what it became
	Change    string
	Choose    choose
}

type choose struct{ Place, Policy view.Select }

var showTemplate = view.Define[showPage]("import/show.html")

// pageOf is how many rows one part of the page has at most.
const pageOf = 50

func (p *Pages) show(c *gin.Context) (page.Result, error) {
	i, err := p.Bulk.Import(c.Request.Context(), page.Actor(c), c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	n, err := p.names(c)
	if err != nil {
		return page.Result{}, err
	}
	s := i.Sum()
	d := showPage{Path: address(i.ID), Revision: i.Revision, Heading: heading(i), Sent: names(i), About: n.policies[i.Policy], Sum: s, Refusal: i.Refusal,
		Stage: stage{Unreadable: i.Stage == bulk.Unreadable, Planned: i.Stage == bulk.Planned, Ended: i.Stage == bulk.Ended, Ran: i.Ran, Of: len(i.Rows)}}
	if i.Stage == bulk.Reading || i.Stage == bulk.Running {
		d.Stage.Busy = p.Jobs.Busy(subject(i.ID))
		d.Stage.Stopped = !d.Stage.Busy
		d.Stage.Failed = d.Stage.Stopped && p.Jobs.Failed(subject(i.ID))
	}
	for _, l := range i.Losses {
		d.Lost = append(d.Lost, intake.Loss(l).String())
	}
	if i.Stage == bulk.Planned || i.Stage == bulk.Ended {
		d.rows(c, i, n)
	}
	if left := s.New + s.Replaced - s.Done; i.Stage == bulk.Planned && left > 0 {
		d.Go = "Bring in " + count(left, "text", "texts")
	}
	d.Frame = p.Site.Frame(c, d.Heading, "policies")
	d.Frame.Crumbs = append(crumbs(), view.Link{Text: "Bring in many texts at once", Href: "/desk/imports"})
	return page.Result{Page: showTemplate.Page(d)}, nil
}

// rows parts the rows into those to be chosen, those that come in and the others.
func (d *showPage) rows(c *gin.Context, i *bulk.Import, n known) {
	change, err := strconv.Atoi(c.Query("change"))
	if err != nil {
		change = -1
	}
	var open, coming, in, refused []row
	for at, r := range i.Rows {
		x := n.row(i, at)
		switch {
		case r.ToBeChosen() && (at == change || r.Cause == bulk.Choose):
			x.Choose = n.choose(at, r)
			open = append(open, x)
		case r.Outcome == bulk.Refused:
			refused = append(refused, x)
		case r.Result != "":
			in = append(in, x)
		default:
			coming = append(coming, x)
		}
	}
	d.Open = paged(c, "open", "Texts to choose for", open)
	d.Coming = paged(c, "coming", "Texts that would come in", coming)
	d.In = paged(c, "in", "Texts that came in", in)
	d.Refused = paged(c, "refused", "Texts that are refused", refused)
}

// paged is one page of a part of the rows; the address says which, for each part by its name.
func paged(c *gin.Context, name, label string, rows []row) list {
	from, err := strconv.Atoi(c.Query(name))
	if err != nil || from < 0 || from >= len(rows) {
		from = 0
	}
	to := min(from+pageOf, len(rows))
	l := list{Caption: label, Count: len(rows), Rows: rows[from:to], Pages: view.Pagination{Label: label + ", page by page"}}
	link := func(at int) string { return "?" + url.Values{name: {strconv.Itoa(at)}}.Encode() + "#" + name }
	if from > 0 {
		l.Pages.Previous = view.PageLink{Href: link(max(0, from-pageOf))}
	}
	if to < len(rows) {
		l.Pages.Next = view.PageLink{Href: link(to)}
	}
	return l
}

// known are the names of what rows name by id.
type known struct {
	places   []*review.Commissioner
	byPlace  map[string]string
	cards    []*review.Card
	policies map[string]string
}

func (p *Pages) names(c *gin.Context) (known, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	n := known{byPlace: map[string]string{}, policies: map[string]string{}}
	var err error
	if n.places, err = p.Review.AllCommissioners(ctx); err != nil {
		return n, err
	}
	for _, x := range n.places {
		n.byPlace[x.ID] = x.Short
	}
	for after := ""; ; {
		cards, next, err := p.Review.Cards(ctx, by, review.Filter{}, after)
		if err != nil {
			return n, err
		}
		n.cards = append(n.cards, cards...)
		if after = next; next == "" {
			break
		}
	}
	for _, x := range n.cards {
		n.policies[x.ID] = x.Title
	}
	return n, nil
}

func (n known) row(i *bulk.Import, at int) row {
	r := i.Rows[at]
	x := row{Number: at, Where: r.Where, Title: cmp.Or(r.Title, r.SaidTopic), Place: n.byPlace[r.Commissioner], Policy: n.policies[r.Policy], Effective: r.Effective.Words(), Review: r.Review.Words(), Source: r.Source, Reason: r.Reason,
		Matched: r.Matched, Notes: r.Notes, Codes: strings.Join(append(append([]string{}, r.Codes.OPCS4...), r.Codes.ICD10...), ", ")}
	if r.Without != review.HasPolicy {
		x.Without, x.Title = r.Without.Words(), ""
	}
	for _, g := range r.Guessed {
		x.Guessed = append(x.Guessed, "“"+n.policies[g.Policy]+"”: "+g.Why+".")
	}
	switch {
	case r.Later != 0:
		x.Outcome, x.Mark, x.Reason = "Older than what is recorded", "unsure", "What is in force there since "+r.Later.Words()+" stays in use. This text is kept among those before it"
	case r.Outcome == bulk.New:
		x.Outcome, x.Mark = "New", "same"
	case r.Outcome == bulk.Replaces:
		x.Outcome, x.Mark = "Replaces the text before it", "moved"
	}
	if r.Result != "" {
		x.Href = "/desk/policies/" + r.Policy + "/local/" + r.Commissioner
		if r.Without != review.HasPolicy {
			x.Href = "/desk/policies/" + r.Policy + "/local"
		}
	}
	if r.ToBeChosen() && r.Cause != bulk.Choose {
		x.Change = address(i.ID) + "?change=" + strconv.Itoa(at) + "#open"
	}
	if r.Without == review.HasPolicy && r.Outcome != bulk.Refused {
		x.Look = look(r)
	}
	return x
}

// look lists what a person should look at once a text is in.
func look(r bulk.Row) (out []string) {
	for _, l := range r.Losses {
		out = append(out, "Not carried over: "+intake.Loss(l).String())
	}
	if r.Effective == 0 {
		out = append(out, "No date noted")
	}
	return out
}

const leaveOut = "leave"

// choose are the lists in which somebody says whose a text is and what it is about. What is likely stands chosen.
func (n known) choose(at int, r bulk.Row) choose {
	number, hidden := strconv.Itoa(at), "nhsuk-u-visually-hidden"
	place := view.Select{Name: "place-" + number, Value: cmp.Or(r.Commissioner, r.PlaceGuessed), Label: view.Label{Text: "Commissioner of " + r.Where, Classes: hidden},
		Options: []view.Option{{Text: "Choose whose it is", Value: ""}}}
	for _, x := range n.places {
		place.Options = append(place.Options, view.Option{Text: x.Short, Value: x.ID})
	}
	policy := view.Select{Name: "policy-" + number, Value: r.Policy, Label: view.Label{Text: "Policy that " + r.Where + " is about", Classes: hidden},
		Options: []view.Option{{Text: "Choose a policy", Value: ""}, {Text: "Leave this text out", Value: leaveOut}}}
	if r.Left {
		policy.Value = leaveOut
	}
	for _, g := range r.Guessed {
		if policy.Value == "" && g.Likely {
			policy.Value = g.Policy
		}
		policy.Options = append(policy.Options, view.Option{Text: "Proposed: " + n.policies[g.Policy], Value: g.Policy})
	}
	for _, x := range n.cards {
		if !proposed(r, x.ID) && x.Stage != review.Withdrawn {
			policy.Options = append(policy.Options, view.Option{Text: x.Title + " (" + x.Reference + ")", Value: x.ID})
		}
	}
	return choose{place, policy}
}

func proposed(r bulk.Row, policy string) bool {
	for _, g := range r.Guessed {
		if g.Policy == policy {
			return true
		}
	}
	return false
}

func heading(i *bulk.Import) string {
	s := i.Sum()
	switch i.Stage {
	case bulk.Reading:
		return "Reading " + count(len(i.Files), "file", "files")
	case bulk.Unreadable:
		return "This could not be read"
	case bulk.Running:
		return fmt.Sprintf("Bringing in texts: %d of %d rows done", i.Ran, s.In)
	case bulk.Ended:
		return fmt.Sprintf("%s brought in: %d new, %d replaced, %s", count(s.Done, "text is", "texts are"), s.New-s.Older, s.Replaced, others(s))
	}
	left, in := i.Left(), ""
	if s.Done > 0 {
		in = ", besides " + strconv.Itoa(s.Done) + " brought in already"
	}
	return fmt.Sprintf("%s%s: %d would be new, %d would replace a text, %s", count(left.In, "text", "texts"), in, left.New-left.Older, left.Replaced, others(left))
}

// others are the texts that are not used, at least not yet.
func others(s bulk.Sum) string {
	var out []string
	if s.Older > 0 {
		out = append(out, strconv.Itoa(s.Older)+" older than what is recorded")
	}
	if s.ToChoose > 0 {
		out = append(out, strconv.Itoa(s.ToChoose)+" to choose")
	}
	return strings.Join(append(out, strconv.Itoa(s.Refused-s.ToChoose)+" refused"), ", ")
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func (p *Pages) choose(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	var list []bulk.Choice
	for _, number := range c.PostFormArray("row") {
		at, err := strconv.Atoi(number)
		if err != nil {
			return page.Result{}, record.Faults{{Message: "The form did not arrive as it was sent. Open the page again"}}
		}
		x := bulk.Choice{Row: at, Commissioner: page.Text(c, "place-"+number), Policy: page.Text(c, "policy-"+number)}
		if x.Policy == leaveOut {
			x.Policy, x.Leave = "", true
		}
		list = append(list, x)
	}
	i, err := p.Bulk.Choose(c.Request.Context(), e, list)
	if err != nil {
		return page.Result{}, err
	}
	said := "Saved"
	if i.Revision == e.Revision {
		said = "Nothing was chosen, so nothing was saved"
	}
	if left := i.Sum().ToChoose; left > 0 {
		said += ". " + count(left, "text is", "texts are") + " still to be chosen"
	}
	return page.Result{SeeOther: address(e.ID), Flash: said}, nil
}

// run starts an import that is planned, and goes on with one that stopped.
func (p *Pages) run(c *gin.Context) (page.Result, error) {
	e, err := page.Edit(c, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	i, err := p.Bulk.Import(c.Request.Context(), e.By, e.ID)
	if err != nil {
		return page.Result{}, err
	}
	switch i.Stage {
	case bulk.Reading:
		soon(c, p.read(e.By, e.ID))
	case bulk.Running:
		soon(c, p.bring(e.By, e.ID))
	default:
		if _, err := p.Bulk.Start(c.Request.Context(), e); err != nil {
			return page.Result{}, err
		}
		soon(c, p.bring(e.By, e.ID))
	}
	return page.Result{SeeOther: address(e.ID)}, nil
}
