package demo_test

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/decision"
	"concordat/review/record"
	"concordat/server/internal/audit"
	"concordat/server/internal/demo"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/services"
	"concordat/server/internal/stores"
)

var update = flag.Bool("update", false, "rewrite the golden summary")

var reader = record.Actor{ID: "reader", Grants: []record.Grant{{Role: string(access.Auditor)}}}

// empty is what the demonstration is loaded with, over an empty database that is closed at the end.
func empty(t *testing.T, docs docstore.Store) (*services.Base, services.Given) {
	t.Helper()
	ctx := context.Background()
	t.Cleanup(func() {
		if err := docs.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	return services.Over(keeper), services.Given{Name: "Concordat", PublicURL: "https://policies.example", Hasher: access.NewWeakArgon2(),
		Now: demo.Clock(time.Now()), NewID: stores.NewID, Secret: rand.Text}
}

// embedded is an empty embedded database.
func embedded(t *testing.T) docstore.Store {
	t.Helper()
	docs, err := sqlite.Open(context.Background(), t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// loaded is the demonstration in a database.
func loaded(t *testing.T, docs docstore.Store) services.Services {
	t.Helper()
	base, given := empty(t, docs)
	if _, err := demo.Load(context.Background(), base, given); err != nil {
		t.Fatal(err)
	}
	return base.Services(given)
}

// TestDemonstration loads once, since nothing here changes what is there.
func TestDemonstration(t *testing.T) {
	t.Parallel()
	docs := embedded(t)
	s := loaded(t, docs)
	t.Run("summary", func(t *testing.T) { testSummary(t, s) })
	t.Run("board", func(t *testing.T) { testBoard(t, s) })
	t.Run("activity", func(t *testing.T) { testActivity(t, s) })
	t.Run("again", func(t *testing.T) { testAgain(t, s) })
	t.Run("topics", func(t *testing.T) { testTopics(t, s) })
	t.Run("origins", func(t *testing.T) { testOrigins(t, s) })
	t.Run("trail", func(t *testing.T) { testTrail(t, docs) })
	t.Run("days", func(t *testing.T) { testDays(t, docs) })
	t.Run("register", func(t *testing.T) { testRegister(t, s) })
	t.Run("answers", func(t *testing.T) { testAnswers(t, s) })
}

// TestOnMongoDB finds the same demonstration there.
func TestOnMongoDB(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	docs, err := mongo.Open(ctx, mongotest.URI(t), mongotest.Database(t), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	s := loaded(t, docs)
	testSummary(t, s)
	testTrail(t, docs)
}

// testSummary holds what the demonstration is, and that it is the same at each loading: ids, stages, what was lost in
// reading files, what each place decided, and what applies where on the demonstration's day.
func testSummary(t *testing.T, s services.Services) {
	t.Helper()
	got := summary(t, s)
	const golden = "testdata/summary.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func summary(t *testing.T, s services.Services) string {
	t.Helper()
	ctx := context.Background()
	var b strings.Builder
	for _, p := range everyPolicy(t, s) {
		fmt.Fprintf(&b, "%s %s: %s, %d saves, versions", p.ID, p.Title, p.Stage, p.Saves)
		for _, m := range p.Issued {
			fmt.Fprintf(&b, " %s", m.Number)
		}
		fmt.Fprintf(&b, ", public %s from %s\n", p.Published, record.DateOf(p.PublicFrom))
		for _, f := range review.Check(p, s.Review.Now()) {
			if p.ID == "cp-041" || p.Stage != review.Drafting {
				fmt.Fprintf(&b, "  %s %s: %s [%s]\n", f.Rule, f.Grade, f.Message, f.Kept)
			}
		}
		locals, err := s.Review.LocalsOf(ctx, reader, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		slices.SortFunc(locals, func(a, b *review.LocalPolicy) int { return strings.Compare(a.ID, b.ID) })
		for _, l := range locals {
			fmt.Fprintf(&b, "  local %s from %s, %s, %d bytes, %d typed numbers", l.ID, l.Effective, l.Without.Words(), len(l.Markdown), len(l.Typed))
			if l.Checked {
				b.WriteString(", checked")
			}
			if l.Original != nil {
				fmt.Fprintf(&b, ", %s", l.Original.Name)
			}
			for _, x := range l.Losses {
				fmt.Fprintf(&b, "; lost %d %s %s", x.Count, x.What, x.Where)
			}
			b.WriteString("\n")
		}
		decisions, err := s.Decisions.OfPolicy(ctx, reader, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(decided(decisions))
	}
	return b.String()
}

// decided is a line for each thing that was decided, with those who decided it.
func decided(list []*decision.Decision) string {
	said := map[string][]string{}
	for _, d := range list {
		line := strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s", d.Version, d.Outcome, d.Effective, d.Event, places(d.Overlay))), " ")
		said[line] = append(said[line], d.Commissioner)
	}
	var b strings.Builder
	for _, line := range slices.Sorted(maps.Keys(said)) {
		slices.Sort(said[line])
		fmt.Fprintf(&b, "  decided %s: %s\n", line, strings.Join(said[line], " "))
	}
	return b.String()
}

func places(o decision.Overlay) string {
	var out []string
	for _, c := range o {
		out = append(out, c.Told())
	}
	return strings.Join(out, ", ")
}

// everyPolicy walks the list of all policies.
func everyPolicy(t *testing.T, s services.Services) (all []*review.Policy) {
	t.Helper()
	for after := ""; ; {
		page, next, err := s.Review.List(context.Background(), reader, review.Filter{}, after)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, page...); next == "" {
			return all
		}
		after = next
	}
}

// testTrail verifies every document and event.
func testTrail(t *testing.T, docs docstore.Store) {
	t.Helper()
	report, err := audit.Verify(context.Background(), docs)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		t.Error(f)
	}
	if report.Documents < 200 {
		t.Errorf("%d documents: the demonstration has hundreds", report.Documents)
	}
}

// testDays looks at when things were done and by whom: on working days in the hours of an office, before the
// demonstration begins, by somebody who has an account.
func testDays(t *testing.T, docs docstore.Store) {
	t.Helper()
	ctx := context.Background()
	q := docstore.Query{Collection: stores.EventCollection, Limit: docstore.MaxLimit}
	for {
		page, err := docs.Find(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range page.Docs {
			e, err := stores.DecodeEvent(d)
			if err != nil {
				t.Fatal(err)
			}
			at := e.At.In(record.London())
			if at.Weekday() == time.Sunday || at.Weekday() == time.Saturday || at.Hour() < 8 || at.Hour() > 17 || record.DateOf(at) >= demo.Today {
				t.Errorf("%s happened at %s", d.ID, at.Format("Mon 2006-01-02 15:04"))
			}
			if _, err := docs.Get(ctx, access.Kind, e.Actor); err != nil && e.Actor != access.CommandLine().ID {
				t.Errorf("%s was done by %q", d.ID, e.Actor)
			}
		}
		if page.Next == "" {
			return
		}
		q.After = page.Next
	}
}

// testRegister asks what applies for every policy, place and some days. There is always one answer; that several
// texts apply at once is never one of them.
func testRegister(t *testing.T, s services.Services) {
	t.Helper()
	ctx := context.Background()
	all, err := s.Review.AllCommissioners(ctx)
	if err != nil {
		t.Fatal(err)
	}
	places := review.Places{}
	for _, c := range all {
		places[c.ID] = c
	}
	days := []record.Date{20110101, 20220630, 20220701, 20261201, 20270208, 20280101}
	for _, p := range everyPolicy(t, s) {
		list, err := s.Review.RegistersOf(ctx, reader, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		registers := review.Registers{}
		for _, r := range list {
			registers[r.Commissioner] = r
		}
		for _, c := range all {
			for _, d := range days {
				if a := review.Applies(places, registers, c.ID, d, d); a.Outcome != review.TextApplies && a.Missing == "" {
					t.Errorf("%s in %s on %s: %s, and nothing says why", p.ID, c.ID, d, a.Outcome)
				}
			}
		}
	}
}

// testAnswers holds the cases for which the demonstration was written.
func testAnswers(t *testing.T, s services.Services) {
	t.Helper()
	for _, tc := range []struct {
		why, policy, place string
		referred           record.Date
		want               string
	}{
		{"adopted", "cp-017", "brindlewick", 20270208, "cp-017 1.0"},
		{"referred before", "cp-017", "brindlewick", 20261231, "local cp-017-brindlewick"},
		{"varied", "cp-017", "fennimoor", 20270208, "cp-017 1.0"},
		{"from a later date", "cp-017", "kestlebury", 20270331, "local cp-017-kestlebury"},
		{"from a later date", "cp-017", "kestlebury", 20270401, "cp-017 1.0"},
		{"declined", "cp-017", "larkhythe", 20270208, "local cp-017-larkhythe"},
		{"deferred", "cp-017", "netherfold", 20270208, "local cp-017-netherfold"},
		{"superseded", "bp-01", "aldermoss", 20270208, "cp-060 1.0"},
		{"referred before it was superseded", "bp-01", "aldermoss", 20261130, "bp-01 1.0"},
		{"decided by a body that ended", "bp-01", "marrowdene", 20270208, "bp-01 1.0"},
		{"deferred, under a body that ended", "cp-060", "marrowdene", 20270208, "local cp-060-old-marrow-2021"},
		{"date of the event given", "cp-006", "brindlewick", 20270208, "cp-006 1.0"},
		{"date of the event not yet there", "cp-006", "eskerby", 20270208, "local cp-006-eskerby"},
		{"date missing", "cp-006", "oxleigh-vale", 20270208, "local cp-006-oxleigh-vale"},
		{"statement", "ps-003", "aldermoss", 20270208, "ps-003 1.0"},
		{"statement ended", "ps-003", "aldermoss", 20280101, "nothing"},
		{"older text of the same place", "cp-041", "fennimoor", 20150101, "local cp-041-fennimoor-2012"},
		{"text of the body before", "cp-041", "marrowdene", 20221001, "local cp-041-old-marrow"},
	} {
		a, err := s.Review.Applies(context.Background(), tc.policy, tc.place, tc.referred, tc.referred)
		if err != nil {
			t.Fatal(err)
		}
		if got := answer(a); got != tc.want {
			t.Errorf("%s: %s in %s for a referral on %s: got %s, want %s", tc.why, tc.policy, tc.place, tc.referred, got, tc.want)
		}
	}
}

func answer(a review.Answer) string {
	x := a.Interval.Text
	switch {
	case a.Outcome != review.TextApplies:
		return string(a.Outcome)
	case x.Local != "":
		return "local " + x.Local
	}
	return x.Policy + " " + x.Version.String()
}

// TestPeople signs everybody in, and finds one invitation that nobody used.
func TestPeople(t *testing.T) {
	t.Parallel()
	base, given := empty(t, embedded(t))
	ctx, s := context.Background(), base.Services(given)
	there, err := demo.Loaded(ctx, s)
	if there || err != nil {
		t.Fatalf("an empty database: %v, %v", there, err)
	}
	people, err := demo.Load(ctx, base, given)
	if err != nil {
		t.Fatal(err)
	}
	if there, err := demo.Loaded(ctx, s); !there || err != nil {
		t.Errorf("after loading: %v, %v", there, err)
	}
	for _, p := range people {
		if _, err := s.People.SignIn(ctx, access.SignIn{Email: p.Email, Passphrase: demo.Passphrase, Address: "192.0.2.1"}); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	again, err := demo.WhoCanSignIn()
	if diff := cmp.Diff(people, again); diff != "" || err != nil {
		t.Errorf("who can sign in after a second start, %v:\n%s", err, diff)
	}
	accounts, _, err := s.People.List(ctx, access.CommandLine(), "", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	open := slices.DeleteFunc(accounts, func(a *access.Account) bool { return !a.Joined.IsZero() })
	if len(open) != 1 || !s.Review.Now().Before(open[0].Token.Expires) {
		t.Errorf("%d invitations are open, want one that still works", len(open))
	}
}
