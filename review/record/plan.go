package record

import (
	"context"
	"errors"
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

// Change is the usual call: load one document, check the permission, plan one rule, commit. may refuses who may not change
// the document as it was loaded; that is said before that a form is old. It returns the document as it became.
func Change[D Document](ctx context.Context, s Store[D], e Edit, now time.Time, may func(D) error, rule func(D) (Event, error)) (D, error) {
	var none D
	doc, err := s.Load(ctx, e.ID)
	if err != nil {
		return none, err
	}
	if err := may(doc); err != nil {
		return none, err
	}
	return Apply(ctx, s, doc, e, now, rule)
}

// Create plans the first revision of doc and commits it.
func Create[D Document](ctx context.Context, s Committer, doc D, e Edit, now time.Time, rule func(D) (Event, error)) (D, error) {
	e.Revision = 0
	return Apply(ctx, s, doc, e, now, rule)
}

// Apply plans one rule on a document that was loaded, and commits it with what goes with it.
func Apply[D Document](ctx context.Context, s Committer, doc D, e Edit, now time.Time, rule func(D) (Event, error), with ...Write) (D, error) {
	var none D
	w, err := Plan(doc, e, now, rule)
	if err != nil {
		return none, err
	}
	if err := Commit(ctx, s, append([]Write{w}, with...)...); err != nil {
		return none, err
	}
	return doc, nil
}

// Commit saves writes. What was refused because somebody else was quicker may be tried again by Retry.
func Commit(ctx context.Context, s Committer, writes ...Write) error {
	err := s.Commit(ctx, writes...)
	var stale *Stale
	if errors.As(err, &stale) {
		return &late{err}
	}
	return err
}

// late is the refusal of a commit, as opposed to that of a form which was made from an older revision.
type late struct{ error }

func (l *late) Unwrap() error { return l.error }

// mostTries is more than so many people as could save one document at the same moment.
const mostTries = 32

// Retry acts again while the commit is refused because somebody else was quicker. act loads what it changes each time anew.
// A form that is old is not tried again: a person must see what changed.
func Retry(act func() error) error {
	var err error
	for range mostTries {
		err = act()
		var refused *late
		if !errors.As(err, &refused) {
			return err
		}
	}
	return err
}
