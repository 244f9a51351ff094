package reviewtest

import (
	"errors"
	"slices"
	"testing"

	"concordat/review"
	"concordat/review/record"
)

var (
	april = record.Day(2027, 4, 1)
	may   = record.Day(2027, 5, 1)
)

func testCommissioners(t *testing.T, w world) {
	a, b := w.commissioner(t, "Brindlewick"), w.commissioner(t, "Amberford")
	_, err := w.AddCommissioner(w.ctx, Admin, review.Commissioner{Name: "Other", Short: "Amberford", Start: april})
	wants(t, err, record.ErrConflict, "a short name that is taken")
	_, err = w.EndCommissioner(w.ctx, by(Lead, edit(a, "")), april, []string{b.ID})
	wants(t, err, record.ErrForbidden, "ending, by a lead")
	_, err = w.EndCommissioner(w.ctx, by(Admin, edit(a, "")), april, []string{a.ID, "nobody"})
	wants(t, err, record.ErrRule, "a nonsensical successor")
	a = must(w.EndCommissioner(w.ctx, by(Admin, edit(a, "")), april, []string{b.ID}))(t)
	list := must(w.AllCommissioners(w.ctx))(t)
	if len(list) != 2 || list[0].Short != "Amberford" || list[1].End != april || list[1].Successors[0] != b.ID || !a.Ended(april) {
		t.Errorf("%+v", list)
	}
}

func testLocals(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	p := w.policy(t, "CP-1", "Tonsillectomy", c.ID)
	first := must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: c.ID, Title: "Tonsils", Markdown: "# Criteria\n\n- 5 episodes"}))(t)
	second := must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: c.ID, Effective: record.Day(2022, 1, 1), FileName: "t.html",
		File: []byte("<html><body><h1>Tonsils 2022</h1><p>7 episodes</p></body></html>")}))(t)
	between := must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: c.ID, Effective: record.Day(2021, 1, 1), Without: review.OpenAccess}))(t)
	if list := must(w.LocalsOf(w.ctx, Lead, p.ID))(t); len(list) != 1 || list[0].ID != second.ID || list[0].Title != "Tonsils 2022" || list[0].Original == nil {
		t.Errorf("current: %+v", list)
	}
	for _, q := range []struct {
		on   record.Date
		want string
	}{{record.Day(2000, 1, 1), first.ID}, {record.Day(2021, 6, 1), between.ID}, {april, second.ID}} {
		a, err := w.Applies(w.ctx, p.ID, c.ID, q.on, q.on)
		if err != nil || a.Interval.Text.Local != q.want {
			t.Errorf("on %s: %+v, %v, want %s", q.on, a, err, q.want)
		}
	}
	looks := func(want ...string) {
		t.Helper()
		var ids []string
		for _, x := range must(w.Unchecked(w.ctx, Lead, []*review.Card{p.Card()}))(t)[p.ID] {
			ids = append(ids, x.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("to be compared: %v, want %v", ids, want)
		}
	}
	looks(second.ID)
	if _, r, err := w.OpenOriginal(w.ctx, Lead, second.ID); err != nil || r.Close() != nil {
		t.Errorf("opening the original: %v", err)
	}
	n := review.LocalInput{Title: "Tonsils 2022", Markdown: "7 episodes in 12 months", Effective: record.Day(2022, 2, 1)}
	second = must(w.EditLocal(w.ctx, edit(second, ""), n))(t)
	looks()
	a, err := w.Applies(w.ctx, p.ID, c.ID, record.Day(2022, 1, 15), record.Day(2022, 1, 15))
	if err != nil || a.Interval.Text.Local != between.ID || !second.Checked {
		t.Errorf("after the date was corrected: %+v, %v", a, err)
	}
	_, err = w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: c.ID, FileName: "x.docx", File: []byte("PK\x03\x04 no archive")})
	var f record.Faults
	if !errors.As(err, &f) || f[0].Field != "file" {
		t.Errorf("a damaged file: %v", err)
	}
}

