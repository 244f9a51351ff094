package publicpages

import (
	"fmt"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/diffview"
	"concordat/server/internal/page"
	"concordat/server/internal/public"
	"concordat/web/view"
)

// comparePage is what is different between two public texts on the same treatment: words and moves. What they do for
// patients is a claim that nobody has checked here.
type comparePage struct {
	Frame       view.Frame
	Title, Slug string
	From, To    view.Select
	Layout      view.Select
	Differences diffview.View
}

var compareTemplate = view.Define[comparePage]("public/compare.html")

func (p *Pages) compare(c *gin.Context) (page.Result, error) {
	s, found, err := p.policy(c.Param("slug"))
	if err != nil {
		return page.Result{}, err
	}
	texts := s.Texts(found)
	before, after := found.Compared(texts)
	if c.Query("from") != "" {
		after = 0 // the newest version, and not what one area made of it
	}
	from, to := c.DefaultQuery("from", texts[before].Key), c.DefaultQuery("to", texts[after].Key)
	was, err := textByKey(texts, from)
	if err != nil {
		return page.Result{}, err
	}
	is, err := textByKey(texts, to)
	if err != nil {
		return page.Result{}, err
	}
	mode := diffview.Mode(c.Query("view"))
	x := comparePage{Frame: p.Site.PublicFrame(found.Now.Title+": what is different", "library"), Title: found.Now.Title, Slug: found.Slug,
		From: textSelect("from", "Compare", texts, from), To: textSelect("to", "with", texts, to),
		Layout: view.Select{Name: "view", Label: view.Label{Text: "shown"}, Value: string(mode),
			Options: []view.Option{{Value: "inline", Text: "in one text"}, {Value: "side", Text: "side by side"}}},
		Differences: diffview.Words(was, is, mode)}
	x.Frame.NoIndex = true
	x.Frame.Crumbs = []view.Link{{Text: "Policies", Href: "/"}, {Text: found.Now.Title, Href: "/policies/" + found.Slug}}
	return page.Result{Page: compareTemplate.Page(x)}, nil
}

func textByKey(texts []public.Text, key string) (diffview.Labelled, error) {
	for _, t := range texts {
		if t.Key == key {
			text, at := t.Read()
			return diffview.Labelled{Name: t.Name, Text: text, At: at}, nil
		}
	}
	return diffview.Labelled{}, fmt.Errorf("public text %q: %w", key, record.ErrNotFound)
}

func textSelect(name, label string, texts []public.Text, value string) view.Select {
	s := view.Select{Name: name, Label: view.Label{Text: label}, Value: value}
	for _, t := range texts {
		s.Options = append(s.Options, view.Option{Value: t.Key, Text: t.Name})
	}
	return s
}

// localPage is a commissioner's own policy.
type localPage struct {
	Frame   view.Frame
	Title   string
	Caption string // whose it is, or that there is none
	Note    string
	Facts   view.SummaryList
	Text    view.HTML // empty until a person has compared it with the original
	Unread  bool      // there is a text that nobody has compared yet
	Lost    []string
	File    view.Link // the original
	Policy  view.Link
	Compare string
}

var localTemplate = view.Define[localPage]("public/local.html")

func (p *Pages) local(c *gin.Context) (page.Result, error) {
	s, err := p.snapshot()
	if err != nil {
		return page.Result{}, err
	}
	l, policy := s.Local(c.Param("id"))
	if l == nil {
		return page.Result{}, fmt.Errorf("public local policy %q: %w", c.Param("id"), record.ErrNotFound)
	}
	area := s.Place(l.Commissioner)
	if area == nil {
		return page.Result{}, fmt.Errorf("commissioner %s: %w", l.Commissioner, record.ErrNotFound)
	}
	x := localPage{Title: l.Title, Caption: area.Short + "’s own policy", Note: s.Period(policy, l), Facts: localFacts(l),
		Policy: view.Link{Text: policy.Now.Title, Href: "/policies/" + policy.Slug}}
	if x.Title == "" {
		x.Title = policy.Now.Title
	}
	if l.Without != review.HasPolicy {
		x.Caption = area.Short + " has no policy of its own"
	}
	x.Frame = p.Site.PublicFrame(x.Title+", "+area.Short, "library")
	x.Frame.NoIndex = true
	x.Frame.Crumbs = []view.Link{{Text: "Policies", Href: "/"}, x.Policy}
	if l.Readable() {
		if x.Text, err = public.Numbered(l.Text()); err != nil {
			return page.Result{}, err
		}
		x.Compare = "/policies/" + policy.Slug + "/compare?from=local:" + l.ID
		for _, loss := range l.Losses {
			x.Lost = append(x.Lost, strings.TrimSpace(loss.What+" "+loss.Where))
		}
	}
	x.Unread = l.Without == review.HasPolicy && !l.Readable()
	if f := l.Original; f != nil {
		x.File = view.Link{Text: f.Name, Href: "/local/" + l.ID + "/original"}
	}
	return page.Result{Page: localTemplate.Page(x)}, nil
}

func localFacts(l *review.LocalPolicy) view.SummaryList {
	var list view.SummaryList
	add := func(key, value string) {
		if value != "" {
			list.Rows = append(list.Rows, view.SummaryRow{Key: key, Value: value})
		}
	}
	if l.Without != review.HasPolicy {
		add("What it has", l.Without.Words())
		add("What that means", l.Without.Meaning())
	}
	if l.Position != "" {
		add("Position", l.Position.Words())
	}
	add("Reference", l.Reference)
	add("In force from", l.Effective.Words())
	add("Review date", l.Review.Words())
	add("OPCS-4", strings.Join(l.Codes.OPCS4, ", "))
	add("ICD-10", strings.Join(l.Codes.ICD10, ", "))
	add("Source", l.SourceAddress())
	return list
}
