package main

import (
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

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
