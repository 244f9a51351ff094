package reviewpages

import (
	"fmt"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/server/internal/page"
	"concordat/server/internal/policyhead"
	"concordat/web/view"
)

// workspacePage is the text of a policy with what the checks say of it.
type workspacePage struct {
	Frame    view.Frame
	Head     policyhead.Head
	Errors   view.Errors
	Path     string
	Revision int64
	Save     int // the save that is typed over
	MayEdit  bool
	MayIssue bool
	Details  string
	Sum      string // "2 to fix, 3 warnings"
	Checks   []checkRow
	Sections []sectionBox
	Saved    string
	Next     string // the number that the next draft version would have
	Unsaved  *unsavedDraft
	Restored bool
}

// checkRow is what one check found.
type checkRow struct {
	Block   bool
	Message string
	Href    string // empty when there is nothing to open
	Why     string
	Rule    string
	Source  string
	Kept    string // the reason with which it is kept
	Value   string // of the button that keeps it; empty when it must be mended
}

// sectionBox is one section: its box and its preview.
type sectionBox struct {
	Key, ID, Title, Number, Field string
	Hint                          string
	Text                          string
	Rows                          int
	View                          shown
	Error                         string
	Checks                        []checkRow // of this section, those that are not kept
	Standard                      bool       // the standard clause is offered
	State                         string     // block, warn or empty
	Origins                       []originLine
}

// originLine says where one paragraph came from. Href is its row of the matrix, "" when it decides nothing.
type originLine struct{ Label, Href, Said, Reason string }

// unsavedDraft is what the person typed some time ago and did not save.
type unsavedDraft struct {
	At    time.Time
	Stale bool // others saved since
}

var workspaceTemplate = view.Define[workspacePage]("review/workspace.html")

// typed is what is in the boxes, when it is not what is saved.
type typed struct {
	sections []review.Section
	save     int
	restored bool
}

func (p *Pages) workspace(c *gin.Context) (page.Result, error) {
	pol, err := p.policy(c)
	if err != nil {
		return page.Result{}, err
	}
	return p.showWorkspace(c, pol)
}

func (p *Pages) showWorkspace(c *gin.Context, pol *review.Policy) (page.Result, error) {
	boxes := typed{sections: pol.Sections, save: pol.Saves}
	if !may(c, access.PolicyEdit, pol) {
		return p.desk(c, pol, boxes, nil, nil)
	}
	draft, found, err := p.Review.Unsaved(c.Request.Context(), page.Actor(c), pol.ID)
	if err != nil {
		return page.Result{}, err
	}
	if !found || same(draft.Sections, pol.Sections) {
		return p.desk(c, pol, boxes, nil, nil)
	}
	if c.Query("draft") != "" {
		return p.desk(c, pol, typed{restored: true, save: draft.Save, sections: over(pol.Sections, draft.Sections)}, nil, nil)
	}
	return p.desk(c, pol, boxes, &unsavedDraft{At: draft.At, Stale: draft.Save != pol.Saves}, nil)
}

func (p *Pages) desk(c *gin.Context, pol *review.Policy, boxes typed, unsaved *unsavedDraft, errs view.Errors) (page.Result, error) {
	findings := review.Check(pol, p.Site.Now())
	content := pol.Content
	content.Sections = boxes.sections
	views, err := render(pol.Text(), content, doubtfulWords(findings))
	if err != nil {
		return page.Result{}, err
	}
	d := workspacePage{Frame: p.frame(c, pol, "Text"), Head: p.head(c, pol, policyhead.Text), Errors: errs, Path: address(pol.ID), Revision: pol.Revision,
		Save: boxes.save, MayEdit: may(c, access.PolicyEdit, pol), MayIssue: may(c, access.PolicyIssue, pol), Details: detailsLine(pol),
		Unsaved: unsaved, Restored: boxes.restored, Next: nextNumber(pol)}
	d.Frame.HasErrors = errs.Any()
	if d.MayEdit {
		d.Frame.Scripts = []string{"js/preview.js", "js/autosave.js", "js/clipboard.js"}
	}
	for _, f := range findings {
		row := newCheckRow(pol, f)
		if !d.MayEdit && f.Section == "" {
			row.Href = "" // the details are a form, which readers cannot open
		}
		d.Checks = append(d.Checks, row)
	}
	d.Sum = checkSum(findings)
	if d.Saved, err = p.savedLine(c, pol); err != nil {
		return page.Result{}, err
	}
	kind, err := review.KindByID(pol.KindID)
	if err != nil {
		return page.Result{}, err
	}
	origins, err := p.origins(c, pol)
	if err != nil {
		return page.Result{}, err
	}
	for i, s := range boxes.sections {
		b := newSectionBox(kind, s, views[i], sectionChecks(pol, findings, s.Key), errs.Of(sectionField(s.Key)))
		b.Origins = origins[s.Key]
		d.Sections = append(d.Sections, b)
	}
	return answer(workspaceTemplate.Page(d), errs), nil
}

