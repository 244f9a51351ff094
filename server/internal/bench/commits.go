package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"time"
)

// commits sets the stores beside the raw engines: a document with its event from 64 writers, and one insert each.
func (b *bench) commits(ctx context.Context) error {
	syncs, err := diskRate(b.folder, b.seconds(2, 1))
	if err != nil {
		return err
	}
	disk := fmt.Sprintf("the disk does %s fdatasync/s", thousands(syncs))
	ours, theirs, ratio, err := b.storeBenchmark(ctx, "sqlite", b.times(40_000, 8_000))
	if err != nil {
		return err
	}
	b.add(row{What: "commits, SQLite, 64 writers", Target: "≥ 8,000/s", Figure: thousands(ours) + "/s", Peer: "raw inserts " + thousands(theirs) + "/s",
		Ratio: times(ratio), Met: judge(ours >= 8000), Note: "a document and its event each; " + disk})
	if b.mongod() == "" {
		return errors.New("MongoDB: there is no mongod; set CONCORDAT_MONGOD (scripts/tools fetches one)")
	}
	ours, theirs, ratio, err = b.storeBenchmark(ctx, "mongo", b.times(20_000, 4_000))
	if err != nil {
		return err
	}
	b.add(row{What: "commits, MongoDB, 64 writers", Target: "≥ 0.70 of the driver", Figure: thousands(ours) + "/s", Peer: "raw inserts " + thousands(theirs) + "/s",
		Ratio: times(ratio), Met: judge(ratio >= 0.7), Note: "majority and journalled, a document and its event each beside one document; " + disk})
	return nil
}

var metric = regexp.MustCompile(`([0-9.e+]+) (commits/s|inserts/s|ratio)`)

// storeBenchmark runs the benchmark beside a store some times and gives medians.
func (b *bench) storeBenchmark(ctx context.Context, engine string, commits int) (ours, theirs, ratio float64, err error) {
	cmd := command(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkStore$/^commits$/^writers=64$", "-benchtime", fmt.Sprintf("%dx", commits),
		"-count", strconv.Itoa(b.times(3, 1)), "./server/internal/docstore/"+engine)
	cmd.Env = append(os.Environ(), "CI=true", "TMPDIR="+b.folder) // without a server it is to fail, not to be skipped
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, 0, 0, fmt.Errorf("benchmark of %s: %w\n%s", engine, err, out)
	}
	list := map[string][]float64{}
	for _, m := range metric.FindAllSubmatch(out, -1) {
		x, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil {
			return 0, 0, 0, fmt.Errorf("benchmark of %s: %w", engine, err)
		}
		list[string(m[2])] = append(list[string(m[2])], x)
	}
	if len(list["ratio"]) == 0 {
		return 0, 0, 0, fmt.Errorf("benchmark of %s printed no figure:\n%s", engine, out)
	}
	return median(list["commits/s"]), median(list["inserts/s"]), median(list["ratio"]), nil
}

// diskRate is how often a second the disk can be made to keep one page of a file that does not grow: what a database
// does at best when each commit waits by itself.
func diskRate(folder string, during time.Duration) (float64, error) {
	f, err := os.Create(filepath.Join(folder, "disk"))
	if err != nil {
		return 0, err
	}
	const pages = 1024
	page, n := make([]byte, 4096), 0
	if _, err = f.Write(make([]byte, pages*len(page))); err == nil {
		err = f.Sync()
	}
	began := time.Now()
	for ; err == nil && time.Since(began) < during; n++ {
		if _, err = f.WriteAt(page, int64(n%pages*len(page))); err == nil {
			err = fdatasync(f)
		}
	}
	rate := float64(n) / time.Since(began).Seconds()
	if err != nil {
		return 0, errors.Join(fmt.Errorf("writing to the disk: %w", err), f.Close())
	}
	return rate, errors.Join(f.Close(), os.Remove(f.Name()))
}
