package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"
)

// command is a process that ends with the context.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, name, args...) //nolint:gosec // the program that is measured, its peers and their tools
}

// goBuild builds the program with flags. It is run from the project's root.
func goBuild(ctx context.Context, to string, flags ...string) error {
	args := append([]string{"build", "-buildvcs=false", "-o", to}, flags...)
	out, err := command(ctx, "go", append(args, "./server")...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return nil
}

// program is the server as a process of its own.
type program struct {
	cmd     *exec.Cmd
	address string // "http://127.0.0.1:12345"
	began   time.Time
	said    io.Closer
}

var addressLine = regexp.MustCompile(`http://[0-9.:]+`)

// start runs the program until stop is called and waits for the address at which it answers.
func (b *bench) start(ctx context.Context, env []string, args ...string) (*program, error) {
	log, err := os.OpenFile(filepath.Join(b.folder, "server.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	p := &program{cmd: command(ctx, b.binary, append(args, "-addr", "127.0.0.1:0")...), said: log}
	p.cmd.Env = append(environment(), env...)
	p.cmd.Stderr = log
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.began = time.Now()
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the program: %w", err)
	}
	lines := bufio.NewScanner(out)
	for p.address == "" && lines.Scan() {
		p.address = addressLine.FindString(lines.Text())
	}
	if p.address == "" {
		return nil, errors.Join(fmt.Errorf("the program %v ended before it answered; see %s", args, log.Name()), p.stop())
	}
	go io.Copy(io.Discard, out) //nolint:errcheck // only so that the program can go on printing; ends with it
	return p, nil
}

// environment is ours without the program's own settings.
func environment() (env []string) {
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		switch name {
		case "ADDR", "DATA_DIR", "MONGODB_URI", "MONGODB_DATABASE", "PUBLIC_URL", "TRUSTED_PROXIES", "SMTP_URL", "MAIL_FROM":
		default:
			env = append(env, e)
		}
	}
	return env
}

// stop ends the program as a signal does.
func (p *program) stop() error {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return errors.Join(p.cmd.Wait(), p.said.Close())
}

// first waits for the first answer 200 at one of the paths and gives how long after the start it came.
func (p *program) first(ctx context.Context, path string) (time.Duration, error) {
	for ctx.Err() == nil && time.Since(p.began) < 30*time.Second {
		code, err := p.status(ctx, path)
		switch {
		case err == nil && code == http.StatusOK:
			return time.Since(p.began), nil
		case err == nil && code == http.StatusNotFound:
			return 0, fmt.Errorf("GET %s: there is no such page", path)
		}
		pause(ctx, time.Millisecond)
	}
	return 0, errors.Join(fmt.Errorf("GET %s: no answer within 30 s", path), ctx.Err())
}

func (p *program) status(ctx context.Context, path string) (int, error) {
	resp, err := get(ctx, p.address+path)
	if err != nil {
		return 0, err
	}
	return resp.StatusCode, resp.Body.Close()
}

// page is the body of a page.
func (p *program) page(ctx context.Context, path string) ([]byte, error) {
	resp, err := get(ctx, p.address+path)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("GET %s: status %d", path, resp.StatusCode)
	}
	return io.ReadAll(resp.Body)
}

func get(ctx context.Context, address string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept-Encoding", "identity")
	return http.DefaultClient.Do(req)
}

// version runs the program for as little as it can do.
func (b *bench) version(ctx context.Context) error {
	cmd := command(ctx, b.binary, "version")
	cmd.Env = environment()
	return cmd.Run()
}
