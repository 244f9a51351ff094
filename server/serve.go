package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"concordat/review/record"
	"concordat/server/internal/joined"
)

var errNoPage = fmt.Errorf("no page at this address: %w", record.ErrNotFound)

// stopWithin is how long requests that are being answered may take after the signal to stop.
const stopWithin = 15 * time.Second

// serve runs the service for real.
func serve(ctx context.Context, c *call) error {
	cfg, _, err := c.configure("")
	if err != nil {
		return err
	}
	docs, err := cfg.serving(ctx)
	if err != nil {
		return err
	}
	a, err := assemble(ctx, cfg, docs, newLog(os.Stderr), clock)
	if err == nil {
		err = a.run(ctx, c.out)
	}
	return errors.Join(err, docs.Close(context.WithoutCancel(ctx)))
}

// newLog writes JSON lines. They hold ids and routes, never free text, names or addresses of people.
func newLog(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

// run answers requests until the context ends, then lets running requests and tasks finish.
func (a *app) run(ctx context.Context, out io.Writer, greeting ...string) error {
	if err := a.views(); err != nil {
		return err
	}
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var t tasks
	defer t.wait()
	defer stop()
	if err := a.openLibrary(running, &t); err != nil {
		return err
	}
	if err := a.background(running, &t); err != nil {
		return err
	}
	handler, err := a.handler()
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", a.cfg.Addr)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", a.cfg.Addr, err)
	}
	fmt.Fprintf(out, "Concordat answers at http://%s\n", listener.Addr())
	for _, line := range greeting {
		fmt.Fprintln(out, line)
	}
	t.start(func() { rest(running) })
	return a.answer(ctx, listener, handler)
}

func (a *app) answer(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := &http.Server{
		Handler:           handler,
		ConnContext:       joined.Context,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute, // an upload of 25 MB over a slow line
		WriteTimeout:      2 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(joined.Listener(listener)) }()
	select {
	case err := <-failed:
		return fmt.Errorf("answering requests: %w", err)
	case <-ctx.Done():
	}
	a.log.InfoContext(ctx, "stopping")
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	err := server.Shutdown(stopping)
	if served := <-failed; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("some requests were cut off: %w", err), server.Close())
	}
	return nil
}
