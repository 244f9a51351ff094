package homepages

import (
	"slices"
	"strings"
	"testing"
	"time"

	"concordat/review"
	"concordat/review/decision"
	"concordat/review/programme"
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

// facts are those of 18 March 2027: a draft, two policies for decision of which one is on an agenda and one was missed,
// one that all decided, and one whose month has passed.
func facts() boardFacts {
	coming := &decision.Meeting{Title: "Joint committee", Date: record.Day(2027, 4, 8), Items: []decision.Item{{Policy: "3", Version: "1.0", Programme: "g"}}}
	missed := &decision.Meeting{Title: "Board of C", Date: record.Day(2027, 2, 4), Commissioners: []string{"c"}, Items: []decision.Item{{Policy: "2", Version: "1.0", Programme: "g"}, {Policy: "x", Version: "1.0", Programme: "h"}}}
	overdue := policy("5", review.Drafting, 10, false)
	overdue.Planned, overdue.Needs = record.Day(2027, 1, 1), []review.NeedRecord{{Need: review.Targeted}}
	draft := policy("1", review.Drafting, 40, false)
	draft.Planned, draft.Needs = record.Day(2027, 6, 1), []review.NeedRecord{{Need: review.Formal}, {Need: review.NotNeeded}}
	agreed := policy("3", review.ForDecision, 30, true)
	agreed.Planned, agreed.Needs = record.Day(2027, 1, 1), []review.NeedRecord{{Need: review.PublicAsked}}
	return boardFacts{today: record.Day(2027, 3, 18), places: []string{"a", "b", "c", "d"}, place: "b", name: func(string) string { return "P Anand" },
		coming: []*decision.Meeting{coming}, agenda: map[string]*decision.Meeting{"3": coming}, missed: []*decision.Meeting{missed},
		policies: []*review.Card{draft, policy("2", review.ForDecision, 3, true), agreed, policy("4", review.Published, 60, true), overdue},
		standing: []decision.Standing{
			{Policy: "2", Version: "1.0", Commissioner: "a", Outcome: decision.Adopt, DecidedOn: record.Day(2027, 3, 1)}, {Policy: "2", Version: "1.0", Commissioner: "b", Outcome: decision.Defer},
			{Policy: "4", Version: "1.0", Commissioner: "a", Outcome: decision.Adopt, DecidedOn: record.Day(2026, 10, 15)},
			{Policy: "4", Version: "1.0", Commissioner: "b", Outcome: decision.Vary, DecidedOn: record.Day(2026, 12, 10)},
			{Policy: "4", Version: "1.0", Commissioner: "c", Outcome: decision.Decline, DecidedOn: record.Day(2026, 11, 19)}, {Policy: "3", Version: "0.9", Commissioner: "a", Outcome: decision.Adopt},
		}}
}

func TestBoard(t *testing.T) {
	t.Parallel()
	groups := facts().groups()
	type want struct {
		title, waits, cells, quiet, month, need string
		adopted, again                          int
		late                                    bool
	}
	var got []want
	for _, g := range groups {
		for _, r := range g.Rows {
			w := want{title: r.Title, waits: r.Waits, quiet: r.Quiet, month: monthValue(r.month), need: r.Need, adopted: r.Adopted, again: r.Again, late: r.Late}
			for _, c := range r.Cells {
				w.cells += c.State
			}
			got = append(got, w)
		}
	}
	if wanted := []want{
		{"Policy 3", "Joint committee, 8 April", "www-", "", "2027-04", "Public", 0, 1, true},
		{"Policy 2", "2 decisions", "adl-", "", "2027-02", "Not said", 1, 0, false},
		{"Policy 1", "Draft, lead", "", "Not for decision yet", "2027-06", "None", 0, 0, true},
		{"Policy 5", "Draft, lead", "", "Not for decision yet", "2027-01", "Targeted", 0, 0, true},
		{"Policy 4", "", "avn-", "", "2026-12", "Not said", 2, 0, false},
	}; !slices.Equal(got, wanted) {
		t.Errorf("rows\n%+v, want\n%+v", got, wanted)
	}
	list := waits(groups, []string{"a", "b", "c", "d"}, []string{"A", "B", "C", "D"})
	if list[0] != (wait{Who: "P Anand", What: "2 drafts", Href: "?lead=lead&stage=drafting", Days: 40, Late: true}) {
		t.Errorf("first waits %+v, want the oldest draft", list[0])
	}
	if len(list) != 4 || list[2] != (wait{Who: "B", What: "2 decisions", Href: "?place=b&standing=open", Days: 30, Late: true}) {
		t.Errorf("waits %+v, want A, B and C with decisions", list)
	}
	if !groups[0].Rows[0].Cells[1].Chosen || groups[0].Rows[0].Cells[0].Chosen {
		t.Error("the chosen place is not marked")
	}
}

// A place that waits is late when the month planned has passed, unless a meeting to come will decide.
func TestAPlaceIsLateAfterTheMonthPlanned(t *testing.T) {
	t.Parallel()
	f := facts()
	x := policy("6", review.ForDecision, 3, true)
	x.Planned = record.Day(2027, 2, 1)
	if r := f.row(x, nil); r.Cells[0].State != "l" || !r.Late || r.overdueSince(f.today) != 18 {
		t.Errorf("without a meeting: %+v, overdue %d days", r, r.overdueSince(f.today))
	}
	f.agenda["6"] = f.coming[0]
	if r := f.row(x, nil); r.Cells[0].State != "w" || r.Late || r.overdueSince(f.today) != 0 {
		t.Errorf("on an agenda: %+v", r)
	}
	x.Planned = record.Day(2027, 3, 1)
	delete(f.agenda, "6")
	if r := f.row(x, nil); r.Cells[0].State != "w" || r.Late {
		t.Errorf("in its month: %+v", r)
	}
}

func TestWhatIsChosen(t *testing.T) {
	t.Parallel()
	f := facts()
	groups := f.groups()
	for _, tc := range []struct {
		choice choice
		want   string
	}{
		{choice{}, "3 2 1 5 4"}, {choice{stage: "drafting"}, "1 5"}, {choice{lead: "nobody"}, ""}, {choice{lead: "lead", stage: "published"}, "4"},
		{choice{month: "2027-04"}, "3"}, {choice{month: "2026-12"}, "4"}, {choice{month: "none"}, ""},
		{choice{need: "needed"}, "3 5"}, {choice{need: "none"}, "1"}, {choice{need: "unsaid"}, "2 4"}, {choice{need: "public"}, "3"},
		{choice{standing: "open"}, "3 2"}, {choice{standing: "l"}, "3 2 1 5"}, {choice{standing: "l", place: "c"}, "2"}, {choice{standing: "v"}, "4"},
		{choice{standing: "open", place: "a"}, "3"}, {choice{place: "a"}, "3 2 1 5 4"}, {choice{standing: "d", place: "b"}, "2"},
	} {
		var ids []string
		for _, g := range narrowed(groups, tc.choice, f.places) {
			for _, r := range g.Rows {
				ids = append(ids, strings.TrimPrefix(r.Title, "Policy "))
			}
		}
		if got := strings.Join(ids, " "); got != tc.want {
			t.Errorf("%+v leaves %q, want %q", tc.choice, got, tc.want)
		}
	}
	x := choice{stage: "drafting", month: "2027-06", standing: "l", need: "none"}
	if got := x.words(x.filters(groups, f.places, []string{"A", "B", "C", "D"})); got != "stage: drafting; decision in: June 2027; consultation: not needed; decided: late" {
		t.Errorf("words %q", got)
	}
}

func TestWhatIsLate(t *testing.T) {
	t.Parallel()
	f := facts()
	g := &programme.Programme{Head: record.Head{ID: "g"}, Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31), Milestones: []programme.Milestone{
		{Name: "Forum", Date: record.Day(2027, 2, 25)}, {Name: "Begun", Date: record.Day(2026, 5, 1), Reached: true}, {Name: "Next", Date: record.Day(2027, 4, 1)}}}
	x := table{g: g, facts: f, all: f.groups()}
	promised := []*programme.Commitment{{Head: record.Head{ID: "cm"}, Standing: programme.Open, Promised: programme.Promised{Promise: programme.ToReview, Words: "again", Due: record.Day(2027, 3, 17)}},
		{Standing: programme.Kept, Promised: programme.Promised{Due: record.Day(2027, 1, 1)}}}
	var got []string
	for _, l := range lateness(x, promised) {
		got = append(got, l.Text)
	}
	if want := []string{"Policy 5", "Board of C", "Forum", "To look at it again: “again”"}; !slices.Equal(got, want) {
		t.Errorf("late: %q, want %q", got, want)
	}
	var dates []string
	for _, d := range x.dates(promised) {
		dates = append(dates, d.on.String()+" "+d.Text+" "+d.State)
	}
	if want := []string{"2026-04-01 The programme starts same", "2026-05-01 Begun same", "2027-01-01 1 policy is to be decided late", "2027-02-01 1 policy is to be decided late",
		"2027-02-04 Board of C, 2 policies late", "2027-02-25 Forum late", "2027-03-17 Promise due: “again” late", "2027-04-01 Next waiting", "2027-04-01 1 policy is to be decided ",
		"2027-04-08 Joint committee, 1 policy waiting", "2027-06-01 1 policy is to be decided ", "2028-03-31 The programme ends "}; !slices.Equal(dates, want) {
		t.Errorf("dates\n%s\nwant\n%s", strings.Join(dates, "\n"), strings.Join(want, "\n"))
	}
}
