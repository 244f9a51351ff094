package homepages

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// boardPage is a programme: where each policy stands with each place.
type boardPage struct {
	Frame   view.Frame
	ID      string
	Line    string
	Stages  []stageCount
	Waits   []wait
	More    int // further people and places that keep work waiting
	Leads   view.Select
	Stage   view.Select
	Place   view.Select
	Places  []string
	Columns int // of the table
	Groups  []boardGroup
	Shown   int
	Total   int
	MayEdit bool
}

type stageCount struct {
	Href, Words string
	Count       int
}

var boardTemplate = view.Define[boardPage]("home/board.html")

// mostWaits is how many of those who keep others waiting are named.
const mostWaits = 8

func (p *Pages) board(c *gin.Context) (page.Result, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	g, err := p.Programmes.Programme(ctx, by, c.Param("id"))
	if err != nil {
		return page.Result{}, err
	}
	facts, names, err := p.facts(ctx, by, g, c.Query("place"))
	if err != nil {
		return page.Result{}, err
	}
	groups := facts.groups()
	d := boardPage{Frame: p.frame(c, g.Name, "programmes", nil), ID: g.ID, Places: names, Columns: 5 + len(names), Total: len(facts.policies), MayEdit: programme.MayEdit(by, g)}
	d.Line = plural(len(facts.policies), "policy", "policies") + ", " + plural(len(names), "commissioner", "commissioners") + ", " + g.Start.Words() + " to " + g.End.Words()
	for _, x := range groups {
		d.Stages = append(d.Stages, stageCount{Href: "#" + x.ID, Words: x.Rows[0].stage.Words(), Count: len(x.Rows)})
	}
	d.Waits = waits(groups, names)
	if len(d.Waits) > mostWaits {
		d.More, d.Waits = len(d.Waits)-mostWaits, d.Waits[:mostWaits]
	}
	d.filters(c, groups, facts.places, names)
	d.Groups = narrowed(groups, c.Query("lead"), c.Query("stage"))
	for _, x := range d.Groups {
		d.Shown += len(x.Rows)
	}
	return page.Result{Page: boardTemplate.Page(d)}, nil
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
	coming, err := p.Decisions.Coming(ctx, by, f.today)
	if err != nil {
		return f, nil, err
	}
	f.agenda = agendas(coming)
	f.missed, err = p.missed(ctx, by)
	return f, names, err
}

func (d *boardPage) filters(c *gin.Context, groups []boardGroup, ids, names []string) {
	d.Leads = filter("lead", "Lead", "All", c.Query("lead"))
	seen := map[string]bool{}
	for _, g := range groups {
		for _, r := range g.Rows {
			if !seen[r.LeadID] {
				seen[r.LeadID] = true
				d.Leads.Options = append(d.Leads.Options, view.Option{Text: r.Lead, Value: r.LeadID})
			}
		}
	}
	slices.SortFunc(d.Leads.Options[1:], func(a, b view.Option) int { return cmp.Compare(a.Text, b.Text) })
	d.Stage = filter("stage", "Stage", "All", c.Query("stage"))
	for _, g := range groups {
		s := g.Rows[0].stage
		d.Stage.Options = append(d.Stage.Options, view.Option{Text: s.Words(), Value: string(s)})
	}
	d.Place = filter("place", "Place", "All "+strconv.Itoa(len(names)), c.Query("place"))
	for i, id := range ids {
		d.Place.Options = append(d.Place.Options, view.Option{Text: names[i], Value: id})
	}
}

func filter(name, label, all, value string) view.Select {
	return view.Select{Name: name, Label: view.Label{Text: label}, Value: value, Options: []view.Option{{Text: all}}}
}

// narrowed leaves the rows of one lead, of one stage, or all.
func narrowed(groups []boardGroup, lead, stage string) []boardGroup {
	var out []boardGroup
	for _, g := range groups {
		if stage != "" && string(g.Rows[0].stage) != stage {
			continue
		}
		g.Rows = slices.DeleteFunc(slices.Clone(g.Rows), func(r boardRow) bool { return lead != "" && r.LeadID != lead })
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}
