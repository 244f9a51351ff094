package reviewpages

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// errNoSave refuses a form that says it was typed over a save that there is not.
var errNoSave = fmt.Errorf("the save typed over: %w", record.ErrConflict)

func (p *Pages) moment(t time.Time) string {
	return t.In(record.London()).Format("2 January 2006 at 15:04")
}

func (p *Pages) clock() string { return p.Site.Now().In(record.London()).Format("15:04") }

func same(a, b []review.Section) bool {
	return slices.EqualFunc(over(b, a), b, func(x, y review.Section) bool {
		return strings.TrimSpace(x.Markdown) == strings.TrimSpace(y.Markdown)
	})
}

// over are sections with the texts of others of the same keys.
func over(sections, texts []review.Section) []review.Section {
	out := slices.Clone(sections)
	for i := range out {
		for _, t := range texts {
			if t.Key == out[i].Key {
				out[i].Markdown = t.Markdown
			}
		}
	}
	return out
}

// after is what the pressed button asks beside saving.
type after struct{ verb, object string }

func readAfter(c *gin.Context) after {
	verb, object, _ := strings.Cut(c.PostForm("do"), " ")
	return after{verb, object}
}

// save saves the text. Whatever the button leads to, what was typed is saved first.
func (p *Pages) save(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	do := readAfter(c)
	if do.verb == "discard" {
		err := p.Review.Discard(c.Request.Context(), page.Actor(c), pol.ID)
		return page.Result{SeeOther: address(pol.ID), Flash: "What was not saved is discarded"}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	base, err := strconv.Atoi(c.PostForm("save"))
	if err != nil || base < 1 || base > pol.Saves {
		return page.Result{}, errNoSave
	}
	sections := typedSections(c, pol.Sections)
	if do.verb == "insert" {
		sections = insertStandard(pol.KindID, sections, do.object)
	}
	if base == pol.Saves && same(sections, pol.Sections) {
		return p.unchanged(c, pol, do)
	}
	return p.saveSections(c, pol, e, typed{sections: sections, save: base}, do.next(pol))
}

// unchanged goes on without a save, which would hold nothing new.
func (p *Pages) unchanged(c *gin.Context, pol *review.Policy, do after) (page.Result, error) {
	r := page.Result{SeeOther: do.next(pol)}
	if do.verb == "save" {
		r.Flash = "There was nothing to save: the text is as it was"
	}
	return r, p.Review.Discard(c.Request.Context(), page.Actor(c), pol.ID)
}

func (p *Pages) saveSections(c *gin.Context, pol *review.Policy, e record.Edit, boxes typed, next string) (page.Result, error) {
	_, joined, err := p.Review.SaveText(c.Request.Context(), e, boxes.save, boxes.sections)
	var clash *review.MergeNeeded
	switch {
	case errors.As(err, &clash):
		return p.mergeForm(c, clash.Policy, newChoices(clash), nil)
	case errors.Is(err, record.ErrConflict):
		var errs view.Errors
		errs.Add("maincontent", "Several people saved at this moment. Save again")
		return p.desk(c, pol, boxes, nil, errs)
	}
	if errs, ok := refused(err); ok {
		return p.desk(c, pol, boxes, nil, atSections(errs, pol.Sections))
	}
	if err != nil {
		return page.Result{}, err
	}
	flash := "Saved"
	if joined {
		flash = "Saved. Somebody else saved other paragraphs meanwhile: both changes are in the text now"
	}
	return page.Result{SeeOther: next, Flash: flash}, nil
}

// next is where the person goes after the save.
func (a after) next(pol *review.Policy) string {
	switch a.verb {
	case "issue":
		return address(pol.ID, "issue")
	case "insert":
		return address(pol.ID) + "#sec-" + url.PathEscape(a.object)
	case "keep":
		rule, about, _ := strings.Cut(a.object, " ")
		return address(pol.ID, "keep") + "?" + url.Values{"rule": {rule}, "about": {about}}.Encode()
	}
	return address(pol.ID)
}

func insertStandard(kindID string, sections []review.Section, key string) []review.Section {
	kind, err := review.KindByID(kindID)
	if err != nil {
		return sections
	}
	for i, s := range sections {
		if s.Key == key && strings.TrimSpace(s.Markdown) == "" {
			sections[i].Markdown = kind.Template(key).Standard
		}
	}
	return sections
}

// atSections lets messages about sections lead to their boxes.
func atSections(errs view.Errors, sections []review.Section) (out view.Errors) {
	for _, x := range errs {
		if slices.ContainsFunc(sections, func(s review.Section) bool { return s.Key == x.Field }) {
			x.Field = sectionField(x.Field)
		}
		out.Add(x.Field, x.Message)
	}
	return out
}

// keepPage asks for the reason with which a warning is kept.
type keepPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	Rule     string
	About    string
	Message  string
	Why      string
	Reason   view.Textarea
}

var keepTemplate = view.Define[keepPage]("review/keep.html")

func (p *Pages) showKeep(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyEdit)
	if err != nil {
		return page.Result{}, err
	}
	return p.keepForm(c, pol, c.Query("rule"), c.Query("about"), "", nil)
}

func (p *Pages) keepForm(c *gin.Context, pol *review.Policy, rule, about, reason string, errs view.Errors) (page.Result, error) {
	findings := review.Check(pol, p.Site.Now())
	i := slices.IndexFunc(findings, func(f review.Finding) bool { return f.Rule == rule && f.About == about && f.Grade == review.Warn })
	if i < 0 {
		return page.Result{SeeOther: address(pol.ID), Flash: "The check does not find this any more"}, nil
	}
	d := keepPage{Frame: below(p.frame(c, pol, "Keep a warning"), pol), Errors: errs, Path: address(pol.ID), Revision: pol.Revision, Rule: rule, About: about,
		Message: findings[i].Message, Why: findings[i].Why, Reason: area("reason", "Why is it kept?", "Readers of the committee’s papers will see the reason", reason, 4, errs)}
	d.Frame.HasErrors = errs.Any()
	return answer(keepTemplate.Page(d), errs), nil
}

func (p *Pages) keep(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	rule, about := c.PostForm("rule"), c.PostForm("about")
	_, err = p.Review.Accept(c.Request.Context(), e, rule, about)
	if errs, ok := refused(err); ok {
		return p.keepForm(c, pol, rule, about, e.Reason, errs)
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("reason", "The policy was changed meanwhile. Look at the text again, then send the reason once more")
		return p.keepForm(c, pol, rule, about, e.Reason, errs)
	}
	return page.Result{SeeOther: address(pol.ID), Flash: "The warning is kept, with your reason"}, err
}
