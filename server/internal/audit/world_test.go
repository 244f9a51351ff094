package audit_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/review"
	"concordat/review/access"
	"concordat/review/programme"
	"concordat/review/record"
	"concordat/server/internal/audit"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// onBoth runs a test on each engine, in a world of its own.
func onBoth(t *testing.T, test func(t *testing.T, w world)) {
	t.Helper()
	for name, open := range map[string]func(t *testing.T) (docstore.Store, vandal){"sqlite": embedded, "mongo": replicaSet} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newWorld(t, open))
		})
	}
}

// onEach puts each case to each engine. In MongoDB, where it takes a second or two to make all collections, one world is
// put back after a case for the next.
func onEach[C any](t *testing.T, cases map[string]C, test func(t *testing.T, w world, c C)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		for name, c := range cases {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				test(t, newWorld(t, embedded), c)
			})
		}
	})
	t.Run("mongo", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, replicaSet)
		back := w.asItIs(t)
		for name, c := range cases {
			t.Run(name, func(t *testing.T) { test(t, w, c) })
			w.vandal(t, back)
		}
	})
}

// vandal changes what an engine keeps, below the port.
type vandal func(t *testing.T, what harm)

// harm is one change, for both engines.
type harm struct {
	statements string
	commands   func(db *driver.Database) error
}

func embedded(t *testing.T) (docstore.Store, vandal) {
	dir := t.TempDir()
	docs, err := sqlite.Open(t.Context(), dir, stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	return docs, func(t *testing.T, h harm) {
		t.Helper()
		db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(h.statements); err != nil {
			t.Fatal(err)
		}
	}
}

func replicaSet(t *testing.T) (docstore.Store, vandal) {
	uri, name := mongotest.URI(t), mongotest.Database(t)
	docs, err := mongo.Open(t.Context(), uri, name, stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	return docs, func(t *testing.T, h harm) {
		t.Helper()
		c, err := driver.Connect(options.Client().ApplyURI(uri))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = c.Disconnect(context.Background()) }()
		if err := h.commands(c.Database(name)); err != nil {
			t.Fatal(err)
		}
	}
}

// update is a change of all of a MongoDB collection.
func update(collection string, change bson.D) func(db *driver.Database) error {
	return func(db *driver.Database) error {
		_, err := db.Collection(collection).UpdateMany(context.Background(), bson.D{}, change)
		return err
	}
}

// empty takes all out of some collections of MongoDB.
func empty(collections ...string) func(db *driver.Database) error {
	return func(db *driver.Database) error {
		for _, c := range collections {
			if _, err := db.Collection(c).DeleteMany(context.Background(), bson.D{}); err != nil {
				return err
			}
		}
		return nil
	}
}

// asItIs puts a MongoDB world back to what it is now.
func (w world) asItIs(t *testing.T) harm {
	t.Helper()
	saved := map[string][]bson.Raw{}
	w.vandal(t, harm{commands: func(db *driver.Database) error {
		names, err := db.ListCollectionNames(t.Context(), bson.D{})
		for _, name := range names {
			var all []bson.Raw
			cursor, findErr := db.Collection(name).Find(t.Context(), bson.D{})
			if err = errors.Join(err, findErr); err == nil {
				err = cursor.All(t.Context(), &all)
			}
			saved[name] = all
		}
		return err
	}})
	return harm{commands: func(db *driver.Database) error {
		for name, all := range saved {
			if err := empty(name)(db); err != nil || len(all) == 0 {
				continue
			}
			if _, err := db.Collection(name).InsertMany(context.Background(), all); err != nil {
				return err
			}
		}
		return nil
	}}
}

// world is a store with two programmes of three revisions each, made through their service; a local policy with its
// file; and an account that was sent a message.
type world struct {
	docs   docstore.Store
	vandal vandal
	ids    []string
	file   string
	keeper *stores.Keeper
}

const message = "Dear Ada, this is your link"

var now = time.Date(2027, 2, 8, 9, 0, 0, 0, time.UTC)

func newWorld(t *testing.T, open func(t *testing.T) (docstore.Store, vandal)) world {
	t.Helper()
	w := world{}
	w.docs, w.vandal = open(t)
	t.Cleanup(func() {
		if err := w.docs.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	var err error
	if w.keeper, err = stores.Open(t.Context(), w.docs); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"First", "Second"} {
		p, err := w.service().Create(t.Context(), priya, details(name))
		if err != nil {
			t.Fatal(err)
		}
		w.ids = append(w.ids, p.ID)
		w.edit(t, p.ID, name)
		w.edit(t, p.ID, name)
	}
	w.named(t)
	return w
}

var priya = record.Actor{ID: "priya", Grants: []record.Grant{{Role: string(access.PolicyLead)}}}

func details(name string) programme.Details {
	return programme.Details{Name: name, Start: record.Day(2026, 4, 1), End: record.Day(2028, 3, 31), Commissioners: []string{"a", "b"}}
}

func (w world) service() *programme.Service {
	return &programme.Service{Programmes: stores.NewProgrammes(w.keeper), NewID: stores.NewID, Now: func() time.Time { return now }}
}

// edit gives a programme its next revision.
func (w world) edit(t *testing.T, id, name string) {
	t.Helper()
	p, err := w.service().Programme(t.Context(), priya, id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = w.service().Edit(t.Context(), record.Edit{By: priya, ID: id, Revision: p.Revision, Reason: "the timetable moved"}, details(name)); err != nil {
		t.Fatal(err)
	}
}

// named makes what names a file and a message.
func (w *world) named(t *testing.T) {
	t.Helper()
	files := stores.Files{Keeper: w.keeper, Now: func() time.Time { return now }}
	name, size, err := files.Keep(t.Context(), strings.NewReader("a leaflet"))
	if err != nil {
		t.Fatal(err)
	}
	w.file = name
	local := &review.LocalPolicy{Head: record.Head{ID: "local-1"}, Policy: "cp-1", Commissioner: "a",
		Original: &review.File{ID: "f1", Name: "leaflet.txt", Size: size, SHA256: name}}
	_, err = record.Create(t.Context(), w.keeper, local, record.Edit{}, now, func(*review.LocalPolicy) (record.Event, error) {
		return record.Event{Action: "local.recorded"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	account := &access.Account{Head: record.Head{ID: "ada"}, Email: "ada@example.org", Name: "Ada"}
	_, err = record.Create(t.Context(), w.keeper, account, record.Edit{}, now, func(*access.Account) (record.Event, error) {
		return record.Event{Action: "account.invited", Mail: []record.Mail{{To: "ada@example.org", Subject: "Welcome", Text: message}}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w world) verify(t *testing.T) audit.Report {
	t.Helper()
	report, err := audit.Verify(t.Context(), w.docs)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// tamper changes what is kept behind the service's back.
func (w world) tamper(t *testing.T, p docstore.Put) {
	t.Helper()
	p.Was = docstore.Whatever
	if err := w.docs.Commit(t.Context(), docstore.Batch{Puts: []docstore.Put{p}}); err != nil {
		t.Fatal(err)
	}
}

func (w world) get(t *testing.T, collection, id string) docstore.Doc {
	t.Helper()
	d, err := w.docs.Get(t.Context(), collection, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// mail is the one message that was written.
func (w world) mail(t *testing.T) docstore.Doc {
	t.Helper()
	page, err := w.docs.Find(t.Context(), docstore.Query{Collection: stores.MessageCollection, Limit: 2})
	if err != nil || len(page.Docs) != 1 {
		t.Fatalf("%d messages, %v; want one", len(page.Docs), err)
	}
	return page.Docs[0]
}
