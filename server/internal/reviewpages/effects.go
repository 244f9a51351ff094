package reviewpages

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/harmony"
	"concordat/review/textdiff"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// effectsPage shows what the draft would change for the patients of each commissioner.
type effectsPage struct {
	Frame     view.Frame
	Head      policyhead.Head
	Path      string
	Sum       string
	Proof     string // how much is proved over all places
	Rows      []effectRow
	Grouped   []review.Grouped // who was treated in all places
	Unread    bool             // a place's text could not be compared
	MayRecord bool
	Recorded  int // levels that are recorded as they are now
	Outdated  int
	Confirmed int
	MayCount  bool
	Codes     bool // the policy has procedure codes by which activity is found
}

type effectRow struct {
	Place, Href string
	From        string // "taken over from …"
	Mark        effectMark
	Counts      string
	Treated     string
	Lose, Gain  string
	Cost        string
	Level       string // "3", or "At least 2" while it is not settled
	Standing    string // whether a person confirmed it
	Say         string // address of the form; "" for who may not
}

// effectMark is an effect as a template draws it. It says what changes for patients.
type effectMark struct{ State, Word string }

func markOf(e textdiff.Effect) effectMark {
	switch e {
	case textdiff.NoEffect:
		return effectMark{"same", "Same"}
	case textdiff.Narrower:
		return effectMark{"narrower", "Narrower"}
	case textdiff.Wider:
		return effectMark{"wider", "Wider"}
	case textdiff.Mixed:
		return effectMark{"mixed", "Mixed"}
	case textdiff.Opposite:
		return effectMark{"opposite", "Opposite"}
	}
	return effectMark{"unsure", "Not proved"}
}

var effectsTemplate = view.Define[effectsPage]("review/effects.html")

func (p *Pages) effects(c *gin.Context) (page.Result, error) {
	x, err := p.effectsOf(c)
	if err != nil {
		return page.Result{}, err
	}
	pol := x.Policy
	d := effectsPage{Frame: p.frame(c, pol, "What changes for whom"), Head: p.head(c, pol, policyhead.Effects), Path: address(pol.ID, "effects"),
		Sum: effectsSum(x), Proof: x.Counts().Proof(), Grouped: x.Grouped(), MayRecord: may(c, access.LevelConfirm, pol), MayCount: may(c, access.ActivityEdit, pol), Codes: pol.HasProcedures()}
	for i := range x.Places {
		e := &x.Places[i]
		d.Unread = d.Unread || e.Doubt != ""
		switch _, said := e.Holds(); {
		case e.Outdated():
			d.Outdated++
		case said != nil:
			d.Confirmed++
			d.Recorded++
		case e.Record.Revision > 0:
			d.Recorded++
		}
		d.Rows = append(d.Rows, p.effectRow(c, pol, e))
	}
	return page.Result{Page: effectsTemplate.Page(d)}, nil
}

func (p *Pages) effectsOf(c *gin.Context) (*review.Effects, error) {
	return p.Review.Effects(c.Request.Context(), page.Actor(c), c.Param("id"))
}

// effectsSum is "15 places: 4 narrower, 3 wider, 6 mixed, 2 same".
func effectsSum(x *review.Effects) string {
	n := map[string]int{}
	for i := range x.Places {
		n[markOf(x.Places[i].Effect).Word]++
	}
	var parts []string
	for _, e := range []textdiff.Effect{textdiff.Narrower, textdiff.Wider, textdiff.Mixed, textdiff.Opposite, textdiff.Unclear, textdiff.NoEffect} {
		if word := markOf(e).Word; n[word] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n[word], strings.ToLower(word)))
		}
	}
	return placesWords(len(x.Places)) + ": " + strings.Join(parts, ", ")
}

func placesWords(n int) string { return howMany(n, "place", "places") }

func (p *Pages) effectRow(c *gin.Context, pol *review.Policy, e *review.PlaceEffect) effectRow {
	level, said := e.Holds()
	number := fmt.Sprint(int(level))
	if said == nil && !e.Grade.Settled() {
		number = "At least " + number
	}
	r := effectRow{Place: e.Name, Href: address(pol.ID, "effects", e.Commissioner.ID), Mark: markOf(e.Effect), Counts: countsWords(e), Level: number,
		Treated: e.Impact.TreatedWords(), Lose: e.LoseWords(), Gain: e.GainWords(), Cost: e.Impact.CostWords(), Standing: p.levelStanding(c, e)}
	if len(e.From) > 0 {
		r.From = "taken over from " + strings.Join(e.From, " and ")
	}
	if access.May(page.Actor(c), access.LevelConfirm, access.For(e.Commissioner.ID)) {
		r.Say = r.Href + "/level"
	}
	return r
}

// countsWords says what stands beside the mark of the whole.
func countsWords(e *review.PlaceEffect) string {
	switch {
	case e.Doubt != "":
		return e.Doubt
	case e.Ends:
		return "no longer funded; " + e.Counts.Words()
	case e.Begins:
		return "funded, and was not; " + e.Counts.Words()
	}
	return e.Counts.Words()
}

