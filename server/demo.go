package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"concordat/server/internal/demo"
	"concordat/server/internal/stores"
)

// demonstrate runs the service with invented places and people, in a folder that is removed at the end unless the
// settings name one.
func demonstrate(ctx context.Context, c *call) (err error) {
	own, err := os.MkdirTemp("", "concordat-demonstration-")
	if err != nil {
		return fmt.Errorf("making a folder for the demonstration: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(own)) }()
	getenv := c.getenv
	c.getenv = func(key string) string {
		if v := getenv(key); v != "" || key != "DATA_DIR" || getenv("MONGODB_URI") != "" {
			return v
		}
		return own
	}
	cfg, _, err := c.configure("demo")
	if err != nil {
		return err
	}
	docs, err := cfg.serving(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, docs.Close(context.WithoutCancel(ctx))) }()
	// Each request would write a line between the lines that say who can sign in.
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	a, err := assemble(ctx, cfg, docs, log, demo.Clock(time.Now()))
	if err != nil {
		return err
	}
	a.demo = true
	people, err := a.loadDemo(ctx)
	if err != nil {
		return fmt.Errorf("loading the demonstration: %w", err)
	}
	return a.run(ctx, c.out, people.Lines()...)
}

// loadDemo loads the demonstration unless it is there from an earlier run.
func (a *app) loadDemo(ctx context.Context) (demo.People, error) {
	there, err := demo.Loaded(ctx, a.Services)
	if err != nil {
		return nil, err
	}
	if there {
		return a.resumeDemo(ctx)
	}
	return demo.Load(ctx, a.base, a.given)
}

// resumeDemo makes an earlier demonstration usable again. Its clock begins anew at each start: attempts to sign in
// that were counted at a later hour would make people wait for it.
func (a *app) resumeDemo(ctx context.Context) (demo.People, error) {
	const longer = 366 * 24 * time.Hour
	if _, err := stores.NewAccounts(a.keeper).SweepAttempts(ctx, a.now().Add(longer)); err != nil {
		return nil, err
	}
	return demo.WhoCanSignIn()
}
