package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"concordat/server/internal/docstore"
)

// Misfits has SQLite examine the file, then compares the index tables with the documents, all at one moment.
func (s *Store) Misfits(ctx context.Context, tell func(docstore.Misfit)) error {
	tx, err := s.read.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("comparing indexes: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // nothing was written
	problems, err := broken(ctx, tx, "integrity_check")
	if err != nil {
		return fmt.Errorf("examining the file: %w", err)
	}
	for _, p := range problems {
		tell(docstore.Misfit{Collection: FileName, Problem: "the file is damaged: " + p})
	}
	for _, name := range slices.Sorted(maps.Keys(s.collections)) {
		for _, t := range indexTables {
			if err := (comparison{tx, s.collections[name], t, tell}).run(ctx); err != nil {
				return fmt.Errorf("comparing the indexes of %s: %w", name, err)
			}
		}
	}
	return nil
}

// indexTable is where the engine keeps places of documents in indexes.
type indexTable struct {
	name   string
	what   string
	places func(docstore.Entry) []byte // nil when it has none there
}

var indexTables = []indexTable{
	{"keys", "index", func(e docstore.Entry) []byte { return e.Key }},
	{"uniques", "unique values", func(e docstore.Entry) []byte { return e.Unique }},
}

// comparison is of one collection with one table.
type comparison struct {
	tx         *sql.Tx
	collection docstore.Collection
	table      indexTable
	tell       func(docstore.Misfit)
}

func (c comparison) run(ctx context.Context) error {
	//nolint:gosec // the table is one of ours
	find, err := c.tx.PrepareContext(ctx, "SELECT id FROM "+c.table.name+" WHERE collection = ? AND name = ? AND key = ?")
	if err != nil {
		return err
	}
	defer func() { _ = find.Close() }()
	fitting := 0
	for after := ""; ; {
		docs, err := stretch(ctx, c.tx, c.collection.Name, after)
		if err != nil {
			return err
		}
		for _, d := range docs {
			n, err := c.document(ctx, find, d)
			if err != nil {
				return err
			}
			fitting += n
			after = d.ID
		}
		if len(docs) == 0 {
			return c.strangers(ctx, fitting)
		}
	}
}

// document looks for the places of a document, and gives how many are right.
func (c comparison) document(ctx context.Context, find *sql.Stmt, d docstore.Doc) (fitting int, err error) {
	entries, err := c.collection.Entries(d)
	if err != nil {
		c.misfit(d.ID, "it cannot be indexed: "+err.Error())
		return 0, nil //nolint:nilerr // it is told, and no fault of the comparison
	}
	for _, e := range entries {
		key := c.table.places(e)
		if key == nil {
			continue
		}
		var id string
		switch err := find.QueryRowContext(ctx, c.collection.Name, e.Index, key).Scan(&id); {
		case errors.Is(err, sql.ErrNoRows):
			c.misfit(d.ID, fmt.Sprintf("the %s %q lacks it", c.table.what, e.Index))
		case err != nil:
			return fitting, err
		case id != d.ID:
			c.misfit(d.ID, fmt.Sprintf("the %s %q has %q in its place", c.table.what, e.Index, id))
		default:
			fitting++
		}
	}
	return fitting, nil
}

// strangers are places that no document has. They are looked for only when there are more rows than fit.
func (c comparison) strangers(ctx context.Context, fitting int) error {
	var all int
	if err := c.tx.QueryRowContext(ctx, "SELECT count(*) FROM "+c.table.name+" WHERE collection = ?", c.collection.Name).Scan(&all); err != nil || all == fitting {
		return err
	}
	//nolint:gosec // the table is one of ours
	rows, err := c.tx.QueryContext(ctx, `SELECT t.name, t.key, t.id, d.body FROM `+c.table.name+` t
		LEFT JOIN docs d ON d.collection = t.collection AND d.id = t.id WHERE t.collection = ?`, c.collection.Name)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		var key []byte
		var d docstore.Doc
		if err := rows.Scan(&name, &key, &d.ID, &d.Body); err != nil {
			return err
		}
		if !c.has(d, name, key) {
			c.misfit(d.ID, fmt.Sprintf("the %s %q has it where it does not belong", c.table.what, name))
		}
	}
	return rows.Err()
}

func (c comparison) has(d docstore.Doc, index string, key []byte) bool {
	entries, err := c.collection.Entries(d)
	return err == nil && slices.ContainsFunc(entries, func(e docstore.Entry) bool {
		return e.Index == index && bytes.Equal(c.table.places(e), key)
	})
}

func (c comparison) misfit(id, problem string) {
	c.tell(docstore.Misfit{Collection: c.collection.Name, ID: id, Problem: problem})
}
