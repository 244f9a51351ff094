package homepages

import (
	"cmp"
	"slices"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/page"
	"concordat/web/view"
)

// timetablePage is a programme's dates, what is late first.
type timetablePage struct {
	Frame   view.Frame
	Late    []lateThing
	Dates   []timetableDate
	MayEdit bool
	Edit    string
}

// lateThing is something whose day has passed.
type lateThing struct {
	Href, Text, Why string
	Days            int
}

// timetableDate is a line of the timetable.
type timetableDate struct {
	When, Href, Text string
	State, Word      string // its mark; "" for none
	on               record.Date
}

var timetableTemplate = view.Define[timetablePage]("home/timetable.html")

func (p *Pages) timetable(c *gin.Context) (page.Result, error) {
	t, err := p.table(c)
	if err != nil {
		return page.Result{}, err
	}
	promised, err := p.Programmes.Promised(c.Request.Context(), page.Actor(c), t.g.ID)
	if err != nil {
		return page.Result{}, err
	}
	d := timetablePage{Frame: p.frame(c, "Timetable", "programmes", nil, programmeCrumbs(t.g)...), Late: lateness(t, promised), Dates: t.dates(promised),
		MayEdit: programme.MayEdit(page.Actor(c), t.g), Edit: "/desk/programmes/" + t.g.ID + "/edit"}
	return page.Result{Page: timetableTemplate.Page(d)}, nil
}

// lateness is what is late in a programme, longest first: milestones that nobody said were reached, meetings about which
// nothing is recorded, policies whose planned month has passed, and promises.
func lateness(t table, promised []*programme.Commitment) []lateThing {
	var out []lateThing
	today, base := t.facts.today, "/desk/programmes/"+t.g.ID
	for _, m := range t.g.Milestones {
		if m.Late(today) {
			out = append(out, lateThing{base + "/edit", m.Name, "Milestone of " + m.Date.Words() + ". Nobody has said that it was reached", today.DaysSince(m.Date)})
		}
	}
	for _, m := range t.meetings(t.facts.missed) {
		out = append(out, lateThing{"/desk/meetings/" + m.ID, m.Title, "Meeting of " + m.Date.Words() + ". Nothing is recorded about its " + plural(len(m.Items), "policy", "policies"), today.DaysSince(m.Date)})
	}
	for _, g := range t.all {
		for _, r := range g.Rows {
			if due := r.overdueSince(today); due > 0 {
				out = append(out, lateThing{r.Href, r.Title, r.Reference + ", planned for " + r.Planned + ". Waits for: " + r.Waits + ". " + r.Lead + " leads it", due})
			}
		}
	}
	for _, m := range promised {
		if m.Late(today) {
			out = append(out, lateThing{promisesHref(t.g.ID) + "/" + m.ID, m.Promise.Words() + ": “" + m.Words + "”", "Promise due on " + m.Due.Words() + ". " + m.Source(), today.DaysSince(m.Due)})
		}
	}
	slices.SortStableFunc(out, func(a, b lateThing) int { return cmp.Compare(b.Days, a.Days) })
	return out
}

// overdueSince is for how many days the month that was planned for the row's decision has passed; 0 when it has not.
func (r boardRow) overdueSince(today record.Date) int {
	if r.planned == 0 {
		return 0
	}
	return max(today.DaysSince(r.planned.AddMonths(1))+1, 0)
}

// meetings are those of a list that are about policies of the programme.
func (t table) meetings(list []*decision.Meeting) []*decision.Meeting {
	return slices.DeleteFunc(slices.Clone(list), func(m *decision.Meeting) bool {
		return !slices.ContainsFunc(m.Items, func(i decision.Item) bool { return i.Programme == t.g.ID })
	})
}

// dates are the programme's days in order, with the months for which decisions are planned.
func (t table) dates(promised []*programme.Commitment) []timetableDate {
	today := t.facts.today
	var out []timetableDate
	past := func(on record.Date, text string) timetableDate {
		x := timetableDate{When: on.Words(), Text: text, on: on}
		if on < today {
			x.State, x.Word = "same", "Past"
		}
		return x
	}
	out = append(out, past(t.g.Start, "The programme starts"), past(t.g.End, "The programme ends"))
	for _, m := range t.g.Milestones {
		out = append(out, milestoneDate(m, today))
	}
	for _, m := range t.meetings(t.facts.missed) {
		out = append(out, timetableDate{m.Date.Words(), "/desk/meetings/" + m.ID, m.Title + agendaWords(m), "late", "Nothing recorded", m.Date})
	}
	for _, m := range t.meetings(t.facts.coming) {
		out = append(out, timetableDate{m.Date.Words(), "/desk/meetings/" + m.ID, m.Title + agendaWords(m), "waiting", inDays(m.Date.DaysSince(today)), m.Date})
	}
	for _, m := range promised {
		if m.Standing == programme.Open && m.Due != 0 {
			x := timetableDate{m.Due.Words(), promisesHref(t.g.ID) + "/" + m.ID, "Promise due: “" + m.Words + "”", "waiting", "Open", m.Due}
			if m.Late(today) {
				x.State, x.Word = "late", "Late"
			}
			out = append(out, x)
		}
	}
	out = append(out, t.months()...)
	slices.SortStableFunc(out, func(a, b timetableDate) int { return cmp.Compare(a.on, b.on) })
	return out
}

func milestoneDate(m programme.Milestone, today record.Date) timetableDate {
	x := timetableDate{When: m.Date.Words(), Text: m.Name, State: "waiting", Word: inDays(m.Date.DaysSince(today)), on: m.Date}
	switch {
	case m.Reached:
		x.State, x.Word = "same", "Reached"
	case m.Late(today):
		x.State, x.Word = "late", "Late"
	}
	return x
}

// months are those in which decisions that are still missing are to be made, each with a link to the board.
func (t table) months() []timetableDate {
	open := map[record.Date]int{}
	for _, g := range t.all {
		for _, r := range g.Rows {
			if r.month != 0 && r.Waits != "" && r.stage != review.Withdrawn {
				open[r.month]++
			}
		}
	}
	var out []timetableDate
	for month, n := range open {
		x := timetableDate{When: month.MonthWords(), Href: "/desk/programmes/" + t.g.ID + "?month=" + monthValue(month), Text: plural(n, "policy is", "policies are") + " to be decided", on: month}
		if month < t.facts.today.Month() {
			x.State, x.Word = "late", "Late"
		}
		out = append(out, x)
	}
	return out
}
