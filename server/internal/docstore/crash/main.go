// Command crash shows that the embedded store loses nothing: it kills a writing process again and again and looks at
// what is left, and it reads from the system calls that every acknowledgement waits for the disk.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "crash:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("crash", flag.ContinueOnError)
	rounds := f.Int("rounds", 200, "how often the writer is killed")
	trace := f.Bool("strace", false, "run one writer under strace instead, and show that each acknowledgement follows a flush")
	writeIn := f.String("write-in", "", "be the writer, in this data folder (used by the program itself)")
	commits := f.Int64("commits", 0, "with -write-in: how many commits each goroutine makes; 0: no end")
	if err := f.Parse(args); err != nil {
		return err
	}
	switch {
	case *writeIn != "":
		return writeUntilKilled(ctx, *writeIn, *commits, out)
	case *trace:
		return traceWriter(ctx, out)
	}
	return drill(ctx, *rounds, out)
}
