package audit_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/audit"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

// alter replaces words of a kept document.
func alter(d docstore.Doc, old, replacement string) docstore.Doc {
	d.Body = bytes.Replace(d.Body, []byte(old), []byte(replacement), 1)
	return d
}

func eventID(id string, revision int64) string {
	return stores.EventID(record.Ref{Kind: "programme", ID: id, Revision: revision})
}

func TestNothingIsFoundInWhatWasNotTouched(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w world) {
		r := w.verify(t)
		if len(r.Findings) != 0 || r.Documents != 4 || r.Events != 8 || r.Messages != 1 || r.Files != 1 || r.Kept != 0 || r.Unnamed != 0 {
			t.Errorf("Verify = %+v; want 4 documents, 8 events, a message and a file, and nothing found", r)
		}
	})
}

func TestTamperingIsFoundWhereItWasDone(t *testing.T) {
	t.Parallel()
	type tampering struct {
		do    func(t *testing.T, w world)
		where int64
		want  string
	}
	onEach(t, map[string]tampering{
		"a document altered": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: "programme", Doc: alter(w.get(t, "programme", w.ids[0]), "First", "Worst")})
		}, 0, "does not match its last event"},
		"an event altered": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), "priya", "mallo")})
		}, 2, "altered"},
		"an event's bytes altered": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), `actor":"priya`, `actor":"mallo`)})
		}, 2, "its bytes do not have its hash"},
		"an event taken out": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: docstore.Doc{ID: eventID(w.ids[0], 2)}, Delete: true})
		}, 3, "events are missing"},
		"the last event taken out": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: docstore.Doc{ID: eventID(w.ids[0], 3)}, Delete: true})
		}, 3, "its last event is missing"},
		"two events exchanged": {func(t *testing.T, w world) {
			one, two := w.get(t, stores.EventCollection, eventID(w.ids[0], 1)), w.get(t, stores.EventCollection, eventID(w.ids[0], 2))
			one.ID, two.ID = two.ID, one.ID
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: one})
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: two})
		}, 2, "stands in another place"},
		"a document taken out": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: "programme", Doc: docstore.Doc{ID: w.ids[0]}, Delete: true})
		}, 0, "the document is missing"},
		"a reason altered": {func(t *testing.T, w world) {
			w.tamper(t, docstore.Put{Collection: stores.EventCollection, Doc: alter(w.get(t, stores.EventCollection, eventID(w.ids[0], 2)), "timetable moved", "timetable stays")})
		}, 2, "the reason was altered"},
		"a document put in": {func(t *testing.T, w world) {
			body, err := bson.Marshal(bson.D{{Key: "id", Value: "x"}, {Key: "schema", Value: 1}})
			if err != nil {
				t.Fatal(err)
			}
			w.tamper(t, docstore.Put{Collection: "programme", Doc: docstore.Doc{ID: "x", Revision: 1, Body: body}})
		}, 0, "no event wrote it"},
	}, func(t *testing.T, w world, c tampering) {
		c.do(t, w)
		findings := w.verify(t).Findings
		if !slices.ContainsFunc(findings, func(f audit.Finding) bool { return strings.Contains(f.Problem, c.want) && f.Revision == c.where }) {
			t.Errorf("findings %v; want %q at revision %d", findings, c.want, c.where)
		}
	})
}

func TestAnErasedReasonStillVerifies(t *testing.T) {
	t.Parallel()
	w := newWorld(t, embedded)
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
	t.Parallel()
	w := newWorld(t, embedded)
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
