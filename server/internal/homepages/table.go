package homepages

import (
	"cmp"
	"slices"
	"strconv"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

// patience is after how many days without a step forward a policy is late: four weeks.
const patience = 28

// boardFacts are what a board is made from.
type boardFacts struct {
	today    record.Date
	policies []*review.Card
	standing []decision.Standing
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
	Cells                  []cell
	Quiet                  string // said in place of the cells while the policy is not for decision
	stage                  review.Stage
}

// cell is where one place stands.
type cell struct {
	State  string // letter of the stylesheet: a, v, n, d, w, l
	Word   string
	Chosen bool
}

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
	r := boardRow{Href: "/desk/policies/" + x.ID, Title: x.Title, Reference: x.Reference, Lead: f.name(x.Lead), LeadID: x.Lead, stage: x.Stage}
	days := f.today.DaysSince(record.DateOf(x.Since))
	version, final := lastFinal(x)
	if !final || x.Stage == review.Withdrawn {
		r.Quiet = "Not for decision yet"
		if x.Stage == review.Withdrawn {
			r.Quiet = "Withdrawn"
			return r
		}
		r.Waits, r.Days, r.Late = "Draft, lead", days, days > patience
		return r
	}
	missing := 0
	for _, place := range f.places {
		c, waits := f.cell(x, version, place, standing)
		r.Cells = append(r.Cells, c)
		if c.State == "a" || c.State == "v" {
			r.Adopted++
		}
		if waits {
			missing++
		}
	}
	if missing > 0 && x.Stage != review.Drafting {
		r.Href += "/decisions"
		r.Waits, r.Days, r.Late = f.waitsFor(x, missing), days, days > patience
	}
	return r
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

// cell is where a place stands on a version; waits tells whether it has still to decide.
func (f boardFacts) cell(x *review.Card, version, place string, standing []decision.Standing) (c cell, waits bool) {
	c.Chosen = place == f.place
	for _, s := range standing {
		if s.Version != version || s.Commissioner != place {
			continue
		}
		switch s.Outcome {
		case decision.Adopt:
			c.State, c.Word = "a", "Adopted"
		case decision.Vary:
			c.State, c.Word = "v", "Variation"
		case decision.Decline:
			c.State, c.Word = "n", "Not adopted"
		case decision.Defer:
			c.State, c.Word, waits = "d", "Deferred", true
		}
		return c, waits
	}
	if !slices.Contains(x.Commissioners, place) {
		c.State, c.Word = "-", "Not concerned"
		return c, false
	}
	c.State, c.Word = "w", "Waiting"
	for _, m := range f.missed {
		if _, asked := m.Item(x.ID, version); asked && slices.Contains(m.Commissioners, place) {
			c.State, c.Word = "l", "Late"
		}
	}
	return c, true
}

// wait is somebody whom work waits for.
type wait struct {
	Who, What string
	Days      int
	Late      bool
}

// waits are the leads and places that keep policies waiting, longest first.
func waits(groups []boardGroup, placeNames []string) []wait {
	drafts, decisions := map[string]*wait{}, map[string]*wait{}
	count := map[*wait]int{}
	note := func(in map[string]*wait, who string, r boardRow) {
		w := in[who]
		if w == nil {
			w = &wait{Who: who}
			in[who] = w
		}
		count[w]++
		w.Days, w.Late = max(w.Days, r.Days), w.Late || r.Late
	}
	for _, g := range groups {
		for _, r := range g.Rows {
			switch {
			case r.Waits == "":
			case len(r.Cells) == 0:
				note(drafts, r.Lead, r)
			default:
				for i, c := range r.Cells {
					if c.State == "w" || c.State == "l" || c.State == "d" {
						note(decisions, placeNames[i], r)
					}
				}
			}
		}
	}
	var out []wait
	for _, x := range []struct {
		list      map[string]*wait
		one, many string
	}{{drafts, "draft", "drafts"}, {decisions, "decision", "decisions"}} {
		for _, w := range x.list {
			w.What = plural(count[w], x.one, x.many)
			out = append(out, *w)
		}
	}
	slices.SortFunc(out, func(a, b wait) int { return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Who, b.Who)) })
	return out
}
