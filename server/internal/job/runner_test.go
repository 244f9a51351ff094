package job_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"concordat/server/internal/job"
)

func on(id string) job.Subject { return job.Subject{Kind: "paper", ID: id} }

// started is a runner at work until the test ends, and what it logs.
func started(t *testing.T) (*job.Runner, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	r := job.NewRunner(slog.New(slog.NewTextHandler(&log, nil)))
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()
	t.Cleanup(func() { stop(); <-ended })
	return r, &log
}

func TestWorkOnOneDocumentIsDoneOnce(t *testing.T) {
	t.Parallel()
	r, _ := started(t)
	begun, goOn := make(chan struct{}), make(chan struct{})
	times := 0
	first := r.Do(on("a"), func(context.Context) error { close(begun); <-goOn; times++; return nil })
	<-begun
	again := r.Do(on("a"), func(context.Context) error { times++; return nil })
	other := r.Do(on("b"), func(context.Context) error { times++; return nil })
	if first != again || first == other || !r.Busy(on("a")) || !r.Busy(on("b")) || r.Busy(on("c")) || r.Busy(job.Subject{Kind: "book", ID: "a"}) {
		t.Error("work on one document that is asked for twice is not one")
	}
	close(goOn)
	<-first
	<-other
	if times != 2 || r.Busy(on("a")) || r.Failed(on("a")) {
		t.Errorf("done %d times, busy %t, failed %t", times, r.Busy(on("a")), r.Failed(on("a")))
	}
}

func TestWhatStopsIsTold(t *testing.T) {
	t.Parallel()
	r, log := started(t)
	<-r.Do(on("a"), func(context.Context) error { return errors.New("the disk is gone") })
	<-r.Do(on("b"), func(context.Context) error { panic("cupboard") })
	<-r.Do(on("c"), func(context.Context) error { return nil })
	if !r.Failed(on("a")) || !r.Failed(on("b")) || r.Failed(on("c")) {
		t.Error("what stopped is not told")
	}
	for _, words := range []string{"the disk is gone", "cupboard", "id=a", "kind=paper"} {
		if !strings.Contains(log.String(), words) {
			t.Errorf("the log lacks %q: %s", words, log)
		}
	}
	<-r.Do(on("a"), func(context.Context) error { return nil })
	if r.Failed(on("a")) {
		t.Error("what went well at last is told as stopped")
	}
}

func TestTooMuchWaits(t *testing.T) {
	t.Parallel()
	r := job.NewRunner(slog.New(slog.DiscardHandler)) // nobody works
	asked := 0
	for r.Do(on(fmt.Sprint(asked)), func(context.Context) error { return nil }) != nil {
		asked++
	}
	if asked == 0 || r.Busy(on(fmt.Sprint(asked))) {
		t.Errorf("%d wait, and what is refused is busy", asked)
	}
}
