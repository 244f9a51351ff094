package mongo_test

import (
	"context"
	"testing"

	"go.mongodb.org/mongo-driver/v2/bson"
	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
)

func BenchmarkStore(b *testing.B) {
	uri, database := mongotest.URI(b), mongotest.Database(b)
	s, err := mongo.Open(b.Context(), uri, database, docstoretest.Collections())
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close(context.Background()) }()
	// The peer: the plain driver with the same write concern, one document at a time.
	wc, journal := writeconcern.Majority(), true
	wc.Journal = &journal
	client, err := driver.Connect(options.Client().ApplyURI(uri).SetWriteConcern(wc))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = client.Disconnect(context.Background()) }()
	raw := client.Database(database).Collection("raw")
	docstoretest.Bench(b, s, docstoretest.Peer{Name: "inserts", Insert: func(ctx context.Context, id string, body []byte) error {
		_, err := raw.InsertOne(ctx, bson.D{{Key: "_id", Value: id}, {Key: "doc", Value: bson.Raw(body)}})
		return err
	}})
}
