package main

import (
	"context"
	"errors"
	"fmt"

	"concordat/server/internal/audit"
	"concordat/server/internal/docstore/sqlite"
	"concordat/server/internal/stores"
)

// restore puts a backup in the place of the embedded database. It checks the copy before anything is moved.
func restore(ctx context.Context, c *call) error {
	var despite string
	cfg, args, err := c.configure("restore", option{&despite, "despite-findings", `"yes" restores a backup in which verify finds something`})
	switch {
	case err != nil:
		return err
	case len(args) != 1 || despite != "" && despite != "yes":
		return &usage{errors.New("server restore: give the one file that backup wrote, and -despite-findings only as \"yes\"")}
	case cfg.MongoURI != "":
		return errors.New("server restore is for the embedded database; use MongoDB's own tools")
	}
	r := sqlite.Restore{Dir: cfg.DataDir, File: args[0], Collections: stores.Collections(), Now: clock(),
		Look: func(ctx context.Context, copied *sqlite.Store) error { return c.look(ctx, copied, despite == "yes") }}
	aside, err := r.Run(ctx)
	if errors.Is(err, sqlite.ErrInUse) {
		return fmt.Errorf("nothing was restored: a server or another command uses %s; stop it first: %w", cfg.DataDir, err)
	}
	if err != nil {
		return fmt.Errorf("nothing was restored: %w", err)
	}
	fmt.Fprintf(c.out, "Restored from %s.\n", args[0])
	if aside != "" {
		fmt.Fprintf(c.out, "What was there before is kept in %s.\n", aside)
	}
	return nil
}

// look refuses a copy that a newer program wrote, and one in which something does not hold unless that is accepted.
func (c *call) look(ctx context.Context, copied *sqlite.Store, despite bool) error {
	if _, err := stores.Open(ctx, copied); err != nil {
		return err
	}
	report, err := audit.Verify(ctx, copied)
	if err != nil {
		return err
	}
	c.tell(report)
	if n := len(report.Findings); n > 0 && !despite {
		return fmt.Errorf("%d things do not hold in it (-despite-findings yes restores it all the same)", n)
	}
	return nil
}
