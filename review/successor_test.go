package review_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// adopters stand in for what package decision knows: one that adopted version 1.0, maybe with a variation of a clause.
type adopters struct {
	commissioner, anchor string
	anew                 []string
}

func (a *adopters) Adopters(_ context.Context, _ string, to clause.Text, text func(review.Number) (clause.Text, error)) ([]review.Adopter, error) {
	from, err := text(review.Number{Major: 1})
	if err != nil {
		return nil, err
	}
	out := review.Adopter{Commissioner: a.commissioner, Version: review.Number{Major: 1}, Varies: a.anchor != "", Anew: a.anew}
	if a.anchor != "" && wordsOf(from, a.anchor) != wordsOf(to, a.anchor) {
		out.Touched, out.Gone = 1, wordsOf(to, a.anchor) == ""
	}
	return []review.Adopter{out}, nil
}

func (a *adopters) Joined(_ context.Context, _ string, text clause.Text) (clause.Text, bool, error) {
	return text, false, nil
}

func wordsOf(t clause.Text, anchor string) string {
	for _, c := range t.Clauses {
		if c.Anchor == anchor {
			return c.Words
		}
	}
	return ""
}

// posted keeps the messages of commits.
type posted struct {
	review.Policies
	mail []record.Mail
}

func (p *posted) Commit(ctx context.Context, writes ...record.Write) error {
	err := p.Policies.Commit(ctx, writes...)
	for _, w := range writes {
		if err == nil && w.Expect == nil {
			p.mail = append(p.mail, w.Event.Mail...)
		}
	}
	return err
}

// desk is a service with a policy whose version 1.0 one commissioner adopted and the public reads.
type desk struct {
	*review.Service
	t      *testing.T
	policy *review.Policy
	place  string
	post   *posted
	who    *adopters
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	ctx, s := t.Context(), reviewtest.Service(reviewtest.InMemory())
	d := &desk{Service: s, t: t}
	d.policy, d.place = adopted(t, s)
	if _, err := s.Publish(ctx, record.Edit{By: reviewtest.Lead, ID: d.policy.ID, Revision: d.policy.Revision}, review.Number{Major: 1}, reviewtest.Now); err != nil {
		t.Fatal(err)
	}
	c, err := s.Commissioners.Load(ctx, d.place)
	if err != nil {
		t.Fatal(err)
	}
	n := *c
	n.Contact = review.Person{Name: "Ruth Ames", Email: "ruth@example.nhs.uk"}
	if _, err = s.EditCommissioner(ctx, record.Edit{By: reviewtest.Admin, ID: c.ID, Revision: c.Revision}, n); err != nil {
		t.Fatal(err)
	}
	d.post, d.who = &posted{Policies: s.Policies}, &adopters{commissioner: d.place}
	s.Policies, s.Adopters, s.Name, s.PublicURL = d.post, d.who, "Concordat", "https://policies.example"
	d.read()
	return d
}

func (d *desk) read() {
	d.t.Helper()
	var err error
	if d.policy, err = d.Policy(context.Background(), reviewtest.Lead, d.policy.ID); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) edit(reason string) record.Edit {
	return record.Edit{By: reviewtest.Lead, ID: d.policy.ID, Revision: d.policy.Revision, Reason: reason}
}

// rewrite replaces words in the summary.
func (d *desk) rewrite(was, now string) {
	d.t.Helper()
	text := d.policy.Section(review.SummaryKey).Markdown
	if !strings.Contains(text, was) {
		d.t.Fatalf("%q is not in %q", was, text)
	}
	if _, _, err := d.SaveText(d.t.Context(), d.edit(""), d.policy.Saves, []review.Section{{Key: review.SummaryKey, Markdown: strings.Replace(text, was, now, 1)}}); err != nil {
		d.t.Fatal(err)
	}
	d.read()
}

// Other words of the same meaning take the place of the version wherever it was adopted, and the contacts are told.
func TestRestate(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	if _, err := d.Restate(ctx, d.edit(""), "Nothing changed"); !errors.Is(err, record.ErrRule) {
		t.Errorf("restating what did not change: %v", err)
	}
	d.rewrite("Words for this section.", "Words for  this section.")
	if now, err := d.Succession(ctx, reviewtest.Lead, d.policy.ID); err != nil || now.Substantive || len(now.Adopters) != 1 || now.Of != (review.Number{Major: 1}) {
		t.Errorf("white space only: %+v, %v", now, err)
	}
	if _, err := d.Restate(ctx, record.Edit{By: reviewtest.Secretary, ID: d.policy.ID, Revision: d.policy.Revision}, "x"); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("by a secretary: %v", err)
	}
	v, err := d.Restate(ctx, d.edit(""), "One space less")
	if err != nil {
		t.Fatal(err)
	}
	d.read()
	if v.Number != (review.Number{Major: 1, Minor: 1}) || v.Corrects != (review.Number{Major: 1}) || !v.Final || d.policy.Corrected(review.Number{Major: 1}) != v.Number {
		t.Errorf("made %+v", v.Mark)
	}
	if pub, err := d.PublicationOf(ctx, reviewtest.Lead, d.policy.ID); err != nil || pub.Version != v.Number || d.policy.Published != v.Number || d.policy.Stage != review.Published {
		t.Errorf("the public reads %s, %v; the policy is %s", pub.Version, err, d.policy.Stage)
	}
	if len(d.post.mail) != 1 || d.post.mail[0].To != "ruth@example.nhs.uk" || !strings.Contains(d.post.mail[0].Text, "- Amberford: reads the new words") {
		t.Errorf("told: %+v", d.post.mail)
	}
	if a, err := d.Applies(ctx, d.policy.ID, d.place, reviewtest.Today(), reviewtest.Today()); err != nil || a.Interval.Text.Version != (review.Number{Major: 1}) {
		t.Errorf("the register names %s, %v; an adoption is of one version", a.Interval.Text.Version, err)
	}
}

