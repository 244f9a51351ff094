package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// mongod is a MongoDB server to run, "" when there is none.
func (b *bench) mongod() string {
	for _, name := range []string{b.getenv("CONCORDAT_MONGOD"), b.getenv("MONGOD"), "mongod"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	return ""
}

// startMongod runs a replica set of one node and gives its address.
func (b *bench) startMongod(ctx context.Context) (p *program, uri string, err error) {
	listen, err := freeAddress(ctx)
	if err != nil {
		return nil, "", err
	}
	_, port, err := net.SplitHostPort(listen)
	if err != nil {
		return nil, "", err
	}
	folder := filepath.Join(b.folder, "mongod")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, "", err
	}
	log, err := os.Create(filepath.Join(b.folder, "mongod.log"))
	if err != nil {
		return nil, "", err
	}
	p = &program{said: log, cmd: command(ctx, b.mongod(), "--dbpath", folder, "--bind_ip", "127.0.0.1", "--port", port, "--nounixsocket",
		"--replSet", "rs0", "--wiredTigerCacheSizeGB", "0.5", "--setParameter", "diagnosticDataCollectionEnabled=false")}
	p.cmd.Stdout = log
	if err := p.cmd.Start(); err != nil {
		return nil, "", fmt.Errorf("starting mongod: %w", err)
	}
	if err := initiate(ctx, listen); err != nil {
		return nil, "", errors.Join(err, p.stop())
	}
	return p, "mongodb://" + listen + "/?replicaSet=rs0", nil
}

// initiate makes a set of the one node, and waits until it takes writes.
func initiate(ctx context.Context, address string) (err error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	client, err := mongo.Connect(options.Client().ApplyURI("mongodb://" + address + "/?directConnection=true"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, client.Disconnect(context.WithoutCancel(ctx))) }()
	set := bson.D{{Key: "_id", Value: "rs0"}, {Key: "members", Value: bson.A{bson.D{{Key: "_id", Value: 0}, {Key: "host", Value: address}}}}}
	if err := client.Database("admin").RunCommand(ctx, bson.D{{Key: "replSetInitiate", Value: set}}).Err(); err != nil {
		return fmt.Errorf("making a set of the MongoDB server: %w", err)
	}
	for ctx.Err() == nil {
		var hello struct {
			Writable bool `bson:"isWritablePrimary"`
		}
		if err := client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err == nil && hello.Writable {
			return nil
		}
		pause(ctx, 50*time.Millisecond)
	}
	return fmt.Errorf("waiting for the MongoDB server: %w", ctx.Err())
}
