package bulk_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"concordat/review"
	"concordat/review/bulk"
	"concordat/review/bulk/bulktest"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// many is a ZIP of texts of all commissioners about all topics, with its manifest.
func many(t testing.TB, date string) string {
	files := map[string]string{}
	manifest := "commissioner,topic,file,effective\n"
	for _, short := range bulktest.Short {
		for n, topic := range bulktest.Topics {
			name := short + " " + topic[0] + ".md"
			files[name] = bulktest.Text(n, short) + date
			manifest += fmt.Sprintf("%s,%s,%s,%s\n", short, topic[0], name, date)
		}
	}
	files["manifest.csv"] = manifest
	return bulktest.ZIP(t, files)
}

// A run that is stopped goes on where it stopped, and what came in before progress was noted does not come in twice.
func TestRunGoesOn(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("all.zip", many(t, "2018-04-01"))}})
	if i.Sum() != (bulk.Sum{In: 20, New: 20}) {
		t.Fatalf("%+v\n%s", i.Sum(), said(w, i))
	}
	if _, err := w.Start(context.Background(), bulktest.Edit(i)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	var left atomic.Int64
	left.Store(7)
	w.Review.NewID = func(next func() string) func() string { // each original takes an id: stop while the eighth text comes in
		return func() string {
			if left.Add(-1) == 0 {
				stop()
			}
			return next()
		}
	}(w.Review.NewID)
	if err := w.Run(ctx, reviewtest.Lead, i.ID); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	half := w.Load(t, i.ID)
	if s := half.Sum(); half.Stage != bulk.Running || s.Done == 0 || s.Done == 20 || half.Ran != s.Done {
		t.Fatalf("stopped as %s with %+v at %d", half.Stage, s, half.Ran)
	}
	// What is lost when a server is killed is only the note of what came in.
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if err := w.Run(context.Background(), reviewtest.Lead, i.ID); err != nil && !errors.Is(err, record.ErrConflict) {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if err := w.Run(context.Background(), reviewtest.Lead, i.ID); err != nil {
		t.Fatal(err)
	}
	if end := w.Load(t, i.ID); end.Stage != bulk.Ended || end.Sum() != (bulk.Sum{In: 20, New: 20, Done: 20}) {
		t.Errorf("ended as %s with %+v\n%s", end.Stage, end.Sum(), said(w, end))
	}
	for _, policy := range w.Policies {
		if list, err := w.Review.Locals.OfPolicy(context.Background(), policy); err != nil || len(list) != 4 {
			t.Errorf("%s has %d local policies, %v", policy, len(list), err)
		}
	}
}

func TestSecondRunTakesWhatIsMissing(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	zip := many(t, "2018-04-01")
	i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("all.zip", zip)}})
	var leave []bulk.Choice
	for n := range 5 {
		leave = append(leave, bulk.Choice{Row: n, Commissioner: i.Rows[n].Commissioner, Policy: i.Rows[n].Policy, Leave: true})
	}
	i, err := w.Choose(ctx, bulktest.Edit(i), leave)
	if err != nil {
		t.Fatal(err)
	}
	if i = w.Ran(t, i); i.Sum() != (bulk.Sum{In: 20, New: 15, Refused: 5, Done: 15}) {
		t.Fatalf("first: %+v", i.Sum())
	}
	second := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("all.zip", zip)}})
	if second.Sum() != (bulk.Sum{In: 20, New: 5, Refused: 15, Here: 15}) {
		t.Fatalf("second: %+v", second.Sum())
	}
	if second = w.Ran(t, second); second.Sum() != (bulk.Sum{In: 20, New: 5, Refused: 15, Here: 15, Done: 5}) {
		t.Errorf("second, run: %+v", second.Sum())
	}
	if _, err := w.Start(ctx, bulktest.Edit(second)); !errors.Is(err, record.ErrRule) {
		t.Errorf("started again: %v", err)
	}
	later := w.Ran(t, w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("later.zip", many(t, "2019-04-01"))}}))
	if later.Sum() != (bulk.Sum{In: 20, Replaced: 20, Done: 20}) {
		t.Errorf("later texts: %+v", later.Sum())
	}
}

