package sqlite_test

import (
	"context"
	"testing"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/sqlite"
)

func TestSuite(t *testing.T) {
	t.Parallel()
	docstoretest.Run(t, place)
}

func place(t *testing.T) docstoretest.Place {
	dir := t.TempDir()
	return func(ctx context.Context, collections []docstore.Collection) (docstore.Store, error) {
		return sqlite.Open(ctx, dir, collections)
	}
}
