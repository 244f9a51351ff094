package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concordat/server/internal/demo"
)

// demonstration runs "server demo" until it says who can sign in, and stops it again. It gives what was said.
func demonstration(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"demo", "-addr", "127.0.0.1:0"}, args...), func(key string) string { return env[key] }, write)
		ended <- errors.Join(err, write.Close())
	}()
	var said strings.Builder
	lines := bufio.NewScanner(read)
	for lines.Scan() {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "auditor") { // the last who can sign in
			cancel()
		}
	}
	return said.String(), errors.Join(lines.Err(), <-ended)
}

// It is not parallel: where temporary files go is a setting of the whole process.
func TestDemonstrationLeavesNothingBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	said, err := demonstration(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"http://127.0.0.1:", demo.Passphrase, "priya.anand@concordat.example", "secretary", "for Fennimoor"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q was not said in\n%s", want, said)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestKeptDemonstrationStartsAgain(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "kept")
	first, err := demonstration(t, nil, "-data", dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := demonstration(t, map[string]string{"DATA_DIR": dir})
	if err != nil {
		t.Fatal(err)
	}
	_, want, _ := strings.Cut(first, "\n") // the first line has the port
	if _, got, _ := strings.Cut(again, "\n"); got != want {
		t.Errorf("said at the second start:\n%s\nat the first:\n%s", got, want)
	}
}

func TestDemonstrationTouchesNothingElse(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if out, err := runCommand(t, map[string]string{"DATA_DIR": dir}, "user", "add", "-email", "ada@example.org", "-name", "Ada Admin"); err != nil {
		t.Fatal(out, err)
	}
	if _, err := demonstration(t, nil, "-data", dir); !errors.Is(err, demo.ErrOther) {
		t.Errorf("over another database: %v, want a refusal", err)
	}
}
