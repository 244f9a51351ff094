// Package mongo is about keeping documents in MongoDB, for organisations that run several servers on one database.
//
// Each collection is a MongoDB collection; each document stands in an envelope with its revision and the keys of its
// indexes, worked out as the embedded engine does, so that both sort alike.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// The store's own collections. Declared names have no dot, so these cannot meet them.
const (
	ownCounters = "concordat.counters"
	ownDeclared = "concordat.declared"
	ownBlobs    = "concordat.blobs"
	ownPieces   = "concordat.pieces"
	ownUploads  = "concordat.uploads"
)

// Store is a docstore.Store in one MongoDB database.
type Store struct {
	client      *mongo.Client
	db          *mongo.Database
	collections map[string]docstore.Collection
	writer      *docstore.Writer
}

// Open connects, refuses a server that cannot do transactions, and makes what is missing. Collections whose indexes
// were declared otherwise before are indexed anew; servers of the older version are to be stopped before.
func Open(ctx context.Context, uri, database string, collections []docstore.Collection) (*Store, error) {
	declared, err := docstore.Declared(collections)
	if err != nil {
		return nil, err
	}
	client, err := mongo.Connect(settings(uri))
	if err != nil {
		return nil, fmt.Errorf("connecting to MongoDB: %w", err)
	}
	s := &Store{client: client, db: client.Database(database), collections: declared}
	if err := s.prepare(ctx, uri); err != nil {
		return nil, errors.Join(err, client.Disconnect(context.WithoutCancel(ctx)))
	}
	s.writer = docstore.NewWriter(s.save)
	return s, nil
}

// settings say what durability rests on, whatever the address says: defaults have lost acknowledged writes before.
func settings(uri string) *options.ClientOptions {
	o := options.Client().ApplyURI(uri).SetAppName("concordat").
		SetWriteConcern(durable()).SetReadConcern(readconcern.Majority()).SetReadPreference(readpref.Primary()).
		SetRetryWrites(true).SetRetryReads(true)
	if o.ServerSelectionTimeout == nil {
		o.SetServerSelectionTimeout(20 * time.Second)
	}
	// A server that is frozen keeps its connections: it is noticed when it misses a heartbeat by the time to connect.
	if o.HeartbeatInterval == nil {
		o.SetHeartbeatInterval(2 * time.Second)
	}
	if o.ConnectTimeout == nil {
		o.SetConnectTimeout(6 * time.Second)
	}
	return o
}

func durable() *writeconcern.WriteConcern {
	w, journal := writeconcern.Majority(), true
	w.Journal = &journal
	return w
}

func (s *Store) prepare(ctx context.Context, uri string) error {
	if err := s.requireReplicaSet(ctx, uri); err != nil {
		return err
	}
	if err := s.createCollections(ctx); err != nil {
		return err
	}
	if err := s.reindexChanged(ctx); err != nil {
		return err
	}
	return s.sweep(ctx, time.Now())
}

// createCollections makes all collections now, because a transaction that must make one first can fail.
func (s *Store) createCollections(ctx context.Context) error {
	names, err := s.db.ListCollectionNames(ctx, bson.D{})
	if err != nil {
		return fmt.Errorf("listing collections: %w", err)
	}
	there := map[string]bool{}
	for _, n := range names {
		there[n] = true
	}
	wanted := []string{ownCounters, ownDeclared, ownBlobs, ownPieces, ownUploads}
	for n := range s.collections {
		wanted = append(wanted, n)
	}
	const namespaceExists = 48 // another server that starts at the same time was quicker
	for _, n := range wanted {
		if there[n] {
			continue
		}
		var e mongo.CommandError
		if err := s.db.CreateCollection(ctx, n); err != nil && !(errors.As(err, &e) && e.Code == namespaceExists) {
			return fmt.Errorf("making collection %s: %w", n, err)
		}
	}
	return nil
}

// Get reads one document.
func (s *Store) Get(ctx context.Context, collection, id string) (docstore.Doc, error) {
	if _, declared := s.collections[collection]; !declared {
		return docstore.Doc{}, fmt.Errorf("reading %s %s: no such collection is declared", collection, id)
	}
	var e envelope
	err := s.db.Collection(collection).FindOne(ctx, bson.D{{Key: "_id", Value: id}}, options.FindOne().SetProjection(whole)).Decode(&e)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return docstore.Doc{}, fmt.Errorf("%s %s: %w", collection, id, record.ErrNotFound)
	}
	if err != nil {
		return docstore.Doc{}, fmt.Errorf("reading %s %s: %w", collection, id, err)
	}
	return e.document(), nil
}

// Counter reads a counter.
func (s *Store) Counter(ctx context.Context, name string) (int64, error) {
	var c struct {
		N int64 `bson:"n"`
	}
	err := s.db.Collection(ownCounters).FindOne(ctx, bson.D{{Key: "_id", Value: name}}).Decode(&c)
	if err != nil && !errors.Is(err, mongo.ErrNoDocuments) {
		return 0, fmt.Errorf("reading counter %s: %w", name, err)
	}
	return c.N, nil
}

// Counters are those whose names begin so and were ever raised.
func (s *Store) Counters(ctx context.Context, prefix string) (map[string]int64, error) {
	var list []struct {
		Name string `bson:"_id"`
		N    int64  `bson:"n"`
	}
	found, err := s.db.Collection(ownCounters).Find(ctx, bson.D{{Key: "_id", Value: bson.D{{Key: "$gte", Value: prefix}, {Key: "$lt", Value: prefix + lastRune}}}})
	if err == nil {
		err = found.All(ctx, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("reading counters %s: %w", prefix, err)
	}
	out := map[string]int64{}
	for _, c := range list {
		out[c.Name] = c.N
	}
	return out, nil
}

// lastRune sorts after whatever a name can go on with.
const lastRune = "\U0010ffff"

// Commit saves a batch.
func (s *Store) Commit(ctx context.Context, b docstore.Batch) error {
	if err := b.Check(s.collections); err != nil {
		return err
	}
	return s.writer.Commit(ctx, b)
}

// Ping asks the primary, also how much room is left on its disk, and looks at the last commit.
func (s *Store) Ping(ctx context.Context) error {
	var disk struct {
		Used  float64 `bson:"fsUsedSize"` // bytes, as is the other
		Total float64 `bson:"fsTotalSize"`
	}
	if err := s.db.RunCommand(ctx, bson.D{{Key: "dbStats", Value: 1}}).Decode(&disk); err != nil {
		return fmt.Errorf("asking the database: %w", err)
	}
	if disk.Total > 0 && disk.Total-disk.Used < docstore.LeastRoom {
		return docstore.ErrFull
	}
	return s.writer.Check(ctx)
}

// Close saves what is queued and disconnects.
func (s *Store) Close(ctx context.Context) error {
	s.writer.Close()
	if err := s.client.Disconnect(ctx); err != nil && !errors.Is(err, mongo.ErrClientDisconnected) {
		return fmt.Errorf("disconnecting: %w", err)
	}
	return nil
}
