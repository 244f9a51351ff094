// Package bulktest keeps imports in memory and checks that others keep them as well.
package bulktest

import (
	"context"
	"slices"

	"concordat/review/bulk"
	"concordat/review/record/recordtest"
)

// Imports keeps imports in memory. The zero value is empty.
type Imports struct{ recordtest.Memory }

// Load gives a copy of one; ErrNotFound when there is none.
func (s *Imports) Load(_ context.Context, id string) (*bulk.Import, error) {
	return recordtest.Load[bulk.Import](s, id)
}

// Recent gives copies of the newest of one account.
func (s *Imports) Recent(_ context.Context, account string, limit int) ([]*bulk.Import, error) {
	out, err := recordtest.Where(s, func(i *bulk.Import) string { return i.ID }, func(i *bulk.Import) bool { return i.By == account })
	slices.Reverse(out)
	return out[:min(len(out), limit)], err
}
