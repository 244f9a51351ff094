package reviewpages

import (
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/server/internal/diffview"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// issuePage asks for the change note of a version, and shows what changed and what stands in the way.
type issuePage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	Note     view.Input
	Sort     view.Radios
	Despite  *view.Textarea // why a promise is passed over; nil while none is in the way
	Blocks   []checkRow
	Warnings int // that are not kept
	Since    string
	Changed  string // "7 changes: …"; empty when there was no version before
	Compare  string // address of the differences
}

var issueTemplate = view.Define[issuePage]("review/issue.html")

func (p *Pages) showIssue(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.issueForm(c, pol, issueTyped{sort: "draft"}, nil)
}

// issueTyped is what stands in the form.
type issueTyped struct{ note, sort, despite string }

func (p *Pages) issueForm(c *gin.Context, pol *review.Policy, t issueTyped, errs view.Errors) (page.Result, error) {
	last, issued := pol.Latest()
	d := issuePage{Frame: below(p.frame(c, pol, "Issue a version"), pol), Errors: errs, Path: address(pol.ID), Revision: pol.Revision,
		Note: input("note", "What changed, and why", "One line, up to 300 characters. The public reads it beside the text once a final version is published", t.note, errs),
		Sort: view.Radios{Name: "sort", Value: t.sort, Small: true, Legend: view.Legend{Text: "What is it for?", Size: "s"}, Error: errs.Of("sort"), Items: []view.Choice{
			{Text: "Draft " + last.Number.Draft().String(), Value: "draft", Hint: view.Hint{Text: "To be read and commented on"}},
			{Text: "Final " + last.Number.Final().String(), Value: "final", Hint: view.Hint{Text: "To be put to decision. Every check that must be fixed has to be fixed"}}}}}
	d.Frame.HasErrors = errs.Any()
	if t.despite != "" || errs.Of("despite") != "" {
		box := area("despite", "Why do you go on, although this was promised?", "It is kept in the trail", t.despite, 3, errs)
		d.Despite = &box
	}
	for _, f := range review.Check(pol, p.Site.Now()) {
		switch {
		case f.Grade == review.Block:
			d.Blocks = append(d.Blocks, newCheckRow(pol, f))
		case f.Kept == "":
			d.Warnings++
		}
	}
	if issued {
		v, err := p.Review.ReadVersion(c.Request.Context(), page.Actor(c), pol.ID, last.Number)
		if err != nil {
			return page.Result{}, err
		}
		d.Since = last.Number.String()
		d.Changed = changed(v.Text(), pol.Text())
		d.Compare = fmt.Sprintf("%s?from=v%s&to=s%d", address(pol.ID, "differences"), last.Number, pol.Saves)
	}
	return answer(issueTemplate.Page(d), errs), nil
}

func changed(before, after clause.Text) string {
	return diffview.Rows(diffview.Labelled{Text: before}, diffview.Labelled{Text: after}, diffview.Inline).Heading
}

