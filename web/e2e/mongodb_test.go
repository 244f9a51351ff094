package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// mongod is the MongoDB server of this test process.
type mongod struct {
	uri     string
	command *exec.Cmd
	leash   io.Closer
}

// oneMongod is started by the first test that asks for it.
var oneMongod struct {
	once    sync.Once
	server  *mongod
	problem error
}

// mongoDB is the address of a replica set of one node. Where no server is named the test is skipped, or fails with
// CI=true.
func mongoDB(t testing.TB) string {
	t.Helper()
	binary := os.Getenv("CONCORDAT_MONGOD")
	if binary == "" {
		const message = "NOT TESTED: MongoDB is missing (CONCORDAT_MONGOD); scripts/tools finds or fetches it"
		if os.Getenv("CI") == "true" {
			t.Fatal(message)
		}
		t.Skip(message)
	}
	oneMongod.once.Do(func() { oneMongod.server, oneMongod.problem = startMongoDB(binary) })
	if oneMongod.problem != nil {
		t.Fatalf("starting MongoDB: %v", oneMongod.problem)
	}
	return oneMongod.server.uri
}

// mongodLeashed ends the server and removes its data when its standard input ends.
const mongodLeashed = `dir=$1; shift; "$@" >"$dir/log" 2>&1 & pid=$!; read -r _; kill -9 $pid; wait $pid; rm -rf "$dir"`

func startMongoDB(binary string) (*mongod, error) {
	dir, err := os.MkdirTemp("", "concordat-e2e-mongodb-")
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	m := &mongod{uri: "mongodb://" + address + "/?replicaSet=rs0"}
	m.command = exec.Command("sh", "-c", mongodLeashed, "sh", dir, binary, "--dbpath", dir, "--bind_ip", "127.0.0.1", "--port", port,
		"--nounixsocket", "--replSet", "rs0", "--oplogSize", "990", "--wiredTigerCacheSizeGB", "0.25")
	if m.leash, err = m.command.StdinPipe(); err != nil {
		return nil, err
	}
	if err := m.command.Start(); err != nil {
		return nil, err
	}
	return m, initiate(address)
}

// initiate makes the server a replica set and waits until it takes writes.
func initiate(address string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	client, err := mongo.Connect(options.Client().ApplyURI("mongodb://" + address).SetDirect(true))
	if err != nil {
		return err
	}
	defer func() { _ = client.Disconnect(context.WithoutCancel(ctx)) }()
	admin := client.Database("admin")
	config := bson.D{{Key: "_id", Value: "rs0"}, {Key: "members", Value: bson.A{bson.D{{Key: "_id", Value: 0}, {Key: "host", Value: address}}}}}
	if err := admin.RunCommand(ctx, bson.D{{Key: "replSetInitiate", Value: config}}).Err(); err != nil {
		return fmt.Errorf("making the replica set: %w", err)
	}
	for {
		var hello struct {
			Primary bool `bson:"isWritablePrimary"`
		}
		err := admin.RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello)
		if hello.Primary {
			return nil
		}
		if ctx.Err() != nil {
			return errors.Join(errors.New("no primary in 30 seconds"), err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func stopMongoDB() error {
	m := oneMongod.server
	if m == nil {
		return nil
	}
	err := m.leash.Close()
	_ = m.command.Wait() // it reports the status of what it was told to end
	return err
}
