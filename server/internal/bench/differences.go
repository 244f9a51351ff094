package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"concordat/review/clause"
	"concordat/server/internal/bench/world"
	"concordat/server/internal/diffview"
)

// compare gives the HTML of a page's differences.
func compare(before, after clause.Text) (template.HTML, error) {
	v := diffview.Rows(diffview.Labelled{Name: "Version 1.0", Text: before}, diffview.Labelled{Name: "Version 1.1", Text: after}, diffview.Inline)
	if len(v.Changes) != edits {
		return "", fmt.Errorf("%d changes were found, not %d", len(v.Changes), edits)
	}
	return v.HTML(), nil
}

const edits = 13

// differences compares two texts of 50 KB with 13 edits up to the HTML of the page, beside git as a process.
func (b *bench) differences(ctx context.Context) error {
	before, after := world.Pair(50<<10, edits)
	x, y := clause.Parse(before), clause.Parse(after)
	html, err := compare(x, y)
	if err != nil {
		return err
	}
	git, err := b.gitDiff(ctx, before, after)
	if err != nil {
		return err
	}
	var parsed, read, peer []float64
	for range b.times(15, 5) {
		for _, m := range []struct {
			list *[]float64
			n    int
			do   func() error
		}{
			{&parsed, 20, func() error { _, err := compare(x, y); return err }},
			{&read, 20, func() error { _, err := compare(clause.Parse(before), clause.Parse(after)); return err }},
			{&peer, 1, git},
		} {
			took, err := timed(m.n, m.do)
			if err != nil {
				return err
			}
			*m.list = append(*m.list, took)
		}
	}
	b.addDifferences("differences of 50 KB, 13 edits, to HTML", median(parsed), median(peer),
		fmt.Sprintf("two parsed texts to %.0f KB of HTML, without the frame of the page; least %s", float64(len(html))/1024, ms(time.Duration(slices.Min(parsed)))))
	b.addDifferences("the same, both texts parsed each time", median(read), median(peer), "least "+ms(time.Duration(slices.Min(read)))+", git "+ms(time.Duration(slices.Min(peer))))
	return nil
}

func (b *bench) addDifferences(what string, ours, git float64, note string) {
	b.add(row{What: what, Target: "≤ 1 ms, ≥ 5 × git", Figure: ms(time.Duration(ours)), Peer: "git diff --word-diff " + ms(time.Duration(git)),
		Ratio: times(git / ours), Met: judge(ours <= float64(time.Millisecond) && git >= 5*ours), Note: note})
}

// timed gives how long one of n acts takes, in nanoseconds.
func timed(n int, act func() error) (float64, error) {
	began := time.Now()
	for range n {
		if err := act(); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(began)) / float64(n), nil
}

// gitDiff writes both texts into files and gives the act that compares them.
func (b *bench) gitDiff(ctx context.Context, before, after string) (func() error, error) {
	x, y := filepath.Join(b.folder, "before.md"), filepath.Join(b.folder, "after.md")
	if err := errors.Join(os.WriteFile(x, []byte(before), 0o600), os.WriteFile(y, []byte(after), 0o600)); err != nil {
		return nil, err
	}
	return func() error { return b.gitCompare(ctx, x, y) }, nil
}

// gitCompare lets git compare two files word by word. They must differ.
func (b *bench) gitCompare(ctx context.Context, x, y string) error {
	err := command(ctx, "git", "--no-pager", "diff", "--no-index", "--word-diff", x, y).Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 1 { // they differ
		return nil
	}
	return fmt.Errorf("git diff: %w", errors.Join(err, errors.New("it found no difference")))
}
