package mongotest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Set is a replica set on this machine. Elections are quick, so that tests are.
type Set struct {
	dir   string
	nodes []*node
}

type node struct {
	address string
	cmd     *exec.Cmd
	leash   io.Closer // the keeper ends the server when this is closed, by us or by our end
}

// Start runs a set of n nodes for one test.
func Start(t testing.TB, n int) *Set {
	t.Helper()
	s, err := start(Binary(t), n)
	if err != nil {
		t.Fatalf("starting MongoDB: %v", err)
	}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("stopping MongoDB: %v", err)
		}
	})
	return s
}

// Alone runs one server without a set; waiting makes it expect one that nobody makes. It gives the address.
func Alone(t testing.TB, waiting bool) string {
	t.Helper()
	s := &Set{}
	t.Cleanup(func() {
		if err := s.stop(); err != nil {
			t.Errorf("stopping MongoDB: %v", err)
		}
	})
	var err error
	if s.dir, err = os.MkdirTemp("", "mongotest"); err == nil {
		err = s.add(Binary(t), waiting)
	}
	if err == nil {
		_, err = s.nodes[0].await(func(hello) bool { return true })
	}
	if err != nil {
		t.Fatalf("starting MongoDB: %v", err)
	}
	return "mongodb://" + s.nodes[0].address + "/"
}

func start(binary string, n int) (*Set, error) {
	dir, err := os.MkdirTemp("", "mongotest")
	if err != nil {
		return nil, err
	}
	s := &Set{dir: dir}
	for range n {
		if err := s.add(binary, true); err != nil {
			return nil, errors.Join(err, s.stop())
		}
	}
	if err := s.initiate(); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// keeper ends the server and removes its data when its standard input ends, which it does however this process ends.
const keeper = `dir=$1; shift; "$@" >"$dir/log" 2>&1 & pid=$!; read -r _; kill -9 $pid; wait $pid; rm -rf "$dir"; rmdir "$(dirname "$dir")"`

func (s *Set) add(binary string, replica bool) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	n := &node{address: l.Addr().String()}
	if err := l.Close(); err != nil {
		return err
	}
	_, port, err := net.SplitHostPort(n.address)
	if err != nil {
		return err
	}
	dir := filepath.Join(s.dir, port)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	args := []string{"-c", keeper, "keeper", dir, binary, "--dbpath", dir, "--bind_ip", "127.0.0.1", "--port", port,
		"--nounixsocket", "--wiredTigerCacheSizeGB", "0.25", "--setParameter", "diagnosticDataCollectionEnabled=false"}
	if replica {
		args = append(args, "--replSet", "rs0", "--oplogSize", "990")
	}
	n.cmd = exec.Command("sh", args...)
	if n.leash, err = n.cmd.StdinPipe(); err != nil {
		return err
	}
	if err := n.cmd.Start(); err != nil {
		return err
	}
	s.nodes = append(s.nodes, n)
	return nil
}

// URI is the set's address.
func (s *Set) URI() string {
	var addresses []string
	for _, n := range s.nodes {
		addresses = append(addresses, n.address)
	}
	return "mongodb://" + strings.Join(addresses, ",") + "/?replicaSet=rs0"
}

// KillPrimary ends the primary at once, as kill -9 does, and gives its address.
func (s *Set) KillPrimary() (string, error) {
	for i, n := range s.nodes {
		if h, err := n.hello(); err == nil && h.Primary {
			s.nodes = append(s.nodes[:i:i], s.nodes[i+1:]...)
			return n.address, n.end()
		}
	}
	return "", errors.New("no node is primary")
}

// FreezePrimary stops the primary as it stands, with all its connections, until thaw.
func (s *Set) FreezePrimary() (thaw func() error, err error) {
	for _, n := range s.nodes {
		if h, err := n.hello(); err != nil || !h.Primary {
			continue
		}
		raw, err := n.ask(bson.D{{Key: "serverStatus", Value: 1}})
		if err != nil {
			return nil, err
		}
		var of struct {
			PID int64 `bson:"pid"`
		}
		if err := bson.Unmarshal(raw, &of); err != nil {
			return nil, err
		}
		return func() error { return syscall.Kill(int(of.PID), syscall.SIGCONT) }, syscall.Kill(int(of.PID), syscall.SIGSTOP)
	}
	return nil, errors.New("no node is primary")
}

func (s *Set) stop() error {
	var errs []error
	for _, n := range s.nodes {
		errs = append(errs, n.end())
	}
	return errors.Join(errs...)
}

func (n *node) end() error {
	// The keeper's own status tells nothing: it reports that of the killed server or of the last clearing up.
	err := n.leash.Close()
	_ = n.cmd.Wait()
	return err
}

func (s *Set) initiate() error {
	members := bson.A{}
	for i, n := range s.nodes {
		if _, err := n.await(func(hello) bool { return true }); err != nil {
			return err
		}
		members = append(members, bson.D{{Key: "_id", Value: i}, {Key: "host", Value: n.address}})
	}
	config := bson.D{{Key: "_id", Value: "rs0"}, {Key: "members", Value: members}, {Key: "settings", Value: bson.D{
		{Key: "electionTimeoutMillis", Value: 1000}, {Key: "heartbeatIntervalMillis", Value: 300}}}}
	first := s.nodes[0]
	if _, err := first.ask(bson.D{{Key: "replSetInitiate", Value: config}}); err != nil {
		return fmt.Errorf("making the replica set: %w", err)
	}
	_, err := first.await(func(h hello) bool { return h.Primary || h.Leader != "" })
	return err
}

type hello struct {
	Primary bool   `bson:"isWritablePrimary"`
	Leader  string `bson:"primary"`
}

// await asks until the answer is the wanted one.
func (n *node) await(wanted func(hello) bool) (h hello, err error) {
	for range 300 {
		if h, err = n.hello(); err == nil && wanted(h) {
			return h, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return h, fmt.Errorf("node %s was not ready in 30 seconds: %w", n.address, err)
}

func (n *node) hello() (h hello, err error) {
	raw, err := n.ask(bson.D{{Key: "hello", Value: 1}})
	if err != nil {
		return h, err
	}
	return h, bson.Unmarshal(raw, &h)
}

func (n *node) ask(command bson.D) (bson.Raw, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c, err := mongo.Connect(options.Client().ApplyURI("mongodb://" + n.address).SetDirect(true).SetServerSelectionTimeout(2 * time.Second))
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Disconnect(context.Background()) }()
	return c.Database("admin").RunCommand(ctx, command).Raw()
}
