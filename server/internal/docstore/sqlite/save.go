package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// save writes a group in one transaction, each commit within a savepoint: a refused one is rolled back alone.
// When the group fails, refusals count no more: they may rest on what was saved before them in the group.
func (s *Store) save(jobs []*docstore.Job) []error {
	answers := make([]error, len(jobs))
	if err := s.saveGroup(jobs, answers); err != nil {
		for i := range answers {
			answers[i] = err
		}
	}
	return answers
}

func (s *Store) saveGroup(jobs []*docstore.Job, answers []error) error {
	// The group outlives any one caller, so no caller's context governs it.
	ctx := context.Background()
	tx, err := s.begin(ctx)
	if err != nil {
		return fmt.Errorf("beginning a commit: %w", err)
	}
	for i, j := range jobs {
		answers[i], err = s.saveOne(ctx, tx, j.Batch)
		if err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("committing: %w: %w", record.ErrUnknown, err)
	}
	return nil
}

// saveOne answers with the batch's refusal; err is a failure of the whole group.
func (s *Store) saveOne(ctx context.Context, tx txn, b docstore.Batch) (answer, err error) {
	if _, err := tx.exec(ctx, savepoint); err != nil {
		return nil, fmt.Errorf("beginning a commit: %w", err)
	}
	answer = s.apply(ctx, tx, b)
	if answer != nil {
		if _, err := tx.ExecContext(ctx, "ROLLBACK TO one"); err != nil {
			return nil, fmt.Errorf("undoing a commit: %w", err)
		}
	}
	if _, err := tx.exec(ctx, release); err != nil {
		return nil, fmt.Errorf("ending a commit: %w", err)
	}
	return answer, nil
}

func (s *Store) apply(ctx context.Context, tx txn, b docstore.Batch) error {
	for _, t := range b.Touches {
		if err := touch(ctx, tx, t); err != nil {
			return err
		}
	}
	for _, p := range b.Puts {
		if err := s.put(ctx, tx, p); err != nil {
			return err
		}
	}
	if err := s.indexAll(ctx, tx, b.Puts); err != nil {
		return err
	}
	for _, name := range b.Raise {
		_, err := tx.exec(ctx, raiseOne, name)
		if err != nil {
			return fmt.Errorf("raising %s: %w", name, err)
		}
	}
	return nil
}

func touch(ctx context.Context, tx txn, t docstore.Touch) error {
	old, err := kept(ctx, tx, t.Collection, t.ID)
	if err != nil {
		return err
	}
	if old.Body == nil || old.Revision != t.Revision {
		return docstore.StaleDoc(t.Collection, t.ID, t.Revision, old.Revision)
	}
	if _, err := tx.exec(ctx, touchDoc, t.Collection, t.ID); err != nil {
		return fmt.Errorf("touching %s %s: %w", t.Collection, t.ID, err)
	}
	return nil
}

// put saves a document and takes its old keys away; the new ones come when all of the batch is saved.
func (s *Store) put(ctx context.Context, tx txn, p docstore.Put) error {
	if p.Was == 0 && !p.Delete {
		return s.putNew(ctx, tx, p)
	}
	old, err := kept(ctx, tx, p.Collection, p.Doc.ID)
	if err != nil {
		return err
	}
	if !p.Meets(old.Body != nil, old.Revision) {
		return docstore.StaleDoc(p.Collection, p.Doc.ID, p.Was, old.Revision)
	}
	if old.Body != nil {
		if err := unindex(ctx, tx, s.collections[p.Collection], old); err != nil {
			return err
		}
	}
	if p.Delete {
		_, err := tx.exec(ctx, deleteDoc, p.Collection, p.Doc.ID)
		return wrap(err, "deleting", p)
	}
	_, err = tx.exec(ctx, saveDoc,
		p.Collection, p.Doc.ID, p.Doc.Revision, p.Doc.Chain, p.Doc.Body)
	return wrap(err, "saving", p)
}

// putNew saves a document that must not be there yet, as each event is: nothing is read first.
func (s *Store) putNew(ctx context.Context, tx txn, p docstore.Put) error {
	res, err := tx.exec(ctx, newDoc, p.Collection, p.Doc.ID, p.Doc.Revision, p.Doc.Chain, p.Doc.Body)
	if err != nil {
		return wrap(err, "saving", p)
	}
	if n, err := res.RowsAffected(); err != nil || n == 1 {
		return wrap(err, "saving", p)
	}
	old, err := kept(ctx, tx, p.Collection, p.Doc.ID)
	if err != nil {
		return err
	}
	return docstore.StaleDoc(p.Collection, p.Doc.ID, p.Was, old.Revision)
}

// indexAll gives the documents of a batch their keys, each as its last put left it.
func (s *Store) indexAll(ctx context.Context, tx txn, puts []docstore.Put) error {
	for i, p := range puts {
		again := slices.ContainsFunc(puts[i+1:], func(q docstore.Put) bool {
			return q.Collection == p.Collection && q.Doc.ID == p.Doc.ID
		})
		if again || p.Delete {
			continue
		}
		if err := index(ctx, tx, s.collections[p.Collection], p.Doc); err != nil {
			return err
		}
	}
	return nil
}

func wrap(err error, doing string, p docstore.Put) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s %s %s: %w", doing, p.Collection, p.Doc.ID, err)
}

// kept reads what is there now; a Doc without a body when there is nothing.
func kept(ctx context.Context, tx txn, collection, id string) (docstore.Doc, error) {
	d := docstore.Doc{ID: id}
	err := tx.row(ctx, readKept, collection, id).
		Scan(&d.Revision, &d.Body)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return d, fmt.Errorf("reading %s %s: %w", collection, id, err)
	}
	return d, nil
}

func index(ctx context.Context, tx txn, c docstore.Collection, d docstore.Doc) error {
	entries, err := c.Entries(d)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := tx.exec(ctx, insertKey,
			c.Name, e.Index, e.Key, d.ID); err != nil {
			return fmt.Errorf("indexing %s %s: %w", c.Name, d.ID, err)
		}
		if e.Unique == nil {
			continue
		}
		res, err := tx.exec(ctx, claimUnique,
			c.Name, e.Index, e.Unique, d.ID)
		if err != nil {
			return fmt.Errorf("indexing %s %s: %w", c.Name, d.ID, err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(&record.Taken{Kind: c.Name, Index: e.Index}, err)
		}
	}
	return nil
}

func unindex(ctx context.Context, tx txn, c docstore.Collection, d docstore.Doc) error {
	entries, err := c.Entries(d)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := tx.exec(ctx, deleteKey, c.Name, e.Index, e.Key); err != nil {
			return fmt.Errorf("indexing %s %s: %w", c.Name, d.ID, err)
		}
		if e.Unique == nil {
			continue
		}
		if _, err := tx.exec(ctx, freeUnique,
			c.Name, e.Index, e.Unique, d.ID); err != nil {
			return fmt.Errorf("indexing %s %s: %w", c.Name, d.ID, err)
		}
	}
	return nil
}
