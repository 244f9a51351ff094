package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// command runs the program with settings and gives back what it printed.
func runCommand(t *testing.T, env map[string]string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	err := run(t.Context(), args, func(name string) string { return env[name] }, &out)
	return out.String(), err
}

func TestFaultsInTheSettingsAreToldAtOnce(t *testing.T) {
	t.Parallel()
	_, err := runCommand(t, map[string]string{"ADDR": "nowhere", "PUBLIC_URL": "ftp://x", "MONGODB_URI": "localhost", "DATA_DIR": "x",
		"TRUSTED_PROXIES": "10.0.0.0/8, the proxy", "SMTP_URL": "mail"})
	var u *usage
	if !errors.As(err, &u) {
		t.Fatalf("run = %v, want a usage error", err)
	}
	for _, want := range []string{"ADDR", "PUBLIC_URL", "MONGODB_URI: must start", "choose one", `"the"`, "SMTP_URL", "MAIL_FROM"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the message lacks %q:\n%v", want, err)
		}
	}
}

// An address that is none is one fault.
func TestFaultsAreToldOnce(t *testing.T) {
	t.Parallel()
	_, err := runCommand(t, map[string]string{"PUBLIC_URL": "foo"})
	if err == nil || strings.Count(err.Error(), "PUBLIC_URL") != 1 {
		t.Errorf("run = %v, want one fault of PUBLIC_URL", err)
	}
}

func TestHelpAndUnknownCommands(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		args  []string
		usage bool // ends with status 2
		want  string
	}{
		{[]string{"-help"}, false, "server backup FILE"},
		{[]string{"verify", "-help"}, false, "-against"},
		{[]string{"user", "-help"}, false, "server user add"},
		{[]string{"version"}, false, "Concordat"},
		{[]string{"publish"}, true, ""},
		{[]string{"user", "befriend"}, true, ""},
		{[]string{"-help"}, false, "server restore [-despite-findings yes] FILE"},
		{[]string{"backup"}, true, ""},
		{[]string{"restore"}, true, ""},
		{[]string{"restore", "-despite-findings", "no", "x"}, true, ""},
		{[]string{"-wrong"}, true, ""},
	} {
		out, err := runCommand(t, nil, tc.args...)
		var u *usage
		if errors.As(err, &u) != tc.usage || !tc.usage && err != nil {
			t.Errorf("run(%q) = %v, want a usage error: %v", tc.args, err, tc.usage)
		}
		if !strings.Contains(out, tc.want) {
			t.Errorf("run(%q) printed %q, want it to hold %q", tc.args, out, tc.want)
		}
	}
}

func TestAMistypedFolderMakesNoDatabase(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "mistyped")
	for _, args := range [][]string{{"verify", "-data", dir}, {"backup", "-data", dir, "x"}, {"user", "list", "-data", dir}, {"reindex", "-data", dir}} {
		if _, err := runCommand(t, nil, args...); err == nil {
			t.Errorf("run(%q) found a database where there is none", args)
		}
	}
}

// The commands work on the file while the service runs.
func TestCommandsBesideARunningService(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	address, stop := start(t, dir)
	env := map[string]string{"DATA_DIR": dir}
	for _, step := range []struct {
		args []string
		want string
	}{
		{[]string{"user", "add", "-email", "ada@example.org", "-name", "Ada Admin"}, "/invitation/"},
		{[]string{"user", "add", "-email", "lea@example.org", "-name", "Lea Lead", "-role", "policy lead"}, "/invitation/"},
		{[]string{"user", "list"}, "lea@example.org                          Lea Lead                       invited"},
		{[]string{"user", "reset", "-email", "lea@example.org"}, "/"},
		{[]string{"user", "disable", "-email", "lea@example.org"}, "can no longer sign in"},
		{[]string{"verify", "-checkpoint", filepath.Join(dir, "checkpoint")}, "2 documents"},
		{[]string{"verify", "-against", filepath.Join(dir, "checkpoint")}, "Nothing of what was read was altered"},
		{[]string{"backup", filepath.Join(dir, "copy", "..", "copy.db")}, "Written"},
		{[]string{"reindex"}, ""},
	} {
		out, err := runCommand(t, env, step.args...)
		if err != nil || !strings.Contains(out, step.want) {
			t.Errorf("run(%q) = %q, %v; want %q", step.args, out, err, step.want)
		}
	}
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/sign-in": 200, "/desk/nowhere": 404} {
		if got := status(t, address+path); got != want {
			t.Errorf("GET %s = %d, want %d", path, got, want)
		}
	}
	if err := stop(); err != nil {
		t.Errorf("stopping: %v", err)
	}
}

// start runs the service on a free port. stop ends it as a signal does.
func start(t *testing.T, dir string) (address string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	read, write := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"-addr", "127.0.0.1:0", "-data", dir}, func(string) string { return "" }, write)
		ended <- errors.Join(err, write.Close())
	}()
	line := make([]byte, 200)
	n, err := read.Read(line)
	if err != nil {
		t.Fatalf("starting: %v", errors.Join(err, <-ended))
	}
	go io.Copy(io.Discard, read) //nolint:errcheck // only to keep the pipe empty
	address = regexp.MustCompile(`http://\S+`).FindString(string(line[:n]))
	return address, func() error {
		cancel()
		return <-ended
	}
}

func status(t *testing.T, address string) int {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	return resp.StatusCode
}
