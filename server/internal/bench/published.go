package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// published sets the largest published page of the demonstration beside nginx, which serves the same bytes from a file.
func (b *bench) published(ctx context.Context) error {
	for _, tool := range []string{"wrk", "nginx"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is not installed (Debian: apt-get install nginx-light wrk)", tool)
		}
	}
	p, err := b.start(ctx, nil, "demo", "-data", filepath.Join(b.folder, "published"))
	if err != nil {
		return err
	}
	err = b.beside(ctx, p)
	return errors.Join(err, p.stop())
}

func (b *bench) beside(ctx context.Context, p *program) error {
	path, body, err := p.largest(ctx)
	if err != nil {
		return err
	}
	peer, err := b.startNginx(ctx, body)
	if err != nil {
		return err
	}
	var ours, theirs, ratios []float64
	for range b.times(5, 3) { // in turn, so that whatever else the machine does falls on both
		x, err := b.wrk(ctx, p.address+path)
		if err != nil {
			return errors.Join(err, peer.stop())
		}
		y, err := b.wrk(ctx, peer.address)
		if err != nil {
			return errors.Join(err, peer.stop())
		}
		ours, theirs, ratios = append(ours, x), append(theirs, y), append(ratios, x/y)
	}
	r := median(ratios)
	b.add(row{What: fmt.Sprintf("published page of %.1f KB", float64(len(body))/1024), Target: "≥ 0.50 of nginx", Figure: thousands(median(ours)) + "/s",
		Peer: "nginx " + thousands(median(theirs)) + "/s", Ratio: times(r), Met: judge(r >= 0.5),
		Note: fmt.Sprintf("%s without compression, wrk -t1 -c32, medians of %d alternating runs; ratios %.2f", path, len(ours), ratios)})
	return peer.stop()
}

var location = regexp.MustCompile(`<loc>([^<]+)</loc>`)

// largest is the published policy with the longest page.
func (p *program) largest(ctx context.Context) (path string, body []byte, err error) {
	if _, err := p.first(ctx, "/sitemap.xml"); err != nil {
		return "", nil, err
	}
	sitemap, err := p.page(ctx, "/sitemap.xml")
	if err != nil {
		return "", nil, err
	}
	for _, m := range location.FindAllSubmatch(sitemap, -1) {
		u, err := url.Parse(string(m[1]))
		if err != nil || !strings.HasPrefix(u.Path, "/policies/") || strings.Count(u.Path, "/") > 2 {
			continue
		}
		text, err := p.page(ctx, u.RequestURI())
		if err != nil {
			return "", nil, err
		}
		if len(text) > len(body) {
			path, body = u.RequestURI(), text
		}
	}
	if body == nil {
		return "", nil, errors.New("the sitemap names no published policy")
	}
	return path, body, nil
}

// wrk loads an address from 32 connections and gives the requests a second.
func (b *bench) wrk(ctx context.Context, address string) (float64, error) {
	seconds := strconv.Itoa(int(b.seconds(4, 1) / time.Second))
	out, err := exec.CommandContext(ctx, "wrk", "-t1", "-c32", "-d"+seconds+"s", address).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("wrk %s: %w\n%s", address, err, out)
	}
	if strings.Contains(string(out), "Non-2xx") || strings.Contains(string(out), "Socket errors") {
		return 0, fmt.Errorf("wrk %s: not every request was answered\n%s", address, out)
	}
	m := regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`).FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("wrk %s printed no rate:\n%s", address, out)
	}
	return strconv.ParseFloat(string(m[1]), 64)
}

// The peer keeps the file open and writes no log, as anybody would set it up who wants it fast.
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
  open_file_cache max=16 inactive=1h;
  default_type text/html;
  client_body_temp_path %[1]s/nginx-tmp;
  proxy_temp_path %[1]s/nginx-tmp;
  fastcgi_temp_path %[1]s/nginx-tmp;
  uwsgi_temp_path %[1]s/nginx-tmp;
  scgi_temp_path %[1]s/nginx-tmp;
  server { listen %[2]s; root %[1]s/www; }
}
`

// startNginx serves one page from a file.
func (b *bench) startNginx(ctx context.Context, body []byte) (*program, error) {
	www := filepath.Join(b.folder, "www")
	listen, err := freeAddress()
	if err == nil {
		err = os.MkdirAll(www, 0o755)
	}
	if err == nil {
		err = os.Chmod(b.folder, 0o755) // its workers may run as somebody else
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(www, "page.html"), body, 0o644) //nolint:gosec // as above
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
	p := &program{cmd: exec.CommandContext(ctx, "nginx", "-c", settings, "-p", b.folder), address: "http://" + listen, began: time.Now(), said: log}
	p.cmd.Stderr = log
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting nginx: %w", err)
	}
	if _, err := p.first(ctx, "/page.html"); err != nil {
		return nil, errors.Join(err, p.stop())
	}
	p.address += "/page.html"
	return p, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}
