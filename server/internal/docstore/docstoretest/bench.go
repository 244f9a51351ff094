package docstoretest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concordat/server/internal/docstore"
)

// Peer is the raw engine: one durable insert of one document, as a program without this package would do it.
type Peer struct {
	Name   string
	Insert func(ctx context.Context, id string, body []byte) error
}

// Bench measures commits of a document with its event, one by one and from 64 goroutines, each beside the peer's inserts
// of the document alone in the same run, and reads by id.
func Bench(b *testing.B, s docstore.Store, peer Peer) {
	var next atomic.Int64
	body := Body(Paper{Title: "A policy", Shelf: "policies"})
	commit := func() error {
		id := fmt.Sprintf("%012d", next.Add(1))
		return s.Commit(b.Context(), docstore.Batch{Puts: []docstore.Put{
			{Collection: notes, Doc: docstore.Doc{ID: id, Revision: 1, Body: body}},
			{Collection: notes, Doc: docstore.Doc{ID: id + "/event", Revision: 1, Body: body}}}})
	}
	insert := func() error { return peer.Insert(b.Context(), fmt.Sprintf("%012d", next.Add(1)), body) }
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("commits/writers=%d", writers), func(b *testing.B) {
			ours := rate(b, writers, commit)
			theirs := rate(b, writers, insert)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(ours, "commits/s")
			b.ReportMetric(theirs, peer.Name+"/s")
			b.ReportMetric(ours/theirs, "ratio")
		})
	}
	b.Run("reads", func(b *testing.B) {
		if err := commit(); err != nil {
			b.Fatal(err)
		}
		id := fmt.Sprintf("%012d", next.Load())
		for b.Loop() {
			if _, err := s.Get(b.Context(), notes, id); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// rate does b.N acts, at least some hundred, and gives how many a second were done.
func rate(b *testing.B, writers int, act func() error) float64 {
	b.Helper()
	n := int64(max(b.N, 200))
	var done atomic.Int64
	var all sync.WaitGroup
	began := time.Now()
	for range writers {
		all.Go(func() {
			for done.Add(1) <= n {
				if err := act(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	return float64(n) / time.Since(began).Seconds()
}
