// Command drill takes each check of a permission out in turn, runs the tests that should notice, and fails when none does.
//
//	go run ./scripts/drill [-only PART]
//
// PART is a part of the place of a check, such as "review/decision" or "need.go:109". The tree is never touched: every
// check is compiled once, through an overlay, into one that a variable of the environment takes out, and notes which tests
// come to it. So a check costs no more than these tests of its package, and, where they notice nothing, the server's
// test of every route.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

func main() {
	only := flag.String("only", "", "only the checks whose place has this in it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "drill:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, only string) error {
	tree, err := filepath.Abs(".")
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("", "drill")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	all, overlay, err := find(tree)
	if err != nil {
		return err
	}
	d := &drill{tree: tree, work: work, built: map[suite]func() (program, error){}}
	if err := d.write(overlay); err != nil {
		return err
	}
	var checks []check
	for _, c := range all {
		if strings.Contains(c.place(), only) {
			checks = append(checks, c)
		}
	}
	return d.all(ctx, checks)
}

// program is a suite that was built: its file, and for each check the tests that come to it.
type program struct {
	file  string
	tests map[string][]string
}

// drill runs tests that were built with the overlay.
type drill struct {
	tree, work string

	mu    sync.Mutex
	built map[suite]func() (program, error)
}

// write keeps the files of the overlay, and the list that go reads.
func (d *drill) write(files map[string][]byte) error {
	list := struct{ Replace map[string]string }{map[string]string{}}
	for name, text := range files {
		kept := filepath.Join(d.work, strings.ReplaceAll(name, "/", "_"))
		if err := os.WriteFile(kept, text, 0o600); err != nil {
			return err
		}
		list.Replace[filepath.Join(d.tree, name)] = kept
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return os.WriteFile(d.overlay(), text, 0o600)
}

func (d *drill) overlay() string { return filepath.Join(d.work, "overlay.json") }

// all drills every check, two at a time, and says which went unnoticed.
func (d *drill) all(ctx context.Context, checks []check) error {
	noticed := make([]string, len(checks))
	errs := make([]error, len(checks))
	places := make(chan int)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			for i := range places {
				noticed[i], errs[i] = d.one(ctx, checks[i])
				fmt.Printf("%-44s %s\n", checks[i].place(), noticed[i])
			}
		})
	}
	for i := range checks {
		places <- i
	}
	close(places)
	group.Wait()
	missed := 0
	for i := range checks {
		if errs[i] != nil {
			return errs[i]
		}
		if noticed[i] == unnoticed {
			missed++
		}
	}
	fmt.Printf("%d checks, %d unnoticed\n", len(checks), missed)
	if missed > 0 {
		return fmt.Errorf("%d checks can be taken out and no test notices", missed)
	}
	return nil
}

const unnoticed = "UNNOTICED"

// one takes a check out and gives what noticed.
func (d *drill) one(ctx context.Context, c check) (string, error) {
	for _, s := range c.suites() {
		built, err := d.build(ctx, s)
		if err != nil {
			return "", err
		}
		s.tests = built.reach(c, s.tests)
		if s.tests == "" {
			continue
		}
		failed, err := d.fails(ctx, built.file, s, variable+"="+c.place())
		if err != nil {
			return "", err
		}
		if failed != "" {
			return failed, nil
		}
	}
	return unnoticed, nil
}

// reach is a pattern of the tests that come to a check, "" for none; where one is not known by name, all.
func (p program) reach(c check, all string) string {
	tests := p.tests[c.place()]
	switch {
	case len(tests) == 0:
		return ""
	case slices.Contains(tests, ""):
		return all
	}
	return "^(" + strings.Join(tests, "|") + ")$"
}

// build compiles a suite once, and sees that it passes with every check in its place.
func (d *drill) build(ctx context.Context, s suite) (program, error) {
	d.mu.Lock()
	once, ok := d.built[s]
	if !ok {
		once = sync.OnceValues(func() (program, error) { return d.compile(ctx, s) })
		d.built[s] = once
	}
	d.mu.Unlock()
	return once()
}

func (d *drill) compile(ctx context.Context, s suite) (program, error) {
	file := filepath.Join(d.work, strings.ReplaceAll(s.pkg, "/", "_")+".test")
	cmd := exec.CommandContext(ctx, "go", "test", "-c", "-overlay", d.overlay(), "-o", file, "./"+s.pkg)
	cmd.Dir, cmd.Stderr = d.tree, os.Stderr
	if err := cmd.Run(); err != nil {
		return program{}, fmt.Errorf("building the tests of %s: %w", s.pkg, err)
	}
	failed, err := d.fails(ctx, file, s, noted+"="+file+".notes")
	if failed != "" {
		err = fmt.Errorf("%s fails with every check in its place", failed)
	}
	if err != nil {
		return program{}, err
	}
	tests, err := readNotes(file + ".notes")
	return program{file, tests}, err
}

// readNotes gives by check the tests that came to it, each once. No notes means that none came to any.
func readNotes(file string) (map[string][]string, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	tests := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		place, test, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !slices.Contains(tests[place], test) {
			tests[place] = append(tests[place], test)
		}
	}
	return tests, err
}

// fails runs a suite with a setting, and gives the name of the test that failed, "" when all passed.
func (d *drill) fails(ctx context.Context, file string, s suite, setting string) (string, error) {
	cmd := exec.CommandContext(ctx, file, "-test.failfast", "-test.run", s.tests, "-test.timeout", "10m")
	cmd.Dir = filepath.Join(d.tree, s.pkg)
	cmd.Env = append(os.Environ(), setting)
	out, err := cmd.CombinedOutput()
	if err == nil {
		return "", nil
	}
	for line := range strings.Lines(string(out)) {
		if name, ok := strings.CutPrefix(line, "--- FAIL: "); ok {
			return s.pkg + " " + strings.Fields(name)[0], nil
		}
	}
	return "", fmt.Errorf("tests of %s with %s: %w\n%s", s.pkg, setting, err, out)
}
