package docstore

import (
	"context"
	"errors"
	"fmt"
	"time"

	"concordat/review/record"
)

// LeastRoom is how many bytes must be free where documents are kept: less than the largest upload is a full disk.
const LeastRoom = 32 << 20

// What Ping may say, besides that the database does not answer.
var (
	ErrFull    = errors.New("the disk is full")
	ErrNoSaves = errors.New("the last commit failed")
)

// patience is how long a group may be on its way before the store counts as one that cannot save.
const patience = 5 * time.Second

// tried is the counter that a store raises to see whether it can save again.
const tried = "ready"

// Check fails while a group has been on its way for too long. When the last one failed it commits something of its own:
// nobody else may, while the store counts as one that cannot save.
func (w *Writer) Check(ctx context.Context) error {
	w.mu.Lock()
	began, failed := w.began, w.failed
	w.mu.Unlock()
	if took := time.Since(began); !began.IsZero() && took > patience {
		return fmt.Errorf("%w: it has been on its way for %s", ErrNoSaves, took.Round(time.Second))
	}
	if failed == nil {
		return nil
	}
	if err := w.Commit(ctx, Batch{Raise: []string{tried}}); err != nil {
		return fmt.Errorf("%w: %w; and again: %w", ErrNoSaves, failed, err)
	}
	return nil
}

func (w *Writer) begin() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.began = time.Now()
}

// note keeps the failure of a group. A refusal is none, and one commit that was saved shows that others could be.
func (w *Writer) note(answers []error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.began, w.failed = time.Time{}, nil
	for _, err := range answers {
		if err == nil || errors.Is(err, record.ErrConflict) {
			w.failed = nil
			return
		}
		w.failed = err
	}
}
