package mongo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
)

func TestServersThatCannot(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		waiting bool
		want    error
	}{"alone": {false, mongo.ErrStandalone}, "set never made": {true, mongo.ErrNotInitiated}} {
		t.Run(name, func(t *testing.T) {
			uri := mongotest.Alone(t, tc.waiting) + "?serverSelectionTimeoutMS=1000"
			_, err := mongo.Open(t.Context(), uri, "x", docstoretest.Collections())
			if !errors.Is(err, tc.want) || !strings.Contains(err.Error(), "rs.initiate()") {
				t.Errorf("open: %v, want %v", err, tc.want)
			}
		})
	}
	if _, err := mongo.Open(t.Context(), "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300", "x", nil); err == nil {
		t.Error("opened a server that is not there")
	}
	if _, err := mongo.Open(t.Context(), "http://127.0.0.1", "x", nil); err == nil {
		t.Error("opened an address that is none")
	}
}

func collection(t *testing.T, database, name string) *driver.Collection {
	t.Helper()
	c, err := driver.Connect(options.Client().ApplyURI(mongotest.URI(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Disconnect(context.Background()) })
	return c.Database(database).Collection(name)
}

func open(t *testing.T, uri, database string) *mongo.Store {
	t.Helper()
	s, err := mongo.Open(t.Context(), uri, database, docstoretest.Collections())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close(context.Background()) })
	return s
}

