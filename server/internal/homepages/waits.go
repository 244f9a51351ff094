package homepages

import (
	"cmp"
	"net/url"
	"slices"

	"concordat/review"
)

// wait is somebody whom work waits for.
type wait struct {
	Who, What string
	Href      string // the board with what waits; its query
	Days      int
	Late      bool
}

// waits are the leads and places that keep policies waiting, longest first. ids are those of the places.
func waits(groups []boardGroup, ids, names []string) []wait {
	drafts, decisions := map[string]*wait{}, map[string]*wait{}
	count := map[*wait]int{}
	note := func(in map[string]*wait, id, who string, query url.Values, r boardRow) {
		w := in[id]
		if w == nil {
			w = &wait{Who: who, Href: "?" + query.Encode()}
			in[id] = w
		}
		count[w]++
		w.Days, w.Late = max(w.Days, r.Days), w.Late || r.Late
	}
	for _, g := range groups {
		for _, r := range g.Rows {
			switch {
			case r.Waits == "":
			case len(r.Cells) == 0:
				note(drafts, r.LeadID, r.Lead, url.Values{"lead": {r.LeadID}, "stage": {string(review.Drafting)}}, r)
			default:
				for i, c := range r.Cells {
					if waiting(c) {
						note(decisions, ids[i], names[i], url.Values{"place": {ids[i]}, "standing": {standsOpen}}, r)
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
