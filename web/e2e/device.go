package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
)

// WithoutJavaScript switches the page's own scripts off from the next page on, and gives the page back.
// Everything in this package goes on working.
func (p *Page) WithoutJavaScript() *Page {
	p.t.Helper()
	p.scriptless = true
	p.must("switching scripts off", emulation.SetScriptExecutionDisabled(true).Do)
	return p
}

// withTimers runs something that needs timers and promises. The page's own scripts, which did not run
// when it was loaded, do not run because of it.
func (p *Page) withTimers(do func()) {
	p.t.Helper()
	if !p.scriptless {
		do()
		return
	}
	p.must("switching scripts on", emulation.SetScriptExecutionDisabled(false).Do)
	do()
	p.must("switching scripts off", emulation.SetScriptExecutionDisabled(true).Do)
}

// Resize sets the size of the window in CSS px.
func (p *Page) Resize(width, height int) {
	p.t.Helper()
	p.must("resizing", emulation.SetDeviceMetricsOverride(int64(width), int64(height), 1, false).Do)
}

// Zoom is the browser's zoom on a screen of 1280 by 1024: at 400 per cent the page has 320 by 256
// CSS px, each drawn with four (WCAG 1.4.10).
func (p *Page) Zoom(percent int) {
	p.t.Helper()
	p.must("zooming", emulation.SetDeviceMetricsOverride(
		int64(1280*100/percent), int64(1024*100/percent), float64(percent)/100, false).Do)
}

// Media is how the page is shown.
type Media struct {
	Print         bool
	ForcedColours bool // the few colours a person has chosen, as Windows high contrast does
	ReducedMotion bool
}

// Show changes how the page is shown; the zero Media is the ordinary screen.
func (p *Page) Show(m Media) {
	p.t.Helper()
	medium := "screen"
	if m.Print {
		medium = "print"
	}
	features := []*emulation.MediaFeature{
		{Name: "forced-colors", Value: when(m.ForcedColours, "active")},
		{Name: "prefers-reduced-motion", Value: when(m.ReducedMotion, "reduce")},
	}
	p.must("changing the medium", emulation.SetEmulatedMedia().WithMedia(medium).WithFeatures(features).Do)
}

func when(on bool, value string) string {
	if on {
		return value
	}
	return ""
}

// Screenshot writes a PNG of the page at the given width and height, or of its whole length, and
// leaves the window at the usual size.
func (p *Page) Screenshot(path string, width, height int, whole bool) {
	p.t.Helper()
	p.Resize(width, height)
	defer p.Resize(wideScreen, tallScreen)
	var picture []byte
	p.must("taking a screenshot", func(ctx context.Context) error {
		shot := page.CaptureScreenshot().WithFormat(page.CaptureScreenshotFormatPng)
		if whole {
			var length float64
			if err := p.eval(ctx, `Math.max(document.documentElement.scrollHeight, innerHeight)`, &length); err != nil {
				return err
			}
			shot = shot.WithCaptureBeyondViewport(true).
				WithClip(&page.Viewport{Width: float64(width), Height: length, Scale: 1})
		}
		var err error
		picture, err = shot.Do(ctx)
		return err
	})
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatalf("making a folder for screenshots: %v", err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		p.t.Fatalf("writing a screenshot: %v", err)
	}
}

// NoSidewaysScroll fails when the page is wider than its window, and names the elements that stick
// out (WCAG 1.4.10).
func NoSidewaysScroll(t testing.TB, p *Page) {
	t.Helper()
	var found struct {
		Scroll, Window int
		Wide           []string
	}
	fits := p.eventually(func() bool { // scripts arrange the menu anew some moments after a change of size
		p.Eval(sticksOut, &found)
		return found.Scroll <= found.Window
	})
	if !fits {
		t.Errorf("%s is %d px wide in a window of %d px: %q", p.URL(), found.Scroll, found.Window, found.Wide)
	}
}

const sticksOut = `(() => {
	const page = document.scrollingElement
	const window = page.clientWidth
	const scrolls = e => { for (; e && e !== page; e = e.parentElement) if (getComputedStyle(e).overflowX !== 'visible') return true; return false }
	const wide = [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > window + 1 && !scrolls(e.parentElement))
	return {Scroll: page.scrollWidth, Window: window, Wide: wide.slice(-3).map(e => e.outerHTML.slice(0, 120))}
})()`
