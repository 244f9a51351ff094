package stores

import (
	"context"
	"fmt"
	"time"

	"go.mongodb.org/mongo-driver/v2/bson"

	"concordat/server/internal/docstore"
)

// Session is that somebody is signed in with one browser. It is not governed: it has no events.
type Session struct {
	ID      string    `bson:"id"`      // SHA-256 of the secret that the browser holds, hex
	Account string    `bson:"account"` // id
	Epoch   int64     `bson:"epoch"`   // of the account when the session began
	Began   time.Time `bson:"began"`
	Seen    time.Time `bson:"seen"` // when it was last used, to the minute
	Ends    time.Time `bson:"ends"` // at the latest
}

var sessions = docstore.Collection{Name: "session", Indexes: []docstore.Index{
	{Name: "account", Fields: []string{"account", "seen"}},
	{Name: "ends", Fields: []string{"ends"}},
}}

// Sessions keeps sessions.
type Sessions struct{ *Keeper }

// NewSessions is the sessions' store.
func NewSessions(k *Keeper) *Sessions { return &Sessions{k} }

// Session reads one; ErrNotFound when there is none.
func (s *Sessions) Session(ctx context.Context, id string) (Session, error) {
	doc, err := s.Docs.Get(ctx, sessions.Name, id)
	if err != nil {
		return Session{}, err
	}
	return decodeSession(doc)
}

func decodeSession(doc docstore.Doc) (x Session, err error) {
	if err := bson.Unmarshal(doc.Body, &x); err != nil {
		return Session{}, fmt.Errorf("reading a session: %w", err)
	}
	return x, nil
}

// Begin keeps a new session.
func (s *Sessions) Begin(ctx context.Context, x Session) error { return s.put(ctx, x, 0) }

// Touch keeps when a session was seen. It does nothing, and says so with an ErrConflict, when the session has ended.
func (s *Sessions) Touch(ctx context.Context, x Session) error { return s.put(ctx, x, 1) }

// put keeps every session at revision 1: touches do not compete, and one that has ended is not brought back.
func (s *Sessions) put(ctx context.Context, x Session, was int64) error {
	body, err := bson.Marshal(x)
	if err != nil {
		return fmt.Errorf("saving a session: %w", err)
	}
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{{Collection: sessions.Name, Was: was, Doc: docstore.Doc{ID: x.ID, Revision: 1, Body: body}}}})
}

// End forgets a session. That it has ended already is no error.
func (s *Sessions) End(ctx context.Context, id string) error {
	return s.Docs.Commit(ctx, docstore.Batch{Puts: []docstore.Put{endSession(id)}})
}

func endSession(id string) docstore.Put {
	return docstore.Put{Collection: sessions.Name, Was: docstore.Whatever, Delete: true, Doc: docstore.Doc{ID: id}}
}

// Of gives the sessions of an account, the one seen last first, at most one page of them.
func (s *Sessions) Of(ctx context.Context, account string) ([]Session, error) {
	page, err := s.Docs.Find(ctx, docstore.Query{Collection: sessions.Name, Index: "account", Equals: []any{account}, Descending: true, Limit: docstore.MaxLimit})
	if err != nil {
		return nil, err
	}
	var out []Session
	for _, d := range page.Docs {
		x, err := decodeSession(d)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// EndOthers forgets all sessions of an account but one.
func (s *Sessions) EndOthers(ctx context.Context, account, but string) error {
	list, err := s.Of(ctx, account)
	if err != nil {
		return err
	}
	var b docstore.Batch
	for _, x := range list {
		if x.ID != but {
			b.Puts = append(b.Puts, endSession(x.ID))
		}
	}
	if len(b.Puts) == 0 {
		return nil
	}
	return s.Docs.Commit(ctx, b)
}

// Sweep forgets sessions whose end came before a time, at most one page of them.
func (s *Sessions) Sweep(ctx context.Context, before time.Time) (swept int, err error) {
	return s.sweep(ctx, docstore.Query{Collection: sessions.Name, Index: "ends", To: before, Limit: docstore.MaxLimit})
}
