package e2e

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/audits"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

const (
	patience   = 5 * time.Second  // how long something may take to appear
	longest    = 30 * time.Second // how long one call to the browser may take
	pollEvery  = 20 * time.Millisecond
	worldName  = "concordat-e2e" // our scripts run beside the page's own, where its CSP does not reach
	wideScreen = 1280
	tallScreen = 900
)

// Page is one window of one person, whose cookies nobody shares. Its methods end the test with the
// page's address and what was found instead, when something is not as asked.
type Page struct {
	t     testing.TB
	ctx   context.Context
	base  string
	scope string // CSS selector of the part that is looked at; empty is the whole document
	watch *watch

	scriptless bool
}

// Open gives a new person a window of 1280 by 900 px on no page. Addresses that begin with "/" are
// under base. When the test ends, every script error, console error, failed request and breach of
// the content security policy that the window saw fails it, except those named by Tolerate.
func Open(t testing.TB, base string) *Page {
	t.Helper()
	ctx := newWindow(t)
	p := &Page{t: t, ctx: ctx, base: strings.TrimSuffix(base, "/"), watch: new(watch)}
	chromedp.ListenTarget(ctx, p.watch.event)
	// The first Run opens the window and must not have a deadline: the window would close with it.
	if err := chromedp.Run(ctx, network.Enable(), page.Enable(), accessibility.Enable(), audits.Enable()); err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	p.watch.main = cdp.FrameID(chromedp.FromContext(ctx).Target.TargetID)
	chromedp.ListenTarget(ctx, p.acceptDialogs)
	p.Resize(wideScreen, tallScreen)
	t.Cleanup(func() {
		for _, problem := range p.watch.left() {
			t.Errorf("in the browser: %s", problem)
		}
	})
	return p
}

// newWindow gives a new person, who has no cookies, a window. The driver's own way asks for a tab,
// which a browser without a window of that person refuses.
func newWindow(t testing.TB) context.Context {
	t.Helper()
	browser := Browser(t)
	onBrowser := cdp.WithExecutor(browser, chromedp.FromContext(browser).Browser)
	person, err := target.CreateBrowserContext().Do(onBrowser)
	if err != nil {
		t.Fatalf("making room for a new person: %v", err)
	}
	window, err := target.CreateTarget("about:blank").WithBrowserContextID(person).WithNewWindow(true).Do(onBrowser)
	if err != nil {
		t.Fatalf("opening a window: %v", err)
	}
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithTargetID(window))
	t.Cleanup(func() {
		cancel()
		_ = target.DisposeBrowserContext(person).Do(onBrowser) // it goes with the browser at the latest
	})
	return ctx
}

// Within is the same window, in which Click, Fill, Text and the others see only the first element
// that matches the CSS selector.
func (p *Page) Within(selector string) *Page {
	part := *p
	part.scope = strings.TrimSpace(p.scope + " " + selector)
	return &part
}

// Tolerate takes problems whose text contains part out of those that fail the test, past and to come.
func (p *Page) Tolerate(part string) {
	p.watch.tolerate(part)
}

// Goto opens an address and waits until the page and its files are loaded. It does not mind which
// status it is answered with: see Status.
func (p *Page) Goto(address string) {
	p.t.Helper()
	full := p.absolute(address)
	p.act("opening "+full, func(ctx context.Context) error {
		_, _, problem, _, err := page.Navigate(full).Do(ctx)
		if err != nil {
			return fmt.Errorf("navigating: %w", err)
		}
		if problem != "" {
			return fmt.Errorf("navigating: %s", problem)
		}
		return nil
	})
}

// Reload opens the same page again.
func (p *Page) Reload() {
	p.t.Helper()
	p.act("reloading", func(ctx context.Context) error { return page.Reload().Do(ctx) })
}

// Back goes one page back, as the browser's own button does.
func (p *Page) Back() {
	p.t.Helper()
	p.act("going back", func(ctx context.Context) error { return p.eval(ctx, `history.back()`, nil) })
}

func (p *Page) absolute(address string) string {
	if strings.HasPrefix(address, "/") {
		return p.base + address
	}
	return address
}

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	return p.text("location.href")
}

// Path is the part of the address after the host: path, query and fragment.
func (p *Page) Path() string {
	p.t.Helper()
	return p.text("location.pathname + location.search + location.hash")
}

// Title is the title of the page.
func (p *Page) Title() string {
	p.t.Helper()
	return p.text("document.title")
}

// Status is the HTTP status of the page that is shown.
func (p *Page) Status() int {
	return p.watch.status()
}

