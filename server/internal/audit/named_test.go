package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"

	"concordat/server/internal/audit"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

// Whatever is changed below the store's port is found where it was done, and nothing else is.
func TestHarmBelowThePortIsFound(t *testing.T) {
	t.Parallel()
	type harmful struct {
		harm
		kind, id string // "" is the file
		want     string
		least    int // how many findings; 0 is exactly one
	}
	onEach(t, map[string]harmful{
		"a file altered": {harm{"UPDATE chunks SET data = CAST('b leaflet' AS BLOB)",
			update("concordat.pieces", bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: []byte("b leaflet")}}}})},
			"file", "", "altered or is damaged", 0},
		"a file made longer": {harm{"UPDATE chunks SET data = CAST('a leaflet and more' AS BLOB)",
			update("concordat.pieces", bson.D{{Key: "$set", Value: bson.D{{Key: "data", Value: []byte("a leaflet and more")}}}})},
			"file", "", "altered or is damaged", 0},
		"the pieces of files taken out": {harm{"DELETE FROM chunks", empty("concordat.pieces")}, "file", "", "missing", 0},
		"all files taken out": {harm{"DELETE FROM blobs; DELETE FROM chunks", empty("concordat.blobs", "concordat.pieces")},
			"file", "", "it is missing, and local local-1 names it", 0},
		"another size": {harm{"UPDATE blobs SET size = 3", update("concordat.blobs", bson.D{{Key: "$set", Value: bson.D{{Key: "size", Value: 3}}}})},
			"file", "", "altered or is damaged", 0},
		"keys taken out": {harm{"DELETE FROM keys WHERE collection = 'local'", update("local", bson.D{{Key: "$set", Value: bson.D{{Key: "k", Value: bson.D{}}}}})},
			"local", "local-1", `the index "policy" lacks it`, 2},
		"all keys of all kinds taken out": {harm{"DELETE FROM keys", func(db *driver.Database) error {
			for _, c := range stores.Collections() {
				if err := update(c.Name, bson.D{{Key: "$unset", Value: bson.D{{Key: "k", Value: ""}}}})(db); err != nil {
					return err
				}
			}
			return nil
		}}, "local", "local-1", `the index "policy" lacks it`, 10},
		"a key altered": {harm{"UPDATE keys SET key = key || x'00' WHERE collection = 'local'",
			update("local", bson.D{{Key: "$set", Value: bson.D{{Key: "k.policy", Value: "elsewhere"}}}})},
			"local", "local-1", `the index "policy" has it where it does not belong`, 1},
		"a unique value taken out": {harm{"DELETE FROM uniques WHERE collection = 'account'",
			update("account", bson.D{{Key: "$unset", Value: bson.D{{Key: "u.email", Value: ""}}}})},
			"account", "ada", `the unique values "email" lacks it`, 0},
		"a unique value put in": {harm{"INSERT INTO uniques VALUES ('account', 'token', x'00', 'ada')",
			update("account", bson.D{{Key: "$set", Value: bson.D{{Key: "u.token", Value: "x"}}}})},
			"account", "ada", `the unique values "token" has it where it does not belong`, 0},
		"a message taken out": {harm{"DELETE FROM docs WHERE collection = 'outbox'; DELETE FROM keys WHERE collection = 'outbox'", empty("outbox")},
			"account", "ada", "which it wrote, is missing", 0},
	}, func(t *testing.T, w world, c harmful) {
		w.vandal(t, c.harm)
		if c.kind == "file" {
			c.id = w.file
		}
		findings := w.verify(t).Findings
		if !slices.ContainsFunc(findings, func(f audit.Finding) bool {
			return f.Kind == c.kind && f.ID == c.id && strings.Contains(f.Problem, c.want)
		}) || len(findings) < c.least || c.least == 0 && len(findings) != 1 {
			t.Errorf("findings %v; want %s %s: %s", findings, c.kind, c.id, c.want)
		}
	})
}

// MongoDB has indexes of its own over the keys, without which unique values are not.
func TestAnIndexOfMongoDBThatIsGoneIsFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t, replicaSet)
	w.vandal(t, harm{commands: func(db *driver.Database) error {
		return db.Collection("account").Indexes().DropAll(context.Background())
	}})
	var problems []string
	for _, f := range w.verify(t).Findings {
		problems = append(problems, f.String())
	}
	if all := strings.Join(problems, "\n"); !strings.Contains(all, `account: MongoDB lacks the unique index "email"`) || !strings.Contains(all, `account: MongoDB lacks the index "email"`) {
		t.Errorf("findings:\n%s", all)
	}
}

