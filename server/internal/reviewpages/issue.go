package reviewpages

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

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
	Weight   *weightView    // nil before the first final version
	Same     *view.Textarea // why it means the same, although the program takes it for substantive; nil when it does not
	Blocks   []checkRow
	Warnings int // that are not kept
	Since    string
	Changed  string // "7 changes: …"; empty when there was no version before
	Compare  string // address of the differences
}

var issueTemplate = view.Define[issuePage]("review/issue.html")

func (p *Pages) showIssue(c *gin.Context) (page.Result, error) {
	pol, err := p.policyFor(c, access.PolicyIssue)
	if err != nil {
		return page.Result{}, err
	}
	return p.issueForm(c, pol, issueTyped{sort: draft}, nil)
}

// What a version can be for.
const (
	draft   = "draft"
	final   = "final"
	restate = "same" // final, and the same in other words
)

// issueTyped is what stands in the form.
type issueTyped struct{ note, sort, despite, same string }

// weightView is what the program makes of the changes since the last final version.
type weightView struct {
	Of       string
	Proposal string
	Why      []string
}

func (p *Pages) issueForm(c *gin.Context, pol *review.Policy, t issueTyped, errs view.Errors) (page.Result, error) {
	last, issued := pol.Latest()
	d := issuePage{Frame: below(p.frame(c, pol, "Issue a version"), pol), Errors: errs, Path: address(pol.ID), Revision: pol.Revision,
		Note: input("note", "What changed, and why", "One line, up to 300 characters. The public reads it beside the text once a final version is published", t.note, errs),
		Sort: view.Radios{Name: "sort", Value: t.sort, Small: true, Legend: view.Legend{Text: "What is it for?", Size: "s"}, Error: errs.Of("sort")}}
	d.Frame.HasErrors = errs.Any()
	now, err := p.Review.Succession(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	d.Sort.Items = sorts(last.Number, now, access.May(page.Actor(c), access.PolicyErratum, access.For(pol.Commissioners...)))
	if d.Weight = newWeightView(now); now.Substantive && !now.Barred || errs.Of("reason") != "" {
		box := area("reason", "If it is the same in other words: why, although the program doubts it?", "It is kept in the trail", t.same, 2, errs)
		d.Same = &box
	}
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
	pol, err := p.policyFor(c, access.PolicyIssue)
	if err != nil {
		return page.Result{}, err
	}
	e, err := page.Edit(c, pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	t := issueTyped{line(c, "note"), line(c, "sort"), page.Text(c, "despite"), page.Text(c, "reason")}
	var v *review.Version
	switch t.sort {
	case draft, final:
		e.Reason = t.despite
		v, err = p.Review.Issue(c.Request.Context(), e, t.note, t.sort == final)
	case restate:
		e.Reason = t.same
		v, err = p.Review.Restate(c.Request.Context(), e, t.note)
		err = atSort(err)
	default:
		err = record.Faults{{Field: "sort", Message: "Choose what the version is for"}}
	}
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

// atSort puts what is wrong with the text beside the choice: the text is not on this page.
func atSort(err error) error {
	var faults record.Faults
	if errors.As(err, &faults) {
		for i := range faults {
			if faults[i].Field == "text" {
				faults[i].Field = "sort"
			}
		}
	}
	return err
}

// sorts are what a version can be for, and what that means for those who adopted the one before. may tells whether this
// person may restate.
func sorts(last review.Number, now review.Succession, may bool) []view.Choice {
	out := []view.Choice{{Text: "Draft " + last.Draft().String(), Value: draft, Hint: view.Hint{Text: "To be read and commented on"}}}
	anew := view.Choice{Text: "Final " + last.Final().String(), Value: final, Hint: view.Hint{Text: "To be put to decision. Every check that must be fixed has to be fixed"}}
	if now.Of.Zero() {
		return append(out, anew)
	}
	anew.Text += ", decided anew"
	anew.Hint.Text = "For a change that matters to patients. " + asked(now) + ". Every check that must be fixed has to be fixed"
	out = append(out, anew)
	if may && !now.Barred {
		out = append(out, view.Choice{Text: "Final " + last.Draft().String() + ", the same in other words", Value: restate,
			Hint: view.Hint{Text: "Nobody decides again: it takes the place of version " + now.Of.String() + " wherever that was adopted. " + told(now)}})
	}
	return out
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

func asked(now review.Succession) string {
	n := len(now.Adopters)
	if n == 0 {
		return "Nobody has adopted an earlier version yet"
	}
	words := plural(n, "commissioner that adopted an earlier version is", "commissioners that adopted an earlier version are") + " asked again"
	if touched := now.Touched(); touched > 0 {
		words += ", and " + plural(touched, "has", "have") + " a local variation that the change touches"
		if anew := now.Anew(); len(anew) > 0 {
			words += ": it " + strings.Join(anew, ", and ")
		}
	}
	return words
}

func told(now review.Succession) string {
	n := 0
	for _, a := range now.Adopters {
		if a.Version == now.Of {
			n++
		}
	}
	if n == 0 {
		return "Nobody has adopted that version yet"
	}
	return plural(n, "commissioner is", "commissioners are") + " told"
}

func newWeightView(now review.Succession) *weightView {
	if now.Of.Zero() {
		return nil
	}
	w := &weightView{Of: now.Of.String(), Why: now.Why, Proposal: "The program finds nothing in the words that would matter to a patient: it proposes “the same in other words”. Read the differences before you choose"}
	switch {
	case now.Barred:
		w.Proposal = "It must be decided anew"
	case now.Substantive:
		w.Proposal = "The program proposes that it is decided anew"
	}
	return w
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
	e, err := page.Edit(c, pol.ID)
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
