package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// traceWriter runs a writer under strace. A kill does not test the disk, because the system keeps what a dead process
// wrote; the system calls show whether the disk was waited for.
func traceWriter(ctx context.Context, out io.Writer) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "crash")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "trace")
	cmd := exec.CommandContext(ctx, "strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write,pwrite64", "-o", file,
		self, "-write-in", filepath.Join(dir, "data"), "-commits", "20")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("running strace: %w", err)
	}
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	proved, faults := prove(f)
	if err := errors.Join(faults, f.Close()); err != nil {
		return err
	}
	if proved != 20*writers {
		return fmt.Errorf("%d acknowledgements in the trace, want %d", proved, 20*writers)
	}
	fmt.Fprintf(out, "each of %d acknowledgements followed a flush of the log that began after its commit was written\n", proved)
	return nil
}

// call is a system call, from the line where it begins to the line where it ends.
type call struct {
	text       string
	begun, end int
}

var (
	lineOf  = regexp.MustCompile(`^(\d+) +(.*)$`)
	resumed = regexp.MustCompile(`^<\.\.\. \w+ resumed>(.*)$`)
	spoken  = regexp.MustCompile(`^write\(1(?:<[^>]*>)?, "(begin|ack) (\d+ \d+)\\n"`)
	logged  = regexp.MustCompile(`^pwrite64\(\d+<[^>]*-wal>`)
	flushed = regexp.MustCompile(`^f(?:data)?sync\(\d+<[^>]*-wal>.*= 0$`)
)

// prove counts the acknowledgements that waited for the disk: between the commit's beginning and its acknowledgement
// lies a write to the log, and after that write a flush of the log, begun and ended.
func prove(r io.Reader) (proved int, faults error) {
	began := map[string]int{}
	var logs, flushes []call
	var acks []call
	for _, c := range calls(r) {
		switch m := spoken.FindStringSubmatch(c.text); {
		case m != nil && m[1] == "begin":
			began[m[2]] = c.end
		case m != nil:
			acks = append(acks, call{m[2], c.begun, c.end})
		case logged.MatchString(c.text):
			logs = append(logs, c)
		case flushed.MatchString(c.text):
			flushes = append(flushes, c)
		}
	}
	for _, a := range acks {
		from, ok := began[a.text]
		if !ok || !between(logs, flushes, from, a.begun) {
			faults = errors.Join(faults, fmt.Errorf("commit %s was acknowledged before the disk had it", a.text))
			continue
		}
		proved++
	}
	return proved, faults
}

func between(logs, flushes []call, from, to int) bool {
	for _, l := range logs {
		if l.begun <= from || l.end >= to {
			continue
		}
		for _, f := range flushes {
			if f.begun > l.end && f.end < to {
				return true
			}
		}
	}
	return false
}

// calls puts the halves of interrupted lines together. A call that never ended is left out.
func calls(r io.Reader) (out []call) {
	open := map[string]call{}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		m := lineOf.FindStringSubmatch(in.Text())
		if m == nil {
			continue
		}
		thread, text := m[1], m[2]
		if half, cut := strings.CutSuffix(text, " <unfinished ...>"); cut {
			open[thread] = call{half, n, 0}
			continue
		}
		c := call{text, n, n}
		if m := resumed.FindStringSubmatch(text); m != nil {
			c = open[thread]
			c.text += m[1]
			c.end = n
		}
		out = append(out, c)
	}
	return out
}
