package reviewpages

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// mergePage shows each clause that two people changed, with both texts. All else is kept as it was joined.
type mergePage struct {
	Frame     view.Frame
	Errors    view.Errors
	Path      string
	Revision  int64
	Save      int
	Other     string // who saved meanwhile
	Sections  []review.Section
	Conflicts []conflictBox
	Count     int
}

// conflictBox is one such clause.
type conflictBox struct {
	choice
	Number int
	Title  string
	Texts  []sideText
	Choice view.Radios
	Text   view.Textarea
}

// sideText is the clause as one of the two people has it, or as it was before.
type sideText struct {
	Heading string
	View    shown
}

// choice is a clause that two people changed, and which text is to stay.
type choice struct {
	Section, Label     string
	Offset             int // where Mine stands, or would stand, in the joined section
	Base, Mine, Theirs string
	Keep, Own          string
}

// choices are what the page shows and reads back.
type choices struct {
	sections []review.Section
	list     []choice
}

// The texts that can stay.
const (
	keepMine   = "mine"
	keepTheirs = "theirs"
	keepOwn    = "own"
)

var mergeTemplate = view.Define[mergePage]("review/merge.html")

func newChoices(m *review.MergeNeeded) choices {
	out := choices{sections: m.Merged}
	for _, x := range m.Conflicts {
		own := strings.TrimSpace(x.Mine + "\n\n" + x.Theirs)
		out.list = append(out.list, choice{Section: x.Section, Label: x.Label, Offset: x.Offset, Base: x.Base, Mine: x.Mine, Theirs: x.Theirs, Own: own})
	}
	return out
}

func (p *Pages) mergeForm(c *gin.Context, pol *review.Policy, made choices, errs view.Errors) (page.Result, error) {
	ctx := c.Request.Context()
	d := mergePage{Frame: below(p.frame(c, pol, "Two people changed the same text"), pol), Errors: errs, Path: address(pol.ID), Revision: pol.Revision,
		Save: pol.Saves, Sections: made.sections, Count: len(made.list), Other: "Somebody else"}
	d.Frame.HasErrors = errs.Any()
	if last, err := p.Review.ReadSave(ctx, page.Actor(c), pol.ID, pol.Saves); err == nil && last.By != page.Actor(c).ID {
		d.Other = p.Name(ctx, last.By)
	}
	for i, x := range made.list {
		b, err := newConflictBox(i, x, pol.Section(x.Section).Title, d.Other, errs)
		if err != nil {
			return page.Result{}, err
		}
		d.Conflicts = append(d.Conflicts, b)
	}
	return page.Result{Page: mergeTemplate.Page(d), Status: http.StatusConflict}, nil
}

func newConflictBox(i int, x choice, title, other string, errs view.Errors) (conflictBox, error) {
	name := "c" + strconv.Itoa(i)
	b := conflictBox{choice: x, Number: i, Title: title}
	if x.Label != "" {
		b.Title += ", " + x.Label
	}
	b.Choice = view.Radios{Name: name + "-keep", Value: x.Keep, Small: true, Legend: view.Legend{Text: "Which text is to stay?", Size: "s"}, Error: errs.Of(name + "-keep"),
		Items: []view.Choice{{Text: "Mine", Value: keepMine}, {Text: "The text by " + other, Value: keepTheirs}, {Text: "The text that I write below", Value: keepOwn}}}
	b.Text = view.Textarea{Name: name + "-own", Value: x.Own, Rows: rows(x.Own), Label: view.Label{Text: "A text made of both", Size: "s"},
		Hint: view.Hint{Text: "It begins with both texts, one after the other. Used only when you choose it above"}}
	for j, side := range [][2]string{{"Before", x.Base}, {"Mine", x.Mine}, {"By " + other, x.Theirs}} {
		s := sideText{Heading: side[0], View: shown{Key: name + "-" + strconv.Itoa(j)}}
		if strings.TrimSpace(side[1]) != "" {
			if err := s.View.fill(side[1], nil, nil); err != nil {
				return b, err
			}
		}
		b.Texts = append(b.Texts, s)
	}
	return b, nil
}