// testInheritedLocals: what a commissioner had stays with its successor until that has a text of its own.
func testInheritedLocals(t *testing.T, w world) {
	old, heir, other := w.commissioner(t, "Old Marrow"), w.commissioner(t, "Marrowdene"), w.commissioner(t, "Brindlewick")
	p := w.policy(t, "CP-1", "Tonsillectomy", heir.ID)
	_, err := w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: old.ID, Without: review.OpenAccess})
	wants(t, err, record.ErrRule, "a local policy of a commissioner that the policy is not for")
	must(w.EndCommissioner(w.ctx, by(Admin, edit(old, "")), record.Day(2022, 7, 1), []string{heir.ID}))(t)
	before := must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: old.ID, Effective: record.Day(2021, 1, 1), Without: review.OpenAccess}))(t)
	_, err = w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: other.ID, Without: review.OpenAccess})
	wants(t, err, record.ErrRule, "a local policy of a neighbour")
	today := record.DateOf(Now)
	holds := func(want *review.LocalPolicy) {
		t.Helper()
		list := must(w.LocalsOf(w.ctx, Lead, p.ID))(t)
		in := review.PlacesOf(must(w.AllCommissioners(w.ctx))(t)).LocalsIn(list, heir.ID, today)
		if len(list) != 1 || list[0].ID != want.ID || len(in) != 1 || in[0].ID != want.ID {
			t.Errorf("current %+v, of the successor %+v, want %s", list, in, want.ID)
		}
		if a := must(w.Applies(w.ctx, p.ID, heir.ID, today, today))(t); a.Interval.Text.Local != want.ID {
			t.Errorf("what applies is %+v, want %s", a, want.ID)
		}
	}
	holds(before)
	text := must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: old.ID, Effective: record.Day(2022, 1, 1), Title: "Tonsils", Markdown: "7 episodes"}))(t)
	holds(text)
	if list := must(w.Unchecked(w.ctx, Lead, []*review.Card{p.Card()}))(t)[p.ID]; len(list) != 1 || list[0].ID != text.ID {
		t.Errorf("to be compared, taken over: %+v", list)
	}
	holds(must(w.AddLocal(w.ctx, Lead, review.LocalInput{Policy: p.ID, Commissioner: heir.ID, Effective: record.Day(2023, 4, 1), Without: review.NationalText}))(t))
	if list := must(w.Unchecked(w.ctx, Lead, []*review.Card{p.Card()}))(t)[p.ID]; len(list) != 0 {
		t.Errorf("to be compared, though the successor has its own: %+v", list)
	}
}

func testJourney(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	p := w.policy(t, "CP-1", "Tonsillectomy", c.ID)
	draft := must(w.Issue(w.ctx, edit(p, ""), "look", false))(t)
	_, _, err := w.PlanAdoption(w.ctx, Secretary, review.Adoption{Policy: p.ID, Version: draft.Number, Commissioner: c.ID, From: april, Rule: review.ReferredFrom, Source: record.Ref{ID: "d"}})
	wants(t, err, record.ErrRule, "adopting a draft")
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	v := w.final(t, p)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	_, err = w.Publish(w.ctx, edit(p, ""), v.Number, Now)
	wants(t, err, record.ErrRule, "publishing what nobody adopted")
	w.adopt(t, v, c.ID, april, "")
	w.scheduled(t, p, v)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	must(w.Publish(w.ctx, edit(p, ""), v.Number, Now))(t)
	r := must(w.RegistersOf(w.ctx, Lead, p.ID))(t)[0]
	w.suspension(t, p, c, r)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	wants(t, w.WithdrawPublication(w.ctx, edit(p, "x")), record.ErrRule, "taking away what is in force")
	r = must(w.RegistersOf(w.ctx, Lead, p.ID))(t)[0]
	must(w.Withdraw(w.ctx, by(Secretary, edit(r, "no longer used")), may.AddDays(20)))(t)
	wants(t, w.WithdrawPublication(w.ctx, edit(p, "x")), record.ErrRule, "taking away what is still in force today")
	later := *w.Service
	later.Now = may.AddDays(21).Start
	if err := later.WithdrawPublication(w.ctx, edit(p, "no longer used")); err != nil {
		t.Fatal(err)
	}
	if list := must(w.Stores.Publications.All(w.ctx))(t); len(list) != 1 || !list[0].Withdrawn {
		t.Errorf("publications: %+v", list)
	}
}

