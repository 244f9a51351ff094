package reviewpages

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// trailPage is the history of a policy in words.
type trailPage struct {
	Frame view.Frame
	Head  policyhead.Head
	Path  string
	Of    view.Select
	Rows  []trailRow
	Pages view.Pagination
}

type trailRow struct {
	At     time.Time
	Who    string
	What   string
	Reason string
	Hash   string // the first characters, by which the event can be named
}

var trailTemplate = view.Define[trailPage]("review/trail.html")

func (p *Pages) trail(c *gin.Context) (page.Result, error) {
	ctx := c.Request.Context()
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	if err := access.Check(page.Actor(c), access.TrailRead, access.For(pol.Commissioners...)); err != nil {
		return page.Result{}, err
	}
	chain, err := p.chain(c, pol)
	if err != nil {
		return page.Result{}, err
	}
	list, next, err := p.Events.Events(ctx, chain.ref.Kind, chain.ref.ID, page.After(c), eventsPerPage)
	if err != nil {
		return page.Result{}, err
	}
	d := trailPage{Frame: p.frame(c, pol, "Trail"), Head: p.head(c, pol, policyhead.Trail), Path: address(pol.ID, "trail"), Of: chain.field,
		Pages: pages(c, address(pol.ID, "trail"), url.Values{"of": {chain.field.Value}}, next, "Pages of the trail")}
	for _, e := range list {
		body, err := e.Read()
		if err != nil {
			return page.Result{}, err
		}
		d.Rows = append(d.Rows, trailRow{At: e.At, Who: p.Name(ctx, e.Actor), What: words(body), Reason: e.Reason, Hash: shortHash(e.Hash)})
	}
	return page.Result{Page: trailTemplate.Page(d)}, nil
}

func words(b record.Body) string {
	if strings.HasPrefix(b.Action, "decision.") {
		return decision.EventWords(b)
	}
	return review.EventWords(b)
}

// chain is one chain of events, and the choice of others.
type chain struct {
	ref   record.Ref
	field view.Select
}

// chain finds what the address asks for: the policy's own events, those of its publication, of its matrix, of the shares
// for all places, or those of the register, the local policy, the level of change, the shares or a decision of one
// commissioner.
func (p *Pages) chain(c *gin.Context, pol *review.Policy) (chain, error) {
	of := c.DefaultQuery("of", pol.Kind())
	out := chain{field: view.Select{Name: "of", Value: of, Label: view.Label{Text: "History of"}}}
	add := func(value, text, kind, id string) {
		out.field.Options = append(out.field.Options, view.Option{Value: value, Text: text})
		if value == of {
			out.ref = record.Ref{Kind: kind, ID: id}
		}
	}
	add(pol.Kind(), "the text and its versions", pol.Kind(), pol.ID)
	publication, register, local := new(review.Publication).Kind(), new(review.Register).Kind(), new(review.LocalPolicy).Kind()
	matrix, level, estimate := new(review.Harmonisation).Kind(), new(review.LevelRecord).Kind(), new(review.Estimate).Kind()
	add(publication, "what the public reads", publication, pol.ID)
	add(matrix, "the matrix of local policies", matrix, pol.ID)
	add(estimate, "shares and price for all places", estimate, review.EstimateID(pol.ID, ""))
	places, err := p.Review.AllCommissioners(c.Request.Context())
	if err != nil {
		return out, err
	}
	list, err := p.Review.LocalsOf(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return out, err
	}
	for _, x := range places {
		if !slices.Contains(pol.Commissioners, x.ID) {
			continue
		}
		add("register:"+x.ID, "what applied in "+x.Short, register, review.RegisterID(pol.ID, x.ID))
		if l := localOf(list, x.ID); l != nil {
			add("local:"+x.ID, "the local policy of "+x.Short, local, l.ID)
		}
		add("level:"+x.ID, "the level of change in "+x.Short, level, review.LevelID(pol.ID, x.ID))
		add("estimate:"+x.ID, "shares and price for "+x.Short, estimate, review.EstimateID(pol.ID, x.ID))
	}
	made, err := p.Decisions.OfPolicy(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return out, err
	}
	for _, d := range made {
		add("decision:"+d.ID, "what "+placeName(review.PlacesOf(places), d.Commissioner)+" decided on version "+d.Version, d.Kind(), d.ID)
	}
	if out.ref.Kind == "" {
		return out, fmt.Errorf("history of %q: %w", of, record.ErrNotFound)
	}
	return out, nil
}
