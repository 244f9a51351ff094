package review

import (
	"context"
	"errors"
	"time"

	"concordat/review/intake"
)

// A Slot lets one file after another be made into text, for all who send files: a small one can ask for as much memory
// as a file may, and several at once for several times that. A nil Slot lets all pass.
type Slot chan struct{}

// NewSlot is free.
func NewSlot() Slot { return make(Slot, 1) }

// mostWait is how long somebody who looks at a page waits for the slot: together with the longest conversion it is less
// than what a server takes for an answer.
const mostWait = 30 * time.Second

// converted makes text of a file when the slot is free. When the time of ctx is over before, the error is
// intake.ErrBusy; a conversion that has begun ends by itself.
func converted[T any](ctx context.Context, s Slot, read func() (T, error)) (out T, err error) {
	if s == nil {
		return read()
	}
	select {
	case s <- struct{}{}:
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return out, ctx.Err()
		}
		return out, intake.ErrBusy
	}
	defer func() { <-s }()
	return read()
}

// ReadFile reads a file as one text. When the file is at fault, or too many wait, the error is a Faults that says why,
// at the field "file". ctx bounds the waiting.
func (s *Service) ReadFile(ctx context.Context, name string, data []byte) (intake.Document, error) {
	if err := safeFile(data); err != nil {
		return intake.Document{}, err
	}
	doc, err := converted(ctx, s.Converting, func() (intake.Document, error) { return intake.Read(name, data) })
	return doc, unread(err, "file")
}

// ReadBook reads a file as many texts, as intake.Book does. When the file is at fault the error is that of ReadFile.
func (s *Service) ReadBook(ctx context.Context, name string, data []byte) ([]intake.Part, []intake.Loss, error) {
	if err := safeFile(data); err != nil {
		return nil, nil, err
	}
	var losses []intake.Loss
	parts, err := converted(ctx, s.Converting, func() (parts []intake.Part, err error) {
		parts, losses, err = intake.Book(name, data)
		return parts, err
	})
	return parts, losses, unread(err, "file")
}

// ReadSheets reads a file as intake.Sheets does, and gives its errors.
func (s *Service) ReadSheets(ctx context.Context, name string, data []byte) ([]intake.Sheet, error) {
	return converted(ctx, s.Converting, func() ([]intake.Sheet, error) {
		list, _, err := intake.Sheets(name, data)
		return list, err
	})
}

// ReadPasted makes Markdown of what somebody pasted, as intake.FromHTML does, and gives its errors.
func (s *Service) ReadPasted(ctx context.Context, html string) (intake.Document, error) {
	ctx, stop := context.WithTimeout(ctx, mostWait)
	defer stop()
	return converted(ctx, s.Converting, func() (intake.Document, error) { return intake.FromHTML(html) })
}