// What may mean something else needs a reason to be called the same, and what registers follow from never is.
func TestRestateWhatIsSubstantive(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	d.rewrite("Words for this section.", "At least 7 episodes in 12 months.")
	now, err := d.Succession(ctx, reviewtest.Lead, d.policy.ID)
	if err != nil || !now.Substantive || now.Barred || len(now.Why) == 0 {
		t.Errorf("a new criterion: %+v, %v", now.Weight, err)
	}
	if _, err := d.Restate(ctx, d.edit(" "), "Clearer"); fieldOf(err) != "reason" {
		t.Errorf("without a reason: %v", err)
	}
	if _, err := d.Restate(ctx, d.edit("The criterion stood in section 2 already"), "Clearer"); err != nil {
		t.Errorf("with a reason: %v", err)
	}
	d.read()
	c := d.policy.Content
	c.Supersedes = []string{"another"}
	if _, err := d.SaveDetails(ctx, d.edit(""), c); err != nil {
		t.Fatal(err)
	}
	d.read()
	if _, err := d.Restate(ctx, d.edit("it is the same"), "Details"); fieldOf(err) != "sort" {
		t.Errorf("with what registers follow from: %v", err)
	}
}

// A text that is not decided anew cannot take away what somebody varied, be it restated or corrected.
func TestVariationsKeepTheirParagraphs(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ctx := t.Context()
	for i, c := range d.policy.Text().Clauses {
		if c.Words == "Words for this section." && d.policy.Text().Clauses[c.Parent].Words == "In plain English" {
			d.who.anchor = d.policy.Anchors[i]
		}
	}
	erratum := func(text string) error {
		_, err := d.ProposeErratum(ctx, d.edit("spelling"), review.Number{Major: 1}, []review.Section{{Key: review.SummaryKey, Markdown: text}})
		return err
	}
	if err := erratum("Quite different things are told."); fieldOf(err) != "text" || !strings.Contains(err.Error(), "Amberford") {
		t.Errorf("an erratum that takes the paragraph away: %v", err)
	}
	if err := erratum("Words for this section, spelt right."); err != nil {
		t.Errorf("an erratum that keeps it: %v", err)
	}
	d.rewrite("Words for this section.", "Quite different things are told.")
	if _, err := d.Restate(ctx, d.edit("the same"), "New words"); fieldOf(err) != "text" {
		t.Errorf("restated without the paragraph: %v", err)
	}
}

// A substantive version asks every adopter again: it is for decision, and the contacts are told.
func TestAFinalVersionAsksAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.rewrite("Words for this section.", "At least 7 episodes in 12 months.")
	v, err := d.Issue(t.Context(), d.edit(""), "A new criterion", true)
	if err != nil {
		t.Fatal(err)
	}
	d.read()
	if v.Number != (review.Number{Major: 2}) || !v.Corrects.Zero() || d.policy.Stage != review.ForDecision || d.policy.Published != (review.Number{Major: 1}) {
		t.Errorf("made %+v; the policy is %s, the public reads %s", v.Mark, d.policy.Stage, d.policy.Published)
	}
	if len(d.post.mail) != 1 || !strings.Contains(d.post.mail[0].Text, "- Amberford: adopted version 1.0\n") || !strings.Contains(d.post.mail[0].Text, "A new criterion") {
		t.Errorf("told: %+v", d.post.mail)
	}
}

// Whose variation a person must join anew is told why.
func TestWhatWasPartedIsTold(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.who.anew = []string{"parts paragraph 2.3 into 2.3 and 2.4"}
	d.rewrite("Words for this section.", "At least 7 episodes in 12 months.")
	if now, err := d.Succession(t.Context(), reviewtest.Lead, d.policy.ID); err != nil || !slices.Equal(now.Anew(), d.who.anew) {
		t.Errorf("beforehand: %q, %v", now.Anew(), err)
	}
	if _, err := d.Issue(t.Context(), d.edit(""), "A new criterion", true); err != nil {
		t.Fatal(err)
	}
	if len(d.post.mail) != 1 || !strings.Contains(d.post.mail[0].Text, "must be joined anew: the new version parts paragraph 2.3 into 2.3 and 2.4.") {
		t.Errorf("told: %+v", d.post.mail)
	}
}

func fieldOf(err error) string {
	var f record.Faults
	if !errors.As(err, &f) {
		return ""
	}
	return f[0].Field
}
