// Command bench measures what the project promises about its speed and size, each figure beside its peer's from the
// same run, and prints them as one table. scripts/bench finds the tools and calls it. It ends with status 1 only when
// something could not be measured at all.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() {
	debug.SetGCPercent(400) // as the program that it measures does
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Getenv, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is one run.
type bench struct {
	quick  bool
	getenv func(string) string
	log    io.Writer
	folder string // for everything that is made on the way
	binary string // the program, as it is built for use
	rows   []row
}

// figures are what can be measured, in the order of the table.
var figures = []struct {
	name    string
	measure func(*bench, context.Context) error
}{
	{"published", (*bench).published},
	{"commits", (*bench).commits},
	{"pages", (*bench).pages},
	{"differences", (*bench).differences},
	{"matrices", (*bench).matrices},
	{"footprint", (*bench).footprint},
}

func run(ctx context.Context, args []string, getenv func(string) string, out io.Writer) (err error) {
	fs := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := fs.Bool("quick", false, "shorter runs: rougher figures")
	keep := fs.String("in", "", "folder to work in, kept; a temporary one otherwise")
	serve := fs.String("serve", "", "be the bare server for this file")
	at := fs.String("at", "", "where the bare server listens")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *serve != "" {
		return serveBare(ctx, *serve, *at)
	}
	b := &bench{quick: *quick, getenv: getenv, log: os.Stderr, folder: *keep}
	if b.folder == "" {
		if b.folder, err = os.MkdirTemp("", "bench"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	}
	chosen, err := choose(fs.Args())
	if err != nil {
		return err
	}
	if err := b.build(ctx, chosen); err != nil {
		return err
	}
	began, before := time.Now(), machine()
	failed := b.measure(ctx, chosen)
	writeTable(out, b.rows)
	fmt.Fprintf(out, "\n%s before the run, which took %s.\n", before, time.Since(began).Round(time.Second))
	return failed
}

func choose(names []string) ([]string, error) {
	var all []string
	for _, f := range figures {
		all = append(all, f.name)
	}
	for _, n := range names {
		if !slices.Contains(all, n) {
			return nil, fmt.Errorf("there is no figure %q; there are %s", n, strings.Join(all, ", "))
		}
	}
	if len(names) == 0 {
		return all, nil
	}
	return names, nil
}

// measure goes on when one figure cannot be had, and says so.
func (b *bench) measure(ctx context.Context, chosen []string) error {
	var failed []error
	for _, f := range figures {
		if !slices.Contains(chosen, f.name) || ctx.Err() != nil {
			continue
		}
		b.say("measuring %s", f.name)
		if err := f.measure(b, ctx); err != nil {
			b.rows = append(b.rows, row{What: f.name, Figure: "could not be measured", Note: err.Error()})
			failed = append(failed, fmt.Errorf("%s: %w", f.name, err))
		}
	}
	return errors.Join(append(failed, ctx.Err())...)
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.log, "bench: "+format+"\n", args...)
}

// build makes the program as it is made for use, unless nothing that was chosen needs it.
func (b *bench) build(ctx context.Context, chosen []string) error {
	needs := func(name string) bool { return name != "commits" && name != "differences" && name != "matrices" }
	if !slices.ContainsFunc(chosen, needs) {
		return nil
	}
	b.say("building")
	b.binary = filepath.Join(b.folder, "concordat")
	return goBuild(ctx, b.binary, "-tags", "nomsgpack", "-ldflags", "-s -w")
}

// seconds is how long something is measured.
func (b *bench) seconds(full, quick int) time.Duration {
	if b.quick {
		return time.Duration(quick) * time.Second
	}
	return time.Duration(full) * time.Second
}

// times is how often something is measured.
func (b *bench) times(full, quick int) int {
	if b.quick {
		return quick
	}
	return full
}
