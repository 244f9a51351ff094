package stores

import (
	"context"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/bulk"
	"concordat/server/internal/docstore"
)

var importKind = kind{files: "files.sha256", Collection: docstore.Collection{Name: "import", Indexes: []docstore.Index{
	{Name: "by", Fields: []string{"by", "id"}},
}}, upgrades: []func(bson.D) (bson.D, error){
	unchanged, // 2: since when a later text stays in use in place of a row's, which nobody had noted
}}

// Imports keeps imports. It is a bulk.Imports.
type Imports struct {
	repo[bulk.Import, *bulk.Import]
}

var _ bulk.Imports = Imports{}

// NewImports keeps imports with k.
func NewImports(k *Keeper) Imports { return Imports{repo[bulk.Import, *bulk.Import]{k}} }

// Recent reads the newest imports of one account, the newest first: ids are in the order of time.
func (s Imports) Recent(ctx context.Context, account string, limit int) ([]*bulk.Import, error) {
	list, _, err := s.page(ctx, docstore.Query{Index: "by", Equals: []any{account}, Descending: true, Limit: limit})
	return list, err
}
