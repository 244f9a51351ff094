package review

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concordat/review/intake"
)

func TestOneConversionAtATime(t *testing.T) {
	t.Parallel()
	slot := NewSlot()
	var at, most atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			_, err := converted(t.Context(), slot, func() (int, error) {
				now := at.Add(1)
				if now > most.Load() {
					most.Store(now)
				}
				time.Sleep(time.Millisecond)
				at.Add(-1)
				return 0, nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d conversions ran at once, want 1", most.Load())
	}
}

// Every way in waits for the slot, and says so when the wait is over.
func TestEveryConversionWaitsForTheSlot(t *testing.T) {
	t.Parallel()
	s := &Service{Converting: NewSlot()}
	s.Converting <- struct{}{}
	for name, read := range map[string]func(ctx context.Context) error{
		"a text": func(ctx context.Context) error {
			_, err := s.ReadFile(ctx, "a.md", []byte("# A\n\nText.\n"))
			return err
		},
		"a book": func(ctx context.Context) error {
			_, _, err := s.ReadBook(ctx, "a.md", []byte("# A\n\nText.\n"))
			return err
		},
		"a sheet":     func(ctx context.Context) error { _, err := s.ReadSheets(ctx, "a.csv", []byte("a,b\n")); return err },
		"a clipboard": func(ctx context.Context) error { _, err := s.ReadPasted(ctx, "<p>Text</p>"); return err },
		"a local text": func(ctx context.Context) error {
			return s.readFile(ctx, new(LocalPolicy), LocalInput{FileName: "a.md", File: []byte("# A\n\nText.\n")})
		},
	} {
		over, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		err := read(over)
		stop()
		if err == nil || !strings.Contains(err.Error(), intake.ErrBusy.Error()[1:]) {
			t.Errorf("%s: %v, want that too many are being read", name, err)
		}
		left, leave := context.WithCancel(t.Context())
		leave()
		if err := read(left); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, of somebody who left: %v", name, err)
		}
	}
	<-s.Converting
	if _, err := s.ReadFile(t.Context(), "a.md", []byte("# A\n\nText.\n")); err != nil {
		t.Errorf("when the slot is free: %v", err)
	}
}
