package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// database is what both engines are.
type database interface {
	docstore.Store
	// Reindex builds all indexes anew from the documents.
	Reindex(ctx context.Context) error
}

// openDocs opens the database that the settings name.
func (c config) openDocs(ctx context.Context) (database, error) {
	if c.MongoURI != "" {
		return mongo.Open(ctx, c.MongoURI, c.MongoName, stores.Collections())
	}
	return sqlite.Open(ctx, c.DataDir, stores.Collections())
}

// serving opens the database for a server, which must not make things worse in a damaged one.
func (c config) serving(ctx context.Context) (database, error) {
	if c.MongoURI != "" {
		return c.openDocs(ctx)
	}
	docs, err := sqlite.OpenSound(ctx, c.DataDir, stores.Collections())
	switch {
	case errors.Is(err, sqlite.ErrDamaged):
		return nil, fmt.Errorf("%s is not served, and was not changed: %w\nPut a backup in its place with: server restore -data %s FILE",
			filepath.Join(c.DataDir, sqlite.FileName), err, c.DataDir)
	case err != nil:
		return nil, err
	}
	return docs, nil
}

// existing opens the database for a command that reads what is there: a mistyped folder must not make a new one.
func (c config) existing(ctx context.Context) (database, error) {
	if c.MongoURI == "" {
		if _, err := os.Stat(filepath.Join(c.DataDir, sqlite.FileName)); err != nil {
			return nil, fmt.Errorf("there is no database in %s: %w", c.DataDir, err)
		}
	}
	return c.openDocs(ctx)
}

// embedded opens the embedded database for a command that only it has.
func (c config) embedded(ctx context.Context, command string) (*sqlite.Store, error) {
	docs, err := c.existing(ctx)
	if err != nil {
		return nil, err
	}
	s, ok := docs.(*sqlite.Store)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%s is for the embedded database; use MongoDB's own tools", command), docs.Close(ctx))
	}
	return s, nil
}
