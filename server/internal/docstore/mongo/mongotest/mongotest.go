// Package mongotest is about a real MongoDB server for tests.
package mongotest

import (
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Binary is the server to run: $CONCORDAT_MONGOD, else $MONGOD, else mongod on the path. Without one the test is
// skipped; with CI=true it fails.
func Binary(t testing.TB) string {
	t.Helper()
	path := find()
	if path != "" {
		return path
	}
	const message = "NOT TESTED: the MongoDB store. Set CONCORDAT_MONGOD to a mongod; scripts/tools fetches one."
	if os.Getenv("CI") == "true" {
		t.Fatal(message)
	}
	t.Skip(message)
	return ""
}

func find() string {
	for _, name := range []string{os.Getenv("CONCORDAT_MONGOD"), os.Getenv("MONGOD"), "mongod"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return ""
}

// shared is the one server of this test process. It ends with the process.
var shared = sync.OnceValues(func() (*Set, error) { return start(find(), 1) })

// URI is the address of a replica set of one node, the same for all tests of this process.
func URI(t testing.TB) string {
	t.Helper()
	Binary(t)
	s, err := shared()
	if err != nil {
		t.Fatalf("starting MongoDB: %v", err)
	}
	return s.URI()
}

// Database is a name of its own, on the server of URI; what is kept under it goes with the test.
func Database(t testing.TB) string {
	t.Helper()
	uri, name := URI(t), "test-"+strings.ToLower(rand.Text())
	t.Cleanup(func() {
		c, err := mongo.Connect(options.Client().ApplyURI(uri))
		if err != nil {
			t.Errorf("dropping database %s: %v", name, err)
			return
		}
		defer func() { _ = c.Disconnect(context.Background()) }()
		if err := c.Database(name).Drop(context.Background()); err != nil {
			t.Errorf("dropping database %s: %v", name, err)
		}
	})
	return name
}
