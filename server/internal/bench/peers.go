package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// The peer is as Debian ships it, with a file of its own and no log.
const nginxSettings = `worker_processes auto;
daemon off;
pid %[1]s/nginx.pid;
error_log %[1]s/nginx-error.log;
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  default_type text/html;
  client_body_temp_path %[1]s/nginx-tmp;
  proxy_temp_path %[1]s/nginx-tmp;
  fastcgi_temp_path %[1]s/nginx-tmp;
  uwsgi_temp_path %[1]s/nginx-tmp;
  scgi_temp_path %[1]s/nginx-tmp;
  server { listen %[2]s; root %[1]s/www; }
}
`

// page is where nginx has the bytes.
const page = "/page.html"

// startNginx serves one page from a file.
func (b *bench) startNginx(ctx context.Context, body []byte) (*program, error) {
	www := filepath.Join(b.folder, "www")
	listen, err := freeAddress(ctx)
	if err == nil {
		err = os.MkdirAll(www, 0o755) //nolint:gosec // its workers may run as somebody else
	}
	if err == nil {
		err = os.Chmod(b.folder, 0o755) //nolint:gosec // as above
	}
	if err == nil {
		err = os.WriteFile(www+page, body, 0o644) //nolint:gosec // as above
	}
	settings := filepath.Join(b.folder, "nginx.conf")
	if err == nil {
		err = os.WriteFile(settings, fmt.Appendf(nil, nginxSettings, b.folder, listen), 0o600)
	}
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(b.folder, "nginx.log"))
	if err != nil {
		return nil, err
	}
	p := &program{cmd: command(ctx, "nginx", "-c", settings, "-p", b.folder), address: "http://" + listen, began: time.Now(), said: log}
	p.cmd.Stderr = log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting nginx: %w", err)
	}
	if _, err := p.first(ctx, page); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// startBare serves the same page with Go's own HTTP server, in a process of its own: what any Go program could reach.
func (b *bench) startBare(ctx context.Context) (*program, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	listen, err := freeAddress(ctx)
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(b.folder, "bare.log"))
	if err != nil {
		return nil, err
	}
	p := &program{cmd: command(ctx, self, "-serve", filepath.Join(b.folder, "www")+page, "-at", listen), address: "http://" + listen, began: time.Now(), said: log}
	p.cmd.Stderr = log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the bare server: %w", err)
	}
	if _, err := p.first(ctx, page); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	return p, nil
}

// serveBare is that process.
func serveBare(ctx context.Context, file, address string) error {
	body, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	contentType, length := []string{"text/html; charset=utf-8"}, []string{strconv.Itoa(len(body))}
	server := &http.Server{Addr: address, ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"], w.Header()["Content-Length"] = contentType, length
		_, _ = w.Write(body) // a client that has gone needs no answer
	})}
	go func() {
		<-ctx.Done()
		_ = server.Close() // it only serves the benchmark, which is over
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func freeAddress(ctx context.Context) (string, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
