package stores

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/review/record"
	"concordat/server/internal/docstore"
)

// Messages is the outbox for who sends it and who looks at it. The commit that a message is because of put it there.
type Messages struct{ *Keeper }

// NewMessages is the outbox's store.
func NewMessages(k *Keeper) *Messages { return &Messages{k} }

// Waiting tells whether a message is still to be sent.
func (m Message) Waiting() bool { return m.Sent.IsZero() && !m.Due.IsZero() }

// List walks the outbox, newest first.
func (s *Messages) List(ctx context.Context, after string, limit int) (list []Message, next string, err error) {
	page, err := s.Docs.Find(ctx, docstore.Query{Collection: outbox.Name, Index: "written", Descending: true, After: after, Limit: limit})
	if err != nil {
		return nil, "", err
	}
	for _, d := range page.Docs {
		m, err := ReadMessage(d)
		if err != nil {
			return nil, "", err
		}
		list = append(list, m)
	}
	return list, page.Next, nil
}

// Claim gives messages that are due, at most limit, and holds them until a time, so that no other server sends them
// meanwhile. What another server claimed first is left out.
func (s *Messages) Claim(ctx context.Context, now, until time.Time, limit int) ([]Message, error) {
	page, err := s.Docs.Find(ctx, docstore.Query{Collection: outbox.Name, Index: "due", To: now.Add(time.Millisecond), Limit: limit})
	if err != nil {
		return nil, err
	}
	var list []Message
	for _, d := range page.Docs {
		m, err := ReadMessage(d)
		if err != nil {
			return nil, err
		}
		m.Due = until
		err = s.save(ctx, m, d.Revision)
		if errors.Is(err, record.ErrConflict) {
			continue
		}
		if err != nil {
			return nil, err
		}
		m.revision = d.Revision + 1
		list = append(list, m)
	}
	return list, nil
}

// Save keeps what became of a message that was claimed. It refuses with an ErrConflict when the claim ran out and
// another server has it.
func (s *Messages) Save(ctx context.Context, m Message) error { return s.save(ctx, m, m.revision) }

func (s *Messages) save(ctx context.Context, m Message, was int64) error {
	body, err := bson.Marshal(m)
	if err != nil {
		return fmt.Errorf("saving message %s: %w", m.ID, err)
	}
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: outbox.Name, Was: was, Doc: docstore.Doc{ID: m.ID, Revision: was + 1, Body: body}}}})
}

// ReadMessage reads a kept message.
func ReadMessage(d docstore.Doc) (m Message, err error) {
	if err := bson.Unmarshal(d.Body, &m); err != nil {
		return Message{}, fmt.Errorf("reading message %s: %w", d.ID, err)
	}
	return m, nil
}
