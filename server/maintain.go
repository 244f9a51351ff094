package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"concordat/server/internal/audit"
	"concordat/server/internal/docstore"
)

// release is the version of the program; the build sets it with -ldflags "-X main.release=1.2.3".
var release = ""

// build names the program that runs, for "server version" and for the tags of cached pages.
func build() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}

func version(_ context.Context, c *call) error {
	if _, _, err := c.configure("version"); err != nil {
		return err
	}
	_, err := fmt.Fprintln(c.out, "Concordat", build())
	return err
}

func backup(ctx context.Context, c *call) error {
	cfg, args, err := c.configure("backup")
	if err != nil {
		return err
	}
	if len(args) != 1 {
		return &usage{errors.New("server backup: give one file to write to")}
	}
	s, err := cfg.embedded(ctx, "server backup")
	if err != nil {
		return err
	}
	if err := errors.Join(s.Backup(ctx, args[0]), s.Close(ctx)); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "Written to %s. To put it back, stop the service and run: server restore -data %s %s\n", args[0], cfg.DataDir, args[0])
	return err
}

func reindex(ctx context.Context, c *call) error {
	cfg, _, err := c.configure("reindex")
	if err != nil {
		return err
	}
	docs, err := cfg.existing(ctx)
	if err != nil {
		return err
	}
	return errors.Join(docs.Reindex(ctx), docs.Close(ctx))
}

// verify checks every document and event. What does not hold is printed, and the status is 1.
func verify(ctx context.Context, c *call) error {
	var against, checkpoint string
	cfg, _, err := c.configure("verify", option{&against, "against", "compare with a checkpoint written earlier"},
		option{&checkpoint, "checkpoint", "write a checkpoint into this new file"})
	if err != nil {
		return err
	}
	docs, err := cfg.existing(ctx)
	if err != nil {
		return err
	}
	err = c.verifyStore(ctx, docs, against, checkpoint)
	return errors.Join(err, docs.Close(ctx))
}

func (c *call) verifyStore(ctx context.Context, docs docstore.Store, against, checkpoint string) error {
	report, err := audit.Verify(ctx, docs)
	if err != nil {
		for _, f := range report.Findings {
			fmt.Fprintln(c.out, f)
		}
		return err
	}
	if against != "" {
		more, err := compare(ctx, docs, against)
		if err != nil {
			return err
		}
		report.Findings = append(report.Findings, more...)
	}
	c.tell(report)
	for _, line := range report.Uncovered() {
		fmt.Fprintln(c.out, "Not told by this:", line+".")
	}
	if n := len(report.Findings); n > 0 {
		return fmt.Errorf("%d things do not hold", n)
	}
	if checkpoint != "" {
		return writeCheckpoint(report.Heads, checkpoint)
	}
	_, err = fmt.Fprintln(c.out, "Nothing of what was read was altered.")
	return err
}

// tell prints what was found and how much was read.
func (c *call) tell(report audit.Report) {
	for _, f := range report.Findings {
		fmt.Fprintln(c.out, f)
	}
	fmt.Fprintf(c.out, "%d documents, %d events, %d kept texts, %d messages and %d files read, indexes compared; root %s\n",
		report.Documents, report.Events, report.Kept, report.Messages, report.Files, report.Heads.Root())
}

func compare(ctx context.Context, docs docstore.Store, file string) ([]audit.Finding, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("opening the checkpoint: %w", err)
	}
	defer f.Close()
	checkpoint, err := audit.ReadCheckpoint(f)
	if err != nil {
		return nil, err
	}
	return audit.Against(ctx, docs, checkpoint)
}

func writeCheckpoint(heads audit.Checkpoint, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("writing the checkpoint: %w", err)
	}
	return errors.Join(heads.Write(f), f.Sync(), f.Close())
}
