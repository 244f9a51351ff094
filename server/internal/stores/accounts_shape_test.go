package stores_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/stores"
)

var updateAccount = flag.Bool("update-account-shape", false, "write the golden file of the account's newest shape")

// An account of each shape that was ever stored is read as the account that it was.
func TestAccountShapes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	at := time.Date(2027, 2, 8, 9, 30, 0, 123e6, time.UTC)
	account := &access.Account{
		Head:  record.Head{ID: "01KACC0UNT", Schema: 1, Revision: 4, Created: at, Changed: at.Add(time.Hour)},
		Email: "ruth@example.nhs.uk", Name: "Ruth Ames", Order: "ruth ames", Passphrase: "$argon2id$…",
		Grants: []record.Grant{{Role: "administrator"}, {Role: "secretary", Commissioner: "c1"}}, Manages: true, Epoch: 3,
		Invited: at, Joined: at.Add(time.Minute), Token: access.Token{Purpose: access.ForReset, Hash: "ab12", Expires: at.Add(2 * time.Hour)},
	}
	newest := *account
	newest.Schema, newest.Devices = 2, 2
	if *updateAccount {
		text, err := bson.MarshalExtJSONIndent(&newest, true, false, "", "  ")
		if err == nil {
			err = os.WriteFile("testdata/shapes/account-2.json", append(text, '\n'), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []*access.Account{account, &newest} {
		k := embeddedKeeper(t)
		put := docstore.Put{Collection: access.Kind, Doc: docstore.Doc{ID: want.ID, Revision: want.Revision,
			Body: shape(t, fmt.Sprintf("testdata/shapes/account-%d.json", want.Schema))}}
		if err := k.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{put}}); err != nil {
			t.Fatal(err)
		}
		got, err := stores.NewAccounts(k).Load(ctx, want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("read from shape %d (-want +got):\n%s", want.Schema, diff)
		}
	}
}

// shape is a document as a golden file holds it.
func shape(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var doc bson.D
	if err := bson.UnmarshalExtJSON(text, true, &doc); err != nil {
		t.Fatal(err)
	}
	body, err := bson.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// What was counted before notes had the shape of today holds nobody up, and is written over and swept.
func TestAttemptShapes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	k := embeddedKeeper(t)
	put := docstore.Put{Collection: "attempt", Doc: docstore.Doc{ID: "key", Revision: 7, Body: shape(t, "testdata/shapes/attempt-1.json")}}
	if err := k.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{put}}); err != nil {
		t.Fatal(err)
	}
	s := stores.NewAccounts(k)
	a, err := s.Attempt(ctx, "key")
	if want := (access.Attempt{Revision: 7}); err != nil || a != want {
		t.Fatalf("read %+v, %v, want %+v", a, err, want)
	}
	noon := time.Date(2027, 2, 8, 12, 0, 0, 0, time.UTC)
	a.Clear = noon
	if err := s.SaveAttempt(ctx, "key", a); err != nil {
		t.Fatal(err)
	}
	if n, err := s.SweepAttempts(ctx, noon.Add(time.Second)); n != 1 || err != nil {
		t.Errorf("swept %d, %v, want 1", n, err)
	}
}
