package stores_test

import (
	"context"
	"flag"
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
	ctx := context.Background()
	at := time.Date(2027, 2, 8, 9, 30, 0, 123e6, time.UTC)
	want := &access.Account{
		Head:  record.Head{ID: "01KACC0UNT", Schema: 1, Revision: 4, Created: at, Changed: at.Add(time.Hour)},
		Email: "ruth@example.nhs.uk", Name: "Ruth Ames", Order: "ruth ames", Passphrase: "$argon2id$…",
		Grants: []record.Grant{{Role: "administrator"}, {Role: "secretary", Commissioner: "c1"}}, Manages: true, Epoch: 3,
		Invited: at, Joined: at.Add(time.Minute), Token: access.Token{Purpose: access.ForReset, Hash: "ab12", Expires: at.Add(2 * time.Hour)},
	}
	const file = "testdata/shapes/account-1.json"
	if *updateAccount {
		text, err := bson.MarshalExtJSONIndent(want, true, false, "", "  ")
		if err == nil {
			err = os.WriteFile(file, append(text, '\n'), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
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
	k := embeddedKeeper(t)
	put := docstore.Put{Collection: access.Kind, Doc: docstore.Doc{ID: want.ID, Revision: want.Revision, Body: body}}
	if err := k.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{put}}); err != nil {
		t.Fatal(err)
	}
	got, err := stores.NewAccounts(k).Load(ctx, want.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("read from shape 1 (-want +got):\n%s", diff)
	}
}
