package demo_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"concordat/review"
	"concordat/review/clause"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/services"
)

// testBoard finds ninety policies on the board of the programme, in all stages, with everything that places decide,
// and with a record of whether people are asked.
func testBoard(t *testing.T, s services.Services) {
	t.Helper()
	ctx := context.Background()
	stages, asked := map[review.Stage]int{}, map[bool]int{}
	for _, p := range everyPolicy(t, s) {
		if p.Programme != "fifteen-places" {
			continue
		}
		stages[p.Stage]++
		if n := p.Need(); n.Need != review.Unsaid {
			asked[n.Need.Needed()]++
		}
	}
	if want := map[review.Stage]int{review.Drafting: 44, review.ForDecision: 20, review.Published: 26}; !maps.Equal(stages, want) {
		t.Errorf("on the board: %v, want %v", stages, want)
	}
	if asked[true] < 20 || asked[false] < 20 {
		t.Errorf("people are asked about %d policies and not about %d, want 20 or more of each", asked[true], asked[false])
	}
	standing, err := s.Decisions.Standing(ctx, reader, "fifteen-places")
	if err != nil {
		t.Fatal(err)
	}
	outcomes := map[decision.Outcome]int{}
	for _, x := range standing {
		outcomes[x.Outcome]++
	}
	for outcome, least := range map[decision.Outcome]int{decision.Adopt: 300, decision.Vary: 3, decision.Defer: 5, decision.Decline: 10} {
		if outcomes[outcome] < least {
			t.Errorf("%s was decided %d times, want %d or more", outcome, outcomes[outcome], least)
		}
	}
}

// testAgain finds a policy on which everybody who adopted it decides again, and one of them must join its variation anew,
// for the new version parts the paragraph that it is about.
func testAgain(t *testing.T, s services.Services) {
	t.Helper()
	ctx := context.Background()
	p, err := s.Review.Policy(ctx, reader, "cp-027")
	if err != nil {
		t.Fatal(err)
	}
	made, err := s.Decisions.OfPolicy(ctx, reader, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	list, err := decision.Adopters(made, p.Text(), func(version string) (clause.Text, error) {
		n, err := review.ParseNumber(version)
		if err != nil {
			return clause.Text{}, err
		}
		v, err := s.Review.ReadVersion(ctx, reader, p.ID, n)
		if err != nil {
			return clause.Text{}, err
		}
		return v.Text(), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, a := range list {
		for _, x := range a.Touched {
			told = append(told, a.Commissioner+": "+x.Told())
		}
	}
	if want := []string{"kestlebury: parts paragraph 3.1(b) into 3.1(b) and 3.1(c)"}; len(list) != 15 || !slices.Equal(told, want) {
		t.Errorf("%d adopters, told %q, want 15 and %q", len(list), told, want)
	}
	m, err := s.Decisions.Meeting(ctx, reader, "2027-03-18")
	if err != nil || !slices.ContainsFunc(m.Items, func(i decision.Item) bool { return i.Policy == p.ID && i.Version == "2.0" }) {
		t.Errorf("the agenda of March: %+v, %v", m, err)
	}
}

// testTopics finds the topics that can be brought together in earnest: those on which most places have a text.
func testTopics(t *testing.T, s services.Services) {
	t.Helper()
	ctx := context.Background()
	topics, national := 0, 0
	for _, p := range everyPolicy(t, s) {
		locals, err := s.Review.LocalsOf(ctx, reader, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		if h, err := s.Review.Harmonies.Load(ctx, p.ID); err != nil {
			t.Fatal(err)
		} else if h.National.Given() {
			national++
		}
		texts := slices.DeleteFunc(locals, func(l *review.LocalPolicy) bool { return l.Without != review.HasPolicy })
		if len(texts) >= 10 {
			topics++
		}
	}
	if national != 13 {
		t.Errorf("%d topics have a national text, want 13", national)
	}
	if topics < 14 {
		t.Errorf("%d topics have the texts of 10 places or more, want 14", topics)
	}
}

// testOrigins finds a draft whose paragraphs came from the national text, the evidence, and one place with the reason.
func testOrigins(t *testing.T, s services.Services) {
	t.Helper()
	h, err := s.Review.Harmonies.Load(context.Background(), "cp-087")
	if err != nil {
		t.Fatal(err)
	}
	from := map[review.From]int{}
	for _, o := range h.Origins {
		from[o.From]++
		if o.From == review.FromLocal && (o.Place != "carrowmead" || o.Reason == "") {
			t.Errorf("%q is from %q because %q, want Carrowmead’s with a reason", o.Words, o.Place, o.Reason)
		}
	}
	if len(h.Notes) != 2 || from[review.FromNational] != 1 || from[review.FromEvidence] != 1 || from[review.FromLocal] != 1 {
		t.Errorf("%d notes, paragraphs from %v, want 2 and one of each", len(h.Notes), from)
	}
}

// testActivity finds how many were treated where the drawn page says it.
func testActivity(t *testing.T, s services.Services) {
	t.Helper()
	ctx := context.Background()
	a, err := s.Review.Activities.Load(ctx, review.ActivityID("brindlewick", "F34.1"))
	if err != nil {
		t.Fatal(err)
	}
	people, months, children := 0, map[record.Date]bool{}, 0
	for _, c := range a.Counts {
		people += c.People
		months[c.Month] = true
		if c.Age == "0-15" {
			children += c.People
		}
	}
	if len(months) != 12 || people != 212 || children < 85 || children > 105 {
		t.Errorf("Brindlewick: %d people in %d months, %d of them children, want 212 in 12 and 45 in 100", people, len(months), children)
	}
	e, err := s.Review.Estimates.Load(ctx, review.EstimateID("cp-041", "brindlewick"))
	if err != nil || !e.Gain.Given || e.Price == 0 {
		t.Errorf("estimate for Brindlewick: %+v, %v", e, err)
	}
}
