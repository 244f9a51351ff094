package audit_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/audit"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// world is a store with two programmes of three revisions each, made through their service.
type world struct {
	docs docstore.Store
	ids  []string
}

func newWorld(t *testing.T) world {
	t.Helper()
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := docs.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	keeper, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC)
	s := &programme.Service{Programmes: stores.NewProgrammes(keeper), NewID: stores.NewID, Now: func() time.Time { return now }}
	by := record.Actor{ID: "priya", Grants: []record.Grant{{Role: string(access.PolicyLead)}}}
	w := world{docs: docs}
	for _, name := range []string{"First", "Second"} {
		d := programme.Details{Name: name, Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31), Commissioners: []string{"a", "b"}}
		p, err := s.Create(ctx, by, d)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if p, err = s.Edit(ctx, record.Edit{By: by, ID: p.ID, Revision: p.Revision, Reason: "the timetable moved"}, d); err != nil {
				t.Fatal(err)
			}
		}
		w.ids = append(w.ids, p.ID)
	}
	return w
}

func (w world) verify(t *testing.T) audit.Report {
	t.Helper()
	report, err := audit.Verify(context.Background(), w.docs)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// tamper changes what is kept behind the service's back.
func (w world) tamper(t *testing.T, p docstore.Put) {
	t.Helper()
	p.Was = docstore.Whatever
	if err := w.docs.Commit(context.Background(), docstore.Batch{Puts: []docstore.Put{p}}); err != nil {
		t.Fatal(err)
	}
}

func (w world) get(t *testing.T, collection, id string) docstore.Doc {
	t.Helper()
	d, err := w.docs.Get(context.Background(), collection, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// alter replaces words of a kept document.
func alter(d docstore.Doc, old, replacement string) docstore.Doc {
	d.Body = bytes.Replace(d.Body, []byte(old), []byte(replacement), 1)
	return d
}

func eventID(id string, revision int64) string {
	return stores.EventID(record.Ref{Kind: "programme", ID: id, Revision: revision})
}

func TestNothingIsFoundInWhatWasNotTouched(t *testing.T) {
	report := newWorld(t).verify(t)
	if len(report.Findings) != 0 || report.Documents != 2 || report.Events != 6 {
		t.Errorf("Verify = %d documents, %d events, findings %v; want 2, 6 and none", report.Documents, report.Events, report.Findings)
	}
}

func TestTamperingIsFoundWhereItWasDone(t *testing.T) {
	for _, tc := range []struct {
		name  string
		do    func(t *testing.T, w world)
		where int64
		want  string
	}{
		{"a document altered", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: "programme", Doc: alter(w.get(t, "programme", w.ids[0]), "First", "Worst")})
		}, 0, "does not match its last event"},
		{"an event altered", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), "priya", "mallo")})
		}, 2, "altered"},
		{"an event's bytes altered", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), `actor":"priya`, `actor":"mallo`)})
		}, 2, "its bytes do not have its hash"},
		{"an event taken out", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: docstore.Doc{ID: eventID(w.ids[0], 2)}, Delete: true})
		}, 3, "events are missing"},
		{"the last event taken out", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: docstore.Doc{ID: eventID(w.ids[0], 3)}, Delete: true})
		}, 3, "its last event is missing"},
		{"two events exchanged", func(t *testing.T, w world) {
			one, two := w.get(t, stores.EventCollection, eventID(w.ids[0], 1)), w.get(t, stores.EventCollection, eventID(w.ids[0], 2))
			one.ID, two.ID = two.ID, one.ID
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: one})
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: two})
		}, 2, "stands in another place"},
		{"a document taken out", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: "programme", Doc: docstore.Doc{ID: w.ids[0]}, Delete: true})
		}, 0, "the document is missing"},
		{"a reason altered", func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), "timetable moved", "timetable stays")})
		}, 2, "the reason was altered"},
		{"a document put in", func(t *testing.T, w world) {
			body, err := bson.Marshal(bson.D{{Key: "id", Value: "x"}, {Key: "schema", Value: 1}})
			if err != nil {
				t.Fatal(err)
			}
			w.tamper(t, docstore.Put{Collection: "programme", Doc: docstore.Doc{ID: "x", Revision: 1, Body: body}})
		}, 0, "no event wrote it"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			tc.do(t, w)
			for _, f := range w.verify(t).Findings {
				if strings.Contains(f.Problem, tc.want) && f.Revision == tc.where {
					return
				}
			}
			t.Errorf("findings %v; want %q at revision %d", w.verify(t).Findings, tc.want, tc.where)
		})
	}
}

func TestAnErasedReasonStillVerifies(t *testing.T) {
	w := newWorld(t)
	d := w.get(t, stores.EventCollection, eventID(w.ids[0], 2))
	var fields bson.D
	if err := bson.Unmarshal(d.Body, &fields); err != nil {
		t.Fatal(err)
	}
	for i := range fields {
		if fields[i].Key == "reason" {
			fields[i].Value = ""
		}
	}
	var err error
	if d.Body, err = bson.Marshal(fields); err != nil {
		t.Fatal(err)
	}
	w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: d})
	if found := w.verify(t).Findings; len(found) != 0 {
		t.Errorf("findings %v, want none", found)
	}
}

// A chain that is rewritten as a whole fits itself; only a checkpoint from before shows it.
func TestACheckpointShowsARewrittenChain(t *testing.T) {
	w := newWorld(t)
	var file bytes.Buffer
	if err := w.verify(t).Heads.Write(&file); err != nil {
		t.Fatal(err)
	}
	checkpoint, err := audit.ReadCheckpoint(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	against := func() []audit.Finding {
		found, err := audit.Against(context.Background(), w.docs, checkpoint)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := against(); len(found) != 0 {
		t.Errorf("before: findings %v, want none", found)
	}
	for revision := int64(1); revision <= 3; revision++ {
		w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: docstore.Doc{ID: eventID(w.ids[0], revision)}, Delete: true})
	}
	w.tamper(t, docstore.Put{Collection: "programme", Doc: docstore.Doc{ID: w.ids[0]}, Delete: true})
	if found := w.verify(t).Findings; len(found) != 0 {
		t.Errorf("without the checkpoint: findings %v, want none", found)
	}
	if found := against(); len(found) != 1 || found[0].ID != w.ids[0] {
		t.Errorf("against the checkpoint: findings %v, want one about %s", found, w.ids[0])
	}
	if _, err := audit.ReadCheckpoint(strings.NewReader(strings.Replace(file.String(), " 3 ", " 2 ", 1))); err == nil {
		t.Error("an altered checkpoint was read")
	}
}
