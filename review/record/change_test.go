package record_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"concordat/review/record"
)

type note struct {
	record.Head
	Text string
}

func (n *note) Kind() string { return "note" }

var noon = time.Date(2027, 4, 1, 12, 0, 0, 0, time.UTC)

func writes(text string) func(*note) (record.Event, error) {
	return func(n *note) (record.Event, error) {
		n.Text = text
		return record.Event{Action: "note.written"}, nil
	}
}

func at(revision int64) *note {
	return &note{Head: record.Head{ID: "n", Revision: revision, Created: noon}}
}

func TestPlanMakesTheNextRevision(t *testing.T) {
	t.Parallel()
	later := noon.Add(time.Hour)
	w, err := record.Plan(at(3), record.Edit{ID: "n", Revision: 3, By: record.Actor{ID: "amy"}, Reason: "why"}, later, writes("new"))
	if err != nil {
		t.Fatal(err)
	}
	h := w.Doc.Header()
	if w.Was != 3 || h.Revision != 4 || !h.Created.Equal(noon) || !h.Changed.Equal(later) || w.Expect != nil {
		t.Errorf("planned %+v of %+v", w, h)
	}
	w, err = record.Plan(at(0), record.Edit{ID: "n"}, later, writes("first"))
	if err != nil || w.Was != 0 || w.Doc.Header().Revision != 1 || !w.Doc.Header().Created.Equal(later) {
		t.Errorf("planned %+v, %v", w, err)
	}
}

func TestPlanRefusesTheStale(t *testing.T) {
	t.Parallel()
	refusal := record.Refuse("note.closed", "It is closed.", "")
	called := false
	for _, tc := range []struct {
		name     string
		revision int64
		rule     func(*note) (record.Event, error)
		want     error
	}{
		{"stale", 2, func(*note) (record.Event, error) { called = true; return record.Event{Action: "a"}, nil }, record.ErrConflict},
		{"newer than kept", 4, writes("x"), record.ErrConflict},
		{"by rule", 3, func(*note) (record.Event, error) { return record.Event{}, refusal }, record.ErrRule},
	} {
		doc := at(3)
		w, err := record.Plan(doc, record.Edit{ID: "n", Revision: tc.revision}, noon, tc.rule)
		if !errors.Is(err, tc.want) || w.Doc != nil || doc.Revision != 3 {
			t.Errorf("%s: %+v, %v", tc.name, w, err)
		}
	}
	if called {
		t.Error("a stale form reached the rule")
	}
	var stale *record.Stale
	_, err := record.Plan(at(3), record.Edit{ID: "n", Revision: 2}, noon, writes("x"))
	if !errors.As(err, &stale) || *stale != (record.Stale{Ref: record.Ref{Kind: "note", ID: "n", Revision: 2}, Kept: 3}) {
		t.Errorf("stale form: %v", err)
	}
	if _, err := record.Plan(at(3), record.Edit{ID: "n", Revision: 3}, noon, func(*note) (record.Event, error) { return record.Event{}, nil }); err == nil {
		t.Error("a change without an event was planned")
	}
}

func TestPlanStampsWhatIsKept(t *testing.T) {
	t.Parallel()
	snapshot := &note{Head: record.Head{ID: "s"}}
	_, err := record.Plan(at(3), record.Edit{ID: "n", Revision: 3}, noon, func(*note) (record.Event, error) {
		return record.Event{Action: "note.issued", Keep: []record.Document{snapshot}}, nil
	})
	if err != nil || snapshot.Revision != 1 || !snapshot.Created.Equal(noon) {
		t.Errorf("kept %+v, %v", snapshot.Head, err)
	}
}

// shelf is a store of one note.
type shelf struct {
	kept *note
	err  error
}

func (s *shelf) Load(context.Context, string) (*note, error) {
	if s.kept == nil {
		return nil, record.ErrNotFound
	}
	n := *s.kept
	return &n, nil
}

func (s *shelf) Commit(_ context.Context, ws ...record.Write) error {
	if s.err != nil {
		return s.err
	}
	s.kept = ws[0].Doc.(*note)
	return nil
}

func TestChangeAndCreate(t *testing.T) {
	t.Parallel()
	s := &shelf{}
	e := record.Edit{ID: "n", Revision: 1}
	if _, err := record.Change[*note](t.Context(), s, e, noon, anybody, writes("x")); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("changing what is not there: %v", err)
	}
	if n, err := record.Create(t.Context(), s, at(0), record.Edit{Revision: 9}, noon, writes("one")); err != nil || n.Revision != 1 || s.kept.Text != "one" {
		t.Errorf("created %+v, %v", n, err)
	}
	if n, err := record.Change[*note](t.Context(), s, e, noon, anybody, writes("two")); err != nil || n.Revision != 2 || s.kept.Text != "two" {
		t.Errorf("changed %+v, %v", n, err)
	}
	s.err = &record.Taken{Kind: "note", Index: "text"}
	for what, err := range map[string]error{
		"change": second(record.Change[*note](t.Context(), s, record.Edit{ID: "n", Revision: 2}, noon, anybody, writes("x"))),
		"create": second(record.Create(t.Context(), s, at(0), record.Edit{}, noon, writes("x"))),
	} {
		if !errors.Is(err, record.ErrConflict) {
			t.Errorf("%s: %v, want the store's refusal", what, err)
		}
	}
}

func second(_ *note, err error) error { return err }

func anybody(*note) error { return nil }

// Who may not change the document as it is learns that before anything else, and nothing is planned.
func TestChangeAsksWhoMay(t *testing.T) {
	t.Parallel()
	s := &shelf{kept: at(3)}
	no := func(n *note) error {
		if n.Revision != 3 {
			t.Errorf("asked of revision %d", n.Revision)
		}
		return record.ErrForbidden
	}
	_, err := record.Change[*note](t.Context(), s, record.Edit{ID: "n", Revision: 1}, noon, no, func(*note) (record.Event, error) {
		t.Error("it was planned")
		return record.Event{}, nil
	})
	if !errors.Is(err, record.ErrForbidden) {
		t.Errorf("an old form of who may not: %v", err)
	}
}

// Only the refusal of a commit is tried again: an old form is not, nor what a rule or the store says.
func TestRetry(t *testing.T) {
	t.Parallel()
	stale := &record.Stale{Ref: record.Ref{Kind: "note", ID: "n", Revision: 1}, Kept: 2}
	for name, x := range map[string]struct {
		form   int64 // the revision of the form; 2 is kept
		refuse int   // commits that are refused first
		with   error
		tries  int
	}{
		"kept at once":           {2, 0, nil, 1},
		"others were quicker":    {2, 3, stale, 4},
		"others always are":      {2, 1000, stale, 32},
		"an old form":            {1, 0, nil, 1},
		"the store fails":        {2, 1000, record.ErrUnknown, 1},
		"another has this value": {2, 1000, &record.Taken{Kind: "note", Index: "text"}, 1},
	} {
		s, tries := &shelf{}, 0
		err := record.Retry(func() error {
			if tries++; tries <= x.refuse {
				s.err = x.with
			} else {
				s.err = nil
			}
			_, err := record.Apply(t.Context(), s, at(2), record.Edit{ID: "n", Revision: x.form}, noon, writes("x"))
			return err
		})
		if fine := x.form == 2 && tries > x.refuse; tries != x.tries || (err == nil) != fine || x.with != nil && !fine && !errors.Is(err, x.with) {
			t.Errorf("%s: %d tries, want %d: %v", name, tries, x.tries, err)
		}
	}
}