func TestMessagesAreFoundOut(t *testing.T) {
	t.Parallel()
	sent := func(m *stores.Message) { m.Sent, m.Due, m.Text = now.Add(time.Minute), time.Time{}, "" }
	type change struct {
		do   func(m *stores.Message)
		want string // "" when nothing is wrong
	}
	onEach(t, map[string]change{
		"sent":                       {sent, ""},
		"given up":                   {func(m *stores.Message) { m.Attempts, m.Due, m.Text = 3, time.Time{}, "" }, ""},
		"tried and waiting":          {func(m *stores.Message) { m.Attempts, m.Due = 3, now.Add(time.Hour) }, ""},
		"to another":                 {func(m *stores.Message) { m.To = "eve@example.org" }, "it was altered"},
		"another subject":            {func(m *stores.Message) { m.Subject = "Goodbye" }, "it was altered"},
		"another time":               {func(m *stores.Message) { m.Written = m.Written.Add(-time.Hour) }, "it was altered"},
		"another text":               {func(m *stores.Message) { m.Text = "Dear Ada, this is their link" }, "its text was altered"},
		"no text before it was sent": {func(m *stores.Message) { m.Text = "" }, "taken out before it was sent"},
		"kept from being sent":       {func(m *stores.Message) { m.Text, m.Due = "", time.Time{} }, "taken out before it was sent"},
		"of an older program":        {func(m *stores.Message) { m.Salt, m.Digest = "", "" }, "it was altered"},
	}, func(t *testing.T, w world, c change) {
		d := w.mail(t)
		m, err := stores.ReadMessage(d)
		if err != nil || m.Text != message {
			t.Fatalf("the message is %+v, %v", m, err)
		}
		c.do(&m)
		if d.Body, err = bson.Marshal(m); err != nil {
			t.Fatal(err)
		}
		w.tamper(t, docstore.Put{Collection: stores.MessageCollection, Doc: d})
		switch findings := w.verify(t).Findings; {
		case c.want == "" && len(findings) == 0:
		case len(findings) == 1 && findings[0].ID == m.ID && c.want != "" && strings.Contains(findings[0].Problem, c.want):
		default:
			t.Errorf("findings %v; want %q", findings, c.want)
		}
	})
}

// A message that no event names is one that somebody put in; one of an older program is not known, and that is said.
func TestMessagesThatNoEventNames(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w world) {
		for _, m := range []stores.Message{{ID: "forged", To: "ada@example.org", Digest: "x"}, {ID: "old", To: "ada@example.org"}} {
			body, err := bson.Marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			w.tamper(t, docstore.Put{Collection: stores.MessageCollection, Doc: docstore.Doc{ID: m.ID, Revision: 1, Body: body}})
		}
		report := w.verify(t)
		if len(report.Findings) != 1 || report.Findings[0].ID != "forged" || report.Messages != 3 || report.Unnamed != 1 {
			t.Errorf("%d messages, %d unnamed, findings %v; want 3, 1 and the forged one", report.Messages, report.Unnamed, report.Findings)
		}
		if said := strings.Join(report.Uncovered(), "\n"); !strings.Contains(said, "1 messages of an older program") {
			t.Errorf("what is not covered: %s", said)
		}
	})
}

// busy is a store that is written to while it is read: between two reads a programme gets a new revision.
type busy struct {
	docstore.Store
	change func()
}

func (b busy) Get(ctx context.Context, collection, id string) (docstore.Doc, error) {
	b.change()
	return b.Store.Get(ctx, collection, id)
}

// A service that is at work while its store is verified alters nothing.
func TestWhatChangesMeanwhileIsNoFinding(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, w world) {
		changes := 0
		report, err := audit.Verify(t.Context(), busy{w.docs, func() {
			if changes++; changes == 1 {
				w.edit(t, w.ids[1], "Second")
			}
		}})
		if err != nil || len(report.Findings) != 0 {
			t.Errorf("findings %v, %v; want none", report.Findings, err)
		}
	})
}
