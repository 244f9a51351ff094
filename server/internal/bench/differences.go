package main

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"concordat/review/clause"
	"concordat/review/textdiff"
	"concordat/server/internal/bench/world"
	"concordat/server/internal/diffview"
)

// compare gives the HTML of a page's differences, each with its class.
func compare(before, after clause.Text, edits int) (template.HTML, error) {
	v := diffview.Rows(diffview.Labelled{Name: "Version 1.0", Text: before}, diffview.Labelled{Name: "Version 1.1", Text: after}, diffview.Inline)
	if len(v.Changes) != edits {
		return "", fmt.Errorf("%d changes were found, not %d", len(v.Changes), edits)
	}
	return v.HTML(), nil
}

const edits = 13

// differences compares two texts of 50 KB with 13 edits, word by word as git does and then up to the HTML of the page with
// what each change means, beside git as a process.
func (b *bench) differences(ctx context.Context) error {
	before, after := world.Pair(50<<10, edits)
	x, y := clause.Parse(before), clause.Parse(after)
	html, err := compare(x, y, edits)
	if err != nil {
		return err
	}
	git, err := b.gitDiff(ctx, before, after)
	if err != nil {
		return err
	}
	var found, parsed, read, peer []float64
	for range b.times(15, 5) {
		for _, m := range []struct {
			list *[]float64
			n    int
			do   func() error
		}{
			{&found, 20, func() error { textdiff.Compare(x, y); return nil }},
			{&parsed, 20, func() error { _, err := compare(x, y, edits); return err }},
			{&read, 20, func() error { _, err := compare(clause.Parse(before), clause.Parse(after), edits); return err }},
			{&peer, 1, git},
		} {
			took, err := timed(m.n, m.do)
			if err != nil {
				return err
			}
			*m.list = append(*m.list, took)
		}
	}
	b.addDifferences("differences of 50 KB, 13 edits", median(found), median(peer), "two parsed texts to the words that came and went; least "+ms(time.Duration(slices.Min(found))))
	b.addDifferences("the same, with the class of each, to HTML", median(parsed), median(peer),
		fmt.Sprintf("two parsed texts to %.0f KB of HTML, without the frame of the page; least %s", float64(len(html))/1024, ms(time.Duration(slices.Min(parsed)))))
	b.addDifferences("the same, both texts parsed each time", median(read), median(peer), "least "+ms(time.Duration(slices.Min(read)))+", git "+ms(time.Duration(slices.Min(peer))))
	if err := b.longDifferences(); err != nil {
		return err
	}
	return b.growth()
}

// longDifferences compares two texts of 500 KB with 100 edits.
func (b *bench) longDifferences() error {
	const most = 30 * time.Millisecond
	took, err := b.differ(500<<10, 100)
	if err != nil {
		return err
	}
	b.add(row{What: "differences of 500 KB, 100 edits, to HTML", Target: "≤ " + ms(most), Figure: ms(took), Met: judge(took <= most)})
	return nil
}

// growth is a table of the time by the length of the texts. n log n of the shortest is the most that is allowed.
func (b *bench) growth() error {
	const perEdit = 4 << 10 // bytes of text for each edit
	var first time.Duration
	shortest := 10 << 10
	for _, n := range []int{shortest, 30 << 10, 100 << 10, 300 << 10, 1 << 20} {
		took, err := b.differ(n, max(1, n/perEdit))
		if err != nil {
			return err
		}
		r := row{What: fmt.Sprintf("differences of %d KB, %d edits, to HTML", n>>10, n/perEdit), Figure: ms(took)}
		if n == shortest {
			first = took
		} else {
			allowed := float64(first) * float64(n) * math.Log(float64(n)) / (float64(shortest) * math.Log(float64(shortest)))
			r.Target, r.Ratio, r.Met = "≤ n log n: "+ms(time.Duration(allowed)), times(float64(took)/allowed), judge(float64(took) <= allowed)
		}
		b.add(r)
	}
	return nil
}

// differ is the median time of comparing two parsed texts of a length up to the HTML.
func (b *bench) differ(bytes, edits int) (time.Duration, error) {
	before, after := world.Pair(bytes, edits)
	x, y := clause.Parse(before), clause.Parse(after)
	var all []float64
	for range b.times(15, 5) {
		took, err := timed(1+(1<<20)/bytes/8, func() error { _, err := compare(x, y, edits); return err })
		if err != nil {
			return 0, err
		}
		all = append(all, took)
	}
	return time.Duration(median(all)), nil
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