// scheduled sets a version to be public later, and takes that back: the policy is as it was.
func (w world) scheduled(t *testing.T, p *review.Policy, v *review.Version) {
	t.Helper()
	must(w.Publish(w.ctx, edit(p, ""), v.Number, april.Start()))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	if pub := must(w.PublicationOf(w.ctx, Lead, p.ID))(t); pub.Version != v.Number || p.Stage != review.Published {
		t.Errorf("scheduled: %+v, %s", pub.Shown, p.Stage)
	}
	wants(t, w.Unschedule(w.ctx, edit(p, "")), record.ErrRule, "taking a publication back without a reason")
	wants(t, w.Unschedule(w.ctx, by(Secretary, edit(p, "x"))), record.ErrForbidden, "taking a publication back as a secretary")
	if err := w.Unschedule(w.ctx, edit(p, "too early")); err != nil {
		t.Fatal(err)
	}
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	pub := must(w.PublicationOf(w.ctx, Lead, p.ID))(t)
	if _, ok := pub.At(april.Start()); ok || p.Stage != review.ForDecision || !p.Published.Zero() {
		t.Errorf("taken back: %+v, %s, %s", pub.Shown, p.Stage, p.Published)
	}
	wants(t, w.Unschedule(w.ctx, edit(p, "again")), record.ErrRule, "taking back what is not to come")
}

func (w world) suspension(t *testing.T, p *review.Policy, c *review.Commissioner, r *review.Register) {
	t.Helper()
	_, err := w.Suspend(w.ctx, by(Secretary, edit(r, "")), may)
	wants(t, err, record.ErrRule, "suspending without a reason")
	_, err = w.Suspend(w.ctx, by(Secretary, edit(r, "deaths")), Today().AddDays(-1))
	wants(t, err, record.ErrRule, "suspending from yesterday")
	_, err = w.Suspend(w.ctx, by(Secretary, edit(r, "deaths")), Today())
	wants(t, err, record.ErrRule, "suspending before it applies")
	r = must(w.Suspend(w.ctx, by(Secretary, edit(r, "deaths")), may))(t)
	if a := must(w.Applies(w.ctx, p.ID, c.ID, may, may))(t); a.Interval.Text.None != review.NoneSuspended {
		t.Errorf("suspended: %+v", a)
	}
	for _, tc := range []struct {
		who  record.Actor
		want int
	}{{by(Approver, edit(r, "")).By, 1}, {by(Secretary, edit(r, "")).By, 0}, {record.Actor{}, 0}} {
		if list := must(w.Approvals(w.ctx, tc.who))(t); len(list) != tc.want {
			t.Errorf("%s has %d suspensions to approve, want %d", tc.who.ID, len(list), tc.want)
		}
	}
	w.waits(t, p, 1, "suspended by one person")
	r = must(w.ApproveSuspension(w.ctx, by(Approver, edit(r, ""))))(t)
	w.waits(t, p, 0, "approved")
	if list := must(w.Approvals(w.ctx, by(Approver, edit(r, "")).By))(t); len(list) != 0 {
		t.Errorf("approved, and still %d to approve", len(list))
	}
	must(w.Lift(w.ctx, by(Secretary, edit(r, "safe again")), may.AddDays(10)))(t)
	if a := must(w.Applies(w.ctx, p.ID, c.ID, may, may.AddDays(10)))(t); a.Outcome != review.TextApplies {
		t.Errorf("lifted: %+v", a)
	}
}

