package docstore_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"concordat/server/internal/docstore"
)

// recorder is a save that notes its groups and refuses the batches that raise "bad".
type recorder struct {
	gate   chan struct{} // nil: open
	mu     sync.Mutex
	groups [][]string
}

var errBad = errors.New("refused")

func (r *recorder) save(jobs []*docstore.Job) []error {
	if r.gate != nil {
		<-r.gate
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	answers := make([]error, len(jobs))
	var names []string
	for i, j := range jobs {
		names = append(names, j.Batch.Raise[0])
		if j.Batch.Raise[0] == "bad" {
			answers[i] = errBad
		}
	}
	r.groups = append(r.groups, names)
	return answers
}

func raise(name string) docstore.Batch { return docstore.Batch{Raise: []string{name}} }

func TestWriterAnswersEach(t *testing.T) {
	t.Parallel()
	r := &recorder{}
	w := docstore.NewWriter(r.save)
	defer w.Close()
	var all sync.WaitGroup
	for i := range 1000 {
		all.Go(func() {
			name, want := "good", error(nil)
			if i%7 == 0 {
				name, want = "bad", errBad
			}
			if err := w.Commit(t.Context(), raise(name)); !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", name, err, want)
			}
		})
	}
	all.Wait()
	n := 0
	for _, g := range r.groups {
		n += len(g)
		if len(g) > docstore.GroupSize {
			t.Errorf("a group of %d", len(g))
		}
	}
	if n != 1000 {
		t.Errorf("%d commits were saved, want 1000", n)
	}
}

func TestWriterGroupsWhatWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{gate: make(chan struct{})}
		w := docstore.NewWriter(r.save)
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { _ = w.Commit(t.Context(), raise("x")) })
		}
		synctest.Wait() // all are queued behind the first group
		close(r.gate)
		all.Wait()
		w.Close()
		if len(r.groups) > 3 {
			t.Errorf("50 commits that waited were saved in %d groups", len(r.groups))
		}
	})
}

func TestWriterKeepsGroupsSmall(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{gate: make(chan struct{})}
		w := docstore.NewWriter(r.save)
		large := raise("x")
		large.Puts = []docstore.Put{{Doc: docstore.Doc{Body: make([]byte, docstore.GroupBytes/2)}}}
		var all sync.WaitGroup
		for range 9 {
			all.Go(func() { _ = w.Commit(t.Context(), large) })
		}
		synctest.Wait()
		close(r.gate)
		all.Wait()
		w.Close()
		for _, g := range r.groups {
			if len(g) > 2 {
				t.Errorf("%d large commits in one group", len(g))
			}
		}
	})
}

func TestWriterDropsCancelled(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := &recorder{gate: make(chan struct{})}
		w := docstore.NewWriter(r.save)
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() { _ = w.Commit(t.Context(), raise("first")) })
		synctest.Wait()
		all.Go(func() {
			if err := w.Commit(ctx, raise("gone")); !errors.Is(err, context.Canceled) {
				t.Errorf("a cancelled commit: %v", err)
			}
		})
		synctest.Wait()
		cancel()
		synctest.Wait()
		close(r.gate)
		all.Wait()
		w.Close()
		for _, g := range r.groups {
			if g[0] == "gone" {
				t.Error("a commit was saved whose caller had gone before its group began")
			}
		}
	})
}

func TestWriterClosed(t *testing.T) {
	t.Parallel()
	w := docstore.NewWriter((&recorder{}).save)
	w.Close()
	w.Close()
	for range 100 {
		if err := w.Commit(t.Context(), raise("late")); !errors.Is(err, docstore.ErrClosed) {
			t.Fatalf("a commit after closing: %v, want ErrClosed", err)
		}
	}
}

// A store whose last commit failed, as on a full disk, does not call itself ready until one is saved.
func TestWriterTellsOfItsLastFailure(t *testing.T) {
	t.Parallel()
	broken := true
	w := docstore.NewWriter(func(jobs []*docstore.Job) []error {
		answers := make([]error, len(jobs))
		for i := range answers {
			if broken {
				answers[i] = errBad
			}
		}
		return answers
	})
	defer w.Close()
	ctx := context.Background()
	if err := w.Check(ctx); err != nil {
		t.Errorf("before any commit: %v", err)
	}
	if err := w.Commit(ctx, raise("good")); err == nil {
		t.Fatal("a broken store saved")
	}
	if err := w.Check(ctx); !errors.Is(err, docstore.ErrNoSaves) {
		t.Errorf("after a commit that failed: %v", err)
	}
	broken = false
	if err := w.Check(ctx); err != nil {
		t.Errorf("once it can save again: %v", err)
	}
}