func newSectionBox(kind review.Kind, s review.Section, v shown, checks []checkRow, message string) sectionBox {
	t := kind.Template(s.Key)
	b := sectionBox{Key: s.Key, ID: "sec-" + s.Key, Title: s.Title, Number: v.Number, Field: sectionField(s.Key), Text: s.Markdown,
		Rows: rows(s.Markdown), View: v, Error: message, Checks: checks}
	empty := strings.TrimSpace(s.Markdown) == ""
	b.Standard = t.Standard != "" && empty
	if empty {
		b.Hint = t.Hint // what belongs here; later it would only stand in the way
	}
	for _, x := range checks {
		switch {
		case x.Block:
			b.State = "block"
		case b.State == "":
			b.State = "warn"
		}
	}
	if message != "" {
		b.State = "block"
	}
	return b
}

// rows is a height in which most of a text can be seen.
func rows(text string) int {
	n := 0
	for l := range strings.SplitSeq(text, "\n") {
		n += 1 + len(l)/70
	}
	return min(max(n, 4), 24)
}

func newCheckRow(pol *review.Policy, f review.Finding) checkRow {
	row := checkRow{Block: f.Grade == review.Block, Message: f.Message, Why: f.Why, Rule: f.Rule, Source: f.Source, Kept: f.Kept, Href: "#sec-" + f.Section}
	if f.Section == "" {
		row.Href = address(pol.ID, "details") + "#" + f.Field
	}
	if !row.Block && f.Kept == "" {
		row.Value = f.Rule + " " + f.About
	}
	return row
}

func sectionChecks(pol *review.Policy, findings []review.Finding, key string) (out []checkRow) {
	for _, f := range findings {
		if f.Section == key && f.Kept == "" {
			out = append(out, newCheckRow(pol, f))
		}
	}
	return out
}

func checkSum(findings []review.Finding) string {
	fix, warn, kept := 0, 0, 0
	for _, f := range findings {
		switch {
		case f.Kept != "":
			kept++
		case f.Grade == review.Block:
			fix++
		default:
			warn++
		}
	}
	var parts []string
	if fix > 0 {
		parts = append(parts, fmt.Sprintf("%d to fix", fix))
	}
	switch {
	case warn == 1:
		parts = append(parts, "1 warning")
	case warn > 1:
		parts = append(parts, fmt.Sprintf("%d warnings", warn))
	}
	if kept > 0 {
		parts = append(parts, fmt.Sprintf("%d kept", kept))
	}
	if len(parts) == 0 {
		return "Checks: nothing to fix"
	}
	return strings.Join(parts, ", ")
}

// detailsLine is the details in one line.
func detailsLine(p *review.Policy) string {
	var parts []string
	if pos, ok := p.Position(); ok {
		parts = append(parts, pos.Words())
	} else if len(p.Interventions) > 1 {
		parts = append(parts, fmt.Sprintf("%d treatments with different positions", len(p.Interventions)))
	}
	var all []string
	for _, x := range p.Interventions {
		all = append(append(all, x.Codes.OPCS4...), x.Codes.ICD10...)
	}
	if len(all) > 0 {
		parts = append(parts, strings.Join(all[:min(len(all), 6)], ", "))
	}
	for _, x := range []struct{ word, date string }{{"From ", p.Effective.Words()}, {"Review by ", p.Review.Words()}, {"Ends on ", p.Expires.Words()}} {
		if x.date != "" {
			parts = append(parts, x.word+x.date)
		}
	}
	if len(parts) == 0 {
		return "No position, codes or dates yet"
	}
	return strings.Join(parts, ". ")
}

func nextNumber(p *review.Policy) string {
	last, _ := p.Latest()
	return last.Number.Draft().String()
}

// savedLine says who saved last, and when.
func (p *Pages) savedLine(c *gin.Context, pol *review.Policy) (string, error) {
	ctx, by := c.Request.Context(), page.Actor(c)
	last, err := p.Review.ReadSave(ctx, by, pol.ID, pol.Saves)
	if err != nil {
		return "", err
	}
	who := p.Name(ctx, last.By)
	if last.By == by.ID {
		who = "you"
	}
	return fmt.Sprintf("Save %d, by %s on %s.", pol.Saves, who, p.moment(pol.Changed)), nil
}
