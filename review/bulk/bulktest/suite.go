package bulktest

import (
	"context"
	"errors"
	"testing"

	"concordat/review/bulk"
	"concordat/review/record"
	"concordat/review/reviewtest"
)

// Test checks stores by what the service does with them. make gives empty ones.
func Test(t *testing.T, make func(*testing.T) Stores) {
	t.Run("an import from its files to its end", func(t *testing.T) {
		s := make(t)
		w := New(t, s)
		first := w.Planned(t, bulk.Start{Policy: w.Policies["CP-001"], Commissioner: w.Places["Aldermoss"], Files: []bulk.Sent{File("a.md", Text(0, "Aldermoss"))}})
		stale := Edit(first)
		i := w.Ran(t, first)
		if i.Stage != bulk.Ended || i.Sum() != (bulk.Sum{In: 1, New: 1, Done: 1}) {
			t.Errorf("ended as %s with %+v: %+v", i.Stage, i.Sum(), i.Rows)
		}
		if _, err := w.Choose(context.Background(), stale, nil); !errors.Is(err, record.ErrConflict) {
			t.Errorf("a stale form: %v", err)
		}
		second := w.Planned(t, bulk.Start{Files: []bulk.Sent{File("b.md", Text(1, "Cawsand"))}})
		list, err := w.Recent(context.Background(), reviewtest.Lead)
		if err != nil || len(list) != 2 || list[0].ID != second.ID || list[1].ID != i.ID {
			t.Errorf("recent: %v, %v", list, err)
		}
		if list, err := s.Imports.Recent(context.Background(), "nobody", 5); err != nil || len(list) != 0 {
			t.Errorf("of nobody: %v, %v", list, err)
		}
		if _, err := s.Imports.Load(context.Background(), "nothing"); !errors.Is(err, record.ErrNotFound) {
			t.Errorf("nothing: %v", err)
		}
	})
}
