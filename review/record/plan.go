package record

import (
	"context"
	"fmt"
	"time"
)

// Write is one part of a commit: a document with its event, or, when Expect is set, the condition that another
// document still has the revision that this commit relies on.
type Write struct {
	Doc    Document
	Was    int64 // the revision that must still be kept; 0: it must not exist yet
	Event  Event
	Expect *Ref
}

// Expect makes the condition that the document named still has the named revision. Two commits that rely on each
// other's subject collide by it: one of them is refused with ErrConflict.
func Expect(ref Ref) Write { return Write{Expect: &ref} }

// Plan applies a rule to doc and says what is to be saved. It is pure. It refuses with a Stale when the form was
// made from another revision than doc has, and with whatever the rule refuses with; doc is not to be used then.
func Plan[D Document](doc D, e Edit, now time.Time, rule func(D) (Event, error)) (Write, error) {
	h := doc.Header()
	if e.Revision != h.Revision {
		return Write{}, &Stale{Ref: Ref{Kind: doc.Kind(), ID: h.ID, Revision: e.Revision}, Kept: h.Revision}
	}
	event, err := rule(doc)
	if err != nil {
		return Write{}, err
	}
	if event.Action == "" {
		return Write{}, fmt.Errorf("planning a change of %s %s: the rule made no event", doc.Kind(), h.ID)
	}
	was := h.Revision
	if was == 0 {
		h.Created = now
	}
	h.Changed = now
	h.Revision = was + 1
	event.actor, event.at, event.reason = e.By.ID, now, e.Reason
	for _, k := range event.Keep {
		kh := k.Header()
		kh.Created, kh.Changed, kh.Revision = now, now, 1
	}
	return Write{Doc: doc, Was: was, Event: event}, nil
}

// Committer saves writes all or nothing.
type Committer interface {
	// Commit returns ErrConflict (a Stale or a Taken) when a condition does not hold; then nothing was saved.
	// When it returns nil, the writes are on the disk.
	Commit(ctx context.Context, writes ...Write) error
}

// Store keeps documents of one sort.
type Store[D Document] interface {
	Committer
	// Load returns ErrNotFound when there is none.
	Load(ctx context.Context, id string) (D, error)
}

// Change is the usual call: load one document, plan one rule, commit. It returns the document as it became.
func Change[D Document](ctx context.Context, s Store[D], e Edit, now time.Time, rule func(D) (Event, error)) (D, error) {
	var none D
	doc, err := s.Load(ctx, e.ID)
	if err != nil {
		return none, err
	}
	w, err := Plan(doc, e, now, rule)
	if err != nil {
		return none, err
	}
	if err := s.Commit(ctx, w); err != nil {
		return none, err
	}
	return doc, nil
}

// Create plans the first revision of doc and commits it.
func Create[D Document](ctx context.Context, s Committer, doc D, e Edit, now time.Time, rule func(D) (Event, error)) (D, error) {
	var none D
	e.Revision = 0
	w, err := Plan(doc, e, now, rule)
	if err != nil {
		return none, err
	}
	if err := s.Commit(ctx, w); err != nil {
		return none, err
	}
	return doc, nil
}