// waits wants so many registers of a policy to wait for a date or an approval.
func (w world) waits(t *testing.T, p *review.Policy, want int, when string) {
	t.Helper()
	list := []*review.Card{p.Card()}
	if got := must(w.Waiting(w.ctx, Lead, list))(t); len(got[p.ID]) != want {
		t.Errorf("%s: %d registers wait, want %d", when, len(got[p.ID]), want)
	}
	if got := must(w.Waiting(w.ctx, record.Actor{}, list))(t); len(got) != 0 {
		t.Errorf("%s: the public sees %d policies that wait", when, len(got))
	}
}

// Today is the day of Now.
func Today() record.Date { return record.DateOf(Now) }

func testSuperseding(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	var old []string
	for _, ref := range []string{"A", "B"} {
		p := w.policy(t, "CP-"+ref, "Old "+ref, c.ID)
		w.adopt(t, w.final(t, p), c.ID, Today(), "")
		old = append(old, p.ID)
	}
	p := w.policy(t, "CP-N", "New", c.ID)
	v := w.final(t, p, old...)
	w.adopt(t, v, c.ID, 0, "start of the contract")
	w.waits(t, p, 1, "adopted without a date")
	if a := must(w.Applies(w.ctx, old[0], c.ID, may, may))(t); a.Interval.Text.Policy != old[0] {
		t.Errorf("before the date is known: %+v", a)
	}
	for i, day := range []record.Date{may, april} { // given, and corrected
		r := must(w.RegistersOf(w.ctx, Lead, p.ID))(t)[0]
		reason := ""
		if i > 0 {
			_, err := w.GiveDate(w.ctx, edit(r, ""), "d-"+v.ID+"-"+c.ID, day)
			wants(t, err, record.ErrRule, "correcting the date without a reason")
			r, reason = must(w.RegistersOf(w.ctx, Lead, p.ID))(t)[0], "the contract began earlier"
		}
		must(w.GiveDate(w.ctx, edit(r, reason), "d-"+v.ID+"-"+c.ID, day))(t)
		w.waits(t, p, 0, "dated")
		for _, id := range append(old, p.ID) {
			if a := must(w.Applies(w.ctx, id, c.ID, day, day))(t); a.Interval.Text.Policy != p.ID || a.Interval.Text.Version != v.Number {
				t.Errorf("%s on the day: %+v", id, a)
			}
		}
		if a := must(w.Applies(w.ctx, old[1], c.ID, day.AddDays(-1), may))(t); a.Interval.Text.Policy != old[1] {
			t.Errorf("an earlier referral: %+v", a)
		}
	}
}

// testSplit: two policies take the place of one. The first to begin ends it, and the other finds it ended.
func testSplit(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	old := w.policy(t, "CP-O", "Old", c.ID)
	w.adopt(t, w.final(t, old), c.ID, Today(), "")
	first, second := w.policy(t, "CP-1", "One half", c.ID), w.policy(t, "CP-2", "Other half", c.ID)
	w.adopt(t, w.final(t, first, old.ID), c.ID, april, "")
	for _, day := range []record.Date{april, may} {
		w.adopt(t, w.final(t, must(w.Policy(w.ctx, Lead, second.ID))(t), old.ID), c.ID, day, "")
		if a := must(w.Applies(w.ctx, second.ID, c.ID, day, day))(t); a.Interval.Text.Policy != second.ID {
			t.Errorf("the other half: %+v", a)
		}
		if a := must(w.Applies(w.ctx, old.ID, c.ID, day, day))(t); a.Interval.Text.Policy != first.ID {
			t.Errorf("the old policy: %+v", a)
		}
	}
}

