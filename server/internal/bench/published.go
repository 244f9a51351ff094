package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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
	nginx, err := b.startNginx(ctx, body)
	if err != nil {
		return err
	}
	bare, err := b.startBare(ctx)
	if err != nil {
		return errors.Join(err, nginx.stop())
	}
	ours, theirs, floor := &pulled{program: p, path: path}, &pulled{program: nginx, path: page}, &pulled{program: bare, path: page}
	for range b.times(5, 3) { // in turn, so that whatever else the machine does falls on all
		for _, x := range []*pulled{ours, theirs, floor} {
			if err == nil {
				err = x.pull(ctx, b)
			}
		}
	}
	if err = errors.Join(err, nginx.stop(), bare.stop()); err != nil {
		return err
	}
	ratios := ours.beside(theirs)
	r := median(ratios)
	b.add(row{What: fmt.Sprintf("published page of %.1f KB", float64(len(body))/1024), Target: "≥ 0.50 of nginx", Figure: thousands(median(ours.rates)) + "/s",
		Peer: "nginx " + thousands(median(theirs.rates)) + "/s", Ratio: times(r), Met: judge(r >= 0.5),
		Note: fmt.Sprintf("%s without compression, wrk -t1 -c32, medians of %d alternating runs, ratios %.2f\n"+
			"  processor time of one request: ours %.0f µs, nginx %.0f µs, Go's own server with nothing around it %.0f µs (%s/s, of which ours is %.2f)", path, len(ratios), ratios,
			1e6*median(ours.costs), 1e6*median(theirs.costs), 1e6*median(floor.costs), thousands(median(floor.rates)), median(ours.beside(floor)))})
	return nil
}

// pulled is a page of a program, and what loading it showed.
type pulled struct {
	*program
	path         string
	rates, costs []float64 // requests a second, processor seconds a request
}

func (x *pulled) pull(ctx context.Context, b *bench) error {
	rate, cost, err := b.loaded(ctx, x.program, x.address+x.path)
	x.rates, x.costs = append(x.rates, rate), append(x.costs, cost)
	return err
}

// beside are the ratios of the rates, run by run.
func (x *pulled) beside(peer *pulled) (ratios []float64) {
	for i := range x.rates {
		ratios = append(ratios, x.rates[i]/peer.rates[i])
	}
	return ratios
}

// loaded gives the requests a second, and how many processor seconds the program spends on one.
func (b *bench) loaded(ctx context.Context, p *program, address string) (rate, cost float64, err error) {
	before, err := p.processorSeconds()
	if err != nil {
		return 0, 0, err
	}
	rate, requests, err := b.wrk(ctx, address)
	if err != nil {
		return 0, 0, err
	}
	after, err := p.processorSeconds()
	return rate, (after - before) / requests, err
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

var wrkSaid = regexp.MustCompile(`(?s)([0-9]+) requests in .*Requests/sec:\s+([0-9.]+)`)

// wrk loads an address from 32 connections and gives the requests a second, and how many were answered.
func (b *bench) wrk(ctx context.Context, address string) (rate, requests float64, err error) {
	seconds := strconv.Itoa(int(b.seconds(4, 1) / time.Second))
	out, err := command(ctx, "wrk", "-t1", "-c32", "-d"+seconds+"s", address).CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("wrk %s: %w\n%s", address, err, out)
	}
	m := wrkSaid.FindSubmatch(out)
	if m == nil || strings.Contains(string(out), "Non-2xx") || strings.Contains(string(out), "Socket errors") {
		return 0, 0, fmt.Errorf("wrk %s: not every request was answered\n%s", address, out)
	}
	requests, err = strconv.ParseFloat(string(m[1]), 64)
	if err != nil {
		return 0, 0, err
	}
	rate, err = strconv.ParseFloat(string(m[2]), 64)
	return rate, requests, err
}
