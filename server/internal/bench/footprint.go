package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// footprint is how soon the program is there, how much memory it holds when nobody asks for anything, and its size.
func (b *bench) footprint(ctx context.Context) error {
	folder := filepath.Join(b.folder, "footprint")
	if err := b.demonstration(ctx, folder); err != nil {
		return err
	}
	if err := b.startTime(ctx, folder); err != nil {
		return err
	}
	return b.binarySize(ctx)
}

// demonstration makes the data folder, and measures the memory of the program that made it.
func (b *bench) demonstration(ctx context.Context, folder string) error {
	p, err := b.start(ctx, nil, "demo", "-data", folder)
	if err != nil {
		return err
	}
	up, err := p.first(ctx, "/")
	if err != nil {
		return errors.Join(err, p.stop())
	}
	b.add(row{What: "demonstration made, first page", Target: "< 2 s", Figure: ms(up), Met: judge(up < 2*time.Second), Note: "into a fresh folder"})
	err = b.atRest(ctx, p)
	return errors.Join(err, p.stop())
}

// atRest shows every page that the sitemap names once, then waits.
func (b *bench) atRest(ctx context.Context, p *program) error {
	_, _, err := p.largest(ctx)
	if err != nil {
		return err
	}
	wait := b.seconds(10, 3)
	pause(ctx, wait)
	memory, err := p.resident()
	if err != nil {
		return err
	}
	b.add(row{What: "memory at rest", Target: "≤ 100 MB", Figure: megabytes(memory), Met: judge(memory <= 100e6),
		Note: fmt.Sprintf("resident, the demonstration made and its published pages read once, then %s without a request", wait)})
	return nil
}

// startTime starts the program again on the same data, beside a program that does nothing but answer.
func (b *bench) startTime(ctx context.Context, folder string) error {
	var ours, theirs, spent []float64
	for range b.times(7, 3) {
		up, processor, err := b.startOnce(ctx, folder)
		if err != nil {
			return err
		}
		bare, err := timed(1, func() error { return b.version(ctx) })
		if err != nil {
			return err
		}
		ours, theirs, spent = append(ours, float64(up)), append(theirs, bare), append(spent, processor)
	}
	up := time.Duration(median(ours))
	b.add(row{What: "start to first page", Target: "≤ 500 ms", Figure: ms(up), Peer: "server version " + ms(time.Duration(median(theirs))),
		Ratio: times(median(ours) / median(theirs)), Met: judge(up <= 500*time.Millisecond), Note: fmt.Sprintf("from the start of the process to the library's first answer, median of %d; least %s; %.0f ms of processor time", len(ours), ms(time.Duration(slices.Min(ours))), 1000*median(spent))})
	return nil
}

func (b *bench) startOnce(ctx context.Context, folder string) (up time.Duration, processor float64, err error) {
	p, err := b.start(ctx, nil, "-data", folder)
	if err != nil {
		return 0, 0, err
	}
	if up, err = p.first(ctx, "/"); err == nil {
		processor, err = p.processorSeconds()
	}
	return up, processor, errors.Join(err, p.stop())
}

// binarySize is that of the program as it is built for use; beside it a Go program that only serves HTTP.
func (b *bench) binarySize(ctx context.Context) error {
	ours, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	plain := b.binary + "-plain"
	if err := goBuild(ctx, plain); err != nil {
		return err
	}
	whole, err := os.Stat(plain)
	if err != nil {
		return err
	}
	b.add(row{What: "binary", Target: "≤ 40 MB", Figure: megabytes(ours.Size()), Peer: "plain go build " + megabytes(whole.Size()),
		Ratio: times(float64(ours.Size()) / float64(whole.Size())), Met: judge(ours.Size() <= 40e6), Note: "-tags nomsgpack -ldflags \"-s -w\""})
	return nil
}
