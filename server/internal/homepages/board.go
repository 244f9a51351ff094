package homepages

import (
	"context"
	"strconv"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// boardPage is a programme: where each policy stands with each place.
type boardPage struct {
	Frame    view.Frame
	ID       string
	Line     string
	Stages   []stageCount
	Needs    []stageCount // how many policies need a consultation, and how many do not
	Promises string
	Late     string // of the timetable; "" for nothing
	Waits    []wait
	More     []wait // further people and places that keep work waiting
	Filters  []view.Select
	Said     string // what was chosen, in words; "" for all
	Query    string // of what was chosen, for the files
	Places   []string
	Columns  int // of the table
	Groups   []boardGroup
	Shown    int
	Total    int
	MayEdit  bool
	MayCount bool // give activity
}

type stageCount struct {
	Href, Words string
	Count       int
}

var boardTemplate = view.Define[boardPage]("home/board.html")

// mostWaits is how many of those who keep others waiting are named at once.
const mostWaits = 8

// table is a programme's board with what was chosen of it.
type table struct {
	g      *programme.Programme
	facts  boardFacts
	choice choice
	names  []string // of the places
	all    []boardGroup
	shown  []boardGroup
}

func (p *Pages) table(c *gin.Context) (t table, err error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	if t.g, err = p.Programmes.Programme(ctx, by, c.Param("id")); err != nil {
		return t, err
	}
	t.choice = chosen(c)
	if t.facts, t.names, err = p.facts(ctx, by, t.g, t.choice.place); err != nil {
		return t, err
	}
	t.all = t.facts.groups()
	t.shown = narrowed(t.all, t.choice, t.facts.places)
	return t, nil
}

func (p *Pages) board(c *gin.Context) (page.Result, error) {
	t, err := p.table(c)
	if err != nil {
		return page.Result{}, err
	}
	promised, err := p.Programmes.Promised(c.Request.Context(), page.Actor(c), t.g.ID)
	if err != nil {
		return page.Result{}, err
	}
	d := boardPage{Frame: p.frame(c, t.g.Name, "programmes", nil), ID: t.g.ID, Places: t.names, Columns: 6 + len(t.names), Total: len(t.facts.policies),
		Groups: t.shown, Shown: t.count(), MayEdit: programme.MayEdit(page.Actor(c), t.g), MayCount: access.Ever(page.Actor(c), access.ActivityEdit), Promises: promisesLine(promised)}
	d.Line = plural(len(t.facts.policies), "policy", "policies") + ", " + plural(len(t.names), "commissioner", "commissioners") + ", " + t.g.Start.Words() + " to " + t.g.End.Words()
	for _, x := range t.shown {
		d.Stages = append(d.Stages, stageCount{Href: "#" + x.ID, Words: x.Rows[0].stage.Words(), Count: len(x.Rows)})
	}
	d.Needs = t.needs()
	if late := len(lateness(t, promised)); late > 0 {
		d.Late = strconv.Itoa(late) + " late"
	}
	d.Waits = waits(t.all, t.facts.places, t.names)
	if len(d.Waits) > mostWaits {
		d.Waits, d.More = d.Waits[:mostWaits], d.Waits[mostWaits:]
	}
	d.Filters = t.choice.filters(t.all, t.facts.places, t.names)
	d.Said = t.choice.words(d.Filters)
	if query := t.choice.values().Encode(); query != "" {
		d.Query = "?" + query
	}
	return page.Result{Page: boardTemplate.Page(d)}, nil
}

func (t table) count() (n int) {
	for _, g := range t.shown {
		n += len(g.Rows)
	}
	return n
}

// needs counts the policies by what was said about consulting: all of them, whatever was chosen.
func (t table) needs() []stageCount {
	var yes, no, unsaid int
	for _, g := range t.all {
		for _, r := range g.Rows {
			switch {
			case r.need.Needed():
				yes++
			case r.need == review.NotNeeded:
				no++
			default:
				unsaid++
			}
		}
	}
	return []stageCount{{"?need=" + needed, "need a consultation", yes}, {"?need=" + string(review.NotNeeded), "do not", no}, {"?need=" + notSaid, "not said yet", unsaid}}
}

// promisesLine counts the promises that are open.
func promisesLine(list []*programme.Commitment) string {
	open := 0
	for _, m := range list {
		if m.Standing == programme.Open {
			open++
		}
	}
	if open == 0 {
		return "Promises"
	}
	return plural(open, "open promise", "open promises")
}

func (p *Pages) facts(ctx context.Context, by record.Actor, g *programme.Programme, place string) (f boardFacts, names []string, err error) {
	where, _, err := p.places(ctx)
	if err != nil {
		return f, nil, err
	}
	f = boardFacts{today: p.today(), name: p.names(ctx), places: where.among(g.Commissioners), place: place}
	for _, id := range f.places {
		names = append(names, where.short[id])
	}
	if f.policies, err = p.policies(ctx, by, review.Filter{Programme: g.ID}); err != nil {
		return f, nil, err
	}
	if f.standing, err = p.Decisions.Standing(ctx, by, g.ID); err != nil {
		return f, nil, err
	}
	if f.coming, err = p.Decisions.Coming(ctx, by, f.today); err != nil {
		return f, nil, err
	}
	f.agenda = agendas(f.coming)
	recent, _, err := p.Decisions.Before(ctx, by, p.today(), "")
	f.missed = p.missed(recent)
	return f, names, err
}