// A row is refused where the role does not reach; an import is for who began it.
func TestPermission(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	contact := record.Actor{ID: "contact", Grants: []record.Grant{{Role: "commissioner's contact", Commissioner: w.Places["Cawsand"]}}}
	i, err := w.Begin(ctx, contact, bulk.Start{Files: []bulk.Sent{bulktest.File("all.zip", many(t, "2018-04-01"))}})
	if err == nil {
		err = w.Read(ctx, contact, i.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	i = w.Load(t, i.ID)
	if i.Sum() != (bulk.Sum{In: 20, New: 5, Refused: 15}) {
		t.Errorf("%+v\n%s", i.Sum(), said(w, i))
	}
	for _, who := range []record.Actor{{}, {ID: "other", Grants: contact.Grants}, {ID: "contact"}, reviewtest.Secretary} {
		if _, err := w.Import(ctx, who, i.ID); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%q reads it: %v", who.ID, err)
		}
	}
	if _, err := w.Begin(ctx, reviewtest.Secretary, bulk.Start{}); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("a secretary begins one: %v", err)
	}
	if _, err := w.Begin(ctx, contact, bulk.Start{}); !errors.Is(err, record.ErrRule) {
		t.Errorf("without files: %v", err)
	}
}

// A reading that is stopped begins anew when somebody goes on.
func TestReadingStops(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	for _, book := range []bool{false, true} {
		i, err := w.Begin(context.Background(), reviewtest.Lead, bulk.Start{Book: book, Files: []bulk.Sent{bulktest.File("all.zip", many(t, "2018-04-01"))}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(context.Background())
		stop()
		if err := w.Read(ctx, reviewtest.Lead, i.ID); !errors.Is(err, context.Canceled) || w.Load(t, i.ID).Stage != bulk.Reading {
			t.Errorf("stopped: %v, %s", err, w.Load(t, i.ID).Stage)
		}
		if err := w.Read(context.Background(), reviewtest.Lead, i.ID); err != nil || w.Load(t, i.ID).Stage != bulk.Planned {
			t.Errorf("gone on: %v, %s", err, w.Load(t, i.ID).Stage)
		}
	}
}

func TestUnreadable(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	for name, data := range map[string]string{"empty.zip": bulktest.ZIP(t, map[string]string{".hidden": "x"})} {
		i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File(name, data)}})
		if i.Stage != bulk.Unreadable || i.Refusal == "" {
			t.Errorf("%s: %s %q", name, i.Stage, i.Refusal)
		}
	}
}

// Rows in are the sum of what becomes of them, whatever the manifest says and whatever somebody chooses, and after the
// run nothing that was to come in is left.
func TestRowsInAreTheSum(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
		word := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(r, name) }
		manifest := "commissioner,topic,file,effective,review\n"
		n := rapid.IntRange(0, 12).Draw(r, "rows")
		for range n {
			manifest += word("place", "Aldermoss", "Brindlewick", "Oldham", "") + "," + word("topic", "CP-001", "F34", "Cataract surgery", "warts", "") + "," +
				word("file", "a.md", "b.md", "c", "no policy", "", "gone.md") + "," + word("from", "", "2018-04-01", "2019-04-01", "soon", "2040-01-01") + "," + word("review", "", "2016", "Apr 2020") + "\n"
		}
		files := map[string]string{"manifest.csv": manifest, "a.md": "a", "b.md": word("b", "a", "b", ""), "c.md": bulktest.Text(0, "Cawsand")}
		i := w.Planned(t, bulk.Start{Files: []bulk.Sent{bulktest.File("x.zip", bulktest.ZIP(t, files))}})
		sums := func(i *bulk.Import) bulk.Sum {
			s := i.Sum()
			if s.In != len(i.Rows) || s.In != s.New+s.Replaced+s.Refused || s.In < n-blank(manifest) {
				r.Fatalf("%+v of %d rows\n%s", s, len(i.Rows), said(w, i))
			}
			return s
		}
		sums(i)
		var choices []bulk.Choice
		for n := range i.Rows {
			choices = append(choices, bulk.Choice{Row: n, Commissioner: w.Places[word("chosen", bulktest.Short...)], Policy: w.Policies[word("about", "CP-001", "CP-004", "CP-009")],
				Leave: rapid.Bool().Draw(r, "leave")})
		}
		i, err := w.Choose(ctx, bulktest.Edit(i), choices)
		if err != nil {
			r.Fatal(err)
		}
		if s := sums(i); s.New+s.Replaced == 0 {
			return
		}
		if i = w.Ran(t, i); sums(i).Done != i.Sum().New+i.Sum().Replaced || i.Stage != bulk.Ended {
			r.Fatalf("after the run: %+v\n%s", i.Sum(), said(w, i))
		}
		for _, x := range i.Rows {
			if l, err := w.Review.Local(ctx, reviewtest.Lead, x.Result); x.Result != "" && (err != nil || l.Commissioner != x.Commissioner || l.Policy != x.Policy || l.Without != x.Without) {
				r.Fatalf("%s became %+v, %v", x.Where, l, err)
			}
		}
	})
}

