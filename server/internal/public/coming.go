package public

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"concordat/review"
	"concordat/review/record"
	"concordat/web/view"
)

// reviewNear is how many months before its review date a policy counts as under review.
const reviewNear = 6

// comingPage is what is under review and what is to come.
type comingPage struct {
	Frame    view.Frame
	Starting []comingRow // adopted, with a date that has not come
	Undated  []comingRow // adopted, with a date that is not known
	Reviews  []comingRow
}

type comingRow struct {
	Title, Href string
	When        string
	Where       string
	Late        bool
	at          record.Date
}

var comingTemplate = view.Define[comingPage]("public/coming.html")

func (l *Library) comingView(s *Snapshot) view.Page {
	x := comingPage{Frame: l.frame("Under review and coming", "coming")}
	for _, p := range s.Policies {
		x.Starting = append(x.Starting, s.starting(p)...)
		x.Undated = append(x.Undated, s.undated(p)...)
		x.Reviews = append(x.Reviews, s.dueReviews(p)...)
	}
	for _, list := range [][]comingRow{x.Starting, x.Reviews} {
		slices.SortStableFunc(list, func(a, b comingRow) int { return cmp.Compare(a.at, b.at) })
	}
	return comingTemplate.Page(x)
}

// starting groups a policy's areas by the day on which it begins there.
func (s *Snapshot) starting(p *Policy) []comingRow {
	places := map[record.Date][]string{}
	for _, c := range s.AreasOf(p) {
		if next := s.upcoming(p, c); next != nil && next.Text.Policy == p.ID {
			places[next.From] = append(places[next.From], c.Short)
		}
	}
	var out []comingRow
	for from, list := range places {
		out = append(out, comingRow{Title: p.Now.Title, Href: p.href(), When: "From " + from.Words(), Where: listed(list), at: from})
	}
	slices.SortFunc(out, func(a, b comingRow) int { return cmp.Compare(a.at, b.at) })
	return out
}

// undated groups a policy's areas by the event that they wait for.
func (s *Snapshot) undated(p *Policy) []comingRow {
	places := map[string][]string{}
	for _, c := range s.AreasOf(p) {
		r := p.registers[c.ID]
		if r == nil {
			continue
		}
		for _, w := range r.Pending {
			places[w.Event] = append(places[w.Event], c.Short)
		}
	}
	var out []comingRow
	for event, list := range places {
		out = append(out, comingRow{Title: p.Now.Title, Href: p.href(), When: "Starts with “" + event + "”", Where: listed(list)})
	}
	slices.SortFunc(out, func(a, b comingRow) int { return cmp.Compare(a.When, b.When) })
	return out
}

// dueReviews groups the areas where a policy applies by the day on which the text that applies there is due for review,
// where that day is near or past.
func (s *Snapshot) dueReviews(p *Policy) []comingRow {
	places := map[record.Date][]string{}
	all := s.Standings(p)
	for _, st := range all {
		if st.Situation == InForce && st.Version.Review != 0 && s.Today >= st.Version.Review.AddMonths(-reviewNear) {
			places[st.Version.Review] = append(places[st.Version.Review], st.Area.Short)
		}
	}
	var out []comingRow
	for due, list := range places {
		row := comingRow{Title: p.Now.Title, Href: p.href(), When: "Review due by " + due.Words(), at: due}
		if s.Today >= due {
			row.Late, row.When = true, "Review was due by "+due.Words()
		}
		where := listed(list)
		if len(list) == len(all) {
			where = "all areas"
		}
		row.When += ". It applies in " + where
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b comingRow) int { return cmp.Compare(a.at, b.at) })
	return out
}

// areaPage is all policies of one area.
type areaPage struct {
	Frame view.Frame
	Name  string
	Full  string
	Gone  string // when and into what the commissioner ended
	Next  []view.Link
	IFR   review.IFR
	Rows  []areaPolicy
}

type areaPolicy struct {
	Title, Href string
	Words       string // the answer
	Row         AreaRow
}

var areaTemplate = view.Define[areaPage]("public/area.html")

func (l *Library) areaView(s *Snapshot, c *review.Commissioner) view.Page {
	x := areaPage{Frame: l.frame("Policies in "+c.Short, "library"), Name: c.Short, Full: c.Name}
	if ask := s.asked(c); ask != nil {
		x.IFR = ask.IFR
	}
	x.Frame.Crumbs = []view.Link{{Text: "Policies", Href: "/"}}
	if c.Ended(s.Today) {
		x.Gone = c.Name + " ended on " + c.End.AddDays(-1).Words() + "."
		for _, id := range c.Successors {
			if next := s.places[id]; next != nil {
				x.Next = append(x.Next, view.Link{Text: next.Short, Href: "/areas/" + next.Slug})
			}
		}
	}
	for _, p := range s.Policies {
		if p.registers[c.ID] == nil && !slices.ContainsFunc(s.AreasOf(p), func(a *review.Commissioner) bool { return a.ID == c.ID }) {
			continue
		}
		st := s.Standing(p, c)
		x.Rows = append(x.Rows, areaPolicy{Title: p.Now.Title, Href: p.href() + "?area=" + c.Slug, Words: st.Position(), Row: s.areaRow(p, st)})
	}
	return areaTemplate.Page(x)
}

// changed is when the public text last changed.
func (p *Policy) changed() time.Time {
	return p.from
}

// plural counts: "1 policy", "15 policies".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
