package e2e

import (
	"context"
	"path/filepath"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A click that leads to another page shows first signs of it well within this time.
const firstSigns = 150 * time.Millisecond

// Click presses the link, button or other control with this name, the name that a screen reader
// says, and waits for the page it leads to, if any.
func (p *Page) Click(name string) {
	p.t.Helper()
	node := p.find(name, clickable)
	p.act("clicking "+name, func(ctx context.Context) error { return clickOn(ctx, node) })
}

// ClickOn is Click for the first element that matches a CSS selector, where names cannot tell.
func (p *Page) ClickOn(selector string) {
	p.t.Helper()
	node := p.findCSS(selector)
	p.act("clicking "+selector, func(ctx context.Context) error { return clickOn(ctx, node) })
}

// Fill replaces the text of the box with this label.
func (p *Page) Fill(label, text string) {
	p.t.Helper()
	p.fill(label, p.find(label, writable), text)
}

// FillIn is Fill for the first element that matches a CSS selector.
func (p *Page) FillIn(selector, text string) {
	p.t.Helper()
	p.fill(selector, p.findCSS(selector), text)
}

func (p *Page) fill(what string, node cdp.BackendNodeID, text string) {
	p.t.Helper()
	p.must("filling in "+what, func(ctx context.Context) error {
		if err := dom.Focus().WithBackendNodeID(node).Do(ctx); err != nil {
			return err
		}
		if err := p.call(ctx, node, `function () { this.select() }`, nil); err != nil {
			return err
		}
		if text == "" {
			return press(ctx, keys["Delete"])
		}
		return input.InsertText(text).Do(ctx)
	})
}

// Value is what stands in the box or list with this label.
func (p *Page) Value(label string) string {
	p.t.Helper()
	node := p.find(label, append(writable, choosable...))
	var value string
	p.must("reading "+label, func(ctx context.Context) error {
		return p.call(ctx, node, `function () { return this.value }`, &value)
	})
	return value
}

// Select picks the option with this text from the list with this label.
func (p *Page) Select(label, option string) {
	p.t.Helper()
	node := p.find(label, choosable)
	p.act("choosing "+option+" from "+label, func(ctx context.Context) error {
		return p.call(ctx, node, selectOption, nil, option)
	})
}

const selectOption = `function (text) {
	const plain = s => s.replace(/\s+/g, ' ').trim()
	const option = [...this.options].find(o => plain(o.text) === plain(text))
	if (!option) throw new Error('there is only: ' + [...this.options].map(o => plain(o.text)).join(' | '))
	option.selected = true
	this.dispatchEvent(new Event('input', {bubbles: true}))
	this.dispatchEvent(new Event('change', {bubbles: true}))
}`

// Choose turns on the radio button or tick box with this label.
func (p *Page) Choose(label string) {
	p.t.Helper()
	p.turn(label, true)
}

// Clear turns off the tick box with this label.
func (p *Page) Clear(label string) {
	p.t.Helper()
	p.turn(label, false)
}

func (p *Page) turn(label string, on bool) {
	p.t.Helper()
	node := p.find(label, tickable)
	if p.checked(label, node) == on {
		return
	}
	p.must("choosing "+label, func(ctx context.Context) error { return clickOn(ctx, node) })
	if p.checked(label, node) != on {
		p.t.Fatalf("%s: %q does not react to a click", p.where(), label)
	}
}

// Chosen says whether the radio button or tick box with this label is on.
func (p *Page) Chosen(label string) bool {
	p.t.Helper()
	return p.checked(label, p.find(label, tickable))
}

func (p *Page) checked(label string, node cdp.BackendNodeID) bool {
	p.t.Helper()
	var on bool
	p.must("reading "+label, func(ctx context.Context) error {
		return p.call(ctx, node, `function () { return this.checked }`, &on)
	})
	return on
}

// Upload chooses files for the file box with this label.
func (p *Page) Upload(label string, files ...string) {
	p.t.Helper()
	paths := make([]string, len(files))
	for i, f := range files {
		full, err := filepath.Abs(f)
		if err != nil {
			p.t.Fatalf("finding %s: %v", f, err)
		}
		paths[i] = full
	}
	node := p.findFileBox(label)
	p.must("choosing a file for "+label, func(ctx context.Context) error {
		return dom.SetFileInputFiles(paths).WithBackendNodeID(node).Do(ctx)
	})
}

// clickOn moves the mouse to the middle of an element and presses there, as a person does: what lies
// on top of the element gets the click.
func clickOn(ctx context.Context, node cdp.BackendNodeID) error {
	if err := dom.ScrollIntoViewIfNeeded().WithBackendNodeID(node).Do(ctx); err != nil {
		return err
	}
	quads, err := dom.GetContentQuads().WithBackendNodeID(node).Do(ctx)
	if err != nil {
		return err
	}
	x, y := middle(quads[0])
	return chromedp.MouseClickXY(x, y).Do(ctx)
}

func middle(q dom.Quad) (x, y float64) {
	return (q[0] + q[2] + q[4] + q[6]) / 4, (q[1] + q[3] + q[5] + q[7]) / 4
}

// act does something that may lead to another page and waits until that page is loaded.
func (p *Page) act(what string, do func(context.Context) error) {
	p.t.Helper()
	requestedBefore, startedBefore, _ := p.watch.loads()
	p.must(what, do)
	deadline := time.Now().Add(longest)
	signs := time.Now().Add(firstSigns)
	for ; ; time.Sleep(pollEvery / 4) {
		requested, started, stopped := p.watch.loads()
		pending := requested > requestedBefore && started == startedBefore && time.Now().Before(signs.Add(2*time.Second))
		switch {
		case started > startedBefore && stopped >= started:
			return
		case started == startedBefore && !pending && time.Now().After(signs):
			return
		case time.Now().After(deadline):
			p.t.Fatalf("%s: %s: the page did not load in %s", p.watch.address(), what, longest)
		}
	}
}

// acceptDialogs answers "leave this page?" with yes: a window that waits for an answer blocks all else.
func (p *Page) acceptDialogs(ev any) {
	if _, ok := ev.(*page.EventJavascriptDialogOpening); ok {
		go func() { _ = p.try(page.HandleJavaScriptDialog(true).Do) }() // a closed window needs no answer
	}
}