func (p *Pages) issue(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	t := issueTyped{line(c, "note"), line(c, "sort"), block(c, "despite")}
	e.Reason = t.despite
	if t.sort != "final" && t.sort != "draft" {
		var errs view.Errors
		errs.Add("sort", "Choose what the version is for")
		return p.issueForm(c, pol, t, errs)
	}
	v, err := p.Review.Issue(c.Request.Context(), e, t.note, t.sort == "final")
	if errs, ok := refused(err); ok {
		return p.issueForm(c, pol, t, errs)
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("note", "The text was changed meanwhile. Look at what changed below, then issue the version again")
		return p.issueForm(c, pol, t, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	return page.Result{SeeOther: address(pol.ID, "saves"), Flash: "Version " + v.Number.String() + " is issued"}, nil
}

// erratumPage corrects the wording of a final version.
type erratumPage struct {
	Frame    view.Frame
	Errors   view.Errors
	Path     string
	Revision int64
	Of       string
	Reason   view.Textarea
	Sections []view.Textarea
}

var erratumTemplate = view.Define[erratumPage]("review/erratum.html")

// corrected reads the policy and the newest correction of the version that the address names.
func (p *Pages) corrected(c *gin.Context) (*review.Policy, *review.Version, error) {
	pol, err := p.policy(c)
	if err != nil {
		return nil, nil, err
	}
	if err := access.Check(page.Actor(c), access.PolicyErratum, access.For(pol.Commissioners...)); err != nil {
		return nil, nil, err
	}
	n, err := review.ParseNumber(c.Param("version"))
	if err != nil {
		return nil, nil, err
	}
	if m, ok := pol.Mark(n); !ok || !m.Final {
		return nil, nil, fmt.Errorf("an erratum of %s: %w", n, record.ErrNotFound)
	}
	v, err := p.Review.ReadVersion(c.Request.Context(), page.Actor(c), pol.ID, pol.Corrected(n))
	return pol, v, err
}

func (p *Pages) showErratum(c *gin.Context) (page.Result, error) {
	pol, v, err := p.corrected(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.erratumForm(c, pol, v, v.Sections, "", nil)
}

func (p *Pages) erratumForm(c *gin.Context, pol *review.Policy, v *review.Version, sections []review.Section, reason string, errs view.Errors) (page.Result, error) {
	d := erratumPage{Frame: below(p.frame(c, pol, "Correct version "+v.Number.String()), pol), Errors: errs, Path: address(pol.ID, "erratum", c.Param("version")),
		Revision: pol.Revision, Of: v.Number.String(), Reason: area("reason", "What was wrong, and why the meaning stays the same", "It is kept in the trail", reason, 3, errs)}
	d.Frame.HasErrors = errs.Any()
	for i, s := range sections {
		t := area(sectionField(s.Key), s.Title, "", s.Markdown, rows(s.Markdown), errs)
		if i == 0 && errs.Of("text") != "" {
			t.ID, t.Error = "text", errs.Of("text")
		}
		d.Sections = append(d.Sections, t)
	}
	return answer(erratumTemplate.Page(d), errs), nil
}

func (p *Pages) erratum(c *gin.Context) (page.Result, error) {
	pol, v, err := p.corrected(c)
	if err != nil {
		return page.Result{}, err
	}
	e, err := edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	sections := typedSections(c, v.Sections)
	issue := line(c, "do") == "issue"
	if line(c, "do") == "change" {
		pol.Revision = e.Revision // the form still stands for what was first on the screen
		return p.erratumForm(c, pol, v, sections, e.Reason, nil)
	}
	act := p.Review.ProposeErratum
	if issue {
		act = p.Review.Erratum
	}
	made, err := act(c.Request.Context(), e, v.Number, sections)
	if errs, ok := refused(err); ok {
		return p.erratumForm(c, pol, v, sections, e.Reason, atSections(errs, v.Sections))
	}
	if errors.Is(err, record.ErrConflict) {
		var errs view.Errors
		errs.Add("reason", "The policy was changed meanwhile. Look at the text again, then save the correction once more")
		return p.erratumForm(c, pol, v, sections, e.Reason, errs)
	}
	if err != nil {
		return page.Result{}, err
	}
	if !issue {
		return p.correction(c, pol, v, made, e), nil
	}
	return page.Result{SeeOther: address(pol.ID, "saves"), Flash: "The correction is issued as version " + made.Number.String()}, nil
}

// correctionPage shows what a correction alters, before it is issued. What was typed goes with it.
type correctionPage struct {
	Frame       view.Frame
	Path        string
	Revision    int64
	Of, Becomes string
	Reason      string
	Sections    []typedSection
	Differences diffview.View
}

type typedSection struct{ Name, Text string }

var correctionTemplate = view.Define[correctionPage]("review/correction.html")

func (p *Pages) correction(c *gin.Context, pol *review.Policy, old, made *review.Version, e record.Edit) page.Result {
	d := correctionPage{Frame: below(p.frame(c, pol, "Look at the correction"), pol), Path: address(pol.ID, "erratum", c.Param("version")), Revision: e.Revision,
		Of: old.Number.String(), Becomes: made.Number.String(), Reason: e.Reason,
		Differences: diffview.Rows(diffview.Labelled{Name: "Version " + old.Number.String(), Text: old.Text()},
			diffview.Labelled{Name: "Version " + made.Number.String(), Text: made.Text()}, diffview.Inline)}
	for _, s := range made.Sections {
		d.Sections = append(d.Sections, typedSection{sectionField(s.Key), s.Markdown})
	}
	return page.Result{Page: correctionTemplate.Page(d)}
}
