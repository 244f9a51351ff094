package stores

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/access"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

var accountKind = kind{upgrades: []func(bson.D) (bson.D, error){unchanged}, Collection: docstore.Collection{Name: access.Kind, Indexes: []docstore.Index{
	{Name: "email", Fields: []string{"email"}, Unique: true},
	{Name: "token", Fields: []string{"token.hash"}, Unique: true},
	{Name: "managing", Fields: []string{"manages"}},
	{Name: "order", Fields: []string{"order"}},
}}}

// Accounts keeps accounts, what failed under which key, and which devices are known.
type Accounts struct {
	repo[access.Account, *access.Account]
}

// NewAccounts is the accounts' store.
func NewAccounts(k *Keeper) *Accounts { return &Accounts{repo[access.Account, *access.Account]{k}} }

// ByEmail finds an account by its address, as access.NormalEmail gives it.
func (s *Accounts) ByEmail(ctx context.Context, email string) (*access.Account, error) {
	return s.one(ctx, "email", email)
}

// ByToken finds an account by the hash of its link.
func (s *Accounts) ByToken(ctx context.Context, hash string) (*access.Account, error) {
	return s.one(ctx, "token", hash)
}

// Managing gives some accounts that manage others.
func (s *Accounts) Managing(ctx context.Context, limit int) ([]*access.Account, error) {
	list, _, err := s.page(ctx, docstore.Query{Index: "managing", Equals: []any{true}, Limit: limit})
	return list, err
}

// lastRune sorts after whatever a name can go on with.
const lastRune = "\U0010ffff"

// List walks accounts by name, those whose Order begins with prefix.
func (s *Accounts) List(ctx context.Context, prefix, after string, limit int) (list []*access.Account, next string, err error) {
	q := docstore.Query{Index: "order", After: after, Limit: limit}
	if prefix != "" {
		q.From, q.To = prefix, prefix+lastRune
	}
	return s.page(ctx, q)
}

// All walks all accounts, by name.
func (s *Accounts) All(ctx context.Context) (out []*access.Account, err error) {
	for after := ""; ; {
		list, next, err := s.List(ctx, "", after, docstore.MaxLimit)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
		if after = next; next == "" {
			return out, nil
		}
	}
}

var attempts = docstore.Collection{Name: "attempt", Indexes: []docstore.Index{{Name: "last", Fields: []string{"last"}}}}

// attemptDoc had other fields once: what was counted in them is long forgotten, and reads as nothing.
type attemptDoc struct {
	Last  time.Time `bson:"last"` // when it stops mattering
	Clear time.Time `bson:"clear"`
	Known time.Time `bson:"known"`
}

// Attempt gives the note under a key; the zero Attempt when there is none.
func (s *Accounts) Attempt(ctx context.Context, key string) (access.Attempt, error) {
	doc, err := s.Docs.Get(ctx, attempts.Name, key)
	if errors.Is(err, record.ErrNotFound) {
		return access.Attempt{}, nil
	}
	if err != nil {
		return access.Attempt{}, err
	}
	var a attemptDoc
	if err := bson.Unmarshal(doc.Body, &a); err != nil {
		return access.Attempt{}, fmt.Errorf("reading attempts: %w", err)
	}
	return access.Attempt{Clear: a.Clear, Known: a.Known, Revision: doc.Revision}, nil
}

// SaveAttempt keeps a note; ErrConflict when it was changed meanwhile.
func (s *Accounts) SaveAttempt(ctx context.Context, key string, a access.Attempt) error {
	last := a.Clear
	if a.Known.After(last) {
		last = a.Known
	}
	body, err := bson.Marshal(attemptDoc{Last: last, Clear: a.Clear, Known: a.Known})
	if err != nil {
		return fmt.Errorf("saving attempts: %w", err)
	}
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: attempts.Name, Was: a.Revision,
		Doc: docstore.Doc{ID: key, Revision: a.Revision + 1, Body: body}}}})
}

// SweepAttempts forgets notes that stopped mattering before a time, at most one page of them.
func (s *Accounts) SweepAttempts(ctx context.Context, before time.Time) (swept int, err error) {
	return s.sweep(ctx, docstore.Query{Collection: attempts.Name, Index: "last", To: before, Limit: docstore.MaxLimit})
}

// sweep deletes what a query gives, one page of it. What changed meanwhile stays.
func (k *Keeper) sweep(ctx context.Context, q docstore.Query) (swept int, err error) {
	page, err := k.Docs.Find(ctx, q)
	if err != nil {
		return 0, err
	}
	for _, d := range page.Docs {
		err := k.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: q.Collection, Was: d.Revision, Delete: true, Doc: docstore.Doc{ID: d.ID}}}})
		if errors.Is(err, record.ErrConflict) {
			continue
		}
		if err != nil {
			return swept, err
		}
		swept++
	}
	return swept, nil
}
