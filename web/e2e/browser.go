// Package e2e is about whole journeys in a real browser, and about pages that everybody can use: it
// drives Chromium the way a person does (by visible names and labels), and checks pages with axe, the
// HTML validator and the width of a telephone. Only tests use it.
package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// chromium is the one browser of a test process: starting it takes longer than most tests.
type chromium struct {
	once    sync.Once
	ctx     context.Context
	stop    func()
	problem error
}

var shared chromium

// Main runs a package's tests, ends the browser, if one was started, and removes its profile. Then it validates what
// the tests left for the end. A package that opens pages calls it from TestMain and hands the result to os.Exit.
func Main(m *testing.M) int {
	status := m.Run()
	if shared.stop != nil {
		shared.stop()
	}
	lines, err := validateAwaited()
	if err != nil {
		lines = append(lines, err.Error())
	}
	for _, line := range lines {
		fmt.Fprintln(os.Stderr, "FAIL: markup:", line)
		status = max(status, 1)
	}
	return status
}

// Browser starts the Chromium of this test process if it does not run yet. Where there is none, the
// test is skipped, or fails when CI=true.
func Browser(t testing.TB) context.Context {
	t.Helper()
	path := os.Getenv("CONCORDAT_CHROMIUM")
	if path == "" {
		path, _ = exec.LookPath("chromium") // not found is an empty path
	}
	if path == "" {
		missing(t, "Chromium (CONCORDAT_CHROMIUM)")
	}
	shared.once.Do(func() { shared.start(path) })
	if shared.problem != nil {
		t.Fatalf("starting %s: %v", path, shared.problem)
	}
	return shared.ctx
}

func (c *chromium) start(path string) {
	profile, err := os.MkdirTemp("", "concordat-chromium-")
	if err != nil {
		c.problem = fmt.Errorf("making a profile: %w", err)
		return
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.UserDataDir(profile),
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true),
		// Each new window would load pages of the browser's own address bar, and keep a spare process for the next.
		chromedp.Flag("disable-features", "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,"+
			"PreloadTopChromeWebUI,SpareRendererForSitePerProcess"),
		// Small containers have little shared memory, and the browser would crash on long pages.
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("lang", "en-GB"),
	)
	// The driver is older than the browser and reports every event that it does not know.
	ctx, closeBrowser := chromedp.NewContext(allocator, chromedp.WithErrorf(func(string, ...any) {}))
	c.problem = chromedp.Run(ctx)
	c.ctx = ctx
	c.stop = func() {
		closeBrowser()
		stopAllocator()
		_ = os.RemoveAll(profile) // left in the temporary folder at worst
	}
}

// missing ends a test that cannot run without a tool, loudly.
func missing(t testing.TB, tool string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is missing; scripts/tools finds or fetches it", tool)
	}
	t.Skipf("NOT TESTED: %s is missing; scripts/tools finds or fetches it", tool)
}
