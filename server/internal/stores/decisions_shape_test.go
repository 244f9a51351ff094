package stores_test

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/decision"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

var updateDecision = flag.Bool("update-decision-shapes", false, "write the golden files of the newest shapes of programmes, meetings and decisions")

var shapeAt = time.Date(2027, 3, 18, 15, 0, 0, 123e6, time.UTC)

func shapeHead(id string) record.Head {
	return record.Head{ID: id, Schema: 1, Revision: 2, Created: shapeAt, Changed: shapeAt.Add(time.Hour)}
}

// asKept writes doc as its golden file when asked, and puts what the file says into the store.
func asKept(t *testing.T, k *stores.Keeper, file string, doc record.Document) {
	t.Helper()
	if *updateDecision {
		text, err := bson.MarshalExtJSONIndent(doc, true, false, "", "  ")
		if err == nil {
			err = os.WriteFile("testdata/shapes/"+file, append(text, '\n'), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	asWas(t, k, file, doc)
}

// asWas puts into the store what the golden file of an older shape says, which is never written again.
func asWas(t *testing.T, k *stores.Keeper, file string, doc record.Document) {
	t.Helper()
	text, err := os.ReadFile("testdata/shapes/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var old bson.D
	if err := bson.UnmarshalExtJSON(text, true, &old); err != nil {
		t.Fatal(err)
	}
	body, err := bson.Marshal(old)
	if err != nil {
		t.Fatal(err)
	}
	h := doc.Header()
	put := docstore.Put{Collection: doc.Kind(), Doc: docstore.Doc{ID: h.ID, Revision: h.Revision, Body: body}}
	if err := k.Docs.Commit(t.Context(), docstore.Batch{Puts: []docstore.Put{put}}); err != nil {
		t.Fatal(err)
	}
}

func sameShape(t *testing.T, want, got any, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read from shape 1 (-want +got):\n%s", diff)
	}
}

// What was stored in any shape is read as what it was.
func TestDecisionShapes(t *testing.T) {
	t.Parallel()
	k := embeddedKeeper(t)
	p := &programme.Programme{Head: shapeHead("pg"), Name: "Fifteen places", SortName: "fifteen places", Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31),
		Commissioners: []string{"c1", "c2"}, Milestones: []programme.Milestone{{Name: "Clinical forum", Date: record.Day(2027, 2, 25)}}}
	asWas(t, k, "programme-1.json", p)
	gotP, err := stores.NewProgrammes(k).Load(t.Context(), p.ID)
	sameShape(t, p, gotP, err)
	p.ID, p.Schema, p.Milestones[0].Reached = "pg2", 2, true
	asKept(t, k, "programme-2.json", p)
	gotP, err = stores.NewProgrammes(k).Load(t.Context(), p.ID)
	sameShape(t, p, gotP, err)

	c := &programme.Commitment{Head: shapeHead("cm1"), Programme: "pg", By: "a1", At: shapeAt, Standing: programme.Released,
		Promised: programme.Promised{Promise: programme.ToReview, Words: "We will look at it again", Policy: "p1", Commissioners: []string{"c1"}, Who: "The chair", Where: "minute JC/26/14",
			Link: "https://places.example/minutes", Said: record.Day(2026, 11, 19), Due: record.Day(2027, 11, 19)},
		Ended: programme.Ending{Words: "The policy was withdrawn", By: "a2", At: shapeAt.Add(time.Hour)}}
	asKept(t, k, "commitment-1.json", c)
	gotC, err := stores.NewCommitments(k).Load(t.Context(), c.ID)
	sameShape(t, c, gotC, err)

	forum := decision.Recommendation{Body: "Clinical forum", Date: record.Day(2027, 2, 25)}
	m := &decision.Meeting{Head: shapeHead("m1"), Title: "Joint committee", Body: "Committee of the places", Commissioners: []string{"c1", "c2"},
		Date: record.Day(2027, 3, 18), State: decision.Held, Members: []decision.Member{{Name: "Ada Lund", Role: "chair", Present: true, Interest: "none"}},
		Items: []decision.Item{{Policy: "p1", Version: "1.0", Programme: "pg", Title: "Tonsillectomy", Reference: "CP-041"}}, Recommended: forum, Agenda: 1}
	asKept(t, k, "meeting-1.json", m)
	gotM, err := stores.NewMeetings(k).Load(t.Context(), m.ID)
	sameShape(t, m, gotM, err)

	n := &decision.Notice{Head: shapeHead(decision.NoticeID("m1", record.Day(2027, 3, 18), decision.NoticeDue)), Meeting: "m1", Date: record.Day(2027, 3, 18),
		Sort: decision.NoticeDue, Told: []string{decision.ID("p1", "1.0", "c1")}}
	asKept(t, k, "notice-1.json", n)
	gotN, err := stores.NewNotices(k).Load(t.Context(), n.ID)
	sameShape(t, n, gotN, err)

	first := decision.Ruling{Said: decision.Said{Outcome: decision.Defer, Reason: "More figures", Minute: "JC/27/1"}, Meeting: "m0",
		DecidedOn: record.Day(2027, 1, 21), RecordedBy: "s1", RecordedAt: shapeAt}
	second := decision.Ruling{Said: decision.Said{Outcome: decision.Vary, Reason: "A local pathway", Overlay: decision.Overlay{{Act: decision.Replace, Anchor: "p7", Label: "3.1(a)", Text: "Five."}},
		DueRegard: "Considered", Minute: "JC/27/31", Effective: record.Day(2027, 4, 1), Event: "start of the contract", Rule: decision.Referred},
		Meeting: "m1", Recommended: forum, DecidedOn: record.Day(2027, 3, 18), RecordedBy: "s2", RecordedAt: shapeAt}
	d := &decision.Decision{Head: shapeHead(decision.ID("p1", "1.0", "c1")), Programme: "pg", Policy: "p1", Version: "1.0", Commissioner: "c1", Ruling: second, Past: []decision.Ruling{first}}
	asWas(t, k, "decision-1.json", d)
	gotD, err := stores.NewDecisions(k).Load(t.Context(), d.ID)
	sameShape(t, d, gotD, err)

	d.ID, d.Schema = decision.ID("p1", "1.0", "c2"), 2
	d.Overlay[0].Was = "Seven."
	d.Overlay = append(d.Overlay, decision.Change{Act: decision.LeaveOut, Anchor: "p9", Label: "3.2", Was: "One quinsy."})
	asKept(t, k, "decision-2.json", d)
	gotD, err = stores.NewDecisions(k).Load(t.Context(), d.ID)
	sameShape(t, d, gotD, err)
}
