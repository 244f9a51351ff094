// Package stores is about keeping the domains' documents in a document database: one file for each aggregate,
// and the keeper that turns planned writes into one commit with their events.
package stores

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/oklog/ulid/v2"
	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review"
	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Keeper commits writes. It is a record.Committer.
type Keeper struct {
	Docs docstore.Store

	unchecked     remembered[review.Unchecked]    // local policies, by policy
	commissioners remembered[review.Commissioner] // all, about ""
}

// Open checks that the store holds nothing newer than this program knows and notes the shapes it will write.
func Open(ctx context.Context, docs docstore.Store) (*Keeper, error) {
	k := &Keeper{Docs: docs}
	k.unchecked.of, k.commissioners.of = review.LocalList, review.CommissionerList
	if err := k.checkShapes(ctx); err != nil {
		return nil, err
	}
	return k, nil
}

// Commit saves the writes, their events, what they keep and their mail, all or nothing.
func (k *Keeper) Commit(ctx context.Context, writes ...record.Write) error {
	var b docstore.Batch
	for _, w := range writes {
		if err := k.add(&b, w); err != nil {
			return err
		}
	}
	return k.Docs.Commit(ctx, b)
}

func (k *Keeper) add(b *docstore.Batch, w record.Write) error {
	if w.Expect != nil {
		b.Touches = append(b.Touches, docstore.Touch{Collection: w.Expect.Kind, ID: w.Expect.ID, Revision: w.Expect.Revision})
		return nil
	}
	body, err := encode(w.Doc)
	if err != nil {
		return err
	}
	kept, err := keep(b, w.Event.Keep)
	if err != nil {
		return err
	}
	head := w.Doc.Header()
	mail, err := addMail(b, w.Event.Mail, head.Changed)
	if err != nil {
		return err
	}
	kept = append(kept, mail...)
	sealed, err := w.Event.Seal(record.RefTo(w.Doc), sha256.Sum256(body), kept, head.Chain, []byte(rand.Text()))
	if err != nil {
		return err
	}
	head.Chain = sealed.Hash
	b.Puts = append(b.Puts, docstore.Put{Collection: w.Doc.Kind(), Was: w.Was,
		Doc: docstore.Doc{ID: head.ID, Revision: head.Revision, Chain: head.Chain, Body: body}})
	if err := addEvent(b, sealed); err != nil {
		return err
	}
	for _, g := range w.Event.Alters {
		b.Raise = append(b.Raise, string(g))
	}
	return nil
}

// keep adds the documents that an event writes once, and gives their hashes.
func keep(b *docstore.Batch, docs []record.Document) ([]record.Kept, error) {
	var out []record.Kept
	for _, d := range docs {
		body, err := encode(d)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(body)
		out = append(out, record.Kept{Kind: d.Kind(), ID: d.Header().ID, SHA256: hex.EncodeToString(sum[:])})
		b.Puts = append(b.Puts, docstore.Put{Collection: d.Kind(), Doc: docstore.Doc{ID: d.Header().ID, Revision: 1, Body: body}})
	}
	return out, nil
}

func encode(d record.Document) ([]byte, error) {
	h := d.Header()
	kind, err := kindOf(d.Kind())
	if err != nil {
		return nil, err
	}
	if h.ID == "" {
		return nil, fmt.Errorf("saving a %s: it has no id", d.Kind())
	}
	h.Schema = kind.schema()
	body, err := bson.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("saving %s %s: %w", d.Kind(), h.ID, err)
	}
	return body, nil
}

// eventDoc is an event as it is kept. Its bytes are never written anew.
type eventDoc struct {
	Kind     string    `bson:"kind"`
	ID       string    `bson:"id"`
	Revision int64     `bson:"revision"`
	At       time.Time `bson:"at"`
	Actor    string    `bson:"actor"`
	Bytes    []byte    `bson:"bytes"`
	Hash     []byte    `bson:"hash"`
	Salt     []byte    `bson:"salt"`
	Reason   string    `bson:"reason"`
}

// EventCollection is where events are kept.
const EventCollection = "event"

var events = docstore.Collection{Name: EventCollection, Indexes: []docstore.Index{
	{Name: "subject", Fields: []string{"kind", "id", "revision"}},
	{Name: "time", Fields: []string{"at"}},
}}

// EventID is the name under which an event is kept.
func EventID(subject record.Ref) string {
	return fmt.Sprintf("%s/%s/%012d", subject.Kind, subject.ID, subject.Revision)
}

func addEvent(b *docstore.Batch, s record.Sealed) error {
	body, err := bson.Marshal(eventDoc{Kind: s.Subject.Kind, ID: s.Subject.ID, Revision: s.Subject.Revision,
		At: s.At, Actor: s.Actor, Bytes: s.Bytes, Hash: s.Hash, Salt: s.Salt, Reason: s.Reason})
	if err != nil {
		return fmt.Errorf("saving an event of %s %s: %w", s.Subject.Kind, s.Subject.ID, err)
	}
	b.Puts = append(b.Puts, docstore.Put{Collection: events.Name, Doc: docstore.Doc{ID: EventID(s.Subject), Revision: 1, Body: body}})
	return nil
}

// DecodeEvent reads a kept event.
func DecodeEvent(d docstore.Doc) (record.Sealed, error) {
	var e eventDoc
	if err := bson.Unmarshal(d.Body, &e); err != nil {
		return record.Sealed{}, fmt.Errorf("reading event %s: %w", d.ID, err)
	}
	return record.Sealed{Subject: record.Ref{Kind: e.Kind, ID: e.ID, Revision: e.Revision}, At: e.At, Actor: e.Actor,
		Bytes: e.Bytes, Hash: e.Hash, Salt: e.Salt, Reason: e.Reason}, nil
}

// Events reads the events of one document, newest first. next is the cursor of the next page.
func (k *Keeper) Events(ctx context.Context, kind, id, after string, limit int) (list []record.Sealed, next string, err error) {
	page, err := k.Docs.Find(ctx, docstore.Query{Collection: events.Name, Index: "subject", Equals: []any{kind, id},
		Descending: true, After: after, Limit: limit})
	if err != nil {
		return nil, "", err
	}
	for _, d := range page.Docs {
		s, err := DecodeEvent(d)
		if err != nil {
			return nil, "", err
		}
		list = append(list, s)
	}
	return list, page.Next, nil
}

// NewID makes the id of a new document.
func NewID() string { return ulid.Make().String() }
