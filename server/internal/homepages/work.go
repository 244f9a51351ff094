package homepages

import (
	"cmp"
	"context"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// workPage is the home of a member of staff.
type workPage struct {
	Frame  view.Frame
	Day    string
	Yours  []task
	Others []task
	Mine   []stageCount
	Count  int // my policies
	Boards []view.Link
	Coming []comingLine
}

// comingLine is a day to come, what is on it, and where that stands.
type comingLine struct {
	Href, Text string
	on         record.Date
}

// task is one line: a verb and a thing, why, and a mark.
type task struct {
	Href, Text, Why  string
	State, Word, Due string
	order            int // the smaller the sooner
}

var workTemplate = view.Define[workPage]("home/work.html")

// desk is what one person's page is made from.
type desk struct {
	*Pages
	by         record.Actor
	where      places
	mine       []*review.Card
	programmes []*programme.Programme // that I may read
	coming     []*decision.Meeting
	recent     []*decision.Meeting            // the latest up to today
	stood      map[string][]decision.Standing // by programme, of those that were asked for
	standing   map[string][]decision.Standing // of these by policy
	page       workPage
}

func (p *Pages) work(c *gin.Context) (page.Result, error) {
	d := &desk{Pages: p, by: page.Actor(c), stood: map[string][]decision.Standing{}, standing: map[string][]decision.Standing{}}
	d.page = workPage{Frame: p.frame(c, "My work", "work", nil), Day: p.Site.Now().In(record.London()).Weekday().String() + " " + p.today().Words()}
	for _, step := range []func(context.Context) error{d.read, d.drafts, d.locals, d.undecided, d.dates, d.approvals, d.due, d.again, d.meetings, d.sides} {
		if err := step(c.Request.Context()); err != nil {
			return page.Result{}, err
		}
	}
	sooner := func(a, b task) int { return cmp.Compare(a.order, b.order) }
	slices.SortStableFunc(d.page.Yours, sooner)
	slices.SortStableFunc(d.page.Others, sooner)
	return page.Result{Page: workTemplate.Page(d.page)}, nil
}

func (d *desk) read(ctx context.Context) (err error) {
	if d.where, _, err = d.places(ctx); err != nil {
		return err
	}
	if access.Ever(d.by, access.PolicyEdit) {
		if d.mine, err = d.policies(ctx, d.by, review.Filter{Lead: d.by.ID}); err != nil {
			return err
		}
	}
	if !access.Ever(d.by, access.PolicyRead) {
		return nil
	}
	if d.coming, err = d.Decisions.Coming(ctx, d.by, d.today()); err != nil {
		return err
	}
	if access.Ever(d.by, access.DecisionNotice) || access.Ever(d.by, access.DecisionRecord) {
		if d.recent, _, err = d.Decisions.Before(ctx, d.by, d.today().AddDays(1), ""); err != nil {
			return err
		}
	}
	if !access.May(d.by, access.ProgrammeRead, access.Scope{}) {
		return nil
	}
	if d.programmes, err = d.Programmes.All(ctx, d.by); err != nil {
		return err
	}
	for _, x := range d.mine {
		if err := d.readStanding(ctx, x.Programme); err != nil {
			return err
		}
	}
	return nil
}

// readStanding reads where everybody stands on the policies of a programme, unless it was read for this page.
func (d *desk) readStanding(ctx context.Context, programme string) (err error) {
	if _, ok := d.stood[programme]; ok {
		return nil
	}
	if d.stood[programme], err = d.Decisions.Standing(ctx, d.by, programme); err != nil {
		return err
	}
	for _, s := range d.stood[programme] {
		d.standing[s.Policy] = append(d.standing[s.Policy], s)
	}
	return nil
}

// keepMissed is for how many days a meeting about which nothing is recorded is asked for.
const keepMissed = 100

// missed are those of the latest meetings that were before today and about which nothing is recorded.
func (p *Pages) missed(recent []*decision.Meeting) []*decision.Meeting {
	return slices.DeleteFunc(slices.Clone(recent), func(m *decision.Meeting) bool {
		days := p.today().DaysSince(m.Date)
		return days <= 0 || days > keepMissed || m.State != decision.Planned || len(m.Items) == 0
	})
}

// drafts are mine that are being written.
func (d *desk) drafts(ctx context.Context) error {
	for _, x := range d.mine {
		if x.Stage != review.Drafting {
			continue
		}
		fix, err := d.blocks(ctx, d.by, x)
		if err != nil {
			return err
		}
		days := d.today().DaysSince(record.DateOf(x.Since))
		t := task{Href: "/desk/policies/" + x.ID, Text: "Finish the draft of " + x.Title, Why: x.Reference + ". " + plural(fix, "check to fix", "checks to fix"),
			State: "waiting", Word: plural(days, "day", "days"), Due: "since " + record.DateOf(x.Since).Words(), order: -days}
		if fix == 0 {
			t.Text, t.Why = "Put "+x.Title+" to decision", x.Reference+". No check stands against a final version"
		}
		if days > patience {
			t.State = "late"
		}
		d.page.Yours = append(d.page.Yours, t)
	}
	return nil
}

// mostLocals is of how many policies the local policies are asked for one by one.
const mostLocals = 5

// locals are local policies of mine that nobody has compared with their originals. They come after the drafts, those of
// most losses first.
func (d *desk) locals(ctx context.Context) error {
	open := slices.DeleteFunc(slices.Clone(d.mine), func(x *review.Card) bool { return x.Stage != review.Drafting && x.Stage != review.ForDecision })
	unchecked, err := d.Policies.Unchecked(ctx, d.by, open)
	if err != nil {
		return err
	}
	var found []task
	for _, x := range open {
		list := unchecked[x.ID]
		if len(list) == 0 {
			continue
		}
		lost := 0
		for _, l := range list {
			for _, loss := range l.Losses {
				lost += max(loss.Count, 1)
			}
		}
		t := task{Href: "/desk/policies/" + x.ID + "/local", Text: "Compare " + plural(len(list), "local policy", "local policies") + " of " + x.Title + " with what was sent",
			Why: x.Reference, State: "unsure", Word: "To look at", order: -lost}
		if lost > 0 {
			t.Why += ". " + plural(lost, "thing", "things") + " could not be carried over"
		}
		found = append(found, t)
	}
	slices.SortStableFunc(found, func(a, b task) int { return cmp.Compare(a.order, b.order) })
	if rest := len(found) - mostLocals; rest > 0 {
		found = append(found[:mostLocals], task{Href: "/desk/policies?lead=mine", Text: "Compare the local policies of " + plural(rest, "other policy", "other policies") + " with what was sent",
			State: "unsure", Word: "To look at"})
	}
	for i := range found {
		found[i].order = 0
	}
	d.page.Yours = append(d.page.Yours, found...)
	return nil
}

// undecided are mine on which commissioners have still to decide.
func (d *desk) undecided(ctx context.Context) error {
	agenda := agendas(d.coming)
	facts := boardFacts{}
	for _, x := range d.mine {
		version, final := lastFinal(x)
		if !final || x.Stage == review.Drafting || x.Stage == review.Withdrawn {
			continue
		}
		missing := 0
		for _, place := range x.Commissioners {
			c := facts.cell(x, version, place, d.standing[x.ID])
			if !waiting(c) {
				continue
			}
			missing++
			if c.State == "d" {
				d.page.Others = append(d.page.Others, task{Href: "/desk/policies/" + x.ID + "/decisions", Text: "Decision of " + d.where.short[place] + " on " + x.Title,
					Why: x.Reference + ", version " + version, State: "deferred", Word: "Deferred"})
			}
		}
		if missing == 0 {
			continue
		}
		t := task{Href: "/desk/policies/" + x.ID + "/decisions", Why: x.Reference + ", version " + version + ". " + plural(missing, "decision is", "decisions are") + " missing"}
		m := agenda[x.ID]
		switch {
		case m != nil:
			days := m.Date.DaysSince(d.today())
			t.Text, t.State, t.Word, t.Due, t.order = m.Title+" decides on "+x.Title, "waiting", inDays(days), m.Date.Words(), days
			d.page.Others = append(d.page.Others, t)
		default:
			t.Text, t.State, t.Word, t.Due, t.Href = "Put "+x.Title+" on an agenda", "waiting", "No meeting", "", "/desk/meetings"
			d.page.Yours = append(d.page.Yours, t)
		}
	}
	return nil
}

// dates are adoptions of mine that wait for the date of an event, and suspensions of mine that wait for a second person.
func (d *desk) dates(ctx context.Context) error {
	if len(d.mine) == 0 {
		return nil
	}
	waiting, err := d.Policies.Waiting(ctx, d.by, d.mine)
	if err != nil {
		return err
	}
	for _, x := range d.mine {
		for _, r := range waiting[x.ID] {
			href := "/desk/policies/" + x.ID + "/register/" + r.Commissioner
			for _, w := range r.Pending {
				d.page.Yours = append(d.page.Yours, task{Href: href, Text: "Give the date from which " + x.Title + " applies in " + d.where.short[r.Commissioner],
					Why: x.Reference + ". Adopted for the " + w.Event, State: "unsure", Word: "Missing"})
			}
			if _, alone := r.Unapproved(); alone {
				d.page.Others = append(d.page.Others, d.suspension("Approval of the suspension of ", x, r))
			}
		}
	}
	return nil
}

// approvals are suspensions that wait for me: whoever leads the policy.
func (d *desk) approvals(ctx context.Context) error {
	if !access.Ever(d.by, access.RegisterApprove) {
		return nil
	}
	list, err := d.Policies.Approvals(ctx, d.by)
	if err != nil {
		return err
	}
	for _, a := range list {
		d.page.Yours = append(d.page.Yours, d.suspension("Approve the suspension of ", a.Policy.Card(), a.Register))
	}
	return nil
}

func (d *desk) suspension(verb string, x *review.Card, r *review.Register) task {
	s, _ := r.Suspended()
	return task{Href: "/desk/policies/" + x.ID + "/register/" + r.Commissioner, Text: verb + x.Title + " in " + d.where.short[r.Commissioner],
		Why: x.Reference + ". Suspended from " + s.From.Words(), State: "late", Word: "Waits for a second person", order: -1000}
}

// inDays says when a day comes.
func inDays(n int) string {
	if n == 0 {
		return "Today"
	}
	return "In " + plural(n, "day", "days")
}

// mostMeetings is how many meetings are looked at for decisions that somebody has still to record.
const mostMeetings = 10

// recordWithin is for how many days after a meeting that began to decide somebody is asked for the rest: what it left
// open on purpose must not be asked for ever.
const recordWithin = 14

// meetings are those whose decisions I have still to record.
func (d *desk) meetings(ctx context.Context) error {
	if !access.Ever(d.by, access.DecisionRecord) {
		return nil
	}
	for _, m := range d.recent[:min(mostMeetings, len(d.recent))] {
		days := d.today().DaysSince(m.Date)
		open, err := d.open(ctx, m, days)
		if err != nil {
			return err
		}
		if open == 0 {
			continue
		}
		t := task{Href: "/desk/meetings/" + m.ID, Text: "Record what was decided: " + m.Title, Why: m.Body + ". " + plural(open, "decision is", "decisions are") + " missing",
			State: "late", Word: plural(days, "day", "days") + " ago", Due: m.Date.Words(), order: -days}
		if days == 0 {
			t.State, t.Word = "waiting", "Today"
		}
		d.page.Yours = append(d.page.Yours, t)
	}
	return nil
}

// open counts the decisions of a meeting that I may record and that are missing.
func (d *desk) open(ctx context.Context, m *decision.Meeting, days int) (n int, err error) {
	mine := slices.DeleteFunc(slices.Clone(m.Commissioners), func(c string) bool { return !decision.MayRecord(d.by, c) })
	late := m.State == decision.Held && days > recordWithin || days > keepMissed
	if late || m.State == decision.Cancelled || len(mine) == 0 || len(m.Items) == 0 {
		return 0, nil
	}
	if m.State == decision.Planned {
		return len(mine) * len(m.Items), nil
	}
	made, err := d.Decisions.OfMeeting(ctx, d.by, m)
	if err != nil {
		return 0, err
	}
	settled := map[string]bool{}
	for _, x := range made {
		settled[x.ID] = !x.Open(m.ID)
	}
	for _, i := range m.Items {
		for _, c := range mine {
			if !settled[decision.ID(i.Policy, i.Version, c)] {
				n++
			}
		}
	}
	return n, nil
}

func agendaWords(m *decision.Meeting) string {
	if len(m.Items) == 0 {
		return ""
	}
	return ", " + plural(len(m.Items), "policy", "policies")
}

// sides are the lists beside the work.
func (d *desk) sides(context.Context) error {
	d.page.Count = len(d.mine)
	for _, s := range review.Stages {
		n := 0
		for _, x := range d.mine {
			if x.Stage == s {
				n++
			}
		}
		if n > 0 {
			d.page.Mine = append(d.page.Mine, stageCount{Href: "/desk/policies?lead=mine&stage=" + string(s), Words: s.Words(), Count: n})
		}
	}
	for _, m := range d.coming[:min(5, len(d.coming))] {
		d.page.Coming = append(d.page.Coming, comingLine{"/desk/meetings/" + m.ID, short(m.Date) + ": " + m.Title + agendaWords(m), m.Date})
	}
	for _, g := range d.programmes {
		d.page.Boards = append(d.page.Boards, view.Link{Text: g.Name, Href: "/desk/programmes/" + g.ID})
		for _, next := range g.Next(d.today()) {
			if next.Date.DaysSince(d.today()) <= 60 {
				d.page.Coming = append(d.page.Coming, comingLine{"/desk/programmes/" + g.ID + "/timetable", short(next.Date) + ": " + next.Name, next.Date})
			}
		}
	}
	slices.SortStableFunc(d.page.Coming, func(a, b comingLine) int { return cmp.Compare(a.on, b.on) })
	return nil
}
