package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"time"

	"concordat/server/internal/docstore/sqlite"
)

// sameFolder is how many rounds go on with the same data, so that recovery is tried on top of recovery.
const sameFolder = 20

// tally is what the parent knows of each writer: the last commit that it saw acknowledged or found kept.
type tally [writers]int64

func drill(ctx context.Context, rounds int, out io.Writer) error {
	var known tally
	var dir string
	var acknowledged int64
	defer func() { _ = os.RemoveAll(dir) }()
	for round := range rounds {
		if round%sameFolder == 0 {
			fresh, err := os.MkdirTemp("", "crash")
			if err != nil {
				return err
			}
			_ = os.RemoveAll(dir) // of the rounds before; nothing in it is wanted
			dir, known = fresh, tally{}
		}
		before := known.sum()
		if err := killed(ctx, dir, &known); err != nil {
			return fmt.Errorf("round %d: %w", round+1, err)
		}
		acknowledged += known.sum() - before
		if err := inspect(ctx, dir, &known); err != nil {
			return fmt.Errorf("round %d: %w", round+1, err)
		}
	}
	fmt.Fprintf(out, "killed %d times under load: of %d acknowledged commits 0 were lost, 0 doubled, and nothing was half there\n", rounds, acknowledged)
	return nil
}

func (t *tally) sum() (n int64) {
	for _, x := range t {
		n += x
	}
	return n
}

// killed runs a writer, kills it at a random moment and notes what it acknowledged.
func killed(ctx context.Context, dir string, known *tally) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "-write-in", dir)
	cmd.Stderr = os.Stderr
	lines, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	after := rand.N(250 * time.Millisecond)
	var timer *time.Timer
	var fault error
	for in := bufio.NewScanner(lines); in.Scan(); {
		if timer == nil { // the moment is counted from the first line, that is, from when it is at work
			timer = time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		fault = errors.Join(fault, known.note(in.Text()))
	}
	var ended *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &ended) || ended.Exited() {
		return fmt.Errorf("the writer ended by itself: %w", errors.Join(err, fault))
	}
	return fault
}

func (t *tally) note(line string) error {
	var what string
	var w int
	var n int64
	// The last line may be cut off by the kill: then it acknowledged nothing.
	if read, _ := fmt.Sscanf(line, "%s %d %d", &what, &w, &n); read < 3 || what != "ack" || w >= writers {
		return nil
	}
	if n != t[w]+1 {
		return fmt.Errorf("writer %d: commit %d was acknowledged after %d", w, n, t[w])
	}
	t[w] = n
	return nil
}

// inspect opens what the killed writer left and puts it through every check.
func inspect(ctx context.Context, dir string, known *tally) error {
	s, err := sqlite.Open(ctx, dir, collections())
	if err != nil {
		return fmt.Errorf("opening after the kill: %w", err)
	}
	var errs []error
	for _, c := range checks {
		if err := c.run(ctx, s, dir, known); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", c.name, err))
		}
	}
	return errors.Join(append(errs, s.Close(ctx))...)
}