// blank is how many lines of a manifest say nothing at all.
func blank(manifest string) (n int) {
	for _, line := range strings.Split(manifest, "\n") {
		if line == ",,,," {
			n++
		}
	}
	return n
}

// A local policy that was recorded between plan and run is not recorded twice.
func TestOvertaken(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	text := bulktest.Text(0, "Aldermoss")
	i := w.Planned(t, bulk.Start{Policy: w.Policies["CP-001"], Commissioner: w.Places["Aldermoss"], Files: []bulk.Sent{bulktest.File("a.md", text)}})
	if _, err := w.Review.AddLocal(ctx, reviewtest.Lead, review.LocalInput{Policy: i.Policy, Commissioner: i.Commissioner, FileName: "a.md", File: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	if i = w.Ran(t, i); i.Sum() != (bulk.Sum{In: 1, Refused: 1, Here: 1}) {
		t.Errorf("%+v\n%s", i.Sum(), said(w, i))
	}
}

// A text that is older than what is recorded comes in as one of those before it, and says so before and after the run;
// one without a date is refused where a text with a date is recorded, and what is older still is recorded once.
func TestOlderThanWhatIsRecorded(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	send := func(since record.Date, text string) *bulk.Import {
		t.Helper()
		manifest := "commissioner,topic,file\nAldermoss,CP-001,a.md\nBrindlewick,CP-001,No policy: not known\n"
		return w.Planned(t, bulk.Start{Effective: since, Files: []bulk.Sent{bulktest.File("manifest.csv", manifest), bulktest.File("a.md", text)}})
	}
	w.Ran(t, send(record.Day(2019, 4, 1), "the newer"))
	undated := send(0, "undated")
	same(t, said(w, undated), `
row 2 of manifest.csv: refused (rule) Enter since when it is in force: what is recorded there is in force since 1 April 2019 [Aldermoss CP-001]
row 3 of manifest.csv: refused (rule) Enter since when it is in force: what is recorded there is in force since 1 April 2019 [Brindlewick CP-001] No policy: what that means is not known
`)
	older := send(record.Day(2016, 4, 1), "the older")
	if older.Sum() != (bulk.Sum{In: 2, New: 2, Older: 2}) || older.Rows[0].Later != record.Day(2019, 4, 1) {
		t.Errorf("planned %+v\n%s", older.Sum(), said(w, older))
	}
	if older = w.Ran(t, older); older.Sum() != (bulk.Sum{In: 2, New: 2, Older: 2, Done: 2}) {
		t.Errorf("ran %+v\n%s", older.Sum(), said(w, older))
	}
	if again := send(record.Day(2016, 4, 1), "the older"); again.Sum() != (bulk.Sum{In: 2, Refused: 2, Here: 2}) {
		t.Errorf("again %+v\n%s", again.Sum(), said(w, again))
	}
}

// What the run says of a text is what became of it, though somebody recorded a later one since it was planned.
func TestOlderSinceItWasPlanned(t *testing.T) {
	t.Parallel()
	ctx, w := context.Background(), bulktest.New(t, bulktest.InMemory())
	i := w.Planned(t, bulk.Start{Policy: w.Policies["CP-001"], Commissioner: w.Places["Aldermoss"], Effective: record.Day(2016, 4, 1), Files: []bulk.Sent{bulktest.File("a.md", "a")}})
	n := review.LocalInput{Policy: i.Policy, Commissioner: i.Commissioner, Effective: record.Day(2018, 4, 1), Without: review.OpenAccess}
	if _, err := w.Review.AddLocal(ctx, reviewtest.Lead, n); err != nil {
		t.Fatal(err)
	}
	if i = w.Ran(t, i); i.Sum() != (bulk.Sum{In: 1, New: 1, Older: 1, Done: 1}) || i.Rows[0].Later != n.Effective {
		t.Errorf("%+v\n%s", i.Sum(), said(w, i))
	}
}

// What a text cannot come in for is said before the run: the run refuses nothing that was planned.
func TestTooLongIsSaidBeforeTheRun(t *testing.T) {
	t.Parallel()
	w := bulktest.New(t, bulktest.InMemory())
	long := strings.Repeat("a", 1<<20)
	for _, book := range []bool{false, true} {
		i := w.Planned(t, bulk.Start{Book: book, Policy: w.Policies["CP-001"], Commissioner: w.Places["Aldermoss"], Files: []bulk.Sent{bulktest.File("a.md", long)}})
		if len(i.Rows) != 1 || i.Rows[0].Cause != bulk.Unread || !strings.Contains(i.Rows[0].Reason, "shorter than 800,000 characters") {
			t.Errorf("book %v: %s", book, said(w, i))
		}
	}
}
