package reviewpages

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/harmony"
	"concordat/review/record"
	"concordat/review/textdiff"
	"concordat/server/internal/diffview"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// differencesPage shows what is different in two texts of a policy.
type differencesPage struct {
	Frame  view.Frame
	Head   policyhead.Head
	Path   string
	From   view.Select
	To     view.Select
	Mode   string
	Inline string // address of this comparison in one text
	Side   string // and side by side
	View   diffview.View
}

var differencesTemplate = view.Define[differencesPage]("review/differences.html")

func (p *Pages) differences(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	from, to := c.Query("from"), c.Query("to")
	if from == "" {
		from = defaultFrom(pol)
	}
	if to == "" {
		to = "s" + strconv.Itoa(pol.Saves)
	}
	before, err := p.side(c, pol, from)
	if err != nil {
		return page.Result{}, err
	}
	after, err := p.side(c, pol, to)
	if err != nil {
		return page.Result{}, err
	}
	options, err := p.comparable(c, pol, map[string]string{from: before.Name, to: after.Name})
	if err != nil {
		return page.Result{}, err
	}
	d := differencesPage{Frame: p.frame(c, pol, "Differences"), Head: p.head(c, pol, policyhead.Differences), Path: address(pol.ID, "differences"), Mode: string(diffview.Inline),
		From: view.Select{Name: "from", Value: from, Label: view.Label{Text: "From"}, Options: options},
		To:   view.Select{Name: "to", Value: to, Label: view.Label{Text: "to"}, Options: options}}
	if c.Query("view") == string(diffview.Side) {
		d.Mode = string(diffview.Side)
	}
	q := url.Values{"from": {from}, "to": {to}, "view": {string(diffview.Inline)}}
	d.Inline = d.Path + "?" + q.Encode()
	q.Set("view", string(diffview.Side))
	d.Side = d.Path + "?" + q.Encode()
	d.View = diffview.Rows(before, after, diffview.Mode(d.Mode))
	level, steps := textdiff.Level(d.View.Found)
	d.View.Level = &diffview.Level{Words: fmt.Sprintf("%d: %s", level, harmony.Level(level).Words()), Steps: steps}
	return page.Result{Page: differencesTemplate.Page(d)}, nil
}

// defaultFrom is the newest version before the draft, or the first save.
func defaultFrom(pol *review.Policy) string {
	for i := len(pol.Issued) - 1; i >= 0; i-- {
		if m := pol.Issued[i]; m.Save != pol.Saves {
			return "v" + m.Number.String()
		}
	}
	return "s" + strconv.Itoa(max(pol.Saves-1, 1))
}

// side reads a text by its name in the address: "s12", "v0.4", "v1.0:<commissioner>" as it varied that, "local:<id>".
func (p *Pages) side(c *gin.Context, pol *review.Policy, ref string) (diffview.Labelled, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	if id, ok := strings.CutPrefix(ref, "local:"); ok {
		l, err := p.Review.Local(ctx, by, id)
		if err != nil {
			return diffview.Labelled{}, err
		}
		if l.Policy != pol.ID {
			return diffview.Labelled{}, fmt.Errorf("local policy %s of another policy: %w", id, record.ErrNotFound)
		}
		places, err := p.places(ctx)
		text := diffview.Labelled{Name: localName(places, l), Text: clause.Parse(l.Markdown)}
		if l.Replaced == "" { // what was replaced has no page of its own
			text.At = anchored(address(pol.ID, "local", l.Commissioner), clause.Anchors(l.Text()))
		}
		return text, err
	}
	if n, ok := strings.CutPrefix(ref, "v"); ok {
		n, place, varied := strings.Cut(n, ":")
		number, err := review.ParseNumber(n)
		if err != nil {
			return diffview.Labelled{}, err
		}
		v, err := p.Review.ReadVersion(ctx, by, pol.ID, number)
		if err != nil {
			return diffview.Labelled{}, err
		}
		if varied {
			return p.varied(c, v, place)
		}
		return diffview.Labelled{Name: "Version " + n + ", " + record.DateOf(v.Issued).Words(), Text: v.Text(), At: anchored(address(pol.ID, "versions", v.Number.String()), v.Anchors)}, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(ref, "s"))
	if err != nil || n < 1 {
		return diffview.Labelled{}, fmt.Errorf("text %q: %w", ref, record.ErrNotFound)
	}
	s, err := p.Review.ReadSave(ctx, by, pol.ID, n)
	if err != nil {
		return diffview.Labelled{}, err
	}
	return diffview.Labelled{Name: saveName(pol, n), Text: s.Text(), At: anchored(address(pol.ID, "saves", strconv.Itoa(n)), s.Anchors)}, nil
}

