package homepages

import (
	"cmp"
	"slices"
	"strconv"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/web/view"
)

// patience is after how many days without a step forward a policy is late: four weeks.
const patience = 28

// boardFacts are what a board is made from.
type boardFacts struct {
	today    record.Date
	policies []*review.Card
	standing []decision.Standing
	coming   []*decision.Meeting
	agenda   map[string]*decision.Meeting // by policy, meetings to come
	missed   []*decision.Meeting          // meetings whose day has passed with nothing recorded
	places   []string                     // ids, in the order of the columns
	place    string                       // the one chosen for narrow screens
	name     func(account string) string
}

type boardGroup struct {
	ID, Title string
	Rows      []boardRow
}

type boardRow struct {
	Href, Title, Reference string
	Lead, LeadID           string
	Waits                  string // for whom or what; "" for nothing
	Days                   int
	Late                   bool
	Adopted                int
	Again                  int    // places that have still to decide and adopted an earlier version
	Need, Plan             string // what was said about consulting, and where it is said
	Planned                string // the month planned for the decision, while it is to come
	Cells                  []view.BoardCell
	Quiet                  string      // said in place of the cells while the policy is not for decision
	month                  record.Date // of the decision: see boardFacts.month; 0 for none
	planned                record.Date // the same as Planned
	need                   review.Need
	stage                  review.Stage
}

// waiting tells whether a place has still to decide.
func waiting(c view.BoardCell) bool { return c.State == "w" || c.State == "l" || c.State == "d" }

// groups are the rows by stage, longest wait first. What is for decision stands first.
func (f boardFacts) groups() []boardGroup {
	by := map[review.Stage][]boardRow{}
	standing := f.byPolicy()
	for _, x := range f.policies {
		by[x.Stage] = append(by[x.Stage], f.row(x, standing[x.ID]))
	}
	var out []boardGroup
	for _, s := range []review.Stage{review.ForDecision, review.Drafting, review.Published, review.Withdrawn} {
		rows := by[s]
		if len(rows) == 0 {
			continue
		}
		slices.SortStableFunc(rows, func(a, b boardRow) int {
			return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Title, b.Title))
		})
		out = append(out, boardGroup{ID: "g-" + string(s), Title: s.Words() + ": " + strconv.Itoa(len(rows)), Rows: rows})
	}
	return out
}

func (f boardFacts) byPolicy() map[string][]decision.Standing {
	out := map[string][]decision.Standing{}
	for _, s := range f.standing {
		out[s.Policy] = append(out[s.Policy], s)
	}
	return out
}

func (f boardFacts) row(x *review.Card, standing []decision.Standing) boardRow {
	said := x.Need().Need
	r := boardRow{Href: "/desk/policies/" + x.ID, Title: x.Title, Reference: x.Reference, Lead: f.name(x.Lead), LeadID: x.Lead, stage: x.Stage,
		Need: needWord(said), need: said, Plan: "/desk/policies/" + x.ID + "/plan", month: x.Planned}
	days := f.today.DaysSince(record.DateOf(x.Since))
	version, final := lastFinal(x)
	overdue := f.overdue(x)
	if !final || x.Stage == review.Withdrawn {
		r.Quiet = "Not for decision yet"
		if x.Stage == review.Withdrawn {
			r.Quiet = "Withdrawn"
			return r
		}
		r.Waits, r.Days, r.Late, r.Planned = "Draft, lead", days, days > patience || overdue, x.Planned.MonthWords()
		r.planned = x.Planned
		return r
	}
	missing := 0
	for _, place := range f.places {
		c := f.cell(x, version, place, standing)
		r.Cells = append(r.Cells, c)
		if c.State == "a" || c.State == "v" {
			r.Adopted++
		}
		if waiting(c) {
			missing++
			if adoptedBefore(version, place, standing) {
				r.Again++
			}
		}
	}
	r.month = f.month(x, version, standing, missing)
	if missing > 0 && x.Stage != review.Drafting {
		r.Href += "/decisions"
		r.Waits, r.Days, r.Late = f.waitsFor(x, missing), days, days > patience || overdue
		if f.agenda[x.ID] == nil {
			r.Planned, r.planned = x.Planned.MonthWords(), x.Planned
		}
	}
	return r
}

// adoptedBefore tells whether a place adopted another version than the one that is put to decision.
func adoptedBefore(version, place string, standing []decision.Standing) bool {
	return slices.ContainsFunc(standing, func(s decision.Standing) bool {
		return s.Commissioner == place && s.Version != version && s.Outcome.Adopts()
	})
}

// month is that of the meeting which is to decide, or should have; else the month planned; else that of the last
// decision.
func (f boardFacts) month(x *review.Card, version string, standing []decision.Standing, missing int) record.Date {
	if missing == 0 {
		var last record.Date
		for _, s := range standing {
			if s.Version == version {
				last = max(last, s.DecidedOn)
			}
		}
		return last.Month()
	}
	if m := f.agenda[x.ID]; m != nil {
		return m.Date.Month()
	}
	for _, m := range f.missed {
		if _, asked := m.Item(x.ID, version); asked {
			return m.Date.Month()
		}
	}
	return x.Planned
}

// overdue tells whether the month planned for the decision has passed, and no meeting to come has it on its agenda.
func (f boardFacts) overdue(x *review.Card) bool {
	return x.Planned != 0 && x.Planned < f.today.Month() && f.agenda[x.ID] == nil
}

func (f boardFacts) waitsFor(x *review.Card, missing int) string {
	if m := f.agenda[x.ID]; m != nil {
		return m.Title + ", " + short(m.Date)
	}
	return plural(missing, "decision", "decisions")
}

// short is a day without its year: "18 March".
func short(d record.Date) string {
	words := d.Words()
	if len(words) > 5 {
		return words[:len(words)-5]
	}
	return words
}

// needWord is the need for a consultation in a narrow column.
func needWord(n review.Need) string {
	switch n {
	case review.Unsaid:
		return "Not said"
	case review.NotNeeded:
		return "None"
	case review.Targeted:
		return "Targeted"
	case review.PublicAsked:
		return "Public"
	}
	return "Formal"
}

// cell is where a place stands on a version. A place that has not decided is late after a meeting that recorded
// nothing, and when the month planned has passed without one.
func (f boardFacts) cell(x *review.Card, version, place string, standing []decision.Standing) view.BoardCell {
	c := view.BoardCell{Chosen: place == f.place}
	for _, s := range standing {
		if s.Version != version || s.Commissioner != place {
			continue
		}
		switch s.Outcome {
		case decision.Adopt:
			c.State = "a"
		case decision.Vary:
			c.State = "v"
		case decision.Decline:
			c.State = "n"
		case decision.Defer:
			c.State = "d"
		}
		return c
	}
	if !slices.Contains(x.Commissioners, place) {
		c.State = view.NotConcerned
		return c
	}
	c.State = "w"
	if f.missedBy(x, version, place) || f.overdue(x) {
		c.State = "l"
	}
	return c
}

func (f boardFacts) missedBy(x *review.Card, version, place string) bool {
	return slices.ContainsFunc(f.missed, func(m *decision.Meeting) bool {
		_, asked := m.Item(x.ID, version)
		return asked && slices.Contains(m.Commissioners, place)
	})
}
