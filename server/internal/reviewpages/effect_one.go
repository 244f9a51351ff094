package reviewpages

import (
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/harmony"
	"concordat/review/textdiff"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// effectPage is one commissioner's page for its meeting: what it has, what is proposed, who gains and who loses.
type effectPage struct {
	Frame     view.Frame
	Place     string
	Line      string // "CP-041, version 0.9"
	Ask       string // what is to be decided
	Standing  string // how far the others are
	Mark      effectMark
	Counts    string
	Proof     string // how much of it is proved
	Treated   string
	Period    string
	Grouped   []review.Grouped // who was treated
	Lose      string
	Gain      string
	Cost      string
	Rows      []changeRow
	Same      int    // criteria that do not change
	SameHref  string // where they are
	Compare   string // both texts, word by word; "" where there is no text
	Gains     []string
	Loses     []string
	NoGain    string   // said where Gains is empty
	NoLoss    string   // the same of Loses
	Unsure    []string // what is not proved, or opposite
	Chart     *effectChart
	Sources   []string
	Level     string
	LevelSays string
	Steps     []stepRow
	Say       string // address of the form for the level; "" for who may not
	Numbers   string // address of the form for shares and price
	Decisions string // address
}

// changeRow is one criterion that changes.
type changeRow struct {
	Name, Href      string
	Today, Proposed []string // exact words, one criterion each
	Mark            effectMark
	Why             string
	Mandated        bool
}

// effectChart draws who loses and who gains as two bars, in units of its view box. Small counts are drawn as fewer than 5.
type effectChart struct {
	Label string // the same in words
	Bars  []effectBar
}

type effectBar struct {
	Name, Words   string
	Y, TextY      int
	Sure, Perhaps int // widths: to the low end of the range, and on to the high end
	PerhapsX      int
	WordsX        int
	Fill, Stroke  string
}

var effectTemplate = view.Define[effectPage]("review/effect.html")

func (p *Pages) effect(c *gin.Context) (page.Result, error) {
	x, e, err := p.placeEffect(c)
	if err != nil {
		return page.Result{}, err
	}
	made, err := p.Decisions.OfPolicy(c.Request.Context(), page.Actor(c), x.Policy.ID)
	if err != nil {
		return page.Result{}, err
	}
	pol, own := x.Policy, address(x.Policy.ID, "effects", e.Commissioner.ID)
	level := e.Grade.Words()
	if held, by := e.Holds(); by != nil {
		level = fmt.Sprintf("%d: %s", held, held.Words())
	}
	d := effectPage{Frame: p.belowEffects(c, pol, e.Name), Place: e.Name, Line: comparedLine(pol), Ask: ask(x, e, made), Standing: standingOf(x, made),
		Mark: markOf(e.Effect), Counts: countsWords(e), Proof: e.Counts.Proof(), Treated: e.Impact.TreatedWords(), Lose: e.LoseWords(), Gain: e.GainWords(), Cost: e.Impact.CostWords(),
		SameHref: address(pol.ID, "matrix"), Chart: chartOf(e.Impact), Sources: sourcesOf(e), Level: level,
		LevelSays: p.levelStanding(c, e), Steps: stepRows(e.Grade), Decisions: address(pol.ID, "decisions")}
	if e.Impact.Known() {
		d.Period, d.Grouped = e.Impact.Period(), e.Impact.Grouped()
	}
	if text := todayText(x.Matrix, e.Commissioner.ID); text != "" {
		d.Compare = address(pol.ID, "differences") + "?from=" + text
	}
	if access.May(page.Actor(c), access.LevelConfirm, access.For(e.Commissioner.ID)) {
		d.Say = own + "/level"
	}
	if access.May(page.Actor(c), access.ActivityEdit, access.For(e.Commissioner.ID)) {
		d.Numbers = own + "/numbers"
	}
	d.changes(x, e)
	return page.Result{Page: effectTemplate.Page(d)}, nil
}

// changes shows the criteria that change and says by which of them people gain and lose.
func (d *effectPage) changes(x *review.Effects, e *review.PlaceEffect) {
	d.NoGain, d.NoLoss = nobody(e.MayGive()), nobody(e.MayTake())
	if e.Doubt != "" {
		d.Unsure = append(d.Unsure, e.Doubt)
	}
	if e.Ends {
		d.Loses = append(d.Loses, "All who are treated today: it would be no longer routinely funded")
	}
	if e.Begins {
		d.Gains = append(d.Gains, "All who meet the criteria: it is not routinely funded today")
	}
	if today := positionToday(x.Matrix, e.Commissioner.ID); today != "" && (e.Position == textdiff.Narrower || e.Position == textdiff.Wider) {
		proposed, _ := x.Policy.Position()
		d.Rows = append(d.Rows, changeRow{Name: "Position", Href: address(x.Policy.ID), Today: []string{today}, Proposed: []string{proposed.Words()},
			Mark: markOf(e.Position), Why: "by the recorded positions"})
	}
	for _, ch := range e.Changes {
		if ch.Effect == textdiff.NoEffect {
			d.Same++
			continue
		}
		href := address(x.Policy.ID, "matrix") + "#w-" + ch.Key
		if x.Matrix.InForce[e.Commissioner.ID] != nil && ch.Proposed.Empty() { // the matrix shows the draft and local policies
			href = d.Compare
		}
		d.Rows = append(d.Rows, changeRow{Name: ch.Name, Href: href, Today: exact(ch.Today), Proposed: exact(ch.Proposed),
			Mark: changeMark(&ch), Why: ch.Why, Mandated: ch.Mandated})
		words := ch.Name + ": " + ch.Why
		switch ch.Effect {
		case textdiff.Wider:
			d.Gains = append(d.Gains, words)
		case textdiff.Narrower:
			d.Loses = append(d.Loses, words)
		case textdiff.Mixed:
			d.Gains, d.Loses = append(d.Gains, words), append(d.Loses, words)
		default:
			d.Unsure = append(d.Unsure, words)
		}
	}
}

// changeMark is the effect of one change: where nothing is proved, what people are to do.
func changeMark(x *harmony.Change) effectMark {
	switch {
	case x.Effect != textdiff.Unclear:
		return markOf(x.Effect)
	case x.Today.Empty() || x.Proposed.Empty():
		return effectMark{"unsure", harmony.None.Word()}
	}
	return effectMark{"unsure", harmony.Other.Word()}
}

// nobody says that no change is proved to concern anybody; what is not proved may concern some.
func nobody(some bool) string {
	if some {
		return "Nobody for certain. What is not proved may concern some."
	}
	return "Nobody, as far as the words tell."
}

// todayText names what a place has today as the differences page knows it; "" where it has no text of its own.
func todayText(m *review.Matrix, place string) string {
	l, v := m.Locals[place], m.InForce[place]
	switch {
	case v != nil && v.Varied:
		return "v" + v.Adopted.String() + ":" + place
	case v != nil:
		return "v" + v.Version.Number.String()
	case l != nil && l.Without == review.HasPolicy:
		return "local:" + l.ID
	}
	return ""
}

// positionToday is how far a place funds the treatment today, in words; "" where nothing of its own is known.
func positionToday(m *review.Matrix, place string) string {
	l, v := m.Locals[place], m.InForce[place]
	switch {
	case v != nil:
		position, _ := v.Version.Position()
		return position.Words()
	case l == nil:
		return ""
	case l.Without != review.HasPolicy:
		return l.Without.Words()
	}
	return l.Position.Words()
}

// exact are the words of an entry, one criterion each.
func exact(e harmony.Entry) []string {
	if e.Empty() {
		return nil
	}
	return strings.Split(e.Words(), "\n")
}

// comparedLine names the text that is compared.
func comparedLine(pol *review.Policy) string {
	if last, ok := pol.Latest(); ok && last.Save == pol.Saves {
		return fmt.Sprintf("%s, version %s", pol.Reference, last.Number)
	}
	return fmt.Sprintf("%s, draft, save %d", pol.Reference, pol.Saves)
}

// ask says what the commissioner is asked to decide.
func ask(x *review.Effects, e *review.PlaceEffect, made []*decision.Decision) string {
	last, ok := x.Policy.Latest()
	if !ok || !last.Final || last.Save != x.Policy.Saves {
		return "Nothing is put to decision yet. This is what the draft would change."
	}
	for _, d := range made {
		if d.Commissioner == e.Commissioner.ID && d.Version == last.Number.String() {
			return fmt.Sprintf("Decided on %s on version %s: %s.", d.DecidedOn.Words(), d.Version, strings.ToLower(d.Outcome.Done()))
		}
	}
	words := fmt.Sprintf("You are asked to adopt version %s", last.Number)
	if x.Policy.Effective != 0 {
		words += " from " + x.Policy.Effective.Words()
	}
	return words + insteadOf(x.Matrix, e.Commissioner.ID) + "."
}

// insteadOf says what the place has today.
func insteadOf(m *review.Matrix, place string) string {
	l, v := m.Locals[place], m.InForce[place]
	switch {
	case v != nil && v.Varied:
		return fmt.Sprintf(" in place of version %s with your variation, which applies since %s", v.Version.Number, v.From.Words())
	case v != nil:
		return fmt.Sprintf(" in place of version %s, which applies since %s", v.Version.Number, v.From.Words())
	case l == nil:
		return ""
	case l.Without != review.HasPolicy:
		return ". " + l.Without.Words() + " today"
	case l.Effective != 0:
		year, _, _ := l.Effective.Parts()
		return fmt.Sprintf(" in place of your policy of %d", year)
	}
	return " in place of your policy"
}

// standingOf says how many have adopted the version that is put to decision.
func standingOf(x *review.Effects, made []*decision.Decision) string {
	last, ok := x.Policy.Latest()
	if !ok || !last.Final {
		return ""
	}
	adopted, varied := 0, 0
	for _, d := range made {
		if d.Version == last.Number.String() && d.Outcome.Adopts() {
			adopted++
			if d.Outcome == decision.Vary {
				varied++
			}
		}
	}
	words := fmt.Sprintf("%d of %s adopted version %s", adopted, placesWords(len(x.Places)), last.Number)
	if varied > 0 {
		words += fmt.Sprintf(", %d of them with a variation", varied)
	}
	return words + "."
}

// sourcesOf say what the numbers rest on.
func sourcesOf(e *review.PlaceEffect) []string {
	var out []string
	i := e.Impact
	if i.Known() {
		out = append(out, "Treated: hospital activity, "+i.Period())
	}
	if x := i.Estimate; x != nil {
		if x.Lose.Given {
			out = append(out, "Lose: "+x.Lose.Words()+" of those treated")
		}
		if x.Gain.Given {
			out = append(out, "Gain: as many as "+x.Gain.Words()+" of those treated")
		}
		if x.Source != "" {
			out = append(out, "Shares: "+e.SharesSource())
		}
		if x.Price > 0 {
			out = append(out, "One treatment costs "+x.PriceWords()+": "+x.PriceSource)
		}
	}
	return out
}

// chartOf draws who loses and who gains; nil when that is not known or shown, or nobody does.
func chartOf(i review.Impact) *effectChart {
	if i.Lose == nil || i.Gain == nil || i.Concealed() || max(i.Lose.High, i.Gain.High) == 0 {
		return nil
	}
	most := max(safeEnd(i.Lose.High), safeEnd(i.Gain.High))
	bar := func(name, words string, of harmony.People, row int, fill, stroke string) effectBar {
		high := safeEnd(of.High) * 220 / most
		low := 0
		if of.Low >= review.Small {
			low = of.Low * 220 / most
		}
		return effectBar{Name: name, Words: words, Y: 6 + row*34, TextY: 25 + row*34, Sure: low, PerhapsX: 52 + low, Perhaps: high - low, WordsX: 60 + high, Fill: fill, Stroke: stroke}
	}
	return &effectChart{Label: "Lose: " + i.LoseWords() + ". Gain: " + i.GainWords() + ".", Bars: []effectBar{
		bar("Lose", i.LoseWords(), *i.Lose, 0, "#ffdc8e", "#4d3708"), bar("Gain", i.GainWords(), *i.Gain, 1, "#ccdff1", "#004281")}}
}

// safeEnd is the end of a range as it is drawn: a small one as fewer than 5.
func safeEnd(n int) int {
	if n > 0 {
		return max(n, review.Small)
	}
	return 0
}
