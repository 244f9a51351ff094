package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"concordat/server/internal/bench/world"
)

// client is the browsers of many people: staff, who are signed in, and the public.
type client struct {
	http    *http.Client
	address string
	session []*http.Cookie
}

// newClient connects from several addresses: one alone is slowed as a flood would be.
func newClient(address string) *client {
	var connections atomic.Int64
	transport := &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true,
		DialContext: func(ctx context.Context, network, to string) (net.Conn, error) {
			d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+connections.Add(1)%16))}}
			return d.DialContext(ctx, network, to)
		}}
	return &client{address: address, http: &http.Client{Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// signIn signs in as the form would.
func (c *client) signIn(ctx context.Context, email, passphrase string) error {
	form := url.Values{"email": {email}, "passphrase": {passphrase}}.Encode()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.address+"/sign-in", strings.NewReader(form))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	if c.session = resp.Cookies(); resp.StatusCode != http.StatusSeeOther || len(c.session) == 0 {
		err = fmt.Errorf("signing in: status %d", resp.StatusCode)
	}
	return errors.Join(err, resp.Body.Close())
}

// visit asks for a page and reads it to its end. Staff pages go with the session, public ones without.
func (c *client) visit(ctx context.Context, path string) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.address+path, nil)
	if err != nil {
		return 0, err
	}
	req.Header.Set("Accept-Encoding", "gzip, br")
	if strings.HasPrefix(path, "/desk") {
		for _, cookie := range c.session {
			req.AddCookie(cookie)
		}
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode, errors.Join(err, resp.Body.Close())
}

// kind is one sort of page, and how many of a hundred visits go to it.
type kind struct {
	name  string
	share int
	path  func(r *rand.Rand, w *world.World) string
}

// peer is asked beside the pages: it does nothing, so it shows what the machine and the client take for themselves.
const peer = "/healthz"

// kinds are a working day: leads in their policies, and the public in the library.
var kinds = []kind{
	{"/desk", 8, at("/desk")},
	{"board", 8, func(_ *rand.Rand, w *world.World) string { return "/desk/programmes/" + w.Programme }},
	{"policies", 8, at("/desk/policies")},
	{"workspace", 12, policy("")},
	{"differences of versions", 8, func(r *rand.Rand, w *world.World) string {
		p := one(r, w.Policies)
		i := r.IntN(len(p.Versions) - 1)
		return fmt.Sprintf("/desk/policies/%s/differences?from=v%s&to=v%s", p.ID, p.Versions[i], p.Versions[len(p.Versions)-1])
	}},
	{"differences of local policies", 6, func(r *rand.Rand, w *world.World) string {
		p := one(r, w.Policies)
		return fmt.Sprintf("/desk/policies/%s/differences?view=side&from=local:%s&to=v%s", p.ID, one(r, p.Locals), p.Versions[len(p.Versions)-1])
	}},
	{"local policies", 4, policy("/local")},
	{"decisions", 4, policy("/decisions")},
	{"saves", 3, policy("/saves")},
	{"trail", 3, policy("/trail")},
	{"meeting", 4, func(r *rand.Rand, w *world.World) string { return "/desk/meetings/" + one(r, w.Meetings) }},
	{"library", 8, at("/")},
	{"search", 4, func(r *rand.Rand, _ *world.World) string {
		return "/?q=" + one(r, []string{"hip", "tonsil", "cataracts", "treatment+7", "hernea"})
	}},
	{"published policy", 10, func(r *rand.Rand, w *world.World) string { return published(r, w, "") }},
	{"published policy in an area", 6, func(r *rand.Rand, w *world.World) string {
		return published(r, w, "?area="+one(r, w.Commissioners).Slug)
	}},
	{"what applies", 4, func(r *rand.Rand, w *world.World) string {
		return fmt.Sprintf("/applies?policy=%s&area=%s&day=3&month=5&year=2026", publicPolicy(r, w).Slug, one(r, w.Commissioners).Slug)
	}},
}

func at(path string) func(*rand.Rand, *world.World) string {
	return func(*rand.Rand, *world.World) string { return path }
}

func policy(tab string) func(*rand.Rand, *world.World) string {
	return func(r *rand.Rand, w *world.World) string { return "/desk/policies/" + one(r, w.Policies).ID + tab }
}

func published(r *rand.Rand, w *world.World, query string) string {
	return "/policies/" + publicPolicy(r, w).Slug + query
}

func publicPolicy(r *rand.Rand, w *world.World) world.Policy {
	for {
		if p := one(r, w.Policies); p.Published {
			return p
		}
	}
}

func one[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chooseKind draws a kind by its share.
func chooseKind(r *rand.Rand) kind {
	total := 0
	for _, k := range kinds {
		total += k.share
	}
	n := r.IntN(total)
	for _, k := range kinds {
		if n -= k.share; n < 0 {
			return k
		}
	}
	return kinds[0]
}

// traffic is what the visits met with.
type traffic struct {
	mu       sync.Mutex
	took     map[string][]time.Duration // by kind
	peer     []time.Duration
	statuses map[int]int
	wrong    map[string]string // by kind: the first path that did not answer 200, and how it did
}

// drive asks for so many pages a second, evenly, whether or not earlier ones were answered: waiting counts.
func (c *client) drive(ctx context.Context, w *world.World, perSecond int, during time.Duration) *traffic {
	t := &traffic{took: map[string][]time.Duration{}, statuses: map[int]int{}, wrong: map[string]string{}}
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same visits in each run
	began := time.Now()
	var all sync.WaitGroup
	for i := range int(during.Seconds() * float64(perSecond)) {
		due := began.Add(time.Duration(i) * time.Second / time.Duration(perSecond))
		k := chooseKind(r)
		path := k.path(r, w)
		pause(ctx, time.Until(due))
		if ctx.Err() != nil {
			break
		}
		all.Go(func() { t.note(ctx, c, k.name, path, due) })
		if i%5 == 0 {
			all.Go(func() { t.note(ctx, c, peer, peer, time.Now()) })
		}
	}
	all.Wait()
	return t
}

func (t *traffic) note(ctx context.Context, c *client, name, path string, due time.Time) {
	status, err := c.visit(ctx, path)
	took := time.Since(due)
	t.mu.Lock()
	defer t.mu.Unlock()
	if name == peer {
		t.peer = append(t.peer, took)
		return
	}
	t.took[name] = append(t.took[name], took)
	t.statuses[status]++
	if _, known := t.wrong[name]; !known && (err != nil || status != http.StatusOK) {
		t.wrong[name] = fmt.Sprintf("%s: %d", path, status)
		if err != nil {
			t.wrong[name] = err.Error()
		}
	}
}

// all are the times of all pages.
func (t *traffic) all() (list []time.Duration) {
	for _, l := range t.took {
		list = append(list, l...)
	}
	return list
}

// slowest names kinds with their 95th percentiles, the slowest first.
func slowest(took map[string][]time.Duration) string {
	type line struct {
		name string
		took time.Duration
	}
	var lines []line
	for name, l := range took {
		lines = append(lines, line{name, percentile(l, 0.95)})
	}
	slices.SortFunc(lines, func(a, b line) int { return cmp.Compare(b.took, a.took) })
	var out []string
	for _, l := range lines {
		out = append(out, l.name+" "+ms(l.took))
	}
	return strings.Join(out, ", ")
}

// percentile is the time that so much of the list keeps to; 0 of an empty list.
func percentile(list []time.Duration, part float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	return list[min(len(list)-1, int(part*float64(len(list))))]
}
