package homepages

import (
	"slices"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/record"
)

func policy(id string, stage review.Stage, daysAgo int, final bool) *review.Card {
	p := &review.Card{ID: id, Reference: "CP-" + id, Lead: "lead", Stage: stage, Commissioners: []string{"a", "b", "c"},
		Since: time.Date(2027, 3, 18, 12, 0, 0, 0, time.UTC).AddDate(0, 0, -daysAgo)}
	p.Title = "Policy " + id
	if final {
		p.Issued = []review.Mark{{Number: review.Number{Major: 1}, Final: true}}
	}
	return p
}

func TestBoard(t *testing.T) {
	m := &decision.Meeting{Title: "Joint committee", Date: record.Day(2027, 3, 25), Items: []decision.Item{{Policy: "3", Version: "1.0"}}}
	missed := &decision.Meeting{Commissioners: []string{"c"}, Items: []decision.Item{{Policy: "2", Version: "1.0"}}}
	f := boardFacts{today: record.Day(2027, 3, 18), places: []string{"a", "b", "c", "d"}, place: "b", name: func(string) string { return "P Anand" },
		agenda: map[string]*decision.Meeting{"3": m}, missed: []*decision.Meeting{missed},
		policies: []*review.Card{policy("1", review.Drafting, 40, false), policy("2", review.ForDecision, 3, true), policy("3", review.ForDecision, 30, true), policy("4", review.Published, 60, true)},
		standing: []decision.Standing{
			{Policy: "2", Version: "1.0", Commissioner: "a", Outcome: decision.Adopt}, {Policy: "2", Version: "1.0", Commissioner: "b", Outcome: decision.Defer},
			{Policy: "4", Version: "1.0", Commissioner: "a", Outcome: decision.Adopt}, {Policy: "4", Version: "1.0", Commissioner: "b", Outcome: decision.Vary},
			{Policy: "4", Version: "1.0", Commissioner: "c", Outcome: decision.Decline}, {Policy: "3", Version: "0.9", Commissioner: "a", Outcome: decision.Adopt},
		}}
	groups := f.groups()
	type want struct {
		title, waits, cells, quiet string
		adopted                    int
		late                       bool
	}
	var got []want
	for _, g := range groups {
		for _, r := range g.Rows {
			w := want{title: r.Title, waits: r.Waits, quiet: r.Quiet, adopted: r.Adopted, late: r.Late}
			for _, c := range r.Cells {
				w.cells += c.State
			}
			got = append(got, w)
		}
	}
	if wanted := []want{
		{"Policy 3", "Joint committee, 25 March", "www-", "", 0, true},
		{"Policy 2", "2 decisions", "adl-", "", 1, false},
		{"Policy 1", "Draft, lead", "", "Not for decision yet", 0, true},
		{"Policy 4", "", "avn-", "", 2, false},
	}; !slices.Equal(got, wanted) {
		t.Errorf("rows\n%+v, want\n%+v", got, wanted)
	}
	list := waits(groups, []string{"A", "B", "C", "D"})
	if list[0] != (wait{Who: "P Anand", What: "1 draft", Days: 40, Late: true}) {
		t.Errorf("first waits %+v, want the oldest draft", list[0])
	}
	if len(list) != 4 || list[2] != (wait{Who: "B", What: "2 decisions", Days: 30, Late: true}) {
		t.Errorf("waits %+v, want A, B and C with decisions", list)
	}
	if !groups[0].Rows[0].Cells[1].Chosen || groups[0].Rows[0].Cells[0].Chosen {
		t.Error("the chosen place is not marked")
	}
	if left := narrowed(groups, "", "drafting"); len(left) != 1 || left[0].Rows[0].Title != "Policy 1" {
		t.Errorf("by stage: %+v", left)
	}
	if left := narrowed(groups, "nobody", ""); len(left) != 0 {
		t.Errorf("by a lead without policies: %+v", left)
	}
}
