package mongo_test

import (
	"context"
	"testing"

	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/docstoretest"
	"concordat/server/internal/docstore/mongo"
	"concordat/server/internal/docstore/mongo/mongotest"
)

func TestSuite(t *testing.T) {
	t.Parallel()
	docstoretest.Run(t, place)
}

func place(t *testing.T) docstoretest.Place {
	uri, database := mongotest.URI(t), mongotest.Database(t)
	return func(ctx context.Context, collections []docstore.Collection) (docstore.Store, error) {
		return mongo.Open(ctx, uri, database, collections)
	}
}
