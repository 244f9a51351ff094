package mongo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// ErrStandalone is what Open gives for a server that is not in a replica set.
var ErrStandalone = errors.New("this MongoDB server stands alone, without a replica set, so it cannot save several " +
	"documents together; one server is enough: start it with --replSet rs0, then run rs.initiate() once in mongosh")

// ErrNotInitiated is what Open gives for a server that waits for its replica set to be made.
var ErrNotInitiated = errors.New("this MongoDB server was started with --replSet, but the replica set was never made: " +
	"run rs.initiate() once in mongosh")

type hello struct {
	Set       string `bson:"setName"`
	Message   string `bson:"msg"` // "isdbgrid" from the router of a sharded cluster
	Uninitial bool   `bson:"isreplicaset"`
}

func (s *Store) requireReplicaSet(ctx context.Context, uri string) error {
	h, err := ask(ctx, s.client)
	if err != nil {
		// A set that was never made has no primary to answer, so ask the one server for its reason.
		return errors.Join(direct(ctx, uri), fmt.Errorf("reaching MongoDB: %w", err))
	}
	if h.Set == "" && h.Message != "isdbgrid" {
		return ErrStandalone
	}
	return nil
}

func ask(ctx context.Context, c *mongo.Client) (h hello, err error) {
	err = c.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&h)
	return h, err
}

// direct is ErrNotInitiated when the first server of the address says so; nil when nothing more is known.
func direct(ctx context.Context, uri string) error {
	o := options.Client().ApplyURI(uri)
	if len(o.Hosts) == 0 {
		return nil
	}
	o.ReplicaSet = nil
	o.SetHosts(o.Hosts[:1]).SetDirect(true).SetServerSelectionTimeout(2 * time.Second)
	c, err := mongo.Connect(o)
	if err != nil {
		return nil
	}
	defer func() { _ = c.Disconnect(context.WithoutCancel(ctx)) }() // it was only asked
	if h, err := ask(ctx, c); err == nil && h.Uninitial {
		return ErrNotInitiated
	}
	return nil
}
