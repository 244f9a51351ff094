package e2e

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
)

// violation is one rule of axe that a page breaks, and where.
type violation struct {
	ID, Help, HelpURL string
	Nodes             []struct {
		Target         []any
		FailureSummary string
	}
}

// Axe checks the page as it is now against WCAG 2.2 A and AA and axe's good practice, and fails with
// the rules that it breaks. It runs beside the page's own scripts, so neither the strictest
// content security policy nor WithoutJavaScript stops it.
func Axe(t testing.TB, p *Page) {
	t.Helper()
	for _, line := range axe(t, p) {
		t.Errorf("%s: %s", p.URL(), line)
	}
}

func axe(t testing.TB, p *Page) []string {
	t.Helper()
	path := os.Getenv("CONCORDAT_AXE")
	if path == "" {
		missing(t, "axe (CONCORDAT_AXE)")
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("reading axe: %v", err)
	}
	p.loadAxe(string(script))
	var found []violation
	p.withTimers(func() { p.Eval(runAxe, &found) })
	var lines []string
	for _, v := range found {
		lines = append(lines, v.lines()...)
	}
	return lines
}

// loadAxe makes the axe object. Sending axe takes longer than reading it, so the first check of a window leaves it with
// the browser for all later pages; a page whose scripts are off has it sent.
func (p *Page) loadAxe(script string) {
	p.t.Helper()
	var loaded bool
	p.Eval("globalThis.loadAxe?.(), typeof axe === 'object'", &loaded)
	if loaded {
		return
	}
	p.Eval(script, nil)
	if !p.scriptless {
		p.must("leaving axe with the browser", func(ctx context.Context) error {
			_, err := page.AddScriptToEvaluateOnNewDocument("globalThis.loadAxe = () => { " + script + "\n}").
				WithWorldName(worldName).Do(ctx)
			return err
		})
	}
}

// Without preload axe asks for no file, which the page's policy would refuse.
const runAxe = `axe.run(document, {
	preload: false,
	resultTypes: ['violations'],
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(r => r.violations.map(v => ({ID: v.id, Help: v.help, HelpURL: v.helpUrl,
	Nodes: v.nodes.map(n => ({Target: n.target, FailureSummary: n.failureSummary}))})))`

func (v violation) lines() []string {
	var lines []string
	for _, n := range v.Nodes {
		lines = append(lines, fmt.Sprintf("%s at %s: %s. %s (%s)",
			v.ID, strings.Trim(fmt.Sprint(n.Target), "[]"), v.Help, oneLine(n.FailureSummary), v.HelpURL))
	}
	return lines
}