// testAddress: the address follows the title until the policy is published, and is never another policy's.
func testAddress(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	w.policy(t, "CP-1", "Tonsillectomy", c.ID)
	p := w.policy(t, "CP-2", "Tonsils", c.ID)
	named := func(title string) string {
		t.Helper()
		content := p.Content
		content.Title = title
		p = must(w.SaveDetails(w.ctx, edit(p, ""), content))(t)
		return must(w.Policy(w.ctx, Lead, p.ID))(t).Slug
	}
	if got := named("Tonsil surgery"); got != "tonsil-surgery" {
		t.Errorf("the address of a new title is %q", got)
	}
	if got := named("Tonsillectomy"); got != "tonsillectomy-cp-2" {
		t.Errorf("the address of a title that another policy has is %q", got)
	}
	v := w.final(t, p)
	w.adopt(t, v, c.ID, april, "")
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	must(w.Publish(w.ctx, edit(p, ""), v.Number, Now))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	if got := named("Removal of tonsils"); got != "tonsillectomy-cp-2" {
		t.Errorf("the address changed to %q after it was published", got)
	}
}

func testErratum(t *testing.T, w world) {
	c := w.commissioner(t, "Brindlewick")
	p := w.policy(t, "CP-1", "Tonsillectomy", c.ID)
	v := w.final(t, p)
	w.adopt(t, v, c.ID, april, "")
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	must(w.Publish(w.ctx, edit(p, ""), v.Number, Now))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	_, err := w.Erratum(w.ctx, edit(p, ""), v.Number, nil)
	wants(t, err, record.ErrRule, "an erratum without a reason")
	_, err = w.Erratum(w.ctx, edit(p, "spelling"), v.Number, v.Sections)
	wants(t, err, record.ErrRule, "an erratum that changes nothing")
	for _, tc := range []struct{ section, text, rule string }{
		{review.CriteriaKey, " ", "R-13"},
		{review.ReasonsKey, "", "R-13"},
		{review.ExceptionsKey, "There is no other way.", "K-05"},
	} {
		_, err = w.ProposeErratum(w.ctx, edit(p, "spelling"), v.Number, []review.Section{{Key: tc.section, Markdown: tc.text}})
		var f record.Faults
		if !errors.As(err, &f) || f[0].Rule != tc.rule {
			t.Errorf("%s corrected to %q: %v, want %s", tc.section, tc.text, err, tc.rule)
		}
	}
	proposed := must(w.ProposeErratum(w.ctx, edit(p, "spelling"), v.Number, []review.Section{{Key: review.SummaryKey, Markdown: "Words."}}))(t)
	if now := must(w.Policy(w.ctx, Lead, p.ID))(t); proposed.Section(review.SummaryKey).Markdown != "Words." || now.Revision != p.Revision || len(now.Issued) != 1 {
		t.Errorf("what was only proposed changed the policy: %+v", now.Issued)
	}
	for _, text := range []string{"Words for this sektion.", "Words for this section, corrected."} {
		p = must(w.Policy(w.ctx, Lead, p.ID))(t)
		must(w.Erratum(w.ctx, edit(p, "spelling"), v.Number, []review.Section{{Key: review.SummaryKey, Markdown: text}}))(t)
	}
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	last := p.Corrected(v.Number)
	pub := must(w.Stores.Publications.Load(w.ctx, p.ID))(t)
	if last != (review.Number{Major: 1, Minor: 2}) || p.Published != last || pub.Version != last || p.Corrected(last) != last {
		t.Errorf("corrected %s, published %s and %s", last, p.Published, pub.Version)
	}
	if got := p.Section(review.SummaryKey).Markdown; got != "Words for this section, corrected." {
		t.Errorf("the draft says %q", got)
	}
	if a := must(w.Applies(w.ctx, p.ID, c.ID, april, april))(t); a.Interval.Text.Version != v.Number {
		t.Errorf("the register names %+v", a)
	}
	next := w.final(t, p)
	w.adopt(t, next, c.ID, april.AddDays(90), "")
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	must(w.Publish(w.ctx, edit(p, ""), next.Number, april.AddDays(90).Start()))(t)
	p = must(w.Policy(w.ctx, Lead, p.ID))(t)
	_, err = w.Erratum(w.ctx, edit(p, "spelling"), v.Number, []review.Section{{Key: review.SummaryKey, Markdown: "Corrected once more."}})
	wants(t, err, record.ErrRule, "an erratum that would not be seen, for a later version is to come")
}
