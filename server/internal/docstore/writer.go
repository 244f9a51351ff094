package docstore

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"concordat/review/record"
)

// Grouping of commits: what arrives while one group is being saved, up to a number and a time, is saved together,
// so that many small commits share one flush of the disk.
const (
	GroupSize  = 256
	GroupWait  = 2 * time.Millisecond
	GroupBytes = 16 << 20 // of documents, so that a few large ones do not make one huge transaction
)

// ErrClosed is what a commit gets after Close.
var ErrClosed = errors.New("the store is closed")

// Job is a commit that waits in a group.
type Job struct {
	Batch Batch
	done  chan error
	ctx   context.Context //nolint:containedctx // a queued commit keeps its caller's context until it is saved
}

// Cancelled tells whether the caller has gone; such a commit is dropped before it is saved.
func (j *Job) Cancelled() error { return j.ctx.Err() }

// Writer saves commits in groups, one group at a time.
type Writer struct {
	save  func(jobs []*Job) []error // one answer for each job
	queue chan *Job
	stop  chan struct{}
	ended chan struct{}
	once  sync.Once
	last  int // how many the last group had

	mu     sync.Mutex
	began  time.Time // when the group that is being saved was begun; zero between groups
	failed error     // of the last group, when it was not even refused
}

// NewWriter starts a writer. save must answer for every job, and must save the refused ones not at all
// and all others together.
func NewWriter(save func(jobs []*Job) []error) *Writer {
	w := &Writer{save: save, queue: make(chan *Job, GroupSize), stop: make(chan struct{}), ended: make(chan struct{})}
	go w.run()
	return w
}

// Commit waits until the batch is saved or refused.
func (w *Writer) Commit(ctx context.Context, b Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j := &Job{Batch: b, done: make(chan error, 1), ctx: ctx}
	select {
	case w.queue <- j:
	case <-ctx.Done():
		return ctx.Err()
	case <-w.stop:
		return ErrClosed
	}
	select {
	case err := <-j.done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", record.ErrUnknown, ctx.Err())
	case <-w.ended:
		// The writer answers all that it took before it ends.
		select {
		case err := <-j.done:
			return err
		default:
			return ErrClosed
		}
	}
}

// Close saves what is queued and ends.
func (w *Writer) Close() {
	w.once.Do(func() { close(w.stop) })
	<-w.ended
}

func (w *Writer) run() {
	defer close(w.ended)
	for {
		select {
		case j := <-w.queue:
			w.flush(w.gather(j))
		case <-w.stop:
			w.drain()
			return
		}
	}
}

// gather takes what is queued. It waits for more only while as many as last time may still be arriving: a lone commit
// is not delayed, and clients that were answered together are saved together again.
func (w *Writer) gather(first *Job) []*Job {
	jobs, bytes := []*Job{first}, first.size()
	timer := time.NewTimer(GroupWait)
	defer timer.Stop()
	defer func() { w.last = len(jobs) }()
	for len(jobs) < GroupSize && bytes < GroupBytes {
		j := w.next(len(jobs) < w.last, timer.C)
		if j == nil {
			return jobs
		}
		jobs = append(jobs, j)
		bytes += j.size()
	}
	return jobs
}

// next is a queued job; nil when there is none, after some patience if wait is true.
func (w *Writer) next(wait bool, patience <-chan time.Time) *Job {
	select {
	case j := <-w.queue:
		return j
	default:
	}
	if !wait {
		return nil
	}
	select {
	case j := <-w.queue:
		return j
	case <-patience:
	case <-w.stop:
	}
	return nil
}

func (j *Job) size() (n int) {
	for _, p := range j.Batch.Puts {
		n += len(p.Doc.Body)
	}
	return n
}

func (w *Writer) flush(jobs []*Job) {
	live := jobs[:0]
	for _, j := range jobs {
		if err := j.Cancelled(); err != nil {
			j.done <- err
			continue
		}
		live = append(live, j)
	}
	if len(live) == 0 {
		return
	}
	w.begin()
	answers := w.save(live)
	w.note(answers)
	for i, err := range answers {
		live[i].done <- err
	}
}

func (w *Writer) drain() {
	for {
		select {
		case j := <-w.queue:
			w.flush(w.gather(j))
		default:
			return
		}
	}
}
