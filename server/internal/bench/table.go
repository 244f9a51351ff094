package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one figure with its peer's.
type row struct {
	What, Target, Figure, Peer, Ratio string
	Met                               verdict
	Note                              string // below the table
}

type verdict string

// The verdicts. A figure without a target has none.
const (
	none  verdict = "-"
	yes   verdict = "met"
	not   verdict = "NOT MET"
	blank         = "-"
)

func judge(met bool) verdict {
	if met {
		return yes
	}
	return not
}

func (b *bench) add(r row) {
	b.rows = append(b.rows, r)
	b.say("%s: %s (%s)", r.What, r.Figure, r.Met)
}

func writeTable(out io.Writer, rows []row) {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\ttarget\tfigure\tpeer\tratio\t")
	for _, r := range rows {
		for _, s := range []*string{&r.Target, &r.Figure, &r.Peer, &r.Ratio} {
			if *s == "" {
				*s = blank
			}
		}
		if r.Met == "" {
			r.Met = none
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", r.What, r.Target, r.Figure, r.Peer, r.Ratio, r.Met)
	}
	_ = w.Flush() // nobody is left to tell when standard output is gone
	fmt.Fprintln(out)
	for _, r := range rows {
		if r.Note != "" {
			fmt.Fprintf(out, "%s: %s\n", r.What, r.Note)
		}
	}
}

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	n := len(list)
	return (list[n/2] + list[(n-1)/2]) / 2
}

// thousands writes 12345.6 as "12,346".
func thousands(x float64) string {
	digits := strconv.FormatFloat(x, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func ms(d time.Duration) string { return fmt.Sprintf("%.3g ms", float64(d)/float64(time.Millisecond)) }

func times(x float64) string { return fmt.Sprintf("%.2f", x) }

func megabytes(bytes int64) string { return fmt.Sprintf("%.1f MB", float64(bytes)/1e6) }

func machine() string {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		load = []byte("not known")
	}
	return fmt.Sprintf("%d processors, %s %s/%s, load %s", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, strings.TrimSpace(string(load)))
}

// busyness is which part of all processors' time was spent on something during a second; 0 where that cannot be told.
func busyness(ctx context.Context) float64 {
	all, idle := processorTime()
	pause(ctx, time.Second)
	allNow, idleNow := processorTime()
	if allNow == all {
		return 0
	}
	return 1 - (idleNow-idle)/(allNow-all)
}

func processorTime() (all, idle float64) {
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0, 0
	}
	line, _, _ := bytes.Cut(stat, []byte("\n"))
	for i, field := range strings.Fields(string(line)) {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil {
			continue // the first field is a name
		}
		all += n
		if i == 4 || i == 5 { // idle, and waiting for the disk
			idle += n
		}
	}
	return all, idle
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