// levelStanding says whether a person has looked at a level as it is now.
func (p *Pages) levelStanding(c *gin.Context, e *review.PlaceEffect) string {
	before := e.SaidBefore()
	switch _, said := e.Holds(); {
	case said != nil && said.Level == said.Proposed:
		return "confirmed by " + p.Name(c.Request.Context(), said.By)
	case said != nil:
		return fmt.Sprintf("set by %s; %d was proposed", p.Name(c.Request.Context(), said.By), said.Proposed)
	case before != nil:
		return fmt.Sprintf("proposed; %s said %d before a text or a number changed", p.Name(c.Request.Context(), before.By), before.Level)
	case e.Outdated():
		return fmt.Sprintf("proposed; recorded was %d, and a text or a number changed since", e.Record.Proposed)
	case e.Record.Revision == 0:
		return "proposed, not recorded yet"
	}
	return "proposed"
}

// recordLevels records the levels as they are worked out now.
func (p *Pages) recordLevels(c *gin.Context) (page.Result, error) {
	n, err := p.Review.RecordLevels(c.Request.Context(), page.Actor(c), c.Param("id"))
	flash := "The levels of change are recorded as they are now"
	if n == 0 {
		flash = "The levels of change were recorded already"
	}
	return page.Result{SeeOther: address(c.Param("id"), "effects"), Flash: flash}, err
}

// levelPage asks a person to confirm the level for one commissioner, or to put another in its place.
type levelPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Back     string
	Place    string
	Revision int64
	Whole    string
	Proposed string
	Steps    []stepRow
	Said     []saidRow
	Level    view.Radios
	Reason   view.Textarea
}

type stepRow struct{ Rule, Level, Words string }

type saidRow struct {
	Level, Reason, Who, When string
	Outdated                 bool // a text or a number changed since
}

var levelTemplate = view.Define[levelPage]("review/level.html")

func (p *Pages) showLevel(c *gin.Context) (page.Result, error) { return p.levelForm(c, "", "", nil) }

func (p *Pages) levelForm(c *gin.Context, level, reason string, errs view.Errors) (page.Result, error) {
	x, e, err := p.placeEffect(c)
	if err != nil {
		return page.Result{}, err
	}
	if err := access.Check(page.Actor(c), access.LevelConfirm, access.For(e.Commissioner.ID)); err != nil {
		return page.Result{}, err
	}
	pol := x.Policy
	d := levelPage{Frame: p.belowEffects(c, pol, "Level of change in "+e.Name), Errors: errs, Back: address(pol.ID, "effects", e.Commissioner.ID), Place: e.Name,
		Path: address(pol.ID, "effects", e.Commissioner.ID, "level"), Revision: e.Record.Revision, Whole: e.Whole(),
		Proposed: e.Grade.Words(), Steps: stepRows(e.Grade)}
	d.Frame.HasErrors = errs.Any()
	for i := len(e.Record.Said) - 1; i >= 0; i-- {
		said := e.Record.Said[i]
		d.Said = append(d.Said, saidRow{fmt.Sprint(int(said.Level)), said.Reason, p.Name(c.Request.Context(), said.By), p.moment(said.At), said.Whole != e.Whole()})
	}
	d.Level = view.Radios{Name: "level", Value: level, Small: true, Legend: view.Legend{Text: "What is the level of change for the patients of " + e.Name + "?", Size: "s"}, Error: errs.Of("level")}
	for _, l := range harmony.Levels {
		d.Level.Items = append(d.Level.Items, view.Choice{Text: fmt.Sprintf("%d: %s", l, l.Words()), Value: fmt.Sprint(int(l))})
	}
	d.Reason = area("reason", "Why?", "Whoever is not consulted may ask. The level of change document gives your words", reason, 4, errs)
	return answer(levelTemplate.Page(d), errs), nil
}

func stepRows(g harmony.Grade) []stepRow {
	var out []stepRow
	for _, s := range g.Steps {
		row := stepRow{Rule: s.Rule, Words: s.Words}
		if s.Level > 0 {
			row.Level = fmt.Sprint(int(s.Level))
		}
		out = append(out, row)
	}
	return out
}

func (p *Pages) placeEffect(c *gin.Context) (*review.Effects, *review.PlaceEffect, error) {
	x, err := p.effectsOf(c)
	if err != nil {
		return nil, nil, err
	}
	e, err := x.Place(c.Param("place"))
	return x, e, err
}

// belowEffects is the frame of a page below the tab.
func (p *Pages) belowEffects(c *gin.Context, pol *review.Policy, title string) view.Frame {
	f := below(p.frame(c, pol, title), pol)
	f.Crumbs = append(f.Crumbs, view.Link{Text: "What changes for whom", Href: address(pol.ID, "effects")})
	return f
}

// sayLevel records what somebody says of a level.
func (p *Pages) sayLevel(c *gin.Context) (page.Result, error) {
	policy, place := c.Param("id"), c.Param("place")
	e, err := page.Edit(c, review.LevelID(policy, place))
	if err != nil {
		return page.Result{}, err
	}
	level, known := levelOf(line(c, "level"))
	if !known {
		level = -1
	}
	_, err = p.Review.SayLevel(c.Request.Context(), e, policy, place, line(c, "whole"), level)
	if errs, ok := refused(err); ok {
		return p.levelForm(c, line(c, "level"), e.Reason, errs)
	}
	if page.Status(err) == http.StatusConflict {
		errs, _ := refused(page.Kept(c, nil))
		return page.Conflict(p.levelForm(c, line(c, "level"), e.Reason, errs))
	}
	return page.Result{SeeOther: address(policy, "effects", place), Flash: "What you said of the level is recorded"}, err
}

func levelOf(s string) (harmony.Level, bool) {
	for _, l := range harmony.Levels {
		if s == fmt.Sprint(int(l)) {
			return l, true
		}
	}
	return 0, false
}