func paper(id string, was int64, code string) docstore.Put {
	return docstore.Put{Collection: "papers", Was: was, Doc: docstore.Doc{ID: id, Revision: was + 1,
		Body: docstoretest.Body(docstoretest.Paper{ID: id, Code: code})}}
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	database := mongotest.Database(t)
	s := open(t, mongotest.URI(t), database)
	if err := s.Commit(t.Context(), docstore.Batch{Puts: []docstore.Put{paper("a", 0, "é")}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Commit(t.Context(), docstore.Batch{Touches: []docstore.Touch{{Collection: "papers", ID: "a", Revision: 1}}}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Rev, Touched int64
		U            bson.M
		Doc          docstoretest.Paper
	}
	if err := collection(t, database, "papers").FindOne(t.Context(), bson.D{{Key: "_id", Value: "a"}}).Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Rev != 1 || got.Touched != 2 || got.Doc.Code != "é" || got.U["code"] != "\x06\u00c3\u00a9\x00\x01" {
		t.Errorf("kept as %+v", got)
	}
}

func TestReindex(t *testing.T) {
	t.Parallel()
	database := mongotest.Database(t)
	s := open(t, mongotest.URI(t), database)
	var b docstore.Batch
	for i := range 250 { // more than one stretch
		b.Puts = append(b.Puts, paper(fmt.Sprint(i), 0, fmt.Sprint(i)))
	}
	if err := s.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	if _, err := collection(t, database, "papers").UpdateMany(t.Context(), bson.D{}, bson.D{{Key: "$unset", Value: bson.D{{Key: "k", Value: ""}}}}); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		p, err := s.Find(t.Context(), docstore.Query{Collection: "papers", Index: "code", Limit: docstore.MaxLimit})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Docs)
	}
	if n := count(); n != 0 {
		t.Fatalf("the index still finds %d", n)
	}
	if err := s.Reindex(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := count(); n != 250 {
		t.Errorf("indexed anew: %d, want 250", n)
	}
}

func TestDamagedFile(t *testing.T) {
	t.Parallel()
	database := mongotest.Database(t)
	s := open(t, mongotest.URI(t), database)
	b, err := s.Blobs().Put(t.Context(), strings.NewReader(strings.Repeat("a", 2*docstore.ChunkSize+1)), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	second := bson.D{{Key: "_id", Value: bson.D{{Key: "$regex", Value: "/00000001$"}}}}
	if res, err := collection(t, database, "concordat.pieces").DeleteOne(t.Context(), second); err != nil || res.DeletedCount != 1 {
		t.Fatalf("damaging: %+v, %v", res, err)
	}
	r, _, err := s.Blobs().Open(t.Context(), b.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := io.Copy(io.Discard, r); err == nil {
		t.Errorf("%d bytes were read without an error", n)
	}
}

func TestUnfinishedFilesAreSwept(t *testing.T) {
	t.Parallel()
	database := mongotest.Database(t)
	s := open(t, mongotest.URI(t), database)
	if _, err := s.Blobs().Put(t.Context(), strings.NewReader("kept"), time.Now()); err != nil {
		t.Fatal(err)
	}
	pieces, uploads := collection(t, database, "concordat.pieces"), collection(t, database, "concordat.uploads")
	for name, age := range map[string]time.Duration{"OLD": 25 * time.Hour, "YOUNG": 0} {
		_, first := uploads.InsertOne(t.Context(), bson.D{{Key: "_id", Value: name}, {Key: "at", Value: time.Now().Add(-age)}})
		_, second := pieces.InsertOne(t.Context(), bson.D{{Key: "_id", Value: name + "/00000000"}, {Key: "data", Value: []byte("x")}})
		if err := errors.Join(first, second); err != nil {
			t.Fatal(err)
		}
	}
	open(t, mongotest.URI(t), database)
	left, err := pieces.CountDocuments(t.Context(), bson.D{})
	old, err2 := pieces.CountDocuments(t.Context(), bson.D{{Key: "_id", Value: "OLD/00000000"}})
	if err := errors.Join(err, err2); err != nil || left != 2 || old != 0 {
		t.Errorf("%d pieces are left, %d of them old, %v; want 2 and 0", left, old, err)
	}
}

// TestPrimaryKilled kills the primary of three nodes while many commit. Commits go on when a new one is elected, and
// nothing that was acknowledged is lost or done twice.
func TestPrimaryKilled(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("three servers take their time")
	}
	set := mongotest.Start(t, 3)
	s := open(t, set.URI(), "killed-"+strings.ToLower(rand.Text()))
	const writers = 8
	var saved [writers]int64
	var unknown [writers]bool
	var killed time.Time
	stop := make(chan struct{})
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for ; ; saved[w]++ {
				select {
				case <-stop:
					return
				default:
				}
				id := fmt.Sprint(w)
				b := docstore.Batch{Puts: []docstore.Put{paper(id, saved[w], ""), paper(fmt.Sprintf("%d-%d", w, saved[w]+1), 0, "")},
					Raise: []string{"all"}}
				if err := s.Commit(context.Background(), b); err != nil {
					t.Logf("writer %d after %d commits: %v", w, saved[w], err)
					unknown[w] = !errors.Is(err, record.ErrConflict)
					return
				}
			}
		})
	}
	time.Sleep(time.Second)
	address, err := set.KillPrimary()
	killed = time.Now()
	if err != nil {
		t.Errorf("killing the primary: %v", err)
	}
	time.Sleep(8 * time.Second)
	close(stop)
	all.Wait()
	t.Logf("killed %s; %v acknowledged, %s later", address, saved, time.Since(killed).Round(time.Millisecond))
	judge(t, s, saved[:], unknown[:])
}

func judge(t *testing.T, s *mongo.Store, saved []int64, unknown []bool) {
	t.Helper()
	var sum int64
	for w, n := range saved {
		d, err := s.Get(t.Context(), "papers", fmt.Sprint(w))
		if err != nil {
			t.Fatal(err)
		}
		if d.Revision != n && !(unknown[w] && d.Revision == n+1) {
			t.Errorf("writer %d: revision %d is kept, %d were acknowledged", w, d.Revision, n)
		}
		for i := range d.Revision {
			if _, err := s.Get(t.Context(), "papers", fmt.Sprintf("%d-%d", w, i+1)); err != nil {
				t.Errorf("of an acknowledged commit: %v", err)
			}
		}
		sum += d.Revision
	}
	if n, err := s.Counter(t.Context(), "all"); n != sum || err != nil {
		t.Errorf("the counter is %d after %d commits, %v", n, sum, err)
	}
	if slices.Max(saved) == 0 {
		t.Error("nothing was written at all")
	}
	if slices.Contains(unknown, true) {
		t.Errorf("commits failed while a primary was elected: %v", unknown)
	}
}