// merge saves the text with the chosen clauses.
func (p *Pages) merge(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	base, err := strconv.Atoi(c.PostForm("save"))
	if err != nil || base < 1 || base > pol.Saves {
		return page.Result{}, errNoSave
	}
	made, errs := readChoices(c, pol)
	if errs.Any() {
		return p.mergeForm(c, pol, made, errs)
	}
	sections, err := made.apply()
	if err != nil {
		return page.Result{}, err
	}
	return p.saveSections(c, pol, e, typed{sections: sections, save: base}, address(pol.ID))
}

// mostChoices bounds a form; no text has as many clauses in dispute.
const mostChoices = 2000

func readChoices(c *gin.Context, pol *review.Policy) (made choices, errs view.Errors) {
	made.sections = slices.Clone(pol.Sections)
	for i, s := range made.sections {
		if _, sent := c.GetPostForm(sectionField(s.Key)); sent {
			made.sections[i].Markdown = c.PostForm(sectionField(s.Key)) // not trimmed: places in it are counted
		}
	}
	n, err := strconv.Atoi(c.PostForm("conflicts"))
	if err != nil || n < 0 || n > mostChoices {
		n = 0
	}
	for i := range n {
		name := "c" + strconv.Itoa(i)
		offset, err := strconv.Atoi(c.PostForm(name + "-offset"))
		if err != nil {
			offset = -1
		}
		x := choice{Section: c.PostForm(name + "-section"), Label: c.PostForm(name + "-label"), Offset: offset, Base: c.PostForm(name + "-base"), Mine: c.PostForm(name + "-mine"),
			Theirs: c.PostForm(name + "-theirs"), Keep: line(c, name+"-keep"), Own: c.PostForm(name + "-own")}
		if x.Keep != keepMine && x.Keep != keepTheirs && x.Keep != keepOwn {
			errs.Add(name+"-keep", "Choose which text of “"+pol.Section(x.Section).Title+"” is to stay")
		}
		made.list = append(made.list, x)
	}
	return made, errs
}

func (x choice) text() string {
	switch x.Keep {
	case keepTheirs:
		return x.Theirs
	case keepOwn:
		return strings.TrimSpace(x.Own)
	}
	return x.Mine
}

var errOtherText = errors.New("the joined text is not the one that was shown")

// apply puts the chosen texts in their places, from the last to the first, so that places stay right. Of two at one
// place the first has no words there, and stands before the second.
func (m choices) apply() ([]review.Section, error) {
	list := slices.Clone(m.list)
	slices.Reverse(list)
	slices.SortStableFunc(list, func(a, b choice) int { return cmp.Compare(b.Offset, a.Offset) })
	out := slices.Clone(m.sections)
	for _, x := range list {
		i := slices.IndexFunc(out, func(s review.Section) bool { return s.Key == x.Section })
		if i < 0 {
			return nil, errors.Join(errOtherText, record.ErrConflict)
		}
		text, err := x.put(out[i].Markdown)
		if err != nil {
			return nil, err
		}
		out[i].Markdown = text
	}
	return out, nil
}

func (x choice) put(text string) (string, error) {
	if x.Offset < 0 || x.Offset > len(text) || !strings.HasPrefix(text[x.Offset:], x.Mine) {
		return "", errors.Join(errOtherText, record.ErrConflict)
	}
	before, rest, chosen := text[:x.Offset], text[x.Offset+len(x.Mine):], x.text()
	if x.Mine == "" && chosen != "" {
		// Where I took the clause out there is nothing around it that keeps it apart.
		chosen = strings.TrimRight(chosen, "\n") + "\n\n"
		if before != "" && !strings.HasSuffix(before, "\n") {
			chosen = "\n\n" + chosen
		}
	}
	return before + chosen + rest, nil
}
