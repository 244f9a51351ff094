package homepages

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"concordat/review"
	"concordat/review/record"
	"concordat/web/view"
)

// choice is what a board is narrowed to. Each part is "" for all.
type choice struct{ lead, stage, month, need, place, standing string }

func chosen(c *gin.Context) choice {
	return choice{lead: c.Query("lead"), stage: c.Query("stage"), month: c.Query("month"), need: c.Query("need"), place: c.Query("place"), standing: c.Query("standing")}
}

// values are the choice as an address carries it.
func (x choice) values() url.Values {
	out := url.Values{}
	for name, v := range map[string]string{"lead": x.lead, "stage": x.stage, "month": x.month, "need": x.need, "place": x.place, "standing": x.standing} {
		if v != "" {
			out.Set(name, v)
		}
	}
	return out
}

// What can be chosen beside the letters of cells, the kinds of need and months.
const (
	standsOpen = "open"   // has still to decide
	needed     = "needed" // a consultation of whatever kind
	notSaid    = "unsaid"
	noMonth    = "none"
)

// fits tells whether a row is among what was chosen.
func (x choice) fits(r boardRow, places []string) bool {
	return (x.lead == "" || x.lead == r.LeadID) && (x.stage == "" || x.stage == string(r.stage)) && x.fitsMonth(r) && x.fitsNeed(r.need) && x.stands(r, places)
}

func (x choice) fitsMonth(r boardRow) bool {
	return x.month == "" || x.month == monthValue(r.month)
}

// monthValue is a month as an address has it: "2027-03".
func monthValue(d record.Date) string {
	if d == 0 {
		return noMonth
	}
	return d.String()[:7]
}

func (x choice) fitsNeed(n review.Need) bool {
	switch x.need {
	case "":
		return true
	case needed:
		return n.Needed()
	case notSaid:
		return n == review.Unsaid
	}
	return x.need == string(n)
}

// stands tells whether the chosen place, or any when none is chosen, stands as was chosen. A draft is late, too, when its
// lead is.
func (x choice) stands(r boardRow, places []string) bool {
	if x.standing == "" {
		return true
	}
	if x.standing == "l" && x.place == "" && r.Late {
		return true
	}
	for i, c := range r.Cells {
		if (x.place == "" || x.place == places[i]) && (x.standing == c.State || x.standing == standsOpen && waiting(c)) {
			return true
		}
	}
	return false
}

// narrowed leaves the rows that were chosen.
func narrowed(groups []boardGroup, x choice, places []string) []boardGroup {
	var out []boardGroup
	for _, g := range groups {
		g.Rows = slices.DeleteFunc(slices.Clone(g.Rows), func(r boardRow) bool { return !x.fits(r, places) })
		if len(g.Rows) > 0 {
			g.Title = g.Rows[0].stage.Words() + ": " + strconv.Itoa(len(g.Rows))
			out = append(out, g)
		}
	}
	return out
}

// filters are the boxes in which the choice is made.
func (x choice) filters(groups []boardGroup, ids, names []string) []view.Select {
	lead, stage, month := filter("lead", "Lead", "All", x.lead), filter("stage", "Stage", "All", x.stage), filter("month", "Decision in", "Any month", x.month)
	seen := map[string]bool{}
	once := func(into *view.Select, value, text string) {
		if key := into.Name + " " + value; !seen[key] {
			seen[key] = true
			into.Options = append(into.Options, view.Option{Text: text, Value: value})
		}
	}
	for _, g := range groups {
		once(&stage, string(g.Rows[0].stage), g.Rows[0].stage.Words())
		for _, r := range g.Rows {
			once(&lead, r.LeadID, r.Lead)
			once(&month, monthValue(r.month), cmp.Or(r.month.MonthWords(), "No month yet"))
		}
	}
	slices.SortFunc(lead.Options[1:], func(a, b view.Option) int { return cmp.Compare(a.Text, b.Text) })
	slices.SortFunc(month.Options[1:], func(a, b view.Option) int { return cmp.Compare(a.Value, b.Value) })
	need := filter("need", "Consultation", "All", x.need)
	need.Options = append(need.Options, view.Option{Text: "Needed", Value: needed}, view.Option{Text: "Not needed", Value: string(review.NotNeeded)},
		view.Option{Text: "Not said yet", Value: notSaid}, view.Option{Text: "Targeted", Value: string(review.Targeted)},
		view.Option{Text: "Public", Value: string(review.PublicAsked)}, view.Option{Text: "Formal", Value: string(review.Formal)})
	place := filter("place", "Place", "All "+strconv.Itoa(len(names)), x.place)
	for i, id := range ids {
		place.Options = append(place.Options, view.Option{Text: names[i], Value: id})
	}
	standing := filter("standing", "Decided", "Anything", x.standing)
	standing.Options = append(standing.Options, view.Option{Text: "Not yet", Value: standsOpen}, view.Option{Text: "Late", Value: "l"}, view.Option{Text: "Adopted", Value: "a"},
		view.Option{Text: "With a variation", Value: "v"}, view.Option{Text: "Not adopted", Value: "n"}, view.Option{Text: "Deferred", Value: "d"})
	return []view.Select{lead, stage, month, need, place, standing}
}

func filter(name, label, all, value string) view.Select {
	return view.Select{Name: name, Label: view.Label{Text: label}, Value: value, Options: []view.Option{{Text: all}}}
}

// words say what was chosen: "led by P Anand, for decision, with the decision in March 2027". "" when it is all.
func (x choice) words(filters []view.Select) string {
	var parts []string
	for _, f := range filters {
		text := ""
		for _, o := range f.Options {
			if f.Value != "" && o.Value == f.Value {
				text = o.Text
			}
		}
		if text == "" {
			continue
		}
		switch f.Name {
		case "lead":
			parts = append(parts, "led by "+text)
		case "stage":
			parts = append(parts, "stage: "+strings.ToLower(text))
		case "month":
			parts = append(parts, "decision in: "+text)
		case "need":
			parts = append(parts, "consultation: "+strings.ToLower(text))
		case "place":
			parts = append(parts, "place: "+text)
		case "standing":
			parts = append(parts, "decided: "+strings.ToLower(text))
		}
	}
	return strings.Join(parts, "; ")
}