// Text is the text a sighted person could read, white space as laid out.
func (p *Page) Text() string {
	p.t.Helper()
	return p.text(p.root() + ".innerText")
}

// HTML is the document as it is now, after scripts.
func (p *Page) HTML() string {
	p.t.Helper()
	return p.text("document.documentElement.outerHTML")
}

// Has says whether anything matches the CSS selector now.
func (p *Page) Has(selector string) bool {
	p.t.Helper()
	var found bool
	p.must("looking for "+selector, func(ctx context.Context) error {
		return p.eval(ctx, fmt.Sprintf("%s.querySelector(%q) !== null", p.root(), selector), &found)
	})
	return found
}

// Sees waits until each of the texts can be read on the page; runs of white space count as one space.
func (p *Page) Sees(texts ...string) {
	p.t.Helper()
	for _, want := range texts {
		want = oneLine(want)
		var got string
		if p.eventually(func() bool { got = oneLine(p.Text()); return strings.Contains(got, want) }) {
			continue
		}
		p.t.Fatalf("%s: %q is not there; the page says:\n%s", p.where(), want, clip(got, 1500))
	}
}

// SeesNot fails when one of the texts can be read on the page now.
func (p *Page) SeesNot(texts ...string) {
	p.t.Helper()
	got := oneLine(p.Text())
	for _, unwanted := range texts {
		if strings.Contains(got, oneLine(unwanted)) {
			p.t.Fatalf("%s: %q is there and should not be", p.where(), unwanted)
		}
	}
}

// Eval runs an expression beside the page's scripts and stores its JSON in into (nil to drop it). It
// works with scripts switched off and under any content security policy.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	p.must("evaluating "+clip(expression, 80), func(ctx context.Context) error { return p.eval(ctx, expression, into) })
}

// Client makes requests as this person: with the window's cookies, following no redirects.
func (p *Page) Client() *http.Client {
	p.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		p.t.Fatalf("making a cookie jar: %v", err)
	}
	site, err := url.Parse(p.base)
	if err != nil {
		p.t.Fatalf("reading the base address: %v", err)
	}
	var answer struct {
		Cookies []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"cookies"`
	}
	p.must("reading cookies", func(ctx context.Context) error {
		return cdp.Execute(ctx, network.CommandGetCookies, network.GetCookies().WithURLs([]string{p.base + "/"}), &answer)
	})
	for _, c := range answer.Cookies {
		jar.SetCookies(site, []*http.Cookie{{Name: c.Name, Value: c.Value, Path: "/"}})
	}
	return &http.Client{Jar: jar, Timeout: longest, CheckRedirect: stay}
}

func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// root is the JavaScript expression for the part that is looked at.
func (p *Page) root() string {
	if p.scope == "" {
		return "document.documentElement"
	}
	return fmt.Sprintf("document.querySelector(%q)", p.scope)
}

func (p *Page) text(expression string) string {
	p.t.Helper()
	var s string
	p.must("reading "+expression, func(ctx context.Context) error { return p.eval(ctx, expression, &s) })
	return s
}

// eval evaluates in our own world of the main frame.
func (p *Page) eval(ctx context.Context, expression string, into any) error {
	world, err := p.world(ctx)
	if err != nil {
		return err
	}
	found, exception, err := runtime.Evaluate(expression).WithContextID(world).
		WithReturnByValue(true).WithAwaitPromise(true).Do(ctx)
	if err != nil {
		return fmt.Errorf("evaluating: %w", err)
	}
	return decode(found, exception, into)
}

func (p *Page) world(ctx context.Context) (runtime.ExecutionContextID, error) {
	world, err := page.CreateIsolatedWorld(p.watch.main).WithWorldName(worldName).Do(ctx)
	if err != nil {
		return 0, fmt.Errorf("making a world for scripts: %w", err)
	}
	return world, nil
}

// must runs one thing against the browser, with a limit of time.
func (p *Page) must(what string, do func(context.Context) error) {
	p.t.Helper()
	if err := p.try(do); err != nil {
		p.t.Fatalf("%s: %s: %v", p.watch.address(), what, err)
	}
}

func (p *Page) try(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(p.ctx, longest)
	defer cancel()
	return chromedp.Run(ctx, chromedp.ActionFunc(do))
}

// eventually tries until it works or patience ends.
func (p *Page) eventually(works func() bool) bool {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(pollEvery) {
		if works() {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// where names the page in messages.
func (p *Page) where() string {
	p.t.Helper()
	if p.scope == "" {
		return p.URL()
	}
	return p.URL() + " within " + p.scope
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func clip(s string, runes int) string {
	if r := []rune(s); len(r) > runes {
		return string(r[:runes]) + "…"
	}
	return s
}
