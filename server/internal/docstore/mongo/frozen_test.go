package mongo_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"

	"concordat/review/record"
	"concordat/server/internal/docstore"
	"concordat/server/internal/docstore/mongo/mongotest"
)

// A primary that is frozen answers nothing, not even a refusal. Commits go on with the one that is elected, none is done
// twice, and meanwhile the store does not call itself ready.
func TestPrimaryFrozen(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("three servers take their time")
	}
	set := mongotest.Start(t, 3)
	s := open(t, set.URI(), "frozen-"+strings.ToLower(rand.Text()))
	commit := func(n int64) error {
		return s.Commit(context.Background(), docstore.Batch{Puts: []docstore.Put{paper("0", n, ""), paper(fmt.Sprintf("0-%d", n+1), 0, "")}, Raise: []string{"all"}})
	}
	if err := commit(0); err != nil {
		t.Fatal(err)
	}
	thaw, err := set.FreezePrimary()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = thaw() })
	done := make(chan error, 1)
	go func() { done <- commit(1) }()
	unready := false
	for waiting := true; waiting; {
		select {
		case err = <-done:
			waiting = false
		default:
			unready = unready || s.Ping(t.Context()) != nil
		}
	}
	if !unready {
		t.Error("while nothing could be saved it called itself ready")
	}
	saved := int64(2)
	if err != nil {
		saved = 1
		t.Logf("the commit failed: %v", err)
	}
	judge(t, s, []int64{saved}, []bool{errors.Is(err, record.ErrUnknown)})
	if err := thaw(); err != nil {
		t.Fatal(err)
	}
	d, err := s.Get(t.Context(), "papers", "0")
	if err != nil {
		t.Fatal(err)
	}
	if err := commit(d.Revision); err != nil {
		t.Errorf("after the thaw: %v", err)
	}
	if err := s.Ping(t.Context()); err != nil {
		t.Errorf("not ready after a commit that was saved: %v", err)
	}
}