// anchored gives the address of a clause on the page of a text with these anchors.
func anchored(path string, anchors []string) func(int) string {
	return func(clause int) string {
		if clause >= len(anchors) { // of a text whose anchors do not fit
			return path
		}
		return at(path, anchors[clause])
	}
}

// at is the address of a place on a page; that of the page for "".
func at(path, anchor string) string {
	if anchor == "" {
		return path
	}
	return path + "#" + anchor
}

// varied is a version as a commissioner reads it that adopted it with a variation.
func (p *Pages) varied(c *gin.Context, v *review.Version, place string) (diffview.Labelled, error) {
	made, err := p.Decisions.OfPolicy(c.Request.Context(), page.Actor(c), v.Policy)
	if err != nil {
		return diffview.Labelled{}, err
	}
	i := slices.IndexFunc(made, func(d *decision.Decision) bool {
		return d.Commissioner == place && d.Version == v.Number.String() && d.Outcome == decision.Vary
	})
	if i < 0 {
		return diffview.Labelled{}, fmt.Errorf("variation of version %s by %s: %w", v.Number, place, record.ErrNotFound)
	}
	joined, err := made[i].Overlay.Apply(v.Text())
	if err != nil {
		return diffview.Labelled{}, err
	}
	places, err := p.places(c.Request.Context())
	return diffview.Labelled{Name: variedName(places, made[i]), Text: joined.Text}, err
}

func variedName(places review.Places, d *decision.Decision) string {
	return "Version " + d.Version + " as varied in " + placeName(places, d.Commissioner)
}

// localName names a local policy in a list of texts; one that was replaced by the day since when it was in force.
func localName(places review.Places, l *review.LocalPolicy) string {
	name := placeName(places, l.Commissioner) + ", local policy"
	if l.Replaced == "" {
		return name
	}
	return name + " before, " + sinceWhen(l)
}

func sinceWhen(l *review.LocalPolicy) string {
	if l.Effective == 0 {
		return "since before records"
	}
	return "since " + l.Effective.Words()
}

func saveName(pol *review.Policy, n int) string {
	if n == pol.Saves {
		return fmt.Sprintf("Save %d, the draft", n)
	}
	return fmt.Sprintf("Save %d", n)
}

// savesOffered is how many saves the lists offer; older ones are reached from the history.
const savesOffered = 30

// comparable lists what can be compared; chosen are always in it.
func (p *Pages) comparable(c *gin.Context, pol *review.Policy, chosen map[string]string) ([]view.Option, error) {
	var out []view.Option
	for i := len(pol.Issued) - 1; i >= 0; i-- {
		m := pol.Issued[i]
		out = append(out, view.Option{Value: "v" + m.Number.String(), Text: "Version " + m.Number.String() + ", " + record.DateOf(m.Issued).Words()})
	}
	for n := pol.Saves; n > 0 && n > pol.Saves-savesOffered; n-- {
		out = append(out, view.Option{Value: "s" + strconv.Itoa(n), Text: saveName(pol, n)})
	}
	locals, err := p.Review.LocalHistory(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return nil, err
	}
	places, err := p.places(c.Request.Context())
	if err != nil {
		return nil, err
	}
	made, err := p.Decisions.OfPolicy(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return nil, err
	}
	for _, d := range made {
		if d.Outcome == decision.Vary {
			out = append(out, view.Option{Value: "v" + d.Version + ":" + d.Commissioner, Text: variedName(places, d)})
		}
	}
	for _, l := range locals {
		if l.Without == review.HasPolicy {
			out = append(out, view.Option{Value: "local:" + l.ID, Text: localName(places, l)})
		}
	}
	for _, o := range out {
		delete(chosen, o.Value)
	}
	for _, value := range sortedKeys(chosen) {
		out = append(out, view.Option{Value: value, Text: chosen[value]})
	}
	return out, nil
}
