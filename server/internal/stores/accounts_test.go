package stores_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"concordat/review/access"
	"concordat/review/access/accesstest"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// embeddedKeeper is a keeper on an empty embedded store.
func embeddedKeeper(t *testing.T) *stores.Keeper {
	t.Helper()
	ctx := context.Background()
	docs, err := sqlite.Open(ctx, t.TempDir(), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	return keeperOn(t, docs)
}

// mongoKeeper is a keeper on an empty database of a real MongoDB server.
func mongoKeeper(t *testing.T) *stores.Keeper {
	t.Helper()
	docs, err := mongo.Open(context.Background(), mongotest.URI(t), mongotest.Database(t), stores.Collections())
	if err != nil {
		t.Fatal(err)
	}
	return keeperOn(t, docs)
}

func keeperOn(t *testing.T, docs docstore.Store) *stores.Keeper {
	t.Helper()
	ctx := context.Background()
	t.Cleanup(func() { _ = docs.Close(ctx) })
	k, err := stores.Open(ctx, docs)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestAccountsEmbedded(t *testing.T) {
	t.Parallel()
	accesstest.TestStores(t, func(t *testing.T) accesstest.Stores { return stores.NewAccounts(embeddedKeeper(t)) })
}

func TestAccountsMongo(t *testing.T) {
	t.Parallel()
	mongotest.Binary(t)
	accesstest.TestStores(t, func(t *testing.T) accesstest.Stores { return stores.NewAccounts(mongoKeeper(t)) })
}

func TestSweepAttempts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := stores.NewAccounts(embeddedKeeper(t))
	noon := time.Date(2027, 2, 8, 12, 0, 0, 0, time.UTC)
	for key, a := range map[string]access.Attempt{
		"old":    {Clear: noon.Add(-time.Hour), Known: noon.Add(-time.Minute)},
		"new":    {Clear: noon.Add(time.Minute)},
		"device": {Clear: noon.Add(-time.Hour), Known: noon.Add(time.Minute)},
	} {
		if err := s.SaveAttempt(ctx, key, a); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := s.SweepAttempts(ctx, noon); n != 1 || err != nil {
		t.Errorf("swept %d, %v, want 1", n, err)
	}
	for key, want := range map[string]bool{"old": false, "new": true, "device": true} {
		if a, err := s.Attempt(ctx, key); (a != access.Attempt{}) != want || err != nil {
			t.Errorf("%s: %+v, %v; kept: want %v", key, a, err, want)
		}
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := stores.NewSessions(embeddedKeeper(t))
	noon := time.Date(2027, 2, 8, 12, 0, 0, 0, time.UTC)
	for i, id := range []string{"a", "b", "c"} {
		account := "ruth"
		if id == "c" {
			account = "tom"
		}
		if err := s.Begin(ctx, stores.Session{ID: id, Account: account, Began: noon, Seen: noon.Add(time.Duration(i) * time.Minute), Ends: noon.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Of(ctx, "ruth")
	if err != nil || len(list) != 2 || list[0].ID != "b" {
		t.Errorf("Of = %+v, %v", list, err)
	}
	if err := s.EndOthers(ctx, "ruth", "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Session(ctx, "b"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("an ended session: %v", err)
	}
	// A request that is still running must not bring an ended session back.
	if err := s.Touch(ctx, list[0]); !errors.Is(err, record.ErrConflict) {
		t.Errorf("touching an ended session: %v", err)
	}
	if err := s.End(ctx, "b"); err != nil {
		t.Errorf("ending twice: %v", err)
	}
	if n, err := s.Sweep(ctx, noon.Add(time.Hour+time.Millisecond)); n != 2 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
}
